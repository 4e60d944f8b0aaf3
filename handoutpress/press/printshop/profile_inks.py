"""Screen colours as the four inks of a print shop's profile, and back: LittleCMS's work, through Pillow.

Colours are matched as they are seen on white paper beside a white screen (relative colorimetric, ICC.1, 6.2.3). Two
things no profile does: greys are black ink alone, as light as on the screen, since four inks never lie exactly over
each other; and no colour takes more than 300%, since paper takes no more.
"""

from __future__ import annotations

import io
import math
from collections.abc import Sequence
from functools import cached_property, lru_cache
from itertools import product
from typing import NamedTuple

from PIL import Image, ImageChops, ImageCms

from handoutpress.content.brand.brand import Brand
from handoutpress.content.print_profile import PrintProfile, print_profile
from handoutpress.press.printshop.ink_limit import LIMIT, within_limit
from handoutpress.yamlfile.problems import HandoutError

Inks = tuple[float, float, float, float]
"""Cyan, magenta, yellow and black, each 0 to 1."""
Levels = tuple[int, int, int, int]
"""Inks from 0 to 255."""
Lab = tuple[float, float, float]
"""CIE L*, a* and b* under D50; the paper is 100, 0, 0."""

BLACK: Inks = (0.0, 0.0, 0.0, 1.0)
NEAR_BLACK = 0.2
"""A grey as dark as that is printed as black itself: text is set in such greys."""
_DARK_TINGE, _TINGE = 0.05, 0.01
"""How much red, green and blue may differ in a drawing's black, and in a grey."""
_BLACK_LIGHTNESS, _BLACK_CHROMA = 21.0, 4.0
"""L* and C* up to which print is black to the eye; black ink alone has 17 and 1 on coated paper."""
_STEPS = (8, 4, 2, 1)
"""By how much inks are changed in search of a colour, of 255: coarsely, then finely."""
_REACHED = 3.0
"""A colour that the search comes no nearer to can be mixed by no ink: there the profile's own answer is better."""
_SCREEN, _LAB = ImageCms.createProfile("sRGB"), ImageCms.createProfile("LAB")
_DIRECT = ImageCms.Flags.NOOPTIMIZE
"""Reckon each colour through the profile itself: few are asked for, and a table for all takes seconds to prepare."""
_INTENT = ImageCms.Intent.RELATIVE_COLORIMETRIC


def inks_of(brand: Brand) -> ProfileInks:
    """Return the inks of a brand's profile; one profile's colours are worked out once. Raises ``HandoutError``."""
    try:
        return profile_inks(print_profile(brand.print_profile))
    except ValueError as mistake:  # the file has changed since the brand was read
        raise HandoutError(f"{brand.slug}: its print profile {mistake}") from None


@lru_cache(maxsize=8)
def profile_inks(profile: PrintProfile) -> ProfileInks:
    """Return the inks of a profile, one object for each."""
    return ProfileInks(profile)


class ProfileInks:
    """The inks of one profile. Colours have parts from 0 to 1."""

    def __init__(self, profile: PrintProfile) -> None:
        self.profile = profile
        self._colours: dict[tuple[int, int, int], Inks] = {}

    def of(self, red: float, green: float, blue: float) -> Inks:
        """Return the inks of a colour; those of a grey, or of what prints as black, are black ink alone."""
        colour = (round(red * 255), round(green * 255), round(blue * 255))
        if colour not in self._colours:
            is_grey = max(red, green, blue) - min(red, green, blue) <= _TINGE
            inks = (0.0, 0.0, 0.0, self.grey(max(red, green, blue))) if is_grey else self._nearest(colour)
            self._colours[colour] = BLACK if self.looks_black(inks) else inks
        return self._colours[colour]

    def _mixed(self, colour: tuple[int, int, int]) -> Levels:
        cyan, magenta, yellow, black = self.photograph(Image.new("RGB", (1, 1), colour)).tobytes()
        return (cyan, magenta, yellow, black)

    def _nearest(self, colour: tuple[int, int, int]) -> Inks:
        """Return the inks whose print is nearest to a colour, searched from the profile's own answer.

        A profile's tables towards inks are coarse, most of all in tints; those back from inks are what was measured.
        """
        pixel = Image.new("RGB", (1, 1), colour)
        wanted, own = _lab(_applied(pixel, self._screen_lab)), self._mixed(colour)
        best = _Tried(math.inf, own)
        for step in _STEPS:
            while (found := min(self._tried(best.inks, step, wanted), key=_nearness)).apart < best.apart:
                best = found
        return _parts(best.inks if best.apart <= _REACHED else own)

    def _tried(self, inks: Levels, step: int, wanted: Lab) -> list[_Tried]:
        """Return the neighbours of ``inks`` with as much black, and how far from ``wanted`` each prints."""
        *coloured, black = inks
        choices = ({max(0, ink - step), ink, min(255, ink + step)} for ink in coloured)
        neighbours = [(c, m, y, black) for c, m, y in product(*choices) if c + m + y + black <= LIMIT]
        strip = Image.new("CMYK", (len(neighbours), 1))
        strip.putdata(neighbours)
        printed = _labs(_applied(strip, self._to_lab))
        return [_Tried(_apart(lab, wanted), inks) for lab, inks in zip(printed, neighbours, strict=True)]

    def looks_black(self, inks: Inks) -> bool:
        """Return whether inks print as dark as black ink alone, or nearly so, without a colour that is seen."""
        lightness, a, b = self.lab(inks)
        return lightness <= _BLACK_LIGHTNESS and math.hypot(a, b) <= _BLACK_CHROMA

    def grey(self, level: float) -> float:
        """Return how much black ink looks as light as a grey: 0 for white, 1 for black."""
        return self._black_of_grey[round(level * 255)] / 255

    def photograph(self, picture: Image.Image) -> Image.Image:
        """Return an RGB picture in CMYK."""
        return within_limit(_applied(picture, self._to_inks))

    def drawing(self, picture: Image.Image) -> Image.Image:
        """Return an RGB picture in CMYK, whose greys are black ink alone, as those of a drawn logo."""
        red, green, blue = picture.split()
        lightest = ImageChops.lighter(ImageChops.lighter(red, green), blue)
        tinge = ImageChops.subtract(lightest, ImageChops.darker(ImageChops.darker(red, green), blue))
        dark = ImageChops.darker(_up_to(lightest, NEAR_BLACK), _up_to(tinge, _DARK_TINGE))
        is_grey = ImageChops.lighter(_up_to(tinge, _TINGE), dark)
        none = Image.new("L", picture.size)
        black = Image.merge("CMYK", (none, none, none, self.grey_picture(lightest, inked=True)))
        return Image.composite(black, self.photograph(picture), is_grey)

    def grey_picture(self, picture: Image.Image, *, inked: bool = False) -> Image.Image:
        """Return a grey picture as light in print as on the screen: as its ink, or as the grey that it leaves."""
        table = self._black_of_grey
        return picture.point(list(table) if inked else [255 - black for black in table])

    def lab(self, inks: Inks) -> Lab:
        """Return how inks look on paper, to a third of a step in lightness and half a one in colour."""
        pixel = Image.new("CMYK", (1, 1), tuple(round(ink * 255) for ink in inks))
        return _lab(_applied(pixel, self._to_lab))

    def screen(self, inks: Inks) -> tuple[int, int, int]:
        """Return inks as a screen shows their print: red, green and blue from 0 to 255."""
        pixel = Image.new("CMYK", (1, 1), tuple(round(ink * 255) for ink in inks))
        red, green, blue = _applied(pixel, self._to_screen).tobytes()
        return red, green, blue

    @cached_property
    def _file(self) -> ImageCms.ImageCmsProfile:
        return ImageCms.ImageCmsProfile(io.BytesIO(self.profile.data))

    @cached_property
    def _to_inks(self) -> ImageCms.ImageCmsTransform:
        return ImageCms.buildTransform(_SCREEN, self._file, "RGB", "CMYK", _INTENT)

    @cached_property
    def _to_lab(self) -> ImageCms.ImageCmsTransform:
        return ImageCms.buildTransform(self._file, _LAB, "CMYK", "LAB", _INTENT, _DIRECT)

    @cached_property
    def _screen_lab(self) -> ImageCms.ImageCmsTransform:
        return ImageCms.buildTransform(_SCREEN, _LAB, "RGB", "LAB", _INTENT, _DIRECT)

    @cached_property
    def _to_screen(self) -> ImageCms.ImageCmsTransform:
        return ImageCms.buildTransform(self._file, _SCREEN, "CMYK", "RGB", _INTENT, _DIRECT)

    @cached_property
    def _black_of_grey(self) -> bytes:
        """The black ink for each of 256 greys."""
        levels = Image.new("CMYK", (256, 1))
        levels.putdata([(0, 0, 0, black) for black in range(256)])
        printed = _applied(levels, self._to_lab).getchannel(0).tobytes()
        screen = Image.new("RGB", (256, 1))
        screen.putdata([(level, level, level) for level in range(256)])
        wanted = _applied(screen, self._screen_lab)
        nearest = [_nearest(printed, lightness) for lightness in wanted.getchannel(0).tobytes()]
        dark = round(255 * NEAR_BLACK)
        return bytes([255] * (dark + 1) + nearest[dark + 1 : 255] + [0])


def _applied(picture: Image.Image, transform: ImageCms.ImageCmsTransform) -> Image.Image:
    made = ImageCms.applyTransform(picture, transform)
    if made is None:  # only where it would be changed in place
        raise LookupError("a new picture")
    return made


def _up_to(picture: Image.Image, level: float) -> Image.Image:
    """Return where a grey picture is ``level`` (0 to 1) or less, as 255, else 0."""
    return picture.point([255 * (step <= 255 * level) for step in range(256)])


def _nearest(lightnesses: Sequence[int], wanted: int) -> int:
    return min(range(len(lightnesses)), key=lambda index: abs(lightnesses[index] - wanted))


def _lab(pixel: Image.Image) -> Lab:
    return _labs(pixel)[0]


def _labs(picture: Image.Image) -> list[Lab]:
    data = picture.tobytes()  # a and b are signed bytes
    return [(data[at] / 2.55, _signed(data[at + 1]), _signed(data[at + 2])) for at in range(0, len(data), 3)]


def _signed(byte: int) -> int:
    return byte - 256 if byte > 127 else byte


def _apart(a: Lab, b: Lab) -> float:
    """Return the difference of two colours, CIE94 of graphic arts: chroma and hue count less in strong colours."""
    chroma, other = math.hypot(*a[1:]), math.hypot(*b[1:])
    hue = max(0.0, math.dist(a[1:], b[1:]) ** 2 - (chroma - other) ** 2)
    return math.hypot(a[0] - b[0], (chroma - other) / (1 + 0.045 * other), math.sqrt(hue) / (1 + 0.015 * other))


class _Tried(NamedTuple):
    """Inks that were tried, and how far from the wanted colour they print."""

    apart: float
    inks: Levels


def _nearness(tried: _Tried) -> tuple[float, int]:
    return tried.apart, sum(tried.inks)


def _parts(inks: Levels) -> Inks:
    cyan, magenta, yellow, black = inks
    return (cyan / 255, magenta / 255, yellow / 255, black / 255)
