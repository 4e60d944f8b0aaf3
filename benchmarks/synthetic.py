"""A made-up chain: N brands with their own names, telephones, logos and addresses, and M handouts of real length."""

from __future__ import annotations

import shutil
from pathlib import Path

import yaml

from benchmarks.pages import ROOT

LOGO = """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 240 60">
<rect width="60" height="60" rx="{radius}" fill="{colour}"/>
<path d="M75 {top}h{width}v12h-{width}z" fill="{colour}"/><path d="M75 36h150v6H75z" fill="#333"/>
</svg>
"""
BRAND = """\
meta:
  name: {{full: "Chain Clinic {number:04d} of {town}", short: "Chain Clinic {number:04d}"}}
  link: https://clinic-{number:04d}.example
  contacts:
    - address: [{number} High Street, {town}]
      phone: 01632 96{number:04d}
      email: hello@clinic-{number:04d}.example
logo: {{path: logo.svg, alt: "Chain Clinic {number:04d}"}}
color: {{primary: "{colour}"}}
defaults:
  handout:
    country: gb
    article_url: https://clinic-{number:04d}.example/articles/{{slug}}
"""
TOWNS = ("Northbeck", "Easterby", "Southam Moor", "Westerlee", "Midhope")


def _colour(number: int) -> str:
    return f"#{20 + number * 7 % 100:02x}{30 + number * 13 % 90:02x}{60 + number * 29 % 120:02x}"


def write_logo(folder: Path, number: int, turn: int = 0) -> None:
    """The logo of one brand; another ``turn`` is another logo."""
    text = LOGO.format(radius=number % 30, colour=_colour(number + turn), top=10 + number % 8, width=60 + number % 90)
    (folder / "logo.svg").write_text(text)


def make_chain(root: Path, brands: int, handouts: int) -> None:
    """Write the project of a chain into the empty folder ``root``."""
    for number in range(brands):
        folder = root / "brands" / f"clinic-{number:04d}"
        folder.mkdir(parents=True)
        town = TOWNS[number % len(TOWNS)]
        (folder / "_brand.yml").write_text(BRAND.format(number=number, town=town, colour=_colour(number)))
        write_logo(folder, number)
    (root / "handouts").mkdir()
    shutil.copy(ROOT / "references.yaml", root)
    texts = (yaml.safe_load(path.read_text("utf-8")) for path in sorted((ROOT / "handouts").glob("*.en.yaml")))
    # What is about other handouts, or has pictures, does not stand alone.
    sources = [text for text in texts if not {"kind", "about", "body", "sections"} & text.keys()]
    for number in range(handouts):
        data = sources[number % len(sources)]
        data = {**data, "title": f"{data['title']} {number + 1}"}
        text = yaml.safe_dump(data, allow_unicode=True, sort_keys=False)
        (root / "handouts" / f"practice-{number + 1}.en.yaml").write_text(text, "utf-8")
