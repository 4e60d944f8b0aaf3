"""The styles of an SVG, worked out as a browser does: what each shape is painted with, and what is refused by name.

The right values are those of CSS: Cascading 4, Nesting 1, Custom Properties 1, Color 4 and 5, Transforms 1, and SVG 2.
Those of colours were read from what chromium paints.
"""

from __future__ import annotations

from collections.abc import Mapping

import cssselect2
import pytest
import tinycss2
from lxml import etree

from handoutpress.content.brand.svg import read_svg, svg_fills


def shape(styles: str, attributes: str = "", around: str = "") -> Mapping[str, str]:
    """The attributes of a circle in an SVG with ``styles``, in a group with the attributes ``around``."""
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 100"><style>{styles}</style>'
        f'<linearGradient id="g"/><g {around}><circle id="c" class="mark" r="9" {attributes}/></g></svg>'
    )
    root = etree.fromstring(read_svg(svg.encode()).data)
    return dict(next(root.iter("{*}circle")).attrib)


def fill(styles: str, attributes: str = "", around: str = "") -> str | None:
    return shape(styles, attributes, around).get("fill")


CASCADE = {
    "a rule beats an attribute": (".mark{fill:#005aa0}", 'fill="red"', "#005aa0"),
    "a style beats a rule": ("#c{fill:#111111}", 'style="fill:#005aa0"', "#005aa0"),
    "the more special selector wins": ("circle.mark{fill:#005aa0} .mark{fill:red}", "", "#005aa0"),
    "of two alike the later wins": (".mark{fill:red} .mark{fill:#005aa0}", "", "#005aa0"),
    "what is important wins": ("circle{fill:#005aa0 !important} #c{fill:red}", 'style="fill:green"', "#005aa0"),
    "a child selector": ("svg > g > circle:not(.other){fill:#005aa0}", "", "#005aa0"),
    "a mistake is passed over": (".mark{fill:#005aa0;fill:bluish}", "", "#005aa0"),
    "a comment": ("/* .mark{fill:red} */ .mark{fill:/* sea */#005aa0}", "", "#005aa0"),
    "no hovering on paper": (".mark{fill:#005aa0} .mark:hover{fill:red}", "", "#005aa0"),
    "a screen's rules": ("@media screen{.mark{fill:#005aa0}}", "", "#005aa0"),
    "light, not dark": (".mark{fill:#005aa0} @media (prefers-color-scheme: dark){.mark{fill:#fff}}", "", "#005aa0"),
    "capitals": (".mark{FILL:#005AA0}", "", "#005aa0"),
}
NESTING = {
    "a descendant": ("g{ .mark{fill:#005aa0} }", "", "#005aa0"),
    "a child": ("g{ > circle{fill:#005aa0} }", "", "#005aa0"),
    "with an ampersand": (".mark{ circle&amp;{fill:#005aa0} }", "", "#005aa0"),
    "two deep": ("svg{ g{ .mark{fill:#005aa0} } }", "", "#005aa0"),
    "with as much weight as its parent": ("#c{ &amp;{fill:#005aa0} } .mark{fill:red}", "", "#005aa0"),
    "in a list": ("g, path{ .other, .mark{fill:#005aa0} }", "", "#005aa0"),
    "media within": (".mark{ @media screen{ fill:#005aa0 } }", "", "#005aa0"),
}
VARIABLES = {
    "from the root": (":root{--sea:#005aa0} .mark{fill:var(--sea)}", "", "#005aa0"),
    "in an attribute": ("svg{--sea:#005aa0}", 'fill="var(--sea)"', "#005aa0"),
    "in a style": ("", 'style="--sea:#005aa0;fill:var(--sea)"', "#005aa0"),
    "a fallback": ("", 'fill="var(--none, #005aa0)"', "#005aa0"),
    "a fallback within a fallback": ("", 'fill="var(--a, var(--b, #005aa0))"', "#005aa0"),
    "of a variable": (":root{--a:var(--b);--b:#005aa0} .mark{fill:var(--a)}", "", "#005aa0"),
    "the nearest": (":root{--sea:red} g{--sea:#005aa0} .mark{fill:var(--sea)}", "", "#005aa0"),
    "a part of a colour": (":root{--r:0,90} .mark{fill:rgb(var(--r),160)}", "", "#005aa0"),
    "none": ("", 'fill="var(--none)"', None),
    "none, though a rule before says red": (".mark{fill:red;fill:var(--none)}", "", None),
    "in a circle": (":root{--a:var(--b);--b:var(--a)} .mark{fill:var(--a)}", "", None),
}
COLOURS = {
    "short": ("", 'fill="#05a"', "#0055aa"),
    "hsl": ("", 'fill="hsl(206 100% 31.4%)"', "#005ba0"),
    "see-through": ("", 'fill="#005aa080"', "rgba(0, 90, 160, 0.502)"),
    "oklch": ("", 'fill="oklch(45.8% 0.132 250)"', "#00599d"),
    "lab": ("", 'fill="lab(50% 0 0)"', "#777777"),
    "color() of sRGB": ("", 'fill="color(srgb 0 0.5 1)"', "#0080ff"),
    "color() of Display P3": ("", 'fill="color(display-p3 1 1 1)"', "#ffffff"),
    "mixed": ("", 'fill="color-mix(in srgb, #000000, #ffffff 25%)"', "#404040"),
    "mixed in halves": ("", 'fill="color-mix(in srgb, red, blue)"', "#800080"),
    "mixed as it looks": ("", 'fill="color-mix(in oklab, white, black)"', "#636363"),
    "mixed as it looks, in shares": ("", 'fill="color-mix(in oklab, #005aa0 30%, #c83c1e)"', "#9d5355"),
    "mixed with nothing": ("", 'fill="color-mix(in srgb, #005aa0 40%, transparent)"', "rgba(0, 90, 160, 0.4)"),
    "lch": ("", 'fill="lch(60% 30 200)"', "#409fa2"),
    "too vivid for sRGB": ("", 'fill="oklch(70% 0.4 150)"', "#00d600"),
    "for light and dark": ("", 'fill="light-dark(#005aa0, white)"', "#005aa0"),
    "of the text": ("", 'fill="currentColor"', "currentColor"),
    "inks, which no browser draws": (".mark{fill:#005aa0;fill:device-cmyk(1 .5 0 0)}", "", "#005aa0"),
    "wide, with a narrow one before": (".mark{fill:#F24E1E;fill:color(display-p3 .949 .306 .118)}", "", "#ff3a00"),
}
REFERENCES = {
    "plain": ("", 'fill="url(#g)"', "url(#g)"),
    "quoted once": ("", "fill=\"url('#g')\"", "url(#g)"),
    "quoted twice, with spaces": ("", 'style="fill:url( &quot;#g&quot; ) #000"', "url(#g)"),
    "to nothing, with a colour": ("", 'fill="url(#none) #005aa0"', "#005aa0"),
    "to nothing": ("", 'fill="url(#none)"', "none"),
}


@pytest.mark.parametrize("kind", [CASCADE, NESTING, VARIABLES, COLOURS, REFERENCES])
def test_a_shape_is_filled_as_in_a_browser(kind: Mapping[str, tuple[str, str, str | None]]) -> None:
    wanted = {name: right for name, (_, _, right) in kind.items()}
    assert {name: fill(styles, attributes) for name, (styles, attributes, _) in kind.items()} == wanted


def test_measures_and_places_of_a_style_become_attributes() -> None:
    circle = shape("circle{r:5px;cx:10;opacity:50%;transform:translate(10px,5px) rotate(.25turn) scaleX(2)}")
    assert (circle["r"], circle["cx"], circle["opacity"]) == ("5", "10", "0.5")
    assert circle["transform"] == "translate(10 5) rotate(90) scale(2 1)"
    turned = shape("circle{transform:rotate(45deg);transform-origin:50% 50%}")
    assert turned["transform"] == "translate(100 50) rotate(45) translate(-100 -50)"


def test_what_only_a_style_can_say_stays_there() -> None:
    assert shape(".mark{mix-blend-mode:multiply;fill:red}")["style"] == "mix-blend-mode: multiply"


def test_a_background_becomes_a_shape() -> None:
    svg = (
        b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="1 2 30 40" style="background:oklch(100% 0 0)"><path/></svg>'
    )
    ground = etree.fromstring(read_svg(svg).data)[0]
    assert dict(ground.attrib) == {"x": "1", "y": "2", "width": "30", "height": "40", "fill": "#ffffff"}


REFUSED = {
    "@layer": ("@layer a{.mark{fill:red}}", "", '"@layer" in line 1'),
    "@supports": ("@supports (fill: red){.mark{fill:red}}", "", '"@supports"'),
    "a width of the window": ("@media (min-width: 99px){.mark{fill:red}}", "", '"@media (min-width: 99px)"'),
    "the printer's rules": ("@media print{.mark{fill:red}}", "", '"@media print"'),
    "calc()": ("\n.mark{\nstroke-width:calc(1px + 1px)}", "", '"stroke-width: calc(…)" in line 3'),
    "a shape that clips": (".mark{clip-path:circle(40%)}", "", '"clip-path: circle(40%)"'),
    "a gradient as a mask": (".mark{mask-image:linear-gradient(red,blue)}", "", '"mask-image: '),
    "a colour made from another": ("", 'fill="rgb(from red r g b)"', '"rgb(from …)"'),
    "a mix of hues": (
        "",
        'fill="color-mix(in hsl longer hue, red, blue)"',
        '"color-mix(in hsl longer hue, red, blue)"',
    ),
    "a room of colours": ("", 'fill="color(rec2020 1 0 0)"', "rec2020"),
    "a turn about its own middle": (
        ".mark{transform-box:fill-box;transform-origin:center;transform:rotate(9deg)}",
        "",
        '"transform-box: fill-box"',
    ),
    "a path to follow": (".mark{offset-path:path('M0 0H9')}", "", '"offset-path: '),
    "a selector of tomorrow": (".mark:nth-last-thing(2){fill:red}", "", 'the selector ".mark:nth-last-thing(2)"'),
    "an imported style": ("@import 'a.css';", "", '"@import"'),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_print_cannot_draw_is_refused_by_name(name: str) -> None:
    styles, attributes, words = REFUSED[name]
    with pytest.raises(ValueError, match=" Hint: ") as caught:
        shape(styles, attributes)
    assert words in str(caught.value)


def test_what_loses_against_another_style_is_not_refused() -> None:
    assert fill(".mark{fill:red;stroke-width:calc(1px + 1px);stroke-width:2}") == "#ff0000"


SVG = '<svg xmlns="http://www.w3.org/2000/svg"'


def used(number: int) -> str:
    return f'<use href="#a{number}"/>'


ODD = {
    "no area": f'{SVG} viewBox="0 0 0 0" width="0" height="0"><path d="M0 0H9"/></svg>',
    "an endless area": f'{SVG} viewBox="0 0 1e999 9"><path d="M0 0H9"/></svg>',
    "no number": f'{SVG} viewBox="0 0 NaN 9"><path d="M0 0H9"/></svg>',
    "a hair": f'{SVG} viewBox="0 0 9000 1"><path d="M0 0H9"/></svg>',
    "billions of shapes": f'{SVG} viewBox="0 0 9 9"><g id="a0"><path d="M0 0H9"/></g>'
    + "".join(f'<g id="a{n}">{used(n - 1) * 10}</g>' for n in range(1, 10))
    + "</svg>",
    "a gradient without area": f'{SVG} viewBox="0 0 9 9"><radialGradient id="g" gradientTransform='
    '"matrix(0 447.7271 0 -15.63497 0 -380193.475)"><stop/></radialGradient><path fill="url(#g)" d="M0 0H9V9Z"/></svg>',
    "text that flows": f'{SVG} viewBox="0 0 9 9"><flowRoot>Clinic</flowRoot></svg>',
}


@pytest.mark.parametrize("name", ODD)
def test_what_cannot_be_a_logo_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match=" Hint: "):
        read_svg(ODD[name].encode())


@pytest.mark.parametrize(
    ("sizes", "view"),
    [
        ('width="40" height="20"', "0 0 40 20"),
        ('width="25.4mm" height="1in"', "0 0 96 96"),
        ('width="30PX" height="15pt" viewBox="1 2 3 4"', "1 2 3 4"),
    ],
)
def test_a_picture_without_a_view_box_shows_as_much_as_it_is_large(sizes: str, view: str) -> None:
    svg = read_svg(f'{SVG} {sizes}><path d="M0 0H9V9z"/></svg>'.encode())
    assert f'viewBox="{view}"' in svg.data.decode()


def test_names_of_namespaces_as_illustrator_writes_them_are_written_out() -> None:
    names = (
        '<!ENTITY ns_svg "http://www.w3.org/2000/svg">\n<!ENTITY ns_ai "http://ns.adobe.com/AdobeIllustrator/10.0/">'
    )
    kind = f'<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/svg11.dtd" [\n{names}\n]>'
    drawn = '<svg xmlns="&ns_svg;" xmlns:i="&ns_ai;" viewBox="0 0 9 9"><path i:knockout="Off" d="M0 0H9V9z"/></svg>'
    svg = read_svg(f'<?xml version="1.0" encoding="utf-8"?>\n{kind}\n{drawn}'.encode())
    assert svg.width == 9
    assert b"&" not in svg.data
    assert b"ENTITY" not in svg.data
    file = """<!ENTITY a SYSTEM "file:///etc/passwd">]>"""
    with pytest.raises(ValueError, match="declares entities"):
        read_svg((kind.replace("]>", file) + drawn).encode())


def test_what_no_browser_draws_is_left_out() -> None:
    svg = (
        f'{SVG} viewBox="0 0 9 9"><flowRoot><flowRegion/><flowPara/></flowRoot><switch>'
        '<foreignObject requiredExtensions="http://ns.adobe.com/AdobeIllustrator/10.0/"><p/></foreignObject><g/></switch>'
        "<!-- drawn by hand --></svg>"
    )
    assert [node.tag.rpartition("}")[2] for node in etree.fromstring(read_svg(svg.encode()).data).iter()] == [
        "svg",
        "switch",
        "g",
    ]


def test_styles_without_end_are_refused_before_they_are_worked_out(monkeypatch: pytest.MonkeyPatch) -> None:
    bomb = "--a0:1;" + "".join(f"--a{n}:{f'var(--a{n - 1})' * 10};" for n in range(1, 9))
    with pytest.raises(ValueError, match="grow without measure"):
        shape(f":root{{{bomb}}} .mark{{fill:var(--a8)}}")
    monkeypatch.setattr(cssselect2.Matcher, "match", lambda *_: pytest.fail("an element was looked at"))
    many = "".join(f"*[x{n}]{{fill:red}}" for n in range(4_000))
    with pytest.raises(ValueError, match="4,000 style rules"):
        read_svg(f'{SVG} viewBox="0 0 9 9"><style>{many}</style>{"<circle/>" * 4_000}</svg>'.encode())
    monkeypatch.setattr(tinycss2, "parse_stylesheet", lambda *_, **__: pytest.fail("the styles were read"))
    with pytest.raises(ValueError, match="kB of styles"):
        shape("".join(f".a{n}{{fill:#{n % 4096:03x}}}" for n in range(60_000)))


def test_colours_to_begin_a_brand_with_are_those_that_are_drawn() -> None:
    styles = "<style>g{ path{fill:var(--a, #005aa0)} }</style>"
    svg = f'{SVG} viewBox="0 0 9 9">{styles}<g><path d="M0 0H9"/></g></svg>'
    assert list(svg_fills(svg.encode())) == [("#005aa0", 40)]
