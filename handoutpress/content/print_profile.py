"""A print shop's colour profile: the file that says which colour four inks make on a paper (ICC.1, ISO 15076-1)."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from handoutpress.content.project import builtin_root
from handoutpress.store.digests import bytes_digest
from handoutpress.store.files import FileStamp, stamp_of

if TYPE_CHECKING:
    from PIL import ImageCms

SHIPPED = "profiles/FOGRA39L_coated.icc"
"""Sheet-fed offset on coated paper, where a brand names no profile; built in."""
LARGEST = 10_000_000
"""Bytes. The profiles of printing associations have one to three million; each print file carries its own."""
_HEADER = 128
_KINDS = {"RGB": "red, green and blue", "GRAY": "grey", "Lab": "no device"}
"""Colour spaces of profiles that a clinic may take for a print shop's, in words."""


@dataclass(frozen=True)
class PrintProfile:
    """A profile that has proved to turn colours into four inks and back.

    ``name`` is what its makers call it; ``condition`` the printing that it describes, as the ICC's registry has it
    ("FOGRA39"), empty where its name does not say.
    """

    name: str
    condition: str
    data: bytes
    digest: str


def print_profile(path: Path | None) -> PrintProfile:
    """Read the profile at ``path``, or the shipped one, again only where the file has changed.

    Raises ``ValueError`` with what is wrong, as it reads after the file's name, and after " Hint: " what to do.
    """
    file = path or builtin_root() / SHIPPED
    try:
        return _read(file, stamp_of(file))
    except OSError:
        raise ValueError("cannot be read. Hint: see whether it is there, and who may read it.") from None


@lru_cache(maxsize=64)
def _read(path: Path, stamp: FileStamp) -> PrintProfile:
    if stamp.size > LARGEST:
        most = f"{LARGEST // 1_000_000} MB"
        raise ValueError(
            f"has {stamp.size / 1e6:.0f} MB; the most is {most}. Hint: ask the print shop for a smaller one."
        )
    data = path.read_bytes()
    if data[36:40] != b"acsp":  # the signature of every profile (ICC.1, 7.2)
        raise ValueError('is no colour profile. Hint: name a file that ends in ".icc" or ".icm".')
    if len(data) < _HEADER or int.from_bytes(data[:4], "big") != len(data):
        raise ValueError(_DAMAGED)
    profile = _opened(data)
    name = " ".join(re.sub(r"[^ -~]", " ", profile.profile.profile_description or "").split())[:100] or path.stem
    return PrintProfile(name, _condition(name), data, bytes_digest(data))


_DAMAGED = "is a damaged profile. Hint: get its file again from where it came from."


def _opened(data: bytes) -> ImageCms.ImageCmsProfile:
    from PIL import ImageCms  # noqa: PLC0415 - 50 ms that a brand without a profile need not wait for

    try:
        profile = ImageCms.ImageCmsProfile(io.BytesIO(data))
        space, kind = profile.profile.xcolor_space.strip(), profile.profile.device_class
    except Exception:  # a broken file can break any assumption of the library
        raise ValueError(_DAMAGED) from None
    if space != "CMYK" or kind != "prtr":
        colours = _KINDS.get(space, "other colours") if space != "CMYK" else "four inks, but of no press"
        raise ValueError(f"is a profile of {colours}. Hint: ask the print shop for its CMYK output profile.")
    _try(profile)
    return profile


def _try(profile: ImageCms.ImageCmsProfile) -> None:
    """Turn one colour into inks and back, so that a profile without the tables for it is told before a page is made."""
    from PIL import Image, ImageCms  # noqa: PLC0415  as in ``_opened``

    screen = ImageCms.createProfile("sRGB")
    pixel = Image.new("RGB", (1, 1), (90, 40, 90))
    intent = ImageCms.Intent.RELATIVE_COLORIMETRIC
    try:
        inks = ImageCms.profileToProfile(pixel, screen, profile, intent, outputMode="CMYK")
        back = inks and ImageCms.profileToProfile(inks, profile, screen, intent, outputMode="RGB")
    except Exception:  # as in ``_opened``
        back = None
    if back is None:
        raise ValueError(_DAMAGED)


def _condition(name: str) -> str:
    """Return the characterisation that a profile's name tells, such as FOGRA39 of "Coated FOGRA39 (ISO 12647-2)"."""
    told = re.search(r"\bFOGRA ?([0-9]{2})", name, re.IGNORECASE)
    return f"FOGRA{told[1]}" if told else ""
