"""Libraries and articles that nobody wrote: every kind of entry, and text without end."""
