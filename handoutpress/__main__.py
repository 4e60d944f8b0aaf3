"""``python -m handoutpress``: the same as the installed ``handouts`` command."""

import sys

from handoutpress.cli import main

if __name__ == "__main__":
    sys.exit(main())
