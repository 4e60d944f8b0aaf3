"""A build on many machines: planned into a store, made in shards, pulled out of it."""
