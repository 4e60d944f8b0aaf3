"""How a page is made: Markdown, QR codes, HTML, typesetting, tags, plates and branding."""
