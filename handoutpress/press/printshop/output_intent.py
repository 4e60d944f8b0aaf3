"""What a print file says of the press that it is made for: the output intent (ISO 32000-1, 14.11.5)."""

from __future__ import annotations

import zlib
from functools import lru_cache

from pikepdf import Array, Dictionary, Name, Pdf, String

from handoutpress.content.print_profile import PrintProfile

REGISTRY = "http://www.color.org"
"""Where the ICC registers the conditions of printing that a file may name."""


def set_output_intent(pdf: Pdf, profile: PrintProfile) -> None:
    """Name the printing that the inks of ``pdf`` are for, and embed its profile."""
    embedded = pdf.make_stream(b"", N=4, Alternate=Name.DeviceCMYK)
    embedded.write(_compressed(profile), filter=Name.FlateDecode)
    intent = Dictionary(
        Type=Name.OutputIntent,
        S=Name.GTS_PDFX,
        OutputConditionIdentifier=String(profile.condition or "Custom"),
        Info=String(profile.name),
        DestOutputProfile=embedded,
    )
    if profile.condition:
        intent.RegistryName = String(REGISTRY)
    pdf.Root.OutputIntents = Array([pdf.make_indirect(intent)])


@lru_cache(maxsize=8)
def _compressed(profile: PrintProfile) -> bytes:
    return zlib.compress(profile.data, 9)
