"""Plates: typeset pages with slots and colour roles, and the branding that fills them."""
