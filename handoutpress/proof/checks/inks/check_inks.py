"""Are a print file's inks those of its print shop's profile, black alone where it should be, and not too much."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pikepdf

from handoutpress.content.print_profile import print_profile
from handoutpress.press.printshop.ink_rule import InkRule
from handoutpress.press.printshop.profile_inks import Inks, ProfileInks, profile_inks
from handoutpress.press.printshop.soft_proof import CLOSE, difference, proofed
from handoutpress.proof.checks.breach import breach
from handoutpress.proof.expectation import WantedInks
from handoutpress.proof.findings import ProofFinding
from handoutpress.proof.pdf.finished_pdf import FinishedPdf
from handoutpress.proof.pdf.marks import Mark, PathMark, PictureMark, TextMark
from handoutpress.store.digests import bytes_digest
from handoutpress.yamlfile.counts import counted

INK_LIMIT = 3.0
"""All inks at one place together, 1 for each that covers it."""
STEP = 1 / 255
"""The finest difference of an ink in a palette."""
OVER_BEST = 1.0
"""How much further from the screen than the profile's own answer a colour may print, CIEDE2000."""

_Painted = TextMark | PathMark


def output_intent(pdf: FinishedPdf, wanted: WantedInks) -> Iterator[ProofFinding]:
    """Check that the file carries the very profile that its inks were made for."""
    name = print_profile(wanted.profile).name
    intents = pdf.pdf.Root.get("/OutputIntents", pikepdf.Array())
    named = [str(intent.get("/Info", "")) for intent in intents]
    if [_digest(intent) for intent in intents] != [wanted.digest]:
        sentence = "The file does not say which printing its inks are for."
        yield breach(pdf, "print.intent", sentence, measured=", ".join(named) or "none", wanted=name)


def _digest(intent: Any) -> str:
    profile = intent.get("/DestOutputProfile")
    return bytes_digest(profile.read_bytes()) if isinstance(profile, pikepdf.Stream) else ""


def page_inks(pdf: FinishedPdf, page: int, wanted: WantedInks | None) -> Iterator[ProofFinding]:
    """Check the inks of one page; its brand's colours, too, where they are ``wanted``."""
    yield from _rgb(pdf, page)
    inks = profile_inks(print_profile(wanted.profile if wanted else None))
    painted = [mark for mark in pdf.marks(page).marks if not isinstance(mark, PictureMark) and _in_inks(mark)]
    for mark in painted:
        yield from _amount(pdf, page, mark, inks)
    if wanted:
        yield from _colours(pdf, page, painted, wanted)


def _in_inks(mark: _Painted) -> bool:
    return mark.ink.space == "DeviceCMYK" and len(mark.ink.values) == 4


def _rgb(pdf: FinishedPdf, page: int) -> Iterator[ProofFinding]:
    marks = pdf.marks(page)
    in_rgb = [mark for mark in marks.marks if _space(mark) in ("DeviceRGB", "Lab")]
    if in_rgb:
        kinds = sorted({_kind(mark) for mark in in_rgb})
        sentence, measured = f"The page holds RGB in {' and '.join(kinds)}.", counted(len(in_rgb), "place")
        yield breach(pdf, "print.rgb", sentence, page, in_rgb[0].box, measured=measured, wanted="none")
    elif "DeviceRGB" in marks.group_spaces:
        yield breach(pdf, "print.rgb", "A transparency group of the page is blended in RGB.", page)


def _space(mark: Mark) -> str:
    return mark.space if isinstance(mark, PictureMark) else mark.ink.space


def _kind(mark: Mark) -> str:
    return {TextMark: "text", PathMark: "drawings", PictureMark: "pictures"}[type(mark)]


def _amount(pdf: FinishedPdf, page: int, mark: _Painted, inks: ProfileInks) -> Iterator[ProofFinding]:
    total = sum(mark.ink.values)
    if total > INK_LIMIT + 0.01:
        sentence, measured = "A colour takes too much ink.", f"{total:.0%}"
        yield breach(pdf, "print.ink", sentence, page, mark.box, measured=measured, wanted="300%")
    is_solid = isinstance(mark, TextMark) or mark.rectangles > 100
    if is_solid and max(_four(mark)[:3]) > STEP and inks.looks_black(_four(mark)):
        subject = "Black text" if isinstance(mark, TextMark) else "A code"
        sentence = f"{subject} is printed with more than black ink."
        values = " ".join(f"{value:g}" for value in mark.ink.values)
        yield breach(pdf, "print.black", sentence, page, mark.box, measured=values, wanted="0 0 0 1")


def _four(mark: _Painted) -> Inks:
    cyan, magenta, yellow, black = mark.ink.values
    return (cyan, magenta, yellow, black)


def _colours(pdf: FinishedPdf, page: int, painted: list[_Painted], wanted: WantedInks) -> Iterator[ProofFinding]:
    """Yield a finding for each colour role whose ink is not what its brand names, nor near what its screen shows."""
    rule = InkRule(profile_inks(print_profile(wanted.profile)), dict(wanted.named))
    by_role = {mark.ink.role: mark for mark in painted if mark.ink.role}
    for best in proofed(rule, dict(wanted.colours)):
        if mark := by_role.get(best.role):
            found = _four(mark)
            if best.is_named or best.is_black_alone:
                apart = max(abs(a - b) for a, b in zip(found, best.inks, strict=True)) > STEP
                measured, needed = _percent(found), _percent(best.inks)
            else:
                distance, most = (
                    difference(best.screen, rule.profile.lab(found)),
                    max(CLOSE, best.difference + OVER_BEST),
                )
                apart = distance > most
                measured, needed = f"CIEDE2000 {distance:.1f}", f"at most {most:.1f} from {best.screen}"
            if apart:
                sentence = f'The colour "{best.role}" prints as another one.'
                yield breach(pdf, "print.colour", sentence, page, mark.box, measured=measured, wanted=needed)


def _percent(inks: Inks) -> str:
    return " ".join(f"{ink:.0%}" for ink in inks)
