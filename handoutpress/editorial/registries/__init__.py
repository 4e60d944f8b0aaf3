"""The reference library against the world: Crossref and PubMed, asked politely and remembered in a file."""
