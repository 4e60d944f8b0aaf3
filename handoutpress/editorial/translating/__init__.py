"""Translations: writing one to fill in, bringing one up to date, and what of its source each was made from."""
