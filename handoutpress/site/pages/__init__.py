"""The pages of a site: the frame around each, who renders those of each kind, and a rendered page with its slots."""
