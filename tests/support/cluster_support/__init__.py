"""Chains planned into stores, and stores that fail."""
