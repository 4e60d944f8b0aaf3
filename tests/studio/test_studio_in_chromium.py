"""The studio as a person uses it: with its script and without, by keyboard, on a desk and on a phone, in Arabic."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from browsing import FITS, axe, faults_at_every_width, in_browser
from playwright.sync_api import Browser, BrowserContext, Page, expect
from press_room import HANDOUT
from studio_room import root as root  # noqa: PLC0414
from studio_room import served

pytestmark = in_browser
TEA = "/handouts/warm-tea/en"


@pytest.fixture(scope="module")
def entered(root: Path, browser: Browser) -> Iterator[tuple[str, BrowserContext]]:
    with served(root) as address:
        context = browser.new_context(locale="en-GB")
        context.new_page().goto(address)
        yield address.partition("/enter")[0], context
        context.close()


@pytest.fixture
def page(entered: tuple[str, BrowserContext]) -> Iterator[Page]:
    base, context = entered
    page = context.new_page()
    faults: list[str] = []
    page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.goto(f"{base}{TEA}")
    yield page
    page.close()
    assert faults == []


def test_what_is_typed_is_saved_and_drawn_while_the_hand_stays(page: Page, root: Path) -> None:
    sheet = page.locator("#sheets img")
    before = sheet.get_attribute("src", timeout=60_000)
    title = page.locator("[id=title]")
    title.press("End")
    title.press_sequentially(" at home")
    expect(page.locator("#status")).to_have_text("All changes are saved", timeout=60_000)
    expect(sheet).not_to_have_attribute("src", before or "", timeout=60_000)
    assert "title: Warm tea at home\n" in (root / HANDOUT).read_text("utf-8")
    assert page.evaluate("[document.activeElement.id, document.activeElement.selectionStart]") == ["title", 16]


def test_by_keyboard_a_part_is_opened_and_what_is_wrong_is_told_at_its_field(page: Page) -> None:
    expect(page.locator("#risks")).not_to_have_attribute("open", "")
    page.locator("#risks > summary").press("Enter")
    count = page.locator("[id='risks.items.0.count']")
    count.fill("300")
    told = page.locator("#problems li")
    expect(told.filter(has_text="cannot be more")).to_have_count(1, timeout=60_000)
    count.fill("3")
    expect(told.filter(has_text="cannot be more")).to_have_count(0, timeout=60_000)


def test_it_works_without_its_script(entered: tuple[str, BrowserContext], browser: Browser, root: Path) -> None:
    base, context = entered
    plain = browser.new_context(java_script_enabled=False, locale="en-GB")
    plain.add_cookies(context.cookies())  # type: ignore[arg-type]
    page = plain.new_page()
    page.goto(f"{base}{TEA}")
    page.locator("[id='after_care.text']").evaluate("field => field.closest('details').open = true")
    page.fill("[id='after_care.text']", "Sit down for a while.")
    page.click(".doing .main")
    expect(page.locator("#status")).to_have_text("All changes are saved")
    expect(page.locator("#sheets img")).to_have_count(1)
    assert "after_care: Sit down for a while.\n" in (root / HANDOUT).read_text("utf-8")
    page.click(".doing .quiet")
    expect(page.locator("#status")).to_have_text("The last change is undone.")
    plain.close()


@pytest.mark.parametrize(
    ("language", "width"),
    [
        ("ar", 320),
        *(
            pytest.param(*each, marks=pytest.mark.soak)
            for each in (("en", 320), ("en", 640), ("en", 1280), ("ar", 1920))
        ),
    ],  # 640: 200 % of a desk
)
def test_every_view_is_clean_to_axe_and_fits(entered: tuple[str, BrowserContext], width: int, language: str) -> None:
    base, context = entered
    page = context.new_page()
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"{base}/language?code={language}")
    for address in (
        "/",
        f"{TEA}?open=risks&add=body.0.steps",
        f"{TEA}?add=body.0",
        "/clinics",
        "/clinics/hill",
        "/clinics/hill/changes",
        "/print",
        "/history",
        "/mail",
        "/release?signs=0",
        f"{TEA}?paper=A+paper&unread=Another",
        "/nowhere",
    ):
        page.goto(f"{base}{address}")
        page.evaluate("for (const closed of document.querySelectorAll('details')) closed.open = true")
        assert axe(page) == [], address
        assert page.evaluate(FITS), address
    page.goto(f"{base}/language?code=en")
    page.close()


def test_what_the_editor_would_say_comes_to_its_field(page: Page) -> None:
    page.locator("#after_care > summary").press("Enter")
    note = page.locator("[id='remark-after_care.text']")
    expect(note).to_be_hidden()
    page.fill("[id='after_care.text']", "Tea cures your sore throat. It always works.")
    expect(note).to_contain_text("cures", timeout=120_000)
    page.fill("[id='after_care.text']", "Rest a little.")
    expect(note).to_be_hidden(timeout=120_000)


@pytest.mark.parametrize("language", ["en", "ar"])
def test_both_texts_of_a_conflict_are_clean_to_axe_and_fit(
    entered: tuple[str, BrowserContext], root: Path, language: str
) -> None:
    base, context = entered
    page = context.new_page()
    page.goto(f"{base}/language?code={language}")
    page.goto(f"{base}{TEA}")
    text = (root / HANDOUT).read_text("utf-8")
    (root / HANDOUT).write_text(text.replace("title: Warm tea", "title: Hot tea"), encoding="utf-8")
    title = page.locator("[id=title]")
    with page.expect_navigation():
        title.fill("Cool tea")
        title.blur()
    expect(page.locator("section.conflict textarea")).to_have_count(2, timeout=60_000)
    assert faults_at_every_width(page) == {}
    (root / HANDOUT).write_text(text, encoding="utf-8")
    page.goto(f"{base}/language?code=en")
    page.close()


def test_a_page_returns_to_the_entry_that_was_added(page: Page) -> None:
    page.locator("#risks > summary").press("Enter")
    with page.expect_navigation():
        page.locator("button[value^='add:risks.items.']").last.click()
    expect(page.locator("[id='risks.items.1'] input").first).to_be_focused()
