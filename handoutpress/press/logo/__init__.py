"""How a brand's logo prints: with its lines as the engine draws them, as a picture, or as the pixels that it has."""
