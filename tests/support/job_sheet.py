"""A job sheet of every shipped format, for its tests: made-up files, since only their formats are looked at."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from press_room import catalog_of

from handoutpress.press.page.templates import Templates
from handoutpress.press.printshop.job_sheet import PrintFile, job_sheet

ROOT = Path(__file__).parents[2]
PAGES = {"trifold": 6, "booklet": 12, "cards": 2}


def shipped_job_sheet() -> Mapping[str, bytes]:
    """One file a format, a second trifold in Arabic, and a booklet of a single sheet in black."""
    catalog = catalog_of(ROOT)
    formats = {name: file.format for name, file in catalog.formats.items()}
    files = [
        PrintFile(
            f"hill/en/{name}/tea.print.pdf",
            format_,
            "print",
            mirrored=False,
            version="1.2",
            pages=PAGES.get(format_.imposition.scheme, min(7, format_.max_pages)),
            sha256=f"{number:064x}",
        )
        for number, (name, format_) in enumerate(formats.items())
    ]
    booklet = PrintFile("hill/en/a5-booklet/tea.mono.pdf", formats["a5-booklet"], "mono", False, "1.2", 4, "b" * 64)
    arabic = PrintFile("hill/ar/a4-trifold/tea.print.pdf", formats["a4-trifold"], "print", True, "1.1", 6, "a" * 64)
    found = catalog.project.files("templates", "*.j2").values()
    templates = Templates({path.name: path for path in found})
    return job_sheet('Hill <Clinic> & "Sons"', [booklet, *files[::-1], arabic], templates)
