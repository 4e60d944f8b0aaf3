"""Which inks a colour gets: those that a brand names, else those of its print shop's profile."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from handoutpress.press.printshop.profile_inks import Inks, ProfileInks
from handoutpress.yamlfile.problems import HandoutError

_LUMA = (0.299, 0.587, 0.114)
"""How bright red, green and blue look (ITU-R BT.601), as Pillow weighs them for its greys."""


class InkError(HandoutError):
    """A colour that cannot be turned into inks."""


@dataclass(frozen=True)
class InkRule:
    """How colours become inks: ``roles`` are the inks that a brand names, by role; ``mono`` prints black alone."""

    profile: ProfileInks
    roles: Mapping[str, Inks] = field(default_factory=dict)
    mono: bool = False

    def of(self, red: float, green: float, blue: float) -> Inks:
        """Return the inks of a colour, each part 0 to 1."""
        if self.mono:
            red = green = blue = sum(part * share for part, share in zip((red, green, blue), _LUMA, strict=True))
        return self.profile.of(red, green, blue)

    def of_role(self, role: str, colour: tuple[float, float, float]) -> Inks:
        """Return the inks of a brand's role: those that it names, else those of its screen colour.

        In black alone, headings are wholly black: grey letters are drawn with dots.
        """
        if self.mono and role == "heading":
            return self.of(0.0, 0.0, 0.0)
        named = self.roles.get(role)
        return named if named and not self.mono else self.of(*colour)
