"""The steps of help of an imported article: whom each of its lists sends to."""
