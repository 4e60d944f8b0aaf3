"""Imposition: pages onto sheets for a print shop, by the trim box, with tags and links kept.

Each page becomes a form XObject that keeps its own marks and its place in the parent tree; the sheets' structure
elements then say in which form their content stands (ISO 32000-1, 14.7.4.2, /Stm). A folded sheet so reads in order.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from math import inf

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf

from handoutpress.content.models.formats import Format
from handoutpress.content.pictures.handout_picture import HandoutPicture
from handoutpress.press.plate.tags import elements
from handoutpress.press.printshop.finer_pictures import put_finer_pictures
from handoutpress.press.printshop.ink_rule import InkRule
from handoutpress.press.printshop.inks import to_inks
from handoutpress.press.printshop.output_intent import set_output_intent
from handoutpress.press.printshop.sheets import MARGIN, PlacedPage, SheetSide, sides

MM = 72 / 25.4
MARK_FROM, MARK_TO = 5.0, 9.0
"""Crop and fold marks stand this far outside the trim, mm, beyond any bleed of 3 mm; the slug line is beyond them."""
SLUG_SIZE = 7.0
HAIRLINE = 0.25

Form = pikepdf.Object
Numbers = tuple[int, int]


@dataclass(frozen=True)
class PrintTicket:
    """What a print file is made by, beside its pages: its name, version and day stand in the slug line (ASCII).

    ``pictures`` are those of its handout, which are printed finer than pages show them, in ``fineness`` bytes at most
    for each square mm.
    """

    format: Format
    name: str
    version: str
    day: str
    rule: InkRule
    mirrored: bool = False
    pictures: tuple[HandoutPicture, ...] = ()
    fineness: float = inf


def for_print(branded: bytes, ticket: PrintTicket) -> bytes:
    """Return the sheets of a branded PDF for a print shop. Raises ``InkError``. The same input gives the same bytes."""
    with pikepdf.open(io.BytesIO(branded)) as pdf:
        put_finer_pictures(pdf, ticket.pictures, ticket.fineness)
        to_inks(pdf, ticket.rule)
        set_output_intent(pdf, ticket.rule.profile.profile)
        _Imposer(pdf, ticket).impose()
        out = io.BytesIO()
        pdf.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return out.getvalue()


@dataclass(frozen=True)
class _LaidPage:
    """Where a page went: its form, its sheet, and how far it moved, pt."""

    form: Form
    sheet: pikepdf.Object
    dx: float
    dy: float


class _Imposer:
    """The imposition of one PDF."""

    def __init__(self, pdf: Pdf, ticket: PrintTicket) -> None:
        self._pdf = pdf
        self._ticket = ticket
        self._bleed = ticket.format.imposition.bleed
        self._pages = [page.obj for page in pdf.pages]
        self._laid: dict[Numbers, _LaidPage] = {}

    def impose(self) -> None:
        pdf, pages = self._pdf, self._pages
        laid_out = sides(self._ticket.format, len(pages), mirrored=self._ticket.mirrored)
        font = _slug_font(pdf)
        for number, side in enumerate(laid_out, 1):
            self._sheet(side, f"side {number} of {len(laid_out)}, {side.name}", font)
        self._move_marks()
        self._move_destinations()
        for _ in pages:
            del pdf.pages[0]

    def _sheet(self, side: SheetSide, place: str, font: Form) -> None:
        pdf, margin = self._pdf, MARGIN * MM
        width, height = side.width * MM, side.height * MM
        sheet = pdf.add_blank_page(page_size=(width + 2 * margin, height + 2 * margin)).obj
        bleed = self._bleed * MM
        sheet.TrimBox = _box(margin, margin, margin + width, margin + height)
        sheet.BleedBox = _box(margin - bleed, margin - bleed, margin + width + bleed, margin + height + bleed)
        sheet.Tabs = Name.S  # links are reached in the order of the structure (ISO 14289-1, 7.18.3)
        forms, drawn = Dictionary(), []
        for index, placed in enumerate(side.placed):
            forms[f"/P{index}"] = self._place(sheet, side, placed)
            drawn.append(b"/Artifact BMC /P%d Do EMC" % index if placed.copy else b"/P%d Do" % index)
        slug = " | ".join((self._ticket.name, f"version {self._ticket.version}", self._ticket.day, place))
        sheet.Resources = Dictionary(XObject=forms, Font=Dictionary(A=font))
        outside = b"/Artifact BMC\n" + _marks(side) + _slug(slug) + b"EMC\n"
        sheet.Contents = pdf.make_stream(outside + b"\n".join(drawn))

    def _place(self, sheet: pikepdf.Object, side: SheetSide, placed: PlacedPage) -> Form:
        """Return the form of one page on its sheet, cut at its folds and at the bleed's edge outside."""
        page, bleed = self._pages[placed.page], self._bleed
        before = bleed if placed.x == 0 else 0.0
        behind = bleed if placed.x + placed.width >= side.width - 0.01 else 0.0
        below = bleed if placed.y == 0 else 0.0
        above = bleed if placed.y + placed.height >= side.height - 0.01 else 0.0
        shift = placed.shift
        edges = (-before - shift, -below, placed.width + behind - shift, placed.height + above)
        dx, dy = ((MARGIN + placed.x + shift) * MM, (MARGIN + placed.y) * MM)
        data = page.Contents.read_bytes()
        form = self._pdf.make_stream(_unmarked(page) if placed.copy else data)
        form.Type, form.Subtype = Name.XObject, Name.Form
        form.BBox = _box(*(edge * MM for edge in edges))
        form.Matrix = Array([1, 0, 0, 1, round(dx, 4), round(dy, 4)])
        form.Resources = page.Resources
        if Name.Group in page:
            form.Group = page.Group
        if not placed.copy:
            form.StructParents = page.StructParents
            self._laid[page.objgen] = _LaidPage(form, sheet, dx, dy)
            self._move_links(page, sheet, dx, dy)
        return form

    def _move_links(self, page: pikepdf.Object, sheet: pikepdf.Object, dx: float, dy: float) -> None:
        if Name.Annots not in sheet:
            sheet.Annots = Array()
        for annotation in page.get(Name.Annots, Array()):
            annotation.Rect = _moved(annotation.Rect, dx, dy)
            annotation.P = sheet
            sheet.Annots.append(annotation)

    def _move_marks(self) -> None:
        """Tell each structure element the sheet and the form in which its content now stands."""
        for element in elements(self._pdf):
            laid = self._laid.get(element.Pg.objgen) if Name.Pg in element else None
            kids = element.get(Name.K, Array())
            listed = list(kids) if isinstance(kids, Array) else [kids]
            element.K = Array([self._kid(kid, laid) for kid in listed])
            if laid:
                element.Pg = laid.sheet
                attributes = element.get(Name.A)
                if isinstance(attributes, Dictionary) and Name.BBox in attributes:
                    attributes.BBox = _moved(attributes.BBox, laid.dx, laid.dy)

    def _kid(self, kid: object, laid_with: _LaidPage | None) -> object:
        if isinstance(kid, int) and laid_with:
            return Dictionary(Type=Name.MCR, Pg=laid_with.sheet, Stm=laid_with.form, MCID=kid)
        if not isinstance(kid, Dictionary) or Name.S in kid:
            return kid
        laid = self._laid.get(kid.Pg.objgen) if Name.Pg in kid else laid_with
        if laid:
            kid.Pg = laid.sheet
            if Name.MCID in kid and Name.Stm not in kid:
                kid.Stm = laid.form
        return kid

    def _move_destinations(self) -> None:
        """Let links inside the handout, and its outline, lead to the sheet."""
        for value in self._pdf.objects:
            if isinstance(value, Dictionary) and Name.P in value and Name.S in value:
                continue  # a structure element, of which there are a thousand, leads nowhere
            for target in _destinations(value):
                if laid := self._laid.get(target[0].objgen):
                    target[0] = laid.sheet
                    if target[1] == Name.XYZ:
                        target[2], target[3] = (round(float(target[2] or 0) + laid.dx, 3), _raised(target[3], laid.dy))


def _raised(value: object, by: float) -> float:
    return round(float(value or 0) + by, 3)  # type: ignore[arg-type]


def _destinations(holder: pikepdf.Object) -> list[Array]:
    """Return the explicit destinations (12.3.2.2) in one indirect object."""
    waiting, destinations = [holder], []
    while waiting:
        value = waiting.pop()
        if isinstance(value, Array):
            if _is_destination(value):
                destinations.append(value)
                continue
            kids = list(value)
        elif isinstance(value, Dictionary) and Name.Contents not in value and Name.Parent not in value:
            kids = [value[key] for key in sorted(value.keys())]  # a set, in the order of this process's hash seed
        elif isinstance(value, Dictionary):
            kids = [value[key] for key in ("/Dest", "/A") if key in value]
        else:
            kids = []
        waiting += [kid for kid in kids if isinstance(kid, Array | Dictionary) and not kid.is_indirect]
    return destinations


def _is_destination(value: Array) -> bool:
    if len(value) < 2 or not isinstance(value[0], Dictionary) or not isinstance(value[1], Name):
        return False
    return value[0].get(Name.Type) == Name.Page


def _box(*edges: float) -> Array:
    return Array([round(edge, 4) for edge in edges])


def _moved(box: pikepdf.Object, dx: float, dy: float) -> Array:
    left, bottom, right, top = (float(edge) for edge in box.as_list())
    return Array([round(edge, 3) for edge in (left + dx, bottom + dy, right + dx, top + dy)])


def _unmarked(page: pikepdf.Object) -> bytes:
    """Return a page's content without marks, for a copy that is an artifact as a whole."""
    marks = {"BDC", "BMC", "EMC"}
    parts = [part for part in pikepdf.parse_content_stream(page) if str(part.operator) not in marks]
    return pikepdf.unparse_content_stream(parts)


def _slug_font(pdf: Pdf) -> Form:
    """Return the font of the plate's addresses: it has all of ASCII, and each plate has it, without addresses too."""
    return next(
        value for value in pdf.objects if isinstance(value, Dictionary) and value.get(Name.Subtype) == Name.TrueType
    )


def _slug(text: str) -> bytes:
    safe = text.encode("ascii", "replace").replace(b"\\", b"/").replace(b"(", b"[").replace(b")", b"]")
    return b"BT 0 0 0 1 k /A %g Tf %.2f 3 Td (%b) Tj ET\n" % (SLUG_SIZE, (MARGIN + 8) * MM, safe)


def _marks(side: SheetSide) -> bytes:
    """Draw crop marks at the corners and cuts, whole; fold marks, dashed: all outside the trim."""
    across = [(0.0, False), (side.width, False), *((x, True) for x in side.folds), *((x, False) for x in side.cuts)]
    upright = [_upright(x, side.height, dashed=dashed) for x, dashed in across]
    level = [_level(y, side.width) for y in (0.0, side.height, *side.rows)]
    return b"q %g w 0 0 0 1 K\n%b%bQ\n" % (HAIRLINE, b"".join(upright), b"".join(level))


def _upright(x: float, height: float, *, dashed: bool) -> bytes:
    at, foot, head = (MARGIN + x) * MM, MARGIN * MM, (MARGIN + height) * MM
    near, far = MARK_FROM * MM, MARK_TO * MM
    lines = (at, foot - near, at, foot - far, at, head + near, at, head + far)
    return (
        b"%b d " % (b"[2 2] 0" if dashed else b"[] 0")
        + b"%.3f %.3f m %.3f %.3f l S %.3f %.3f m %.3f %.3f l S\n" % lines
    )


def _level(y: float, width: float) -> bytes:
    at, start, end = (MARGIN + y) * MM, MARGIN * MM, (MARGIN + width) * MM
    near, far = MARK_FROM * MM, MARK_TO * MM
    lines = (start - near, at, start - far, at, end + near, at, end + far, at)
    return b"[] 0 d " + b"%.3f %.3f m %.3f %.3f l S %.3f %.3f m %.3f %.3f l S\n" % lines
