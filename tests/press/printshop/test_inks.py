"""A brand's colours in ink: how near to the screen they print, reckoned from finished print files alone."""

from __future__ import annotations

import io
import math
from dataclasses import dataclass, replace
from functools import cache
from heapq import nsmallest
from itertools import product
from pathlib import Path
from typing import Any, NamedTuple

import pikepdf
import pytest
from coloraide import Color
from PIL import Image, ImageCms
from print_room import SHOP, PrintRoom, heaviest, separations
from print_room import made as made  # noqa: PLC0414

from handoutpress.content.brand.brand import ROLES
from handoutpress.content.print_profile import print_profile
from handoutpress.press.plate.branding import brand
from handoutpress.press.plate.prepared import prepare
from handoutpress.press.plate.roles import space_name
from handoutpress.press.printshop.imposition import for_print
from handoutpress.press.printshop.ink_limit import within_limit
from handoutpress.press.printshop.ink_rule import InkRule
from handoutpress.press.printshop.pictures import picture_to_inks
from handoutpress.press.printshop.press import PrintShopPress
from handoutpress.press.printshop.profile_inks import ProfileInks

OF_SAMPLES = (
    "#2f4858", "#33658a", "#14304f", "#a8731f", "#f6f1e7", "#1d4f84", "#5b2a57", "#b4690e", "#1f6650", "#7b4b86",
    "#f4623a", "#0b7378", "#a72b00", "#ebf5f1", "#f9eff7",
)  # fmt: skip
"""The colours of the five sample brands, and some of their tints and texts."""
ELSEWHERE = (
    "#c8102e", "#005eb8", "#00a499", "#ffb81c", "#41b6e6", "#ae2573", "#8a1538", "#ed8b00", "#006747", "#425563",
    "#6f263d", "#4a7729", "#9b6b43", "#d9a7c7", "#e76f51", "#0b1a2b",
)  # fmt: skip
"""Colours of clinics and health services, deep, bright and pale."""
COLOURS = (*OF_SAMPLES, *ELSEWHERE)
UNMIXABLE = ("#0000ff", "#00ff00", "#330072")
PROFILE = ProfileInks(print_profile(None))
Lab = tuple[float, ...]


def rgb(colour: str) -> tuple[float, float, float]:
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return (red, green, blue)


def sheets_in(made: PrintRoom, colours: tuple[str, ...]) -> bytes:
    """The print file of a card whose brand has these colours in its roles."""
    edition = made("a6-card").edition
    palette = dict(zip(ROLES, colours, strict=True))
    content = replace(made.press.brand_content(edition), colours=palette)
    pages = brand(prepare(made("a6-card").plate), content).data
    return for_print(pages, PrintShopPress(made.catalog, made.press, "print").ticket(edition))


def printed_roles(data: bytes) -> dict[str, tuple[float, ...]]:
    """The inks of each role's colour space, as the file has them."""
    roles = {}
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for value in pdf.objects:
            spaces: Any = value.get("/ColorSpace") if isinstance(value, pikepdf.Dictionary | pikepdf.Stream) else None
            for name in sorted(spaces.keys()) if isinstance(spaces, pikepdf.Dictionary) else ():
                if name.startswith("/Role"):
                    _, base, _, table = spaces[name].as_list()
                    assert base == "/DeviceCMYK"
                    roles[name] = tuple(ink / 255 for ink in bytes(table))
    return roles


@cache
def profile_in(data: bytes) -> ImageCms.ImageCmsProfile:
    with pikepdf.open(io.BytesIO(data)) as pdf:
        (intent,) = pdf.Root.OutputIntents
        assert (str(intent.S), str(intent.OutputConditionIdentifier)) == ("/GTS_PDFX", "FOGRA39")
        assert int(intent.DestOutputProfile.N) == 4
        return ImageCms.ImageCmsProfile(io.BytesIO(intent.DestOutputProfile.read_bytes()))


def printed_labs(data: bytes, inks: list[tuple[int, ...]]) -> list[Lab]:
    """How inks (0 to 255) look by the profile that the file carries, the paper being white."""
    picture = Image.new("CMYK", (len(inks), 1))
    picture.putdata(inks)
    lab = ImageCms.createProfile("LAB")
    back = ImageCms.buildTransform(profile_in(data), lab, "CMYK", "LAB", ImageCms.Intent.RELATIVE_COLORIMETRIC)
    seen = ImageCms.applyTransform(picture, back)
    assert seen is not None
    bands = [band.tobytes() for band in seen.split()]
    return [(light / 2.55, a - 128, b - 128) for light, a, b in zip(*bands, strict=True)]


@dataclass(frozen=True)
class Printed:
    """A colour in a finished file: its inks from 0 to 255, and how they look."""

    data: bytes
    inks: tuple[int, ...]
    lab: Lab


@pytest.fixture(scope="module")
def printed(made: PrintRoom) -> dict[str, Printed]:
    """Each colour in a file; seven roles fill one."""
    found, colours = {}, [*COLOURS, *UNMIXABLE]
    colours += colours[: -len(colours) % len(ROLES)]
    for at in range(0, len(colours), len(ROLES)):
        of_file = tuple(colours[at : at + len(ROLES)])
        data = sheets_in(made, of_file)
        roles = printed_roles(data)
        for role, colour in zip(ROLES, of_file, strict=True):
            inks = tuple(round(ink * 255) for ink in roles[space_name(role)])
            found[colour] = Printed(data, inks, printed_labs(data, [inks])[0])
    return found


def apart(colour: str, lab: Lab) -> float:
    """CIEDE2000 under D50."""
    return float(Color(colour).delta_e(Color("lab", list(lab)), method="2000", space="lab"))


def chroma(lab: Lab) -> float:
    return math.hypot(*lab[1:])


def screen(colour: str) -> Lab:
    return tuple(Color(colour).convert("lab").coords())


@pytest.fixture(scope="module")
def mixable(printed: dict[str, Printed]) -> list[Lab]:
    """How every 16th of each ink with every other looks: what a press can mix at all."""
    steps = [round(step * 255 / 16) for step in range(17)]
    return printed_labs(printed[COLOURS[0]].data, list(product(steps, repeat=4)))


def test_thirty_brand_colours_print_as_on_the_screen(printed: dict[str, Printed]) -> None:
    told = {colour: apart(colour, printed[colour].lab) for colour in COLOURS}
    assert len(told) >= 30
    assert {colour: distance for colour, distance in told.items() if distance > 5} == {}
    assert sum(distance <= 2 for distance in told.values()) >= 26
    kept = {colour: chroma(printed[colour].lab) / chroma(screen(colour)) for colour in COLOURS}
    assert {colour: share for colour, share in kept.items() if share < 0.7} == {}


def test_what_is_said_to_be_beyond_a_press_is_beyond_it(printed: dict[str, Printed], mixable: list[Lab]) -> None:
    for colour in UNMIXABLE:
        wanted = screen(colour)
        near = nsmallest(100, mixable, key=lambda lab, wanted=wanted: math.dist(lab, wanted))  # type: ignore[misc]
        assert min(apart(colour, lab) for lab in near) > 5
        assert apart(colour, printed[colour].lab) > 5


def test_no_colour_of_a_screen_takes_more_than_300_percent() -> None:
    steps = range(0, 256, 5)
    every = Image.new("RGB", (52 * 52, 52))
    every.putdata(list(product(steps, repeat=3)))
    for inked in (PROFILE.photograph(every), PROFILE.drawing(every)):
        assert max(sum(inks) for inks in zip(*(band.tobytes() for band in inked.split()), strict=True)) <= 3 * 255


def test_where_ink_is_taken_away_the_colour_stays() -> None:
    """Black takes its place: what 360% would look like, and what prints for it."""
    heavy = Image.new("CMYK", (1, 1), (230, 230, 200, 228))
    light = within_limit(heavy)
    before, after = (PROFILE.lab(tuple(ink / 255 for ink in each.tobytes())) for each in (heavy, light))  # type: ignore[arg-type]
    assert sum(light.tobytes()) <= 765 < sum(heavy.tobytes())
    assert math.dist(before, after) < 6
    assert within_limit(light).tobytes() == light.tobytes()


@pytest.mark.parametrize("level", [0, 0x1A, 0x33, 0x60, 0x80, 0xC0, 0xF5, 0xFF])
def test_a_grey_is_black_ink_alone_and_as_light_as_on_the_screen(level: int) -> None:
    inks = PROFILE.of(*[level / 255] * 3)
    assert inks[:3] == (0, 0, 0)
    seen, wanted = PROFILE.lab(inks)[0], screen("#" + f"{level:02x}" * 3)[0]
    assert inks[3] == 1 if level <= 0x33 else seen == pytest.approx(wanted, abs=0.5)


@pytest.mark.parametrize("colour", ["#1c1d22", "#111318", "#0d0d0a", "#1a1a1a"])
def test_what_prints_as_black_is_black_ink_alone(colour: str) -> None:
    assert PROFILE.of(*rgb(colour)) == (0, 0, 0, 1)


def test_a_brand_may_name_inks_and_black_files_have_none_of_them() -> None:
    named = {"primary": (1.0, 0.6, 0.0, 0.2)}
    assert InkRule(PROFILE, named).of_role("primary", rgb("#14304f")) == named["primary"]
    assert InkRule(PROFILE, named).of_role("tint", rgb("#14304f")) == PROFILE.of(*rgb("#14304f"))
    assert InkRule(PROFILE, named, mono=True).of_role("primary", rgb("#14304f"))[:3] == (0, 0, 0)
    assert InkRule(PROFILE, named, mono=True).of_role("heading", rgb("#a8731f")) == (0, 0, 0, 1)


def test_ghostscript_separates_a_brands_colour_as_the_file_has_it(made: PrintRoom, tmp_path: Path) -> None:
    files = made("a3-poster")
    roles = printed_roles(files.sheets)
    planes = separations(files.sheets, tmp_path, dpi=20)[0]
    merged = Image.merge("CMYK", [planes[ink].point(lambda level: 255 - level) for ink in INKS])
    wide = [inks for count, inks in merged.getcolors(merged.width * merged.height) or [] if count > 400]
    primary = tuple(round(ink * 255) for ink in roles["/RolePrimary"])
    assert any(max(abs(a - b) for a, b in zip(primary, inks, strict=True)) <= 2 for inks in wide)  # type: ignore[arg-type]
    assert heaviest(planes) <= 300


def test_a_brands_own_profile_stands_in_its_print_files(made: PrintRoom) -> None:
    files = made("a6-card", brand="vale")
    (primary, accent) = (printed_roles(files.sheets)[space_name(role)] for role in ("primary", "accent"))
    assert accent == pytest.approx((0, 0.4, 1, 0.4), abs=0.003)
    assert sum(primary[:3]) > 0.5
    for data in (files.sheets, files.mono):
        with pikepdf.open(io.BytesIO(data)) as pdf:
            (intent,) = pdf.Root.OutputIntents
            assert [str(intent[key]) for key in ("/OutputConditionIdentifier", "/Info")] == ["Custom", SHOP]
            assert "/RegistryName" not in intent
            assert SHOP.encode() in intent.DestOutputProfile.read_bytes()
    of_vale, of_hill = (
        list(PrintShopPress(made.catalog, made.press, "print").inputs(made("a6-card", brand=brand).edition)[-1])
        for brand in ("vale", "hill")
    )
    assert of_vale[1:] == ["brands/vale/shop.icc"]
    assert of_hill[1:] == ["built-in/profiles/FOGRA39L_coated.icc"]


INKS = ("Cyan", "Magenta", "Yellow", "Black")


class Inked(NamedTuple):
    space: str
    pixels: list[tuple[int, ...]]


def in_print(image: Image.Image, mode: str, *, photograph: bool = False, mono: bool = False) -> Inked:
    """A picture of a PDF after it was turned into inks."""
    pdf = pikepdf.new()
    file = io.BytesIO()
    image.save(file, "JPEG", quality=100, subsampling=0)
    data, filter_ = (file.getvalue(), "/DCTDecode") if photograph else (image.tobytes(), None)
    stream = pdf.make_stream(b"", Subtype=pikepdf.Name.Image, Width=image.width, Height=image.height)
    stream.write(data, filter=pikepdf.Name(filter_) if filter_ else None)
    stream.ColorSpace, stream.BitsPerComponent = pikepdf.Name(mode), 8
    picture_to_inks(stream, InkRule(PROFILE, mono=mono))
    return Inked(str(stream.ColorSpace), pixels(stream))


def pixels(stream: pikepdf.Stream) -> list[tuple[int, ...]]:
    data, each = stream.read_bytes(), 4 if stream.ColorSpace == "/DeviceCMYK" else 1
    return [tuple(data[at : at + each]) for at in range(0, len(data), each)]


def test_a_drawings_greys_are_black_ink_and_a_photographs_are_mixed() -> None:
    picture = Image.new("RGB", (16, 16), (128, 128, 128))
    drawn, taken = (in_print(picture, "/DeviceRGB", photograph=way).pixels for way in (False, True))
    assert drawn[0][:3] == (0, 0, 0)
    assert taken[0][0] > 0
    for inks in (drawn[0], taken[0]):
        assert PROFILE.lab(tuple(ink / 255 for ink in inks))[0] == pytest.approx(screen("#808080")[0], abs=1)  # type: ignore[arg-type]


def test_a_pictures_plum_prints_as_plum() -> None:
    inks = in_print(Image.new("RGB", (4, 4), (0x5B, 0x2A, 0x57)), "/DeviceRGB").pixels[0]
    assert apart("#5b2a57", PROFILE.lab(tuple(ink / 255 for ink in inks))) < 2  # type: ignore[arg-type]


@pytest.mark.parametrize(("mode", "space"), [("L", "/DeviceGray"), ("RGB", "/DeviceRGB")])
def test_a_picture_in_black_alone_is_grey(mode: str, space: str) -> None:
    inked = in_print(Image.new("RGB", (4, 4), (200, 200, 200)).convert(mode), space, mono=True)
    assert inked.space == "/DeviceGray"
    assert 255 - inked.pixels[0][0] == round(PROFILE.grey(200 / 255) * 255)


def test_a_logo_that_flows_into_the_paper_is_one_picture_with_its_mask(made: PrintRoom) -> None:
    with pikepdf.open(io.BytesIO(made("a6-card", brand="glow").sheets)) as pdf:
        streams = [value for value in pdf.objects if isinstance(value, pikepdf.Stream)]
        assert not any("/PatternType" in stream or "/ShadingType" in stream for stream in streams)
        (picture,) = [stream for stream in streams if "/SMask" in stream]
        width, mask = int(picture.Width), picture.SMask.read_bytes()
        assert picture.ColorSpace == "/DeviceCMYK"
        row = int(picture.Height) * 6 // 10
        faded = mask[row * width : (row + 1) * width]
        assert faded[width // 50] > 240 > faded[width // 2] > faded[-width // 50]
        assert max(map(sum, pixels(picture))) <= 765
