"""Articles become drafts: the first article, other kinds of file, and files that are no articles at all."""

from __future__ import annotations

import re
import zipfile
from datetime import date
from pathlib import Path

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from handoutpress.content.library import read_library
from handoutpress.content.models.handouts import Handout
from handoutpress.content.project import Project
from handoutpress.editorial.check_project import check_project
from handoutpress.editorial.importing.bibliography import parse
from handoutpress.editorial.importing.dates import find_date
from handoutpress.editorial.importing.draft import Draft, import_article
from handoutpress.editorial.importing.readers import SUFFIXES
from handoutpress.yamlfile.explain import load_record
from handoutpress.yamlfile.problems import ContentError, HandoutError
from handoutpress.yamlfile.source import read_yaml

ROOT = Path(__file__).parents[2]
CASES = Path(__file__).parents[1] / "cases/import"
ARTICLE = CASES / "acupuncture-vs-dry-needling.txt"
CITATION = re.compile(r"\[@[\w-]+(?:; @[\w-]+)*\]")


def written(draft: Draft, folder: Path) -> Path:
    (folder / "handouts").mkdir(exist_ok=True)
    path = folder / f"{draft.name}.en.yaml"
    path.write_text(draft.handout, "utf-8")
    (folder / f"{draft.name}.references.yaml").write_text(draft.references, "utf-8")
    return path


def loads(draft: Draft, folder: Path) -> Handout:
    path = written(draft, folder)
    assert not read_library(read_yaml(folder / f"{draft.name}.references.yaml")).problems
    return load_record(read_yaml(path), Handout)


def loose(text: str) -> str:
    """The letters and digits of ``text`` alone: comments wrap, YAML quotes."""
    return "".join(re.findall(r"[^\W_]", re.sub(r"^\s*#", "", text, flags=re.MULTILINE))).lower()


@pytest.mark.parametrize(
    ("title", "practices"),
    [
        ("Moxibustion: what to expect", ("moxibustion",)),
        ("Cupping – a leaflet for you", ("cupping",)),
        ("Acupuncture or dry needling: which is right?", ("acupuncture", "dry-needling")),
        ("Shock-wave therapy", ("shock-wave-therapy",)),
    ],
)
def test_what_a_title_says_of_a_practice_is_no_part_of_its_name(
    title: str, practices: tuple[str, ...], tmp_path: Path
) -> None:
    article = tmp_path / "article.txt"
    article.write_text(f"{title}\n\nIt is warm, and it takes half an hour.\n", "utf-8")
    assert loads(import_article(article), tmp_path).practices == practices


def test_the_first_article_becomes_a_draft_that_loads(tmp_path: Path) -> None:
    draft = import_article(ARTICLE)
    handout = loads(draft, tmp_path)
    assert handout.practices == ("acupuncture", "dry-needling")
    assert (handout.author, handout.date) == ("Margaux Loyer", date(2025, 4, 1))
    assert handout.comparison
    assert handout.comparison.columns == ("Dry Needling", "Acupuncture")
    assert len(CITATION.findall(draft.handout)) == 6
    assert draft.handout.count("      - ") >= 8


def test_its_references_are_kept_word_for_word_and_unverified(tmp_path: Path) -> None:
    draft = import_article(ARTICLE)
    written(draft, tmp_path)
    library = read_library(read_yaml(tmp_path / f"{draft.name}.references.yaml")).references
    lines = (ROOT / "tests/cases/texts/article-references.txt").read_text("utf-8").splitlines()
    printed = [re.sub(r"^\s*\d+\.\s*", "", line).strip() for line in lines if re.match(r"\s*\d+\.", line)]
    assert len(library) == len(printed) == 11
    assert [entry.custom.cited_as for entry in library.values()] == printed
    assert {entry.custom.status for entry in library.values()} == {"not-verified"}
    first = library["eshkevari-2015"].csl()
    assert (first["volume"], first["issue"], first["page"]) == ("8", "1", "22-26")


def test_its_doubts_are_told() -> None:
    doubts = "\n".join(f"{doubt.place}: {doubt.sentence}" for doubt in import_article(ARTICLE).doubts)
    assert "7: “4/1/2025” is ambiguous: it can be 2025-04-01 or 2025-01-04." in doubts
    assert "80: Reference 4 is never cited" in doubts
    assert "9: Dropped: a caption that stands twice" in doubts
    assert doubts.count("could be the number of a heading or of a reference") == 3


def test_no_word_of_it_is_lost() -> None:
    draft = import_article(ARTICLE)
    draft_letters = loose(draft.handout + draft.references)
    lines = [line.strip(" •") for line in ARTICLE.read_text("utf-8").splitlines() if line.strip()]
    lost = [
        line for line in lines if loose(re.sub(r"\s*\[[\d,]+\]", "", re.sub(r"^\d+\. ", "", line))) not in draft_letters
    ]
    assert lost == ["4/1/20254 min read"]  # taken apart


# What a clinic may not print as it stands: words of the article, and a rule that must speak up on that line.
TROUBLE = [
    ("support hormonal health, improve digestion", "claim-condition"),
    ("no medication needed", "claim-medicine"),
    ("mood, stress levels, and sleep quality", "claim-condition"),
    ("studies confirm that", "claim-proven"),
    ("a root cause of many chronic conditions", "claim-cause"),
    ("a powerful tool", "claim-boost"),
    ("activity of key immune cells", "claim-condition"),
    ("Unlike dry needling", "claim-best"),
    ("these meridian pathways often line up", "claim-balance"),
    ("address the root cause", "claim-cause"),
    ("deeper and more lasting path", "claim-lasting"),
]


def test_the_check_of_the_draft_finds_its_trouble_on_the_right_lines(tmp_path: Path) -> None:
    draft = import_article(ARTICLE)
    path = written(draft, tmp_path)
    project_check = check_project(Project(tmp_path.resolve(), ROOT), date(2026, 11, 23), "uk", (str(path),))
    assert not project_check.problems
    lines = draft.handout.splitlines()
    lines_and_rules = {
        (lines[finding.line - 1].strip()[:60], finding.rule)
        for finding in project_check.findings
        if finding.path.name == path.name
    }
    for words, rule in TROUBLE:
        line = next(line for line in lines if words in line).strip()[:60]
        assert (line, rule) in lines_and_rules, words
    found_rules = {finding.rule for finding in project_check.findings}
    assert {
        "risk-common",
        "risk-serious",
        "part-missing",
        "plain-grade",
        "citation-unconfirmed",
        "citation-unknown",
    } <= found_rules
    uncited = [finding for finding in project_check.findings if finding.rule == "reference-uncited"]
    assert [(finding.level, "nagasaki" in finding.sentence) for finding in uncited] == [("error", True)]
    assert project_check.stops()


MARKDOWN = """---
layout: post
---
# Cupping

By Ada Birch

1 April 2025

## What is cupping?

Cups are put on the *skin* [1].

- They may leave [marks](https://clinic.example/marks).
- They may hurt.

| | Cupping | Massage |
|---|---|---|
| Tools | Cups | Hands |

## References

1. Birch A, Elm B. Cups and skin: a survey. J Skin. 2019;12(3):45-50. doi:10.1000/cups.1
"""
HTML = """<!doctype html><html><head><title>x</title><style>p{}</style></head><body><nav>Home Blog</nav>
<h1>Cupping</h1><p>By Ada Birch</p><time>1 April 2025</time><h2>What is cupping?</h2>
<div>Cups are put on the <em>skin</em> [1].<ul><li>They may leave marks.</li><li>They may hurt.</li></ul></div>
<table><tr><th></th><th>Cupping</th><th>Massage</th></tr><tr><td>Tools</td><td>Cups</td><td>Hands</td></tr></table>
<script>alert("never")</script><h2>References</h2>
<ol><li>Birch A, Elm B. Cups and skin: a survey. J Skin. 2019;12(3):45-50. doi:10.1000/cups.1</li></ol></body></html>"""


def as_docx(path: Path) -> None:
    document = docx.Document()
    document.add_heading("Cupping", 0)
    for words in ("By Ada Birch", "1 April 2025"):
        document.add_paragraph(words)
    document.add_heading("What is cupping?", 1)
    document.add_paragraph("Cups are put on the skin [1].")
    for words in ("They may leave marks.", "They may hurt."):
        document.add_paragraph(words, style="List Bullet")
    table = document.add_table(rows=2, cols=3)
    for row, cells in zip(table.rows, (("", "Cupping", "Massage"), ("Tools", "Cups", "Hands")), strict=True):
        for cell, words in zip(row.cells, cells, strict=True):
            cell.text = words
    document.add_heading("References", 1)
    document.add_paragraph("1. Birch A, Elm B. Cups and skin: a survey. J Skin. 2019;12(3):45-50. doi:10.1000/cups.1")
    document.save(str(path))


@pytest.mark.parametrize("kind", ["md", "html", "docx"])
def test_other_kinds_of_file_give_the_same_draft(tmp_path: Path, kind: str) -> None:
    path = tmp_path / f"article.{kind}"
    if kind == "docx":
        as_docx(path)
    else:
        path.write_text(MARKDOWN if kind == "md" else HTML, "utf-8")
    draft = import_article(path)
    handout = loads(draft, tmp_path)
    assert (handout.title, handout.author, handout.date) == ("Cupping", "Ada Birch", date(2025, 4, 1))
    assert handout.what_it_is
    assert handout.what_it_is.text.endswith(
        "Cups are put on the skin [@birch-2019].\n\n- They may leave marks.\n- They may hurt."
    )
    assert handout.comparison
    assert handout.comparison.columns == ("Cupping", "Massage")
    assert "10.1000/cups.1" in draft.references
    assert "alert" not in draft.handout
    if kind == "html":
        assert any("Home Blog" in doubt.sentence for doubt in draft.doubts)


@pytest.mark.parametrize(
    ("line", "taken", "other"),
    [
        ("4/1/20254 min read", date(2025, 4, 1), date(2025, 1, 4)),
        ("25.12.2024", date(2024, 12, 25), None),
        ("3/3/2024", date(2024, 3, 3), None),
        ("2025-02-03", date(2025, 2, 3), None),
        ("Published on 3rd March 2025", date(2025, 3, 3), None),
        ("March 3, 2025", date(2025, 3, 3), None),
        ("99/99/2025", None, None),
        ("no day at all", None, None),
    ],
)
def test_days_are_read_with_their_doubts(line: str, taken: date | None, other: date | None) -> None:
    date_in_text = find_date(line)
    days = (date_in_text.day, date_in_text.other_day) if date_in_text else (None, None)
    assert days == (taken, other)


def test_a_reference_that_cannot_be_taken_apart_is_kept_whole() -> None:
    entry = parse("3. Something somebody told us in 2019", 3, 9)
    assert entry.csl["title"] == entry.cited_as == "Something somebody told us in 2019"
    assert not entry.complete


@pytest.mark.parametrize("name", ["x.pdf", "x", "x.exe"])
def test_an_unknown_kind_of_file_is_a_sentence(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"x")
    with pytest.raises(HandoutError, match="cannot be read"):
        import_article(tmp_path / name)


@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize("content", [b"", b"\n\n", b"\xff\xfe\x00", b"\x00" * 50, b"PK\x03\x04broken"])
def test_no_article_is_a_sentence(tmp_path: Path, suffix: str, content: bytes) -> None:
    path = tmp_path / f"x{suffix}"
    path.write_bytes(content)
    with pytest.raises(HandoutError):
        drafted = import_article(path)
        raise HandoutError(drafted.name)  # a draft is as good as a sentence


BOX = "<v:textbox><w:txbxContent><w:p><w:r><w:t>Boxed words.</w:t></w:r></w:p></w:txbxContent></v:textbox>"
SCATTERED = [
    "<w:sdt {ns}><w:sdtContent><w:p><w:r><w:t>Words of a control.</w:t></w:r></w:p></w:sdtContent></w:sdt>",
    '<w:p {ns}><w:r><w:t>Kept</w:t></w:r><w:ins w:id="1"><w:r><w:t>, then inserted.</w:t></w:r></w:ins></w:p>',
    f'<w:p {{ns}}><w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml">{BOX}</v:shape></w:pict></w:r></w:p>',
]


def test_words_that_stand_elsewhere_in_a_docx_are_told(tmp_path: Path) -> None:
    path = tmp_path / "article.docx"
    as_docx(path)
    document = docx.Document(str(path))
    for xml in SCATTERED:
        document.element.body.insert(3, parse_xml(xml.format(ns=nsdecls("w"))))
    document.tables[0].rows[1].cells[1].add_table(1, 1).rows[0].cells[0].text = "Nested words."
    document.sections[0].header.paragraphs[0].text = "Clinic news"
    document.save(str(path))
    draft = import_article(path)
    doubts = "\n".join(doubt.sentence for doubt in draft.doubts)
    for words in ("Kept, then inserted.", "Boxed words.", "Clinic news"):
        assert doubts.count(words) == 1
    for words in ("Words of a control.", "Kept, then inserted.", "Nested words."):
        assert re.sub("#.*", "", draft.handout).count(words) == 1
    assert "Cups" not in doubts


def test_front_matter_and_what_only_scripts_would_hide_are_told(tmp_path: Path) -> None:
    path = tmp_path / "article.md"
    path.write_text("---\ntitle: Cupping\ndate: 2024-05-03\ntags: [old, skin]\n---\n# Cupping\n\nWords.", "utf-8")
    draft = import_article(path)
    told = [doubt.sentence for doubt in draft.doubts if not doubt.sentence.startswith("No heading")]
    assert told == ["Left out, as front matter (tags): old, skin"]
    assert draft.name == "cupping"
    path = tmp_path / "article.html"
    path.write_text("<h1>Cupping</h1><noscript>Switch it on.</noscript><p>Words.", "utf-8")
    assert any("Switch it on." in doubt.sentence for doubt in import_article(path).doubts)


@pytest.mark.parametrize("depth", [149, 3000])
def test_a_page_nested_without_end_is_a_sentence(tmp_path: Path, depth: int) -> None:
    path = tmp_path / "article.html"
    path.write_text("<div>" * depth + "<p>Words.", "utf-8")
    with pytest.raises(ContentError, match="nested"):
        import_article(path)
    path.write_text("<div>" * 140 + "<p>Words.", "utf-8")
    assert outcome(path, tmp_path) == "draft"


def test_a_docx_that_unpacks_without_end_is_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "bomb.docx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("word/document.xml", b"0" * 31_000_000)
    with pytest.raises(HandoutError, match="far too much"):
        import_article(path)


def outcome(path: Path, folder: Path) -> str:
    """Import ``path``: "draft" (which then loads) or "sentence"; anything else is raised."""
    try:
        draft = import_article(path)
    except HandoutError as error:
        assert str(error)
        return "sentence"
    loads(draft, folder)
    return "draft"


FUZZED = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
SUFFIX = st.sampled_from([".txt", ".md", ".html"])
LINES = st.lists(
    st.one_of(
        st.sampled_from(
            [
                *ARTICLE.read_text("utf-8").splitlines(),
                "[1]",
                "# H",
                "- x",
                "| a | b |",
                "<li>",
                "[@x]",
                "a: b",
                "---",
                "x" * 400,
            ]
        ),
        st.text(max_size=60),
    ),
    max_size=30,
)


@FUZZED
@given(lines=LINES, suffix=SUFFIX)
def test_any_lines_give_a_draft_that_loads_or_a_sentence(tmp_path: Path, lines: list[str], suffix: str) -> None:
    path = tmp_path / f"article{suffix}"
    path.write_text("\n".join(lines), "utf-8", errors="replace")
    assert outcome(path, tmp_path) in ("draft", "sentence")


@FUZZED
@given(content=st.binary(max_size=300), suffix=st.sampled_from(SUFFIXES))
def test_any_bytes_give_a_draft_or_a_sentence(tmp_path: Path, content: bytes, suffix: str) -> None:
    path = tmp_path / f"article{suffix}"
    path.write_bytes(content)
    assert outcome(path, tmp_path) in ("draft", "sentence")


@FUZZED
@given(data=st.data())
def test_a_damaged_docx_gives_a_draft_or_a_sentence(tmp_path: Path, data: st.DataObject) -> None:
    path = tmp_path / "article.docx"
    as_docx(path)
    whole = bytearray(path.read_bytes())
    end = data.draw(st.integers(0, len(whole)))
    place = data.draw(st.integers(0, len(whole) - 1))
    whole[place] ^= data.draw(st.integers(1, 255))
    path.write_bytes(bytes(whole[:end]) if data.draw(st.booleans()) else bytes(whole))
    assert outcome(path, tmp_path) in ("draft", "sentence")


@FUZZED
@given(cut=st.integers(0, 9000))
def test_the_article_cut_anywhere_gives_a_draft_or_a_sentence(tmp_path: Path, cut: int) -> None:
    path = tmp_path / "article.txt"
    path.write_bytes(ARTICLE.read_bytes()[:cut])
    assert outcome(path, tmp_path) in ("draft", "sentence")
