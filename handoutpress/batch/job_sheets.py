"""A job sheet a brand: it lists the brand's print files for a print shop as the log knows them, and goes with them."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import Literal, TypeVar

from handoutpress.batch.events import Listed, Removed
from handoutpress.batch.log.build_log import BuildLog, OutputRecord
from handoutpress.batch.log.journal import Journal
from handoutpress.batch.plan import OutputLabel
from handoutpress.batch.prune import remove_ours, stands_as_written
from handoutpress.content.catalog import Catalog
from handoutpress.content.editions import JOINED
from handoutpress.press.page.templates import Templates
from handoutpress.press.printshop.job_sheet import PrintFile, job_sheet
from handoutpress.store.files import replace_file

STEM: Literal["job-sheet"] = "job-sheet"

Value = TypeVar("Value")


class JobSheets:
    """Writes job sheets of what ``catalog`` selects; ``whole`` loads the rest of the project where a brand needs it."""

    def __init__(self, catalog: Catalog, whole: Callable[[], Catalog]) -> None:
        self._catalog, self._load = catalog, whole
        found = catalog.project.files("templates", "*.j2").values()
        self._templates = Templates({path.name: path for path in found})

    def keep(self, journal: Journal, out: Path, brands: Iterable[str]) -> Iterator[Listed | Removed]:
        """Make the job sheets of ``brands`` say what the log does. Raises ``OSError`` and ``HandoutError``."""
        by_brand = _print_records(journal.log)
        for brand in sorted(set(brands)):
            records = by_brand.get(brand, [])
            if not records:
                yield from _removed(journal, out, brand)
            elif contents := self._contents(brand, records):
                written = [_written(journal, out, _label(brand), end, data) for end, data in contents.items()]
                if any(written):
                    yield Listed(path_of(brand, "html"), len(records))

    def _contents(self, brand: str, records: list[OutputRecord]) -> Mapping[str, bytes]:
        """The sheet by file ending; none for a brand whose own file is broken, whose sheet stays as it is."""
        giver = self._find(brand, lambda catalog: catalog.brands)
        files = [file for record in sorted(records) if (file := self._file(record))]
        return job_sheet(giver.name, files, self._templates) if giver and files else {}

    def _file(self, record: OutputRecord) -> PrintFile | None:
        label = record.label
        printed = self._find(label.format, lambda catalog: catalog.formats)
        language = self._find(label.language.partition(JOINED)[0], lambda catalog: catalog.languages)
        if printed is None or language is None or label.way not in ("print", "mono"):
            return None
        mirrored = language.direction == "rtl"
        return PrintFile(record.path, printed.format, label.way, mirrored, label.version, record.pages, record.sha256)

    def _find(self, name: str, kind: Callable[[Catalog], Mapping[str, Value]]) -> Value | None:
        return kind(self._catalog).get(name) or kind(self._whole).get(name)

    @cached_property
    def _whole(self) -> Catalog:
        return self._load()


def path_of(brand: str, ending: str) -> str:
    """Where a brand's job sheet lies below the output folder."""
    return f"{brand}/{STEM}.{ending}"


def records_of(log: BuildLog, brands: Collection[str] | None = None) -> list[OutputRecord]:
    """The job sheets of some brands, or of all."""
    sheets = [record for record in log.records.values() if record.label.way == STEM]
    return [record for record in sheets if brands is None or record.label.brand in brands]


def _label(brand: str) -> OutputLabel:
    return OutputLabel("", "", "", brand, "", STEM)


def _print_records(log: BuildLog) -> dict[str, list[OutputRecord]]:
    found: dict[str, list[OutputRecord]] = {}
    for record in log.records.values():
        if record.label.way in ("print", "mono"):
            found.setdefault(record.label.brand, []).append(record)
    return found


def _written(journal: Journal, out: Path, label: OutputLabel, ending: str, content: bytes) -> bool:
    """Whether the file had to be written, since it did not stand as it should."""
    name = path_of(label.brand, ending)
    sha256, known = hashlib.sha256(content).hexdigest(), journal.log.records.get(name)
    if known and known.sha256 == sha256 and stands_as_written(out / name, known):
        return False
    stamp = replace_file(out / name, content)
    journal.record(OutputRecord(name, stamp, sha256, 0, (), label, ()))
    return True


def _removed(journal: Journal, out: Path, brand: str) -> Iterator[Removed]:
    for ending in ("html", "txt"):
        known = journal.log.records.get(path_of(brand, ending))
        if known and isinstance(event := remove_ours(known, out), Removed):
            journal.strike(known.path)
            yield event
