"""What the docs' commands are, and a shell to type them in."""
