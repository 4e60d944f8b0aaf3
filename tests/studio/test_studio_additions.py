"""What is added from the page: a text with its doubts, a translation beside its original, papers, pictures."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from press_room import BRAND, CASES, HANDOUT
from registry_server import Registry, serving
from starlette.testclient import TestClient
from studio_room import entered, etag_in, texts_in
from studio_room import root as root  # noqa: PLC0414

from handoutpress.app.references import Registries
from handoutpress.app.studio.forms.file_notes import without_doubts
from handoutpress.app.studio.forms.form_edits import data_of
from handoutpress.content.models.handouts import Handout

CUPPING = "/handouts/cupping-therapy-information-for-patients/en"
ARTICLE = (CASES / "import/cupping-leaflet.txt").read_bytes()
OF_FILES = re.compile(r"\b(yaml|slugs?|paths?|keys?|plates?)\b", re.IGNORECASE)
WORK = {
    "DOI": "10.1234/tea.1",
    "type": "journal-article",
    "title": ["Tea for throats"],
    "author": [{"family": "Leaf", "given": "A."}],
    "container-title": ["Tea"],
    "issued": {"date-parts": [[2021]]},
}
RIS = "TY  - JOUR\nAU  - Root, B.\nTI  - Honey for coughs\nPY  - 2019\nER  - \n"
TEA_FILE = "/handouts/warm-tea/en"


@pytest.fixture(scope="module")
def client(root: Path) -> Iterator[TestClient]:
    with (
        serving(Registry(works={"10.1234/tea.1": WORK})) as registry,
        entered(root, Registries(crossref=registry.address, pubmed=registry.address)) as browser,
    ):
        yield browser


def test_a_text_becomes_a_draft_with_each_doubt_at_its_field(client: TestClient, root: Path) -> None:
    sent = {"language": "en", "kind": "treatment"}
    answer = client.post("/import", data=sent, files={"text": ("Our leaflet.txt", ARTICLE)})
    assert answer.headers["location"] == CUPPING
    page = client.get(CUPPING).text
    doubt = "“Aftercare” was taken for “Afterwards”: see whether it says all that belongs there."
    assert f'<p class="note" id="remark-after_care">{doubt}</p>' in page
    assert f'<a href="#after_care">Afterwards</a>: {doubt}' in page
    assert client.get(f"{CUPPING}/remarks").json()["remarks"]["after_care"] == [doubt]
    assert OF_FILES.findall(texts_in(page)) == []
    assert "al-bedah-2018" in (root / "references.yaml").read_text("utf-8")
    path = root / "handouts/cupping-therapy-information-for-patients.en.yaml"
    before = path.read_text("utf-8")
    client.post(CUPPING, data={"etag": etag_in(page), "do": "settle:after_care"})
    (gone,) = [line for line in before.splitlines(keepends=True) if "“Aftercare” was taken" in line]
    assert path.read_text("utf-8") == before.replace(gone, "")
    pasted = {"pasted": ARTICLE.decode(), **sent}
    assert client.post("/import", data=pasted).headers["location"] == CUPPING.replace("/en", "-2/en")
    assert sorted((root / ".handoutpress/studio").iterdir()) == [root / ".handoutpress/studio/lock"]


@pytest.mark.parametrize(
    ("name", "content", "status"), [("a.exe", b"x", 415), ("a.docx", b"no zip", 415), ("", b"", 415)]
)
def test_what_is_no_text_is_told_and_nothing_is_written(
    client: TestClient, root: Path, name: str, content: bytes, status: int
) -> None:
    before = sorted((root / "handouts").iterdir())
    sent = {"language": "en", "kind": "treatment"}
    answer = client.post("/import", data=sent, files={"text": (name, content)} if name else {"other": b""})
    assert answer.status_code == status
    assert OF_FILES.findall(texts_in(answer.text)) == []
    assert sorted((root / "handouts").iterdir()) == before


def test_words_that_look_like_a_doubt_stay() -> None:
    text = "what_it_is: |\n  Tea.\n  # DOUBT (1): it is hot\ntitle: Tea\n"
    assert without_doubts(Handout, text, "title") == text
    assert without_doubts(Handout, f"# DOUBT: x\n#  y\n# z\r\n{text}", "what_it_is") == text


def test_a_translation_is_begun_beside_its_original(client: TestClient, root: Path) -> None:
    assert client.post(f"{TEA_FILE}/translate", data={"to": "es"}).headers["location"] == "/handouts/warm-tea/es"
    page = client.get("/handouts/warm-tea/es").text
    assert (
        '<p class="original" id="original-after_care.text"><span>Original</span> <q dir="auto">Rest a little.' in page
    )
    assert 'aria-describedby="problem-after_care.text remark-after_care.text original-after_care.text"' in page
    assert "Write each translation" not in page
    assert "Hill Clinic does not give handouts in this language yet: Español" in texts_in(page)
    given = client.post("/handouts/warm-tea/es/give", data={"brand": "hill"})
    assert "languages: [en, es]" in (root / BRAND).read_text("utf-8")
    assert "does not give" not in client.get(given.headers["location"].partition("&draw")[0]).text
    assert client.post("/handouts/warm-tea/es/give", data={"brand": "default"}).status_code == 404
    again = client.post(f"{TEA_FILE}/translate", data={"to": "es"})
    assert (again.status_code, OF_FILES.findall(texts_in(again.text))) == (415, [])
    (root / HANDOUT).write_text((root / HANDOUT).read_text("utf-8").replace("Rest a little", "Rest well"), "utf-8")
    assert client.post("/handouts/warm-tea/es/translate", data={"source": "en"}).status_code == 303
    assert "Rest well." in client.get("/handouts/warm-tea/es").text


def test_papers_come_by_their_number_or_from_a_file(client: TestClient, root: Path) -> None:
    answer = client.post(f"{TEA_FILE}/papers", data={"number": "https://doi.org/10.1234/tea.1"})
    page = texts_in(client.get(answer.headers["location"]).text)
    assert "In the library: “Tea for throats”" in page
    assert "Leaf 2021 Tea for throats" in page
    answer = client.post(f"{TEA_FILE}/papers", files={"papers": ("mine.RIS", RIS.encode())})
    assert "nobody has looked it up yet" in texts_in(client.get(answer.headers["location"]).text)
    before = (root / "references.yaml").read_bytes()
    for number in ("hello", "10.1234/nothing", "/etc/passwd.yaml", str(root / "references.yaml")):
        assert client.post(f"{TEA_FILE}/papers", data={"number": number}).status_code == 415
    assert (root / "references.yaml").read_bytes() == before
    assert client.post("/handouts/nothing/en/papers", data={"number": "1"}).status_code == 404


def test_a_picture_is_put_into_the_body_with_its_words(client: TestClient, root: Path) -> None:
    out = io.BytesIO()
    Image.new("RGB", (1200, 800), "#0a5566").save(out, "PNG")
    etag = etag_in(client.get(TEA_FILE).text)
    sent = {"etag": etag, "alt": "A cup of tea on a table"}
    refused = client.post(f"{TEA_FILE}/picture", data=sent | {"alt": " "}, files={"picture": ("a.png", out.getvalue())})
    assert refused.status_code == 415
    assert client.post(f"{TEA_FILE}/picture", data=sent, files={"picture": ("a.png", b"<script>")}).status_code == 415
    assert not (root / "pictures").exists()
    answer = client.post(f"{TEA_FILE}/picture", data=sent, files={"picture": ("../a.svg", out.getvalue())})
    assert answer.headers["location"].endswith("#body")
    (kept,) = (root / "pictures").iterdir()
    assert data_of((root / HANDOUT).read_text("utf-8"))["body"] == [
        {"picture": {"file": kept.name, "alt": "A cup of tea on a table"}}
    ]
    assert 'value="A cup of tea on a table"' in client.get(answer.headers["location"].partition("#")[0]).text
