"""A finished PDF read into values: content streams, fonts, structure tree, pictures of pages."""
