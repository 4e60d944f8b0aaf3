"""The structure tree of a tagged PDF, read into plain values (ISO 32000-1, 14.7)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import pikepdf

from handoutpress.proof.pdf.marks import MarkedContent

MAX_ELEMENTS = 200_000
MAX_DEPTH = 200

ObjectKey = tuple[int, int]
INLINE = frozenset(
    ("Span", "Link", "Reference", "Note", "NonStruct", "Quote", "Code", "Annot", "Em", "Strong", "Private", "Lbl")
)
"""Kinds of element that go on within a line."""


@dataclass(frozen=True)
class ObjectReference:
    """A reference to a whole object, in our pages an annotation (ISO 32000-1, 14.7.4.3)."""

    key: ObjectKey


@dataclass
class StructureElement:
    """One structure element. ``kind`` is the standard type after the role map, ``alt`` None where there is none."""

    kind: str
    key: ObjectKey
    alt: str | None = None
    actual_text: str | None = None
    attributes: dict[str, str] = field(default_factory=dict)
    parent: StructureElement | None = None
    kids: list[StructureElement | MarkedContent | ObjectReference] = field(default_factory=list)

    def walk(self) -> Iterator[StructureElement]:
        yield self
        for kid in self.kids:
            if isinstance(kid, StructureElement):
                yield from kid.walk()

    @property
    def elements(self) -> list[StructureElement]:
        return [kid for kid in self.kids if isinstance(kid, StructureElement)]

    def ancestors(self) -> Iterator[StructureElement]:
        above = self.parent
        while above is not None:
            yield above
            above = above.parent


@dataclass
class StructureTree:
    """``root`` is None in an untagged file. ``parents`` is the parent tree: key → array of owners, or one owner."""

    root: StructureElement | None = None
    parents: dict[int, list[ObjectKey | None] | ObjectKey | None] = field(default_factory=dict)
    is_whole: bool = True

    @cached_property
    def elements(self) -> list[StructureElement]:
        """Every element but the root, in order."""
        return list(self.root.walk())[1:] if self.root else []

    def contents(self) -> list[tuple[StructureElement, MarkedContent]]:
        """Return each content reference with its element, in the order of the elements."""
        return [(element, kid) for element in self.elements for kid in element.kids if isinstance(kid, MarkedContent)]

    def objects(self) -> dict[ObjectKey, StructureElement]:
        """Return which element holds the reference to an object."""
        return {
            kid.key: element for element in self.elements for kid in element.kids if isinstance(kid, ObjectReference)
        }

    def reading_order(self) -> list[tuple[StructureElement, MarkedContent]]:
        """Return the content references in true reading order, elements and content interleaved as they stand."""
        return list(_in_order(self.root)) if self.root else []


def block_of(element: StructureElement) -> StructureElement:
    """Return the nearest element, itself or above it, that begins a new line: a paragraph, heading, cell, list item."""
    return next((block for block in (element, *element.ancestors()) if block.kind not in INLINE), element)


def _in_order(element: StructureElement) -> Iterator[tuple[StructureElement, MarkedContent]]:
    for kid in element.kids:
        if isinstance(kid, StructureElement):
            yield from _in_order(kid)
        elif isinstance(kid, MarkedContent):
            yield element, kid


def read_tree(pdf: pikepdf.Pdf) -> StructureTree:
    """Read the structure tree; broken parts are left out and make it not whole."""
    root = pdf.Root.get("/StructTreeRoot")
    if not isinstance(root, pikepdf.Dictionary):
        return StructureTree()
    reader = _TreeReader(root.get("/RoleMap"))
    top = StructureElement("Root", root.objgen)
    reader.add_kids(top, root.get("/K"), None, 0)
    tree = StructureTree(top, {}, reader.is_whole)
    try:
        _read_numbers(root.get("/ParentTree"), tree.parents, 0)
    except (pikepdf.PdfError, ValueError, TypeError):
        tree.is_whole = False
    return tree


class _TreeReader:
    def __init__(self, roles: Any) -> None:
        self.roles = roles if isinstance(roles, pikepdf.Dictionary) else pikepdf.Dictionary()
        self.keys: set[ObjectKey] = set()
        self.is_whole = True
        self.count = 0

    def add_kids(self, element: StructureElement, kids: Any, page: Any, depth: int) -> None:
        if kids is None or depth > MAX_DEPTH:
            self.is_whole &= kids is None
            return
        for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
            try:
                self._add_kid(element, kid, page, depth)
            except (ValueError, TypeError, KeyError, AttributeError, pikepdf.PdfError):
                self.is_whole = False

    def _add_kid(self, element: StructureElement, kid: Any, page: Any, depth: int) -> None:
        # A number alone is marked content of the element's page (ISO 32000-1, 14.7.4.2).
        if not isinstance(kid, pikepdf.Dictionary):
            element.kids.append(MarkedContent(page.objgen, int(kid)))
            return
        kind = kid.get("/Type")
        if kind == "/MCR":
            # Content of a form counts in the form's stream, which /Stm names.
            stream = kid.get("/Stm", kid.get("/Pg", page))
            element.kids.append(MarkedContent(stream.objgen, int(kid["/MCID"])))
        elif kind == "/OBJR":
            element.kids.append(ObjectReference(kid["/Obj"].objgen))
        else:
            self._add_element(element, kid, page, depth)

    def _add_element(self, parent: StructureElement, node: Any, page: Any, depth: int) -> None:
        self.count += 1
        key = node.objgen  # (0, 0) for an element that is written directly into its parent
        if (key != (0, 0) and key in self.keys) or self.count > MAX_ELEMENTS:
            self.is_whole = False
            return
        self.keys.add(key)
        element = StructureElement(
            self._standard(node.get("/S")), key, _text(node, "/Alt"), _text(node, "/ActualText"), parent=parent
        )
        element.attributes = _attributes(node.get("/A"))
        parent.kids.append(element)
        self.add_kids(element, node.get("/K"), node.get("/Pg", page), depth + 1)

    def _standard(self, role: Any) -> str:
        """Return the standard type of a role, which the role map may name over several steps (ISO 32000-1, 14.7.3)."""
        name = str(role)
        for _ in range(8):
            if name not in self.roles:
                break
            name = str(self.roles[name])
        return name.removeprefix("/")


def _text(holder: Any, key: str) -> str | None:
    return str(holder[key]) if key in holder else None


def _attributes(entry: Any) -> dict[str, str]:
    """Read one attribute object or several (ISO 32000-1, 14.7.5)."""
    attributes: dict[str, str] = {}
    for owned in entry if isinstance(entry, pikepdf.Array) else [entry]:
        if isinstance(owned, pikepdf.Dictionary):
            attributes.update({str(k).removeprefix("/"): str(v).removeprefix("/") for k, v in owned.items()})
    return attributes


def _read_numbers(node: Any, values: dict[int, Any], depth: int) -> None:
    """Read a number tree (ISO 32000-1, 7.9.7)."""
    if not isinstance(node, pikepdf.Dictionary) or depth > 40:
        return
    for kid in node.get("/Kids", pikepdf.Array()):
        _read_numbers(kid, values, depth + 1)
    entries = list(node.get("/Nums", pikepdf.Array()))
    for number, value in zip(entries[::2], entries[1::2], strict=False):
        if isinstance(value, pikepdf.Array):
            values[int(number)] = [_key(owner) for owner in value]
        else:
            values[int(number)] = _key(value)


def _key(owner: Any) -> ObjectKey | None:
    return owner.objgen if isinstance(owner, pikepdf.Dictionary) else None
