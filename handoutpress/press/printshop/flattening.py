"""Drawings with gradients, patterns and masks, as pictures: no two programs of print shops draw these alike."""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Iterator

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf
from PIL import Image

from handoutpress.press.logo.engine_drawing import page_picture
from handoutpress.press.printshop.ink_rule import InkError, InkRule
from handoutpress.store.digests import bytes_digest
from handoutpress.store.recently_used import RecentlyUsed

Numbers = tuple[int, int]

DPI = 600
IN_MEMORY = 32
_PATTERN = re.compile(rb"/Pattern\s+(cs|CS)\b|/[^\s/]+\s+sh\b")
_SHADED = re.compile(rb"/[^\s/]+\s+sh\b")
_STATE = re.compile(rb"(/[^\s/]+)\s+gs\b")
_DRAWN = re.compile(rb"(/[^\s/]+)\s+Do\b")
_PLACES = re.compile(rb"\s*(?:[-.\d]+\s+){6}cm\s+/[^\s/]+\s+Do\s*")


_drawn_pictures: RecentlyUsed[Image.Image] = RecentlyUsed(IN_MEMORY)


def flatten(pdf: Pdf, rule: InkRule) -> Iterator[Numbers]:
    """Put a picture in inks into the place of each such drawing, and yield its number.

    Raises ``InkError`` where a page itself needs it.
    """
    forms = {}
    for page in pdf.pages:
        content = page.obj.Contents.read_bytes()
        if _is_fragile(page.obj, content) and not _paints_tiles_alone(page.obj, content):
            raise InkError("A gradient outside of a logo cannot be printed in inks. Hint: use a picture for it.")
        drawn = page.obj.Resources.get(Name.XObject, Dictionary())
        placed = [_placed(drawn[name]) for name in sorted(drawn.keys())]
        forms.update({drawing.objgen: drawing for drawing in placed})
    for form in forms.values():
        if _needs_flattening(form):
            yield _flatten(pdf, form, rule).objgen
    for form in forms.values():
        _forget_patterns(form)


def _placed(drawing: pikepdf.Object) -> pikepdf.Object:
    """Return what a form only puts in its place: a slot's form is one point large, what is in it as large as print."""
    if drawing.get(Name.Subtype) == Name.Form and _PLACES.fullmatch(content := drawing.read_bytes()):
        (placed,) = _forms_in(drawing, content)
        return placed
    return drawing


def _forget_patterns(form: pikepdf.Object) -> None:
    """Drop what no content paints with any more; drawings of one brand share their resources."""
    resources = form.get(Name.Resources, Dictionary())
    for kind in (Name.Pattern, Name.Shading):
        if kind in resources:
            del resources[kind]


def _needs_flattening(form: pikepdf.Object) -> bool:
    if form.get(Name.Subtype) != Name.Form:
        return False
    content = form.read_bytes()
    return _is_fragile(form, content) or any(map(_needs_flattening, _forms_in(form, content)))


def _is_fragile(holder: pikepdf.Object, content: bytes) -> bool:
    """Return whether content paints with a pattern or gradient, or through a mask."""
    if _PATTERN.search(content):
        return True
    states = holder.get(Name.Resources, Dictionary()).get(Name.ExtGState, Dictionary())
    used = {match[1].decode("latin-1") for match in _STATE.finditer(content)}
    return any(isinstance(states[name].get(Name.SMask), Dictionary) for name in sorted(used) if name in states)


def _paints_tiles_alone(holder: pikepdf.Object, content: bytes) -> bool:
    """Return whether its patterns are flat shapes over and over, as those of a picture in colour roles."""
    patterns = holder.get(Name.Resources, Dictionary()).get(Name.Pattern, Dictionary())
    kinds = {patterns[name].get(Name.PatternType) for name in sorted(patterns.keys())}
    return not _SHADED.search(content) and kinds <= {1}


def _forms_in(form: pikepdf.Object, content: bytes) -> list[pikepdf.Object]:
    inner = form.get(Name.Resources, Dictionary()).get(Name.XObject, Dictionary())
    drawn = {match[1].decode("latin-1") for match in _DRAWN.finditer(content)}
    return [inner[name] for name in sorted(drawn) if name in inner]


def _flatten(pdf: Pdf, form: pikepdf.Object, rule: InkRule) -> pikepdf.Stream:
    alone = _alone(form)
    drawn = _drawn_pictures.get(bytes_digest(alone), lambda: page_picture(alone, DPI))
    colours = drawn.convert("RGB")
    inked = rule.profile.grey_picture(colours.convert("L")) if rule.mono else rule.profile.photograph(colours)
    picture = _image(pdf, inked, Name.DeviceGray if rule.mono else Name.DeviceCMYK)
    if (alpha := drawn.getchannel("A")).getextrema() != (255, 255):
        picture.SMask = _image(pdf, alpha, Name.DeviceGray)
    left, bottom, right, top = (float(edge) for edge in form.BBox.as_list())
    form.write(b"q %.4f 0 0 %.4f %.4f %.4f cm /I Do Q" % (right - left, top - bottom, left, bottom))
    form.Resources = Dictionary(XObject=Dictionary(I=picture))
    return picture


def _alone(form: pikepdf.Object) -> bytes:
    """Return a PDF of one page on which there is nothing but the form, at its own size in points."""
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page().obj
        page.MediaBox = Array([float(edge) for edge in form.BBox.as_list()])
        drawing = pdf.copy_foreign(form)
        if Name.Matrix in drawing:
            del drawing.Matrix
        page.Resources = Dictionary(XObject=Dictionary(F=drawing))
        page.Contents = pdf.make_stream(b"/F Do")
        file = io.BytesIO()
        pdf.save(file, deterministic_id=True)
    return file.getvalue()


def _image(pdf: Pdf, picture: Image.Image, space: Name) -> pikepdf.Stream:
    width, height = picture.size
    image = pdf.make_stream(b"", Type=Name.XObject, Subtype=Name.Image, Width=width, Height=height)
    image.write(zlib.compress(picture.tobytes(), 9), filter=Name.FlateDecode)
    image.ColorSpace, image.BitsPerComponent = space, 8
    return image
