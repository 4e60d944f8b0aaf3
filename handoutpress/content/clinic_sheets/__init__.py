"""Clinics as rows of a spreadsheet: read into brand files, changed in them, and written back as rows."""
