"""The checks on the inks of a print file."""
