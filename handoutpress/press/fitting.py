"""Copy fitting: the largest type, then the format's reductions in order, then spare room spread between the lines."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from handoutpress.content.formats import Format, Reduction
from handoutpress.content.handouts import Handout, Passage
from handoutpress.content.problems import HandoutError
from handoutpress.press.typeset import Layout

SPREADING_STEPS = 8
CONTENTS_FROM = 9
"""A booklet of more than eight pages begins with its contents."""


SINGLE: Mapping[str, tuple[str, str]] = {
    "cover": ("the cover", "shorten title, subtitle or main message"),
    "message": ("the main message", "shorten it"),
    "urgent": ("the box of urgent help", "shorten it"),
    "codes": ("the box of codes", "make the format's codes smaller"),
    "back": ("the last page", "give fewer contacts or lines to write on"),
}
"""Parts that never break over two pages, by class: what they are, and what would help where they would."""


class DoesNotFitError(HandoutError):
    """The text is too long for the format, even at its smallest type."""


@dataclass(frozen=True)
class Setting:
    """How a page is set: body type in pt, leading as a multiple of it, more air between parts in em.

    With ``whole``, sections keep together on a page where they can; ``notes`` are pages for the reader's notes before
    the last page; ``contents`` asks for a list of contents.
    """

    size: float
    leading: float
    air: float = 0.0
    short: bool = False
    references: bool = True
    whole: bool = False
    notes: int = 0
    contents: bool = False

    @property
    def gap(self) -> float:
        """Space between parts in em: it grows and shrinks with the leading."""
        return round((self.leading - 1.1) * 3 + self.air, 3)


@dataclass(frozen=True)
class Trial:
    """One attempt to fit a page. With ``stuck``, it could be laid out only with its boxes undone."""

    setting: Setting
    html: str
    reads: frozenset[str]
    layout: Layout
    stuck: bool = False

    def fits(self, pages: int) -> bool:
        """Whether it is whole on so many pages, what may not break in one piece, with no word over an edge."""
        layout = self.layout
        if self.stuck or layout.pages > pages or layout.wide_words():
            return False
        return not layout.lines_left_over(SINGLE)


Try = Callable[[Setting], Trial]


def attempts(format_: Format) -> Iterator[Setting]:
    """The settings to try at ever smaller type: as the format wishes, then with each reduction upon the last."""
    setting = Setting(
        format_.type.ideal,
        format_.leading.ideal,
        references=format_.references == "printed",
        whole="break-sections" in format_.reductions,
    )
    yield setting
    for reduction in format_.reductions:
        setting = _reduced(setting, reduction, format_)
        yield setting


def _reduced(setting: Setting, reduction: Reduction, format_: Format) -> Setting:
    if reduction == "short-texts":
        return replace(setting, short=True)
    if reduction == "tight":
        return replace(setting, leading=format_.leading.tight)
    if reduction == "break-sections":
        return replace(setting, whole=False)
    return replace(setting, references=False)


class Fitting:
    """Fits one handout to its format."""

    def __init__(self, format_: Format, handout: Handout, attempt: Try) -> None:
        """``attempt`` lays the page out with a setting."""
        self._format = format_
        self._handout = handout
        self._try = attempt

    def best(self) -> Trial:
        """The trial to print. Raises ``DoesNotFitError``."""
        for setting in attempts(self._format):
            trial = self._largest(setting)
            if trial.fits(self._format.max_pages):
                return self._filled(self._spread(trial))
        raise DoesNotFitError(self._excess(trial))

    def _sized(self, setting: Setting, step: int = 0) -> Trial:
        kind = self._format.type
        return self._try(replace(setting, size=kind.ideal - step * kind.step))

    def _largest(self, setting: Setting) -> Trial:
        """At the ideal size if that fits, else at the largest step above the floor that does, else at the floor."""
        kind, limit = self._format.type, self._format.max_pages
        steps = round((kind.ideal - kind.floor) / kind.step)
        ideal = self._sized(setting)
        if ideal.fits(limit) or not steps:
            return ideal
        fitting = self._sized(setting, steps)
        low, high = 1, steps if fitting.fits(limit) else 1
        while low < high:
            middle = (low + high) // 2
            trial = self._sized(setting, middle)
            if trial.fits(limit):
                fitting, high = trial, middle
            else:
                low = middle + 1
        return fitting

    def _spread(self, fitting: Trial) -> Trial:
        """The same sheets with the loosest lines that fit them, and then with air between the parts."""
        if not self._format.spread:
            return fitting
        limit = min(self._format.max_pages, _filled_count(fitting.layout.pages, self._format.page_multiple))
        leading, bounds = fitting.setting.leading, self._format.leading
        looser = [leading + (bounds.loose - leading) * step / SPREADING_STEPS for step in range(1, SPREADING_STEPS + 1)]
        settings = [replace(fitting.setting, leading=round(value, 4)) for value in looser]
        if bounds.air:
            airs = (bounds.air * step / SPREADING_STEPS for step in range(1, SPREADING_STEPS + 1))
            settings += [replace(settings[-1], air=round(air, 4)) for air in airs]
        low = 0
        while low < len(settings):
            middle = (low + len(settings)) // 2
            trial = self._try(settings[middle])
            if trial.fits(limit):
                fitting, low = trial, middle + 1
            else:
                del settings[middle:]
        return fitting

    def _filled(self, fitting: Trial) -> Trial:
        """With contents where it is long, and pages for notes up to a multiple of the format's."""
        multiple = self._format.page_multiple
        if self._format.imposition.scheme == "booklet" and fitting.layout.pages >= CONTENTS_FROM:
            with_contents = self._try(replace(fitting.setting, contents=True))
            if with_contents.fits(self._format.max_pages):
                fitting = with_contents
        pages = fitting.layout.pages
        if missing := _filled_count(pages, multiple) - pages:
            fitting = self._try(replace(fitting.setting, notes=missing))
        return fitting

    def _excess(self, trial: Trial) -> str:
        """What is too long in a trial, by how much, and what would help."""
        format_, limit, layout = self._format, self._format.max_pages, trial.layout
        smallest = f"even with the shorter texts at {format_.type.floor:g} pt. Hint:"
        name = f'the format "{format_.name}"'
        over = [f"{what} is {_about(lines)} too long: {mend}" for what, lines, mend in self._broken(layout)]
        if lines := layout.lines_beyond(limit):
            longest = ", ".join(_longest(self._handout, format_.sections))
            allowed = f"which allows {limit} page{'s' * (limit > 1)}"
            mends = "; ".join([f"shorten the longest sections: {longest}", *over])
            return f'"{self._handout.title}" is {_about(lines)} too long for {name}, {allowed}, {smallest} {mends}.'
        if over:
            return f'"{self._handout.title}" does not fit {name}, {smallest} {"; ".join(over)}.'
        widest = max((word for text in layout.wide_words() for word in text.split()), key=len)
        return (
            f'"{self._handout.title}" has a word that is wider than a line of {name}, {smallest} write a shorter one '
            f'than "{widest}", or show where it may break with a soft hyphen (U+00AD).'
        )

    def _broken(self, layout: Layout) -> Iterator[tuple[str, int, str]]:
        """What must stand on one page and does not, the lines that are left over, and what would help."""
        for part, lines in layout.lines_left_over(SINGLE).items():
            yield SINGLE[part][0], lines, SINGLE[part][1]


def _about(lines: int) -> str:
    return f"about {lines} line{'s' * (lines > 1)}"


def _filled_count(pages: int, multiple: int) -> int:
    return -(-pages // multiple) * multiple


def _longest(handout: Handout, only: Sequence[str] | None) -> list[str]:
    """The three longest texts that a format prints of a handout, by their keys, with their words."""
    texts = {name: value.text for name, value in handout if isinstance(value, Passage)}
    if only is not None:
        texts = {name: text for name, text in texts.items() if name in (*only, "main_message")}
    else:
        texts |= {section.id: section.text for section in handout.sections}
    by_words = sorted(texts, key=lambda name: -len(texts[name].split()))
    return [f'"{name}" ({len(texts[name].split())} words)' for name in by_words[:3]]
