"""The checks of a finished PDF, one family a module, and the rules that they hold it to."""
