"""HTML to laid-out pages: the engine, its patches and fonts, copy fitting, page breaks."""
