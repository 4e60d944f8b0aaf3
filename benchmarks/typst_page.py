"""The page in Typst's markup: the same words, codes and logo, as a user of Typst would set them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from handoutpress.content.catalog import Catalog
from handoutpress.content.editions import Edition
from handoutpress.press.page.blocks.section_view import SectionView
from handoutpress.press.page.blocks.table import TableView
from handoutpress.press.page.flow import FlowFieldsReader, flow_of
from handoutpress.press.page.qrcodes import make_code, svg_path
from handoutpress.press.page.view import PageView, page_view
from handoutpress.press.press import code_addresses

_TAG = re.compile(r"<[^>]+>")
_SPECIAL = re.compile(r"([\\#$*_`<>@\[\]~=+/-])")


def _words(html: str) -> str:
    return _SPECIAL.sub(r"\\\1", _TAG.sub(" ", html).replace("&amp;", "&"))


def _list(lines: Iterator[str]) -> str:
    return "".join(f"- {_words(line)}\n" for line in lines)


def _section(section: SectionView) -> str:
    parts = [f"== {_words(section.heading)}\n", _words(section.body) + "\n", _list(iter(section.lines))]
    parts += [_list(words for each in group.lists for words in each.spoken()) for group in section.groups]
    if isinstance(section.block, TableView):
        (part,) = section.block.parts
        cells = "".join("".join(f"[{_words(cell)}]," for cell in (row.label, *row.cells)) for row in part.rows)
        parts.append(f"#table(columns: {len(part.columns) + 1}, {cells})\n")
    parts.append(_words(" ".join((*section.call, section.closing))))
    return "\n".join(parts)


def _code(name: str, edition: Edition, out: Path) -> str:
    code = make_code(code_addresses(edition)[name], edition.format.code.level)
    drawn = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {code.modules} {code.modules}">'
    (out / f"{name}.svg").write_text(f'{drawn}<path d="{svg_path(code)}"/></svg>')
    return f'#image("{name}.svg", width: 26mm, alt: "QR code")\n{_words(code.address)}\n'


def typst_source(catalog: Catalog, edition: Edition, out: Path) -> str:
    """The page as Typst markup; its codes and logo are written to ``out``, the root that Typst may read."""
    brand = edition.brand
    language = edition.language
    reader = FlowFieldsReader(flow_of(brand, catalog.countries[brand.country], edition.handout_file))
    page: PageView = page_view(edition.handout_file, language, catalog.references, reader)
    if brand.logo:
        (out / "logo.svg").write_bytes(brand.logo.path.read_bytes())
    contact = brand.contacts[0]
    return "\n".join(
        [
            f'#set page(paper: "a4", margin: 18mm)\n#set text(font: "{brand.base_font.name}", size: 12pt)',
            f'#set document(title: "{page.title}")\n#image("logo.svg", width: 44mm, alt: "logo")',
            f"= {_words(page.title)}\n{_words(page.subtitle)}\n\n*{_words(page.message)}*",
            *map(_section, page.sections),
            *(_code(name, edition, out) for name in ("article", "references")),
            _words(" ".join((brand.name, *contact.address, contact.phone, contact.email))),
            "#set text(size: 8pt)",
            *(f"+ {_words(entry.html)}" for entry in page.references),
        ]
    )
