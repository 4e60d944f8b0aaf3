"""What a run remembers: the build log, its receipts, the manifest."""
