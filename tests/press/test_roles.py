"""Colour roles: every place that a sentinel may stand in becomes a role, and any other is refused."""

import io

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from handoutpress.content.brand.brand import ROLES
from handoutpress.press.plate.plate_file import PlateError, set_roles
from handoutpress.press.plate.roles import (
    SENTINELS,
    holds_sentinel,
    palette,
    replace_sentinels,
    sentinel_css,
    shows_sentinel,
    space_name,
)


def operands(role: str) -> bytes:
    """A sentinel as the engine writes it."""
    return " ".join(f"{part / 255:g}" for part in SENTINELS[role]).encode()


PRIMARY = operands("primary")


@pytest.mark.parametrize("role", ROLES)
def test_a_sentinel_becomes_its_role(role: str) -> None:
    name = space_name(role).encode()
    stream = b"q %b rg 0 0 9 9 re f %b\nRG S Q" % (operands(role), operands(role))
    assert replace_sentinels(stream) == b"q %b cs 0 sc 0 0 9 9 re f %b CS 0 SC S Q" % (name, name)


@pytest.mark.parametrize("stream", [b"0.1 0.2 0.3 rg", b"1 0 0 RG", b"0 g", b"12.9843 0.0118 0.7843 rg"])
def test_other_colours_stay(stream: bytes) -> None:
    assert replace_sentinels(stream) == stream
    assert not shows_sentinel(stream)


def test_sentinels_are_apart_and_in_css() -> None:
    assert len(set(SENTINELS.values())) == len(ROLES) == len(set(map(space_name, ROLES)))
    assert sentinel_css()["primary"] == "#fb03c8"


def test_a_palette_holds_one_colour() -> None:
    assert palette("#2F4858") == b"[/Indexed /DeviceRGB 0 <2F4858>]"


def test_a_sentinel_is_found_among_numbers() -> None:
    numbers = [part / 255 for part in SENTINELS["tint"]]
    assert holds_sentinel([0, 1, *numbers, 1])
    assert not holds_sentinel([0, 1, *reversed(numbers)])


def page_with(content: bytes) -> tuple[pikepdf.Pdf, pikepdf.Page]:
    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=(100, 100))
    page.obj.Resources = Dictionary()
    page.obj.Contents = pdf.make_stream(content)
    return pdf, page


def form(pdf: pikepdf.Pdf, content: bytes, **entries: object) -> pikepdf.Object:
    return pdf.make_stream(content, Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 9, 9]), **entries)


def test_roles_reach_nested_forms_and_patterns() -> None:
    pdf, page = page_with(b"/Outer Do")
    inner = form(pdf, PRIMARY + b" rg 0 0 9 9 re f")
    tiles = pdf.make_stream(PRIMARY + b" RG S", PatternType=1, PaintType=1, Resources=Dictionary())
    outer = form(pdf, b"/Inner Do", Resources=Dictionary(XObject=Dictionary(Inner=inner)))
    page.obj.Resources.XObject = Dictionary(Outer=outer)
    page.obj.Resources.Pattern = Dictionary(Tiles=tiles)
    spaces = set_roles(pdf)
    assert set(spaces.keys()) == {f"/{role}" for role in ROLES}
    assert inner.read_bytes() == b"/RolePrimary cs 0 sc 0 0 9 9 re f"
    assert tiles.read_bytes() == b"/RolePrimary CS 0 SC S"
    assert tiles.Resources.ColorSpace["/RolePrimary"].objgen == spaces["/primary"].objgen


def test_a_form_without_resources_of_its_own_still_finds_its_roles() -> None:
    """Such a form looks among its page's resources (ISO 32000-1, 7.8.3)."""
    pdf, page = page_with(b"/Inner Do")
    page.obj.Resources.XObject = Dictionary(Inner=form(pdf, PRIMARY + b" rg 0 0 9 9 re f"))
    set_roles(pdf)
    assert "/RolePrimary" in page.obj.Resources.ColorSpace


def gradient(pdf: pikepdf.Pdf) -> pikepdf.Object:
    colour = Array([part / 255 for part in SENTINELS["primary"]])
    blend = Dictionary(FunctionType=2, Domain=Array([0, 1]), C0=colour, C1=Array([1, 1, 1]), N=1)
    shading = Dictionary(ShadingType=2, ColorSpace=Name.DeviceRGB, Coords=Array([0, 0, 9, 9]), Function=blend)
    return pdf.make_indirect(shading)


def picture(pdf: pikepdf.Pdf) -> pikepdf.Object:
    space = Array([Name.Separation, Name.Spot, Name.DeviceRGB, Dictionary(C1=Array([0.984314, 0.011765, 0.784314]))])
    return pdf.make_indirect(Dictionary(ColorSpace=space))


@pytest.mark.parametrize("plant", [gradient, picture])
def test_a_sentinel_that_cannot_be_a_role_stops_the_plate(plant: object) -> None:
    pdf, page = page_with(b"/Fade sh")
    page.obj.Resources.Shading = Dictionary(Fade=plant(pdf))  # type: ignore[operator]
    with pytest.raises(PlateError) as caught:
        set_roles(pdf)
    assert str(caught.value) == ("A brand's colour stands in a gradient. Hint: use the roles for solid colours only.")


def test_the_same_page_without_it_passes() -> None:
    pdf, _ = page_with(b"0.5 g 0 0 9 9 re f")
    assert set_roles(pdf)
    pdf.save(io.BytesIO())
