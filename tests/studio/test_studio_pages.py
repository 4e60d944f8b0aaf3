"""What the pages show: every handout and how far it is, every field of a model, and no word of those who edit files."""

from __future__ import annotations

import os
import re
import shutil
from dataclasses import replace
from html import unescape
from pathlib import Path
from threading import Event

import pytest
from press_room import BRAND, HANDOUT, change, clinic
from pydantic import Field
from starlette.testclient import TestClient
from studio_room import UNDRAWN, entered, etag_in, painted, project_at, texts_in
from studio_room import client as client  # noqa: PLC0414

from handoutpress.app.printing import PrintResult
from handoutpress.app.project import CACHE
from handoutpress.app.studio import print_orders
from handoutpress.app.studio.drawing_worker import DrawingStoppedError, DrawingWorker
from handoutpress.app.studio.forms.edit_forms import handout_form
from handoutpress.app.studio.forms.field_types import field_types
from handoutpress.app.studio.forms.form_fields import FormMaker
from handoutpress.app.studio.page_drawing import DrawnPage, DrawnPages, PageRequest, draw_pages
from handoutpress.app.studio.page_words import page_languages
from handoutpress.app.studio.shelf import ShelfChoice, read_shelf
from handoutpress.content.kinds.kind_files import KindFiles, load_handout
from handoutpress.content.models.handouts import Handout
from handoutpress.content.project import Project, builtin_root
from handoutpress.content.text.fields import Words
from handoutpress.studio.studio import KEPT_LAST, DrawnPageStore
from handoutpress.studio.words import PageWords, plain
from handoutpress.yamlfile.printed import printed_texts

TEA = PageRequest("warm-tea", "en", "hill", "a4-leaflet")
CARD = PageRequest("warm-tea", "en", "hill", "a6-card")
POSTER = PageRequest("warm-tea", "en", "hill", "a3-poster")
OF_FILES = re.compile(r"\b(yaml|slugs?|paths?|keys?|plates?)\b", re.IGNORECASE)


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = clinic(tmp_path_factory.mktemp("clinic"))
    for name in ("lower-back-exercises.en", "acupuncture.es", "pain-and-sleep-diary.en"):
        shutil.copy(builtin_root() / f"handouts/{name}.yaml", folder / "handouts")
    shutil.copy(builtin_root() / "references.yaml", folder)
    change(folder / HANDOUT, lambda keys: keys.update(main_message="Warm tea may soothe a sore throat."))
    change(folder / HANDOUT, lambda keys: keys["risks"]["items"][0].update(references=["witt-2009"]))
    return folder


def test_the_shelf_shows_each_handout_and_how_far_it_is(client: TestClient) -> None:
    page = texts_in(client.get("/").text)
    for words in (
        "Warm tea",
        "Honey",
        "Exercises",
        "Español",
        "To be reviewed",
        "Draft",
        "Something is to be put right",
    ):
        assert words in page
    only_spanish = texts_in(client.get("/?language=es").text)
    assert "Acupuntura" in only_spanish
    assert "Warm tea" not in only_spanish
    assert "Nothing here fits" in client.get("/?kind=condition").text


def test_states_come_from_reviews_and_releases(tmp_path: Path) -> None:
    root = clinic(tmp_path)
    reviewed = {"by": "Dr Oak", "on": "2020-01-01", "next": "2021-01-01"}
    change(root / HANDOUT, lambda keys: keys.update(reviewed=reviewed))
    items = {item.handout: item for item in read_shelf(project_at(root)).items}
    assert [state.name for state in items["warm-tea"].states] == ["reviewed", "overdue"]
    assert [state.name for state in items["honey"].states] == ["to_review"]
    assert read_shelf(project_at(root), ShelfChoice(brand="hill", format="a6-card")).items
    assert not read_shelf(project_at(root), ShelfChoice(kind="exercise")).items


def test_every_printed_text_of_every_shipped_handout_has_its_field() -> None:
    project = Project(builtin_root(), builtin_root())
    kinds = KindFiles(project)
    for stem in (
        "acupuncture.en",
        "lower-back-exercises.en",
        "after-needling-or-cupping.en",
        "acupuncture-or-dry-needling.en",
    ):
        path = project.root / f"handouts/{stem}.yaml"
        handout, _ = load_handout(project.read(path), kinds)
        slug, language = stem.split(".")
        form = handout_form(project, slug, language, path.read_text("utf-8"))
        values = {field.value for outer in form.fields for field in outer.walk()}
        texts = {" ".join(text.split()) for _, text in printed_texts(handout)}
        assert len(texts) > 20
        assert texts <= {" ".join(value.split()) for value in values}
        assert form.problems == {}


def test_a_new_field_of_a_model_appears_by_itself() -> None:
    class Later(Handout):
        parking: Words | None = Field(None, description="Where to park.")

    (field,) = [field for field in FormMaker({}).fields(Later, {"title": "Tea"}) if field.name == "parking"]
    assert (field.widget, field.help, field.is_given) == ("line", "Where to park.", False)
    assert set(field_types(Handout)) == set(Handout.model_fields) - {"answers"}


PAGES = (
    "/",
    "/clinics",
    "/clinics/hill",
    "/release",
    "/mail",
    "/handouts/warm-tea/en",
    "/handouts/honey/en",
    "/handouts/lower-back-exercises/en?add=body.9",
    "/handouts/acupuncture/es",
)


@pytest.mark.parametrize("address", PAGES)
def test_no_page_has_a_word_of_those_who_edit_files(client: TestClient, address: str) -> None:
    page = client.get(address)
    assert page.status_code == 200
    assert OF_FILES.findall(texts_in(page.text)) == []


@pytest.mark.parametrize(("name", "spoilt"), [("kinds/treatment.yaml", "a: ["), ("references.yaml", "nonsense: 1")])
def test_a_shared_file_with_a_mistake_is_told_on_each_page_that_shows_it(
    tmp_path: Path, name: str, spoilt: str
) -> None:
    root = clinic(tmp_path)
    (root / name).parent.mkdir(exist_ok=True)
    (root / name).write_text(spoilt, encoding="utf-8")
    with entered(root) as client:
        for address in ("/", "/handouts/warm-tea/en"):
            page = client.get(address)
            assert page.status_code == 200
            assert f"In “{Path(name).stem}”, which all handouts share:" in texts_in(page.text)
            assert OF_FILES.findall(texts_in(page.text)) == []
        assert client.get("/clinics/hill").status_code == 200


@pytest.mark.parametrize(
    ("sentence", "shown"),
    [
        ('"risk" is not a known key here. Did you mean "risks"?', 'Did you mean "risks"?'),
        ('a harm needs "references". Give the key of the paper.', 'a harm needs "references".'),
        (
            "handouts/a.en.yaml:3:1: error claim-cure: It promises a cure. Hint: say: may ease.",
            "It promises a cure. Say: may ease.",
        ),
        ('"tell_us_first" is missing. Hint: add a line: tell_us_first: [Tell us]', '"tell_us_first" is missing.'),
        (
            'handouts/neck-pain.en.yaml tells patients to call, and "hill" has none. Hint: give contacts: [{phone: 1}]',
            '“Neck pain” tells patients to call, and "hill" has none.',
        ),
        ("The address https://a.example/b is a placeholder.", "The address https://a.example/b is a placeholder."),
        (
            "d/tea.pdf: It is one. Measured: https://a.b/c; wanted: . Hint: replace it. [address.placeholder]",
            "Replace it.",
        ),
        ("It is missing. Hint: add a line: after_care: text", "It is missing."),
        ("No clinician has reviewed this. See: handouts check tea", "No clinician has reviewed this."),
    ],
)
def test_hints_on_files_are_left_out(sentence: str, shown: str) -> None:
    assert plain(sentence) == shown


def test_what_is_to_be_put_right_stands_at_its_field(client: TestClient) -> None:
    page = client.get("/handouts/honey/en").text
    told = re.findall(r'<p class="problem" id="problem-([^"]+)">([^<]+)</p>', page)
    assert [name for name, _ in told] == ["main_message.text", "risks.items.0.references.0"]
    assert 'id="main_message.text" name="main_message.text"' in page
    assert '<details class="part" id="risks" open>' in page


def test_while_something_is_missing_the_last_good_pages_stay_with_a_link_to_it(tmp_path: Path) -> None:
    root = clinic(tmp_path)
    address, query = "/handouts/warm-tea/en", "handout=warm-tea&language=en&brand=hill&format=a4-leaflet"
    with entered(root) as client:
        good = client.get(f"/pages?{query}").json()
        before = (root / HANDOUT).read_bytes()
        change(root / HANDOUT, lambda keys: keys.update(body=[{"exercises": {"items": [{"name": UNDRAWN}]}}]))
        stopped = client.get(f"/pages?{query}").json()
        assert stopped["reasons"]
        assert stopped["pages"] == good["pages"]
        page = client.get(f"{address}?draw=1&brand=hill&format=a4-leaflet").text
        assert 'data-source="/pages?handout=warm-tea' in page
        assert good["pages"][0]["address"] in page
        assert '<option value="a4-leaflet" selected>' in page
        assert "Open for printing" in page
        told = page.partition('id="reasons"')[2]
        assert "The pages come back by themselves" in told
        assert '<a href="#body.0.exercises.items.0.steps">Steps</a>: “Steps” is missing.</li>' in told
        (root / HANDOUT).write_bytes(before)
        assert client.get(f"/pages?{query}").json() == good


def test_what_cannot_be_drawn_pushes_out_no_pages_that_were() -> None:
    store = DrawnPageStore()
    drawn = store.keep(TEA, [DrawnPage(b"", 90, 127, "a")])
    for number in range(KEPT_LAST):
        assert store.last(replace(TEA, handout=f"honey-{number}")) == ()
    assert store.last(TEA) == drawn


def test_a_clinic_without_the_number_that_a_text_needs_is_told_in_plain_words(tmp_path: Path) -> None:
    root = clinic(tmp_path)
    change(root / BRAND, lambda keys: keys["meta"].pop("contacts", None))
    change(root / HANDOUT, lambda keys: keys.update(call_us="- Your throat is still sore after a week"))
    (reason,) = draw_pages(project_at(root), TEA).reasons
    assert plain(reason) == '“Warm tea” tells patients to call the clinic, and "hill" has no telephone number.'


def test_the_editors_findings_stand_at_their_fields(root: Path, client: TestClient) -> None:
    change(root / HANDOUT, lambda keys: keys.update(after_care="Tea cures your sore throat. It always works."))
    told = client.get("/handouts/warm-tea/en/remarks?brand=hill").json()["remarks"]
    assert any("cures" in sentence for sentence in told["after_care.text"])
    assert OF_FILES.findall(str(told.values())) == []
    page = client.get("/handouts/warm-tea/en?draw=1").text
    note = re.search(r'<p class="note" id="remark-after_care.text">(.*?)</p>', page)
    assert note
    assert unescape(note[1]) == " ".join(told["after_care.text"])
    assert client.get("/handouts/honey/en/remarks?brand=nobody").status_code == 200


def test_a_pdf_with_an_error_or_a_recall_is_not_opened(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    results = [
        PrintResult(problems=("handouts/a.en.yaml: Version 1.0 was recalled on 2026-01-01.",)),
        PrintResult(b"%PDF"),
    ]
    monkeypatch.setattr(print_orders, "print_handout", lambda *_, **__: results.pop(0))
    refused, opened = (client.get("/pdf?handout=a&language=en&brand=hill&format=a4-leaflet") for _ in range(2))
    assert refused.status_code == 404
    assert "Version 1.0 was recalled" in refused.text
    assert (opened.content, opened.headers["content-type"]) == (b"%PDF", "application/pdf")


def test_every_shipped_language_has_the_words_and_the_page_takes_the_browsers(client: TestClient) -> None:
    assert set(page_languages(Project(builtin_root(), builtin_root()))) == {
        path.stem for path in (builtin_root() / "languages").glob("*.yaml")
    }
    page = client.get("/", headers={"Accept-Language": "ar-EG,en;q=0.5"}).text
    assert '<html lang="ar" dir="rtl">' in page
    client.get("/language?code=es")
    assert '<html lang="es" dir="ltr">' in client.get("/", headers={"Accept-Language": "ar"}).text
    client.get("/language?code=nothing")
    assert '<html lang="en" dir="ltr">' in client.get("/").text


def dying(_project: Project, asked: PageRequest) -> DrawnPages:
    """Draws cards, hangs at posters, and dies of all else."""
    if asked.format == "a3-poster":
        Event().wait()
    if asked.format != "a6-card":
        os._exit(1)
    return DrawnPages(reasons=("drawn",))


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("color.link", "Colour of links"),
        ("meta.link", "Website"),
        ("color.primary", "Main colour"),
        ("body.2", "Blocks of the text 3"),
    ],
)
def test_a_field_is_called_by_its_place(name: str, label: str) -> None:
    assert PageWords(page_languages(Project(builtin_root(), builtin_root()))["en"]).label(name) == label


def test_drawing_that_hangs_or_dies_costs_a_sentence(root: Path) -> None:
    worker = DrawingWorker(project_at(root), dying)
    with pytest.raises(DrawingStoppedError):
        worker.draw(TEA)
    assert worker.draw(CARD).reasons == ("drawn",)
    worker._limit = 0.2
    with pytest.raises(DrawingStoppedError):
        worker.draw(POSTER)
    worker.close()


def test_a_clinics_page_is_shown_as_it_was_before_a_change(tmp_path: Path) -> None:
    root = clinic(tmp_path)
    query = "handout=warm-tea&language=en&brand=hill&format=a4-leaflet"
    with entered(root) as client:
        client.get("/clinics/hill")
        first = client.get(f"/pages?{query}&before=1").json()
        assert first["before"] == []
        for name in ("Vale Clinic", "Dale Clinic"):
            etag = etag_in(client.get("/clinics/hill").text)
            client.post("/clinics/hill", data={"meta.name.full": name, "etag": etag})
        for number in range(3):  # other pages that are drawn meanwhile push nothing out
            client.get(f"/pages?{query}-{number}".replace("warm-tea", "honey"))
        later = client.get(f"/pages?{query}&before=1").json()
        assert later["before"][0]["address"] == first["pages"][0]["address"]
        assert later["pages"][0]["address"] != first["pages"][0]["address"]
        was, now = (client.get(f"/first-page?{query}{before}").content for before in ("&before=1", ""))
        assert was != now
        shutil.copy(root / HANDOUT, root / "handouts/newer-tea.en.yaml")
        changes = client.get("/clinics/hill/changes").text
        assert texts_in(changes).count("Warm tea") == 2
        assert re.findall(r'src="[^"]*handout=([\w-]+)[^"]*before=1"', changes).count("warm-tea") == 1
        assert not re.search(r'handout=newer-tea[^"]*before=1', changes)
    assert not list((root / CACHE / "studio").glob("before-*"))


@pytest.mark.soak  # chromium's test sees it, too
def test_pages_are_exchanged_where_they_changed(tmp_path: Path) -> None:
    root = clinic(tmp_path)
    assert painted(project_at(root), TEA) == painted(project_at(root), TEA)
    with entered(root) as client:
        source = "/pages?handout=warm-tea&language=en&brand=hill&format=a4-leaflet"
        first, again = client.get(source).json(), client.get(source).json()
        assert first == again
        picture = client.get(first["pages"][0]["address"])
        assert (picture.status_code, picture.headers["content-type"]) == (200, "image/png")
        assert "immutable" in picture.headers["cache-control"]
        change(root / HANDOUT, lambda keys: keys.update(title="Hot tea"))
        assert client.get(source).json()["pages"][0]["address"] != first["pages"][0]["address"]
        assert client.get("/first-page?handout=warm-tea&language=en&brand=hill&format=a4-leaflet").status_code == 200
