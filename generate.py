"""The same entry as the installed `handouts` command; with no arguments it builds everything."""

import sys

from handoutpress.cli import main

if __name__ == "__main__":
    sys.exit(main())
