"""How the classifier that finds hints of claims is trained."""
