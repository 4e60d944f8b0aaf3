"""Bad copies of a code: photocopied, folded, stained and held at an angle, the same ones every time."""

from __future__ import annotations

import math
import random
from functools import lru_cache

from PIL import Image, ImageChops, ImageDraw, ImageEnhance, ImageFilter

from handoutpress.proof.checks.breach import breach
from handoutpress.proof.expectation import Expectation
from handoutpress.proof.findings import ProofFinding
from handoutpress.proof.pdf.code_readers import READERS, CodeReaderName, reads
from handoutpress.proof.pdf.finished_pdf import FinishedPdf
from handoutpress.proof.pdf.page_codes import PageCode, find_codes

FEW = 20
"""Bad copies made of each code; if a reader reads them all, that is its share."""
MANY = 100
"""Copies made where one of the few was not read: of twenty, two more or less would be chance."""
SHARE_WANTED = 0.95
SIDE = round(25 / 25.4 * 200)
"""Pixels of a copy that is 25 mm wide: 200 dpi, what a phone sees at arm's length."""
STAIN = 0.05
"""The share of the code that a stain covers."""
TURN = 5.0
"""Degrees that a copy is turned by at most."""
_SEED = 18004


def check_copies(pdf: FinishedPdf, _: Expectation) -> list[ProofFinding]:
    """Check that at least 95% of the bad copies of each code are read, by each reader."""
    findings = []
    for code in find_codes(pdf):
        for reader, share in copy_shares(pdf, code).items():
            if share < SHARE_WANTED:
                sentence = f"{reader} reads too few of the bad copies of the code to {code.address}."
                measured, floor = f"{share:.0%}", f"{SHARE_WANTED:.0%}"
                findings.append(
                    breach(pdf, "codes.copies", sentence, code.page, code.box, measured=measured, wanted=floor)
                )
    return findings


def copy_shares(pdf: FinishedPdf, code: PageCode) -> dict[CodeReaderName, float]:
    """Return the share of the bad copies of one code that each reader reads."""
    around = code.box.grown(0.14 * code.box.width)
    clean = pdf.crop(code.page, around, 300).convert("L").resize((SIDE, SIDE), Image.Resampling.LANCZOS)
    return dict(zip(READERS, _shares(clean.tobytes(), code.address), strict=True))


def read_shares(pdf: FinishedPdf) -> list[float]:
    """Return the share of bad copies that is read, for each code and reader of a PDF: what a report sums up."""
    return [share for code in find_codes(pdf) for share in copy_shares(pdf, code).values()]


@lru_cache(maxsize=256)
def _shares(clean: bytes, address: str) -> tuple[float, ...]:
    """Return the share that each reader reads; cached, for in a run of many editions most codes are one picture."""
    picture = Image.frombytes("L", (SIDE, SIDE), clean)
    copies = [spoil(picture, number) for number in range(FEW)]
    shares = []
    for reader in READERS:
        outcomes = [reads(reader, copy, address) for copy in copies[:FEW]]
        if not all(outcomes):
            copies += [spoil(picture, number) for number in range(len(copies), MANY)]
            outcomes += [reads(reader, copy, address) for copy in copies[FEW:]]
        shares.append(sum(outcomes) / len(outcomes))
    return tuple(shares)


def spoil(clean: Image.Image, number: int) -> Image.Image:
    """Make bad copy ``number`` of a grey picture of a code; the same number gives the same picture."""
    chance = random.Random(_SEED + number)  # noqa: S311  # a fixed seed is wanted: the proof must repeat
    sheet = Image.new("L", (SIDE * 3 // 2, SIDE * 3 // 2), 255)
    sheet.paste(clean, (SIDE // 4, SIDE // 4))
    sheet = _fold(_stain(sheet, chance), chance)
    sheet = sheet.rotate(chance.uniform(-TURN, TURN), Image.Resampling.BICUBIC, fillcolor=255)
    return _photocopy(sheet, chance)


def _photocopy(sheet: Image.Image, chance: random.Random) -> Image.Image:
    """Add soft edges, paler black, darker white and grain."""
    sheet = sheet.filter(ImageFilter.GaussianBlur(chance.uniform(0.4, 0.8)))
    sheet = ImageEnhance.Contrast(sheet).enhance(chance.uniform(0.6, 0.9))
    grain = Image.frombytes("L", sheet.size, chance.randbytes(sheet.width * sheet.height))
    return Image.blend(sheet, grain, 0.1)


def _fold(sheet: Image.Image, chance: random.Random) -> Image.Image:
    """Add a shadow that is darkest along the fold and fades away from it."""
    fold, reach = chance.uniform(0.3, 0.7) * sheet.width, 0.2 * sheet.width
    row = bytes(round(255 * (1 - 0.35 * max(0.0, 1 - abs(x - fold) / reach))) for x in range(sheet.width))
    shadow = Image.frombytes("L", (sheet.width, 1), row).resize(sheet.size)
    if chance.random() < 0.5:
        shadow = shadow.transpose(Image.Transpose.ROTATE_90)
    return ImageChops.multiply(sheet, shadow)


def _stain(sheet: Image.Image, chance: random.Random) -> Image.Image:
    """Add a round coffee stain on a twentieth of the code, somewhere inside it; print shows through."""
    radius = SIDE * math.sqrt(STAIN / math.pi)
    x, y = (SIDE // 4 + chance.uniform(radius, SIDE - radius) for _ in range(2))
    stain = Image.new("L", sheet.size, 255)
    ImageDraw.Draw(stain).ellipse((x - radius, y - radius, x + radius, y + radius), fill=chance.randint(150, 215))
    return ImageChops.multiply(sheet, stain.filter(ImageFilter.GaussianBlur(2)))
