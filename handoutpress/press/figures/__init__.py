"""Figures of exercises, drawn from joint angles: the body, what it stands on, and the arrow of a movement."""
