"""The checks of a handout's words: citations, claims, risks, plain words, dates, translations."""
