"""Two prints of one edition: what they say and what looks different."""
