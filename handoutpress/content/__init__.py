"""What is said: handouts, references, brands, formats, languages and countries, read and cross-checked."""
