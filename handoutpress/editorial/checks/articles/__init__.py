"""The checks of an article: those of a handout's texts, and what only an article can have wrong."""
