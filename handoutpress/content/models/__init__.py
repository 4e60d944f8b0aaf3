"""The models of content files: handouts, references, formats, languages, countries, mail settings."""
