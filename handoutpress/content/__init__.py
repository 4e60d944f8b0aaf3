"""Content: handouts, references, brands, formats, languages and countries, read and cross-checked."""
