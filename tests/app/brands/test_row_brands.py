"""Clinics that stay rows of ``brands/clinics.csv``: printed, checked and told as any brand, each row by itself."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

import pytest
from press_room import Call, caller, printable

from handoutpress.app.project import names_in, open_catalog
from handoutpress.app.studio.shelf import read_shelf
from handoutpress.content.brand.brand import Brand
from handoutpress.content.clinic_sheets.row_sheet import RowSheet
from handoutpress.content.edition_filter import EditionFilter
from handoutpress.content.project import Project, builtin_root

ROOT = Path(__file__).parents[3]
CHAIN = """\
meta: {name: Moorland, link: https://moorland.example}
color: {primary: "#2f4858"}
defaults: {handout: {country: gb, formats: [a4-leaflet], lines: {en: {disclaimer: Ask us}}}}
"""
HEADS = "Clinic,Short name,Extends,Street,Telephone,Website,Logo,Team,Note: warm-tea"
RIVER = "River Clinic Limited,River,chain,1 Quay Street,01632 960 123,,art/logo.svg,Anna Bell,Only here."
ROWS = (
    RIVER,
    "Hill Clinic,,chain,2 Top Lane,01632 960 124,https://hill.example,,,",
    "Sea Clinic,,chain,3 Low Lane,01632 960 125,,,,",
)


def write_sheet(root: Path, *rows: str, heads: str = HEADS) -> None:
    (root / "brands/clinics.csv").write_text("\n".join((heads, *rows, "")), encoding="utf-8")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = printable(tmp_path / "clinic")
    (root / "brands/chain").mkdir()
    (root / "brands/chain/_brand.yml").write_text(CHAIN, encoding="utf-8")
    (root / "brands/art").mkdir()
    (root / "brands/art/logo.svg").write_bytes((ROOT / "brands/harbour-osteopathy/logo.svg").read_bytes())
    write_sheet(root, *ROWS)
    return root


@pytest.fixture
def handouts(root: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Call:
    return caller(root, monkeypatch, capfd)


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The rows that were read, not taken from the cache; "sheet" for the sheet itself."""
    noted: list[str] = []
    brand, whole = RowSheet.brand, RowSheet._read

    def note(sheet: RowSheet, slug: str, *words: object) -> object:
        noted.append(slug)
        return brand(sheet, slug, *words)  # type: ignore[arg-type]

    def note_sheet(sheet: RowSheet) -> None:
        noted.append("sheet")
        whole(sheet)

    monkeypatch.setattr(RowSheet, "brand", note)
    monkeypatch.setattr(RowSheet, "_read", note_sheet)
    return noted


def brands(root: Path) -> dict[str, Brand]:
    catalog = open_catalog(Project(root.resolve(), builtin_root()))
    assert not catalog.problems
    return dict(catalog.brands)


def printed(root: Path) -> dict[str, str]:
    out = root / "out"
    files = {path.relative_to(out).as_posix(): path.read_bytes() for path in out.rglob("*.pdf")}
    return {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}


def test_a_row_is_the_brand_that_an_import_of_it_would_write(root: Path, handouts: Call) -> None:
    as_rows = brands(root)
    (root / "brands/clinics.csv").rename(root / "brands/list.csv")
    code, _, _ = handouts("brands", "import", "brands/list.csv")
    assert code == 0
    as_files = brands(root)
    assert as_rows.keys() == as_files.keys() == {"chain", "hill", "hill-clinic", "river-clinic-limited", "sea-clinic"}
    for slug, brand in as_files.items():
        row = as_rows[slug]
        logo = replace(brand.logo, path=row.logo.path) if brand.logo and row.logo else brand.logo
        assert replace(row, path=brand.path, files=brand.files, row=None) == replace(brand, logo=logo), slug
    assert as_rows["river-clinic-limited"].link == "https://moorland.example"


def test_rows_are_kept_as_they_were_read_and_a_changed_sheet_reads_what_has_changed(
    root: Path, read: list[str]
) -> None:
    first = brands(root)
    assert read == ["sheet", "hill-clinic", "river-clinic-limited", "sea-clinic"]
    read.clear()
    assert brands(root) == first
    assert read == []  # not even the sheet
    write_sheet(root, "Bay Clinic,,chain,4 Bay Lane,,,,,", *ROWS[:2], ROWS[2].replace("3 Low", "33 Low"))
    moved = brands(root)
    assert read == ["sheet", "bay-clinic", "sea-clinic"]
    assert moved["hill-clinic"] == replace(first["hill-clinic"], row=moved["hill-clinic"].row)
    assert (first["hill-clinic"].place, moved["hill-clinic"].place) == ((3, 1), (4, 1))
    read.clear()
    (root / "brands/chain/_brand.yml").write_text(CHAIN.replace("#2f4858", "#1f5f5b"), encoding="utf-8")
    assert brands(root)["hill-clinic"].colours.primary == "#1f5f5b"
    assert read == ["sheet", "bay-clinic", "hill-clinic", "river-clinic-limited", "sea-clinic"]
    read.clear()
    (root / "brands/art/logo.svg").write_bytes((root / "brands/art/logo.svg").read_bytes() + b"\n")
    brands(root)
    assert read == ["sheet", "river-clinic-limited"]


def test_a_changed_row_makes_the_sheets_of_its_clinic_alone_here_and_on_other_machines(
    root: Path, handouts: Call
) -> None:
    words = ("build", "warm-tea", "--jobs", "1", "--no-html", "--brand", "*-*")
    code, _, noted = handouts(*words)
    assert (code, noted.partition(" in ")[0]) == (0, "3 made, 0 unchanged")
    first = printed(root)
    # A row above moves the others down; one has another telephone number.
    write_sheet(root, "Bay Clinic,,chain,4 Bay Lane,01632 960 126,,,,", ROWS[1], RIVER, ROWS[2].replace("125", "777"))
    code, said, _ = handouts(*words, "--explain", "--dry-run")
    assert code == 0
    assert [line for line in said.splitlines() if not line.endswith(": unchanged")] == [
        "bay-clinic/en/a4-leaflet/warm-tea.pdf: never made",
        "sea-clinic/en/a4-leaflet/warm-tea.pdf: brands/clinics.csv (sea-clinic) changed",
    ]
    code, _, noted = handouts(*words)
    assert (code, noted.partition(" in ")[0]) == (0, "2 made, 2 unchanged")
    again = printed(root)
    assert {name for name, digest in first.items() if again[name] != digest} == {
        "sea-clinic/en/a4-leaflet/warm-tea.pdf"
    }
    assert handouts("plan", "--to", "../store", *words[1:2], "--no-html", "--brand", "*-*")[0] == 0
    assert handouts("build", "--plan", "../store", "--shard", "1/1")[0] == 0
    (root / "out").rename(root / "alone")
    assert handouts("pull", "../store", "out")[0] == 0
    assert printed(root) == again


BAD = (
    "South Clinic,,chain,,960 003,https://,missing.svg,,Our tea [@no-such].",
    "West Clinic,,chan,,1632960001,,,,",
    "West Clinic,,chan,,1632960001,,,,",
    "Hill,,chain,,=A1,,,,",
    ",,chain,,01632 960 004,,,,",
    *ROWS,
)


def test_mistakes_name_their_row_and_cell_and_other_clinics_are_there(root: Path, handouts: Call) -> None:
    write_sheet(root, *BAD, heads=HEADS.replace("Website", "Web site") + ",Revenue")
    catalog = open_catalog(Project(root.resolve(), builtin_root()))
    told = [str(problem).partition(" Hint: ")[0] for problem in catalog.problems]
    assert told == [
        'brands/clinics.csv:1:10: Cell J1: "Revenue" is no column that is known.',
        'brands/clinics.csv:2:5: Cell E2: "960 003" is no whole telephone number in "gb".',
        'brands/clinics.csv:2:6: Cell F2: "https://" is not a web address.',
        'brands/clinics.csv:2:7: Cell G2: The logo "missing.svg" does not exist.',
        'brands/clinics.csv:3:3: Cell C3: "extends" cannot be followed: there is no brand in "chan".',
        "brands/clinics.csv:4:1: Row 4: The row repeats row 3.",
        'brands/clinics.csv:5:1: Row 5: The brand "hill" has a file, too: brands/hill/_brand.yml.',
        "brands/clinics.csv:6:1: Row 6: The clinic has no name.",
    ]
    assert catalog.brands.keys() == {"chain", "hill-clinic", "river-clinic-limited", "sea-clinic"}
    shelf = read_shelf(catalog.project)
    assert (len(shelf.problems), shelf.brands["sea-clinic"]) == (8, "Sea Clinic")
    (root / "brands/columns.yaml").write_text("Revenue: ignore\n", encoding="utf-8")
    code, said, complained = handouts("build", "warm-tea", "--brand", "sea-clinic", "--no-html", "--dry-run")
    assert (code, said, complained) == (0, "sea-clinic/en/a4-leaflet/warm-tea.pdf: never made\n", "")
    code, _, complained = handouts("build", "warm-tea", "--brand", "west-clinic", "--dry-run")
    assert code == 1
    assert 'Cell C3: "extends" cannot be followed' in complained
    assert "Cell F2" not in complained


def test_what_a_row_may_not_say_stops_its_clinic(root: Path, handouts: Call) -> None:
    write_sheet(root, RIVER.replace("Only here.", "Acupuncture cures cancer."), *ROWS[1:])
    code, said, _ = handouts("check")
    assert code == 1
    assert "brands/clinics.csv:2:9: " in said
    for _ in range(2):  # from the check, and from its cache
        code, said, complained = handouts("build", "warm-tea", "--no-html", "--brand", "*-*", "--dry-run")
        assert (code, said.count("never made"), "river" in said) == (1, 2, False)
        assert "brands/clinics.csv:2:9: " in complained


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "The file is empty; its first row names the columns."),
        (
            HEADS.encode() + b"\nZ\xfcrich,,,,,,,,\n",
            'Hint: save it as UTF-8 ("CSV UTF-8" in a spreadsheet).',
        ),
        (b"Street\nHigh Street\n", "No column has the names of the clinics. "),
        (
            b"name,Clinic\nOne,Two\n",
            "Hint: say which one counts: write brands/columns.yaml, with a line Clinic: ignore.",
        ),
    ],
)
def test_a_sheet_that_cannot_be_read_is_told_and_other_brands_are_there(root: Path, content: bytes, told: str) -> None:
    (root / "brands/clinics.csv").write_bytes(content)
    catalog = open_catalog(Project(root.resolve(), builtin_root()))
    (problem,) = catalog.problems
    assert problem.path == Path("brands/clinics.csv")
    assert told in str(problem)
    assert catalog.brands.keys() == {"chain", "hill"}


def test_a_workbook_alone_is_told(root: Path) -> None:
    (root / "brands/clinics.csv").rename(root / "brands/clinics.xlsx")
    catalog = open_catalog(Project(root.resolve(), builtin_root()))
    assert [str(problem).partition(" Hint: ")[0] for problem in catalog.problems] == [
        "brands/clinics.xlsx: A workbook is not read as brands."
    ]


def test_a_file_for_a_clinic_that_is_a_row_is_not_begun(root: Path, handouts: Call) -> None:
    code, _, complained = handouts("new", "brand", "sea-clinic")
    assert (code, '"sea-clinic" is a row of brands/clinics.csv already.' in complained) == (1, True)
    (root / "more.csv").write_text("name,extends,street\nSea Clinic,chain,Quay\nBay,chan,Quay\n", encoding="utf-8")
    code, _, complained = handouts("brands", "import", "more.csv")
    assert code == 1
    assert 'more.csv:2:1: Row 2: "sea-clinic" is a row of brands/clinics.csv already.' in complained
    assert 'more.csv:3:2: Cell B3: There is no brand "chan".' in complained
    assert not (root / "brands/bay").exists()
    (root / "more.csv").write_text("name,extends,street\nBay,chain,Quay\n", encoding="utf-8")
    assert handouts("brands", "import", "more.csv")[0] == 0
    assert "extends: ../chain" in (root / "brands/bay/_brand.yml").read_text(encoding="utf-8")
    assert handouts("brands", "export", "all.csv", "--brand", "bay")[0] == 0
    assert "extends" in (root / "all.csv").read_text(encoding="utf-8").splitlines()[0]
    (root / "more.csv").write_text("name,extends\nBay,hill\n", encoding="utf-8")
    assert handouts("brands", "import", "more.csv", "--update")[0] == 0
    assert "extends: ../hill" in (root / "brands/bay/_brand.yml").read_text(encoding="utf-8")


def test_rows_are_among_the_names_of_brands_and_one_is_read_alone(root: Path, read: list[str]) -> None:
    project = Project(root.resolve(), builtin_root())
    assert "sea-clinic" in names_in(project, "brands")
    read.clear()
    assert open_catalog(project, EditionFilter(brands=("sea-*",))).brands.keys() == {"sea-clinic"}
    assert read == ["sheet", "sea-clinic"]
