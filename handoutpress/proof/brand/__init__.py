"""What one plate's proof tells of every brand on it."""
