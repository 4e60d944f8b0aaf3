"""A good two-page leaflet, written by hand operator by operator, so that each test can damage one thing in it.

It has what a handout of the press has: headings, paragraphs, a table, a figure, links, slots that are forms, two QR
codes drawn as paths, a palette for the brand's colour, and a running foot.
"""

from __future__ import annotations

import io
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any

import pikepdf
import qrcode
from fontTools import subset
from fontTools.ttLib import TTFont
from pikepdf import Array, Dictionary, Name, Stream, String

from handoutpress.proof.expectation import Expectation, WantedCode
from handoutpress.proof.pdf.finished_pdf import FinishedPdf

FONTS = Path(__file__).parents[2] / "fonts" / "source-sans-3"
MM = 72 / 25.4
WIDTH, HEIGHT = 210 * MM, 297 * MM
LEFT, LINE, MEASURE = 25 * MM, 17.0, 124 * MM
LETTERS = "".join(chr(code) for code in range(32, 127)) + "’–·•…"

ARTICLE = "https://clinic.handout.press/needling"
REFERENCES = "https://clinic.handout.press/needling#references"
FOOT = "Harbour Clinic · version 1.2"

OPENING = [
    ("H1", "Dry needling"),
    ("P", "A fine needle is put into a tight spot of a muscle. Most people feel a short twitch and a dull ache."),
    ("H2", "What it is"),
    ("P", ("Dry needling is done by physiotherapists and doctors. The needle is as thin as a hair and holds nothing."
          " It goes into the muscle where it is tight, stays there for a few seconds or minutes, and comes out again."
          " A visit takes about half an hour, and most people have between two and six of them.")),
    ("H3", "What you may feel"),
    ("P", "You may feel a prick, a twitch or an ache. It passes within a day or two."),
]  # fmt: skip
ROWS = [("What", "How often"), ("Soreness", "20 of 100 people"), ("Bruise", "8 of 100 people")]
ALT = "A thin needle in a muscle, seen from the side"
LINK = "the whole article"
PRINTED = ("clinic.handout.press/needling", "clinic.handout.press/needling#references")
CLOSING = [
    ("H2", "When to get help"),
    ("P", ("Call the emergency number at once if you cannot breathe well or your chest hurts after a visit."
          " This is very rare. Tell your practitioner before the visit if you take blood thinners, if you are pregnant,"
          " or if needles make you faint. They will then choose another way to help you.")),
    ("H2", "Other ways"),
    ("P", ("Doing nothing is a choice too: most sore muscles get better within weeks. Exercise, heat and massage help"
          " many people as well. Ask which of them suits you, and what it costs.")),
]  # fmt: skip

EXPECTED = Expectation(
    codes=(WantedCode(ARTICLE, PRINTED[0]), WantedCode(REFERENCES, PRINTED[1])),
    text=(
        *(text for _, text in OPENING), *(cell for row in ROWS for cell in row), f"Read {LINK} on our site.", *PRINTED,
        *(text for _, text in CLOSING),
    ),
    running=(FOOT,),
    in_order=PRINTED,
    together=("You may feel a prick, a twitch",),
    in_slots=PRINTED,
    language="en",
    title="Dry needling",
    fonts=("Source Sans 3",),
    type_floor=12.0,
    paper=(210.0, 297.0),
    safe_area=5.0,
    max_pages=2,
    max_bytes=120_000,
    release=True,
)  # fmt: skip
EXPECTED_IN_PRINT = replace(EXPECTED, for_print=True, bleed=3.0)


@cache
def font_tables(style: str) -> tuple[bytes, dict[str, int], dict[str, int]]:
    """A subset font program, and glyph number and width (thousandths) of each letter."""
    source = TTFont(next(FONTS.glob(f"*-{style}.ttf")))
    options = subset.Options(layout_features=[], notdef_outline=True, hinting=False)
    subsetter = subset.Subsetter(options)
    subsetter.populate(text=LETTERS)
    subsetter.subset(source)
    out = io.BytesIO()
    source.save(out, reorderTables=False)
    scale, names = 1000 / source["head"].unitsPerEm, source.getBestCmap()
    widths = {chr(code): round(source["hmtx"][name][0] * scale) for code, name in names.items()}
    return out.getvalue(), {chr(code): source.getGlyphID(name) for code, name in names.items()}, widths


@dataclass
class Sheet:
    """One page being written: content operators, and the element that owns each identifier."""

    page: pikepdf.Page
    content: list[str] = field(default_factory=list)
    owners: list[Any] = field(default_factory=list)


class Leaflet:
    """Writes the leaflet. ``for_print`` uses CMYK inks and a bleed of 3 mm."""

    def __init__(self, for_print: bool = False) -> None:
        self.for_print = for_print
        self.pdf = pikepdf.new()
        self.black = "0 0 0 1 k" if for_print else "0 0 0 rg"
        self.fonts = {"F1": self._embed("Regular", "AAAAAA"), "F2": self._embed("Bold", "BBBBBB")}
        self.sheets: list[Sheet] = []
        self.root = self.pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot, K=Array()))
        self.body = self.element("Document", self.root)
        self.parent_tree: list[Any] = []
        self.y = 0.0

    def _embed(self, style: str, tag: str) -> Any:
        program, numbers, widths = font_tables(style)
        name = Name(f"/{tag}+Source-Sans-3-{style}")
        make = self.pdf.make_indirect
        descriptor = Dictionary(
            Type=Name.FontDescriptor, FontName=name, Flags=4, FontBBox=[-300, -300, 1200, 1000], ItalicAngle=0,
            Ascent=984, Descent=-273, CapHeight=660, StemV=80, FontFile2=make(Stream(self.pdf, program)),
        )  # fmt: skip
        mapped = "\n".join(f"<{numbers[c]:04x}> <{ord(c):04x}>" for c in numbers)
        cmap = (
            "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapType 2 def /CMapName /X def\n"
            "1 begincodespacerange <0000> <ffff> endcodespacerange\n"
            f"{len(numbers)} beginbfchar\n{mapped}\nendbfchar\nendcmap end end"
        )
        descendant = Dictionary(
            Type=Name.Font, Subtype=Name.CIDFontType2, BaseFont=name, CIDToGIDMap=Name.Identity, DW=500,
            CIDSystemInfo=Dictionary(Registry=String("Adobe"), Ordering=String("Identity"), Supplement=0),
            FontDescriptor=make(descriptor), W=Array([x for c in numbers for x in (numbers[c], Array([widths[c]]))]),
        )  # fmt: skip
        return make(
            Dictionary(
                Type=Name.Font, Subtype=Name.Type0, BaseFont=name, Encoding=Name("/Identity-H"),
                DescendantFonts=Array([make(descendant)]), ToUnicode=make(Stream(self.pdf, cmap.encode())),
            )
        )  # fmt: skip

    def element(self, kind: str, parent: Any = None, **entries: Any) -> Any:
        parent = self.body if parent is None else parent
        made = self.pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name(f"/{kind}"), P=parent, K=Array()))
        for key, value in entries.items():
            made[f"/{key}"] = value
        parent.K.append(made)
        return made

    def new_page(self) -> Sheet:
        page = self.pdf.add_blank_page(page_size=(WIDTH, HEIGHT))
        palette = Array([Name.Indexed, Name.DeviceRGB, 0, String(bytes([20, 60, 100]))])
        if self.for_print:
            palette = Array([Name.Indexed, Name.DeviceCMYK, 0, String(bytes([255, 128, 0, 100]))])
            bleed = 3 * MM
            page.obj.MediaBox = Array([-bleed, -bleed, WIDTH + bleed, HEIGHT + bleed])
            page.obj.BleedBox = page.obj.MediaBox
            page.obj.TrimBox = Array([0, 0, WIDTH, HEIGHT])
        page.obj.Resources = Dictionary(
            Font=Dictionary(**self.fonts), XObject=Dictionary(), ColorSpace=Dictionary(Primary=palette)
        )
        page.obj.Annots, page.obj.Tabs = Array(), Name.S
        self.sheets.append(Sheet(page))
        self.y = HEIGHT - 28 * MM
        return self.sheets[-1]

    @property
    def sheet(self) -> Sheet:
        return self.sheets[-1]

    def _mark(self, owner: Any, operators: str, tag: str = "") -> None:
        number = len(self.sheet.owners)
        owner.Pg = self.sheet.page.obj
        owner.K.append(number)
        self.sheet.owners.append(owner)
        self.sheet.content.append(f"{tag or owner.S} <</MCID {number}>> BDC\n{operators}\nEMC")

    def shown(self, text: str, place: tuple[float, float], size: float = 12, font: str = "F1", colour: str = "") -> str:
        numbers = font_tables("Regular" if font == "F1" else "Bold")[1]
        shown = "".join(f"{numbers[c]:04x}" for c in text)
        return f"{colour or self.black} BT /{font} {size:g} Tf 1 0 0 1 {place[0]:.3f} {place[1]:.3f} Tm <{shown}> Tj ET"

    def width(self, text: str, size: float) -> float:
        return sum(font_tables("Regular")[2][c] for c in text) * size / 1000

    def lines(self, text: str, size: float) -> list[str]:
        lines = [""]
        for word in text.split():
            longer = f"{lines[-1]} {word}".strip()
            lines = [*lines[:-1], longer] if self.width(longer, size) <= MEASURE else [*lines, word]
        return lines

    def block(self, kind: str, text: str) -> None:
        size, font = {"H1": (24.0, "F2"), "H2": (16.0, "F2"), "H3": (13.0, "F2"), "P": (12.0, "F1")}[kind]
        colour = "/Primary cs 0 sc" if kind == "H1" else ""
        self.y -= 6 if kind == "P" else 14
        owner = self.element(kind)
        for line in self.lines(text, size):
            self.y -= LINE * size / 12
            self._mark(owner, self.shown(line, (LEFT, self.y), size, font, colour))

    def figure(self) -> None:
        self.y -= 60
        box = Dictionary(O=Name.Layout, BBox=Array([LEFT, self.y, LEFT + 120, self.y + 50]), Placement=Name.Block)
        owner = self.element("Figure", Alt=String(ALT), A=box)
        self._mark(owner, f"q /Primary cs 0 sc {LEFT:.2f} {self.y:.2f} 120 50 re f Q")

    def table(self) -> None:
        table = self.element("Table")
        for index, row in enumerate(ROWS):
            self.y -= 22
            line = self.element("TR", table)
            for column, cell in enumerate(row):
                scope = Dictionary(O=Name.Table, Scope=Name.Column)
                owner = self.element("TD", line) if index else self.element("TH", line, A=scope)
                self._mark(owner, self.shown(cell, (LEFT + column * 180, self.y)))
            ink = "0 0 0 1 K" if self.for_print else "/Primary CS 0 SC"
            rule = f"q {ink} 0.75 w {LEFT:.2f} {self.y - 6:.2f} m {LEFT + 360:.2f} {self.y - 6:.2f} l S Q"
            self.sheet.content.append(f"/Artifact BMC\n{rule}\nEMC")

    def linked(self) -> None:
        self.y -= 28
        owner, x = self.element("P"), LEFT
        self._mark(owner, self.shown("Read ", (x, self.y)), "/Span")
        x += self.width("Read ", 12)
        link = self.element("Link", owner)
        self._mark(link, self.shown(LINK, (x, self.y)), "/Link")
        self.annotate(link, (x, self.y - 3, x + self.width(LINK, 12), self.y + 10), ARTICLE, "Read the whole article")
        self._mark(owner, self.shown(" on our site.", (x + self.width(LINK, 12), self.y)), "/Span")

    def annotate(self, link: Any, box: tuple[float, ...], address: str, words: str) -> None:
        annotation = self.pdf.make_indirect(
            Dictionary(
                Type=Name.Annot, Subtype=Name.Link, Rect=Array(box), F=4, Border=Array([0, 0, 0]),
                A=Dictionary(Type=Name.Action, S=Name.URI, URI=String(address)), Contents=String(words),
            )
        )  # fmt: skip
        self.sheet.page.obj.Annots.append(annotation)
        page = self.sheet.page.obj
        link.K.append(Dictionary(Type=Name.OBJR, Obj=annotation, Pg=page))
        annotation.StructParent = 100 + len(self.parent_tree)
        self.parent_tree.append(link)

    def form(self, name: str, operators: str, box: tuple[float, ...]) -> None:
        form = Stream(self.pdf, operators.encode())
        form.Type, form.Subtype, form.BBox = Name.XObject, Name.Form, Array(box)
        form.Resources = Dictionary(Font=Dictionary(**self.fonts))
        self.sheet.page.obj.Resources.XObject[f"/{name}"] = self.pdf.make_indirect(form)

    def codes(self, size: float = 28 * MM) -> None:
        """Each code is a figure drawn in a unit square; its printed address a text slot, a form owned by a P."""
        self.y -= size + 16
        for index, (address, printed) in enumerate(zip((ARTICLE, REFERENCES), PRINTED, strict=True)):
            x = LEFT + index * 230
            figure = self.element("Figure", Alt=String(f"QR code: {printed}"))
            figure.A = Dictionary(O=Name.Layout, BBox=Array([x, self.y, x + size, self.y + size]), Placement=Name.Block)
            self.form(f"Code{index}", code_path(address, self.for_print), (0, 0, 1, 1))
            self._mark(figure, f"q {size:.3f} 0 0 {size:.3f} {x:.3f} {self.y:.3f} cm /Code{index} Do Q")
            self.form(f"Address{index}", self.shown(printed, (0, 4)), (0, 0, 300, 20))
            slot = self.element("P")
            self._mark(slot, f"q 1 0 0 1 {x:.3f} {self.y - 20:.3f} cm /Address{index} Do Q")
        self.y -= 24

    def foot(self) -> None:
        for number, sheet in enumerate(self.sheets, 1):
            shown = self.shown(f"{FOOT} · page {number} of {len(self.sheets)}", (LEFT, 14 * MM))
            sheet.content.append(f"/Artifact <</Type /Pagination /Subtype /Footer>> BDC\n{shown}\nEMC")

    def finish(self) -> bytes:
        numbers = Array()
        for index, sheet in enumerate(self.sheets):
            sheet.page.obj.Contents = self.pdf.make_stream("\n".join(sheet.content).encode())
            sheet.page.obj.StructParents = index
            numbers.extend(Array([index, self.pdf.make_indirect(Array(sheet.owners))]))
        for index, owner in enumerate(self.parent_tree):
            numbers.extend(Array([100 + index, owner]))
        self.root.ParentTree = self.pdf.make_indirect(Dictionary(Nums=numbers))
        self.root.ParentTreeNextKey = 100 + len(self.parent_tree)
        root = self.pdf.Root
        root.StructTreeRoot, root.Lang = self.root, String("en")
        root.MarkInfo, root.ViewerPreferences = (
            Dictionary(Marked=True),
            Dictionary(DisplayDocTitle=True, PrintScaling=Name("/None")),
        )
        with self.pdf.open_metadata(set_pikepdf_as_editor=False) as metadata:
            metadata["dc:title"] = "Dry needling"
            metadata["pdfuaid:part"] = "1"
        return saved(self.pdf)


def code_path(address: str, for_print: bool = False) -> str:
    """A code as one path of rectangles in the unit square, quiet zone of four modules included, on white ground."""
    code = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_M, border=4)
    code.add_data(address)
    matrix = code.get_matrix()
    step = 1 / len(matrix)
    runs = [
        f"{x * step:.5f} {1 - (y + 1) * step:.5f} {step:.5f} {step:.5f} re"
        for y, row in enumerate(matrix)
        for x, dark in enumerate(row)
        if dark
    ]
    white, black = ("0 0 0 0 k", "0 0 0 1 k") if for_print else ("1 g", "0 g")
    return f"{white} 0 0 1 1 re f\n{black}\n" + "\n".join(runs) + "\nf"


def saved(pdf: pikepdf.Pdf) -> bytes:
    out = io.BytesIO()
    pdf.save(out, deterministic_id=True)
    return out.getvalue()


@cache
def good_leaflet(for_print: bool = False) -> bytes:
    """The whole leaflet, for a screen and an office printer or for a print shop."""
    leaflet = Leaflet(for_print)
    leaflet.new_page()
    for kind, text in OPENING:
        leaflet.block(kind, text)
    leaflet.figure()
    leaflet.table()
    leaflet.linked()
    leaflet.codes()
    leaflet.new_page()
    for kind, text in CLOSING:
        leaflet.block(kind, text)
    leaflet.foot()
    return leaflet.finish()


def leaflet(harm: object = None) -> FinishedPdf:
    pdf = pikepdf.open(io.BytesIO(good_leaflet()))
    if callable(harm):
        harm(pdf)
    return FinishedPdf(Path("needling.pdf"), saved(pdf))
