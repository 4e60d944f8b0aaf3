"""What is printed of a handout in one go: so many copies in the office, or an order for a print shop."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from typing import Literal

from handoutpress.app.printing import PrintResult, print_handout
from handoutpress.app.project import open_catalog
from handoutpress.app.studio.page_drawing import PageRequest
from handoutpress.content.project import Project
from handoutpress.press.page.templates import Templates, template_files
from handoutpress.press.plate.joining import with_copies
from handoutpress.press.printed import Purpose, pdf_path
from handoutpress.press.printshop.job_sheet import PrintFile, job_sheet
from handoutpress.press.printshop.profile_inks import inks_of
from handoutpress.store.digests import bytes_digest
from handoutpress.store.zips import zip_entry

MOST = 100_000
"""Copies of one order: more are a slip of the hand."""
ShopPurpose = Literal["print", "mono"]


@dataclass(frozen=True)
class PrintOrder:
    """What a person gets: the bytes of a PDF or a zip; None where ``problems`` say why there is nothing."""

    content: bytes | None
    problems: tuple[str, ...] = ()


def office_copies(project: Project, asked: PageRequest, copies: int) -> PrintOrder:
    """Return a proved PDF to be printed in the office, which asks for ``copies``. Raises ``HandoutError``."""
    printed = _printed(project, asked)
    wanted = with_copies(printed.pdf, copies) if printed.pdf and copies > 1 else printed.pdf
    return PrintOrder(wanted, printed.problems)


def shop_order(project: Project, asked: PageRequest, copies: int, purpose: ShopPurpose) -> PrintOrder:
    """Return a zip for a print shop: proved sheets, and the job sheet with how many ``copies`` are ordered.

    ``purpose`` is sheets in four inks, or in black alone. Equal orders give equal bytes. Raises ``HandoutError``.
    """
    printed = _printed(project, asked, purpose)
    if printed.pdf is None:
        return PrintOrder(None, printed.problems)
    edition = next(open_catalog(project, asked.selection).editions())
    sheets = PrintFile(
        path=pdf_path(brand="", language=asked.language, format=asked.format, handout=asked.handout, purpose=purpose)
        .lstrip("/")
        .replace("/", "-"),
        format=edition.format,
        purpose=purpose,
        mirrored=edition.language.direction == "rtl",
        version=edition.handout.version,
        pages=printed.pages,
        sha256=bytes_digest(printed.pdf),
        profile=inks_of(edition.brand).profile.name,
        quantity=copies,
    )
    templates = Templates(template_files(project))
    listed = job_sheet(edition.brand.name, [sheets], templates)
    files = {sheets.path: printed.pdf} | {f"job-sheet.{ending}": content for ending, content in listed.items()}
    return PrintOrder(_zipped(files))


def _printed(project: Project, asked: PageRequest, purpose: Purpose = "screen") -> PrintResult:
    return print_handout(
        project, asked.handout, brand=asked.brand, format=asked.format, language=asked.language, purpose=purpose
    )


def _zipped(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in files.items():
            archive.writestr(zip_entry(name), content)
    return out.getvalue()
