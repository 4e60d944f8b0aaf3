"""Ways to damage the good leaflet, each with exactly the rules that must be named, and on which page (0: the file)."""

from __future__ import annotations

import io
import random
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String
from proof_leaflet import (
    ALT,
    ARTICLE,
    EXPECTED,
    EXPECTED_IN_PRINT,
    HEIGHT,
    PRINTED,
    REFERENCES,
    WIDTH,
    code_path,
    font_tables,
    good_leaflet,
    saved,
)

from handoutpress.content.print_profile import print_profile
from handoutpress.press.printshop.output_intent import set_output_intent
from handoutpress.proof.drawn_people import WantedPeople
from handoutpress.proof.expectation import Expectation, WantedBrandmark, WantedInks, WantedPointer

PAPER = (WIDTH, HEIGHT)
WITH_LOGO = replace(EXPECTED, brandmark=WantedBrandmark(ALT, "#ffffff"))
PEOPLE = WantedPeople("52 of 100 figures are filled.", 52, 100)
WITH_PEOPLE = replace(EXPECTED, people=(PEOPLE,))
WITH_POINTER = replace(EXPECTED, pointers=(WantedPointer("When to get help", "Help: page {page}"),))
FOOT_MARK = b"/Artifact <</Type /Pagination /Subtype /Footer>> BDC"
Change = Callable[[pikepdf.Pdf], None]


@dataclass(frozen=True)
class Damage:
    """One thing done to a good PDF, and the findings that it must give: (rule, page)."""

    name: str
    change: Change
    findings: frozenset[tuple[str, int]]
    for_print: bool = False
    wanted: Expectation | None = None

    @property
    def expectation(self) -> Expectation:
        return self.wanted or (EXPECTED_IN_PRINT if self.for_print else EXPECTED)

    def damaged(self) -> bytes:
        pdf = pikepdf.open(io.BytesIO(good_leaflet(self.for_print)))
        self.change(pdf)
        return saved(pdf)


DAMAGES: list[Damage] = []


def damage(
    *findings: tuple[str, int], for_print: bool = False, wanted: Expectation | None = None
) -> Callable[[Change], Change]:
    """Enter a change in the table under its name in words; ``wanted`` where another format is expected."""

    def enter(change: Change) -> Change:
        DAMAGES.append(Damage(change.__name__.replace("_", " "), change, frozenset(findings), for_print, wanted))
        return change

    return enter


def edit(pdf: pikepdf.Pdf, old: str, new: str, page: int = 1, count: int = 1) -> None:
    """Replace operators in a page's content; an edit that finds nothing is a mistake of the test."""
    edit_stream(pdf.pages[page - 1].Contents, old, new, count)


def edit_stream(stream: Any, old: str, new: str, count: int = 1) -> None:
    before = stream.read_bytes()
    after = before.replace(old.encode(), new.encode(), count)
    assert before != after, f"{old!r} is not in the content"
    stream.write(after)


def append(pdf: pikepdf.Pdf, operators: str, page: int = 1) -> None:
    stream = pdf.pages[page - 1].Contents
    stream.write(stream.read_bytes() + b"\n" + operators.encode())


def body(pdf: pikepdf.Pdf) -> Any:
    return pdf.Root.StructTreeRoot.K[0]


def shown(text: str) -> str:
    """The codes of a text in the regular font, as the content stream spells them."""
    return "".join(f"{font_tables('Regular')[1][letter]:04x}" for letter in text)


def move_line(pdf: pikepdf.Pdf, mcid: int, right: float = 0, up: float = 0) -> None:
    """Move the line of a marked-content identifier on the first page, by points."""
    stream = pdf.pages[0].Contents
    pattern = re.compile(rb"(<</MCID %d>> BDC\n.*? Tf 1 0 0 1 )(\S+) (\S+) Tm" % mcid)

    def moved(line: re.Match[bytes]) -> bytes:
        return line[1] + f"{float(line[2]) + right:.3f} {float(line[3]) + up:.3f} Tm".encode()

    content, count = pattern.subn(moved, stream.read_bytes())
    assert count == 1
    stream.write(content)


def baseline(operators: bytes) -> float:
    """How high a line of the leaflet stands on its page, in points."""
    line = re.search(rb"Tf 1 0 0 1 \S+ (\S+) Tm", operators)
    assert line
    return float(line[1])


def line_baseline(pdf: pikepdf.Pdf, mcid: int) -> float:
    """How high the line of a marked-content identifier stands on the first page, in points."""
    line = re.search(rb"<</MCID %d>> BDC\n(.*?)\nEMC" % mcid, pdf.pages[0].Contents.read_bytes())
    assert line
    return baseline(line[1])


def place_picture(pdf: pikepdf.Pdf, space: Any, samples: int) -> None:
    """Put a dark square picture of 40 points, with so many samples a side, beside the text of the first page."""
    channels = 3 if space == Name.DeviceRGB else 1
    picture = pdf.make_stream(bytes(samples * samples * channels))
    picture.Type, picture.Subtype, picture.Width, picture.Height = Name.XObject, Name.Image, samples, samples
    picture.ColorSpace, picture.BitsPerComponent = space, 8
    pdf.pages[0].Resources.XObject["/Placed"] = picture
    append(pdf, "/Artifact BMC q 40 0 0 40 450 600 cm /Placed Do Q EMC")


def elements(pdf: pikepdf.Pdf, kind: str) -> list[Any]:
    return [value for value in pdf.objects if isinstance(value, Dictionary) and value.get("/S") == f"/{kind}"]


def form(pdf: pikepdf.Pdf, name: str) -> Any:
    return pdf.pages[0].Resources.XObject[f"/{name}"]


def links(pdf: pikepdf.Pdf) -> list[Any]:
    return list(pdf.pages[0].obj.Annots)


# Tags


@damage(("tags.missing", 0), ("tags.ua1", 0))
def no_structure_tree(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.StructTreeRoot


@damage(("tags.settings", 0), ("tags.ua1", 0))
def not_said_to_be_tagged(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.MarkInfo


@damage(("tags.settings", 0), ("tags.ua1", 0))
def file_name_shown_for_title(pdf: pikepdf.Pdf) -> None:
    pdf.Root.ViewerPreferences.DisplayDocTitle = False


@damage(("tags.no-owner", 1), ("tags.parent-tree", 0), ("text.missing", 0))
def paragraph_without_element(pdf: pikepdf.Pdf) -> None:
    del body(pdf).K[1]


@damage(("tags.no-owner", 1), ("tags.nested", 1))
def mcid_inside_a_form_without_owner(pdf: pikepdf.Pdf) -> None:
    stream = form(pdf, "Code0")
    stream.write(b"/Span <</MCID 7>> BDC\n" + stream.read_bytes() + b"\nEMC")


@damage(("tags.two-owners", 1), ("tags.parent-tree", 0))
def content_with_two_elements(pdf: pikepdf.Pdf) -> None:
    body(pdf).K[1].K.append(body(pdf).K[0].K[0])


@damage(("tags.nested", 1))
def tagged_inside_tagged(pdf: pikepdf.Pdf) -> None:
    edit(pdf, "EMC\n/P <</MCID 2>> BDC", "/P <</MCID 2>> BDC")
    edit(pdf, "EMC\n/H2", "EMC\nEMC\n/H2")


@damage(("tags.artifact-nested", 1), ("tags.ua1", 0))
def artifact_inside_tagged(pdf: pikepdf.Pdf) -> None:
    edit(pdf, "BT /F2 24", "/Artifact BMC EMC BT /F2 24")


@damage(("tags.repeated-mcid", 1))
def identifier_used_twice(pdf: pikepdf.Pdf) -> None:
    append(pdf, "/P <</MCID 1>> BDC EMC")


@damage(("tags.dangling", 0), ("tags.parent-tree", 0))
def element_points_to_nothing(pdf: pikepdf.Pdf) -> None:
    body(pdf).K[1].K.append(400)


@damage(("tags.parent-tree", 0))
def parent_tree_entry_swapped(pdf: pikepdf.Pdf) -> None:
    entries = pdf.Root.StructTreeRoot.ParentTree.Nums[1]
    entries[0], entries[1] = entries[1], entries[0]


@damage(("tags.parent-tree", 0))
def parent_tree_entry_orphaned(pdf: pikepdf.Pdf) -> None:
    lost = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.P, P=body(pdf), K=Array()))
    pdf.Root.StructTreeRoot.ParentTree.Nums.extend(Array([900, Array([lost])]))


@damage(("tags.broken-tree", 0))
def element_in_two_places(pdf: pikepdf.Pdf) -> None:
    body(pdf).K.append(body(pdf).K[0])


@damage(("tags.untagged", 1), ("tags.ua1", 0), ("tags.dangling", 0), ("text.missing", 0))
def line_without_marks(pdf: pikepdf.Pdf) -> None:
    edit(pdf, "/P <</MCID 1>> BDC", "/P BMC")


@damage(("tags.running-head", 1))
def running_foot_is_tagged(pdf: pikepdf.Pdf) -> None:
    content = pdf.pages[0].Contents.read_bytes()
    number = len(pdf.Root.StructTreeRoot.ParentTree.Nums[1])
    pdf.pages[0].Contents.write(content.replace(FOOT_MARK, f"/P <</MCID {number}>> BDC".encode()))
    owner = pdf.make_indirect(
        Dictionary(Type=Name.StructElem, S=Name.P, P=body(pdf), K=Array([number]), Pg=pdf.pages[0].obj)
    )
    body(pdf).K.append(owner)
    pdf.Root.StructTreeRoot.ParentTree.Nums[1].append(owner)


@damage(("tags.link-orphan", 1))
def link_dropped_from_the_tree(pdf: pikepdf.Pdf) -> None:
    link = elements(pdf, "Link")[0]
    link.K = Array([kid for kid in link.K if not isinstance(kid, Dictionary)])


@damage(("tags.link-orphan", 1), ("tags.ua1", 0))
def link_with_a_wrong_parent_entry(pdf: pikepdf.Pdf) -> None:
    links(pdf)[0].StructParent = 77


@damage(("tags.link-words", 1))
def link_described_by_its_address(pdf: pikepdf.Pdf) -> None:
    links(pdf)[0].Contents = String(ARTICLE)


@damage(("tags.link-words", 1), ("tags.ua1", 0))
def link_without_words(pdf: pikepdf.Pdf) -> None:
    del links(pdf)[0].Contents


@damage(("tags.link-artifact", 1))
def link_on_the_running_foot(pdf: pikepdf.Pdf) -> None:
    links(pdf)[0].Rect = Array([70, 36, 200, 52])


@damage(("tags.figure-alt", 1), ("tags.ua1", 0))
def figure_without_alt(pdf: pikepdf.Pdf) -> None:
    del elements(pdf, "Figure")[0].Alt


@damage(("tags.figure-alt", 1))
def figure_with_a_file_name(pdf: pikepdf.Pdf) -> None:
    elements(pdf, "Figure")[0].Alt = String("needle-2.png")


@damage(("tags.figure-alt", 1))
def figure_with_an_empty_alt(pdf: pikepdf.Pdf) -> None:
    elements(pdf, "Figure")[0].Alt = String(" ")


@damage(("figures.people", 0), wanted=WITH_PEOPLE)
def people_who_are_not_drawn(pdf: pikepdf.Pdf) -> None:
    assert all(figure.Alt != PEOPLE.spoken for figure in elements(pdf, "Figure"))


@damage(("figures.people", 1), wanted=WITH_PEOPLE)
def people_of_whom_other_numbers_are_filled(pdf: pikepdf.Pdf) -> None:
    elements(pdf, "Figure")[0].Alt = String(PEOPLE.spoken)


@damage(("tags.table-headers", 1))
def table_without_header_cells(pdf: pikepdf.Pdf) -> None:
    for cell in elements(pdf, "TH"):
        cell.S = Name.TD


@damage(("tags.table-headers", 1), ("tags.ua1", 0))
def header_cell_without_scope(pdf: pikepdf.Pdf) -> None:
    del elements(pdf, "TH")[0].A


@damage(("tags.headings", 1), ("tags.ua1", 0))
def heading_skips_a_level(pdf: pikepdf.Pdf) -> None:
    elements(pdf, "H3")[0].S = Name.H4


@damage(("tags.headings", 1), ("tags.ua1", 0))
def first_heading_is_of_level_two(pdf: pikepdf.Pdf) -> None:
    elements(pdf, "H1")[0].S = Name.H2


@damage(("tags.order", 0))
def reading_order_swapped(pdf: pikepdf.Pdf) -> None:
    kids = body(pdf).K
    kids[1], kids[3] = kids[3], kids[1]


# Text and fonts


@damage(("text.notdef", 1), ("tags.ua1", 0), ("text.missing", 0))
def letter_without_glyph(pdf: pikepdf.Pdf) -> None:
    edit(pdf, shown("Most"), "0000" + shown("ost"))


@damage(("text.missing", 0))
def word_left_out(pdf: pikepdf.Pdf) -> None:
    edit(pdf, shown("tight "), "")


@damage(("text.order", 0))
def address_seen_the_other_way_round(pdf: pikepdf.Pdf) -> None:
    said = f"/Span <</ActualText ({PRINTED[1]})>> BDC"
    stream = form(pdf, "Address1")
    edit_stream(stream, shown(PRINTED[1]), shown(PRINTED[1][::-1]))
    stream.write(said.encode() + b"\n" + stream.read_bytes() + b"\nEMC")


@damage(("text.order", 0))
def other_words_within_what_belongs_together(pdf: pikepdf.Pdf) -> None:
    edit(pdf, shown("prick, a"), shown("prick, or a"))


@damage(("text.markup", 1))
def markup_as_it_was_written(pdf: pikepdf.Pdf) -> None:
    edit(pdf, shown("Most"), shown("**Most"))


@damage(("text.surplus", 1))
def another_clinic_in_a_slot(pdf: pikepdf.Pdf) -> None:
    slot = pikepdf.Stream(pdf, f"BT /F1 12 Tf 1 0 0 1 4 4 Tm <{shown('Moor')}> Tj ET".encode())
    slot.Type, slot.Subtype = Name.XObject, Name.Form
    slot.BBox, slot.Matrix = Array([0, 0, 100, 20]), Array([0.01, 0, 0, 0.05, 0, 0])
    page = pdf.pages[0]
    slot.Resources = Dictionary(Font=page.Resources.Font)
    page.Resources.XObject["/Moor"] = pdf.make_indirect(slot)
    page.contents_add(b"/Artifact BMC q 100 0 0 20 400 60 cm /Moor Do Q EMC")


@damage(("file.scaling", 0))
def printers_may_scale(pdf: pikepdf.Pdf) -> None:
    pdf.Root.ViewerPreferences.PrintScaling = Name.AppDefault


@damage(("text.font-embedded", 1), ("tags.ua1", 0))
def font_not_embedded(pdf: pikepdf.Pdf) -> None:
    del pdf.pages[0].Resources.Font.F2.DescendantFonts[0].FontDescriptor.FontFile2


@damage(("text.font-embedded", 1), ("tags.ua1", 0))
def font_program_broken(pdf: pikepdf.Pdf) -> None:
    program = pdf.pages[0].Resources.Font.F2.DescendantFonts[0].FontDescriptor.FontFile2
    program.write(program.read_bytes()[:300])


@damage(("text.font-foreign", 1))
def font_of_someone_else(pdf: pikepdf.Pdf) -> None:
    font = pdf.pages[0].Resources.Font.F2
    font.BaseFont = font.DescendantFonts[0].BaseFont = Name("/CCCCCC+Comic-Sans")
    font.DescendantFonts[0].FontDescriptor.FontName = font.BaseFont


@damage(
    ("text.unmapped", 1),
    ("text.unmapped", 2),
    ("text.missing", 0),
    ("text.markup", 2),
    ("tags.ua1", 0),
    ("address.words", 1),
)
def font_without_a_map_to_letters(pdf: pikepdf.Pdf) -> None:
    del pdf.pages[0].Resources.Font.F1.ToUnicode


@damage(("text.foreign", 0), ("address.words", 1))
def text_comes_out_in_another_alphabet(pdf: pikepdf.Pdf) -> None:
    cmap = pdf.pages[0].Resources.Font.F1.ToUnicode
    shifted = re.sub(rb"> <00([4-7][0-9a-f])>", rb"> <04\1>", cmap.read_bytes())
    cmap.write(shifted)


# Codes


@damage(("address.words", 2))
def code_on_another_page_than_its_address(pdf: pikepdf.Pdf) -> None:
    pdf.pages[1].Resources.XObject["/Code0"] = form(pdf, "Code0")
    pdf.pages[1].contents_add(b"/Artifact BMC q 90 0 0 90 400 120 cm /Code0 Do Q EMC")


@damage(("codes.unread", 0))
def code_left_out(pdf: pikepdf.Pdf) -> None:
    form(pdf, "Code1").write(b"1 g 0 0 1 1 re f")


@damage(("codes.unread", 0), ("codes.unwanted", 1))
def code_leads_elsewhere(pdf: pikepdf.Pdf) -> None:
    form(pdf, "Code1").write(code_path("https://clinic.handout.press/elsewhere").encode())


@damage(("codes.inverted", 1), ("codes.copies", 1), ("codes.unread", 1))
def code_inverted(pdf: pikepdf.Pdf) -> None:
    swapped = (
        form(pdf, "Code0").read_bytes().replace(b"1 g", b"2 g").replace(b"\n0 g", b"\n1 g").replace(b"2 g", b"0 g")
    )
    form(pdf, "Code0").write(swapped)


@damage(("codes.contrast", 1), ("codes.copies", 1))
def code_too_pale(pdf: pikepdf.Pdf) -> None:
    edit_stream(form(pdf, "Code0"), "\n0 g", "\n0.6 g")


@damage(("codes.module", 1), ("codes.size", 1))
def code_shrunk(pdf: pikepdf.Pdf) -> None:
    edit(pdf, "q 79.370 0 0 79.370", "q 48 0 0 48")


@damage(("codes.quiet-zone", 1))
def code_touched_by_a_rule(pdf: pikepdf.Pdf) -> None:
    edit_stream(form(pdf, "Code0"), "\n0 g", "\n0 g 0.05 0 0.02 1 re")


@damage(("codes.quiet-zone", 1))
def code_on_a_coloured_ground(pdf: pikepdf.Pdf) -> None:
    edit_stream(form(pdf, "Code0"), "1 g", "0.85 0.85 0.7 rg 0 0 1 1 re f 1 g 0.1 0.1 0.8 0.8 re f 0.85 0.85 0.7 rg")


# Addresses


@damage(("codes.unread", 0), ("codes.unwanted", 1), ("address.https", 1))
def code_leads_to_plain_http(pdf: pikepdf.Pdf) -> None:
    form(pdf, "Code1").write(code_path(REFERENCES.replace("https", "http")).encode())


@damage(("codes.unread", 0), ("codes.unwanted", 1), ("address.placeholder", 1), ("address.words", 1))
def code_leads_to_a_placeholder(pdf: pikepdf.Pdf) -> None:
    form(pdf, "Code1").write(code_path("https://clinic.test/needling").encode())


@damage(("codes.unread", 0), ("codes.unwanted", 1), ("address.length", 1))
def code_holds_a_long_address(pdf: pikepdf.Pdf) -> None:
    form(pdf, "Code1").write(code_path(REFERENCES + "-" + "x" * 80).encode())


@damage(("codes.unread", 0), ("codes.unwanted", 1), ("address.length", 1), ("codes.module", 1), ("codes.copies", 1))
def code_is_too_dense(pdf: pikepdf.Pdf) -> None:
    form(pdf, "Code1").write(code_path(REFERENCES + "-" + "x" * 160).encode())


@damage(("address.words", 1), ("text.missing", 0))
def words_beside_a_code_name_another_site(pdf: pikepdf.Pdf) -> None:
    edit_stream(form(pdf, "Address1"), shown("clinic"), shown("clinik"))


# Legibility


@damage(("legibility.type-size", 1))
def type_too_small(pdf: pikepdf.Pdf) -> None:
    edit(pdf, "/F1 12 Tf", "/F1 9 Tf", count=3)


@damage(("legibility.contrast", 1))
def text_too_pale(pdf: pikepdf.Pdf) -> None:
    edit(pdf, "0 0 0 rg BT /F1", "0.6 0.6 0.6 rg BT /F1")


@damage(("legibility.contrast", 1))
def text_swallowed_by_its_ground(pdf: pikepdf.Pdf) -> None:
    edit(pdf, "/P <</MCID 1>> BDC", "/Artifact BMC 0.1 0.2 0.4 rg 60 690 400 20 re f EMC /P <</MCID 1>> BDC")


@damage(("legibility.brandmark", 0), wanted=WITH_LOGO)
def logo_that_is_not_drawn(pdf: pikepdf.Pdf) -> None:
    edit(pdf, "120 50 re f Q", "120 50 re n Q")


@damage(("legibility.brandmark", 1), wanted=WITH_LOGO)
def logo_too_pale(pdf: pikepdf.Pdf) -> None:
    content = pdf.pages[0].Contents
    before = content.read_bytes()
    after = re.sub(rb"/Primary cs 0 sc( [\d.]+ [\d.]+ 120 50 re)", rb"0.85 g\1", before)
    assert before != after
    content.write(after)


@damage(("legibility.hidden", 1))
def text_under_a_white_box(pdf: pikepdf.Pdf) -> None:
    append(pdf, "/Artifact BMC 1 g 60 686 400 16 re f EMC")


@damage(("legibility.hidden", 1))
def feet_of_a_line_under_a_white_box(pdf: pikepdf.Pdf) -> None:
    append(pdf, "/Artifact BMC 1 g 60 686 400 8 re f EMC")


@damage(("legibility.safe-area", 1), ("legibility.clipped", 1), ("text.missing", 0))
def text_runs_out_of_the_page(pdf: pikepdf.Pdf) -> None:
    move_line(pdf, 1, right=300)


@damage(("legibility.safe-area", 1))
def line_at_the_papers_edge(pdf: pikepdf.Pdf) -> None:
    move_line(pdf, 1, right=-60)


@damage(("legibility.clipped", 1))
def text_slot_too_narrow(pdf: pikepdf.Pdf) -> None:
    form(pdf, "Address1").BBox = Array([0, 0, 120, 20])


@damage(("legibility.overlap", 1))
def two_lines_on_each_other(pdf: pikepdf.Pdf) -> None:
    move_line(pdf, 2, up=14)


@damage(("legibility.overlap", 1))
def feet_of_a_line_in_the_heads_of_the_next(pdf: pikepdf.Pdf) -> None:
    move_line(pdf, 2, up=9)


@damage(("legibility.overlap", 1))
def heading_on_the_line_below_it(pdf: pikepdf.Pdf) -> None:
    move_line(pdf, 3, up=-14)


@damage(("legibility.crossed", 1))
def rule_through_a_line(pdf: pikepdf.Pdf) -> None:
    append(
        pdf, f"/Artifact BMC 0.75 w 60 {line_baseline(pdf, 1) + 5:.2f} m 400 {line_baseline(pdf, 1) + 5:.2f} l S EMC"
    )


@damage(("legibility.line-length", 1))
def line_too_long(pdf: pikepdf.Pdf) -> None:
    edit(pdf, shown(" on our site."), shown(" on our site." + " It goes on and on" * 4))
    edit(pdf, "/F1 12 Tf 1 0 0 1 182.", "/F1 12 Tf 0.9 0 0 1 182.")


# Layout


@damage(("layout.page-count", 0))
def one_page_too_many(pdf: pikepdf.Pdf) -> None:
    pdf.add_blank_page(page_size=PAPER)


@damage(("layout.page-count", 0), wanted=replace(EXPECTED, max_pages=8, page_multiple=2))
def page_that_leaves_a_sheet_half_empty(pdf: pikepdf.Pdf) -> None:
    pdf.add_blank_page(page_size=PAPER)


@damage(("layout.boxes", 2))
def page_of_another_paper(pdf: pikepdf.Pdf) -> None:
    pdf.pages[1].obj.MediaBox = Array([0, 0, 612, 842])


@damage(("layout.heading-last", 1))
def heading_at_the_foot_of_a_page(pdf: pikepdf.Pdf) -> None:
    last = pdf.Root.StructTreeRoot.ParentTree.Nums[1][-1]
    last.S = Name.H3


@damage(("layout.empty-page", 1), ("layout.page-count", 0))
def first_page_nearly_empty(pdf: pikepdf.Pdf) -> None:
    pdf.add_blank_page(page_size=PAPER)
    sheets = pdf.Root.Pages.Kids
    sheets.insert(0, sheets[-1])
    del sheets[-1]


@damage(("layout.widow", 1))
def first_line_alone_on_the_page_before(pdf: pikepdf.Pdf) -> None:
    entries = pdf.Root.StructTreeRoot.ParentTree.Nums
    first, second, number = pdf.pages[0], pdf.pages[1], len(entries[1])
    line = re.search(rb"<</MCID 1>> BDC\n(.*?)\nEMC", second.Contents.read_bytes())
    assert line
    edit(pdf, f"/P <</MCID 1>> BDC\n{line[1].decode()}\nEMC\n", "", page=2)
    append(pdf, f"/P <</MCID {number}>> BDC 1 0 0 1 0 -560 cm {line[1].decode()} EMC")
    paragraph = entries[3][1]
    paragraph.K[0] = Dictionary(Type=Name.MCR, Pg=first.obj, MCID=number)
    entries[1].append(paragraph)
    entries[3][1] = pikepdf.Object.parse(b"null")


@damage(("layout.widow", 2))
def last_line_alone_on_the_page_after(pdf: pikepdf.Pdf) -> None:
    entries = pdf.Root.StructTreeRoot.ParentTree.Nums
    paragraph, second = body(pdf).K[3], pdf.pages[1]
    number, moved_to = int(paragraph.K[-1]), len(entries[3])
    line = re.search(rb"<</MCID %d>> BDC\n(.*?)\nEMC" % number, pdf.pages[0].Contents.read_bytes())
    assert line
    edit(pdf, f"/P <</MCID {number}>> BDC\n{line[1].decode()}\nEMC\n", "")
    append(pdf, f"/P <</MCID {moved_to}>> BDC 1 0 0 1 0 {HEIGHT - 60 - baseline(line[1])} cm {line[1].decode()} EMC", 2)
    paragraph.K[-1] = Dictionary(Type=Name.MCR, Pg=second.obj, MCID=moved_to)
    entries[3].append(paragraph)
    entries[1][number] = pikepdf.Object.parse(b"null")


@damage(("layout.pointer", 1), wanted=WITH_POINTER)
def page_of_urgent_help_not_told(pdf: pikepdf.Pdf) -> None:
    del pdf


@damage(("layout.pointer", 1), ("text.missing", 0), wanted=WITH_POINTER)
def another_page_told_than_that_of_urgent_help(pdf: pikepdf.Pdf) -> None:
    edit(pdf, shown("20 of 100 people"), shown("Help: page 1"))


# Print


@damage(("print.rgb", 1), for_print=True)
def rgb_text_in_a_print_file(pdf: pikepdf.Pdf) -> None:
    edit(pdf, "0 0 0 1 k BT /F1", "0.1 0.1 0.1 rg BT /F1")


@damage(("print.rgb", 1), for_print=True)
def rgb_picture_in_a_print_file(pdf: pikepdf.Pdf) -> None:
    place_picture(pdf, Name.DeviceRGB, 200)


@damage(("print.rgb", 1), for_print=True)
def rgb_transparency_group(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].obj.Group = Dictionary(Type=Name.Group, S=Name.Transparency, CS=Name.DeviceRGB)


@damage(("print.black", 1), for_print=True)
def black_text_in_four_inks(pdf: pikepdf.Pdf) -> None:
    edit(pdf, "0 0 0 1 k BT /F1", "0.4 0.3 0.3 1 k BT /F1")


@damage(("print.black", 1), for_print=True)
def code_in_four_inks(pdf: pikepdf.Pdf) -> None:
    edit_stream(form(pdf, "Code0"), "0 0 0 1 k", "0.5 0.5 0.5 1 k")


@damage(("print.ink", 1), ("print.black", 1), for_print=True)
def too_much_ink(pdf: pikepdf.Pdf) -> None:
    edit(pdf, "/Primary cs 0 sc", "1 1 0.9 0.4 k")


def name_printing(pdf: pikepdf.Pdf) -> None:
    set_output_intent(pdf, print_profile(None))


def paint_heading(pdf: pikepdf.Pdf, *levels: int) -> None:
    """Set the heading in a brand's colour of these inks, from 0 to 255."""
    space = Array([Name.Indexed, Name.DeviceCMYK, 0, String(bytes(levels))])
    pdf.pages[0].obj.Resources.ColorSpace.RolePrimary = space
    edit(pdf, "/Primary cs 0 sc", "/RolePrimary cs 0 sc")


INKED = replace(
    EXPECTED_IN_PRINT,
    max_bytes=300_000,
    inks=WantedInks(
        profile=None,
        digest=print_profile(None).digest,
        colours=(("primary", "#5b2a57"), ("accent", "#a8731f")),
        named=(("accent", (0, 0.4, 1, 0.4)),),
    ),
)


@damage(for_print=True, wanted=INKED)
def nothing_is_wrong_with_plum_as_its_profile_prints_it(pdf: pikepdf.Pdf) -> None:
    name_printing(pdf)
    paint_heading(pdf, 135, 237, 0, 135)


@damage(("print.colour", 1), for_print=True, wanted=INKED)
def plum_that_prints_as_a_grey(pdf: pikepdf.Pdf) -> None:
    name_printing(pdf)
    paint_heading(pdf, 0, 48, 5, 163)


@damage(("print.colour", 1), for_print=True, wanted=INKED)
def another_ink_than_the_brand_names(pdf: pikepdf.Pdf) -> None:
    name_printing(pdf)
    pdf.pages[0].obj.Resources.ColorSpace.RoleAccent = Array(
        [Name.Indexed, Name.DeviceCMYK, 0, String(bytes([0, 102, 255, 106]))]
    )
    edit(pdf, "/Primary cs 0 sc", "/RoleAccent cs 0 sc")


@damage(("print.intent", 0), for_print=True, wanted=INKED)
def no_word_of_the_printing(pdf: pikepdf.Pdf) -> None:
    paint_heading(pdf, 135, 237, 0, 135)


@damage(("print.intent", 0), for_print=True, wanted=INKED)
def another_profile_than_the_brands(pdf: pikepdf.Pdf) -> None:
    name_printing(pdf)
    profile = pdf.Root.OutputIntents[0].DestOutputProfile
    profile.write(profile.read_bytes() + b" ")


@damage(("print.hairline", 1))
def hairline(pdf: pikepdf.Pdf) -> None:
    edit(pdf, "0.75 w", "0.1 w")


@damage(("print.resolution", 1))
def coarse_picture(pdf: pikepdf.Pdf) -> None:
    place_picture(pdf, Name.DeviceGray, 10)


@damage(("print.bleed", 1), for_print=True)
def colour_ends_at_the_trim(pdf: pikepdf.Pdf) -> None:
    append(pdf, "/Artifact BMC 0.2 0 0 0 k 0 400 20 100 re f EMC")


@damage(("layout.boxes", 1), for_print=True)
def no_room_for_bleed(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].obj.BleedBox = pdf.pages[0].obj.TrimBox


# File


@damage(("file.size", 0))
def file_too_large(pdf: pikepdf.Pdf) -> None:
    pdf.Root.Padding = pdf.make_stream(random.Random(1).randbytes(150_000))


@damage(("file.action", 0))
def script_on_opening(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=String("app.alert('Hello')"))


@damage(("file.action", 0))
def script_in_the_name_tree(pdf: pikepdf.Pdf) -> None:
    script = Dictionary(S=Name.JavaScript, JS=String("1"))
    pdf.Root.Names = Dictionary(JavaScript=Dictionary(Names=Array([String("a"), script])))


@damage(("file.action", 0))
def link_starts_a_program(pdf: pikepdf.Pdf) -> None:
    links(pdf)[0].A = Dictionary(S=Name.Launch, F=String("calc.exe"))


@damage(("file.attachment", 0))
def attached_file(pdf: pikepdf.Pdf) -> None:
    pdf.attachments["patients.csv"] = b"name"


@damage(("file.title", 0), ("tags.ua1", 0))
def no_title(pdf: pikepdf.Pdf) -> None:
    with pdf.open_metadata(set_pikepdf_as_editor=False) as metadata:
        del metadata["dc:title"]


@damage(("file.title", 0))
def title_of_another_handout(pdf: pikepdf.Pdf) -> None:
    with pdf.open_metadata(set_pikepdf_as_editor=False) as metadata:
        metadata["dc:title"] = "Acupuncture"


@damage(("file.language", 0), ("tags.ua1", 0))
def no_language(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.Lang


@damage(("file.language", 0))
def another_language(pdf: pikepdf.Pdf) -> None:
    pdf.Root.Lang = String("fr")


@damage(("file.broken-content", 1))
def content_names_a_missing_picture(pdf: pikepdf.Pdf) -> None:
    append(pdf, "/Artifact BMC /Nothing Do EMC")
