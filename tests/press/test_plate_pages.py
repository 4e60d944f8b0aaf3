"""Pages: what is fitted, counted, escaped and refused while a plate is typeset."""

import re
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
from press_room import CASES, HANDOUT, caller, catalog_of, clinic, edition_of, press_of, printable, write_handout

from handoutpress.press.layout.choices import TypeSetting
from handoutpress.press.layout.excess import DoesNotFitError, _shortening
from handoutpress.press.layout.typeset import TypesetError
from handoutpress.press.plate.plate_maker import css_string, page_counter
from handoutpress.press.press import HandoutPress, code_addresses
from handoutpress.proof.expectation import expectations
from handoutpress.proof.proving import prove_data
from handoutpress.store.cache import Cache
from handoutpress.yamlfile.problems import ContentError, HandoutError

PAGE = """<title>Tea</title><style>:root { --size: 12pt; --references: 8pt; --base-font: "Source Sans 3";
--heading-font: "Source Sans 3"; --primary: red }</style><h1>Tea</h1>"""
LONG = "Words that say too much are not read by anyone who is in pain or in a hurry. " * 24
PRESS = CASES / "press"
ALONE = "a template has the words of its page alone; docs/formats.md lists them."


@pytest.mark.parametrize(
    ("phrase", "css"),
    [
        ("Page {page} of {pages}", '"Page " counter(page) " of " counter(pages) ""'),
        ("{page}/{pages}", '"" counter(page) "\\2f " counter(pages) ""'),
        ('"; } body { color: red', '"\\22 \\3b  \\7d  body \\7b  color\\3a  red"'),
    ],
)
def test_a_page_counter_cannot_leave_its_string(phrase: str, css: str) -> None:
    assert page_counter(phrase) == css


def test_style_sheets_inside_html_end_where_they_should() -> None:
    assert "<" not in css_string("</style><script>")


def plate_of(root: Path, cache: Path | None = None) -> bytes:
    press, edition = press_of(root, cache)
    return press.plate_file(edition)


def test_a_text_that_is_too_long_says_by_how_much(tmp_path: Path) -> None:
    root = clinic(tmp_path / "clinic")
    write_handout(
        root,
        what_it_is={"text": LONG * 3, "short": LONG * 2},
        after_care=LONG * 5,
        what_to_expect="Sip slowly. " * 20,
    )
    with pytest.raises(DoesNotFitError) as caught:
        plate_of(root)
    said = str(caught.value)
    assert said.startswith('"Warm tea" is about ')
    lines = int(said.split()[4])
    assert 10 < lines < 100
    assert said == (
        f'"Warm tea" is about {lines} lines too long for the format "A4 leaflet", which allows 4 pages, even with the '
        'shorter texts at 12 pt. Hint: give the longest a "short" text, which formats such as this one print, as in '
        'after_care: {text: …, short: …}: "after_care" (2,160 words), "what_to_expect" (40 words); shorten the longest '
        'sections: "what_it_is" (864 words); or print a booklet or large print, which hold more.'
    )


def test_a_block_that_is_too_long_is_named_as_its_writer_finds_it(tmp_path: Path) -> None:
    root = clinic(tmp_path / "clinic")
    steps = {"heading": "Sip by sip", "items": [LONG * 2, LONG * 2]}
    write_handout(root, body=[{"steps": steps}, {"note": LONG * 3}])
    _, edition = press_of(root)
    setting = TypeSetting(size=12, leading=1.2)
    first, *_ = _shortening(edition.handout_file.handout, edition.format, setting)
    named = '"steps: Sip by sip" in the body (1,728 words), "note", block 2, in the body (1,296 words)'
    assert f"as in steps: {{short: …}}: {named}" in first
    assert '"note"' not in next(_shortening(edition.handout_file.handout, edition.format, replace(setting, blocks=1)))


def test_the_shorter_texts_are_taken_where_the_long_ones_do_not_fit(tmp_path: Path) -> None:
    root = clinic(tmp_path / "clinic")
    write_handout(root, what_it_is={"text": f"{LONG} {LONG} {LONG}", "short": "Tea, and nothing else."})
    press, edition = press_of(root)
    printed = press.open_plate(edition).print(edition)
    assert printed.pages <= 2


GLYPH = "Hint: use another character, or add a font that has it."


def test_a_soft_hyphen_shows_where_a_title_may_break(tmp_path: Path) -> None:
    root = clinic(tmp_path / "clinic")
    write_handout(root, title="Electro\u00adacupuncture")
    catalog = catalog_of(root)
    edition = edition_of(catalog, printed="letter-trifold")
    data = HandoutPress(catalog, Cache(tmp_path / "cache")).open_plate(edition).print(edition).pdf
    cover = pypdfium2.PdfDocument(data)[0].get_textpage().get_text_bounded()
    assert "Electro\u2010\r\nacupuncture" in cover
    proof = prove_data(Path("edition.pdf"), data, expectations(edition, catalog), ("text", "conformance"))
    assert [str(finding) for finding in proof.findings] == []


REFUSED = {
    "glyph": (
        {"what_it_is": "A cup of 茶 and a \U0001f375."},
        f"{HANDOUT}:5:22: No font has 茶 (U+8336). {GLYPH}\n{HANDOUT}:5:30: No font has \U0001f375 (U+1F375). {GLYPH}",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_page_that_cannot_be_right_is_refused(name: str, tmp_path: Path) -> None:
    fields, sentence = REFUSED[name]
    root = clinic(tmp_path / "clinic")
    write_handout(root, **fields)
    with pytest.raises(ContentError) as caught:
        plate_of(root)
    assert str(caught.value) == sentence


def test_a_warning_of_the_engine_stops_every_page_that_uses_the_style(tmp_path: Path) -> None:
    root = clinic(tmp_path / "clinic", PRESS / "unknown_property")
    press, edition = press_of(root)
    said = []
    for _ in range(2):
        with pytest.raises(TypesetError) as caught:
            press.plate_file(edition)
        said.append(str(caught.value))
    assert said[0] == said[1]
    assert said[0] == "Ignored `text-wrap: balance ` at 1:9, unknown property."


def test_html_and_template_marks_in_content_are_printed_as_they_stand(tmp_path: Path) -> None:
    root = clinic(tmp_path / "clinic")
    text = "A <b>cup</b> & {{ brand.name }} {% include 'x' %} of tea."
    write_handout(root, what_it_is=text, title="Tea <i>{{ 7*7 }}</i>", questions=["<script>alert(1)</script>?"])
    press, edition = press_of(root)
    pdf = pypdfium2.PdfDocument(press.open_plate(edition).print(edition).pdf)
    words = " ".join(" ".join(page.get_textpage().get_text_bounded() for page in pdf).split())
    assert text in words
    assert "Tea <i>{{ 7*7 }}</i>" in words
    assert "<script>alert(1)</script>?" in words


@pytest.mark.parametrize(
    ("template", "sentence"),
    [
        ('{% include "missing.html.j2" %}', "templates/missing.html.j2 is missing."),
        ("{% include page.title %}",
         "templates/leaflet.html.j2 names another template at run time. Hint: write its name out."),
        ("{{ unknown }}", "templates/leaflet.html.j2:2: 'unknown' is undefined. Hint: " + ALONE),
        ("{{ ''.__class__.__mro__ }}",
         "templates/leaflet.html.j2:2: A text has no '__class__'. Hint: " + ALONE),
        ('<img src="../../etc/passwd">', "Relative URI reference without a base URI: ../../etc/passwd"),
        ('<img src="http://example.test/a.png">',
         "A page may not read http://example.test/a.png. Hint: pictures come from the brand."),
        ('<img src="file:///etc/passwd">',
         "A page may not read file:///etc/passwd. Hint: pictures come from the brand."),
    ],
)  # fmt: skip
def test_a_template_reads_nothing_from_outside(template: str, sentence: str, tmp_path: Path) -> None:
    root = clinic(tmp_path / "clinic")
    (root / "templates").mkdir()
    (root / "templates/leaflet.html.j2").write_text(PAGE + template, encoding="utf-8")
    with pytest.raises(HandoutError) as caught:
        plate_of(root)
    assert str(caught.value) == sentence


def test_an_address_that_no_code_has_room_for_is_refused(tmp_path: Path) -> None:
    _, edition = press_of(clinic(tmp_path / "clinic"))
    brand = replace(edition.brand, article_url="https://hill-clinic.example/" + "read/" * 17 + "{slug}")
    with pytest.raises(HandoutError) as caught:
        code_addresses(replace(edition, brand=brand))
    address = "https://hill-clinic.example/" + "read/" * 17 + "warm-tea"
    assert str(caught.value) == (
        f"{brand.path}: The address {address} has 121 characters; a code holds 120. Hint: Give a shorter address."
    )


def test_a_build_explains_how_pages_are_set(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    call = caller(printable(tmp_path / "clinic"), monkeypatch, capfd)
    code, told, _ = call("build", "warm-tea", "--format", "a6-card", "--explain-layout", "--proof", "none", "--no-html")
    assert code == 0
    assert re.search(
        r"warm-tea[.]en a6-card hill: 2 pages in [\d.]+ pt with lines of [\d.]+, of 10 to 12 pt that the format "
        r"allows[.] All texts that the format prints in full[.] "
        r"Of its parts the format never prints what_it_is, what_to_expect, risks, tell_us_first, alternatives and "
        r"questions[.] The format leaves the references to their code[.]",
        told,
    )
