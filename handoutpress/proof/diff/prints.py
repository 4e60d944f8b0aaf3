"""Two prints of one edition against each other: words, links, pages, and what looks different."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from handoutpress.proof.diff.extracted_text import extract_text
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
        """Open the file. Raise ``HandoutError`` where it is no PDF, or holds more than a printed page can."""
        try:
            pdf = FinishedPdf(self.path, self.path.read_bytes())
        except OSError as error:
            raise HandoutError(f"{self.path.as_posix()} cannot be read: {error.strerror}.") from None
        except HandoutError as error:
            raise HandoutError(f"{self.path.as_posix()}: {error}") from None
        if pdf.is_endless:
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
    """Compare two files, with pictures if ``drawn``. Raise ``HandoutError`` where one cannot be read."""
    try:
        return _compared(before, now, drawn)
    except HandoutError:
        raise
    except Exception as error:  # a broken file can break any assumption
        raise HandoutError(f"One of the two cannot be read to its end ({type(error).__name__}).") from error


def _compared(before: FinishedPrint, now: FinishedPrint, drawn: bool) -> PrintDifference:
    with before.open() as old, now.open() as new:
        old_text, new_text = extract_text(old, before.content_hash), extract_text(new, now.content_hash)
        handout = changes(old_text.handout, new_text.handout)
        old_links, new_links = set(old_text.handout_links), set(new_text.handout_links)
        old_words = [word for change in handout for word in change.old]
        new_words = [word for change in handout for word in change.new]
        return PrintDifference(
            handout=handout,
            brand=changes(old_text.brand, new_text.brand),
            links=(tuple(sorted(old_links - new_links)), tuple(sorted(new_links - old_links))),
            pages=(old.page_count, new.page_count),
            regions=changed_regions(old, new, old_words, new_words) if drawn else (),
        )
