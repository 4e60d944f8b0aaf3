"""The studio: a page on which the people at a clinic's desk change, see and print its handouts."""
