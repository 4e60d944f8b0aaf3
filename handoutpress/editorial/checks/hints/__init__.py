"""Hints: sentences that read like those which regulators object to, though no list of words has theirs."""
