"""Whom a text sends a patient to: the signs of urgent help, and the numbers that someone typed."""
