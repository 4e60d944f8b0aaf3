"""Poses of exercises: joint angles by name, from which the press draws figures."""
