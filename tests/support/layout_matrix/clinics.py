"""Clinics of the matrix: names of every length, logos of every shape, one place or three."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from layout_matrix.combinations import Combination

NAMES = {
    8: "Hillside",
    41: "Hill and Dale Community Acupuncture Rooms",
    170: (
        "The North Riverside and Upper Valley Community Centre for Acupuncture, Physiotherapy, Osteopathy, "
        "Massage and Rehabilitation after Injury, Surgery or Illness, in Saltmere"
    ),
}
PLACES = (
    {
        "address": ["4 Lantern Quay", "Saltmere", "QX1 4QH"],
        "phone": "01632 960 114",
        "email": "hello@hill-rooms.example",
        "hours": "Monday to Friday, 8 am to 7 pm",
    },
    {"name": "Dale rooms", "address": ["22 Mill Lane", "Dale", "QX2 7AB"], "phone": "01632 960 115"},
    {"name": "Valley rooms", "address": ["The Old School", "High Street", "Upper Valley", "QX9 1CD"],
     "phone": "01632 960 116", "hours": "Tuesday and Thursday, 9 am to 1 pm"},
)  # fmt: skip
INK = "#1f4e5f"


def slug_of(row: Combination) -> str:
    """Return the name of the brand that a row needs: rows with the same clinic share it."""
    shape = f"{row.logo:g}".replace(".", "-")
    return f"c{row.name}-l{shape}-p{row.places}-{row.face.lower().replace(' ', '-')}"


def write_clinic(root: Path, row: Combination) -> str:
    """Write the brand of a row, and return its name."""
    slug = slug_of(row)
    folder = root / "brands" / slug
    if folder.exists():
        return slug
    folder.mkdir(parents=True)
    contacts = [dict(PLACES[0])] if row.places == 1 else [{"name": "Hill rooms", **PLACES[0]}, *map(dict, PLACES[1:])]
    brand: dict[str, Any] = {
        "meta": {"name": NAMES[row.name], "link": "https://hill-rooms.example", "contacts": contacts},
        "color": {"primary": INK},
        "typography": {"fonts": [{"family": row.face, "source": "google"}], "base": row.face, "headings": row.face},
        "defaults": {"handout": {"country": "gb", "languages": ["en", "es", "fr", "ar", "hi", "uk", "zh-Hans"]}},
    }
    if row.logo:
        brand["logo"] = {"path": "logo.svg", "alt": NAMES[8]}
        (folder / "logo.svg").write_text(_logo(row.logo), encoding="utf-8")
    (folder / "_brand.yml").write_text(yaml.safe_dump(brand, allow_unicode=True, sort_keys=False), encoding="utf-8")
    return slug


def _logo(ratio: float) -> str:
    """Return a logo of bars, so wide by so high: what it shows reaches to its edges."""
    width, height = (100 * ratio, 100.0) if ratio >= 1 else (100.0, 100 / ratio)
    bars = "".join(
        f'<rect x="{width * n / 8:.2f}" y="{0 if n % 2 == 0 else height / 4:.2f}" width="{width / 11:.2f}" '
        f'height="{height if n % 2 == 0 else height / 2:.2f}" fill="{INK}"/>'
        for n in range(8)
    )
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.2f} {height:.2f}">{bars}</svg>'
