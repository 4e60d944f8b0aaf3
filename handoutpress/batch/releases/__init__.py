"""What has gone out: releases with all their files, recalls, approvals, and which release is the current one."""
