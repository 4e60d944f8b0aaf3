"""Harms as a page tells them: in words with their figures, and drawn where a figure can be.

A harm that another counts in stands below that one. Common harms come first, then what is rare, serious harms last:
those that are counted in a town of 100,000 people, then the others.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from markupsafe import Markup, escape

from handoutpress.content.models.handouts import Risk
from handoutpress.press.page.blocks.compared import people
from handoutpress.press.page.blocks.drawings import role_colours
from handoutpress.press.page.blocks.section_view import RiskGroup, RiskLine, RiskList
from handoutpress.press.page.blocks.writer import NOTHING, TextWriter
from handoutpress.press.page.figures import (
    SIDE,
    TOWN,
    RiskFigure,
    bar_of_town,
    figure_of,
    say_figure,
    town_figure,
)
from handoutpress.press.page.phrases import apart, ended_well, say
from handoutpress.press.plate.spoken_marks import BEHIND

_LAST_WORD = re.compile(r"(?:[^\s<>]|\u00a0|<[^<>]*>)+$")
SEVERITIES = ("mild", "significant", "serious")


def risk_group(heading: str, risks: Sequence[Risk], writer: TextWriter) -> RiskGroup:
    """Return the harms of one practice, the mild ones first."""
    wholes: list[list[Risk]] = []
    for risk in risks:
        if risk.part_of_above and wholes:
            wholes[-1].append(risk)
        else:
            wholes.append([risk])
    ordered = sorted(wholes, key=lambda harms: SEVERITIES.index(harms[0].severity))
    town = say(writer.phrases.figures.town, writer.language, of=writer.number(TOWN))
    # Lists are written in reading order, so that citations are numbered so.
    lists = []
    for place in ("drawn", "slight", "rare", "serious"):
        harms = [each for each in ordered if _place_of(each[0]) == place]
        lines = tuple(_whole(each[0], each[1:], writer) for each in harms)
        is_led = place == "rare" and _has_bars(writer)
        lists.append(RiskList(place, lines, town if is_led else NOTHING))
    drawn = next((_drawn(each[0], writer) for each in ordered if _is_drawn(each[0])), "")
    return RiskGroup(heading, tuple(each for each in lists if each.lines), drawn, escape(heading))


def told_apart(groups: Sequence[RiskGroup], writer: TextWriter) -> tuple[RiskGroup, ...]:
    """Return the groups, with what each draws in its heading where that differs: treatments are not read as people."""
    differ = len({group.drawn for group in groups if group.drawn}) > 1
    return tuple(_told(group, writer) if differ and group.heading and group.drawn else group for group in groups)


def _told(group: RiskGroup, writer: TextWriter) -> RiskGroup:
    said = say(writer.phrases.label_then_text, writer.language, label=group.heading, text=group.drawn)
    return replace(group, title=said)


def _drawn(risk: Risk, writer: TextWriter) -> str:
    """Return what the hundred of a drawing are."""
    return f"{writer.number(SIDE * SIDE)} {getattr(writer.phrases.figures, risk.per or 'person')}"


def _has_bars(writer: TextWriter) -> bool:
    return writer.choice.with_figures and writer.choice.with_bars


def _place_of(risk: Risk) -> str:
    """Return which list of its group a harm stands in."""
    if _is_drawn(risk):
        return "drawn"
    if town_figure(risk):
        return "rare"
    return "serious" if risk.severity == "serious" else "slight"


def _is_drawn(risk: Risk) -> bool:
    figure = figure_of(risk)
    return bool(figure and figure.is_drawn)


def _whole(risk: Risk, parts: Sequence[Risk], writer: TextWriter) -> RiskLine:
    line, figure = _line(risk, writer), figure_of(risk)
    told = tuple(_line(part, writer, whole=risk) for part in parts)
    if figure is None or not figure.is_drawn:
        return replace(line, parts=told)
    # Without room for people, words still say how many are not affected.
    told_of_others = replace(line, parts=told, others=_others(risk, figure.others, writer))
    if not writer.choice.with_figures:
        return told_of_others
    mark = "" if writer.choice.is_screen else BEHIND
    return replace(told_of_others, drawing=people(figure, risk.per or "person", writer, mark))


def _others(risk: Risk, others: RiskFigure, writer: TextWriter) -> Markup:
    """Return how many are not affected."""
    if not others.count:
        return NOTHING
    figures = writer.phrases.figures
    frequency = say_figure(others, risk.per or "person", figures, writer.number)
    return ended_well(writer.labelled(frequency, escape(figures.none_of_this)))


def _line(risk: Risk, writer: TextWriter, whole: Risk | None = None) -> RiskLine:
    """Return one harm in words, and as a bar if it is counted in a town.

    What is a part of a ``whole`` has no bar of its own, and is not said to be serious where that says it.
    """
    town = town_figure(risk)
    figure = town or figure_of(risk)
    frequency = say_figure(figure, risk.per or "person", writer.phrases.figures, writer.number) if figure else ""
    words = shown = ended_well(_words(risk, figure, frequency, writer))
    if town and not whole and _has_bars(writer):
        bar = bar_of_town(town, frequency, role_colours(is_screen=writer.choice.is_screen))
        shown = _behind(words, bar)
    is_told = risk.severity == "serious" and not (whole and whole.severity == "serious")
    severity = writer.phrases.severities.serious if is_told else ""
    return RiskLine(severity, words, shown)


def _behind(words: Markup, bar: Markup) -> Markup:
    """Return words with a bar behind them, tied to the last word: where styles leave it no line of its own, it never
    begins one.
    """
    bar = Markup('<span class="bar">{}</span>').format(bar)
    last = _LAST_WORD.search(str(words))
    if last is None or last[0].count("<") != 2 * last[0].count("</"):
        return words + " " + bar
    before, word = str(words)[: last.start()], last[0]
    return Markup(f'{before}<span class="tie">{word}{bar}</span>')  # noqa: S704  parts of ``words``


def _words(risk: Risk, figure: RiskFigure | None, frequency: str, writer: TextWriter) -> Markup:
    """Return what happened and how often, with its citation and, as a sentence of its own, what to know."""
    note = _note(risk, writer)
    cite = writer.cite_unless_cited(risk.note or "", risk.references)
    if figure:
        said = writer.labelled(frequency, apart(risk.name, writer.language)) + cite
    else:
        said = Markup("<strong>{}</strong>").format(_capitalised(risk.name)) + cite
    return say(writer.phrases.risk_then_note, writer.language, risk=said, note=note) if note else said


def _note(risk: Risk, writer: TextWriter) -> Markup:
    """Return what to know of a harm, and first why nobody has counted it, if that is told."""
    note = writer.line(risk.note) if risk.note else NOTHING
    if not risk.not_counted:
        return note
    phrases, language = writer.phrases, writer.language
    not_counted = say(phrases.not_counted, language, because=writer.line(risk.not_counted.rstrip(".。।")))
    return say(phrases.risk_then_note, language, risk=not_counted, note=note) if note else not_counted


def _capitalised(text: str) -> str:
    """Return ``text`` as it stands at the head of a sentence."""
    return text[:1].upper() + text[1:]
