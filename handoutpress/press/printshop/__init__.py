"""The same pages for a print shop: four inks, on sheets, with a job sheet."""
