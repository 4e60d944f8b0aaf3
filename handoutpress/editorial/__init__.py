"""What a careful editor, a regulator and a librarian would say of a handout: findings, a score card, references."""
