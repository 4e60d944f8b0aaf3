"""What a clinic prints beside its contact: people, marks, lines, links and a photo."""
