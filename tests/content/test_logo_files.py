"""Logos as files: every usual kind of picture comes out as a screen shows it, and is measured against its ground."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image, ImageCms, ImageDraw, ImageFile

from brands import read_brand
from handoutpress.content.brand.brand import Brand
from handoutpress.content.brand.logo_files import printed_picture, read_picture
from handoutpress.content.brand.rasters import encoded, read_raster
from handoutpress.content.brand.visibility import Visibility, brings_own_ground, visibility
from handoutpress.content.project import Project, builtin_root

TEAL, RUST, PAPER = (20, 90, 110), (200, 60, 30), "#ffffff"
_TURNED = 0x0112
TURNS = {
    2: [Image.Transpose.FLIP_LEFT_RIGHT],
    3: [Image.Transpose.ROTATE_180],
    4: [Image.Transpose.FLIP_TOP_BOTTOM],
    5: [Image.Transpose.TRANSPOSE],
    6: [Image.Transpose.ROTATE_90],
    7: [Image.Transpose.TRANSVERSE],
    8: [Image.Transpose.ROTATE_270],
}
"""How a picture lies in a file whose EXIF orientation turns it upright."""


def logo(mode: str = "RGBA", first: tuple[int, ...] = TEAL, second: tuple[int, ...] = RUST) -> Image.Image:
    """A disc and a bar, which differ by side, height and colour."""
    picture = Image.new("RGBA", (600, 200))
    draw = ImageDraw.Draw(picture)
    draw.ellipse((10, 10, 190, 190), first)
    draw.rectangle((220, 20, 590, 80), second)
    white = Image.new("RGBA", picture.size, "white")
    return picture if mode == "RGBA" else Image.alpha_composite(white, picture).convert(mode)


def saved(picture: Image.Image, kind: str, **options: object) -> bytes:
    file = io.BytesIO()
    picture.save(file, kind, **options)
    return file.getvalue()


def printed(raw: bytes) -> Image.Image:
    """What the press is given, on white."""
    raster = read_raster(raw)
    data = raw if raster.as_it_is else encoded(raster)[0]
    picture = Image.open(io.BytesIO(data)).convert("RGBA")
    return Image.alpha_composite(Image.new("RGBA", picture.size, "white"), picture).convert("RGB")


def near(one: object, other: tuple[int, ...], by: int = 12) -> bool:
    return isinstance(one, tuple) and all(abs(a - b) <= by for a, b in zip(one, other, strict=True))


KINDS = {
    "png": saved(logo(), "PNG"),
    "palette": saved(logo().quantize(8), "PNG"),
    "webp": saved(logo(), "WEBP", quality=90),
    "avif": saved(logo(), "AVIF", quality=90),
    "gif": saved(logo(), "GIF"),
    "tiff": saved(logo(), "TIFF", compression="tiff_lzw"),
    "cmyk tiff": saved(logo("CMYK"), "TIFF"),
    "bmp": saved(logo("RGB"), "BMP"),
    "jpeg": saved(logo("RGB"), "JPEG", quality=95),
    "cmyk jpeg": saved(logo("CMYK"), "JPEG", quality=95),
    "bytes behind a jpeg": saved(logo("RGB"), "JPEG", quality=95) + bytes(6000),
    "photo of a phone": saved(logo("RGB"), "MPO", save_all=True, append_images=[Image.new("RGB", (60, 20))]),
}


@pytest.mark.parametrize("kind", KINDS)
def test_every_usual_kind_prints_as_a_screen_shows_it(kind: str) -> None:
    picture = printed(KINDS[kind])
    assert picture.size == (600, 200)
    assert near(picture.getpixel((100, 100)), TEAL)
    assert near(picture.getpixel((400, 50)), RUST)
    assert near(picture.getpixel((599, 199)), (255, 255, 255))


@pytest.mark.parametrize("turn", TURNS)
@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_a_picture_stands_upright_whichever_way_its_camera_was_held(turn: int, kind: str) -> None:
    lying = logo("RGB")
    for step in TURNS[turn]:
        lying = lying.transpose(step)
    exif = Image.Exif()
    exif[_TURNED] = turn
    picture = printed(saved(lying, kind, exif=exif))
    assert picture.size == (600, 200)
    assert near(picture.getpixel((100, 100)), TEAL)
    assert near(picture.getpixel((400, 50)), RUST)


def test_sixteen_bits_become_eight() -> None:
    assert near(printed(saved(Image.new("I;16", (400, 200), 40_000), "PNG")).getpixel((5, 5)), (156, 156, 156), 1)


def test_another_colour_profile_becomes_that_of_screens() -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB"))
    assert near(printed(saved(logo("RGB"), "PNG", icc_profile=profile.tobytes())).getpixel((100, 100)), TEAL)
    broken = saved(logo("RGB"), "PNG", icc_profile=b"no profile")
    assert near(printed(broken).getpixel((100, 100)), TEAL)


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (saved(logo("RGB"), "JPEG")[:3000], "is a broken picture"),
        (saved(logo(), "PNG")[:600], "is a broken picture"),
        (b"GIF89a", "is a broken picture"),
        (saved(logo(), "GIF", save_all=True, append_images=[logo().rotate(9)]), "is animated"),
        (saved(logo("RGB"), "TIFF", save_all=True, append_images=[logo("RGB").rotate(9)]), "holds 2 pictures"),
        (saved(Image.new("F", (300, 300)), "TIFF"), "has colours that screens do not show"),
        (b"%PDF-1.7", "is a PDF"),
        (b"8BPS\0\1", "is a Photoshop file"),
        (b"words", "is not a picture that can be printed"),
    ],
)
def test_what_cannot_be_printed_says_why(raw: bytes, said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)  # as the engine sets it
    with pytest.raises(ValueError, match=said) as caught:
        read_raster(raw)
    assert " Hint: " in str(caught.value)
    assert ImageFile.LOAD_TRUNCATED_IMAGES is True


def test_a_picture_of_few_pixels_says_how_small_it_prints(tmp_path: Path) -> None:
    for side, width in ((150, 19), (100, 13)):
        path = tmp_path / f"{side}.png"
        Image.new("RGB", (side, side), "#334455").save(path)
        said = f"only {side} × {side} pixels, so that it prints {width} mm wide: larger, it would look coarse"
        assert read_picture(path).remarks == (said,)
    enough = tmp_path / "enough.png"
    Image.new("RGB", (300, 300), "#334455").save(enough)
    assert read_picture(enough).remarks == ()


def test_a_converted_picture_is_the_same_bytes_each_time(tmp_path: Path) -> None:
    path = tmp_path / "logo.webp"
    path.write_bytes(KINDS["webp"])
    first, second = printed_picture(path), printed_picture(path)
    assert first.suffix == ".png"
    assert first.data == second.data


@pytest.mark.parametrize(
    ("first", "second", "ground", "seen"),
    [
        (TEAL, RUST, PAPER, True),
        ((255, 255, 255), (255, 255, 255), PAPER, False),
        ((255, 255, 255), (255, 255, 255), "#2f4858", True),
        (TEAL, (255, 255, 255), PAPER, False),
        ((243, 146, 0), (243, 146, 0), PAPER, True),
        ((250, 240, 190), (250, 240, 190), PAPER, False),
    ],
)
def test_a_logo_is_seen_where_its_ink_stands_out(
    first: tuple[int, ...], second: tuple[int, ...], ground: str, seen: bool
) -> None:
    assert visibility(logo("RGBA", first, second), ground).is_seen is seen


def test_white_on_a_sign_of_its_own_is_not_lost() -> None:
    sign = logo("RGBA", TEAL, TEAL)
    ImageDraw.Draw(sign).rectangle((240, 35, 560, 65), "white")
    assert visibility(sign, PAPER) == Visibility(contrast=visibility(logo("RGBA", TEAL, TEAL), PAPER).contrast, lost=0)


def test_an_opaque_picture_brings_its_own_ground() -> None:
    assert brings_own_ground(logo("RGB"))
    assert not brings_own_ground(logo())


def brand_of(folder: Path, text: str, **logos: Image.Image) -> Brand:
    clinic = folder / "brands" / "clinic"
    clinic.mkdir(parents=True)
    (clinic / "_brand.yml").write_text(
        f"meta: {{name: Hill}}\n{text}\ndefaults: {{handout: {{country: gb}}}}\n", "utf-8"
    )
    for name, picture in logos.items():
        picture.save(clinic / f"{name}.png")
    return read_brand(clinic, Project(folder.resolve(), builtin_root()))


def test_a_white_logo_lies_on_the_brands_colour_with_room_around_it(tmp_path: Path) -> None:
    white = logo("RGBA", (255, 255, 255), (255, 255, 255))
    brand = brand_of(tmp_path, "logo: white.png\ncolor: {primary: '#0b5d4e'}", white=white)
    assert brand.logo is not None
    assert (brand.logo.ground, brand.logo.width, brand.logo.height) == ("#0b5d4e", 648, 248)
    assert brand.unseen_logo is None
    assert len(brand.logo_remarks) == 1


def test_a_logo_that_nothing_makes_seen_gives_way_to_the_name(tmp_path: Path) -> None:
    brand = brand_of(tmp_path, "logo: blank.png", blank=Image.new("RGB", (600, 200), "white"))
    assert (brand.logo, brand.logo_shape) == (None, "none")
    assert brand.unseen_logo is not None
    assert brand.unseen_logo in brand.files
