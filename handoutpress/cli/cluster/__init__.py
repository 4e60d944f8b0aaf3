"""The commands of a build on many machines."""
