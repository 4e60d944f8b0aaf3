"""``handouts release`` and its kin on a small project of real pages: refused, approved, kept, known again, recalled."""

from __future__ import annotations

import csv
import re
import shutil
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from press_room import CASES, HANDOUT, change
from pypdfium2 import PdfDocument

from handoutpress.batch.log.manifest import ManifestFile
from handoutpress.batch.plan import OutputLabel
from handoutpress.batch.releases import release_proof
from handoutpress.batch.releases.falling_away import FallingAway, falling_away
from handoutpress.batch.releases.recalls import read_recalls
from handoutpress.batch.releases.refusals import unready
from handoutpress.batch.releases.release import Release, ReleaseFacts
from handoutpress.batch.releases.release_folder import ReleaseFolder
from handoutpress.cli import main
from handoutpress.content.loading import load_catalog
from handoutpress.content.project import find_project
from handoutpress.proof.findings import ProofFinding
from handoutpress.proof.proving import Proof, ProofSubject

ROOT = Path(__file__).parents[2]
Run = Callable[..., tuple[int, list[str]]]
HILL = "hill/en/a4-leaflet/warm-tea.pdf"
VALE = "vale/en/a4-leaflet/warm-tea.pdf"
APPROVE = "Hint: build it, look at it, then: handouts approve vale --by NAME"
TRY = "handouts release --try builds and proves all the same, tells all that there is to tell, and releases nothing."
APPROVED = ("approve", "vale", "--by", "V. Owner")


@pytest.fixture
def handouts(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """The command line; returns the exit code and the lines of both streams, without a build's own sum."""

    def typed(*words: str) -> tuple[int, list[str]]:
        monkeypatch.setattr(sys, "argv", ["handouts", *words])
        code = main()
        printed = capsys.readouterr()
        return code, [line for line in (printed.err + printed.out).splitlines() if "made," not in line]

    return typed


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small project with its release "one", made and proved by the real commands."""
    root = tmp_path_factory.mktemp("first") / "clinic"
    shutil.copytree(CASES / "release", root)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(root)
        for words in (["build"], [*APPROVED], ["release", "one"]):
            patch.setattr(sys, "argv", ["handouts", *words])
            assert main() == 0, words
    return root


@pytest.fixture
def project(first: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = tmp_path / "clinic"
    shutil.copytree(first, root, symlinks=True)
    monkeypatch.chdir(root)
    return root


def write(root: Path, **lines: str) -> None:
    """Give the handout other lines of these keys. (Read and written back as YAML, its key ``on`` would be ``true``.)"""
    path = root / HANDOUT
    text = path.read_text("utf-8")
    for key, value in lines.items():
        text = re.sub(rf"(?m)^{key}: .*$", f"{key}: {value}", text)
    path.write_text(text, "utf-8")


def correct(root: Path) -> None:
    """Correct the handout, and give it a higher version."""
    write(root, version='"1.1"', after_care="Rest a little. Drink some water.")


def release_second(handouts: Run, root: Path) -> None:
    correct(root)
    assert handouts("build")[0] == 0
    assert handouts(*APPROVED)[0] == 0
    assert handouts("release", "two")[0] == 0


def hash_on(pdf: Path) -> str:
    """The content hash as a person reads it at the foot of the first page."""
    text = PdfDocument(pdf)[0].get_textpage().get_text_range()
    (content_hash,) = re.findall(r"\b([0-9a-f]{8}) · Page 1", text)
    return str(content_hash)


def test_every_reason_is_told_at_once_before_anything_is_printed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, handouts: Run
) -> None:
    for case in ("release", "release_drafts"):
        shutil.copytree(CASES / case, tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    code, printed = handouts("release", "one")
    placeholder = (
        "is a placeholder. Hint: give the real address; "
        "names like example.com, those that end in .example or .test, and those of a network of your own lead nowhere."
    )
    review = 'No clinician has reviewed this handout. Hint: after a review, add "reviewed" with "by", "on" and "next".'
    translation = (
        "Nobody has reviewed this translation. Hint: have someone who speaks the language compare it with its source, "
        'then write "status: reviewed".'
    )
    unread = (
        "There are no word rules in this language, and nobody answers for what the handout claims. Hint: have someone "
        'who speaks it read it for what it may not claim, then add "claims_read" with "by" and "on".'
    )
    assert code == 1
    assert printed == [
        f"brands/hill/_brand.yml:3:9: The address https://hill.example {placeholder}",
        f"brands/hill/_brand.yml:4:42: The address hello@hill-clinic.test {placeholder}",
        f"handouts/warm-tea.en.yaml:1:1: {review}",
        f"handouts/warm-tea.en.yaml:21:16: The address https://example.com/tea {placeholder}",
        f"handouts/warm-tea.fr.yaml:1:1: {review}",
        f"handouts/warm-tea.fr.yaml:1:1: {unread}",
        f"handouts/warm-tea.fr.yaml:21:60: {translation}",
        f"brands/vale/_brand.yml: The brand demands approval. Nobody has approved its PDFs. {APPROVE}",
        "Nothing was released, for 8 reasons.",
        f"Hint: {TRY}",
    ]
    assert not (tmp_path / "out").exists()
    assert ReleaseFolder(tmp_path).releases == ()


def test_a_release_is_tried_with_whatever_stands_against_it(project: Path, handouts: Run) -> None:
    brand = project / "brands/hill/_brand.yml"
    brand.write_text(brand.read_text("utf-8").replace("meta:", "meta:\n  link: https://hill.example"), "utf-8")
    correct(project)
    before = sorted((project / "releases").rglob("*"))
    code, printed = handouts("release", "--try")
    assert code == 1
    assert [line for line in printed if "The address https://hill.example is a placeholder." in line]
    assert [line for line in printed if "V. Owner approved it on" in line], "what is told of finished PDFs is told too"
    assert printed[-1] == "Nothing was released, for 2 reasons."
    assert "Rest a little. Drink" in PdfDocument(project / "out" / HILL)[0].get_textpage().get_text_range()
    assert sorted((project / "releases").rglob("*")) == before


def test_a_release_that_could_be_is_tried_and_not_kept(project: Path, handouts: Run) -> None:
    code, printed = handouts("release", "two", "--try")
    assert (code, printed[-1]) == (
        0,
        "Nothing stands against two, which would have 4 files. It was only tried: nothing was released.",
    )
    assert [release.name for release in ReleaseFolder(project).releases] == ["one"]


@pytest.mark.parametrize(
    ("read", "ready"),
    [
        ("", False),
        ("claims_read: {by: Ana Ruiz, on: 2026-01-14}\n", False),
        ("claims_read: {by: Ana Ruiz, on: 2026-01-15}\n", True),
    ],
)
def test_what_no_rule_can_judge_waits_for_a_person(tmp_path: Path, read: str, ready: bool) -> None:
    for case in ("release", "release_drafts"):
        shutil.copytree(CASES / case, tmp_path, dirs_exist_ok=True)
    french = tmp_path / "handouts/warm-tea.fr.yaml"
    french.write_text(french.read_text("utf-8") + read, "utf-8")
    catalog = load_catalog(find_project(tmp_path))
    problems = [str(problem) for problem in unready(catalog.project, list(catalog.editions()), (), date(2026, 11, 29))]
    assert bool([problem for problem in problems if "claim" in problem]) is not ready


def test_mistakes_and_the_editors_warnings_stop_a_release(project: Path, handouts: Run) -> None:
    (project / "brands/hill/_brand.yml").write_text("meta: {name: Hill Clinic}\nlogos: none.svg\n")
    write(project, date="2027-11-27")
    code, printed = handouts("release", "two")
    assert code == 1
    assert any(line.startswith('brands/hill/_brand.yml:2:1: "logos" is not a known key here.') for line in printed), (
        printed
    )
    assert any(
        "error date-future: The handout is dated 2027-11-27, which is still to come." in line for line in printed
    )
    assert any(line.startswith("Nothing was released, for ") for line in printed)


def test_the_shipped_drafts_are_never_ready() -> None:
    catalog = load_catalog(find_project(ROOT))
    editions = list(catalog.editions())
    problems = [str(problem) for problem in unready(catalog.project, editions, (), date(2026, 11, 29))]
    for file in {edition.handout_file.path.name for edition in editions}:
        assert any(f"handouts/{file}" in line and "No clinician has reviewed" in line for line in problems), file
    drafts = {e.handout_file.path.name for e in editions if e.handout.translation}
    assert drafts
    assert sum("Nobody has reviewed this translation." in line for line in problems) == len(drafts)
    assert any("sunbird" in line and "is a placeholder." in line for line in problems)


def test_a_release_is_kept_with_its_day_its_clinics_and_its_approvals(project: Path, handouts: Run) -> None:
    (release,) = ReleaseFolder(project).releases
    assert {file.path for file in release.files} == {HILL, VALE, "hill/en/warm-tea.html", "vale/en/warm-tea.html"}
    assert release.facts.clinics["hill"].places == ("Town surgery", "2 Hill Lane, Saltmere")
    assert [(approval.brand, approval.by) for approval in release.facts.approvals] == [("vale", "V. Owner")]
    assert (project / "releases/current" / HILL).read_bytes() == (project / "out" / HILL).read_bytes()
    day = release.day
    assert handouts("release", "--list") == (
        0,
        [f"one: {day}, 2 PDFs, 2 brands; the current one since {day}", "  approved by V. Owner: vale"],
    )


def test_no_day_is_in_the_bytes_of_what_is_released(
    project: Path, handouts: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("handoutpress.app.release.today", lambda: date(2027, 3, 1))
    assert handouts("release") == (
        0,
        [
            "Proving 2 PDFs, but for those found right before.",
            "Released 2027-03-01: 4 files in releases/2027-03-01.",
        ],
    )
    first, second = ReleaseFolder(project).releases
    assert second.day == date(2027, 3, 1)
    assert second.files == first.files


def test_a_pdf_whose_proof_finds_something_is_not_released(
    project: Path, handouts: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    proved: list[ProofSubject] = []

    def prove(subjects: list[ProofSubject], processes: int) -> list[Proof]:
        proved.extend(subjects)
        wrong = ProofFinding(
            "codes.contrast", subjects[0].path, 1, None, "4:1", "10:1", "The code is too pale.", "Print it."
        )
        return [Proof(subjects[0].path, (wrong,)), *(Proof(subject.path, ()) for subject in subjects[1:])]

    monkeypatch.setattr(release_proof, "prove_all", prove)
    correct(project)
    assert handouts("build")[0] == handouts(*APPROVED)[0] == 0
    code, printed = handouts("release", "two")
    assert code == 1
    assert "The code is too pale." in printed[-2]
    assert printed[-1] == "Nothing was released, for 1 reason."
    assert not proved[0].path.exists(), "a site without a release shows what lies in the output folder"
    assert proved[1].path.exists()
    assert len(proved) == 2
    assert all(expectation.release for subject in proved for expectation in subject.expectations)
    assert handouts("release", "two")[0] == 1
    assert len(proved) == 3, "what was right is not proved again, what was wrong is"
    assert [release.name for release in ReleaseFolder(project).releases] == ["one"]


def test_an_approval_lapses_with_what_was_approved(project: Path, handouts: Run) -> None:
    correct(project)
    code, printed = handouts("release", "two")
    assert code == 1
    lapsed = f"V. Owner approved it on {ReleaseFolder(project).releases[0].day}, but since then {VALE} changed."
    assert printed[-2:] == [
        f"brands/vale/_brand.yml: The brand demands approval. {lapsed} {APPROVE}",
        "Nothing was released, for 1 reason.",
    ]


def test_only_what_was_built_can_be_approved(project: Path, handouts: Run) -> None:
    assert handouts("approve", "dale", "--by", "D. Owner") == (
        1,
        ['No brand is called "dale". Hint: did you mean "vale"?'],
    )
    assert handouts("approve", "*", "--by", "D. Owner") == (
        0,
        [f"D. Owner approves 1 PDF of {brand}. If one of them changes, approve anew." for brand in ("hill", "vale")],
    )
    assert handouts("approve", "vale", "--by", " ") == (
        1,
        ["An approval needs a name. Hint: handouts approve BRAND --by NAME"],
    )
    (project / "out" / VALE).write_bytes(b"another file")
    code, printed = handouts(*APPROVED)
    assert (code, printed[0].endswith(f"{VALE} is not as it was built. Hint: handouts build --verify")) == (1, True)


def test_a_brand_that_narrows_its_formats_can_be_approved_and_released(project: Path, handouts: Run) -> None:
    brand = project / "brands/vale/_brand.yml"
    text = brand.read_text("utf-8")
    brand.write_text(text.replace("[a4-leaflet]", "[a3-poster]"), "utf-8")
    assert handouts("build", "--proof", "none", "--brand", "vale") == (0, [])
    assert (project / "out" / VALE).exists()
    assert handouts(*APPROVED)[0] == 0
    code, printed = handouts("build", "--proof", "none", "--html")
    left = f"1 file lies there of what is gone from the project, no longer wanted, or recalled: {VALE}."
    assert (code, printed) == (0, [f"{left} Hint: handouts build --prune removes them."])
    assert f"Removed {VALE}." in handouts("build", "--proof", "none", "--html", "--prune")[1]
    assert not (project / "out" / VALE).exists()
    code, printed = handouts("release", "two")
    assert code == 0, printed
    assert {file.path for file in ReleaseFolder(project).find("two").files if file.label.format} == {
        HILL,
        "vale/en/a3-poster/warm-tea.pdf",
    }


def test_a_release_may_have_some_brands_and_formats_alone(project: Path, handouts: Run) -> None:
    for name in ("hill", "vale"):
        brand = project / f"brands/{name}/_brand.yml"
        brand.write_text(brand.read_text("utf-8").replace("[a4-leaflet]", "[a4-leaflet, a3-poster]"), "utf-8")
    correct(project)
    assert handouts("build", "--proof", "none")[0] == handouts(*APPROVED)[0] == 0
    code, printed = handouts("release", "two", "--brand", "v*", "--format", "a4-*")
    assert code == 0, printed
    assert printed[1:] == [
        "It has no sheet of 1 brand that one has: hill.",
        "releases/current loses 1 PDF by it. Hint: handouts rollback one brings back what was there.",
        "Released two: 2 files in releases/two.",
    ]
    assert {file.path for file in ReleaseFolder(project).find("two").files} == {VALE, "vale/en/warm-tea.html"}
    assert handouts("release", "three", "--format", "a4-leafet")[1] == [
        'No format is called "a4-leafet". Hint: did you mean "a4-leaflet"?'
    ]


def test_what_a_release_drops_is_told_by_name() -> None:
    had = [
        OutputLabel(handout, "en", format_, brand, "1.0")
        for brand in "ab"
        for handout in ("tea", "ice")
        for format_ in ("a4", "a6", "")
    ]
    files = tuple(ManifestFile(str(label), "", 0, 0, label, ()) for label in had)
    before = Release(Path("one"), ReleaseFacts("one", 1, date(2026, 11, 27), {}), files)
    assert falling_away(None, had) is falling_away(before, had) is None
    assert falling_away(before, had[:6]) == FallingAway("one", 4, brands=("b",))
    assert falling_away(before, had[:1]) == FallingAway("one", 7, ("b",), ("ice (en)",), ("a6",))
    assert falling_away(before, had[1:]) == FallingAway("one", 1)


def test_a_handout_that_a_clinic_does_not_give_keeps_no_other_back(project: Path, handouts: Run) -> None:
    text = (project / HANDOUT).read_text("utf-8")
    (project / "handouts/sample.en.yaml").write_text(re.sub(r"(?m)^reviewed: .*\n", "", text), "utf-8")
    code, printed = handouts("release", "two", "--brand", "hill")
    assert (code, printed[-3]) == (1, "Nothing was released, for 1 reason.")
    assert "--handout NAME" in printed[-2]
    assert handouts("release", "three", "--handout", "cold")[1] == [
        'No handout is called "cold". Hint: known here: sample, warm-tea.'
    ]
    code, printed = handouts("release", "two", "--brand", "hill", "--handout", "warm-*")
    assert (code, printed[-1]) == (0, "Released two: 2 files in releases/two.")


def test_the_hash_on_paper_tells_the_sheet(project: Path, handouts: Run) -> None:
    old = hash_on(project / "releases/one" / HILL)
    assert old == hash_on(project / "releases/one" / VALE)
    day = ReleaseFolder(project).releases[0].day
    assert handouts("verify", old.upper()) == (
        0,
        [f"warm-tea (en), version 1.0. Current: in the release one of {day}."],
    )
    release_second(handouts, project)
    new = hash_on(project / "releases/current" / HILL)
    assert new != old
    instead = f"The current sheet is version 1.1, {new}."
    superseded = f"warm-tea (en), version 1.0. Superseded: it was last in the release one of {day}. {instead}"
    assert handouts("verify", old) == (1, [superseded])

    code, printed = handouts("compare", "releases/one", "releases/current")
    assert (code, printed[0]) == (0, "NEW VERSION: warm-tea, en, a4-leaflet in hill, vale")

    assert handouts("rollback", "one") == (0, [f"one of {day} is the current release now."])
    assert handouts("rollback", "one") == (0, ["one is the current release already."])
    assert handouts("verify", old)[0] == 0
    assert handouts("verify", new)[0] == 1

    code, printed = handouts("recall", "warm-tea", "--below", "1.1", "--csv", "withdraw.csv")
    assert code == 0
    assert printed[0].split() == ["brand", "clinic", "language", "format", "version", "hash", "date", "releases"]
    assert [line.split() for line in printed[1:5]] == [
        ["hill", "Hill", "Clinic", "en", "a4-leaflet", "1.0", old, str(day), "one"],
        ["hill", "Hill", "Clinic", "en", "html", "1.0", old, str(day), "one"],
        ["vale", "Vale", "Clinic", "en", "a4-leaflet", "1.0", old, str(day), "one"],
        ["vale", "Vale", "Clinic", "en", "html", "1.0", old, str(day), "one"],
    ]
    with Path("withdraw.csv").open(encoding="utf-8-sig", newline="") as file:
        assert [row["places"] for row in csv.DictReader(file)][:2] == ["Town surgery; 2 Hill Lane, Saltmere"] * 2
    recalled = f"Recalled on {day}: take it off the counter. There is no current sheet in its place."
    assert handouts("verify", old) == (1, [f"warm-tea (en), version 1.0. {recalled}"])
    assert handouts("rollback", "two")[0] == 0
    assert handouts("rollback", "one") == (
        1,
        [
            f"one: warm-tea (en), version 1.0, was recalled on {day}. Hint: release it anew, corrected.",
            "The current release stays, for 1 reason.",
        ],
    )


def test_what_is_recalled_is_nowhere_given_out_any_more(project: Path, handouts: Run) -> None:
    day = ReleaseFolder(project).releases[0].day
    code, printed = handouts("recall", "warm-tea")
    assert code == 0
    put_anew = "Wherever you copied it to, on a website or a shared folder, put it there anew."
    assert printed[5:] == [
        "Recalled: 4 files of 2 brands.",
        f"releases/current has nothing of one left, kept as one-2. {put_anew}",
        "out/ still has 4 files of it. Hint: handouts build --prune removes them.",
        "Now: take the sheets off the counters, mend the handout, give it a higher version, and release it.",
    ]
    assert not (project / "releases/current" / HILL).exists()
    mend = "Hint: mend the handout, and give it a higher version."
    before = (project / "out" / HILL).read_bytes()
    for words in (("build", "--force"), ("check",), ("release", "two")):
        code, printed = handouts(*words)
        assert code == 1
        assert f"handouts/warm-tea.en.yaml:18:10: Version 1.0 was recalled on {day}. {mend}" in printed, printed
    assert (project / "out" / HILL).read_bytes() == before
    other = (project / HANDOUT).rename(project / "handouts/hot-tea.en.yaml")
    code, printed = handouts("release", "two")
    named = f'{other.relative_to(project)}:18:10: Version 1.0 was recalled on {day}, as "warm-tea". {mend}'
    assert (code, named in printed) == (1, True), printed
    sheets = handouts("verify", hash_on(project / "releases/one" / HILL))[1]
    assert all("Recalled" in sheet and "Current" not in sheet for sheet in sheets)


def test_what_nobody_released_or_built_is_unknown(project: Path, handouts: Run) -> None:
    hint = "read it again: it has eight characters, of 0 to 9 and a to f."
    assert handouts("verify", "00000000") == (
        1,
        [f'No sheet that was released or built prints "00000000". Hint: {hint}'],
    )
    correct(project)
    assert handouts("build", "--brand", "hill")[0] == 0
    assert handouts("verify", hash_on(project / "out" / HILL)) == (
        1,
        ["warm-tea (en), version 1.1. Built, but in no release: it is not for patients yet."],
    )


def test_a_review_that_is_past_is_told_wherever_the_release_is_asked_for(
    project: Path, handouts: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    release_second(handouts, project)
    (due,) = set(ReleaseFolder(project).find("one").facts.reviews.values())
    later = date(due.year + 1, 1, 1)
    for module in ("app.release", "app.recall", "cli.release"):
        monkeypatch.setattr(f"handoutpress.{module}.today", lambda: later)
    code, printed = handouts("rollback", "one")
    assert code == 0
    have_it_reviewed = "have it reviewed before it is given out again."
    assert printed[0] == f"warm-tea (en): The review was due on {due}. {have_it_reviewed.capitalize()}"
    assert printed[1].startswith("one of ")
    code, printed = handouts("verify", hash_on(project / "releases/one" / HILL))
    assert code == 1
    assert printed[0].endswith(f", but its review was due on {due}: {have_it_reviewed}")
    assert f"  past their review: warm-tea (en) since {due}" in handouts("release", "--list")[1]


def test_a_review_still_to_come_is_no_review(project: Path, handouts: Run) -> None:
    write(project, reviewed='{by: "A. Nurse", on: 2030-01-01, next: 2031-01-01}')
    code, printed = handouts("release", "two")
    assert code == 1
    assert any("The review is dated 2030-01-01, which is still to come." in line for line in printed), printed


def test_the_proof_of_a_pdf_that_is_older_than_its_handout_says_so_and_nothing_that_follows_from_it(
    project: Path, handouts: Run
) -> None:
    assert not any("older" in line for line in handouts("proof", "out/hill", "--check", "text")[1])
    write(project, after_care="Rest a little. Drink some water.")
    code, printed = handouts("proof", "out/hill", "--check", "text", "--check", "layout")
    (told,) = [line for line in printed if "file.older" in line]
    assert told.startswith(f"out/{HILL}: The PDF is older than its handout. Hint: Build it. Until then, ")
    assert (code, len(printed)) == (1, 2), printed


def test_a_dry_run_recalls_nothing(project: Path, handouts: Run) -> None:
    assert handouts("recall", "warm-tea", "--dry-run")[0] == 0
    assert handouts("recall", "warm-tea", "--below", "1.0") == (
        0,
        ["No release has warm-tea in a version below 1.0."],
    )
    assert read_recalls(project / "releases") == ()
    assert handouts("recall", "warm-tea")[0] == 0
    assert [recall.handout for recall in read_recalls(project / "releases")] == ["warm-tea"]


def test_a_release_that_was_damaged_is_not_gone_back_to(project: Path, handouts: Run) -> None:
    correct(project)
    for path in (HILL, VALE):
        (project / "releases/one" / path).chmod(0o644)
        (project / "releases/one" / path).write_bytes(b"torn")
    (project / "releases/current").unlink()
    code, printed = handouts("rollback", "one")
    assert code == 1
    assert [line.rpartition("releases/")[2] for line in printed[:2]] == [
        f"one/{path}: This is not the file that was released, or it is gone." for path in (HILL, VALE)
    ]


def test_before_the_first_release(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, handouts: Run) -> None:
    shutil.copytree(CASES / "release", tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    assert handouts("release", "--list") == (0, ["Nothing was released yet."])
    assert handouts("rollback", "one") == (1, ['No release is called "one". Hint: there is none yet.'])
    assert handouts("recall", "warm-tea") == (
        1,
        ['No release has a handout called "warm-tea". Hint: there is none yet.'],
    )
    assert handouts(*APPROVED)[1][0].endswith("/out. Hint: make it with: handouts build")
    assert not (tmp_path / "releases").exists()


def test_a_file_in_the_place_of_the_folder_is_told(project: Path, handouts: Run) -> None:
    shutil.rmtree(project / "releases")
    (project / "releases").write_text("")
    code, printed = handouts(*APPROVED)
    assert (code, printed[0].rpartition("/")[2]) == (1, "releases should be a folder, and a file is in its place.")


def test_without_handouts_there_is_nothing_to_release(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, handouts: Run
) -> None:
    shutil.copytree(CASES / "release", tmp_path, dirs_exist_ok=True)
    (tmp_path / HANDOUT).unlink()
    change(tmp_path / "brands/vale/_brand.yml", lambda brand: brand["defaults"]["handout"].pop("needs_approval"))
    monkeypatch.chdir(tmp_path)
    assert handouts("release", "one") == (
        1,
        ["There is nothing to release. Hint: a release has every handout of every brand."],
    )
