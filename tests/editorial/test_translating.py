"""``handouts translate``: what it writes loads, what it marks is counted, what it may not touch stays to the letter.

``cases/translate`` has a source, its translation, the source's next version, and what is written of them
(tests/README.md tells how it is updated).
"""

from __future__ import annotations

import re
import shutil
from datetime import date
from pathlib import Path

import pytest
from expected import assert_expected
from press_room import BRAND, CASES, Call, caller, change, clinic, write_brand

from handoutpress.content.content_hash import content_hash
from handoutpress.content.models.handouts import Handout
from handoutpress.content.project import Project, builtin_root, find_project
from handoutpress.content.skeletons import UNTRANSLATED
from handoutpress.editorial.check_project import check_project
from handoutpress.editorial.translating.figures import lost
from handoutpress.editorial.translating.parts import hashes, texts
from handoutpress.editorial.translating.translation import TranslationTask, begin, update
from handoutpress.yamlfile.explain import load_record
from handoutpress.yamlfile.source import read_yaml

ROOT = builtin_root()
CASE = CASES / "translate"
SHIPPED = sorted(
    path.name.split(".")[0]
    for path in (ROOT / "handouts").glob("*.en.yaml")
    if not load_record(read_yaml(path), Handout).about
)
"""The shipped handouts that stand alone: what is about another one is translated after that."""
FRENCH = "handouts/warm-tea.fr.yaml"
TASK = TranslationTask("warm-tea", "en", "fr")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The small clinic with the case's source."""
    folder = clinic(tmp_path / "clinic")
    shutil.copy(CASE / "source.en.yaml", folder / "handouts/warm-tea.en.yaml")
    write_brand(
        folder, {"meta": {"name": "Hill"}, "defaults": {"handout": {"country": "gb", "languages": ["en", "fr"]}}}
    )
    return folder


@pytest.fixture
def handouts(root: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Call:
    return caller(root, monkeypatch, capfd)


def project_at(root: Path) -> Project:
    return find_project(root)


def findings(root: Path, rule: str = "translation-") -> list[str]:
    project_check = check_project(project_at(root), date(2026, 11, 27), handouts=("warm-tea",))
    assert not project_check.problems
    return [
        str(finding)
        for finding in project_check.findings
        if finding.rule.startswith(rule) and "fr.yaml" in str(finding.path)
    ]


@pytest.mark.expected
def test_every_text_is_there_to_translate(root: Path) -> None:
    written = begin(project_at(root), TASK)
    assert_expected(written.text, CASE / "begun.fr.yaml")
    assert (
        written.untranslated
        == written.text.count(f": {UNTRANSLATED}\n") + written.text.count(f"- {UNTRANSLATED}\n") - 1
    )


@pytest.mark.parametrize("slug", SHIPPED)
def test_what_is_begun_loads_and_only_lacks_its_texts(slug: str, tmp_path: Path) -> None:
    project = find_project(ROOT)
    written = begin(project, TranslationTask(slug, "en", "en-US", "A. Translator"))
    (tmp_path / "handouts").mkdir()
    shutil.copy(ROOT / "references.yaml", tmp_path)
    shutil.copy(ROOT / f"handouts/{slug}.en.yaml", tmp_path / "handouts")
    (tmp_path / f"handouts/{slug}.en-US.yaml").write_text(written.text, encoding="utf-8")
    project_check = check_project(find_project(tmp_path), date(2026, 11, 27))
    assert not project_check.problems
    grave = [finding for finding in project_check.findings if finding.level != "note"]
    assert [finding.rule for finding in grave] == ["translation-left"]
    assert grave[0].sentence.startswith(
        f"{written.untranslated} of {written.untranslated} texts are still to be translated: title, "
    )


def test_a_build_refuses_what_is_not_translated(root: Path, handouts: Call) -> None:
    assert handouts("translate", "warm-tea", "--to", "fr")[0] == 0
    code, _, complained = handouts("build", "warm-tea", "--language", "fr", "--dry-run")
    assert code == 1
    assert f"{FRENCH}:27:8: error translation-left: 22 of 22 texts are still to be translated: title, " in complained
    assert f"{FRENCH}:7:7: error translation-left: Nobody has said who translated this." in complained


def test_the_command_says_what_to_do_next(root: Path, handouts: Call) -> None:
    code, output, _ = handouts("translate", "warm-tea", "--to", "fr", "--by", "A. Leaf")
    assert (code, output) == (
        0,
        f"{FRENCH} is ready.\n22 texts are to be translated. Next: write them, then handouts check warm-tea\n",
    )
    assert 'by: "A. Leaf"' in (root / FRENCH).read_text("utf-8")


REFUSED = [
    (("warm-te", "--to", "fr"), 'No handout is called "warm-te". Hint: did you mean "warm-tea"?'),
    (("warm-tea", "--to", "frr"), 'There is no language "frr". Hint: did you mean "fr"? "handouts docs languages"'),
    (("warm-tea", "--to", "en"), '"warm-tea" is written in "en" already. Hint: name another with --to.'),
    (("warm-tea", "--to", "fr", "--from", "es"), '"warm-tea" is not written in "es". Hint: --from names another'),
    (("warm-tea", "--to", "fr", "--update"), f"{FRENCH} is not there yet. Hint: leave --update out to begin it."),
]


@pytest.mark.parametrize(("words", "says"), REFUSED, ids=range(len(REFUSED)))
def test_what_cannot_be_done_is_said_and_nothing_is_written(
    root: Path, handouts: Call, words: tuple[str, ...], says: str
) -> None:
    before = sorted(root.rglob("*"))
    code, output, complained = handouts("translate", *words)
    assert (code, output) == (1, "")
    assert complained.startswith(says)
    assert sorted(root.rglob("*")) == before


def test_a_translation_is_never_overwritten(root: Path, handouts: Call) -> None:
    shutil.copy(CASE / "finished.fr.yaml", root / FRENCH)
    code, _, complained = handouts("translate", "warm-tea", "--to", "fr")
    assert (code, complained) == (
        1,
        f"{FRENCH} is there already. Hint: --update marks what its source has changed.\n",
    )
    assert (root / FRENCH).read_bytes() == (CASE / "finished.fr.yaml").read_bytes()


def test_a_source_with_mistakes_is_told(root: Path, handouts: Call) -> None:
    with (root / "handouts/warm-tea.en.yaml").open("a", encoding="utf-8") as file:
        file.write("colour: red\n")
    code, _, complained = handouts("translate", "warm-tea", "--to", "fr")
    assert code == 1
    assert re.match(r'handouts/warm-tea\.en\.yaml:\d+:1: "colour" is not a known key here', complained)
    assert not (root / FRENCH).exists()


def test_an_update_notes_what_an_older_translation_was_made_from(root: Path, handouts: Call) -> None:
    shutil.copy(CASE / "finished.fr.yaml", root / FRENCH)
    assert findings(root) == []
    code, output, _ = handouts("translate", "warm-tea", "--to", "fr", "--update")
    assert (code, output) == (0, f"{FRENCH} follows its source; 0 texts are still to be translated.\n")
    handout = load_record(read_yaml(root / FRENCH), Handout)
    assert handout.translation
    assert handout.translation.status == "reviewed"
    assert handout.translation.seen == hashes(load_record(read_yaml(CASE / "source.en.yaml"), Handout))
    again = (root / FRENCH).read_text("utf-8")
    assert handouts("translate", "warm-tea", "--to", "fr", "--update")[0] == 0
    assert (root / FRENCH).read_text("utf-8") == again


def behind(root: Path, handouts: Call) -> None:
    """Put a finished translation there, and then the source's next version."""
    shutil.copy(CASE / "finished.fr.yaml", root / FRENCH)
    assert handouts("translate", "warm-tea", "--to", "fr", "--update")[0] == 0
    shutil.copy(CASE / "newer.en.yaml", root / "handouts/warm-tea.en.yaml")


def test_what_is_behind_is_told_part_by_part(root: Path, handouts: Call) -> None:
    behind(root, handouts)
    sentences = [finding.partition(": ")[2].partition(" Hint")[0] for finding in findings(root)]
    assert sorted(sentences) == [
        'error translation-figure: "count" of this risk is 3.0, and in the source 4.0.',
        "error translation-figure: Figures of the source are not in this text: 3 g.",
        'error translation-part: "benefits" is not in the source.',
        'error translation-part: "comparison" of the source is missing.',
        'error translation-part: "risks" of the source is missing, or some of it: items.0.note.',
        'warning translation-behind: "risks" of the source has changed since it was translated.',
        'warning translation-behind: "sections.how-to-make-it" of the source has changed since it was translated.',
        'warning translation-behind: "urgent_help" of the source has changed since it was translated.',
        "warning translation-behind: This translates version 1.0, and the source is at 1.1.",
        "warning translation-figure: Figures of this text are not in the source: 2,5 g.",
        "warning translation-older: This is version 1.0, and the one in en is 1.1.",
    ]
    assert all(re.match(rf"{FRENCH}:\d+:\d+: ", finding) for finding in findings(root))


@pytest.mark.expected
def test_an_update_marks_what_has_changed_and_leaves_the_rest_to_the_letter(root: Path, handouts: Call) -> None:
    behind(root, handouts)
    before = (root / FRENCH).read_text("utf-8")
    code, output, _ = handouts("translate", "warm-tea", "--to", "fr", "--update")
    assert code == 0
    assert output.startswith(f"{FRENCH} is marked where its source has changed: risks, urgent_help, comparison, ")
    after = (root / FRENCH).read_text("utf-8")
    assert_expected(after, CASE / "updated.fr.yaml")
    unchanged = before[before.index("what_it_is:") : before.index("sections:")]
    assert unchanged in after
    assert "status: draft" in after
    assert not [
        sentence for sentence in findings(root) if "translation-behind" in sentence or "translation-older" in sentence
    ]
    assert "translation-left: 13 of " in "".join(findings(root, "translation-left"))


def test_an_update_keeps_the_line_by_which_an_editor_finds_the_schema(root: Path, handouts: Call) -> None:
    line, source = (
        "# yaml-language-server: $schema=../schemas/handout.schema.json\n",
        root / "handouts/warm-tea.en.yaml",
    )
    source.write_text(line + source.read_text("utf-8"), "utf-8")
    assert handouts("translate", "warm-tea", "--to", "fr", "--by", "A. Translator")[0] == 0
    source.write_text(source.read_text("utf-8").replace("title: Warm tea", "title: Hot tea"), "utf-8")
    assert handouts("translate", "warm-tea", "--to", "fr", "--update")[0] == 0
    assert (root / FRENCH).read_text("utf-8").startswith(line + "translation:")


def test_a_translation_that_says_too_little_cannot_be_updated(root: Path, handouts: Call) -> None:
    shutil.copy(CASE / "finished.fr.yaml", root / FRENCH)
    shutil.copy(CASE / "newer.en.yaml", root / "handouts/warm-tea.en.yaml")
    code, _, complained = handouts("translate", "warm-tea", "--to", "fr", "--update")
    assert code == 1
    assert complained.startswith(f"{FRENCH} does not say part by part what it was made from")
    change(root / FRENCH, lambda keys: keys.pop("translation"))
    code, _, complained = handouts("translate", "warm-tea", "--to", "fr", "--update")
    assert code == 1
    assert complained.startswith(f"{FRENCH} does not say that it is a translation.")
    (root / FRENCH).write_text("{" + ",".join((root / FRENCH).read_text("utf-8").split("\n")[:1]) + "}", "utf-8")
    assert handouts("translate", "warm-tea", "--to", "fr", "--update")[0] == 1


def test_what_an_update_writes_is_what_the_translation_said(root: Path) -> None:
    """However the old file was written, no word of it is lost."""
    shutil.copy(CASE / "finished.fr.yaml", root / FRENCH)
    update(project_at(root), TASK)
    old = load_record(read_yaml(root / FRENCH), Handout)
    shutil.copy(CASE / "newer.en.yaml", root / "handouts/warm-tea.en.yaml")
    change(root / FRENCH, lambda keys: keys["translation"].update(seen={"title": "00000000"}))
    (root / FRENCH).write_text(update(project_at(root), TASK).text, encoding="utf-8")
    new = {text.key: text.words for text in texts(load_record(read_yaml(root / FRENCH), Handout))}
    for text in texts(old):
        assert new[text.key].removeprefix(UNTRANSLATED).strip() == text.words


ALIKE = [
    ("Take 2.5 g.", "Prenez 2,5 g."),
    ("7,629 people", "7 629 personnes"),
    ("7,629 people", "7.629 personas"),
    ("400 mg", "٤٠٠ ملغ"),
    ("400 mg", "400 毫克每天"),
    ("0.5 %", "0,50%"),
    ("10 mg", "10 unknown"),
    ("call 01632 960 187", "appelez le 01632960187"),
    ("52 in 100, then 52", "52 sur 100, puis 52"),
    ("as found [@leaf-2020]", "comme trouvé [@leaf-2020]"),
]
UNLIKE = [
    ("Take 2.5 g.", "Prenez 25 g."),
    ("1.5 mg", "1,5 g"),
    ("400 mg", "400 µg"),
    ("400 mg", "٤٠٠ غ"),
    ("250 ml", "250 毫克"),
    ("call 01632 960 187", "appelez le 01632 960 178"),
    ("52 in 100, then 52", "52 sur 100"),
    ("7,629 people", "762,9 personnes"),
]


@pytest.mark.parametrize(("source", "translation"), ALIKE)
def test_one_figure_may_be_written_in_many_ways(source: str, translation: str) -> None:
    assert not lost(source, translation)
    assert not lost(translation, source)


@pytest.mark.parametrize(("source", "translation"), UNLIKE)
def test_a_figure_or_a_unit_that_differs_is_found(source: str, translation: str) -> None:
    assert lost(source, translation)


def test_nothing_else_in_the_project_is_touched(root: Path, handouts: Call) -> None:
    before = {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}
    assert handouts("translate", "warm-tea", "--to", "fr")[0] == 0
    after = {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}
    assert set(after) - set(before) == {root / FRENCH}
    assert all(after[path] == content for path, content in before.items())
    assert (root / BRAND) in before


@pytest.mark.parametrize("path", sorted((ROOT / "handouts").glob("*.yaml")), ids=lambda path: path.stem)
def test_a_shipped_translation_says_part_by_part_what_it_was_made_from(path: Path) -> None:
    handout = load_record(read_yaml(path), Handout)
    if handout.translation is None:
        assert path.name.endswith(".en.yaml")
        return
    source = load_record(read_yaml(path.with_name(f"{path.name.split('.')[0]}.en.yaml")), Handout)
    assert set(handout.translation.seen) == set(hashes(source))
    without = handout.model_copy(update={"translation": handout.translation.model_copy(update={"seen": {}})})
    assert content_hash(handout, "fr", ()) == content_hash(without, "fr", ()), "what a page does not print"
