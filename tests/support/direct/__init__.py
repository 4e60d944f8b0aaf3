"""The long way round: one edition typeset as a whole, with no plate and no branding, to compare with the short way."""
