"""Numbers, addresses and references are seen in the order in which they are dialled, typed and read."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from browsing import in_browser
from mail_support import sample_mail
from markupsafe import Markup
from playwright.sync_api import Browser
from visual_order import out_of_order

from handoutpress.app.build import assemble_press
from handoutpress.content.brand.brand import Contact
from handoutpress.content.catalog import Catalog
from handoutpress.content.edition_filter import EditionFilter
from handoutpress.content.loading import load_catalog
from handoutpress.content.models.web_addresses import typed_address
from handoutpress.content.project import builtin_root, find_project
from handoutpress.mail.compose import compose
from handoutpress.press.page.isolates import isolated, isolated_text
from handoutpress.press.page.phrases import kept_together
from handoutpress.press.press import code_addresses
from handoutpress.proof.expectation import words_in_order
from handoutpress.proof.pdf.finished_pdf import FinishedPdf
from handoutpress.proof.pdf.seen_lines import is_seen, seen_lines

LANGUAGES = sorted(path.stem for path in (builtin_root() / "languages").glob("*.yaml"))
WITH_FONTS = ("ar", "en", "es", "fr", "uk")
"""The languages of our handouts whose fonts come with the project."""
CONTACT = Contact(
    name="Lantern Street 2",
    address=("31 Lantern Street", "Marlhythe, QX5 8TN"),
    phone="01632 960 187 ext. 4 / (01632) 960-188, option 2",
    email="24h@lantern-street.example",
    hours="8 am to 6.30 pm",
)
OF_THE_CLINIC = {"ar": "اتصل بنا"}
NOTE = "01632 960 123, 3m@clinic.example, https://clinic.example/2026/ 5."


@cache
def catalog_of(language: str) -> Catalog:
    chosen = EditionFilter(("acupuncture",), ("lantern-street",), (language,), ("a4-leaflet",))
    found = load_catalog(find_project(builtin_root()), chosen)
    (brand,) = found.brands.values()
    return replace(found, brands={brand.slug: replace(brand, languages=(language,), contacts=(CONTACT,))})


def screen_page(language: str) -> tuple[str, list[str]]:
    """The page for phones, and the words of it whose order may not change."""
    catalog = catalog_of(language)
    (edition,) = catalog.editions()
    html = assemble_press(catalog).html(edition).decode()
    country = catalog.countries[edition.brand.country]
    addresses = map(typed_address, code_addresses(edition).values())
    advice = [country.advice.name, country.advice.number] if country.advice else []
    references = [
        reference.title for reference in catalog.references.values() if reference.id in edition.handout_file.cited
    ]
    words = [CONTACT.name, *CONTACT.address, CONTACT.phone, CONTACT.email, CONTACT.hours]
    return html, [*words, *addresses, country.emergency, *advice, edition.content_hash, *references]


@in_browser
@pytest.mark.parametrize("language", WITH_FONTS)
def test_a_browser_draws_the_page_s_numbers_and_addresses_in_their_order(browser: Browser, language: str) -> None:
    html, words = screen_page(language)
    assert len(words) > 12
    page = browser.new_page(viewport={"width": 360, "height": 740})
    page.set_content(html)
    assert out_of_order(page, words) == []
    page.close()


@in_browser
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_browser_draws_the_letter_s_numbers_and_addresses_in_their_order(browser: Browser, language: str) -> None:
    said = OF_THE_CLINIC.get(language, "")
    enclosure = sample_mail.enclosure(language=language, main_message=f"<p>{said} {NOTE}</p>", call_us="<p>!</p>")
    context = replace(sample_mail.context(language), contact=CONTACT)
    recipient = sample_mail.recipient(note=f"{said} 01632 960 000")
    letter = compose(recipient, (enclosure,), context, sample_mail.STAMP)
    page = browser.new_page(viewport={"width": 360, "height": 740})
    page.set_content(letter.html)
    numbers = [CONTACT.phone, "01632 960 123", "01632 960 000"]
    addresses = [CONTACT.name, *CONTACT.address, CONTACT.email, "3m@clinic.example", "https://clinic.example/2026/"]
    assert out_of_order(page, [*numbers, *addresses, "NHS 111", "999"]) == []
    page.close()


@in_browser
def test_an_order_that_is_not_kept_is_found(browser: Browser) -> None:
    page = browser.new_page()
    page.set_content("<p dir=rtl>اتصل 01632 960 187</p><p dir=rtl><bdi dir=ltr>01632 960 188</bdi></p>")
    assert out_of_order(page, ["01632 960 187", "01632 960 188", "01632 960 189"]) == ["01632 960 187", "01632 960 189"]
    page.close()


def test_paper_shows_them_in_their_order_and_printers_do_not_scale_it() -> None:
    catalog = catalog_of("ar")
    (edition,) = catalog.editions()
    printed = assemble_press(catalog).open_plate(edition).print(edition)
    wanted = words_in_order(edition)
    assert {"01632 960 187 ext. 4", "(01632) 960-188", CONTACT.email} < set(wanted)
    with FinishedPdf(Path("it.pdf"), printed.pdf) as pdf:
        lines = [line for page in pdf.pages for line in seen_lines(pdf, page)]
        assert [words for words in wanted if not is_seen(words, lines)] == []
        assert not is_seen("187 960 01632", lines)
        assert is_seen("(01632) 960-188, option 2", lines)
        assert pdf.pdf.Root.ViewerPreferences.PrintScaling == "/None"


ARABIC = catalog_of("ar").languages["ar"]


@pytest.mark.parametrize(
    "part",
    [
        "01632 960 187",
        "+44 (0)20 7946 0000",
        "(503) 555-0142",
        "2026-11-29",
        "3m@clinic.example",
        "clinic.example/read/2",
        "https://clinic.example/2026/",
    ],
)
def test_a_number_or_address_among_arabic_words_is_kept_apart(part: str) -> None:
    html = Markup("<p>اتصل {} الآن</p>")
    kept = Markup("") if any(map(str.isalpha, part)) else Markup(' class="tie"')
    assert isolated(html.format(part), ARABIC) == html.format(Markup('<span{} dir="ltr">{}</span>').format(kept, part))
    assert isolated_text(f"اتصل {part} الآن", ARABIC) == f"اتصل \u2066{part}\u2069 الآن"


@pytest.mark.parametrize("part", ["10-15", "100", "5.5", "2016", "12 20", "01632960187", "acupuncture"])
def test_a_count_is_no_number_to_dial(part: str) -> None:
    html = Markup('<a href="tel:01632 960 187">{}</a>').format(part)
    assert isolated(html, ARABIC) == html


def test_a_short_name_of_a_service_stays_on_one_line_and_keeps_its_plain_space() -> None:
    assert kept_together("NHS 111", ARABIC) == '<span class="tie"><span dir="ltr">NHS 111</span></span>'
    assert kept_together("NHS 111", catalog_of("en").languages["en"]) == "NHS\u00a0111"
    assert kept_together("Healthline", ARABIC) == '<span dir="ltr">Healthline</span>'
