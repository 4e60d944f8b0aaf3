"""Job sheets, one a brand: each lists the brand's print files for a print shop as the log has them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import Literal, TypeVar

from handoutpress.batch.events import Listed, Removed
from handoutpress.batch.log.build_log import BuildLog, OutputRecord
from handoutpress.batch.log.journal import Journal
from handoutpress.batch.plan import OutputLabel
from handoutpress.batch.prune import is_as_written, remove_ours
from handoutpress.batch.releases.recalls import read_recalls, recall_of
from handoutpress.batch.releases.release_folder import FOLDER as RELEASES
from handoutpress.content.catalog import Catalog
from handoutpress.content.editions import JOINED
from handoutpress.press.page.templates import Templates, template_files
from handoutpress.press.printshop.job_sheet import PrintFile, job_sheet
from handoutpress.press.printshop.profile_inks import inks_of
from handoutpress.store.digests import bytes_digest
from handoutpress.store.files import replace_file

STEM: Literal["job-sheet"] = "job-sheet"

Value = TypeVar("Value")


class JobSheets:
    """Writes job sheets of what ``catalog`` selects; ``load_all`` loads all of the project where a brand needs it."""

    def __init__(self, catalog: Catalog, load_all: Callable[[], Catalog]) -> None:
        self._catalog, self._load_all = catalog, load_all
        self._templates = Templates(template_files(catalog.project))

    def update(self, journal: Journal, out: Path, brands: Iterable[str]) -> Iterator[Listed | Removed]:
        """Make the job sheets of ``brands`` say what the log does. Raises ``OSError`` and ``HandoutError``."""
        by_brand = self._print_records(journal.log)
        for brand in sorted(set(brands)):
            records = by_brand.get(brand, [])
            if not records:
                yield from _remove(journal, out, brand)
            elif contents := self._contents(brand, records):
                written = [_write(journal, out, _label(brand), end, data) for end, data in contents.items()]
                if any(written):
                    yield Listed(path_of(brand, "html"), len(records))

    def _contents(self, brand: str, records: list[OutputRecord]) -> Mapping[str, bytes]:
        """Return the sheet by file ending; none for a brand whose own file is broken, whose sheet stays as it is."""
        listed = self._find(brand, lambda catalog: catalog.brands)
        files = [file for record in sorted(records) if (file := self._file(record))]
        return job_sheet(listed.name, files, self._templates) if listed and files else {}

    def _file(self, record: OutputRecord) -> PrintFile | None:
        label = record.label
        format_file = self._find(label.format, lambda catalog: catalog.formats)
        language = self._find(label.language.partition(JOINED)[0], lambda catalog: catalog.languages)
        brand = self._find(label.brand, lambda catalog: catalog.brands)
        if format_file is None or language is None or brand is None or label.purpose not in ("print", "mono"):
            return None
        return PrintFile(
            path=record.path,
            format=format_file.format,
            purpose=label.purpose,
            mirrored=language.direction == "rtl",
            version=label.version,
            pages=record.pages,
            sha256=record.sha256,
            profile=inks_of(brand).profile.name,
        )

    def _find(self, name: str, kind: Callable[[Catalog], Mapping[str, Value]]) -> Value | None:
        return kind(self._catalog).get(name) or kind(self._whole_catalog).get(name)

    def _print_records(self, log: BuildLog) -> dict[str, list[OutputRecord]]:
        """Return the files for a print shop, by brand, without those that were recalled and still lie there."""
        recalls = read_recalls(self._catalog.project.root / RELEASES)
        by_brand: dict[str, list[OutputRecord]] = {}
        for record in log.records.values():
            if record.label.purpose in ("print", "mono") and not recall_of(record.label, recalls):
                by_brand.setdefault(record.label.brand, []).append(record)
        return by_brand

    @cached_property
    def _whole_catalog(self) -> Catalog:
        return self._load_all()


def path_of(brand: str, ending: str) -> str:
    """Return where a brand's job sheet lies below the output folder."""
    return f"{brand}/{STEM}.{ending}"


def job_sheet_records(log: BuildLog, brands: Collection[str] | None = None) -> list[OutputRecord]:
    """Return the records of the job sheets of some brands, or of all."""
    sheets = [record for record in log.records.values() if record.label.purpose == STEM]
    return [record for record in sheets if brands is None or record.label.brand in brands]


def _label(brand: str) -> OutputLabel:
    return OutputLabel(handout="", language="", format="", brand=brand, version="", purpose=STEM)


def _write(journal: Journal, out: Path, label: OutputLabel, ending: str, content: bytes) -> bool:
    """Write a file where it does not stand as it should. Returns whether it had to be."""
    name = path_of(label.brand, ending)
    sha256, record = bytes_digest(content), journal.log.records.get(name)
    if record and record.sha256 == sha256 and is_as_written(out / name, record):
        return False
    stamp = replace_file(out / name, content)
    journal.record(OutputRecord(name, stamp, sha256, pages=0, addresses=(), label=label, made_from=()))
    return True


def _remove(journal: Journal, out: Path, brand: str) -> Iterator[Removed]:
    for ending in ("html", "txt"):
        record = journal.log.records.get(path_of(brand, ending))
        if record and isinstance(event := remove_ours(record, out), Removed):
            journal.record_removal(record.path)
            yield event
