"""Editions: handout × language × format × brand, one PDF each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from handoutpress.content.brand.brand import Brand
from handoutpress.content.kinds.treatment_harms import TreatmentHarms
from handoutpress.content.models.formats import Format
from handoutpress.content.models.handouts import Handout
from handoutpress.content.models.kinds import Kind
from handoutpress.content.models.languages import Language
from handoutpress.content.pictures.handout_picture import HandoutPicture
from handoutpress.content.pictures.icons import Icon
from handoutpress.content.poses.pose import Pose

CodeName = Literal["article", "references"]


@dataclass(frozen=True, slots=True)
class HandoutFile:
    """One ``handouts/<slug>.<language>.yaml``; ``cited`` are the references that it names, in order, once each.

    ``digest`` is of the file's bytes, ``content_hash`` of what it says (see the module ``content_hash``), and
    ``earlier_hash`` of the same as it was taken before. ``about`` has the harms of what it is about.
    """

    slug: str
    language: str
    path: Path
    handout: Handout
    digest: str
    cited: tuple[str, ...]
    content_hash: str
    earlier_hash: str
    kind: Kind
    poses: Mapping[str, Pose] = field(default_factory=dict)
    """Those that its exercises name."""
    pictures: Mapping[str, HandoutPicture] = field(default_factory=dict)
    """Its pictures, by the names that it has for them."""
    icons: Mapping[str, Icon] = field(default_factory=dict)
    """Its pictograms, by name."""
    cover: Icon | None = None
    """The picture of its covers, which says nothing: no words, no harm, no number."""
    about: tuple[TreatmentHarms, ...] = ()
    says_phone: bool = False
    """Whether the clinic's telephone number stands in its text."""
    says_clinic: bool = False
    """Whether the clinic's name stands in its text."""

    def codes(self, *, has_site: bool) -> tuple[CodeName, ...]:
        """Return the codes of its pages: to an article and its references, else on a site to its own page there."""
        if self.handout.article:
            return "article", "references"
        if not has_site:
            return ()
        return ("article", "references") if self.cited else ("article",)

    @property
    def hashes(self) -> tuple[str, ...]:
        """The content hashes that its text has had."""
        return self.content_hash, self.earlier_hash


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
    """What one PDF is made from: handout, language, format and brand are the things, ``…_slug`` their names.

    A bilingual edition has the same handout in a second language, set ``beside`` the first. A language's slug is its
    code.
    """

    handout_file: HandoutFile
    language: Language
    format_file: FormatFile
    brand: Brand
    beside: HandoutFile | None = None

    @property
    def handout(self) -> Handout:
        return self.handout_file.handout

    @property
    def format(self) -> Format:
        """Its format, which counts its pages as the kind of the handout does."""
        return self.format_file.format.counting(self.handout_file.kind.pages)

    @property
    def handout_slug(self) -> str:
        return self.handout_file.slug

    @property
    def language_slug(self) -> str:
        return self.handout_file.language

    @property
    def texts(self) -> tuple[HandoutFile, ...]:
        """The handout in the one language or, in the order of the columns, in both."""
        return (self.handout_file, self.beside) if self.beside else (self.handout_file,)

    @property
    def languages_slug(self) -> str:
        """The code of its language, or those of both: ``es+en``."""
        return f"{self.language_slug}{JOINED}{self.beside.language}" if self.beside else self.language_slug

    @property
    def format_slug(self) -> str:
        return self.format_file.slug

    @property
    def brand_slug(self) -> str:
        return self.brand.slug

    @property
    def version(self) -> str:
        return self.handout.version

    @property
    def content_hash(self) -> str:
        return self.handout_file.content_hash
