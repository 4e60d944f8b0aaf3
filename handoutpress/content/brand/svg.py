"""SVG logos: only what draws itself from its own file, and says how large it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from lxml import etree

MAX_BYTES = 1_000_000
_REFUSED = {"script", "foreignObject", "iframe", "audio", "video", "canvas", "embed", "object", "handler", "listener"}
_LEFT_OUT = {"filter", "animate", "animateTransform", "animateMotion", "set"}
_SHAPES = ("path", "rect", "circle", "ellipse", "polygon", "polyline")
_PICTURE = re.compile(r"data:image/(png|jpeg);base64,", re.ASCII)
_CSS_REFERENCE = re.compile(r"url\(\s*[\"']?\s*([^\"')\s]*)", re.IGNORECASE)
# A backslash is refused since it may write any of these words, and "url(", as an escape (CSS Syntax 3, 4.3.7).
_CSS_IMPORT = re.compile(r"@import|image-set\(|\bsrc\(|\\", re.IGNORECASE)
_NUMBER = re.compile(r"\s*([0-9]*\.?[0-9]+(?:e[-+]?[0-9]+)?)\s*(?:px)?\s*", re.IGNORECASE)


@dataclass(frozen=True)
class Svg:
    """A safe SVG: ``data`` draws itself alone. Width and height are in its own units, ``left_out`` names its effects
    that print leaves out.
    """

    width: float
    height: float
    data: bytes
    left_out: tuple[str, ...] = ()


def is_svg(raw: bytes) -> bool:
    """Return whether a file begins as SVG does: with a tag, after the byte-order mark of UTF-8 or UTF-16."""
    # White space of UTF-16 has zero bytes between.
    return raw[:1000].lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n\0").startswith(b"<")


def read_svg(raw: bytes) -> Svg:
    """Return a safe SVG.

    Raises ``ValueError`` with a sentence and a hint if it is no SVG, is not scalable, or reaches outside itself.
    """
    root = _parse(raw)
    lost = set()
    for node in root.iter():
        _check_node(node)
        if isinstance(node.tag, str) and (name := _local(node.tag)) in _LEFT_OUT:
            lost.add(name)
    return Svg(*_size(root), raw, tuple(sorted(lost)))


def svg_fills(raw: bytes) -> Iterator[tuple[str, int]]:
    """Yield the fill of each shape of an SVG as CSS, with a weight: how much there is to its outline."""
    root = _parse(raw)
    css = "".join("".join(node.itertext()) for node in root.iter("{*}style"))
    classes = dict(re.findall(r"\.([\w-]+)\s*\{[^}]*?fill\s*:\s*([^;}]+)", css))
    for node in root.iter(*(f"{{*}}{name}" for name in _SHAPES)):
        outline = node.get("d") or node.get("points") or ""
        yield _fill(node, classes), max(len(outline), 40)


def _fill(node: Any, classes: dict[str, str]) -> str:
    """Return the fill that ``node`` has or inherits (SVG 1.1, 11.3)."""
    while node is not None:
        # In the order of the cascade: a style attribute, then rules, then the attribute, whose specificity is 0.
        named = [classes[name] for name in node.get("class", "").split() if name in classes]
        styled = re.findall(r"fill\s*:\s*([^;]+)", node.get("style", ""))
        if fills := [*styled, *named, *filter(None, [node.get("fill")])]:
            return str(fills[0]).strip()
        node = node.getparent()
    return "black"


def _parse(raw: bytes) -> Any:
    # No file from outside is read, and no entity expanded: a few nested ones can grow to gigabytes.
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(raw, parser)
    except etree.XMLSyntaxError as error:
        line = error.lineno or 1
        raise ValueError(f"is not an SVG that can be read: line {line} is broken. Hint: export it again.") from None
    if _local(root.tag) != "svg":
        raise ValueError("is not an SVG. Hint: export the logo as SVG, PNG or JPEG.")
    kind = root.getroottree().docinfo.internalDTD
    if kind is not None and any(True for _ in kind.iterentities()):
        raise ValueError("declares entities, which can hide what it draws. Hint: export it as plain SVG.")
    if _before(root, "xml-stylesheet"):
        raise ValueError("refers outside itself for its styles. Hint: export it with its styles inside.")
    return root


def _before(root: Any, name: str) -> bool:
    node = root.getprevious()
    while node is not None:
        if isinstance(node, etree._ProcessingInstruction) and node.target == name:
            return True
        node = node.getprevious()
    return False


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]


def _check_node(node: Any) -> None:
    if not isinstance(node.tag, str):
        if isinstance(node, etree._Entity):
            raise ValueError("uses an entity that it does not have. Hint: export it as plain SVG.")
        return
    name = _local(node.tag)
    if name in _REFUSED:
        raise ValueError(f"carries <{name}>, which has no place in a logo. Hint: export it as plain SVG.")
    if name in ("text", "tspan", "textPath"):
        raise ValueError("holds text, whose font may be missing elsewhere. Hint: turn its text into paths.")
    if name == "style":
        _check_css("".join(node.itertext()))
    for key, value in node.attrib.items():
        _check_attribute(_local(key), str(value))


def _check_attribute(name: str, value: str) -> None:
    if name.lower().startswith("on"):
        raise ValueError(f'carries a script in "{name}". Hint: export it as plain SVG.')
    if name == "base":
        raise ValueError('refers outside itself with "xml:base". Hint: export it as plain SVG.')
    if name in ("href", "src"):
        _check_reference(value.strip())
    elif "(" in value or "\\" in value or "@" in value:
        _check_css(value)


def _check_css(css: str) -> None:
    if match := _CSS_IMPORT.search(css):
        raise ValueError(f'uses "{match[0]}" in its styles. Hint: export it as plain SVG.')
    for reference in _CSS_REFERENCE.findall(css):
        _check_reference(reference)


def _check_reference(address: str) -> None:
    if address.startswith("#") or _PICTURE.match(address):
        return
    start = address if len(address) <= 60 else f"{address[:60]}…"
    raise ValueError(f'refers outside itself, to "{start}". Hint: put everything that it draws into the file.')


def _size(root: Any) -> tuple[float, float]:
    view = [
        float(number) for number in re.findall(r"[-+]?[0-9]*\.?[0-9]+(?:[eE][-+]?[0-9]+)?", root.get("viewBox", ""))
    ]
    if len(view) != 4:
        raise ValueError('has no "viewBox", so it cannot be scaled. Hint: export it with a viewBox.')
    if view[2] <= 0 or view[3] <= 0:
        raise ValueError('has a "viewBox" without any area. Hint: export it with a viewBox.')
    width, height = _NUMBER.fullmatch(root.get("width", "")), _NUMBER.fullmatch(root.get("height", ""))
    if width and height and float(width[1]) > 0 and float(height[1]) > 0:
        return float(width[1]), float(height[1])
    return view[2], view[3]
