"""Every shipped translation is printed as it was written, in its own direction, and says that it is a draft."""

from __future__ import annotations

import io
import re
import shutil
import unicodedata
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
from press_room import TREATMENTS, change, skip_without_fonts
from shipped import Shipped
from shipped import shipped as shipped  # noqa: PLC0414

from handoutpress.app.build import assemble_press
from handoutpress.content.edition_filter import EditionFilter
from handoutpress.content.editions import Edition
from handoutpress.content.loading import load_catalog
from handoutpress.content.models.languages import Language
from handoutpress.content.project import builtin_root, find_project
from handoutpress.content.skeletons import UNTRANSLATED
from handoutpress.editorial.translating.translation import TranslationTask, begin
from handoutpress.press.page.phrases import apart, say
from handoutpress.press.plate.tags import elements
from handoutpress.proof.checks.registry import prove
from handoutpress.proof.expectation import Expectation
from handoutpress.yamlfile.explain import load_record
from handoutpress.yamlfile.problems import ContentError
from handoutpress.yamlfile.source import read_yaml

ROOT = builtin_root()
PROJECT = find_project(ROOT)
CODES = ("en", "en-US", "es", "fr", "ar", "uk", "zh-Hans", "hi")
TRANSLATED = ("es", "fr", "ar", "uk", "zh-Hans", "hi")
LARGEST = {"ar": 200_000, "zh-Hans": 300_000, "hi": 300_000}
"""What a leaflet may weigh, bytes; 120,000 in the other languages."""
Print = Callable[[str], tuple[Edition, bytes]]


@cache
def language(code: str) -> Language:
    return load_record(PROJECT.read(PROJECT.files("languages")[code]), Language)


@pytest.fixture
def printed(shipped: Shipped) -> Print:
    """Print a leaflet of a language, for a brand that wants it; the languages take turns with the treatments."""

    def in_language(code: str) -> tuple[Edition, bytes]:
        skip_without_fonts(code)
        names = [f"lantern-street-a4-leaflet-{slug}.{code}" for slug in TREATMENTS]
        translated = [name for name in names if name in shipped.editions]
        name = translated[(CODES.index(code) - CODES.index("ar")) % len(translated)]
        return shipped.editions[name], shipped.printed(name).pdf

    return in_language


def letters(text: str) -> str:
    """Letters, their signs and digits alone: what extraction makes of gaps and line ends is a guess."""
    kept = (letter for letter in unicodedata.normalize("NFC", text) if unicodedata.category(letter)[0] in "LMN")
    return "".join(kept).lower()


def page_texts(data: bytes) -> list[str]:
    return [page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(data)]


@pytest.mark.parametrize("code", CODES)
def test_a_language_is_whole(code: str) -> None:
    own, english = language(code), language("en")
    alike = [key for key, phrase in own.phrases if isinstance(phrase, str) and phrase == getattr(english.phrases, key)]
    if not code.startswith("en"):
        assert set(alike) <= {"label_then_text", "risk_then_note", "version", "leaflet_title"}


@pytest.mark.parametrize("code", TRANSLATED)
def test_a_translation_is_accessible(code: str, printed: Print) -> None:
    edition, data = printed(code)
    expected = Expectation(language=code, title=edition.handout.title)
    findings = prove(Path(f"{edition.handout_slug}.{code}.pdf"), data, expected, ("structure", "links", "conformance"))
    assert [str(each) for each in findings] == []


@pytest.mark.parametrize("code", ["en", *TRANSLATED])
def test_a_leaflet_stays_small(code: str, printed: Print) -> None:
    assert language(code).largest_file * 1000 == LARGEST.get(code, 120_000)
    _, data = printed(code)
    assert len(data) < LARGEST.get(code, 120_000)


@pytest.mark.parametrize("code", TRANSLATED)
def test_the_foot_of_every_page_says_that_it_is_a_draft(code: str, printed: Print) -> None:
    for text in page_texts(printed(code)[1]):
        assert letters(language(code).phrases.draft_translation) in letters(text)


@pytest.mark.parametrize("code", ["es", "ar"])
def test_emergency_numbers_are_those_of_the_country(code: str, printed: Print) -> None:
    assert "999" in "".join(page_texts(printed(code)[1]))


def left_edges(data: bytes, page: int, wanted: str) -> list[float]:
    """Where the objects of a page that show ``wanted`` begin, pt from its left edge."""
    text = pypdfium2.PdfDocument(data)[page].get_textpage()
    searcher, found = text.search(wanted), []
    while place := searcher.get_next():
        found.append(text.get_charbox(place[0])[0])
    return found


def test_an_arabic_page_is_mirrored(printed: Print) -> None:
    width, (_, data) = 595.0, printed("ar")
    assert min(left_edges(data, 0, "صفحة")) < width / 4, "the page number is at the left"
    assert min(left_edges(data, 0, "•")) > width * 0.65, "the bullet is right of its text"
    assert max(left_edges(data, 1, "999")) < width / 2, "whom to call is at the left of the box"


def test_a_telephone_number_stays_whole_in_arabic(printed: Print) -> None:
    assert "01632 960 187" in "".join(page_texts(printed("ar")[1]))


def test_brackets_come_out_as_they_were_written(printed: Print) -> None:
    text = "".join(page_texts(printed("ar")[1]))
    assert "(موافقتك)" in text
    assert "«المزمن»" in text


@pytest.mark.parametrize("code", ["fr", "ar"])
def test_the_language_of_a_title_and_of_references_is_in_the_tags(code: str, printed: Print) -> None:
    edition, data = printed(code)
    with pikepdf.open(io.BytesIO(data)) as pdf:
        told = [(str(each.S), str(each.Lang)) for each in elements(pdf) if "/Lang" in each]
    assert ("/Span", "en") in told
    listed = sum(kind == "/LI" for kind, own in told if own == "en")
    assert listed >= min(6, len(edition.handout_file.cited)), edition.handout_slug


def test_a_name_is_kept_apart_only_where_the_direction_differs() -> None:
    assert say("{name}: 5", language("fr"), name="A & B") == "A &amp; B: 5"
    assert say("{number}", language("ar"), number="01632 960 187") == '<span dir="ltr">01632 960 187</span>'
    number = '<span class="tie">على <span dir="ltr">111</span>.</span>'
    assert say("اتصل على {number}.", language("ar"), number="111") == f"اتصل {number}"
    assert apart("عيادة", language("ar")) == "عيادة"
    assert apart("A title", language("fr"), "en") == '<span lang="en">A title</span>'


def small_project(folder: Path) -> Path:
    """A project with the acupuncture handout in English and Chinese, and a brand that wants both."""
    for name in ("handouts/acupuncture.en.yaml", "handouts/acupuncture.zh-Hans.yaml", "references.yaml"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, folder / name)
    (folder / "brands/clinic").mkdir(parents=True)
    wants = "defaults: {handout: {country: gb, languages: [en, zh-Hans]}}\n"
    (folder / "brands/clinic/_brand.yml").write_text(f"meta: {{name: Clinic}}\n{wants}", encoding="utf-8")
    return folder


def spoilt(change: Callable[[str], str], code: str, folder: Path) -> str:
    """What is said of a language file after ``change``."""
    path = folder / f"{code}.yaml"
    path.write_text(change((ROOT / f"languages/{code}.yaml").read_text("utf-8")), encoding="utf-8")
    with pytest.raises(ContentError) as caught:
        load_record(read_yaml(path), Language)
    return str(caught.value).replace(str(folder), "")


def test_a_missing_phrase_is_told(tmp_path: Path) -> None:
    said = spoilt(lambda text: re.sub(r"\n  read_article: .*", "", text), "es", tmp_path)
    assert re.search(r'es\.yaml:\d+:\d+: "read_article" is missing\. Hint: add a line "read_article: …"', said)


def test_a_phrase_without_its_braces_is_told(tmp_path: Path) -> None:
    said = spoilt(lambda text: text.replace("Llame al {number} o", "Llame o"), "es", tmp_path)
    assert re.search(r'es\.yaml:\d+:\d+: .*"call_emergency" needs \{number\} in its phrase', said)


def test_missing_fonts_are_told_to_those_who_want_the_language(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("handoutpress.content.script_fonts.find_family", lambda _name, _folders: ())
    project = find_project(small_project(tmp_path))
    said = [str(problem) for problem in load_catalog(project).problems]
    assert len(said) == 1
    assert 'languages/zh-Hans.yaml:7:9: The font "Noto Sans SC" for Simplified Chinese is missing.' in said[0]
    assert "make fonts-all" in said[0]
    english = load_catalog(project, EditionFilter(languages=("en",)))
    assert not english.problems
    assert list(english.editions())


def test_a_draft_is_given_only_by_brands_that_name_its_language(tmp_path: Path) -> None:
    folder = small_project(tmp_path)
    brand = folder / "brands/clinic/_brand.yml"
    brand.write_text(brand.read_text("utf-8").replace(", languages: [en, zh-Hans]", ""), encoding="utf-8")
    found = load_catalog(find_project(folder))
    assert {edition.language_slug for edition in found.editions()} == {"en"}
    assert not found.problems
    assert not list(found.stopped())
    handout = folder / "handouts/acupuncture.zh-Hans.yaml"
    handout.write_text(handout.read_text("utf-8").replace("status: draft", "status: reviewed"), encoding="utf-8")
    names = {edition[1] for edition in load_catalog(find_project(folder)).stopped()}
    made = {edition.language_slug for edition in load_catalog(find_project(folder)).editions()}
    assert names | made == {"en", "zh-Hans"}


def translated(value: Any, source: Any) -> Any:
    """What a translator makes of a begun file; this one knows no Polish and writes what the source says."""
    if isinstance(value, dict):
        return {key: translated(inner, source.get(key)) for key, inner in value.items()}
    if isinstance(value, list):
        return [translated(inner, theirs) for inner, theirs in zip(value, source, strict=True)]
    return source if value == UNTRANSLATED else value


def test_polish_is_added_as_the_documentation_says(tmp_path: Path) -> None:
    described = (ROOT / "docs/languages.md").read_text("utf-8")
    polish = re.search(r"This is `languages/pl\.yaml`.*?```yaml\n(.*?)```", described, re.DOTALL)
    assert polish
    folder = small_project(tmp_path)
    (folder / "handouts/acupuncture.zh-Hans.yaml").unlink()
    (folder / "languages").mkdir()
    (folder / "languages/pl.yaml").write_text(polish[1], encoding="utf-8")
    begun = begin(find_project(folder), TranslationTask("acupuncture", "en", "pl", "A. Translator"))
    begun.path.write_text(begun.text, encoding="utf-8")
    source = read_yaml(folder / "handouts/acupuncture.en.yaml").data
    change(begun.path, lambda keys: keys.update(translated(dict(keys), {**source, "translation": keys["translation"]})))
    brand = folder / "brands/clinic/_brand.yml"
    brand.write_text(brand.read_text("utf-8").replace("[en, zh-Hans]", "[pl]"), encoding="utf-8")
    catalog = load_catalog(find_project(folder), EditionFilter(languages=("pl",), formats=("a4-leaflet",)))
    assert not catalog.problems
    (edition,) = catalog.editions()
    said = " ".join("".join(page_texts(assemble_press(catalog).open_plate(edition).print(edition).pdf)).split())
    assert f"{edition.content_hash} · Strona 1 z 2" in said
    assert "Około 6 na 100 osób: a bruise or some bleeding" in said
    assert "Zadzwoń pod 999" in said
    assert "Wersja 1.0, 22 listopada 2026 · Wstępne tłumaczenie" in said
