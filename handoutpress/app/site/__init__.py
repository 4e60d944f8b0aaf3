"""Making the site of a project, showing it, and watching over it: what ``handouts site`` calls."""
