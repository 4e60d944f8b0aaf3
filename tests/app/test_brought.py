"""What clinics bring: each case of ``cases/brought/<kind>/`` is laid over a small project and tried as a person would.

The project is a new one (``handouts init``) with the handout ``acupuncture``, shortened, and the brand ``my-clinic``
alone. A case's ``brands/`` takes the place of that brand; everything else lies over what is there. ``expected.yaml``
lists the steps:

    - run: doctor                      # the words after ``handouts``
      exit: 1                          # 0 unless said
      says: [brands/f1/_brand.yml:2:7] # each stands in what is said; line breaks do not count
      never: [All is well]             # none stands there
    - pdf: out/f1/en/a4-leaflet/acupuncture.pdf
      text: [words in order]           # in the text that comes out of the PDF
      lacks: [<sub>]
      links: ["tel:999"]               # among the addresses of its links
      no_links: ["tel:99"]
      codes: [https://example.org/a]   # all that are read from its pages, each once
    - file: out/f1/en/acupuncture.html
      holds: [words]
      lacks: [words]
    - gone: out/f1                     # nothing stands there
    - change: styles/leaflet.css       # the project's file, or else a copy of the built-in one
      replace: "0 0 .3em"              # words in it that others take the place of (``by``)
      by: "0"
      add: "section.risks { color: #fff }"  # put behind it, as ``begin`` is put before it

A case with a file named ``soak`` is left to ``make soak``.
"""

from __future__ import annotations

import shlex
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
import yaml
from press_room import CASES, Call, caller
from press_room import change as change_yaml

from handoutpress.app.new import FIRST_BRAND, new_project
from handoutpress.content.project import builtin_root
from handoutpress.proof.pdf.code_readers import read_codes
from handoutpress.store.cache import SHARED

BROUGHT = CASES / "brought"
NOT_LAID_OVER = shutil.ignore_patterns("expected.yaml", "soak")
KEYS = {
    "run": {"run", "exit", "says", "never"},
    "pdf": {"pdf", "text", "lacks", "links", "no_links", "codes"},
    "file": {"file", "holds", "lacks"},
    "gone": {"gone"},
    "change": {"change", "replace", "by", "add", "begin"},
}

Step = dict[str, Any]


def brought() -> Iterator[Any]:
    for path in sorted(BROUGHT.glob("*/*/expected.yaml")):
        marks = [pytest.mark.soak] if (path.parent / "soak").exists() else []
        yield pytest.param(path.parent, id=path.parent.relative_to(BROUGHT).as_posix(), marks=marks)


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project that every case begins with. Its cache knows what was printed here before, as a clinic's does."""
    root = tmp_path_factory.mktemp("begun") / "project"
    new_project(root)
    for path in (root / "handouts").iterdir():
        if path.name != "acupuncture.en.yaml":
            path.unlink()
    shutil.rmtree(root / "articles")
    change_yaml(root / "handouts/acupuncture.en.yaml", shorten)
    return root


def shorten(handout: dict[str, Any]) -> None:
    """Leave of a handout what is laid out at once, not after many trials: each case sets it anew."""
    del handout["sections"]
    for key in ("benefits", "risks"):
        handout[key]["items"] = [handout[key]["items"][0], handout[key]["items"][-1]]


@pytest.mark.parametrize("case", list(brought()))
def test_it_comes_out_right_or_is_refused_in_a_sentence(
    case: Path, begun: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    root = lay_over(begun, case, tmp_path / "project")
    call = caller(root, monkeypatch, capfd)
    steps = yaml.safe_load((case / "expected.yaml").read_text("utf-8"))
    assert steps
    for step in steps:
        check(step, root, call)
    keep_cache(root, begun)


def lay_over(begun: Path, case: Path, root: Path) -> Path:
    shutil.copytree(begun, root)
    if (case / "brands").exists():
        shutil.rmtree(root / "brands" / FIRST_BRAND)
    shutil.copytree(case, root, dirs_exist_ok=True, ignore=NOT_LAID_OVER)
    return root


def keep_cache(root: Path, begun: Path) -> None:
    """Let later cases find the plates that this one made: each is named by all that it is made from."""
    for kind in SHARED:
        made = root / ".handoutpress" / kind
        if made.exists():
            shutil.copytree(made, begun / ".handoutpress" / kind, copy_function=keep, dirs_exist_ok=True)


def keep(made: str, kept: str) -> None:
    """A plate is kept once; which fields plates read is noted for one more with each."""
    if not Path(kept).exists() or Path(kept).stat().st_size != Path(made).stat().st_size:
        shutil.copy2(made, kept)


def check(step: Step, root: Path, call: Call) -> None:
    (kind,) = step.keys() & KEYS.keys()
    assert step.keys() <= KEYS[kind], step
    path = root / step[kind]
    if kind == "run":
        check_run(step, call)
    elif kind == "pdf":
        check_pdf(step, path)
    elif kind == "file":
        check_words(path.read_text("utf-8"), step, wanted="holds", unwanted="lacks")
    elif kind == "change":
        change_builtin(step, path)
    else:
        assert not path.exists(), path


def change_builtin(step: Step, path: Path) -> None:
    source = path if path.exists() else builtin_root() / step["change"]
    text = source.read_text("utf-8")
    if "replace" in step:
        assert step["replace"] in text, "the built-in file no longer says so"
        text = text.replace(step["replace"], step["by"], 1)
    path.parent.mkdir(exist_ok=True)
    path.write_text(step.get("begin", "") + text.rstrip("\n") + f"\n{step.get('add', '')}\n", "utf-8")


def check_run(step: Step, call: Call) -> None:
    code, said, complained = call(*shlex.split(step["run"]))
    assert code == step.get("exit", 0), said + complained
    check_words(said + complained, step, wanted="says", unwanted="never")


def check_words(text: str, step: Step, *, wanted: str, unwanted: str) -> None:
    folded = " ".join(text.split())
    assert [words for words in step.get(wanted, ()) if words not in folded] == [], text
    assert [words for words in step.get(unwanted, ()) if words in folded] == [], text


def check_pdf(step: Step, path: Path) -> None:
    check_words(text_of(path), step, wanted="text", unwanted="lacks")
    links = set(links_of(path))
    assert set(step.get("links", ())) <= links, links
    assert links.isdisjoint(step.get("no_links", ())), links
    if "codes" in step:
        assert codes_of(path) == set(step["codes"])


def text_of(path: Path) -> str:
    with pypdfium2.PdfDocument(path) as pdf:
        return "\n".join(page.get_textpage().get_text_bounded() for page in pdf)


def links_of(path: Path) -> Iterator[str]:
    with pikepdf.open(path) as pdf:
        for page in pdf.pages:
            for annotation in page.get("/Annots", ()):
                if "/A" in annotation and "/URI" in annotation.A:
                    yield str(annotation.A.URI)


def codes_of(path: Path) -> set[str]:
    with pypdfium2.PdfDocument(path) as pdf:
        pictures = [page.render(scale=150 / 72, grayscale=True).to_pil() for page in pdf]
    return {reading.text for picture in pictures for reading in read_codes(picture)}
