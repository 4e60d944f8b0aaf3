"""``handouts references add``: papers by number or from an export, appended without a touch of what is there."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from press_room import clinic
from registry_server import REAL, Registry, serving

from handoutpress.app.new import new_project
from handoutpress.app.references import Registries, add_references, verify_references
from handoutpress.content.crosschecks import cited_in
from handoutpress.content.library import load_library
from handoutpress.content.models.citations import cited_keys
from handoutpress.content.project import Project, builtin_root
from handoutpress.editorial.registries.adding import AddedReference
from handoutpress.yamlfile.problems import HandoutError

SUMMARY = {
    "uid": "28796569",
    "title": "Cups and <i>skin</i>.",
    "authors": [{"name": "Birch AB"}, {"name": "Cup Group"}],
    "pubdate": "2017 Aug 3",
    "fulljournalname": "Journal of skin",
    "source": "J Skin",
    "volume": "3",
    "issue": "2",
    "pages": "7-9",
    "articleids": [{"idtype": "doi", "value": "10.1000/CUPS"}],
}
BIBTEX = r"""@article{Doe2019Knee,
  title = {Needling {the} knee: CO$_2$ \& M{\"u}ller}, author = {Doe, Jane A. and
    van den Berg, Jan and {World Health Org}},
  journal = {J Ex}, year = 2019, month = mar, volume = 54, number = 2, pages = {12--19}, doi = {10.1234/ex.1}}
@online{who_2020, title = {A page}, url = {https://who.example/x}, date = {2020-05}}
"""
RIS = """TY  - JOUR
AU  - Roe, Ann
AU  - Elm Group
TI  - Heat
JO  - J Ex
PY  - 2018/04/
VL  - 5
SP  - 1
EP  - 9
DO  - 10.1234/heat
ER  -
"""
CSL = [
    {"id": "müller:2020", "type": "book", "title": "Wärme 😀", "note": "PMID: 123", "issued": {"date-parts": [[2020]]}},
    {"id": "leaf-2021", "type": "book", "title": "Another"},
]


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project(clinic(tmp_path).resolve(), builtin_root())


def add(project: Project, *sources: str, registry: Registry | None = None) -> list[AddedReference]:
    with serving(registry or Registry()) as served:
        registries = Registries(crossref=served.address, pubmed=served.address)
        return list(add_references(project, registries, sources).references)


def test_a_doi_and_a_pmid_are_looked_up_and_confirmed(project: Project) -> None:
    before = (project.root / "references.yaml").read_text("utf-8")
    registry = Registry(works={REAL["DOI"]: REAL}, summaries={"28796569": SUMMARY})
    added = add(project, f"https://doi.org/{REAL['DOI']}", "PMID: 28796569", registry=registry)
    assert [(entry.key, entry.status) for entry in added] == [("alder-2018", "confirmed"), ("birch-2017", "confirmed")]
    assert (project.root / "references.yaml").read_text("utf-8").startswith(before)
    library = load_library(project)
    assert library.problems == ()
    assert library.references["birch-2017"].csl() == {
        "id": "birch-2017",
        "type": "article-journal",
        "title": "Cups and skin",
        "author": [{"family": "Birch", "given": "AB"}, {"literal": "Cup Group"}],
        "issued": {"date-parts": [[2017, 8, 3]]},
        "container-title": "Journal of skin",
        "container-title-short": "J Skin",
        "volume": "3",
        "issue": "2",
        "page": "7-9",
        "DOI": "10.1000/cups",
        "PMID": "28796569",
    }
    again = add(
        project,
        "10.1000/CUPS".lower(),
        "28796569",
        registry=Registry(summaries=registry.summaries, works={"10.1000/cups": {**REAL, "DOI": "10.1000/cups"}}),
    )
    assert [(entry.key, entry.already) for entry in again] == [("birch-2017", True), ("birch-2017", True)]
    assert len(load_library(project).references) == len(library.references)


def test_a_retracted_paper_is_added_as_retracted(project: Project) -> None:
    pulled = REAL | {"updated-by": [{"type": "retraction", "DOI": "10.1000/notice"}]}
    (added,) = add(project, REAL["DOI"], registry=Registry(works={REAL["DOI"]: pulled}))
    assert added.status == "retracted"


@pytest.mark.parametrize(
    ("name", "text", "keys"),
    [
        ("list.bib", BIBTEX, ["Doe2019Knee", "who_2020"]),
        ("list.ris", RIS, ["roe-2018"]),
        ("list.json", json.dumps(CSL, indent="\t"), ["müller:2020", "leaf-2021"]),
        ("list.yaml", "---\nreferences:\n- id: Doe:2019\n  type: book\n  title: T\n...\n", ["Doe:2019"]),
    ],
)
def test_exports_are_added_under_their_keys_and_not_verified(
    project: Project, tmp_path: Path, name: str, text: str, keys: list[str]
) -> None:
    (tmp_path / name).write_text(text, "utf-8")
    added = add(project, str(tmp_path / name))
    assert [(entry.key, entry.status) for entry in added] == [(key, "not-verified") for key in keys]
    library = load_library(project)
    assert library.problems == ()
    assert set(keys) <= set(library.references)


def test_a_fresh_export_can_be_looked_up(project: Project, tmp_path: Path) -> None:
    file = tmp_path / "export.json"
    file.write_text(json.dumps([{"id": "Alder_2018", "type": "article-journal", "title": REAL["title"][0]}]), "utf-8")
    with serving(Registry(works={REAL["DOI"]: REAL})) as served:
        registries = Registries(crossref=served.address, pubmed=served.address)
        (checked,) = verify_references(project, registries, file=file)
    assert (checked[0].custom.status, checked[1].outcome) == ("not-verified", "confirmed")


def test_bibtex_and_ris_are_read_whole(project: Project, tmp_path: Path) -> None:
    (tmp_path / "a.bib").write_text(BIBTEX, "utf-8")
    (tmp_path / "a.ris").write_text(RIS, "utf-8")
    add(project, str(tmp_path / "a.bib"), str(tmp_path / "a.ris"))
    references = load_library(project).references
    doe = references["Doe2019Knee"]
    assert (doe.plain_title, doe.year, doe.csl()["page"]) == ("Needling the knee: CO₂ & Müller", 2019, "12-19")
    assert [name.family or name.literal for name in doe.author] == ["Doe", "Berg", "World Health Org"]
    assert references["roe-2018"].csl()["issued"] == {"date-parts": [[2018, 4]]}


@pytest.mark.parametrize(
    "library",
    [
        "references:\n  - id: a\n    type: book\n    title: A\n...\n",
        "# ours\n- id: a\n  type: book\n  title: A",
        "",
        "---\nreferences:\n- id: a\n  type: book\n  title: A\n...\n",
    ],
)
def test_entries_are_appended_in_the_way_of_the_file(project: Project, tmp_path: Path, library: str) -> None:
    (project.root / "references.yaml").write_text(library, "utf-8")
    (tmp_path / "a.ris").write_text(RIS, "utf-8")
    add(project, str(tmp_path / "a.ris"))
    text = (project.root / "references.yaml").read_text("utf-8")
    assert text.startswith(library.removesuffix("...\n"))
    assert set(load_library(project).references) == {"roe-2018", *(["a"] if library else [])}


@pytest.mark.parametrize(
    ("source", "sentence"),
    [
        ("hello", "neither a number of a paper nor a file"),
        ("10.1234/nothing", "leads nowhere"),
        ("99", "leads nowhere"),
        ("broken.bib", "cannot be read"),
        ("gone.ris", "cannot be read"),
        ("empty.ris", "has no references"),
    ],
)
def test_what_is_no_paper_is_said_and_nothing_is_written(
    project: Project, monkeypatch: pytest.MonkeyPatch, source: str, sentence: str
) -> None:
    monkeypatch.chdir(project.root)
    Path("broken.bib").write_text("@article{x, title = {never closed\n", "utf-8")
    Path("empty.ris").write_text("\n", "utf-8")
    before = Path("references.yaml").read_bytes()
    with pytest.raises(HandoutError, match=sentence):
        add(project, source)
    assert Path("references.yaml").read_bytes() == before


def test_a_library_in_json_is_read_where_there_is_no_other_and_moved_by_adding_it(project: Project) -> None:
    (project.root / "references.yaml").rename(project.root / "old.yaml")
    (project.root / "references.json").write_text(json.dumps(CSL, indent="\t"), "utf-8")
    library = load_library(project)
    assert (list(library.references), library.references["müller:2020"].PMID) == (["müller:2020", "leaf-2021"], "123")
    added = add(project, str(project.root / "references.json"))
    assert [entry.key for entry in added] == ["müller:2020", "leaf-2021"]
    assert "two libraries" in str(load_library(project).problems[0])


def test_a_new_project_has_only_what_its_handouts_and_articles_cite(tmp_path: Path) -> None:
    new_project(tmp_path / "new")
    project = Project((tmp_path / "new").resolve(), builtin_root())
    keys = set(load_library(project).references)
    cited = {item.key for path in project.files("handouts").values() for item in cited_in(project.read(path))}
    of_articles = {
        key for path in (project.root / "articles").iterdir() for key, _ in cited_keys(path.read_text("utf-8"))
    }
    assert of_articles - cited
    assert keys == cited | of_articles
    ours = (builtin_root() / "references.yaml").read_text("utf-8")
    entries = (project.root / "references.yaml").read_text("utf-8").split("\n- id: ")[1:]
    assert all(f"- id: {entry.rstrip()}" in ours for entry in entries)


LEE = """- id: lee-2010
  type: article-journal
  title: {title}
  author: [{{family: Lee, given: MS}}]
  issued: {{date-parts: [[2010]]}}
"""
DRAFT = """title: Gua sha
# [@lee-2010] in a comment is nobody's citation
what_it_is: |
  It is scraping [@leaf-2020; @lee-2010]. See [@lee-2010b] and [@lee-2010].
risks:
  items:
    - name: Bruises
      references: [lee-2010, "lee-2010"]
"""


@pytest.fixture
def drafted(project: Project) -> Path:
    """A draft whose list has the key of another paper of the library."""
    with (project.root / "references.yaml").open("a", encoding="utf-8") as library:
        library.write(LEE.format(title="Moxibustion for stroke"))
    (project.root / "drafts").mkdir()
    listed = project.root / "drafts/gua-sha.references.yaml"
    listed.write_text(f"# a list\n{LEE.format(title='Guasha for pain')}", "utf-8")
    (project.root / "drafts/gua-sha.en.yaml").write_text(DRAFT, "utf-8")
    (project.root / "drafts/gua-sha.en.md").write_text("# Gua sha\n\nScraping [@lee-2010].\n", "utf-8")
    return listed


def test_a_key_that_another_paper_has_is_replaced_in_the_list_and_its_draft(project: Project, drafted: Path) -> None:
    for is_there in (False, True):
        (added,) = add(project, str(drafted))
        assert (added.key, added.already) == ("lee-2010-2", is_there)
        library = load_library(project)
        assert library.problems == ()
        assert library.references["lee-2010-2"].title == "Guasha for pain"
        text = drafted.with_name("gua-sha.en.yaml").read_text("utf-8")
        assert "[@leaf-2020; @lee-2010-2]. See [@lee-2010b] and [@lee-2010-2]." in text
        assert 'references: [lee-2010-2, "lee-2010-2"]' in text
        assert "Scraping [@lee-2010-2]." in drafted.with_name("gua-sha.en.md").read_text("utf-8")
        assert drafted.read_text("utf-8").startswith("# a list\n- id: lee-2010-2\n")


def test_a_paper_that_is_there_under_another_key_is_cited_by_that(project: Project, drafted: Path) -> None:
    with (project.root / "references.yaml").open("a", encoding="utf-8") as library:
        library.write(LEE.format(title="Guasha for pain").replace("lee-2010", "guasha"))
    (added,) = add(project, str(drafted))
    assert (added.key, added.already, added.key_there) == ("guasha", True, "lee-2010")
    assert "[@leaf-2020; @guasha]" in drafted.with_name("gua-sha.en.yaml").read_text("utf-8")


def test_a_key_of_another_paper_is_refused_where_nobody_knows_who_cites_it(project: Project, drafted: Path) -> None:
    for path in drafted.parent.glob("gua-sha.en.*"):
        path.unlink()
    before = (project.root / "references.yaml").read_bytes()
    with pytest.raises(HandoutError, match='write "lee-2010-2" for "lee-2010" there, and wherever you cite'):
        add(project, str(drafted))
    assert (project.root / "references.yaml").read_bytes() == before
