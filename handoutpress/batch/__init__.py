"""Many editions: what to make, what may be skipped, who makes it, and what stands in the build log."""
