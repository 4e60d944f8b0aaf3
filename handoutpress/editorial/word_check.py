"""The rules on words for what is printed beside the handouts: brands, and a project's own languages and formats."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from pydantic import BaseModel

from handoutpress.content.brand.files import FILE_NAME
from handoutpress.content.brand.keys import BrandFile
from handoutpress.content.clinic_sheets.row_brands import BrandRows
from handoutpress.content.models.countries import Country
from handoutpress.content.models.formats import Format
from handoutpress.content.models.handouts import Acceptance
from handoutpress.content.models.kinds import Kind
from handoutpress.content.models.languages import Language
from handoutpress.content.models.mail_settings import MailSettings
from handoutpress.content.project import Project
from handoutpress.editorial.checks.acceptance import Accepting
from handoutpress.editorial.checks.characters import character_remarks
from handoutpress.editorial.checks.check_handout import CheckResult, located
from handoutpress.editorial.checks.claims import claim_remarks
from handoutpress.editorial.checks.findings import Remark
from handoutpress.editorial.checks.prose import Prose, printed_prose
from handoutpress.editorial.checks.subject import EditorialRules
from handoutpress.yamlfile.explain import load_record
from handoutpress.yamlfile.problems import ContentError
from handoutpress.yamlfile.source import Location, YamlSource

HANDOUT: Location = ("defaults", "handout")
ACCEPTED: Location = (*HANDOUT, "accepted")
"""Where a brand says which findings it accepts."""
MAIL_FILE = "mail.yaml"
FOLDERS: Mapping[str, type[BaseModel]] = {
    "languages": Language,
    "formats": Format,
    "kinds": Kind,
    "countries": Country,
}

PracticesOf = Mapping[str, tuple[str, ...]]
"""The practices of each handout, by its name."""


class PrintedFile(NamedTuple):
    """A file beside the handouts whose words are printed, and its model; ``source`` is what a row says as a file."""

    path: Path
    model: type[BaseModel]
    source: YamlSource | None = None

    @property
    def language(self) -> str:
        """The language of its words. That of brands and formats is not known: they are read as English."""
        return self.path.stem if self.model is Language else "en"


def printed_files(project: Project) -> list[PrintedFile]:
    """Return the project's own files beside its handouts whose words reach a patient, in order."""
    files = [printed_file(path) for path in sorted((project.root / "brands").glob(f"*/{FILE_NAME}"))]
    files += [printed_row(source) for source in BrandRows(project).sources().values()]
    for folder in FOLDERS if project.root != project.builtin else ():
        files += [printed_file(path) for path in sorted((project.root / folder).glob("*.yaml"))]
    mail = project.root / MAIL_FILE
    return [*files, *([PrintedFile(mail, MailSettings)] if mail.is_file() else [])]


def printed_file(path: Path) -> PrintedFile:
    """Return the brand, language, format or country that the file ``path`` says."""
    return PrintedFile(path, FOLDERS.get(path.parent.name, BrandFile))


def printed_row(source: YamlSource) -> PrintedFile:
    """Return the brand that a row of a sheet says, as ``source`` has it."""
    return PrintedFile(source.path, BrandFile, source)


def check_words(
    project: Project, file: PrintedFile, rules: EditorialRules, practices: PracticesOf, today: date
) -> CheckResult:
    """Read every printed word of ``file`` by the rules. A file with mistakes has no result; its loading tells them."""
    try:
        source = file.source or project.read(file.path)
        record = load_record(source, file.model)
    except ContentError:
        return CheckResult(())
    texts = [text for text in printed_prose(source, record) if _is_in(text.location, file.language)]
    lapsed = located(source, lapsed_marks(record, today))
    remarks = list(_remarks(texts, rules, practices))
    acceptances = _accepted(record)
    if acceptances is None:
        return CheckResult(located(source, remarks))
    sorted_remarks = Accepting(acceptances, today, ACCEPTED).sort(remarks, texts)
    counting = (*located(source, sorted_remarks.counting), *lapsed)
    return CheckResult(counting, located(source, sorted_remarks.accepted))


def _is_in(location: Location, language: str) -> bool:
    """Return whether the words at ``location`` are read in ``language``: a brand's lines say which they are in."""
    return location[:3] != (*HANDOUT, "lines") or location[3] == language


def lapsed_marks(record: BaseModel, today: date) -> list[Remark]:
    """Return a remark for each mark of a brand whose last day is over; nobody can accept one."""
    keys = record.defaults.handout if isinstance(record, BrandFile) and record.defaults else None
    return [
        Remark(
            "mark-lapsed",
            "error",
            (*HANDOUT, "marks", number, "until"),
            f'The mark "{mark.alt}" may be printed until {mark.until.isoformat()} only.',
            "write the new last day if the clinic still belongs to this body, else delete the mark.",
        )
        for number, mark in enumerate((keys.marks if keys else None) or ())
        if mark.until and mark.until < today
    ]


def _accepted(record: BaseModel) -> Sequence[Acceptance] | None:
    """Return what a brand accepts; None for files that can accept nothing."""
    if not isinstance(record, BrandFile):
        return None
    keys = record.defaults.handout if record.defaults else None
    return keys.accepted if keys else ()


def _remarks(texts: Iterable[Prose], rules: EditorialRules, practices: PracticesOf) -> Iterator[Remark]:
    every_practice = tuple(sorted({practice for slugs in practices.values() for practice in slugs}))
    for text in texts:
        yield from character_remarks(text)
        # A note is about its handout; all else is about whatever the clinic does.
        of_handout = practices.get(str(text.location[-1])) if text.section == "notes" else None
        yield from claim_remarks(text, of_handout or every_practice, rules)
