"""``handouts plan``, ``build --plan`` and ``pull``: three clinics on two machines, and what is told of mistakes."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from cluster_support.clinics import chain_in
from cluster_support.dask_cluster import cluster_here
from press_room import Call, caller, change

from handoutpress.app.cluster.making import make_shard
from handoutpress.app.cluster.planning import PlanSettings, plan_to
from handoutpress.app.project import open_project
from handoutpress.batch.cluster.shards import Shard
from handoutpress.content.edition_filter import EditionFilter
from handoutpress.store.objects.folder_store import FolderStore

CHOICE = ("warm-tea", "--format", "a4-leaflet")


@pytest.fixture(scope="module")
def planned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A chain with a store beside it, in which its first handout is planned and made."""
    root = chain_in(tmp_path_factory.mktemp("cluster") / "chain")
    store = FolderStore(root.parent / "store")
    selection = EditionFilter(("warm-tea",), formats=("a4-leaflet",))
    assert plan_to(store, open_project(root), selection).outputs == 3
    ended = make_shard(store, Shard(1, 1))
    assert (ended.made, ended.exit_code) == (3, 0)
    return root


@pytest.fixture
def call(planned: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Iterator[Call]:
    yield caller(planned, monkeypatch, capfd)


@pytest.fixture
def copied(
    planned: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> tuple[Path, Call]:
    """The chain and its store to be changed, and its command line."""
    root = shutil.copytree(planned, tmp_path / "chain")
    shutil.copytree(planned.parent / "store", tmp_path / "store")
    return root, caller(root, monkeypatch, capfd)


def test_what_is_pulled_is_what_one_machine_makes(planned: Path, call: Call) -> None:
    code, _, told = call("pull", "../store", "out", "--bundle", "all")
    assert (code, "3 made" in told) == (0, True)
    assert (planned / "out/hill.zip").exists()
    assert call("build", *CHOICE, "--no-html", "--out", "alone")[0] == 0
    assert files_of(planned / "alone").items() <= files_of(planned / "out").items()
    # One brand alone, and then no more of it.
    call("pull", "../store", "one", "--brand", "hill-1")
    files = json.loads((planned / "one/manifest.json").read_bytes())["files"]
    assert [file["brand"] for file in files] == ["hill-1"]
    assert "0 made, 1 unchanged" in call("pull", "../store", "one", "--brand", "hill-1")[2]


def test_a_second_plan_of_the_same_has_nothing_to_make(call: Call) -> None:
    code, said, _ = call("plan", "--to", "../store", *CHOICE)
    assert (code, "3 outputs in 1 unit, 1 of them made already" in said) == (0, True)
    code, said, _ = call("build", "--plan", "../store", "--shard", "1/1", "--json")
    assert json.loads(said.splitlines()[-1])["unchanged"] == 3


@pytest.mark.filterwarnings("ignore:unclosed:ResourceWarning")
def test_a_cluster_prints_the_clinic_that_has_changed(copied: tuple[Path, Call], tmp_path: Path) -> None:
    root, call = copied
    change(root / "brands/hill-1/_brand.yml", lambda brand: brand["meta"].update(name="The Other Clinic"))
    with cluster_here(tmp_path / "dask") as address:
        code, _, told = call("build", *CHOICE, "--no-html", "--on", address, "--store", "../store")
    assert (code, "1 made, 2 unchanged" in told) == (0, True), told
    assert call("pull", "../store", "out")[0] == 0
    assert call("build", *CHOICE, "--no-html", "--out", "alone")[0] == 0
    assert (root / "out/manifest.json").read_bytes() == (root / "alone/manifest.json").read_bytes()


def test_sheets_in_two_languages_for_a_print_shop_are_those_of_one_machine(copied: tuple[Path, Call]) -> None:
    root, call = copied
    shutil.copy(root / "handouts/warm-tea.en.yaml", root / "handouts/warm-tea.fr.yaml")
    for number in (1, 2):
        shutil.rmtree(root / f"brands/hill-{number}")
    choice = (*CHOICE, "--language", "en", "--bilingual", "fr", "--for", "print")
    code, said, told = call("plan", "--to", "../print", *choice)
    assert (code, "1 output in 1 unit" in said) == (0, True), told
    assert call("build", "--plan", "../print", "--shard", "1/1")[0] == 0
    assert call("pull", "../print", "printed", "--bundle", "all")[0] == 0
    assert call("build", *choice, "--out", "by-one", "--bundle", "all")[0] == 0
    assert files_of(root / "printed") == files_of(root / "by-one")
    assert {"hill/job-sheet.html", "hill/en+fr/a4-leaflet/warm-tea.print.pdf", "hill.zip"} <= files_of(
        root / "printed"
    ).keys()
    code, _, told = call("plan", "--to", "../print", *choice, "--html")
    assert (code, "HTML files are in one language each." in told) == (1, True)


def test_what_the_project_has_no_more_goes_with_prune(copied: tuple[Path, Call]) -> None:
    root, call = copied
    call("pull", "../store", "out", "--bundle", "all")
    shutil.rmtree(root / "brands/hill-2")
    assert call("plan", "--to", "../store", *CHOICE, "--no-html")[0] == 0
    assert call("build", "--plan", "../store", "--shard", "1/1")[0] == 0
    assert "0 made, 2 unchanged" in call("pull", "../store", "out")[2]
    gone = {"hill-2/en/a4-leaflet/warm-tea.pdf", "hill-2.zip"}
    assert gone <= files_of(root / "out").keys()
    code, _, told = call("pull", "../store", "out", "--prune")
    assert (code, "Removed hill-2.zip." in told) == (0, True), told
    assert not gone & files_of(root / "out").keys()


def files_of(out: Path) -> dict[str, bytes]:
    """Return the files of an output folder, by name."""
    files = [path for path in out.rglob("*") if path.is_file() and ".handouts" not in path.parts]
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in files}


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("build", "--plan", "../store", "--shard", "9/8"), '"9/8" is no part of a plan.'),
        (("build", "--plan", "../store"), "--shard is missing."),
        (("build", "--shard", "1/2"), "--plan is missing."),
        (("build", "--plan", "../store", "--shard", "1/2", "--force"), "With --plan, --force has no meaning."),
        (
            ("build", "warm-tea", "--plan", "../store", "--shard", "1/2", "--for", "print", "--dry-run"),
            "With --plan, --dry-run and names of handouts and --for have no meaning. Hint: leave them out.",
        ),
        (("build", "--plan", "../nowhere", "--shard", "1/2"), "There is no plan in ../nowhere."),
        (("build", "--plan", "ftp://there", "--shard", "1/2"), "ftp://there is no store that we know."),
        (("build", "--on", "dask://127.0.0.1:1"), "--store is missing."),
        (("build", "--store", "../store"), "--on is missing."),
        (
            ("build", "--on", "dask://127.0.0.1:1", "--store", "../store", "--bundle", "all"),
            "With --on, --bundle has no",
        ),
        (("build", "--on", "127.0.0.1:1", "--store", "../other"), '"127.0.0.1:1" is no scheduler.'),
        (("pull", "../nowhere", "out"), "There is no plan in ../nowhere."),
        (("pull", "../store", "out", "--brand", "hil"), 'No brand of the plan is called "hil".'),
        (("plan", "--to", "handouts/warm-tea.en.yaml"), "should be a folder, and a file is in its place."),
    ],
)
def test_mistakes_are_told(call: Call, words: tuple[str, ...], sentence: str) -> None:
    code, _, told = call(*words)
    assert (code, sentence in told) == (1, True), told


def test_a_plan_of_another_program_is_not_made(planned: Path, tmp_path: Path, call: Call) -> None:
    plan = json.loads((planned.parent / "store/plans/000001").read_bytes())
    for made_by, sentence in (
        ("0.1 ab", "by Handout Press 0.1, here is"),
        (plan["made_by"] + "0", "or a library differs"),
    ):
        (tmp_path / made_by / "plans").mkdir(parents=True)
        (tmp_path / made_by / "plans/000001").write_text(json.dumps({**plan, "made_by": made_by}))
        code, _, told = call("build", "--plan", str(tmp_path / made_by), "--shard", "1/1")
        assert (code, sentence in told) == (1, True), told


def test_a_plan_that_this_version_does_not_read_is_followed_by_one_that_it_does(planned: Path, tmp_path: Path) -> None:
    store = FolderStore(tmp_path / "store")
    store.put("plans/000001", b'{"plan": 1}')
    selection = EditionFilter(("warm-tea",), formats=("a4-leaflet",))
    assert plan_to(store, open_project(planned), selection).name == "plans/000002"
    assert make_shard(store, Shard(1, 1)).made == 3


def test_a_project_with_mistakes_is_planned_without_them(tmp_path: Path) -> None:
    root = chain_in(tmp_path / "chain", brands=1)
    (root / "handouts/broken.en.yaml").write_text("title: [")
    store = FolderStore(tmp_path / "store")
    result = plan_to(store, open_project(root), EditionFilter(formats=("a4-leaflet",)), PlanSettings(html=False))
    assert [sentence.partition(":")[0] for sentence in result.refused] == ["handouts/broken.en.yaml"]
    assert (result.outputs, result.name) == (2, "plans/000001")
    strict = plan_to(store, open_project(root), settings=PlanSettings(strict=True))
    assert (strict.outputs, strict.name) == (0, "")


def test_a_file_that_the_store_changed_is_not_printed(planned: Path, tmp_path: Path, call: Call) -> None:
    shutil.copytree(planned.parent / "store", tmp_path / "store")
    shutil.rmtree(tmp_path / "store/receipts")
    for path in (tmp_path / "store/content").rglob("*"):
        if path.is_file():
            path.write_bytes(b"something else")
    code, _, told = call("build", "--plan", str(tmp_path / "store"), "--shard", "1/1")
    assert (code, "holds other bytes as content/" in told) == (3, True)
