"""What a clinic prints beside its contact, as pages and screens get it."""
