"""Editions: handout × language × format × brand, one PDF each."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from handoutpress.content.brands import Brand
from handoutpress.content.formats import Format
from handoutpress.content.handouts import Handout


@dataclass(frozen=True, slots=True)
class HandoutFile:
    """One ``handouts/<slug>.<language>.yaml``; ``cited`` are the references that it names, in order, once each.

    ``digest`` is of the file's bytes, ``content_hash`` of what it says (see ``fingerprints``).
    """

    slug: str
    language: str
    path: Path
    handout: Handout
    digest: str
    cited: tuple[str, ...]
    content_hash: str


@dataclass(frozen=True, slots=True)
class FormatFile:
    """One ``formats/<slug>.yaml``."""

    slug: str
    path: Path
    format: Format
    digest: str


JOINED = "+"
"""Stands between the codes of a bilingual edition's languages."""


@dataclass(frozen=True, slots=True)
class Edition:
    """What one PDF is made from: the handout in one language, the printed thing, and who gives it.

    A bilingual edition has the same handout in a second language, set ``beside`` the first.
    """

    handout: HandoutFile
    printed: FormatFile
    giver: Brand
    beside: HandoutFile | None = None

    @property
    def slug(self) -> str:
        return self.handout.slug

    @property
    def language(self) -> str:
        return self.handout.language

    @property
    def texts(self) -> tuple[HandoutFile, ...]:
        """The handout in the one language or, in the order of the columns, in both."""
        return (self.handout, self.beside) if self.beside else (self.handout,)

    @property
    def languages(self) -> str:
        """The code of its language, or those of both: ``es+en``."""
        return f"{self.language}{JOINED}{self.beside.language}" if self.beside else self.language

    @property
    def format(self) -> str:
        return self.printed.slug

    @property
    def brand(self) -> str:
        return self.giver.slug

    @property
    def version(self) -> str:
        return self.handout.handout.version

    @property
    def content_hash(self) -> str:
        return self.handout.content_hash
