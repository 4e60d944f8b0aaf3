"""Where the blocks of a page's body stand, read from the engine's boxes. Lengths are CSS pixels from the page's top."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any
from xml.etree import ElementTree as ET

from handoutpress.store.digests import bytes_digest

STOPS = frozenset({"p", "li", "tr", "ul", "ol", "table", "div"})
"""Elements after which room may go."""
TO_WRITE_IN, FOR_WORDS, EXAMPLE = "to-write-in", "for-words", "example"
"""The classes of rows to write in, of those among them for words, and of one that is filled in."""
PLACES_TO_TICK, PLACES_OF_WORDS = 2, 4
"""How many times what others get rows to write in get, and those for words."""
HEADINGS = frozenset({"h1", "h2", "h3"})
"""Elements that head what follows."""
VERTICAL = frozenset({"BlockBox", "TableBox", "TableRowGroupBox"})
"""What the engine calls boxes whose children stand below each other."""
SIDE_BY_SIDE = frozenset({"FlexBox", "GridBox", "LineBox", "TableRowBox"})
"""What the engine calls boxes whose children stand beside each other."""


AVOIDED = ("avoid", "avoid-page")
"""How a stylesheet says that a box is not to be broken: in any setting, and in one that keeps sections whole."""
IN_LINES = frozenset({"InlineBlockBox", "InlineFlexBox", "InlineGridBox", "InlineTableBox"})
"""What the engine calls boxes that stand in a line and have blocks in them."""
HANG = ("__least_hang", "__wished_hang")
"""As the engine names them: the properties that tell how wide a margin is for headings, at least and by the type."""
MILLIMETRE = 96 / 25.4
"""In CSS pixels."""
ROUNDED = 0.1
"""By so much two widths may differ that are the same."""
OWN_TYPE = frozenset({"source", "writing", "code", "slot"})
"""Classes of what has a type of its own within a block of the body."""


NARROW, WIDE, SPACE = frozenset("iljtfrI.,:;'’|!()[]-"), frozenset("mwMW@%—"), 0.5
"""Letters narrower and wider than most, and the width of a space, in those of most letters."""


@dataclass(frozen=True)
class ParagraphLines:
    """The lines of one paragraph: how many, and what share of a full line all of them and the last one take.

    ``height`` is that of one line; with ``leaded`` it grows with the leading as well as with the type. ``words`` are
    what of a line each word takes and the space behind it, about; one that is ``broken`` goes on over the page. Its
    lines grow with the type until that is so many times as large as ``full_at`` says; 0 where they stay as they are.
    """

    count: int
    share: float
    last: float
    height: float
    leaded: bool
    words: tuple[tuple[float, float], ...] = ()
    broken: bool = False
    full_at: float = 0.0

    def fuller(self, larger: float) -> float:
        """Return how many times as much of a line its words take in type so many times as large."""
        return larger * min(1.0, self.full_at) / min(larger, self.full_at) if self.full_at else larger

    def and_below(self, others: Sequence[ParagraphLines]) -> tuple[ParagraphLines, ...]:
        """Return this and ``others``, of which the first goes on with it where it is broken over a page."""
        if not others or not self.broken:
            return (self, *others)
        below, *rest = others
        count, share, words = self.count + below.count, self.share + below.share, self.words + below.words
        return (replace(below, count=count, share=share, words=words), *rest)


@dataclass(frozen=True)
class BlockBox:
    """A block of the body on one page: a section, if ``part``, or what else.

    ``key`` is its CSS selector, ``sections`` are the ids of the sections in it, itself included; ``forced`` says that
    it always begins a page, ``whole`` that it is not to be broken over two. ``pictures`` is how much of its height does
    not grow with the type, ``places`` how often spare room may go between its lines; ``breaks`` are how far below its
    top a page may end within it, ``seams`` where one might if its setting did not keep it whole; ``digest`` stands for
    its HTML. One that is not ``headed`` has no heading, and so belongs to what stands above it; on one that is ``tied``
    to that no page begins. ``lines`` are those of its paragraphs that stand below each other, in the body's type.
    """

    key: str
    part: bool
    top: float
    bottom: float
    forced: bool
    whole: bool
    sections: tuple[str, ...] = ()
    pictures: float = 0.0
    places: int = 0
    breaks: tuple[float, ...] = ()
    seams: tuple[float, ...] = ()
    digest: str = ""
    headed: bool = True
    tied: bool = False
    lines: tuple[ParagraphLines, ...] = ()


@dataclass(frozen=True)
class PageBoxes:
    """One page's blocks from top to bottom, and where its margins begin."""

    top: float
    bottom: float
    blocks: tuple[BlockBox, ...]


def measured_pages(pages: Sequence[Any]) -> list[PageBoxes]:
    """Return where the blocks of the body stand on each of the engine's pages."""
    bodies = [*map(body_blocks, pages), []]
    root = pages[0].children[0].style if pages else None
    return [_page(page, boxes, below, root) for page, (boxes, below) in zip(pages, pairwise(bodies), strict=True)]


def body_blocks(page: Any) -> list[Any]:
    """Return the engine's boxes of the blocks that follow each other on one of its pages."""
    root = page.children[0].children  # of the html element
    boxes = [box for box in root[0].children if box.is_in_normal_flow()] if root else []
    alone = boxes[0] if len(boxes) == 1 else None
    if alone is not None and "sheet" in classes_of(alone):
        return [box for box in alone.children if box.is_in_normal_flow()]
    return boxes


def is_section(box: Any) -> bool:
    """Return whether a box is a section of the handout, or several side by side."""
    return str(box.element_tag) == "section" or "halves" in classes_of(box)


def classes_of(box: Any) -> list[str]:
    """Return the classes of a box's element."""
    return str(box.element.get("class", "")).split() if box.element is not None else []


def _page(page: Any, boxes: Sequence[Any], following: Sequence[Any], root: Any) -> PageBoxes:
    top = page.content_box_y()
    paragraphs = [_paragraph_boxes(box) for box in boxes]
    lines = [
        [_paragraph(paragraph, root["line_height"], _full_at(box, root)) for paragraph in inside]
        for box, inside in zip(boxes, paragraphs, strict=True)
    ]
    blocks = [replace(_block(box), lines=tuple(inside)) for box, inside in zip(boxes, lines, strict=True)]
    if boxes and following and boxes[-1].element is following[0].element:
        # The engine fills the rest of a page with what it breaks off there (CSS Fragmentation 3, 5.1).
        broken = _with_last_broken(lines[-1], paragraphs[-1], _paragraph_boxes(following[0]))
        blocks[-1] = replace(blocks[-1], bottom=lowest(boxes[-1]), lines=broken)
    return PageBoxes(top, top + page.height, tuple(blocks))


def _with_last_broken(
    lines: Sequence[ParagraphLines], boxes: Sequence[Any], following: Sequence[Any]
) -> tuple[ParagraphLines, ...]:
    """Return the lines of paragraphs, of which the last may go on as the first of those that are ``following``."""
    if not boxes or not following:
        return tuple(lines)
    return (*lines[:-1], replace(lines[-1], broken=boxes[-1].element is following[0].element))


def lowest(box: Any) -> float:
    """Return the foot of the lowest line of text or picture in a box."""
    kids = [] if type(box).__name__ == "LineBox" else getattr(box, "children", [])
    return float(max(map(lowest, kids), default=box.position_y + box.margin_height()))


def _block(box: Any) -> BlockBox:
    names, identifier = classes_of(box), box.element.get("id")
    top = box.border_box_y()
    inside = [identifier] if identifier else [section.get("id") for section in box.element.iter("section")]
    return BlockBox(
        key=f"#{identifier}" if identifier else f".{'.'.join(names)}" if names else box.element_tag,
        part=is_section(box),
        top=top,
        bottom=top + box.border_height(),
        forced=box.style["break_before"] == "page",
        whole=box.style["break_inside"] in AVOIDED,
        sections=tuple(filter(None, inside)),
        pictures=_picture_height(box),
        places=count_places(box),
        breaks=tuple(sorted(at - top for at in _breaks_in(box))),
        seams=tuple(sorted(at - top for at in _breaks_within(box) if box.style["break_inside"] == "avoid-page")),
        headed=not identifier or any(element.tag in HEADINGS for element in box.element.iter()),
        tied=box.style["break_before"] == "avoid",
        digest=bytes_digest(ET.tostring(box.element, "utf-8"))[:16],
    )


def _breaks_in(box: Any) -> Iterator[float]:
    """Yield how far down a page may end within a box (CSS Fragmentation 3, 4.4)."""
    if box.style["break_inside"] not in AVOIDED:
        yield from _breaks_within(box)


def _breaks_within(box: Any) -> Iterator[float]:
    inside = [kid for kid in getattr(box, "children", ()) if kid.is_in_normal_flow()]
    if inside and type(inside[0]).__name__ == "LineBox":
        fewest, last = box.style["orphans"], len(inside) - box.style["widows"]
        yield from (float(line.position_y + line.height) for line in inside[fewest - 1 : last])
    elif type(box).__name__ in VERTICAL:
        for kid, following in pairwise([*inside, None]):
            yield from _breaks_in(kid)
            if following is not None and not _stand_together(kid, following):
                yield float(kid.border_box_y() + kid.border_height())


def _stand_together(above: Any, below: Any) -> bool:
    """Return whether no page may end between two boxes; what their last and first children ask for counts for them."""
    return any(box.style["break_after"] == "avoid" for box in _edge_boxes(above, -1)) or any(
        box.style["break_before"] == "avoid" for box in _edge_boxes(below, 0)
    )


def _edge_boxes(box: Any, at: int) -> Iterator[Any]:
    """Yield a box, then its first or last child, and so on."""
    while box is not None and type(box).__name__ in VERTICAL:
        yield box
        box = box.children[at] if box.children else None


def _picture_height(box: Any) -> float:
    name = type(box).__name__
    if "Replaced" in name:
        return float(box.margin_height())
    if name == "LineBox" and _holds_drawing(box):
        return float(box.height)
    inside = [_picture_height(kid) for kid in getattr(box, "children", ()) if kid.is_in_normal_flow()]
    return max(inside, default=0.0) if name in SIDE_BY_SIDE else sum(inside)


def _paragraph_boxes(box: Any) -> list[Any]:
    """Return the boxes of lines in a box that stand below each other; of what stands side by side, the tallest."""
    if OWN_TYPE & set(classes_of(box)):
        return []
    inside = [kid for kid in getattr(box, "children", ()) if kid.is_in_normal_flow()]
    if inside and type(inside[0]).__name__ == "LineBox":
        return [] if box.width <= 0 or any(map(_holds_drawing, inside)) else [box]
    if type(box).__name__ in SIDE_BY_SIDE:
        return max(map(_paragraph_boxes, inside), key=lambda boxes: sum(map(_lines_height, boxes)), default=[])
    return [paragraph for kid in inside for paragraph in _paragraph_boxes(kid)]


def _holds_drawing(line: Any) -> bool:
    """Return whether drawings stand in a line with words of their own: it is as tall as they are."""
    return any(type(box).__name__ in IN_LINES and _picture_height(box) > 0 for box in line.descendants())


def _lines_height(box: Any) -> float:
    lines = _lines(box)
    return len(lines) * min(float(line.height) for line in lines)


def _lines(box: Any) -> list[Any]:
    return [kid for kid in box.children if kid.is_in_normal_flow()]


def _full_at(box: Any, root: Any) -> float:
    """Return in type how many times as large the lines in a box grow no more; 0 where they do not grow with the type.

    They grow beside headings that hang in a margin: a style sheet that names how wide it is at least names its wish.
    """
    least, wished = (next(map(_pixels, root[name]), 0.0) for name in HANG)
    if not least or _margin(box) < least - ROUNDED:
        return 0.0
    width = float(box.padding_left + box.width + box.padding_right)
    return round((width - least) / (width - wished), 4)


def _pixels(token: Any) -> float:
    """Return a length of a style sheet: one that the engine has worked out is in pixels, one that it has not in mm."""
    return float(token.value) * (MILLIMETRE if token.unit == "mm" else 1.0)


def _margin(box: Any) -> float:
    """Return how wide the margin is in which a section's heading hangs, or the labels of its table; 0 without one."""
    if "table" in classes_of(box):
        cells = (each for each in box.descendants() if type(each).__name__ == "TableCellBox")
        return next((float(cell.border_width()) for cell in cells), 0.0)
    return max(float(box.padding_left), float(box.padding_right)) if is_section(box) else 0.0


def _paragraph(box: Any, leading: Any, full_at: float) -> ParagraphLines:
    lines = _lines(box)
    shares = [min(1.0, _words_width(line) / box.width) for line in lines]
    height = min(float(line.height) for line in lines)
    # What stands on a full line may stand on several within it, as the labels of a picture do.
    words = tuple(word for line in lines for word in _words(line, box.width)) if max(shares) < 1 else ()
    leaded = box.style["line_height"] == leading
    share, last = round(sum(shares), 4), round(shares[-1], 4)
    return ParagraphLines(len(lines), share, last, round(height, 3), leaded, words, full_at=full_at)


def _words(line: Any, full: float) -> list[tuple[float, float]]:
    """Return what each word of a line takes of a ``full`` one, and the space behind it, by how wide letters are."""
    words: list[list[float]] = [[0.0, 0.0]]
    for letter, width in _letters(line):
        if letter == " ":
            words[-1][1] += width
        elif words[-1][1]:
            words.append([width, 0.0])
        else:
            words[-1][0] += width
        if letter == "-":
            words.append([0.0, 0.0])
    return [(round(width / full, 4), round(space / full, 4)) for width, space in words if width]


def _letters(line: Any) -> Iterator[tuple[str, float]]:
    """Yield the letters of a line, each with about its width; the space at its end is none of the engine's line."""
    letter, unit = " ", 0.0
    for box in line.descendants():
        if type(box).__name__ == "TextBox" and box.text:
            widths = [SPACE if letter == " " else _width(letter) for letter in box.text]
            letter, unit = box.text[-1], float(box.width) / sum(widths)
            yield from ((each, width * unit) for each, width in zip(box.text, widths, strict=True))
    if letter not in " -":
        yield " ", SPACE * unit


def _width(letter: str) -> float:
    return 0.55 if letter in NARROW else 1.5 if letter in WIDE else 1.25 if letter.isupper() else 1.0


def _words_width(line: Any) -> float:
    return sum(float(box.width) for box in line.descendants() if type(box).__name__ == "TextBox")


def _children(box: Any) -> list[Any]:
    """Return the boxes that stand below each other in a box; a slot is what its brand makes of it."""
    if type(box).__name__ not in VERTICAL or "slot" in classes_of(box):
        return []
    inside = [kid for kid in box.children if kid.is_in_normal_flow()]
    return [] if any(type(kid).__name__ == "LineBox" for kid in inside) else inside


def places_in(box: Any) -> Iterator[tuple[Any, int]]:
    """Yield what stands in a box from top to bottom, each with how many places below it room may go to.

    Rows to write in are alike, the last one, too, and count several times: they are what a page is for.
    """
    inside, kinds = _children(box), classes_of(box)
    if TO_WRITE_IN in kinds:
        places = PLACES_OF_WORDS if FOR_WORDS in kinds else PLACES_TO_TICK
        yield from ((row, 0 if EXAMPLE in classes_of(row) else places) for row in inside)
        return
    for kid, following in pairwise([*inside, None]):
        may_grow = following is not None and kid.element_tag in STOPS and "slot" not in classes_of(kid)
        yield kid, int(may_grow and type(kid).__name__ != "TableRowGroupBox")


def count_places(box: Any) -> int:
    """Return at how many places in a box room may go."""
    return sum(places + count_places(kid) for kid, places in places_in(box))
