"""The mails in a real browser at phone width: no barrier that axe-core finds, and nothing wider than the screen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from axe_playwright_python.sync_playwright import Axe
from browsing import in_browser
from mail_support import sample_mail
from playwright.sync_api import Browser, Page

from handoutpress.content.brand.brand import Logo
from handoutpress.mail.compose import compose
from handoutpress.mail.letter_context import RecallNotice
from handoutpress.mail.letters import Letter

pytestmark = in_browser
PHONE = {"width": 360, "height": 740}


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    opened = browser.new_page(viewport=PHONE)  # type: ignore[arg-type]
    yield opened
    opened.close()


def in_arabic() -> Letter:
    enclosure = sample_mail.enclosure(
        title="الوخز بالإبر",
        language="ar",
        main_message="<p>قد يخفف الوخز بالإبر الألم لعدة أسابيع، وله مخاطر صغيرة.</p>",
        urgent_help="<p>اطلب المساعدة فورًا إذا شعرت بألم في الصدر.</p>",
    )
    return compose(sample_mail.recipient(name="مها"), (enclosure,), sample_mail.context("ar"), sample_mail.STAMP)


def recalled() -> Letter:
    enclosures = (
        sample_mail.enclosure(),
        sample_mail.enclosure("dry-needling", title="Dry needling of the " + "x" * 60),
    )
    recall = RecallNotice("Acupuncture", "1.1")
    return compose(sample_mail.recipient(), enclosures, sample_mail.context(), sample_mail.STAMP, recall)


def with_a_logo() -> Letter:
    logo = Logo(sample_mail.ROOT / "brands" / "harbour-osteopathy" / "logo.svg", "", 300, 100)
    context = sample_mail.context(brand=replace(sample_mail.BRAND, logo=logo))
    return compose(sample_mail.recipient(), (sample_mail.enclosure(),), context, sample_mail.STAMP)


@pytest.mark.parametrize(
    "letter",
    [
        sample_mail.letter(name="Mia", note="No running until Friday.\nThen slowly."),
        in_arabic(),
        recalled(),
        with_a_logo(),
    ],
    ids=["one", "arabic", "recall", "logo"],
)
def test_a_mail_has_no_barriers_and_fits_a_phone(page: Page, letter: Letter) -> None:
    page.set_content(letter.html)
    results = Axe().run(page)
    assert len(results.response["passes"]) > 10
    assert results.violations_count == 0, results.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]


def test_a_planted_barrier_is_found(page: Page) -> None:
    page.set_content(sample_mail.letter().html.replace('lang="en"', "").replace("color: #1a1a1a", "color: #cccccc"))
    barriers = {violation["id"] for violation in Axe().run(page).response["violations"]}
    assert barriers == {"html-has-lang", "color-contrast"}
