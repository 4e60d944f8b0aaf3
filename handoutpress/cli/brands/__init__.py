"""The commands for brands and spreadsheets."""
