"""What a run remembers: the journal with its build log and receipts, and the manifest."""
