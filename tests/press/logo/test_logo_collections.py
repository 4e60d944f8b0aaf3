"""Real logos, and those that clinics bring, as they print and as chromium shows them: alike, or told."""

from __future__ import annotations

import io
import math
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

import pytest
from browsing import ACROSS, in_browser, logo_size, shown_in_browser
from PIL import Image
from playwright.sync_api import Browser

from handoutpress.content.brand.svg import Svg, read_svg
from handoutpress.content.brand.svg_picture import svg_picture
from handoutpress.press.layout.typeset import Typesetter
from handoutpress.press.logo.comparison import OnGrounds, on_grounds, visible_difference
from handoutpress.press.logo.engine_drawing import engine_drawing
from handoutpress.press.logo.judging import judge

ROOT = Path(__file__).parents[3]
COLLECTIONS = ROOT / ".logos"
BROUGHT = ROOT / "tests" / "cases" / "brought" / "svg"

VISIBLE_SHARE = 0.01
"""What is called different: a hundredth of a logo's ink."""
KNOWN: dict[str, str] = {}
"""Logos that print otherwise than chromium shows them, and nothing is said: each was looked at. At most eight."""


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Typesetter:
    return Typesetter([ROOT / "fonts" / "source-sans-3"], tmp_path_factory.mktemp("fontconfig"))


def readable(paths: Iterable[Path]) -> Iterator[tuple[Path, Svg]]:
    """The logos that are not refused."""
    for path in paths:
        try:
            yield path, read_svg(path.read_bytes())
        except ValueError:
            continue


def differences(paths: Iterable[Path], engine: Typesetter, browser: Browser) -> dict[str, tuple[str, float]]:
    """How each logo prints, and which share of it looks otherwise in chromium."""
    found = {}
    logos = readable(paths)
    while some := list(islice(logos, ACROSS**2)):
        pictures = shown_in_browser(browser, [(path.read_bytes(), svg.width / svg.height) for path, svg in some])
        for (path, svg), shown in zip(some, pictures, strict=True):
            found[path.relative_to(ROOT).as_posix()] = difference(svg, shown, engine)
    return found


def difference(svg: Svg, shown: OnGrounds, engine: Typesetter) -> tuple[str, float]:
    ratio, way = svg.width / svg.height, judge(svg, engine).way
    width, _ = logo_size(ratio)
    if way == "lines":
        finer = engine_drawing(engine, svg, (2 * width, math.ceil(2 * width / ratio))).shown
    else:
        finer = on_grounds(Image.open(io.BytesIO(svg_picture(svg.data, 2 * width))).convert("RGBA"))
    return way, visible_difference(
        OnGrounds(*(halved(each, shown) for each in (finer.on_white, finer.on_black))), shown
    )


def halved(picture: Image.Image, shown: OnGrounds) -> Image.Image:
    """A picture at half its size, without the row of pixels that it fills in part."""
    return picture.reduce(2).crop((0, 0, *shown.on_white.size))


def brought(*, whole: bool) -> list[Path]:
    """The logos of the cases, all or the first that can be read of each that the soak does not have alone."""
    cases = [sorted(case.glob("brands/*/logo.svg")) for case in sorted(BROUGHT.iterdir())]
    if whole:
        return [path for paths in cases for path in paths]
    return [path for paths in cases if not (paths[0].parents[2] / "soak").exists() for path in firsts(paths)]


def firsts(paths: Iterable[Path]) -> list[Path]:
    return [path for path, _ in islice(readable(paths), 1)]


@in_browser
@pytest.mark.parametrize("whole", [False, pytest.param(True, marks=pytest.mark.soak)])
def test_what_a_clinic_brings_looks_as_in_a_browser(engine: Typesetter, browser: Browser, whole: bool) -> None:
    found = differences(brought(whole=whole), engine, browser)
    assert len(found) >= (30 if whole else 6)
    assert {path: way for path, (way, share) in found.items() if share > VISIBLE_SHARE} == {}


@pytest.mark.soak
@in_browser
@pytest.mark.skipif(not COLLECTIONS.exists(), reason="The collections are not here; fetch them with: make logos")
def test_real_logos_print_as_in_a_browser_or_are_told(engine: Typesetter, browser: Browser) -> None:
    paths = sorted(COLLECTIONS.glob("*.svg"))
    assert len(paths) > 4_000
    found = differences(paths, engine, browser)
    silent = {Path(path).stem for path, (way, share) in found.items() if way == "lines" and share > VISIBLE_SHARE}
    assert silent == KNOWN.keys()
    assert len(KNOWN) <= 8
