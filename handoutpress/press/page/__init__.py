"""A handout as a page sees it, and its HTML: view, phrases, citations, templates, QR codes."""
