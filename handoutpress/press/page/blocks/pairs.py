"""The block ``pairs``: two lists, two columns, or a label over its text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from markupsafe import Markup

from handoutpress.content.models.blocks.pairs import PairsContent
from handoutpress.content.models.blocks.picture import PictureContent
from handoutpress.press.page.blocks.picture import PictureView, picture_view
from handoutpress.press.page.blocks.section_view import SectionView
from handoutpress.press.page.blocks.writer import TextWriter
from handoutpress.press.page.html_words import paragraphs
from handoutpress.press.page.phrases import ended_well

BESIDE = 30.0
"""From this measure on, em, two columns of prose stand beside each other."""
PICTURE_SHARE = 0.4
"""What of the text's width a picture has beside a line of time."""
SIDES = ("do", "dont")


@dataclass(frozen=True)
class PairsView:
    """Pairs. ``form`` is ``lists`` (all first sides, then all second ones), ``columns``, ``labels`` or ``boxes``.

    ``heads`` are what the two sides are called; none where the first side is itself the head of the second.
    ``sides`` tell of each list which it is: ``do`` or ``dont``. A ``picture`` stands beside boxes.
    """

    form: str
    kind: str
    heads: tuple[str, ...] = ()
    sides: tuple[str, ...] = ()
    lists: tuple[tuple[Markup, ...], ...] = ()
    items: tuple[tuple[Markup, ...], ...] = ()
    picture: PictureView | None = None

    def words(self) -> Iterator[str]:
        """Yield its words as they are read."""
        if self.form == "lists":
            for head, entries in zip(self.heads, self.lists, strict=True):
                yield from (head, *paragraphs(*entries))
            return
        if self.form == "columns":
            yield from self.heads
        for item in self.items:
            yield from paragraphs(*item)
        if self.picture:
            yield from self.picture.words()


def pairs_section(name: str, content: PairsContent, writer: TextWriter) -> SectionView:
    """Return the section of pairs."""
    heads = _heads(content, writer)
    measure = writer.choice.column_measure
    is_wide = measure is None or measure >= BESIDE
    if content.kind == "do-dont":
        lists = tuple(_entries(content, side, writer) for side in (0, 1))
        sides = tuple(number for number, entries in enumerate(lists) if entries)
        view = PairsView(
            form="lists",
            kind=content.kind,
            heads=tuple(heads[side] for side in sides),
            sides=tuple(SIDES[side] for side in sides),
            lists=tuple(lists[side] for side in sides),
        )
    elif heads and is_wide:
        items = tuple(tuple(writer.line(side or "") for side in item) for item in content.items)
        view = PairsView("columns", content.kind, heads, items=items)
    elif heads:
        items = tuple(_labelled(item, heads, writer) for item in content.items)
        view = PairsView("labels", content.kind, heads, items=items)
    else:
        items = tuple(tuple(ended_well(writer.line(side or "")) for side in item) for item in content.items)
        view = PairsView("boxes" if content.kind == "when" else "questions", content.kind, items=items)
    return SectionView(name, "pairs", content.heading or "", block=view)


def with_picture_beside(section: SectionView, picture: PictureContent, writer: TextWriter) -> SectionView | None:
    """Return a line of time with a picture beside it; None for other sections, and where there is no room for one."""
    view, width = section.block, writer.choice.text_width
    if not isinstance(view, PairsView) or view.form != "boxes" or picture.heading:
        return None
    if not width or (writer.choice.column_measure or 0.0) < BESIDE:
        return None
    shown = picture_view(picture, "picture", writer, PICTURE_SHARE * width)
    return replace(section, block=replace(view, picture=shown))


def _heads(content: PairsContent, writer: TextWriter) -> tuple[str, ...]:
    phrases = writer.phrases.blocks
    heads = {
        "do-dont": (phrases.do, phrases.dont),
        "myth-fact": (phrases.myth, phrases.fact),
        "problem-action": (phrases.problem, phrases.action),
    }
    return heads.get(content.kind, ())


def _entries(content: PairsContent, side: int, writer: TextWriter) -> tuple[Markup, ...]:
    return tuple(ended_well(writer.line(item[side] or "")) for item in content.items if item[side])


def _labelled(item: tuple[str | None, ...], heads: tuple[str, ...], writer: TextWriter) -> tuple[Markup, ...]:
    return tuple(
        ended_well(writer.labelled(head, writer.line(side or ""))) for head, side in zip(heads, item, strict=True)
    )
