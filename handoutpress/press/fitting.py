"""Copy fitting: the largest type, then the format's reductions in order, then spare room spread between the lines."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from handoutpress.content.formats import Format, Reduction
from handoutpress.content.handouts import Handout, Passage
from handoutpress.content.problems import HandoutError
from handoutpress.press.typeset import Layout

SPREADING_STEPS = 8
CONTENTS_FROM = 9
"""A booklet of more than eight pages begins with its contents."""


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
    """One attempt to fit a page."""

    setting: Setting
    html: str
    reads: frozenset[str]
    layout: Layout


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
        self._last: Trial | None = None

    def best(self) -> Trial:
        """The trial to print. Raises ``DoesNotFitError``."""
        for setting in attempts(self._format):
            if fitting := self._largest(setting):
                return self._filled(self._spread(fitting))
        raise DoesNotFitError(self._excess())

    def _fits(self, setting: Setting, step: int = 0) -> Trial | None:
        kind = self._format.type
        trial = self._last = self._try(replace(setting, size=kind.ideal - step * kind.step))
        return trial if trial.layout.pages <= self._format.max_pages else None

    def _largest(self, setting: Setting) -> Trial | None:
        """The ideal size if it fits, else the largest step above the floor that does, else None."""
        kind = self._format.type
        steps = round((kind.ideal - kind.floor) / kind.step)
        fitting = self._fits(setting)
        if fitting or not steps or not (fitting := self._fits(setting, steps)):
            return fitting
        low, high = 1, steps
        while low < high:
            middle = (low + high) // 2
            if found := self._fits(setting, middle):
                fitting, high = found, middle
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
            if trial.layout.pages <= limit:
                fitting, low = trial, middle + 1
            else:
                del settings[middle:]
        return fitting

    def _filled(self, fitting: Trial) -> Trial:
        """With contents where it is long, and pages for notes up to a multiple of the format's."""
        multiple = self._format.page_multiple
        if self._format.imposition.scheme == "booklet" and fitting.layout.pages >= CONTENTS_FROM:
            with_contents = self._try(replace(fitting.setting, contents=True))
            if with_contents.layout.pages <= self._format.max_pages:
                fitting = with_contents
        pages = fitting.layout.pages
        if missing := _filled_count(pages, multiple) - pages:
            fitting = self._try(replace(fitting.setting, notes=missing))
        return fitting

    def _excess(self) -> str:
        """By how much the last trial is too long, and what would help."""
        limit, trial = self._format.max_pages, self._last
        lines = trial.layout.lines_beyond(limit) if trial else 0
        return (
            f'"{self._handout.title}" is about {lines} lines too long for the format "{self._format.name}", which '
            f"allows {limit} page{'s' * (limit > 1)}, even with the shorter texts at {self._format.type.floor:g} pt. "
            f"Hint: shorten the longest sections: {', '.join(_longest(self._handout, self._format.sections))}."
        )


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
