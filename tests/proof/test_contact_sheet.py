"""The contact sheet in a real browser: 200 editions open at once, and lead to a failure by mouse and by keyboard."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import replace
from itertools import product
from pathlib import Path

import pytest
from browsing import axe, in_browser
from playwright.sync_api import Browser, Page
from proof_damages import DAMAGES
from proof_leaflet import EXPECTED, good_leaflet

from handoutpress.cli import main
from handoutpress.proof.contact_sheet import MOST_PAGES, contact_sheet, refuse_too_many
from handoutpress.proof.expectation import Expectation
from handoutpress.proof.pdf.finished_pdf import FinishedPdf
from handoutpress.proof.pdf.geometry import Rectangle
from handoutpress.proof.pdf.page_pictures import PagePicture, page_pictures
from handoutpress.proof.proving import EditionNames, Proof, prove_data
from handoutpress.yamlfile.problems import HandoutError

PHONE, DESK = {"width": 390, "height": 844}, {"width": 1360, "height": 900}
READY, OF = 100, 400
"""Pictures that a browser may have drawn before 200 editions can be read and filtered, of all."""
PARTS = 6_000
"""Elements that 200 editions may be for it."""
WRONG = 137
"""Which edition has a failure, from 1."""
NAMES = [
    EditionNames(*names, "1.2")
    for names in product(
        [f"handout-{number}" for number in range(5)],
        [f"brand-{number}" for number in range(10)],
        ["en", "fr"],
        ["a4-leaflet", "letter-leaflet"],
    )
]


def proved(data: bytes, expectation: Expectation = EXPECTED) -> Proof:
    return prove_data(Path("out/needling.pdf"), data, (expectation,), ("printing", "file"), drawn=True)


def distinct(picture: PagePicture, number: int) -> PagePicture:
    """The picture with other bytes after its end, so that a browser takes it for one of its own."""
    return replace(picture, data=picture.data + number.to_bytes(2, "big"))


@pytest.fixture(scope="module")
def proofs() -> list[Proof]:
    """200 editions of two pages, one of them with a hairline."""
    right = proved(good_leaflet())
    damage = next(damage for damage in DAMAGES if damage.name == "hairline")
    wrong = proved(damage.damaged(), damage.expectation)
    assert (right.findings, [finding.rule for finding in wrong.findings]) == ((), ["print.hairline"])
    chain = []
    for number, names in enumerate(NAMES, 1):
        proof = wrong if number == WRONG else right
        pictures = tuple(distinct(picture, number) for picture in proof.pictures)
        chain.append(replace(proof, names=names, pictures=pictures))
    return chain


@pytest.fixture(scope="module")
def sheet(proofs: list[Proof], tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("sheet") / "contact-sheet.html"
    file.write_bytes(contact_sheet(proofs))
    return file


@pytest.fixture
def page(browser: Browser, sheet: Path) -> Iterator[Page]:
    opened = browser.new_page(viewport=DESK)  # type: ignore[arg-type]
    opened.goto(sheet.as_uri())
    yield opened
    opened.close()


def shown(page: Page) -> int:
    return page.locator(".edition:visible").count()


@in_browser
def test_two_hundred_editions_open_before_most_of_their_pictures(browser: Browser, sheet: Path) -> None:
    assert len(NAMES) == 200
    page = browser.new_page(viewport=DESK)  # type: ignore[arg-type]
    fetched: list[str] = []
    page.on("request", lambda request: fetched.append(request.url))
    page.goto(sheet.as_uri())
    page.locator(".picture img").first.evaluate("picture => picture.decode()")
    page.get_by_label("Brand").select_option("brand-3")
    assert shown(page) == 20
    assert page.evaluate("document.images.length") == OF
    assert page.evaluate("[...document.images].filter(image => image.naturalWidth).length") < READY
    assert page.evaluate("document.querySelectorAll('*').length") < PARTS
    assert [url for url in fetched if not url.startswith(("file:", "data:"))] == []
    page.close()


@in_browser
def test_filters_add_up_and_say_what_is_left(page: Page) -> None:
    page.get_by_label("Handout").select_option("handout-1")
    page.get_by_label("Language").select_option("fr")
    assert shown(page) == 20
    page.get_by_label("Format").select_option("letter-leaflet")
    page.get_by_label("Brand").select_option("brand-9")
    assert shown(page) == 1
    assert page.locator("output").inner_text() == "1 of 200 editions"
    page.get_by_label("Failures only").check()
    assert shown(page) == 0
    assert page.get_by_text("No edition is like that.").is_visible()
    page.get_by_role("button", name="Show all").click()
    page.wait_for_function("document.querySelectorAll('.edition[hidden]').length === 0")
    assert shown(page) == 200


@in_browser
def test_a_click_leads_to_a_failure_outlined_in_its_place(page: Page, proofs: list[Proof]) -> None:
    page.get_by_label("Failures only").check()
    assert shown(page) == 1
    page.get_by_role("link", name="Dry needling").click()
    edition = page.locator(f"#edition-{WRONG}")
    assert edition.get_by_text("1 failure").is_visible()
    edition.get_by_role("button", name="thin").click()
    viewer = page.get_by_role("dialog")
    assert viewer.get_by_text("[print.hairline]").is_visible()
    picture, mark = viewer.locator("img").bounding_box(), viewer.locator(".mark.lit").bounding_box()
    place = proofs[WRONG - 1].findings[0].rectangle
    assert picture and mark and place
    assert mark["x"] - picture["x"] == pytest.approx(place.left / 210 * picture["width"], abs=2)
    assert mark["y"] - picture["y"] == pytest.approx(place.top / 297 * picture["height"], abs=2)
    assert mark["width"] == pytest.approx(place.width / 210 * picture["width"], abs=3)


@in_browser
def test_all_of_it_works_by_keyboard(page: Page) -> None:
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the pages"
    page.get_by_label("Failures only").focus()
    page.keyboard.press("Space")
    assert shown(page) == 1
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") == f"#edition-{WRONG}"
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    title = page.locator("#viewer-title")
    assert title.inner_text() == f"Dry needling: {NAMES[WRONG - 1].brand}, page 1 of 2"
    page.keyboard.press("ArrowRight")
    assert title.inner_text().endswith("page 2 of 2")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowLeft")
    assert title.inner_text().endswith("page 1 of 2")
    page.keyboard.press("Escape")
    assert not page.get_by_role("dialog").is_visible()
    assert "page 1" in str(page.evaluate("document.activeElement.dataset.title"))


@in_browser
@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_axe_finds_nothing(browser: Browser, proofs: list[Proof], tmp_path: Path, size: dict[str, int]) -> None:
    sheet_file = tmp_path / "few.html"
    sheet_file.write_bytes(contact_sheet([*proofs[WRONG - 3 : WRONG], proved(b"")]))
    page = browser.new_page(viewport=size)  # type: ignore[arg-type]
    page.goto(sheet_file.as_uri())
    assert axe(page) == []
    page.locator("button.flaw").click()
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    page.close()


@in_browser
def test_axe_finds_a_planted_defect(browser: Browser, proofs: list[Proof], tmp_path: Path) -> None:
    broken = tmp_path / "broken.html"
    broken.write_bytes(contact_sheet(proofs[:1]).replace(b' alt="', b' data-alt="'))
    page = browser.new_page()
    page.goto(broken.as_uri())
    assert "image-alt" in [rule for rule, _ in axe(page)]
    page.close()


def test_an_outline_is_counted_from_the_trimmed_page() -> None:
    with FinishedPdf(Path("print.pdf"), good_leaflet(for_print=True)) as pdf:
        picture = page_pictures(pdf)[0]
    outline = picture.outline(Rectangle(0, 0, 210, 297))
    assert outline.left == pytest.approx(3 / 216 * 100, abs=0.02)
    assert outline.top == pytest.approx(3 / 303 * 100, abs=0.02)
    assert outline.width == pytest.approx(210 / 216 * 100, abs=0.02)


def test_what_cannot_be_drawn_stands_on_the_sheet_with_its_sentence() -> None:
    sheet = contact_sheet([proved(b"")]).decode()
    assert "This file cannot be drawn." in sheet
    assert "The file is empty." in sheet


def test_words_of_a_file_are_words_and_no_html() -> None:
    sheet = contact_sheet([replace(proved(good_leaflet()), title="<script>alert(1)</script>", pictures=())]).decode()
    assert "<script>alert" not in sheet
    assert "&lt;script&gt;alert" in sheet


def test_the_same_proofs_give_the_same_sheet(proofs: list[Proof]) -> None:
    assert contact_sheet(proofs[:2]) == contact_sheet(proofs[:2])
    assert proved(good_leaflet()) == proved(good_leaflet())


def test_too_many_pages_are_told_in_a_sentence() -> None:
    refuse_too_many(MOST_PAGES)
    with pytest.raises(HandoutError, match=r"at most 4,000 pages; these are 4,001\. Hint: name a brand's folder"):
        refuse_too_many(MOST_PAGES + 1)


def test_the_command_writes_a_sheet(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "leaflet.pdf").write_bytes(good_leaflet())
    (tmp_path / "cut.pdf").write_bytes(good_leaflet()[:2000])
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "argv", ["handouts", "proof", ".", "--check", "file", "--sheet", "sheets"])
    assert main() == 1
    output = capsys.readouterr()
    assert "2 proved: 1 right, 1 wrong" in output.out
    assert "Look at sheets/contact-sheet.html" in output.err
    sheet = (tmp_path / "sheets" / "contact-sheet.html").read_text("utf-8")
    assert sheet.count("data:image/webp") == 2
