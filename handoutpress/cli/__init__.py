"""The command line: flags to options, and what a person sees. The one place that prints and catches errors."""

from handoutpress.cli.app import main

__all__ = ["main"]
