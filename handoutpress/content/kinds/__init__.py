"""Kinds of handouts: their files, and handouts read by what their kinds ask for."""
