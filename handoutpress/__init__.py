"""Handout Press: patient handouts from YAML, typeset once and branded many times."""
