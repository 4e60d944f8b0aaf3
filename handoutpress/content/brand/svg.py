"""SVG logos: only what draws itself from its own file, and says how large it is."""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from lxml import etree

from handoutpress.content.brand.styles.cascade import StyleResolver
from handoutpress.content.brand.styles.values import PIXELS
from handoutpress.content.brand.svg_picture import svg_picture
from handoutpress.content.brand.svg_weight import MOST_SHAPES, shapes_drawn

MAX_BYTES = 1_000_000
MOST_RATIO = 50
"""What is longer than so many times its width is a hair on paper."""
_REFUSED = {"script", "foreignObject", "iframe", "audio", "video", "canvas", "embed", "object", "handler", "listener"}
_MOVING = {"animate", "animateTransform", "animateMotion", "set"}
_UNPAINTED = ("mask", "clipPath", "pattern", "marker")
"""What shapes stand in for another end than to be seen in their own colours."""
_LEAST_OPACITY = 0.2
_XLINK_HREF = "{http://www.w3.org/1999/xlink}href"
_SHAPES = ("path", "rect", "circle", "ellipse", "polygon", "polyline")
_PICTURE = re.compile(r"data:image/(png|jpeg);base64,", re.ASCII)
_CSS_REFERENCE = re.compile(r"url\(\s*[\"']?\s*([^\"')\s]*)", re.IGNORECASE)
# A backslash is refused since it may write any of these words, and "url(", as an escape (CSS Syntax 3, 4.3.7).
_CSS_IMPORT = re.compile(r"@import|image-set\(|\bsrc\(|\\", re.IGNORECASE)
_NUMBER = re.compile(r"\s*([0-9]*\.?[0-9]+(?:e[-+]?[0-9]+)?)\s*(?:px)?\s*", re.IGNORECASE)
_SUBSET = re.compile(rb"<!DOCTYPE[^\[<>]*\[([^\]]*)\]")
_ADDRESS_ENTITY = re.compile(rb"<!ENTITY\s+([\w.-]{1,60})\s+[\"'](https?://[\w./:#-]{0,200})[\"']\s*>")
_ENTITY = re.compile(rb"&([\w.-]{1,60});")
_LENGTH = re.compile(rf"\s*([0-9]*\.?[0-9]+(?:e[-+]?[0-9]+)?)\s*({'|'.join(PIXELS)})?\s*", re.IGNORECASE)
_MATRIX = re.compile(r"matrix\(" + r"[\s,]*([-+]?[0-9]*\.?[0-9]+(?:e[-+]?[0-9]+)?)" * 4, re.IGNORECASE)


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


@lru_cache(maxsize=64)
def read_svg(raw: bytes) -> Svg:
    """Return a safe SVG whose styles are worked out: it looks alike to every renderer that knows plain SVG.

    Raises ``ValueError`` with a sentence and a hint if it is no SVG, is not scalable, reaches outside itself, or holds
    what print cannot draw.
    """
    root = _checked(raw)
    width, height, left_out = _resolved(root)
    root.set("width", f"{width:.6g}")
    root.set("height", f"{height:.6g}")
    if shapes_drawn(root) > MOST_SHAPES:
        raise ValueError(f"draws more than {MOST_SHAPES:,} shapes. Hint: simplify it, or save it as PNG.")
    data = etree.tostring(root)
    try:
        svg_picture(data, 32)
    except ValueError as error:
        reason = str(error).splitlines()[0][:80]
        raise ValueError(f"cannot be drawn ({reason}). Hint: export it again as plain SVG, or as PNG.") from None
    return Svg(width, height, data, left_out)


def _checked(raw: bytes) -> Any:
    """Return the root of a safe SVG, without what no browser draws."""
    root = _parse(raw)
    etree.strip_elements(root, etree.Comment, etree.ProcessingInstruction, with_tail=False)
    for node in list(root.iter("{*}flowRoot", "{*}foreignObject", "{*}metadata")):
        if _draws_nothing(node):
            node.getparent().remove(node)
    for node in root.iter():
        _check_node(node)
    return root


def _draws_nothing(node: Any) -> bool:
    """Return whether a browser passes over an element that we refuse else.

    Inkscape leaves boxes for text without a word; Illustrator keeps its own data for programs that say they know it.
    """
    name = _local(node.tag)
    if name == "flowRoot":
        return not "".join(node.itertext()).strip()
    return name == "metadata" or bool(node.get("requiredExtensions", "").strip())


def _resolved(root: Any) -> tuple[float, float, tuple[str, ...]]:
    """Work out the styles below ``root``; return width, height, and the effects that print leaves out."""
    view = _view(root)
    resolver = StyleResolver(root, view)
    resolver.resolve()
    moving = {f"<{_local(node.tag)}>" for node in root.iter() if _local(node.tag) in _MOVING}
    return (*_size(root, view), tuple(sorted(moving | resolver.left_out)))


def svg_fills(raw: bytes) -> Iterator[tuple[str, int]]:
    """Yield the fill of each shape of an SVG that is painted, as CSS, with a weight: how much there is to its outline.

    Raises ``ValueError`` as ``read_svg`` does.
    """
    root = _parse(read_svg(raw).data)
    used = {node.get(key, "")[1:] for node in root.iter("{*}use") for key in ("href", _XLINK_HREF)} - {""}
    for node in root.iter(*(f"{{*}}{name}" for name in _SHAPES)):
        if not _is_painted(node, used):
            continue
        outline = node.get("d") or node.get("points") or ""
        yield _fill(node), max(len(outline), 40)


def _is_painted(node: Any, used: Collection[str]) -> bool:
    """Return whether a shape's fill is seen: in no mask or the like, not nearly transparent, and used if it is kept."""
    opacity, is_used = _share(node.get("fill-opacity")), False
    while node is not None:
        name = _local(str(node.tag))
        is_used = is_used or node.get("id", "") in used
        if name in _UNPAINTED or (name in ("defs", "symbol") and not is_used):
            return False
        if node.get("display") == "none" or node.get("visibility") in ("hidden", "collapse"):
            return False
        opacity *= _share(node.get("opacity"))
        node = node.getparent()
    return opacity >= _LEAST_OPACITY


def _share(written: str | None) -> float:
    """Return an opacity, of 0 to 1; 1 where none that can be read is written."""
    match = re.fullmatch(r"\s*([0-9]*\.?[0-9]+)(%?)\s*", written or "")
    return float(match[1]) / (100 if match[2] else 1) if match else 1.0


def _fill(node: Any) -> str:
    """Return the fill that ``node`` has or inherits (SVG 1.1, 11.3)."""
    while node is not None:
        if fill := node.get("fill"):
            return str(fill)
        node = node.getparent()
    return "black"


def _parse(raw: bytes) -> Any:
    # No file from outside is read, and no other entity expanded: a few nested ones can grow to gigabytes.
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(_without_address_entities(raw), parser)
    except etree.XMLSyntaxError as error:
        line = error.lineno or 1
        raise ValueError(f"is not an SVG that can be read: line {line} is broken. Hint: export it again.") from None
    if _local(root.tag) != "svg":
        raise ValueError("is not an SVG. Hint: export the picture as SVG, PNG or JPEG.")
    kind = root.getroottree().docinfo.internalDTD
    if kind is not None and any(True for _ in kind.iterentities()):
        raise ValueError("declares entities, which can hide what it draws. Hint: export it as plain SVG.")
    if _before(root, "xml-stylesheet"):
        raise ValueError("refers outside itself for its styles. Hint: export it with its styles inside.")
    return root


def _without_address_entities(raw: bytes) -> bytes:
    """Return an SVG with the entities written out that stand for addresses, if it declares no others.

    Illustrator names namespaces so. An address holds no entity, so none can grow.
    """
    subset = _SUBSET.search(raw)
    if subset is None or _ADDRESS_ENTITY.sub(b"", subset[1]).strip():
        return raw
    addresses = dict(_ADDRESS_ENTITY.findall(subset[1]))
    written_out = _ENTITY.sub(lambda entity: addresses.get(entity[1], entity[0]), raw[subset.end(1) + 1 :])
    return raw[: subset.start(1) - 1] + written_out if len(written_out) <= MAX_BYTES else raw


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
        raise ValueError(f"carries <{name}>, which has no place in a picture. Hint: export it as plain SVG.")
    if name == "flowRoot":
        hint = "Hint: in Inkscape, choose Text, Convert to Text, then Path, Object to Path."
        raise ValueError(f"holds text in <flowRoot>, which no browser draws. {hint}")
    if name in ("text", "tspan", "textPath"):
        hint = "Hint: leave the words out and say them beside it, or make them paths (Inkscape: Path, Object to Path)."
        raise ValueError(f"holds text, whose font may be missing elsewhere. {hint}")
    if name == "style":
        _check_css("".join(node.itertext()))
    _check_gradient(node)
    for key, value in node.attrib.items():
        _check_attribute(_local(key), str(value))


def _check_gradient(node: Any) -> None:
    """Refuse a gradient or pattern whose transform leaves it no area: a browser draws nothing of it (SVG 2, 14)."""
    for name in ("gradientTransform", "patternTransform"):
        for numbers in _MATRIX.findall(node.get(name, "")):
            a, b, c, d = (float(number) for number in numbers)
            if abs(a * d - b * c) <= 1e-9 * max(abs(a), abs(b), abs(c), abs(d)) ** 2:
                raise ValueError(
                    f'has a "{name}" in line {node.sourceline} that leaves no area, and browsers draw nothing of it. '
                    "Hint: save the picture as a PNG of 2,000 pixels in the program that shows it right."
                )


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


def _view(root: Any) -> tuple[float, float]:
    """Return the width and height of the view box."""
    numbers = re.findall(r"[-+]?[0-9]*\.?[0-9]+(?:[eE][-+]?[0-9]+)?", root.get("viewBox", ""))
    view = [float(number) for number in numbers] if "viewBox" in root.attrib else _viewport(root)
    if len(view) != 4:
        raise ValueError('has no "viewBox", so it cannot be scaled. Hint: export it with a viewBox.')
    if not all(map(math.isfinite, view)) or view[2] <= 0 or view[3] <= 0:
        raise ValueError('has a "viewBox" without any area. Hint: export it with a viewBox.')
    root.set("viewBox", " ".join(f"{number:g}" if number == float(f"{number:g}") else repr(number) for number in view))
    return view[2], view[3]


def _viewport(root: Any) -> list[float]:
    """Return the view box of an SVG without one: its own width and height in pixels (SVG 2, 8.2); none without these.

    A browser draws it so, and cuts what lies outside.
    """
    lengths = [_LENGTH.fullmatch(root.get(name, "")) for name in ("width", "height")]
    return [0.0, 0.0, *(float(length[1]) * PIXELS[(length[2] or "px").lower()] for length in lengths if length)]


def _size(root: Any, view: tuple[float, float]) -> tuple[float, float]:
    """Return the width and height that an SVG says it has, else those of its view box."""
    given = [_NUMBER.fullmatch(root.get(name, "")) for name in ("width", "height")]
    sizes = tuple(float(number[1]) for number in given if number)
    width, height = sizes if len(sizes) == 2 and min(sizes) > 0 and max(sizes) < math.inf else view
    if not 1 / MOST_RATIO <= width / height <= MOST_RATIO:
        raise ValueError(
            f"is more than {MOST_RATIO} times as long as wide. Hint: export the picture without its margins."
        )
    return width, height
