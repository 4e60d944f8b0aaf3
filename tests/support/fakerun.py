"""A run with the counting press in a process of its own, to be killed: ``python fakerun.py FOLDER JOBS [OPTION…]``."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from fakepress import Chain

from handoutpress.batch.events import Event, as_json
from handoutpress.batch.run import RunOptions, run
from handoutpress.yamlfile.problems import HandoutError


def main(folder: str, jobs: str, handouts: str, brands: str, user: str = "") -> int:
    if user:
        os.setgid(int(user))
        os.setuid(int(user))
    chain = Chain(Path(folder), int(handouts), int(brands))
    try:
        ended = run(
            chain.plan(),
            chain.out,
            chain.maker,
            RunOptions(jobs=int(jobs)),
            tell,
        )
    except HandoutError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return ended.exit_code


def tell(event: Event) -> None:
    sys.stdout.write(as_json(event) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
