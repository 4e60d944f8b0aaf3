"""Is the finished PDF right: checks on the bytes that will be printed, never on what they were made from."""
