"""Draws logo.svg: a lighthouse whose tower is a spine, and the name as paths. Run it from anywhere."""

from __future__ import annotations

from pathlib import Path

from fontTools.pens.svgPathPen import SVGPathPen
from fontTools.pens.transformPen import TransformPen
from fontTools.ttLib import TTFont

HERE = Path(__file__).resolve().parent
FONTS = HERE.parents[1] / "fonts" / "source-serif-4"
NAVY, BRASS = "#14304f", "#b4812f"
MIDDLE = 92.0
"""The tower's axis, from the left edge."""


def vertebra(top: float, width: float, height: float) -> str:
    """Return a block with rounded corners and a waist, centred on the tower's axis."""
    left, right, bottom, round_ = MIDDLE - width / 2, MIDDLE + width / 2, top + height, 6.0
    waist, half = 5.0, top + height / 2
    return (
        f"M{left + round_:g} {top:g}H{right - round_:g}Q{right:g} {top:g} {right:g} {top + round_:g}"
        f"Q{right - waist:g} {half:g} {right:g} {bottom - round_:g}Q{right:g} {bottom:g} {right - round_:g} {bottom:g}"
        f"H{left + round_:g}Q{left:g} {bottom:g} {left:g} {bottom - round_:g}"
        f"Q{left + waist:g} {half:g} {left:g} {top + round_:g}Q{left:g} {top:g} {left + round_:g} {top:g}Z"
    )


def wave(top: float, length: float, thick: float) -> str:
    """Return a filled wave of three crests, centred on the tower's axis."""
    left, step, swell = MIDDLE - length / 2, length / 6, 9.0
    there = "".join(f"q{step / 2:g} {-swell if i % 2 else swell:g} {step:g} 0" for i in range(6))
    back = "".join(f"q{-step / 2:g} {swell if i % 2 == 0 else -swell:g} {-step:g} 0" for i in reversed(range(6)))
    return f"M{left:g} {top:g}{there}v{thick:g}{back}Z"


def words(text: str, font: Path, size: float, at: tuple[float, float], spacing: float = 0.0) -> tuple[str, float]:
    """Return ``text`` as a path set at ``at``, and where it ends."""
    with TTFont(font) as face:
        glyphs, names, scale = face.getGlyphSet(), face.getBestCmap(), size / face["head"].unitsPerEm
        x, y = at
        pen = SVGPathPen(glyphs, ntos=lambda number: f"{number:.1f}".rstrip("0").rstrip("."))
        for letter in text:
            glyph = glyphs[names[ord(letter)]]
            glyph.draw(TransformPen(pen, (scale, 0, 0, -scale, x, y)))
            x += glyph.width * scale + spacing
        return pen.getCommands(), x - spacing


def logo() -> str:
    """Return the whole logo as SVG."""
    tower = "".join(vertebra(70 + i * 26, 44 + i * 9, 20) for i in range(5))
    lantern = f"M{MIDDLE - 15:g} 62V44a15 15 0 0 1 30 0V62Z"
    beams = (
        f"M{MIDDLE - 24:g} 42L{MIDDLE - 84:g} 22V66L{MIDDLE - 24:g} 52Z"
        f"M{MIDDLE + 24:g} 42L{MIDDLE + 84:g} 22V66L{MIDDLE + 24:g} 52Z"
    )
    sea = wave(210, 168, 7) + wave(228, 120, 6)
    name, end = words("Harbour", FONTS / "SourceSerif4-SemiBold.ttf", 132, (222, 140))
    natural = words("OSTEOPATHY", FONTS / "SourceSerif4-Regular.ttf", 52, (0, 0))[1]
    spacing = (end - 226 - 6 - natural) / 9
    line, _ = words("OSTEOPATHY", FONTS / "SourceSerif4-Regular.ttf", 52, (226, 208), spacing)
    width = round(end + 8)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} 250">\n'
        f"<title>Harbour Osteopathy</title>\n"
        f'<path fill="{BRASS}" d="{lantern}"/>\n<path fill="{BRASS}" fill-opacity=".45" d="{beams}"/>\n'
        f'<path fill="{NAVY}" d="{tower}{sea}"/>\n'
        f'<path fill="{NAVY}" d="{name}"/>\n<path fill="{BRASS}" d="{line}"/>\n</svg>\n'
    )


if __name__ == "__main__":
    (HERE / "logo.svg").write_text(logo(), encoding="utf-8")
