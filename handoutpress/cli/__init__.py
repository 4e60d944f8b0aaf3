"""The command line: flags to calls, and values to words. The one place that prints and catches errors."""

from handoutpress.cli.command_line import main

__all__ = ["main"]
