"""What the studio shows and changes, as plain values: no page, no request."""
