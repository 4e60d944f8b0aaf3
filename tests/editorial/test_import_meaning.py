"""What an article says is what its draft says: its papers, their parts, its headings, its author, its emphasis."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import docx
import pytest
import yaml
from markdown_it import MarkdownIt

from handoutpress.app.importing import ImportedFiles, ImportSettings, import_draft
from handoutpress.content.kinds.kind_files import KindFiles, load_handout
from handoutpress.content.library import read_library
from handoutpress.content.project import Project, builtin_root
from handoutpress.editorial.importing.bibliography import parse
from handoutpress.editorial.importing.draft import import_article
from handoutpress.yamlfile.problems import HandoutError
from handoutpress.yamlfile.source import read_yaml

LIST = "# {title}\n\nWords [1].\n\n## References\n\n1. Lee MS. {paper}. Chin Med. 2010;5:5.\n"


def test_a_key_means_one_paper_in_a_project_and_its_drafts(tmp_path: Path) -> None:
    (tmp_path / "handouts").mkdir()
    (tmp_path / "references.yaml").write_text("", "utf-8")
    (tmp_path / "empty.md").write_text("# Empty\n\nWords.\n", "utf-8")
    import_draft(tmp_path / "empty.md", to=tmp_path / "drafts")
    entry = "- {id: lee-2010, type: article-journal, title: Moxa for stroke, author: [{family: Lee}], issued: 2010}\n"
    (tmp_path / "references.yaml").write_text(entry, "utf-8")
    keys = {}
    for title, paper in (("One", "Scraping the neck"), ("Two", "Moxa for stroke"), ("Three", "Scraping the back")):
        (tmp_path / f"{title}.md").write_text(LIST.format(title=title, paper=paper), "utf-8")
        files = import_draft(tmp_path / f"{title}.md", to=tmp_path / "drafts")
        keys[title] = list(read_library(read_yaml(files.references)).references)
        assert f"[@{keys[title][0]}]" in files.handout.read_text("utf-8")
    assert keys == {"One": ["lee-2010-2"], "Two": ["lee-2010"], "Three": ["lee-2010-3"]}
    again = import_draft(tmp_path / "One.md", to=tmp_path / "drafts", settings=ImportSettings(force=True))
    assert list(read_library(read_yaml(again.references)).references) == ["lee-2010-2"]


TITLE = "Moxa for stroke: a review"
M_S = {"family": "Lee", "given": "M. S."}


@pytest.mark.parametrize(
    ("line", "where"),
    [
        (f"Lee MS, Shin BC (2010) {TITLE}. Stroke 41(4): 817-820. https://doi.org/10.1161/x1", "Stroke 41 4 817-820"),
        (f"Lee, M.S. & Shin, B.C. (2010a). {TITLE}. Stroke, 41(4), 817–820.", "Stroke 41 4 817–820"),
        (f"Lee MS et al., ‘{TITLE}’, Stroke, vol. 41, 2010, pp. 817-820", "Stroke 41  817-820"),
        (f"Lee, M.S. et al. (2010) '{TITLE}', Stroke, 41(4), pp. 817-820.", "Stroke 41 4 817-820"),
        (f"Lee MS. “{TITLE}.” Stroke 41.4 (2010): 817-820.", "Stroke 41 4 817-820"),
        (f"Lee MS, Shin BC. {TITLE}. Stroke. 2010 Apr;41(4):817-20.", "Stroke 41 4 817-20"),
        (f"Lee MS (2010) {TITLE}. Stroke, volume 41, issue 4, pages 817-820.", "Stroke 41 4 817-820"),
        (f"Lee MS, Shin BC. {TITLE}. Stroke, 41 (2010), pp. 817-820", "Stroke 41  817-820"),
        (f"Lee MS, Shin BC. {TITLE}. Stroke. 2010 Apr 30;41(4):817-20. PMID: 1; PMCID: PMC2", "Stroke 41 4 817-20"),
        (f"Lee, M. S., Shin, B. C. & Ernst, E. {TITLE}. Stroke 41, 817–820 (2010).", "Stroke 41  817–820"),
        (
            f"Lee, M. S. et al. {TITLE}. Arch. Stroke 41, e817 (2010). https://doi.org/10.1161/x1",
            "Arch. Stroke 41  e817",
        ),
    ],
)
def test_a_reference_is_read_in_the_styles_that_articles_use(line: str, where: str) -> None:
    entry = parse(f"1. {line}", 1, 1)
    csl = entry.csl
    parts = " ".join(csl.get(name, "") for name in ("container-title", "volume", "issue", "page"))
    assert (csl["title"], csl["year"], parts, entry.complete) == (TITLE, 2010, where, True)
    assert csl["author"][0] in ({"family": "Lee", "given": "M S"}, {"family": "Lee", "given": "M.S."}, M_S)


@pytest.mark.parametrize(
    "line",
    [
        f"Lee MS (2010) {TITLE}. Stroke 41 part 4 pages 817.",
        f"Lee MS (2010) {TITLE} in Stroke, vol. 41, pp. 817-820",
        f"Lee MS (2010) “{TITLE}. Stroke, 41(4), 817.",
        f"Lee MS (2010) {TITLE}. London: Elm Press.",
        f"Lee MS. {TITLE}. Stroke. 2010;41(4):817-20. Reprinted by Elm.",
        f"Smith, John, and Ann Lee. “{TITLE}.” Stroke, vol. 41, 2010, pp. 817-820.",
    ],
)
def test_what_is_not_understood_of_a_reference_is_a_doubt(line: str) -> None:
    assert not parse(line, 1, 1).complete


WITH_HEADINGS = {
    "what_it_is": ("What is it?", "It is warmth."),
    "what_to_expect": ("What to expect", "You lie down."),
    "after_care": ("Aftercare", "- Rest."),
    "urgent_help": ("When should I get urgent help?", "With a fever."),
}
PAGE = {"title": "Moxa", "URL": "https://www.nhs.example/moxa/"}
READ = "2024-03-03"


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        ("NHS. Moxa. {URL} (accessed 3 March 2024).", {"author": "NHS", "accessed": READ}),
        ("NHS (2023) Moxa. Available at: {URL} (Accessed: 3 March 2024).", {"year": 2023, "accessed": READ}),
        ("NHS. (2023, March 3). Moxa. {URL}", {"year": 2023, "issued": "2023-03-03"}),
        (
            "NHS. Moxa [Internet]. London: NHS; 2023 [cited 2024 Mar 3]. Available from: {URL}",
            {"publisher": "London: NHS", "year": 2023, "accessed": READ},
        ),
        (
            "World Health Organization. Moxa. 2023. Accessed March 3, 2024. {URL}",
            {"author": "World Health Organization"},
        ),
        ("Smith J. Moxa. Retrieved 3 March 2024, from {URL}", {"author": "Smith", "accessed": READ}),
    ],
)
def test_a_reference_to_a_web_page_is_read_as_one(line: str, parts: dict[str, object]) -> None:
    entry = parse(line.format(**PAGE), 1, 1)
    csl = {**entry.csl, "author": entry.csl["author"][0]["family"]}
    assert entry.complete
    assert csl["type"] == "webpage"
    assert csl.items() >= {**PAGE, **parts}.items()


@pytest.mark.parametrize(
    "line", ["NHS. Moxa. {URL} (accessed 3/4/2024).", "NHS. Moxa. It is warm. Read on. {URL}", "{URL}"]
)
def test_a_web_page_that_is_not_wholly_understood_is_a_doubt(line: str) -> None:
    assert not parse(line.format(**PAGE), 1, 1).complete


def test_authors_that_a_reference_leaves_out_are_told(tmp_path: Path) -> None:
    lines = f"1. Lee MS, Shin BC. {TITLE}. Stroke. 2010;41(4):817-20.\n"
    lines += f"2. Saha, Felix J., et al. “{TITLE}.” Stroke, vol. 41, 2010, pp. 817-820.\n"
    (tmp_path / "a.md").write_text(f"# Moxa\n\nIt is warm [1,2].\n\n## References\n\n{lines}", "utf-8")
    draft = import_article(tmp_path / "a.md")
    assert "Reference 2 names the first authors and “et al.”: add the others." in draft.references
    assert not [doubt for doubt in draft.doubts if "taken apart" in doubt.sentence]


PARTS = """# {title}

By Priya Nair MCSP, Elm Clinic, 3rd October 2026 · 5 min read

## What is it?

It is warmth.

## What to expect

You lie down.

## Aftercare

- Rest.

## What are the risks?

Burns.

## When should I get urgent help?

With a fever.

## Urgent help

Call us.
"""


def _drafted(folder: Path, title: str, *, language: str = "en") -> ImportedFiles:
    (folder / "a.md").write_text(PARTS.format(title=title), "utf-8")
    return import_draft(folder / "a.md", to=folder / "drafts", settings=ImportSettings(language=language, whole=True))


def test_a_section_under_the_heading_of_a_part_becomes_that_part(tmp_path: Path) -> None:
    files = _drafted(tmp_path, "Moxa")
    draft = read_yaml(files.handout).data
    told = {part: (draft[part]["heading"], draft[part]["text"].strip()) for part in WITH_HEADINGS}
    assert told == WITH_HEADINGS
    assert [section["heading"] for section in draft["sections"]] == ["What are the risks?"]
    assert draft["call_us"] == {"heading": "Urgent help", "text": "Call us.\n"}
    said = " ".join(doubt.sentence for doubt in files.draft.doubts)
    assert "“What are the risks?” is a heading of risks: move" in said
    assert "“Urgent help” was taken for call_us" in said
    assert "“When should I get urgent help?” does not always say whom to call" in said
    assert "“Aftercare” was taken for after_care" in said
    assert files.article
    assert "after_care" not in files.article.read_text("utf-8")


def test_a_byline_with_a_clinic_and_a_reading_time_is_no_introduction(tmp_path: Path) -> None:
    files = _drafted(tmp_path, "Moxa")
    draft = read_yaml(files.handout).data
    assert (draft["author"], draft["date"].isoformat()) == ("Priya Nair MCSP", "2026-10-03")
    assert "Introduction" not in files.handout.read_text("utf-8")
    said = [doubt.sentence for doubt in files.draft.doubts if doubt.sentence.startswith("Dropped")]
    assert said == [
        "Dropped: a reading time on the line of the date: 5 min read",
        "Dropped: other words on the line of the date: Elm Clinic",
    ]


@pytest.mark.parametrize(
    ("title", "practice", "is_doubted"),
    [
        ("Moxibustion - what’s the evidence?", "moxibustion", False),
        ("Moxibustion in pregnancy and after birth", "moxibustion", True),
        ("Dry needling for the neck", "dry-needling", True),
        ("Traditional Chinese cupping", "traditional-chinese-cupping", False),
        ("Cupping your clinic sometimes offers", "cupping", True),
    ],
)
def test_a_practice_is_a_short_name(tmp_path: Path, title: str, practice: str, is_doubted: bool) -> None:
    files = _drafted(tmp_path, title)
    assert read_yaml(files.handout).data["practices"] == [practice]
    assert any("The practice was taken" in doubt.sentence for doubt in files.draft.doubts) == is_doubted


STRESSED = """# Moxa

It is *never* used on **broken skin**. Ring [us](tel:01632960112).

| Part | Said |
| --- | --- |
| Arm | *warm* |

## References

1. Lee MS. Moxa for stroke. *Stroke*. 2010;5:5.
"""


@pytest.mark.parametrize("suffix", [".md", ".html", ".docx"])
def test_emphasis_and_the_number_behind_a_link_are_told(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"a{suffix}"
    if suffix == ".docx":
        document = docx.Document()
        document.add_heading("Moxa", 1)
        paragraph = document.add_paragraph("It is ")
        paragraph.add_run("never").italic = True
        paragraph.add_run(" used on ")
        paragraph.add_run("broken skin").bold = True
        document.add_table(1, 2).cell(0, 1).paragraphs[0].add_run("warm").italic = True
        document.save(str(path))
    else:
        text = STRESSED if suffix == ".md" else MarkdownIt("commonmark").enable("table").render(STRESSED)
        path.write_text(text, "utf-8")
    said = [doubt.sentence for doubt in import_draft(path, to=tmp_path / "drafts").draft.doubts]
    told = [sentence for sentence in said if sentence.startswith("Bold")]
    assert told == [f"Bold or italics were dropped, from: {words}" for words in ("never; broken skin", "warm")]
    assert suffix == ".docx" or any("tel:01632960112" in sentence for sentence in said)


def test_lines_of_one_paragraph_of_a_docx_stand_for_themselves_but_where_one_goes_on(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_heading("Casts", 1)
    document.add_heading("What we ask of you", 2)
    document.add_paragraph("Do not:\n• get the cast wet\n• poke anything\ndown it\nRing us.")
    document.save(str(tmp_path / "a.docx"))
    draft = import_draft(tmp_path / "a.docx", to=tmp_path / "drafts")
    (section,) = yaml.safe_load(draft.handout.read_text("utf-8"))["sections"]
    assert section["text"] == "Do not:\n\n- get the cast wet\n- poke anything down it\n\nRing us.\n"
    assert not any("stand nowhere" in doubt.sentence for doubt in draft.draft.doubts)


def test_a_question_in_a_title_is_part_of_it() -> None:
    csl = parse("Kim S, Lee SH, et al. Is it of use? A systematic review. BMJ Open 2018;8:e021070", 1, 1).csl
    assert (csl["title"], csl["container-title"]) == ("Is it of use? A systematic review", "BMJ Open")


def imported(name: str, to: Path) -> tuple[str, Any]:
    text = import_draft(Path(__file__).parents[1] / "cases/import" / name, to=to).handout.read_text("utf-8")
    return text, yaml.safe_load(text)


def test_a_leaflet_in_plain_text_fills_the_parts_that_it_has_in_other_words(tmp_path: Path) -> None:
    text, handout = imported("cupping-leaflet.txt", tmp_path / "drafts")
    assert [section["heading"] for section in handout["sections"]] == [
        "Introduction",
        "What can cupping help with?",
        "Who will treat me?",
        "What are the risks?",
    ]
    assert handout["tell_us_first"]["text"].count("\n- ") == 8
    assert len(handout["questions"]["items"]) == 3
    assert handout["what_to_expect"]["text"].startswith("Your first visit takes about 45 minutes")
    assert handout["call_us"]["text"].startswith("Ring the clinic")
    assert handout["urgent_help"]["text"].startswith("Get medical help straight away")
    assert handout["alternatives"]["text"].startswith("No. Back and neck pain")
    assert (handout["author"], handout["date"]) == ("Jane Marlow", date(2026, 10, 1))
    assert "“October 2026” has no day: 2026-10-01 was taken." in text


@pytest.mark.parametrize(("lines", "bullets"), [("1) one\n2) two", 2), ("1) One thing\nIt is so.\n2) Another", 0)])
def test_numbers_that_follow_one_another_are_a_list(tmp_path: Path, lines: str, bullets: int) -> None:
    (tmp_path / "a.txt").write_text(f"Moxa\n\nWhat it does\n\n{lines}\n", "utf-8")
    draft = import_article(tmp_path / "a.txt").handout
    assert draft.count("      - ") == bullets


def test_lines_that_a_mail_program_broke_are_paragraphs_and_headings_no_longer_shout(tmp_path: Path) -> None:
    text, handout = imported("osteopathy-wrapped.txt", tmp_path / "drafts")
    assert [section["heading"] for section in handout["sections"]] == [
        "About this article",
        "Does it help?",
        "What can go wrong?",
        "Costs and booking",
    ]
    assert handout["sections"][0]["text"].startswith(
        "Low back pain is one of the commonest reasons why people come thr"
    )
    assert handout["what_to_expect"]["text"].count("\n- ") == 4
    assert handout["urgent_help"]["text"].count("- ") == 4
    assert (handout["author"], handout["date"]) == ("Tom Finch MSc Ost", date(2026, 3, 3))
    assert "[@franke-2014]" in text
    assert "TO WRITE: the article has this heading" not in text


def test_lines_that_are_short_by_themselves_stay_apart(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(
        "Moxa\n\nMoxa is a herb.\nIt is burned.\nIt smells.\nIt is warm.\nIt is old.\n", "utf-8"
    )
    assert "Moxa is a herb.\n" in import_article(tmp_path / "a.txt").handout


def test_a_note_beside_numbered_references_is_no_reference(tmp_path: Path) -> None:
    words = "# Moxa\n\nIt helps [1]. A bleed was told of[^1].\n\n[^1]: See Chen, a case report.\n\n## References\n\n"
    (tmp_path / "a.md").write_text(f"{words}1. Lee MS. Moxa. Chin Med. 2010;5:5.\n", "utf-8")
    draft = import_article(tmp_path / "a.md").handout
    assert "It helps [@lee-2010]. A bleed was told of (See Chen, a case report)." in draft
    assert "A note stands in brackets now: See Chen, a case report" in draft


def test_a_day_of_the_front_matter_that_can_be_two_is_doubted(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("---\ndate: 12/03/2026\n---\n# Moxa\n\nWords.\n", "utf-8")
    assert "is ambiguous: it can be 2026-12-03 or 2026-03-12" in import_article(tmp_path / "a.md").handout


def test_when_to_call_the_clinic_is_not_when_to_get_urgent_help(tmp_path: Path) -> None:
    words = "Cupping\n\nWhen should I call the clinic?\n\nIf a mark stays.\n\n"
    (tmp_path / "a.txt").write_text(f"{words}When do I need help straight away?\n\nFor a burn.\n", "utf-8")
    handout = yaml.safe_load(import_article(tmp_path / "a.txt").handout)
    assert [handout[part]["text"] for part in ("call_us", "urgent_help")] == ["If a mark stays.\n", "For a burn.\n"]


HEADINGS = {
    "after_care": "Looking after it at home | Caring for your skin | Self-care | What you can do | The first 24 hours",
    "normal": "What is normal? | This is normal",
    "call_us": "When to contact us | Call us if | If you are worried | Any problems? | Who can I contact?",
    "urgent_help": "Get help at once | When to get help | Seek medical help if | Call 999 if | Signs to watch for",
    "tell_us_first": "Before you start | Before you come | Is it safe for me?",
    "": "Contact us | Looking after your data | What to look for in a therapist | The next step | Get moving",
}


def test_headings_of_leaflets_are_taken_for_their_parts_and_kept(tmp_path: Path) -> None:
    for part, headings in HEADINGS.items():
        for heading in headings.split(" | "):
            (tmp_path / "a.md").write_text(f"# Moxa\n\n## {heading}\n\nRest.\n", "utf-8")
            files = import_draft(tmp_path / "a.md", to=tmp_path / "drafts", settings=ImportSettings(force=True))
            draft = yaml.safe_load(files.handout.read_text("utf-8"))
            written = draft[part] if part else draft["sections"][0]
            assert (written["heading"], written["text"]) == (heading, "Rest.\n"), heading


@pytest.mark.parametrize("kind", ["exercise", "aftercare", "condition", "procedure", "instructions"])
def test_a_draft_of_a_kind_asks_for_what_the_kind_needs_and_for_nothing_else(kind: str, tmp_path: Path) -> None:
    article = tmp_path / "a.md"
    article.write_text(
        "# Wrist exercises\n\n## Stretching\n\nPut your hand flat.\n\n## When to call us\n\nIt hurts.\n", "utf-8"
    )
    files = import_draft(article, to=tmp_path / "drafts", settings=ImportSettings(kind=kind))
    project = Project(tmp_path.resolve(), builtin_root())
    source = project.read(files.handout)
    handout, read_as = load_handout(source, KindFiles(project))
    assert read_as.slug == kind
    assert handout.call_us
    written = {*source.data} - {"kind", "title", "main_message", "sections", "version", "date", "author", "call_us"}
    needed = {*read_as.kind.needs, "urgent_help", *({"risks"} if read_as.kind.risks == "needed" else ())}
    assert written == (needed | ({"about"} if kind == "aftercare" else set())) - {"body", "call_us"}


def test_a_kind_that_is_not_there_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("# One\n\nTwo.\n", "utf-8")
    with pytest.raises(HandoutError, match='did you mean "aftercare"'):
        import_draft(tmp_path / "a.md", to=tmp_path / "drafts", settings=ImportSettings(kind="aftercar"))
