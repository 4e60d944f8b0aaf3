"""A file of a project as a form, and what was typed into it written back."""
