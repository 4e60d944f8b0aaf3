"""The picture of a sheet that is shown where someone shares the address of its page."""

from __future__ import annotations

from pathlib import Path

import pikepdf
import pytest
from PIL import Image
from press_room import change
from site_room import made, released, site_project

from handoutpress.content.project import Project
from handoutpress.site.clinics import NOBODYS, PICTURE_SIZE
from handoutpress.site.sheet_drawing import draw_sheet

HOST = "https://sheets.hill.example"
RED, BLACK = (170, 0, 0), (0, 0, 0)
PLAIN = tuple(bytes.fromhex(NOBODYS.primary[1:]))


def sheet(path: Path) -> None:
    """A page as branding leaves it: a ground in the clinic's red, and black art of its own at the upper left."""
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page(page_size=(595, 842))
        art = pdf.make_stream(
            b"0 g 0 0 1 1 re f", Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form, BBox=[0, 0, 1, 1]
        )
        space = [pikepdf.Name.Indexed, pikepdf.Name.DeviceRGB, 0, pikepdf.String(bytes(RED))]
        page.obj.Resources = pikepdf.Dictionary(ColorSpace={"/RolePrimary": space}, XObject={"/x1": art})
        page.obj.Contents = pdf.make_stream(b"/RolePrimary cs 0 sc 0 0 595 842 re f q 300 0 0 200 0 642 cm /x1 Do Q")
        path.parent.mkdir(parents=True, exist_ok=True)
        pdf.save(path, deterministic_id=True)


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    project = site_project(tmp_path_factory.mktemp("pictures"))
    for code in released(project, "one"):
        sheet(project.root / f"releases/one/{code.brand}/{code.language}/a4-leaflet/{code.handout}.pdf")
    return project


def colours(path: Path) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """The colours of a picture where the clinic's art is, and where the ground is."""
    with Image.open(path) as picture:
        assert picture.size == PICTURE_SIZE
        shown = picture.convert("RGB")
        return shown.getpixel((100, 100)), shown.getpixel((1100, 600))  # type: ignore[return-value]


def test_clinic_with_a_host_of_its_own_shows_its_sheet(project: Project) -> None:
    folder = made(project).folder
    assert colours(folder / "warm-tea.en.png") == (BLACK, RED)
    for page in ("warm-tea/en/index.html", "warm-tea/en/sheet/index.html"):
        assert f'<meta property="og:image" content="{HOST}/warm-tea.en.png">' in (folder / page).read_text("utf-8")
    assert "og:image" not in (folder / "index.html").read_text("utf-8")
    again = draw_sheet(project.root / "releases/one/hill/en/a4-leaflet/warm-tea.pdf", is_plain=False)
    assert again == (folder / "warm-tea.en.png").read_bytes()


def test_clinics_that_share_a_host_have_one_picture_without_anything_of_theirs(project: Project) -> None:
    change(project.root / "project.yaml", lambda keys: keys["site"].update(base=f"{HOST}/{{brand}}"))
    folder = made(project).folder
    assert colours(folder / "warm-tea.en.png") == (PLAIN, PLAIN)
    assert not list((folder / "hill").glob("*.en.png"))
    html = (folder / "hill/warm-tea/en/index.html").read_text("utf-8")
    assert f'<meta property="og:image" content="{HOST}/warm-tea.en.png">' in html
