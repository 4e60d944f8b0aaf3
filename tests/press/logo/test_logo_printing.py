"""SVG logos on paper: drawn with lines where these look as in a browser, else as a picture, and told."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from handoutpress.content.brand.brand import Logo
from handoutpress.press.layout.typeset import Typesetter
from handoutpress.press.logo.comparison import OnGrounds, on_grounds, visible_difference
from handoutpress.press.logo.logo_printer import LogoPrinter
from handoutpress.store.cache import Cache

HEAD = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 300 100">'
DISC = '<circle cx="50" cy="50" r="45" fill="#005AA0"/>'
BAR = '<path d="M110 30H290V70H110Z" fill="#C83C1E"/>'


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Typesetter:
    fonts = Path(__file__).parents[3] / "fonts" / "source-sans-3"
    return Typesetter([fonts], tmp_path_factory.mktemp("fontconfig"))


@pytest.fixture
def way(engine: Typesetter, tmp_path: Path) -> Callable[[str], str]:
    """How an SVG prints, by what stands within it."""

    def of(inner: str) -> str:
        path = tmp_path / "logo.svg"
        path.write_text(f"{HEAD}{inner}</svg>", "utf-8")
        return LogoPrinter(Cache(tmp_path / "cache"), lambda: engine).print_of(Logo(path, "", 300, 100)).way

    return of


LINES = {
    "shapes": DISC + BAR,
    "a white mark": '<circle cx="50" cy="50" r="45" fill="#fff"/>',
    "a gradient": '<linearGradient id="g"><stop stop-color="#005AA0"/><stop offset="1" stop-color="#fff"/>'
    '</linearGradient><rect width="300" height="100" fill="url(#g)"/>',
    "hairlines": "".join(f'<path d="M0 {y}H300" stroke="#000" stroke-width=".7"/>' for y in range(5, 100, 10)),
    "a clip": f'<clipPath id="c"><circle cx="50" cy="50" r="30"/></clipPath><g clip-path="url(#c)">{DISC}</g>',
}
PICTURE = {
    "lines too thin to print": f'{DISC}<path d="M0 95H300" stroke="#000" stroke-width=".3"/>',
    "a rule too thin to print": f'{DISC}<g transform="scale(.1)"><rect y="900" width="3000" height="3"/></g>',
    "a mask": f'<mask id="m"><rect width="150" height="100" fill="#fff"/></mask><g mask="url(#m)">{DISC}{BAR}</g>',
    "a blur": f'<filter id="f"><feGaussianBlur stdDeviation="6"/></filter><g filter="url(#f)">{DISC}</g>',
    "a blend": f'{DISC}<circle cx="80" cy="50" r="45" fill="#C83C1E" style="mix-blend-mode:multiply"/>',
    "a white frame": '<clipPath id="c"><path clip-rule="evenodd" d="M0 0H9V9H0ZM2 2H7V7H2Z"/></clipPath>'
    '<g transform="scale(10)"><rect width="9" height="9" fill="#fff" clip-path="url(#c)"/></g>',
}


@pytest.mark.parametrize("name", LINES)
def test_what_the_engine_draws_right_keeps_its_lines(way: Callable[[str], str], name: str) -> None:
    assert way(LINES[name]) == "lines"


@pytest.mark.parametrize("name", PICTURE)
def test_what_the_engine_draws_otherwise_prints_as_a_picture(way: Callable[[str], str], name: str) -> None:
    assert way(PICTURE[name]) == "picture"


def test_a_picture_has_600_pixels_to_the_inch_and_keeps_what_is_see_through(engine: Typesetter, tmp_path: Path) -> None:
    path = tmp_path / "logo.svg"
    path.write_text(f"{HEAD}{PICTURE['a mask']}</svg>", "utf-8")
    printed = LogoPrinter(Cache(tmp_path / "cache"), lambda: engine).printed(Logo(path, "", 300, 100), 50.8)
    with Image.open(io.BytesIO(printed.data)) as picture:
        assert (picture.size, picture.mode) == ((1200, 400), "RGBA")
        assert printed.dpi > 601
        assert picture.getpixel((200, 200)) == (0, 0x5A, 0xA0, 255)
        assert picture.getpixel((5, 5))[3] == 0  # type: ignore[index]


def test_what_was_found_out_of_a_logo_is_cached_by_its_content(engine: Typesetter, tmp_path: Path) -> None:
    def no_engine() -> Typesetter:
        raise AssertionError

    paths = [tmp_path / "a.svg", tmp_path / "b.svg"]
    for path in paths:
        path.write_text(f"{HEAD}{DISC}</svg>", "utf-8")
    first = LogoPrinter(Cache(tmp_path / "cache"), lambda: engine).print_of(Logo(paths[0], "", 300, 100))
    assert LogoPrinter(Cache(tmp_path / "cache"), no_engine).print_of(Logo(paths[1], "", 300, 100)) == first


def drawn(disc_at: int, line: bool = False) -> OnGrounds:
    picture = Image.new("RGBA", (200, 100))
    pen = ImageDraw.Draw(picture)
    pen.ellipse((disc_at, 10, disc_at + 80, 90), fill="black")
    if line:
        pen.line((100, 50, 200, 50), fill="white")
    return on_grounds(picture)


def test_softened_edges_are_no_difference_and_a_lost_line_is_one() -> None:
    assert visible_difference(drawn(10), drawn(11)) == 0
    assert visible_difference(drawn(10), drawn(10, line=True)) == pytest.approx(0.02, abs=0.005)


def test_a_picture_of_much_detail_has_fewer_pixels(engine: Typesetter, tmp_path: Path) -> None:
    dots = "".join(
        f'<circle cx="{x}" cy="{y}" r="2.4" fill="hsl({x * y % 360},80%,{30 + (x + y) % 40}%)"/>'
        for x in range(5, 300, 5)
        for y in range(5, 100, 5)
    )
    masked = f'<mask id="m"><rect width="280" height="100" fill="#fff"/></mask><g mask="url(#m)">{dots}</g>'
    widths = []
    for name, inner in (("plain", PICTURE["a mask"]), ("detailed", masked)):
        path = tmp_path / f"{name}.svg"
        path.write_text(f"{HEAD}{inner}</svg>", "utf-8")
        printed = LogoPrinter(Cache(tmp_path / "cache"), lambda: engine).printed(Logo(path, "", 300, 100), 60)
        widths.append(Image.open(io.BytesIO(printed.data)).width)
    assert widths == [round(60 / 25.4 * 600), round(60 / 25.4 * 150)]
