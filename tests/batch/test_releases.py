"""Releases as they are kept: whole whenever a command is killed, small on disk, found again by what they print."""

from __future__ import annotations

import csv
import shutil
from dataclasses import replace
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from fakepress import Chain
from releaser import DAY, make, make_in_process

from handoutpress.batch.log.manifest import ManifestFile, read_manifest
from handoutpress.batch.plan import OutputLabel
from handoutpress.batch.releases.approvals import Approved, lapsed, note_approval, read_approvals
from handoutpress.batch.releases.keeping import damaged
from handoutpress.batch.releases.recalls import Recall, as_csv, note_recall, read_recalls, recall_of, withdrawn
from handoutpress.batch.releases.release import Approval, Clinic, Release, ReleaseFacts
from handoutpress.batch.releases.release_folder import ReleaseFolder
from handoutpress.batch.releases.releasing import name_for
from handoutpress.batch.releases.verifying import ReleaseHistory, verify
from handoutpress.batch.releases.withdrawing import Withdrawal, withdraw
from handoutpress.batch.run import run
from handoutpress.content.models.versions import version_order
from handoutpress.yamlfile.problems import HandoutError

FIRST, SECOND = "spring", "autumn"


def build(chain: Chain) -> None:
    assert not run(chain.plan(), chain.out, chain.maker).exit_code


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Chain:
    """A chain that was built, and whose first release is kept; one brand has changed since."""
    chain = Chain(tmp_path_factory.mktemp("built") / "chain")
    for folder in ("handouts", "brands"):
        (chain.folder / folder).mkdir(parents=True)
    chain.set_up()
    build(chain)
    make(chain, FIRST)
    chain.write("brands/b0", "another logo")
    build(chain)
    return chain


@pytest.fixture
def chain(built: Chain, tmp_path: Path) -> Chain:
    return copy_of(built, tmp_path / "chain")


def copy_of(chain: Chain, folder: Path) -> Chain:
    shutil.copytree(chain.folder, folder, symlinks=True)
    return replace(chain, folder=folder)


def releases_of(chain: Chain) -> ReleaseFolder:
    """The releases as a new command finds it."""
    return ReleaseFolder(chain.folder)


def current_of(chain: Chain) -> str:
    current = releases_of(chain).current
    return current.name if current else ""


def test_a_release_has_every_file_and_a_manifest_like_any_other(chain: Chain) -> None:
    release = releases_of(chain).find(FIRST)
    assert read_manifest(release.folder) == release.files
    assert {made.path for made in release.files} == {made.path for made in read_manifest(chain.out)}
    assert len(release.files) == 12
    assert damaged(release) == []
    assert (release.day, release.facts.number) == (DAY, 1)
    assert release.facts.clinics["b1"] == Clinic("Clinic 1")


def test_its_files_stay_as_they_were_and_cannot_be_written(chain: Chain) -> None:
    make(chain, SECOND)
    first, second = releases_of(chain).releases
    assert damaged(first) == damaged(second) == []
    assert all(not (first.folder / made.path).stat().st_mode & 0o222 for made in first.files)


def test_what_two_releases_share_is_one_file_on_disk(chain: Chain) -> None:
    make(chain, SECOND)
    first, second = releases_of(chain).releases
    shared = [made for made in second.files if (first.folder / made.path).samefile(second.folder / made.path)]
    assert len(shared) == 8
    assert all(made.label.brand != "b0" for made in shared)


def test_nothing_is_taken_from_an_earlier_release_that_was_damaged(chain: Chain) -> None:
    path = releases_of(chain).find(FIRST).folder / "b1/en/a4-leaflet/h0.pdf"
    path.chmod(0o644)
    path.write_bytes(b"torn")
    make(chain, SECOND)
    assert damaged(releases_of(chain).find(SECOND)) == []
    assert damaged(releases_of(chain).find(FIRST)) == ["b1/en/a4-leaflet/h0.pdf"]


def test_a_file_that_is_not_as_it_was_built_is_not_released(chain: Chain) -> None:
    (chain.out / "b0/en/a4-leaflet/h0.pdf").write_bytes(b"something else")
    with pytest.raises(HandoutError, match=r"b0/en/a4-leaflet/h0.pdf changed while it was being released. Hint: run"):
        make(chain, SECOND)
    assert current_of(chain) == FIRST


def test_going_back_is_one_step_and_is_noted(chain: Chain) -> None:
    make(chain, SECOND)
    assert current_of(chain) == SECOND
    releases_of(chain).make_current(FIRST, date(2026, 12, 1))
    assert current_of(chain) == FIRST
    assert releases_of(chain).since() == date(2026, 12, 1)
    assert (chain.folder / "releases/current/b0/en/a4-leaflet/h0.pdf").read_bytes() == (
        chain.folder / "releases/spring/b0/en/a4-leaflet/h0.pdf"
    ).read_bytes()


def assert_whole(chain: Chain, *names: str) -> None:
    """Every release that is there is whole, and one of ``names`` is the current one, since some day."""
    releases = releases_of(chain)
    assert all(damaged(release) == [] for release in releases.releases)
    assert current_of(chain) in names
    assert releases.since() == DAY
    visible = {path.name for path in releases.folder.iterdir() if not path.name.startswith(".")}
    assert visible - {release.name for release in releases.releases} == {"current", "history.json"}


def test_a_release_killed_at_any_step_leaves_all_whole(chain: Chain, tmp_path: Path) -> None:
    steps = make_in_process(copy_of(chain, tmp_path / "whole"), SECOND)
    assert steps > 40
    for step in range(1, steps + 1):
        copy = copy_of(chain, tmp_path / str(step))
        make_in_process(copy, SECOND, step)
        assert_whole(copy, FIRST, SECOND)
        make_in_process(copy, SECOND)
        assert_whole(copy, SECOND)


def test_going_back_killed_at_any_step_leaves_one_current(chain: Chain) -> None:
    make(chain, SECOND)
    steps = make_in_process(chain, FIRST)
    assert steps > 3
    for step in range(1, steps + 1):
        before = current_of(chain)
        target = SECOND if before == FIRST else FIRST
        make_in_process(chain, target, step)
        assert_whole(chain, before, target)


def test_the_next_release_sweeps_up_what_a_killed_one_left(chain: Chain) -> None:
    own = chain.folder / "releases/.notes.part"
    own.mkdir()
    (own / "mine.txt").write_text("mine")
    make_in_process(chain, SECOND, 20)
    parts = releases_of(chain).folder / ".handouts/parts"
    assert list(parts.iterdir())
    make(chain, SECOND)
    assert not list(parts.iterdir())
    assert (own / "mine.txt").read_text() == "mine", "only what we wrote is removed"


@pytest.mark.parametrize("name", ["current", "Spring", "a b", "../x", "-", "x" * 81])
def test_what_cannot_be_the_name_of_a_release(name: str, chain: Chain) -> None:
    with pytest.raises(HandoutError, match=r"cannot be the name of a release. Hint: write lower-case letters"):
        name_for(releases_of(chain), name, DAY)


def test_a_name_is_given_once(chain: Chain) -> None:
    hint = "take another name, or make it the current one with: handouts rollback spring"
    with pytest.raises(HandoutError, match=f"There is a release spring already, of 2026-11-27. Hint: {hint}"):
        name_for(releases_of(chain), FIRST, DAY)
    (chain.folder / "releases/summer").mkdir()
    with pytest.raises(HandoutError, match=r"releases/summer is there already. Hint: take another name."):
        name_for(releases_of(chain), "summer", DAY)


def test_without_a_name_the_day_is_one(chain: Chain) -> None:
    assert name_for(releases_of(chain), "", DAY) == "2026-11-27"
    make(chain, "2026-11-27")
    assert name_for(releases_of(chain), "", DAY) == "2026-11-27-2"


def test_a_release_that_cannot_be_read_is_named(chain: Chain) -> None:
    manifest = chain.folder / "releases/spring/manifest.json"
    manifest.chmod(0o644)
    manifest.write_text('{"manifest": 2, "files": []}')
    with pytest.raises(HandoutError, match=r"releases/spring/manifest.json is no manifest of ours."):
        releases_of(chain).find(FIRST)


def test_an_unknown_release_is_told_with_the_nearest_name(chain: Chain) -> None:
    with pytest.raises(HandoutError, match=r'No release is called "sprong". Hint: did you mean "spring"?'):
        releases_of(chain).find("sprong")


TEA = OutputLabel("tea", "en", "a4-leaflet", "hill", "1.0", "screen", "aaaaaaaa")


def made(label: OutputLabel, digest: str = "1") -> ManifestFile:
    path = f"{label.brand}/{label.language}/{label.format}/{label.handout}.pdf"
    return ManifestFile(path, digest * 64, 1000, 1, label, ())


def kept(number: int, name: str, *files: ManifestFile) -> Release:
    clinics = {"hill": Clinic("Hill, Clinic", ("Town", "Quay")), "vale": Clinic("Vale Clinic")}
    return Release(Path(name), ReleaseFacts(name, number, date(2026, number, 1), clinics), files)


OLD = kept(1, "one", made(TEA), made(TEA._replace(brand="vale")), made(TEA._replace(handout="honey")))
MIXED = kept(2, "two", made(TEA), made(TEA._replace(brand="vale", version="1.10", content_hash="bbbbbbbb"), "2"))


def test_a_recall_lists_each_file_once_with_all_its_releases() -> None:
    rows = withdrawn([OLD, MIXED], "tea")
    assert [(row.brand, row.version, row.releases, row.date) for row in rows] == [
        ("hill", "1.0", "one two", "2026-01-01"),
        ("vale", "1.0", "one", "2026-01-01"),
        ("vale", "1.10", "two", "2026-02-01"),
    ]
    assert (rows[0].clinic, rows[0].places) == ("Hill, Clinic", "Town; Quay")
    assert rows[0].content_hash == "aaaaaaaa"


def test_versions_are_compared_as_numbers() -> None:
    assert [row.version for row in withdrawn([OLD, MIXED], "tea", below="1.9")] == ["1.0", "1.0"]
    assert withdrawn([OLD, MIXED], "tea", below="1.0") == ()
    with pytest.raises(HandoutError, match=r'"new" is not a version; write it as 1.2 or 1.2.3.'):
        withdrawn([OLD], "tea", below="new")


def test_the_order_of_versions() -> None:
    assert version_order("1.9") < version_order("1.10") == version_order("1.10.0")
    for bad in ("1", "v1.0", "1.0-b", "1.0.0.0", "١.٠"):
        with pytest.raises(HandoutError):
            version_order(bad)


def test_a_handout_that_was_never_released_is_told_with_the_nearest_name() -> None:
    with pytest.raises(HandoutError, match=r'No release has a handout called "tee". Hint: did you mean "tea"?'):
        withdrawn([OLD], "tee")


def test_the_table_opens_in_a_spreadsheet() -> None:
    content = as_csv(withdrawn([OLD, MIXED], "tea"))
    rows = list(csv.DictReader(StringIO(content.decode("utf-8-sig"), newline="")))
    assert content.startswith(b"\xef\xbb\xbf")
    assert len(rows) == 3
    assert rows[0]["clinic"] == "Hill, Clinic"
    assert rows[0]["path"] == "hill/en/a4-leaflet/tea.pdf"
    assert rows[0]["sha256"] == "1" * 64


def test_a_recall_holds_for_older_versions_or_for_what_was_released(tmp_path: Path) -> None:
    note_recall(tmp_path, Recall("tea", "1.9", ("aaaaaaaa",), DAY))
    note_recall(tmp_path, Recall("tea", "1.9", ("aaaaaaaa",), date(2027, 1, 1)))
    note_recall(tmp_path, Recall("honey", "", ("cccccccc",), DAY))
    recalls = read_recalls(tmp_path)
    assert [(recall.handout, recall.day) for recall in recalls] == [("tea", DAY), ("honey", DAY)]
    assert recall_of(TEA._replace(version="1.8", content_hash="new"), recalls) == recalls[0]
    assert recall_of(TEA._replace(version="1.9", content_hash="new"), recalls) is None
    honey = TEA._replace(handout="honey", content_hash="cccccccc")
    assert recall_of(honey, recalls) == recalls[1]
    assert recall_of(honey._replace(content_hash="new"), recalls) is None


def test_a_recalled_text_is_recalled_under_every_name() -> None:
    recalls = [Recall("tea", "", ("aaaaaaaa",), DAY)]
    other = TEA._replace(handout="hot-tea", version="7.0")
    assert recall_of(other, recalls) == recalls[0]
    assert recall_of(other._replace(content_hash="bbbbbbbb"), recalls) is None
    early = [Recall("tea", "", ("",), DAY)]
    assert recall_of(TEA._replace(content_hash=""), early) == early[0]
    assert recall_of(other._replace(content_hash=""), early) is None, "a sheet without a hash is known by its name"


def test_a_recall_leaves_in_the_current_release_what_is_right(chain: Chain) -> None:
    releases = releases_of(chain)
    assert withdraw(releases, [Recall("other", "", ("ffffffff",), DAY)], DAY) is None
    torn = releases.folder / "spring/b2/en/a4-leaflet/h1.pdf"
    torn.chmod(0o644)
    torn.write_bytes(b"torn")
    done = withdraw(releases_of(chain), [Recall("h0", "1.1", (), DAY)], DAY)
    assert done == Withdrawal("spring", "spring-2", 5)
    current = releases_of(chain).current
    assert current is not None
    assert (current.name, current.facts.number, damaged(current)) == ("spring-2", 2, [])
    assert {file.label.handout for file in current.files} == {"h1"}
    assert len(releases_of(chain).find("spring").files) == 12, "what went out stays known"
    assert withdraw(releases_of(chain), [Recall("h0", "1.1", (), DAY)], DAY) is None
    done = withdraw(releases_of(chain), [Recall("h1", "", ("0a1b2c3d",), DAY)], DAY)
    assert done == Withdrawal("spring-2", "spring-2-2", 0)


def test_recalls_that_cannot_be_read_stop_everything(tmp_path: Path) -> None:
    (tmp_path / "recalls.json").write_text("[{}]")
    with pytest.raises(HandoutError, match=r"recalls.json cannot be read, so nobody knows what was recalled."):
        read_recalls(tmp_path)


def _states(content_hash: str, history: ReleaseHistory) -> list[tuple[str, str]]:
    return [(sheet.name, f"{sheet.state}: {sheet.sentence}") for sheet in verify(content_hash, history)]


NEW = kept(3, "three", made(TEA._replace(version="2.0", content_hash="dddddddd")))


def test_a_sheet_is_current_superseded_recalled_or_only_built() -> None:
    history = ReleaseHistory([OLD, NEW], NEW)
    assert _states(" DDDDDDDD ", history) == [
        ("tea (en), version 2.0", "current: Current: in the release three of 2026-03-01.")
    ]
    instead = "The current sheet is version 2.0, dddddddd."
    sentence = f"superseded: Superseded: it was last in the release one of 2026-01-01. {instead}"
    assert _states("aaaaaaaa", history)[0] == ("tea (en), version 1.0", sentence)
    recalled = replace(history, recalls=[Recall("tea", "2.0", (), DAY)])
    assert _states("aaaaaaaa", recalled)[0][1] == (
        f"recalled: Recalled on 2026-11-27: take it off the counter. {instead}"
    )
    built = replace(history, built=[made(TEA._replace(content_hash="eeeeeeee"))])
    assert _states("eeeeeeee", built)[0][1] == "built: Built, but in no release: it is not for patients yet."
    assert _states("ffffffff", built) == []
    assert _states("", replace(history, built=[made(TEA._replace(content_hash=""))])) == []


def test_a_recalled_sheet_is_never_named_in_the_place_of_another() -> None:
    history = ReleaseHistory([OLD, NEW], NEW, [Recall("tea", "", ("aaaaaaaa", "dddddddd"), DAY)])
    assert _states("aaaaaaaa", history)[0][1].endswith("There is no current sheet in its place.")
    assert _states("dddddddd", history)[0][1].startswith("recalled: ")


def test_of_two_names_for_one_text_none_is_current_while_the_other_is_recalled() -> None:
    history = ReleaseHistory([OLD], OLD, [Recall("tea", "2.0", (), DAY)])
    assert [state.partition(":")[0] for _, state in _states("aaaaaaaa", history)] == ["recalled", "recalled"]


def test_two_texts_of_one_hash_are_both_states() -> None:
    assert [name for name, _ in _states("aaaaaaaa", ReleaseHistory([OLD], OLD))] == [
        "tea (en), version 1.0",
        "honey (en), version 1.0",
    ]


def test_an_approval_holds_for_just_what_was_approved(tmp_path: Path) -> None:
    note_approval(tmp_path, Approved(Approval("vale", "V. Owner", DAY), {"a.pdf": "1", "b.pdf": "2"}))
    (approved,) = read_approvals(tmp_path).values()
    assert lapsed(approved, {"b.pdf": "2", "a.pdf": "1"}) == ""
    head = "V. Owner approved it on 2026-11-27, but since then"
    assert lapsed(approved, {"a.pdf": "1", "b.pdf": "3"}) == f"{head} b.pdf changed."
    assert lapsed(approved, {"a.pdf": "1", "b.pdf": "2", "c.pdf": "3"}) == f"{head} c.pdf was added."
    assert lapsed(approved, {"a.pdf": "1"}) == f"{head} b.pdf is gone."
    assert lapsed(approved, {"a.pdf": "9", "c.pdf": "3"}) == f"{head} a.pdf changed (and 2 more)."
