"""Brands from a spreadsheet, and back."""
