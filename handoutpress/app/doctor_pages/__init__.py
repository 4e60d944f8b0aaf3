"""The pages that `handouts doctor` writes."""
