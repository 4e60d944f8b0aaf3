"""The page that shows before and after, in a real browser: what is called out is red, outlined and enlarged."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from browsing import axe, in_browser
from playwright.sync_api import Browser, Page
from proof_damages import edit, shown
from proof_leaflet import good_leaflet, leaflet

from handoutpress.batch.diff.comparison import compare_all
from handoutpress.batch.diff.pairs import EditionPair
from handoutpress.batch.diff.report import as_page
from handoutpress.batch.log.manifest import ManifestFile
from handoutpress.batch.plan import OutputLabel
from handoutpress.store.digests import file_digest

PHONE, DESK = {"width": 390, "height": 844}, {"width": 1360, "height": 900}
RED = "rgb(179, 38, 30)"

pytestmark = in_browser


def made(file: Path, brand: str) -> ManifestFile:
    label = OutputLabel("needling", "en", "a4-leaflet", brand, "1.2")
    return ManifestFile(
        file.name, file_digest(file), file.stat().st_size, 2, label, ("https://clinic.example/needling",)
    )


@pytest.fixture(scope="module")
def account(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One edition in which a word changed along with its brand, one that only looks different, and one that is new."""
    folder = tmp_path_factory.mktemp("account")
    (folder / "old.pdf").write_bytes(good_leaflet())
    with leaflet(lambda pdf: edit(pdf, shown("half an hour"), shown("half a dozen"))) as changed:
        (folder / "word.pdf").write_bytes(changed.data)
    with leaflet(lambda pdf: edit(pdf, "0 0 0 rg BT /F1", "0.2 0 0 rg BT /F1")) as tinted:
        (folder / "look.pdf").write_bytes(tinted.data)
    pairs = [_pair(folder, "old.pdf", "word.pdf", "river"), _pair(folder, "old.pdf", "look.pdf", "hill")]
    pairs.append(EditionPair(None, made(folder / "old.pdf", "lake"), folder, folder / "old.pdf"))
    compared = compare_all(pairs, drawn=True)
    page = folder / "page.html"
    page.write_bytes(as_page(compared))
    assert page.read_bytes() == as_page(compare_all(pairs, drawn=True))
    return page


def _pair(folder: Path, old: str, new: str, brand: str) -> EditionPair:
    before, now = folder / old, folder / new
    return EditionPair(made(before, brand), made(now, brand), before, now, (f"brands/{brand}/_brand.yml changed",))


@pytest.fixture(params=[PHONE, DESK], ids=["phone", "desk"])
def page(browser: Browser, account: Path, request: pytest.FixtureRequest) -> Iterator[Page]:
    opened = browser.new_page(viewport=request.param)
    fetched: list[str] = []
    opened.on("request", lambda request: fetched.append(request.url))
    opened.goto(account.as_uri())
    yield opened
    assert [url for url in fetched if not url.startswith(("file:", "data:"))] == []
    opened.close()


def test_a_word_that_changed_in_a_rebrand_is_red_and_first(page: Page) -> None:
    first = page.locator(".edition").first
    assert "The brand changed, and the handout along with it." in first.inner_text()
    assert first.locator("del").first.text_content() == "Before: an hour,"
    assert first.locator("ins").first.text_content() == "Now: a dozen,"
    assert first.locator(".sentence").evaluate("line => getComputedStyle(line).color") == RED
    assert "Look at 1 edition before anybody prints." in page.locator(".alarm").inner_text()
    assert first.locator(".shot").count() == 2
    for shot in first.locator(".shot").all():
        picture, marks = (
            shot.locator("img").bounding_box(),
            [mark.bounding_box() for mark in shot.locator(".mark").all()],
        )
        assert picture
        assert len(marks) == 2
        for mark in marks:
            assert mark
            assert picture["x"] <= mark["x"]
            assert mark["x"] + mark["width"] <= picture["x"] + picture["width"] + 2


def test_it_is_filtered_and_enlarged_by_keyboard(page: Page) -> None:
    page.get_by_label("Change").select_option("look only")
    assert page.locator(".edition:visible").count() == 1
    page.locator(".edition:visible .picture").first.focus()
    page.keyboard.press("Enter")
    viewer = page.get_by_role("dialog")
    assert viewer.get_by_text("needling: hill, page 1").is_visible()
    assert viewer.locator("img").count() == 2
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Show all").press("Enter")
    page.get_by_label("Called out only").press("Space")
    assert page.locator(".edition:visible").count() == 1


def test_axe_finds_nothing(page: Page) -> None:
    assert axe(page) == []
    page.locator(".picture").first.click()
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
