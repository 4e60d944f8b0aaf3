"""A text as it is read: its words and sentences, as they are seen, and how hard they are."""
