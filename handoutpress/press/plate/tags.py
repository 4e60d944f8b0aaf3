"""Fixes of a typeset PDF's tags, made once on its plate (ISO 14289-1; docs/plates.md lists what the engine lacks)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, String

from handoutpress.press.plate.spoken_marks import BEHIND, DECORATION

POINTS_PER_PX = 0.75
BULLET_GLYPHS = 2

Elements = Iterable[pikepdf.Object]
"""The structure elements of a PDF, in reading order."""

_MARK = re.compile(rb"/(\w+)\s*<<\s*/MCID (\d+)\s*>>\s*BDC")
_SHOWN = re.compile(rb"<([0-9a-fA-F]*)>")


def fix_tags(pdf: Pdf, spoken: Mapping[str, str]) -> None:
    """Make all fixes that do not concern slots; ``spoken`` has the words of each link by its address or #anchor."""
    detach_decoration(pdf)
    move_behind(pdf)
    tags = tuple(elements(pdf))
    release_running_heads(pdf, tags)
    name_links(pdf, spoken)
    wrap_item_bodies(pdf, tags)
    scope_headers(tags)
    number_lists(tags)
    place_figures(tags)


def detach_decoration(pdf: Pdf) -> None:
    """Take drawings that say nothing out of the tags: their marks become artifacts with those of running heads."""
    for element in elements(pdf):
        kids = element.get(Name.K, Array())
        if isinstance(kids, Array) and any(map(_is_decoration, kids)):
            element.K = Array([kid for kid in kids if not _is_decoration(kid)])
        elif _is_decoration(kids):
            element.K = Array()


def move_behind(pdf: Pdf) -> None:
    """Have drawings that begin with ``BEHIND`` read after what stands beside them."""
    for element in elements(pdf):
        kids = element.get(Name.K, Array())
        late = [kid for kid in kids if _words_of(kid).startswith(BEHIND)] if isinstance(kids, Array) else []
        for kid in late:
            kid.Alt = String(_words_of(kid).removeprefix(BEHIND))
        if late:
            moved = {kid.objgen for kid in late}
            first = [kid for kid in kids if not (isinstance(kid, Dictionary) and kid.objgen in moved)]
            element.K = Array([*first, *late])


def _words_of(kid: pikepdf.Object) -> str:
    return str(kid.get(Name.Alt, "")) if isinstance(kid, Dictionary) else ""


def _is_decoration(kid: pikepdf.Object) -> bool:
    return _words_of(kid) == DECORATION


def release_running_heads(pdf: Pdf, tags: Elements) -> None:
    """Make the marks of running heads artifacts: their elements hang on nothing (ISO 14289-1, 7.1)."""
    reachable = {element.objgen for element in tags}
    # The number tree alternates a page's key with the owners of its marks (ISO 32000-1, 7.9.7 and 14.7.4.4).
    numbers = list(pdf.Root.StructTreeRoot.ParentTree.Nums)
    for page in pdf.pages:
        owners = numbers[numbers.index(page.obj.StructParents) + 1]
        lost = {index for index, owner in enumerate(owners) if owner.objgen not in reachable}
        _as_artifacts(page, lost)
        for index in lost:
            owners[index] = None


def _as_artifacts(page: pikepdf.Page, lost: set[int]) -> None:
    def artifact(match: re.Match[bytes]) -> bytes:
        return b"/Artifact <</Type /Pagination>> BDC" if int(match.group(2)) in lost else match.group()

    page.obj.Contents.write(_MARK.sub(artifact, page.obj.Contents.read_bytes()))


def name_links(pdf: Pdf, spoken: Mapping[str, str]) -> None:
    """Give each link annotation words in place of its address alone; ``spoken`` has them by address or #anchor.

    (ISO 14289-1, 7.18.5.)
    """
    for page in pdf.pages:
        for annotation in page.obj.get(Name.Annots, Array()):
            address = str(annotation.Contents)
            annotation.Contents = String(spoken.get(address) or spoken.get(f"#{address}") or address)


def wrap_item_bodies(pdf: Pdf, tags: Elements) -> None:
    """Put what a list item holds into one body: the engine leaves paragraphs, and what stands behind words, out of it.

    An item has a label and a body (ISO 32000-1, 14.8.4.3.3).
    """
    for element in tags:
        held = [kid for kid in _kids(element) if element.S == Name.LI and Name.Lbl != kid.S]
        if all(Name.LBody == kid.S for kid in held):
            continue
        kids = [inner for kid in held for inner in (_kids(kid) if Name.LBody == kid.S else [kid])]
        body = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.LBody, P=element, K=Array(kids)))
        for kid in kids:
            kid.P = body
        element.K = Array([*(kid for kid in _kids(element) if Name.Lbl == kid.S), body])


def scope_headers(tags: Elements) -> None:
    """Say for each table header whether it heads a column or a row (ISO 14289-1, 7.5)."""
    for element in tags:
        if element.S == Name.TH:
            in_head = Name.THead == element.P.P.S
            attributes = element.get(Name.A, Dictionary(O=Name.Table))
            attributes.Scope = Name.Column if in_head else Name.Row
            element.A = attributes


def number_lists(tags: Elements) -> None:
    """Say how each list is numbered (ISO 32000-1, 14.8.5.5)."""
    for element in tags:
        if element.S == Name.L:
            style = _list_numbering(element)
            element.A = Dictionary(O=Name.List, ListNumbering=style)


def _list_numbering(listing: pikepdf.Object) -> pikepdf.Object:
    labels = [kid for item in _kids(listing) for kid in _kids(item) if Name.Lbl == kid.S]
    if not labels:
        return Name("/None")
    # A bullet and a space are two glyphs; a number, its full stop and a space are more.
    return Name.Disc if _glyph_count(labels[0]) <= BULLET_GLYPHS else Name.Decimal


def _glyph_count(element: pikepdf.Object) -> int:
    """Count the glyphs that the first marked content under ``element`` shows."""
    while _kids(element):
        element = _kids(element)[0]
    stream = element.Pg.Contents.read_bytes()
    marked = re.search(rb"/MCID %d\s*>>\s*BDC(.*?)EMC" % int(element.K[0]), stream, re.DOTALL)
    # The engine shows text in hexadecimal, four digits a glyph.
    return sum(len(digits) // 4 for digits in _SHOWN.findall(marked.group(1))) if marked else 0


def place_figures(tags: Elements) -> None:
    """Turn the boxes of figures from CSS pixels below the page's top into points above its foot.

    (ISO 32000-1, 14.8.5.4.3.)
    """
    for element in tags:
        if Name.Figure == element.S and Name.A in element and Name.BBox in element.A:
            left, top, right, bottom = (float(value) * POINTS_PER_PX for value in element.A.BBox)
            height = float(element.Pg.MediaBox[3])
            element.A.BBox = Array([round(v, 3) for v in (left, height - bottom, right, height - top)])


def trim_pages(pdf: Pdf) -> None:
    """Show the trimmed page alone: what bleeds stays in its stream, for a print shop (ISO 32000-1, 14.11.2)."""
    for page in pdf.pages:
        box = page.obj.get(Name.TrimBox, page.obj.MediaBox)
        width, height = (float(box[2]) - float(box[0]), float(box[3]) - float(box[1]))
        page.obj.MediaBox = Array([0, 0, round(width, 4), round(height, 4)])
        for name in (Name.TrimBox, Name.BleedBox, Name.CropBox):
            if name in page.obj:
                del page.obj[name]


def rename_marks(pdf: Pdf, page: pikepdf.Page, mcid: int, tag: str) -> None:
    """Call the marked content ``mcid`` of ``page`` by another tag."""

    def renamed(match: re.Match[bytes]) -> bytes:
        return match.group().replace(match.group(1), tag.encode(), 1) if int(match.group(2)) == mcid else match.group()

    page.obj.Contents.write(_MARK.sub(renamed, page.obj.Contents.read_bytes()))


def elements(pdf: Pdf) -> Iterator[pikepdf.Object]:
    """Yield every structure element, in reading order."""
    waiting = list(reversed(_kids(pdf.Root.StructTreeRoot)))
    while waiting:
        element = waiting.pop()
        yield element
        waiting.extend(reversed(_kids(element)))


def _kids(element: pikepdf.Object) -> list[pikepdf.Object]:
    kids = element.get(Name.K, Array())
    listed = list(kids) if isinstance(kids, Array) else [kids]
    return [kid for kid in listed if isinstance(kid, Dictionary) and Name.S in kid]
