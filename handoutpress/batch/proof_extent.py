"""What "each plate and each brand once" means: how parts of editions are told apart, and which checks each needs."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from handoutpress.store.digests import CODE_FOLDERS, code_digest, parts_digest

ProofScope = Literal["all", "plates"]
"""Prove every edition; or each plate once, and of each brand what it puts into one format in one language."""

LEFT_OUT = ("copies",)
"""Checks that are not made of a plate: the simulated copies take a second a code."""
OF_BRANDS = ("fonts", "text", "slots", "codes", "symbols", "addresses", "contrast", "visual-order", "brandmark")
"""The checks whose outcome a brand can change on a plate that was proved with another."""
OF_SHEETS = ("printing",)
"""The checks on sheets for a print shop, whose pages are proved as their edition."""


def brand_part(*, brand: str, language: str, format: str) -> str:  # noqa: A002
    """Return the name of what a brand puts into the slots of one format, in one language."""
    return f"brand {brand} {language} {format}"


def verdict_key(made: str, wanted: Iterable[object], checks: Iterable[str]) -> str:
    """Return under which key a verdict is kept: by what was made, all that was wanted of it, and who judged.

    ``made`` is the digest of the very bytes, ``wanted`` says in full what was wanted of them, ``checks`` what was
    looked at. A build, a release and whoever else keeps a verdict ask for it by this key: none holds for other bytes.
    """
    code = code_digest((*CODE_FOLDERS, "proof"))
    parts = (code, made, *map(repr, wanted), "checks", *checks)
    return parts_digest(part.encode("utf-8", "surrogatepass") for part in parts)
