"""A chain's clinics from its spreadsheet: all rows or none, and a second sheet changes what it changes alone."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from openpyxl import load_workbook
from press_room import Call, caller, printable

from handoutpress.app.brands.sheet_import import open_sheet, plan_brands, write_brands
from handoutpress.content.project import Project, builtin_root
from handoutpress.store import files
from handoutpress.yamlfile.problems import ContentError

ROOT = Path(__file__).parents[3]
CHAIN = (
    'meta: {name: Moorland}\ncolor: {primary: "#2f4858"}\ndefaults: {handout: {country: gb, formats: [a4-leaflet]}}\n'
)
CLINICS = """\
Clinic;Short name;Branch;Street;Town;Tel.;Mobile;E-Mail;Opening hours;Website;Logo;Team;Note: warm-tea;Revenue
River Clinic Limited;River;Town;1 Quay Street;Saltmere;01632 960 123;07700 900123;hello@river.example;Mon, 9 to 5;\
https://river.example;art/logo.svg;"Anna Bell, Osteopath, GOsC, 0123
Tom Day";Only here.;12
River Clinic Limited;;Hill;2 Top Lane;Upmere;01632 960 124;;;;;;;;13
Moor: Praxis Süd;;;;;;;;;;;;;
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = printable(tmp_path / "clinic")
    (root / "brands/chain").mkdir()
    (root / "brands/chain/_brand.yml").write_text(CHAIN, encoding="utf-8")
    (root / "art").mkdir()
    (root / "art/logo.svg").write_bytes((ROOT / "brands/harbour-osteopathy/logo.svg").read_bytes())
    (root / "clinics.csv").write_text(CLINICS, encoding="utf-8")
    return root


@pytest.fixture
def handouts(root: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Call:
    return caller(root, monkeypatch, capfd)


def all_files(root: Path) -> dict[str, str]:
    return {
        path.relative_to(root).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted((root / "brands").rglob("*"))
        if path.is_file()
    }


RIVER = """\
# yaml-language-server: $schema=../../schemas/brand.schema.json
meta:
  name:
    full: River Clinic Limited
    short: River
  link: https://river.example
  contacts:
    - name: Town
      address: [1 Quay Street, Saltmere]
      phone: 01632 960 123, 07700 900123
      email: hello@river.example
      hours: Mon, 9 to 5
    - name: Hill
      address: [2 Top Lane, Upmere]
      phone: 01632 960 124
logo: logo.svg
defaults:
  handout:
    extends: ../chain
    people:
      - name: Anna Bell
        role: Osteopath
        register: GOsC
        number: "0123"
      - name: Tom Day
    notes:
      warm-tea: Only here.
"""


def test_each_clinic_becomes_a_brand_and_its_rows_are_its_places(root: Path, handouts: Call) -> None:
    code, said, noted = handouts("brands", "import", "clinics.csv", "--extends", "chain")
    assert (code, said) == (0, "2 brands new, 0 changed, 0 unchanged.\n")
    assert 'Column F1 "Tel." is phone.\nColumn G1 "Mobile" is phone.' in noted
    assert (
        'Column N1 "Revenue" is not known, and is passed over: --map settles it, with Revenue: phone, or ignore.'
        in noted
    )
    folder = root / "brands/river-clinic-limited"
    assert (folder / "_brand.yml").read_text(encoding="utf-8") == RIVER
    assert (folder / "logo.svg").read_bytes() == (root / "art/logo.svg").read_bytes()
    assert 'name: "Moor: Praxis Süd"' in (root / "brands/moor-praxis-sud/_brand.yml").read_text(encoding="utf-8")
    code, _, complained = handouts("check")
    assert (code, complained) == (0, "")


@pytest.mark.parametrize("table", ["out.csv", "out.xlsx"])
def test_what_is_exported_changes_nothing_when_it_is_imported(root: Path, handouts: Call, table: str) -> None:
    handouts("brands", "import", "clinics.csv", "--extends", "chain")
    before = all_files(root)
    code, said, _ = handouts("brands", "export", table)
    assert (code, said) == (0, f"4 brands written into {table}.\n")
    code, said, _ = handouts("brands", "import", table, "--update")
    assert (code, said) == (0, "0 brands new, 0 changed, 4 unchanged.\n")
    assert all_files(root) == before
    code, _, complained = handouts("brands", "export", table)
    assert code == 1
    assert f"{table} is there already" in complained


BY_HAND = """\
# by hand
meta:
  name: {full: 'River Clinic Limited', short: "River"}
  contacts:
  - hours: Mon, 9 to 5   # and by appointment
    address: |
      1 Quay Street
      Saltmere
    phone: '01632 960 123'

  - {name: Sea, phone: 01632 960 125}
color: {primary: "#123456"}  # ours
defaults: {handout: {country: gb, people: [{name: Anna Bell, photo: anna.png, number: "0123"}]}}
"""


def test_an_update_keeps_what_was_written_by_hand_byte_for_byte(root: Path, handouts: Call) -> None:
    path = root / "brands/river/_brand.yml"
    path.parent.mkdir()
    path.write_bytes(b"\xef\xbb\xbf" + BY_HAND.replace("\n", "\r\n").encode())
    table = "slug,address,phone,hours,people\nriver,1 Quay Street; Saltmere,01632 960 777,,Anna Bell,,\n"
    (root / "second.csv").write_text(table.replace("Anna Bell,,", '"Anna Bell, Osteopath"'), encoding="utf-8")
    code, said, noted = handouts("brands", "import", "second.csv", "--update", "--dry-run")
    assert code == 0
    assert "-    phone: '01632 960 123'\n+    phone: '01632 960 777'\n" in said
    assert said.endswith("0 brands would be new, 1 would be changed, 0 unchanged.\n")
    assert "brands/river has a place that the sheet lacks: Sea. It stays; delete it there by hand." in noted
    assert path.read_bytes() == b"\xef\xbb\xbf" + BY_HAND.replace("\n", "\r\n").encode()
    handouts("brands", "import", "second.csv", "--update")
    wanted = BY_HAND.replace("960 123", "960 777").replace('"0123"}', '"0123", role: Osteopath}')
    assert path.read_bytes() == b"\xef\xbb\xbf" + wanted.replace("\n", "\r\n").encode()


BAD = """\
slug,name,phone,postcode,email,country,logo,note:cuppin,link
north,North Clinic,1632960001,,north@x,gb,,,
north,Other Clinic,01632 960 002,,,us,,,
South,South Clinic,960 003,,,gb,missing.svg,,
west,West Clinic,=A1,,,zz,bad.svg,Hello,https://
east,,01632 960 004,,,gb,,,
,,960 005,,,gb,,,
chain,Chain,,,,gb,,,
hill,Hill,,,,gb,,,
plain,Plain,,,,gb,,,,beyond
twin,Twin,01632 960 006,,,gb,,,
twin,Twin,01632 960 006,,,gb,,,
"""


def test_every_bad_row_is_told_at_once_with_its_cells_and_nothing_is_written(root: Path, handouts: Call) -> None:
    (root / "bad.csv").write_text(BAD, encoding="utf-8")
    (root / "bad.svg").write_text("<svg/>", encoding="utf-8")
    before = all_files(root)
    code, said, complained = handouts("brands", "import", "bad.csv", "--extends", "chain")
    assert (code, said) == (1, "")
    assert all_files(root) == before
    told = [line.partition(" Hint: ")[0] for line in complained.splitlines() if line.startswith("bad.csv:")]
    assert told == [
        'bad.csv:2:3: Cell C2: The telephone number "1632960001" lost its leading zero.',
        'bad.csv:2:5: Cell E2: "north@x" is not an e-mail address.',
        'bad.csv:3:2: Cell B3: "Other Clinic" has the slug "north", as "North Clinic" in B2 has.',
        'bad.csv:3:6: Cell F3: "us" contradicts "gb" in F2, of the same clinic.',
        'bad.csv:4:1: Cell A4: "South" cannot name a folder.',
        'bad.csv:4:3: Cell C4: "960 003" is no whole telephone number in "gb".',
        'bad.csv:4:7: Cell G4: The logo "missing.svg" does not exist.',
        "bad.csv:5:3: Cell C5 holds a formula (=A1).",
        'bad.csv:5:6: Cell F5: There is no country "zz".',
        'bad.csv:5:7: Cell G5: The logo "bad.svg" has no "viewBox", so it cannot be scaled.',
        'bad.csv:5:8: Cell H5: No handout is called "cuppin".',
        'bad.csv:5:9: Cell I5: "https://" is not a web address.',
        "bad.csv:6:1: Row 6: The new clinic has no name.",
        "bad.csv:7:1: Row 7: The new clinic has no name.",
        'bad.csv:7:3: Cell C7: "960 005" is no whole telephone number in "gb".',
        'bad.csv:8:1: Row 8: "chain" is the brand that it extends.',
        "bad.csv:9:1: Row 9: brands/hill/_brand.yml is there already.",
        "bad.csv:10:10: Cell J10: stands beyond the last column that has a head.",
        "bad.csv:12:1: Row 12: The row repeats row 11.",
    ]


def test_a_workbook_tells_zeros_and_merged_cells(root: Path, handouts: Call) -> None:
    (root / "us.csv").write_text("name,zip,country,phone\n", encoding="utf-8")
    handouts("brands", "export", "clinics.xlsx", "--brand", "hill")
    book = load_workbook(root / "clinics.xlsx")
    sheet = book.active
    sheet.delete_rows(1, 9)
    sheet.append(["name", "zip", "country", "phone"])
    sheet.append(["Boston", 2139, "us", 6175550123])
    sheet.append(["London", "N1 1AA", "gb", 2079460000])
    sheet.append(["Leeds", None, "gb", None])
    sheet.merge_cells("D4:D5")
    book.save(root / "clinics.xlsx")
    code, _, complained = handouts("brands", "import", "clinics.xlsx", "--extends", "chain")
    assert code == 1
    told = [line.partition(" Hint: ")[::2] for line in complained.splitlines() if line.startswith("clinics.xlsx:")]
    write = "give the column the format Text, and write"
    assert told == [
        ('clinics.xlsx:2:2: Cell B2: The postcode "2139" lost its leading zero.', f"{write} 02139."),
        (
            'clinics.xlsx:3:4: Cell D3: The telephone number "2079460000" lost its leading zero.',
            f"{write} 02079460000.",
        ),
        ("clinics.xlsx:4:4: Cell D4 is merged with others (D4:D5).", "unmerge them, and fill in each."),
    ]


def test_a_map_settles_what_a_column_holds(root: Path, handouts: Call) -> None:
    (root / "odd.csv").write_text("Nom du lieu de soin,Tel A,Tel B\nHill Two,01632 960 001,x\n", encoding="utf-8")
    code, _, complained = handouts("brands", "import", "odd.csv", "--extends", "chain")
    assert code == 1
    assert "odd.csv:1:1: No column has the names of the clinics." in complained
    (root / "columns.yaml").write_text("Nom du lieu de soin: nmae\nTel C: ignore\n", encoding="utf-8")
    code, _, complained = handouts("brands", "import", "odd.csv", "--map", "columns.yaml", "--extends", "chain")
    assert code == 1
    assert 'columns.yaml:1:22: "nmae" is nothing that a column may hold.' in complained
    assert 'columns.yaml:2:1: The sheet has no column "Tel C".' in complained
    told = "Nom du lieu de soin: name\nTel A: phone\nTel B: ignore\n"
    (root / "columns.yaml").write_text(told, encoding="utf-8")
    code, said, noted = handouts("brands", "import", "odd.csv", "--map", "columns.yaml", "--extends", "chain")
    assert (code, said) == (0, "1 brand new, 0 changed, 0 unchanged.\n")
    assert 'Column C1 "Tel B" is passed over.' in noted


def test_heads_of_four_languages_are_known_and_one_meaning_twice_is_asked_about(root: Path, handouts: Call) -> None:
    for heads in (
        "Nombre;Dirección;Teléfono;Correo electrónico;Horario;País",
        "Nom;Adresse;Téléphone;Courriel;Heures d’ouverture;Pays",
        "Praxisname;Straße;Telefon-Nr.;E-Mail-Adresse;Öffnungszeiten;Land",
    ):
        (root / "a.csv").write_text(heads + "\nUno;Calle 1;;;;gb\n", encoding="utf-8")
        code, _, noted = handouts("brands", "import", "a.csv", "--dry-run")
        assert code == 0
        assert [line.rpartition(" is ")[2] for line in noted.splitlines()][:2] == ["name.", "address."]
    (root / "a.csv").write_text("name,hours,Opening times\nUno,,\n", encoding="utf-8")
    code, _, complained = handouts("brands", "import", "a.csv")
    assert code == 1
    assert 'a.csv:1:3: The heads "hours" (B1) and "Opening times" (C1) both mean hours.' in complained


def test_a_brand_that_only_a_person_can_change_is_told(root: Path, handouts: Call) -> None:
    path = root / "brands/river/_brand.yml"
    path.parent.mkdir()
    path.write_text("meta:\n  name: &n River\n  contacts: [{name: *n}]\ndefaults: {handout: {country: gb}}\n", "utf-8")
    (root / "a.csv").write_text("slug,name\nriver,Brook\n", encoding="utf-8")
    code, _, complained = handouts("brands", "import", "a.csv", "--update")
    assert code == 1
    assert '"meta.name" is written in a way that only a person can change' in complained
    assert "change it there by hand to: Brook" in complained


def test_a_disk_that_is_full_leaves_every_brand_as_it_was(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project = Project(root.resolve(), builtin_root())
    before = all_files(root)
    changes = plan_brands(project, open_sheet(root / "clinics.csv"), extends="chain")
    real, calls = files._write, list[str | Path]()

    def full(part: str | Path, content: bytes, mode: int | None = None) -> files.FileStamp:
        calls.append(part)
        if len(calls) == 3:
            raise OSError(28, "No space left on device")
        return real(part, content, mode)

    monkeypatch.setattr(files, "_write", full)
    with pytest.raises(OSError, match="No space left"):
        write_brands(project, changes)
    assert all_files(root) == before
    assert not (root / "brands/river-clinic-limited").exists()


def clinics(count: int) -> list[str]:
    return [f"Moorland {at:04},{at + 1} High Street; Saltmere,01632 96{at:04},gb" for at in range(count)]


def printed(root: Path) -> dict[str, str]:
    return {
        path.relative_to(root).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in (root / "out").rglob("*.pdf")
    }


@pytest.mark.parametrize(("count", "changes"), [(20, 3), pytest.param(1000, 30, marks=pytest.mark.soak)])
def test_a_second_sheet_prints_anew_the_clinics_that_it_changes(
    root: Path, handouts: Call, count: int, changes: int
) -> None:
    rows = clinics(count)
    heads = "name,address,phone,country\n"
    (root / "clinics.csv").write_text(heads + "\n".join(rows), encoding="utf-8")
    handouts("brands", "import", "clinics.csv", "--extends", "chain")
    handouts("build", "warm-tea", "--brand", "moorland-*", "--jobs", "1")
    first, folders = printed(root), all_files(root)
    assert len(first) == count
    moved = range(2, count, count // changes)[:changes]
    for at in moved:
        rows[at] = rows[at].replace("High Street", "Low Street")
    (root / "second.csv").write_text(heads + "\n".join(rows), encoding="utf-8")
    code, said, _ = handouts("brands", "import", "second.csv", "--update")
    assert code == 0
    assert said.endswith(f"0 brands new, {changes} changed, {count - changes:,} unchanged.\n")
    changed = {name for name, digest in all_files(root).items() if folders[name] != digest}
    assert changed == {f"brands/moorland-{at:04}/_brand.yml" for at in moved}
    handouts("build", "warm-tea", "--brand", "moorland-*", "--jobs", "1")
    again = {name for name, digest in printed(root).items() if first[name] != digest}
    assert again == {f"out/moorland-{at:04}/en/a4-leaflet/warm-tea.pdf" for at in moved}


def test_what_is_no_table_is_told(tmp_path: Path) -> None:
    with pytest.raises(Exception, match=r"clinics\.ods is no table that is read here"):
        open_sheet(tmp_path / "clinics.ods")
    (tmp_path / "clinics.csv").write_text("\n", encoding="utf-8")
    with pytest.raises(ContentError, match="The file is empty"):
        open_sheet(tmp_path / "clinics.csv")
