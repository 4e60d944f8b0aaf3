"""SVG in colour roles, and pictograms: what is read, and what is told of the rest."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from handoutpress.content.brand.brand import ROLES
from handoutpress.content.models.handouts import Passage
from handoutpress.content.pictures.role_svg import has_roles, read_roles
from handoutpress.content.project import builtin_root

HEAD = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 20">'
COLOURS = {role: f"#00000{number}" for number, role in enumerate(ROLES)}
ICONS = sorted((builtin_root() / "icons").glob("*.svg"))


def painted(shapes: str) -> str:
    drawing = read_roles(f"{HEAD}{shapes}</svg>".encode())
    assert (drawing.width, drawing.height) == (10, 20)
    return drawing.painted(COLOURS)


@pytest.mark.parametrize(
    ("shape", "paint"),
    [
        ('<path fill="primary" d="M0 0h9v9z"/>', f'fill="{COLOURS["primary"]}"'),
        ('<path stroke="primary-text" d="M0 0h9v9z"/>', f'stroke="{COLOURS["primary_text"]}"'),
        ('<path style="fill: accent; opacity: .5" d="M0 0h9v9z"/>', f'fill="{COLOURS["accent"]}"'),
        ('<style>.a { fill: tint }</style><path class="a" d="M0 0h9v9z"/>', f'fill="{COLOURS["tint"]}"'),
        ('<path fill="ink" d="M0 0h9v9z"/>', 'fill="#1a1a1a"'),
        ('<path fill="accent" stroke="none" d="M0 0h9v9z"/>', f'fill="{COLOURS["accent"]}"'),
        (
            '<pattern id="p" width="2" height="2"><path fill="accent" d="M0 0h1"/></pattern><path fill="url(#p)"/>',
            f'fill="{COLOURS["accent"]}"',
        ),
        ('<g id="a"><path fill="primary" d="M0 0h2v2z"/></g><use href="#a" x="4"/>', f'fill="{COLOURS["primary"]}"'),
    ],
)
def test_a_colour_role_takes_the_brands_colour(shape: str, paint: str) -> None:
    assert has_roles(shape.encode())
    assert paint in painted(shape)


def test_a_drawing_in_its_own_colours_has_no_roles() -> None:
    assert not has_roles(b'<path fill="red" stroke="#123456" id="primary"/>')


@pytest.mark.parametrize(
    ("shapes", "told"),
    [
        (
            '\n<linearGradient id="g"/><path fill="primary" d="M0 0h9v9z"/>',
            "holds <linearGradient> (line 2), which cannot take a brand's colours. Hint: use flat fills and lines,",
        ),
        (
            '<path fill="accent" d="M0 0h9v9z"/><path fill="primry" d="M0 0h9v9z"/>',
            'names a colour "primry", which is none. Hint: did you mean "primary"?',
        ),
    ],
)
def test_what_cannot_be_a_role_is_told(shapes: str, told: str) -> None:
    with pytest.raises(ValueError, match=re.escape(told)):
        painted(shapes)


def test_there_are_many_pictograms_and_each_is_in_one_role_alone() -> None:
    assert len(ICONS) >= 40
    assert (builtin_root() / "icons/LICENSE.txt").read_text("utf-8").startswith("MIT License")
    for icon in ICONS:
        paints = set(re.findall(r'(?:fill|stroke)="([^"]+)"', icon.read_text("utf-8")))
        assert paints == {"primary-text"}, icon.name


@pytest.mark.parametrize("icon", [ICONS[0], ICONS[-1]], ids=lambda path: path.stem)
def test_a_pictogram_is_square(icon: Path) -> None:
    drawing = read_roles(icon.read_bytes())
    assert drawing.width == drawing.height


def test_a_list_has_a_pictogram_for_each_entry_or_none() -> None:
    assert Passage.model_validate({"text": "Tell us:\n\n- one\n- two", "icons": ["lungs", "none"]}).icons
    with pytest.raises(ValueError, match='"icons" has 1 name for 2 entries of the list'):
        Passage.model_validate({"text": "- one\n- two", "icons": ["lungs"]})


def test_every_yaml_reads_the_name_of_a_pictogram_as_text() -> None:
    assert [yaml.safe_load(icon.stem) for icon in ICONS] == [icon.stem for icon in ICONS]
