"""Pictures as a page has them: upright, without what a camera notes in them, as large as print needs and no larger."""

from __future__ import annotations

import base64
import io
import re
from pathlib import Path

import pytest
from PIL import Image
from press_room import CASES

from handoutpress.content.models.blocks.picture import ShownPicture
from handoutpress.content.pictures.handout_picture import HandoutPicture, use_of
from handoutpress.press.extras.small_pictures import PAGE_PPIS, page_picture, stored
from handoutpress.press.page.blocks.drawings import DrawingView, picture_drawing

BROUGHT = CASES / "brought" / "pictures" / "accepted" / "pictures"


def drawing_of(name: str, size: tuple[int, int], widest: float | None = 180.0) -> DrawingView:
    picture = HandoutPicture(BROUGHT / name, *size, pixels=not name.endswith(".svg"), digest=name)
    return picture_drawing(picture, "picture", "A splint", widest)


def bytes_of(drawing: DrawingView) -> bytes:
    match = re.search(r'src="data:image/[a-z+]+;base64,([^"]+)" alt="A splint"', drawing.html)
    assert match
    return base64.b64decode(match[1])


def test_a_photograph_is_turned_upright_and_says_nothing_of_where_it_was_taken() -> None:
    name = "Photo of a splint.JPG"
    with Image.open(BROUGHT / name) as brought:
        assert brought.size == (750, 1000)
        assert brought.getexif().get_ifd(0x8825), "it has a place"

    data = bytes_of(drawing_of(name, (1000, 750)))

    with Image.open(io.BytesIO(data)) as printed:
        assert printed.width > printed.height
        assert not printed.getexif()
        assert printed.info.keys() <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
    assert b"A camera" not in data


def test_a_photograph_of_inks_is_printed_in_colours_that_screens_have() -> None:
    with Image.open(io.BytesIO(bytes_of(drawing_of("inks.jpg", (1000, 750))))) as printed:
        assert printed.mode == "RGB"


@pytest.mark.parametrize("widest", [180.0, 84.0, 40.0])
def test_no_picture_is_finer_than_a_screen_shows_nor_wider_than_its_page(widest: float) -> None:
    drawing = drawing_of("inks.jpg", (1000, 750), widest)

    assert drawing.width <= widest
    with Image.open(io.BytesIO(bytes_of(drawing))) as printed:
        assert printed.width <= drawing.width / 25.4 * PAGE_PPIS[0] + 1


@pytest.mark.parametrize(("labels", "width"), [(3, 110.0), (4, 122.0)])
def test_a_picture_of_four_parts_is_as_wide_as_its_text(labels: int, width: float) -> None:
    shown = ShownPicture.model_validate({"file": "strip.svg", "alt": "Four steps", "labels": list("abcd"[:labels])})
    strip = HandoutPicture(BROUGHT / "marks.svg", 400, 80, pixels=False, digest="strip")

    assert strip.printed(use_of(shown), 122.0)[0] == width


def test_a_drawing_stays_one_unless_it_has_effects(tmp_path: Path) -> None:
    assert bytes_of(drawing_of("marks.svg", (120, 60))).startswith(b"\x89PNG")

    plain = tmp_path / "plain.svg"
    plain.write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><rect width="9" height="9"/></svg>', "utf-8"
    )
    shown = picture_drawing(HandoutPicture(plain, 9, 9, pixels=False, digest="x"), "step", "A splint", 40.0)
    assert b"<rect" in bytes_of(shown)


def test_the_same_file_gives_the_same_bytes() -> None:
    first, second = (bytes_of(drawing_of("inks.jpg", (1000, 750))) for _ in range(2))
    assert first == second


def test_a_photograph_that_was_saved_without_loss_is_stored_as_one(tmp_path: Path) -> None:
    sky = Image.linear_gradient("L").resize((300, 200)).convert("RGB")
    grain = Image.merge("RGB", [Image.effect_noise((300, 200), 40) for _ in range(3)])
    Image.blend(sky, grain, 0.1).convert("RGBA").save(tmp_path / "photo.png")
    Image.new("RGB", (300, 200), "teal").save(tmp_path / "flat.png")
    assert page_picture(tmp_path / "photo.png", 30, 10**6).suffix == ".jpg"
    assert page_picture(tmp_path / "flat.png", 30, 10**6).suffix == ".png"


def test_photographs_that_share_a_file_are_only_as_fine_as_their_bytes_allow() -> None:
    finest = len(stored(page_picture(BROUGHT / "inks.jpg", 90, 10**6)))
    widths = []
    for most in (finest, finest - 1, 0):
        with Image.open(io.BytesIO(stored(page_picture(BROUGHT / "inks.jpg", 90, most)))) as shown:
            widths.append(shown.width)
    assert widths == [round(90 / 25.4 * ppi) for ppi in (220, 200, 160)]
