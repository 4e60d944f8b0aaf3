"""What a clinic prints beside its contact, resolved: the values that the press works with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

KINDS = ("lines", "people", "marks", "links", "photo")
"""What a brand may add, the most needed first: where a format has no room, the last ones are left out."""
MANY_PEOPLE = 3
"""From so many on they need a second row where type is large."""


@dataclass(frozen=True)
class BrandPicture:
    """A picture file inside the project, and what it says to someone who cannot see it.

    ``width`` and ``height`` are in its own units, or in ``pixels``.
    """

    path: Path
    alt: str
    width: float
    height: float
    pixels: bool = True


@dataclass(frozen=True)
class Person:
    """Someone who treats patients. The name says who is on the photo."""

    name: str
    role: str = ""
    register: str = ""
    number: str = ""
    photo: BrandPicture | None = None

    @property
    def registration(self) -> str:
        """The register and the number in it, as they are printed."""
        return " ".join(filter(None, (self.register, self.number)))

    @property
    def words(self) -> tuple[str, ...]:
        """All that is printed of someone, a line each."""
        return tuple(filter(None, (self.name, self.role, self.registration)))


@dataclass(frozen=True)
class Lines:
    """One sentence each, on every handout in one language."""

    formats: str = ""
    feedback: str = ""
    disclaimer: str = ""

    @property
    def printed(self) -> tuple[str, ...]:
        """The sentences in the order in which they stand."""
        return tuple(filter(None, (self.formats, self.feedback, self.disclaimer)))


@dataclass(frozen=True)
class SocialLink:
    """A page of the clinic's elsewhere: where it is, and what is printed of its address."""

    network: str
    printed: str
    address: str


@dataclass(frozen=True)
class Extras:
    """All of it. ``marks`` are those of bodies that the clinic belongs to; ``lines`` are by language."""

    people: tuple[Person, ...] = ()
    marks: tuple[BrandPicture, ...] = ()
    lines: Mapping[str, Lines] = field(default_factory=dict)
    links: tuple[SocialLink, ...] = ()
    photo: BrandPicture | None = None

    def kinds(self, language: str) -> tuple[str, ...]:
        """Return which of ``KINDS`` there are on a handout in ``language``."""
        there = {"lines": language in self.lines} | {name: bool(getattr(self, name)) for name in KINDS[1:]}
        return tuple(name for name in KINDS if there[name])

    def lines_in(self, language: str) -> tuple[str, ...]:
        """Return the sentences on a handout in ``language``."""
        return self.lines[language].printed if language in self.lines else ()

    @property
    def mark_alt(self) -> str:
        """What all marks together say to someone who cannot see them."""
        return ". ".join(mark.alt.rstrip(". ") for mark in self.marks)

    @property
    def pictures(self) -> tuple[BrandPicture, ...]:
        """All pictures, in the order in which they are printed."""
        faces = (person.photo for person in self.people)
        return tuple(filter(None, (*faces, *self.marks, self.photo)))

    def shown(self, language: str) -> tuple[object, ...]:
        """Return all that is printed on a handout in ``language`` but the pictures' bytes, to tell a change by."""
        alts = tuple((picture.alt, picture.width, picture.height) for picture in self.pictures)
        people = tuple((person.words, person.photo is None) for person in self.people)
        return people, self.lines_in(language), self.links, alts

    def words(self, language: str) -> dict[str, tuple[str, ...]]:
        """Return the words of each kind on a handout in ``language``, a line each; those of pictures are not seen."""
        return {
            "lines": self.lines_in(language),
            "people": tuple(words for person in self.people for words in person.words),
            "links": tuple(f"{link.network} {link.printed}" for link in self.links),
        }
