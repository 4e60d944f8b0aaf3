"""What a rule is, and the names of the standards that rules come from."""

from __future__ import annotations

from dataclasses import dataclass

UA = "ISO 14289-1 (PDF/UA-1)"
PDF = "ISO 32000-1"
QR = "ISO/IEC 18004"
OURS = "Handout Press"


@dataclass(frozen=True)
class Rule:
    """``title`` says what holds in a good PDF; ``mend`` tells a person what to do about a breach."""

    title: str
    standard: str
    mend: str
