"""The blocks of a handout's body as a page prints them, one module a type; what every section of a page has."""
