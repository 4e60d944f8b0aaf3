"""Articles that no one would write: the same few signs without end, nested, unclosed or repeated."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Callable, Iterator

Piece = Callable[[int], str]

HTML: dict[str, Piece] = {
    "items": lambda n: "<li>",
    "headings": lambda n: f"<h2>H{n}</h2>",
    "nested-div": lambda n: "<div>",
    "nested-b": lambda n: "<b>",
    "nested-font": lambda n: f"<font color=c{n}>",
    "unclosed-p-a": lambda n: f"<p><a href=x{n}>w",
    "attributes": lambda n: f" a{n}=1",
    "rows": lambda n: "<tr><td>a<td>b<td>c",
    "tables": lambda n: "<table>",
    "sups": lambda n: f"w<sup>{n % 90 + 1}</sup>",
    "entities": lambda n: "&amp;&lt;&notin;",
    "comments": lambda n: "<!-- x --",
    "open-quotes": lambda n: '<a href="x',
    "select": lambda n: "<select><option>",
    "bold-lines": lambda n: "<b>q</b><br>a",
    "references": lambda n: "<li>Doe J. A title here. Ex J. 2015;1(2):3-4.",
}
MARKDOWN: dict[str, Piece] = {
    "brackets": lambda n: "[",
    "stars": lambda n: "*a ",
    "quotes": lambda n: "> ",
    "backticks": lambda n: "`" * (n % 40 + 1) + " ",
    "bullets": lambda n: "- x\n",
    "nested-bullets": lambda n: " " * (n % 200) + "- x\n",
    "links": lambda n: "[a](<b",
    "notes": lambda n: f"[^{n}]: Doe {n} 2019\n",
    "table": lambda n: "|a|b|c\n|-|-|-\n",
    "carets": lambda n: "a^1",
    "dollars": lambda n: "$a^",
    "tags": lambda n: "<sup>",
    "wiki": lambda n: "[[a|",
    "front": lambda n: "---\na: b\n",
    "headings": lambda n: f"# H {n}\n\n",
    "references": lambda n: "" if n else "# A\n\n## References\n\n",
}
TEXT: dict[str, Piece] = {
    "lines": lambda n: f"{n}. A line of words\n",
    "one-line": lambda n: "word ",
    "a-dots": lambda n: "A. ",
    "letters": lambda n: "a",
    "dates": lambda n: "1/1/2020 ",
    "markers": lambda n: f"w [{n % 99}] ",
    "same-key": lambda n: (
        ("A\n\nReferences\n" if not n else "") + f"{n + 1}. Doe J. A title here. Ex J. 2015;1(2):3-4.\n"
    ),
    "open-list": lambda n: ("A\n\nReferences\n" if not n else "") + "Doe J and others wrote this in a long line\n",
    "sharing": lambda n: "share | ",
    "capitals": lambda n: "Ann Birch ",
    "brackets": lambda n: "(1) ",
}
KINDS: dict[str, dict[str, Piece]] = {".html": HTML, ".md": MARKDOWN, ".txt": TEXT}


def hostile(suffix: str, kind: str, size: int) -> str:
    """About ``size`` characters of one kind."""
    piece = KINDS[suffix][kind]
    parts: list[str] = []
    length = number = 0
    while length < size and number < size:
        parts.append(piece(number))
        length += len(parts[-1])
        number += 1
    words = "".join(parts)
    if suffix == ".html":
        return f"<p{words}>x" if kind == "attributes" else f"<h1>T</h1>{words}"
    return words


def mixed(seed: int, size: int) -> tuple[str, str]:
    """A suffix and about ``size`` characters of all kinds for it, in no order."""
    chance = random.Random(seed)
    suffix = chance.choice(list(KINDS))
    pieces = [*KINDS[suffix].values(), *MARKDOWN.values()]
    parts: list[str] = []
    while sum(map(len, parts[-50:])) * len(parts) < size * 50 and len(parts) < size:
        parts.append(chance.choice(pieces)(chance.randrange(1, 300)) + chance.choice(("", " ", "\n", "\n\n")))
    return suffix, "".join(parts)[:size]


PARAGRAPH = "<w:p><w:r><w:t>{}</w:t></w:r></w:p>"
XML: dict[str, Piece] = {
    "paragraphs": lambda n: PARAGRAPH.format(f"Words {n}."),
    "runs": lambda n: "<w:r><w:t>w </w:t></w:r>",
    "boxes": lambda n: f"<w:p><w:r><w:pict><w:txbxContent>{PARAGRAPH.format(n)}</w:txbxContent></w:pict></w:r></w:p>",
    "rows": lambda n: f"<w:tr><w:tc>{PARAGRAPH.format(n)}</w:tc><w:tc>{PARAGRAPH.format(n)}</w:tc></w:tr>",
    "nested": lambda n: "<w:sdt><w:sdtContent>",
    "deleted": lambda n: f"<w:p><w:del><w:r><w:delText>d{n}</w:delText></w:r></w:del></w:p>",
    "same": lambda n: PARAGRAPH.format("Doe J. A title here. Ex J. 2015;1(2):3-4."),
}
_WRAPPED = {"runs": ("<w:p>", "</w:p>"), "rows": ("<w:tbl>", "</w:tbl>")}


def hostile_docx(empty: bytes, kind: str, size: int) -> bytes:
    """The DOCX ``empty`` with about ``size`` characters of one kind as its body."""
    number = max(size // len(XML[kind](1)), 1)
    number = min(number, 150) if kind == "nested" else number
    body = "".join(XML[kind](position) for position in range(number))
    body += "</w:sdtContent></w:sdt>" * number if kind == "nested" else ""
    begin, end = _WRAPPED.get(kind, ("", ""))
    return _with_body(empty, f"{begin}{body}{end}")


def _with_body(empty: bytes, body: str) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(empty)) as old, zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "word/document.xml":
                start = content.index(b"<w:body>") + len(b"<w:body>")
                content = content[:start] + body.encode() + content[start:]
            new.writestr(name, content)
    return written.getvalue()


def all_kinds() -> Iterator[tuple[str, str]]:
    """Every suffix with every kind of text."""
    for suffix, kinds in KINDS.items():
        yield from ((suffix, kind) for kind in kinds)
