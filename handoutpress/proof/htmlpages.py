"""The HTML pages for whoever proofs: each one file that needs no other, from the built-in ``templates/proof/``."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from handoutpress.content.project import builtin_root
from handoutpress.press.render import Templates


@cache
def _templates() -> Templates:
    # Not those of a project: a page about a clinic's files should look alike in every one.
    return Templates({path.name: path for path in (builtin_root() / "templates" / "proof").iterdir()})


def html_page(name: str, values: Mapping[str, Any]) -> bytes:
    """The template ``name`` of ``templates/proof/`` filled with ``values``, as UTF-8."""
    return _templates().render(name, values).encode()
