"""YAML with places: read, validated and explained, every mistake at its line and column."""
