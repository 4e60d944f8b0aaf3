"""What the import of an article takes by its size: the time must grow with it, and not with its square."""

from __future__ import annotations

import time
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.tables import Table
from handoutpress.editorial.importing.draft import import_article

PARAGRAPH = "Cups lift the skin<sup>{n}</sup>. They are warm, and <b>most</b> people rest for a while after it. " * 3
ENTRY = "<li>Doe J. Marks after cups number {n}. Ex J. 2015;1(2):3-4.</li>"
SIZES = (250_000, 500_000, 980_000)
"""Characters of a web page; one of a megabyte is the longest that is read."""


def _page(size: int) -> str:
    entries = "".join(ENTRY.format(n=number) for number in range(200))
    paragraphs = "".join(f"<p>{PARAGRAPH.format(n=number % 200 + 1)}</p>\n" for number in range((size - 14_000) // 310))
    return f"<h1>Cupping</h1>{paragraphs}<h2>References</h2><ol>{entries}</ol>"


def tables() -> list[Table]:
    """Seconds of processor time for one import, by the size of the page."""
    rows: list[tuple[str, ...]] = []
    with TemporaryDirectory() as folder:
        path = Path(folder) / "article.html"
        for size in SIZES:
            path.write_text(_page(size)[:999_000], "utf-8")
            begin = time.process_time()
            draft = import_article(path)
            seconds = time.process_time() - begin
            rows.append((f"{size // 1000} kB", f"{seconds:.2f} s", f"{len(draft.handout) // 1000} kB"))
    return [Table("Import of an article", ("size of the page", "processor time", "draft"), rows)]
