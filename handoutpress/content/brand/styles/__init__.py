"""An SVG's styles, worked out as a browser does and written as attributes that every renderer reads alike."""
