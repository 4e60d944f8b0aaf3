"""What it costs: our press beside its peers, in one run, as tables."""
