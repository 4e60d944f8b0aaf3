"""Two prints of one edition against each other: words, links, pages, and what looks different."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from handoutpress.proof.diff.extracted_text import PlacedWord, what_is_said
from handoutpress.proof.diff.regions import ChangedRegion, changed_regions
from handoutpress.proof.diff.wording import WordChange, changes
from handoutpress.proof.pdf.finished_pdf import FinishedPdf
from handoutpress.yamlfile.problems import HandoutError


@dataclass(frozen=True)
class FinishedPrint:
    """A file, and the content hash printed on it, which is no word of the handout."""

    path: Path
    content_hash: str = ""

    def open(self) -> FinishedPdf:
        """Open the file. Raises ``HandoutError`` where it is no PDF, or holds more than a printed page can."""
        try:
            pdf = FinishedPdf(self.path, self.path.read_bytes())
        except OSError as error:
            raise HandoutError(f"{self.path.as_posix()} cannot be read: {error.strerror}.") from None
        except HandoutError as error:
            raise HandoutError(f"{self.path.as_posix()}: {error}") from None
        if any(pdf.marks(page).endless for page in pdf.pages):
            pdf.close()
            raise HandoutError(f"{self.path.as_posix()}: A page holds more than can be read.")
        return pdf


@dataclass(frozen=True)
class PrintDifference:
    """What changed from one print to the next. ``links`` are those in the handout's own text: removed, then added.

    ``regions`` are there only where they were asked for.
    """

    handout: tuple[WordChange, ...]
    brand: tuple[WordChange, ...]
    links: tuple[tuple[str, ...], tuple[str, ...]]
    pages: tuple[int, int]
    regions: tuple[ChangedRegion, ...] = ()

    @property
    def is_of_content(self) -> bool:
        """Whether anything of the handout itself changed: a word, or where one of its links leads."""
        return bool(self.handout or any(self.links))


def compare_prints(before: FinishedPrint, now: FinishedPrint, drawn: bool = False) -> PrintDifference:
    """Compare two files, with pictures if ``drawn``. Raises ``HandoutError`` where one cannot be read."""
    with before.open() as old, now.open() as new:
        said, says = what_is_said(old, before.content_hash), what_is_said(new, now.content_hash)
        handout = changes(said.handout, says.handout)
        removed = tuple(sorted(set(said.handout_links) - set(says.handout_links)))
        added = tuple(sorted(set(says.handout_links) - set(said.handout_links)))
        regions = changed_regions(old, new, _words(handout, "old"), _words(handout, "new")) if drawn else ()
        counts = (old.page_count, new.page_count)
        return PrintDifference(handout, changes(said.brand, says.brand), (removed, added), counts, regions)


def _words(found: tuple[WordChange, ...], side: str) -> list[PlacedWord]:
    return [word for change in found for word in getattr(change, side)]
