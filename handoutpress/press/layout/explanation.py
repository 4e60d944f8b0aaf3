"""How a handout was set, in words: what was chosen, what was given up, and what did not fit."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from handoutpress.content.models.formats import Format
from handoutpress.content.models.handouts import Handout
from handoutpress.content.models.kinds import LADDER, SECTIONS
from handoutpress.press.layout.choices import SIDES, LayoutChoice, TypeSetting
from handoutpress.press.layout.trials import FittedText
from handoutpress.yamlfile.counts import counted

MOST_TOLD = 3
"""How many of the ways that did not fit are named: those nearest to the one that does."""


def explained(format_: Format, fitted: FittedText, references: int, handout: Handout) -> str:
    """Return the choices for one plate as sentences; ``references`` are all that its handout cites."""
    return " ".join(_sentences(format_, fitted, references, handout))


def _sentences(format_: Format, fitted: FittedText, references: int, handout: Handout) -> Iterator[str]:
    setting, type_ = fitted.trial.setting, format_.type
    pages = counted(fitted.trial.layout.pages, "page")
    largest = type_.largest or type_.ideal
    yield f"{pages} in {_type(setting)}, of {type_.floor:g} to {largest:g} pt that the format allows."
    yield f"Set short: {', '.join(setting.shortened)}." if setting.shortened else _in_full(format_)
    if unprinted := list(_unprinted(format_, handout)):
        yield f"Of its parts the format never prints {_listed(unprinted)}."
    yield from _of_references(format_, setting, references)
    yield from _of_what_is_left_out(setting)
    yield from _of_breaks(format_, setting)
    if setting.risks:
        yield "The risks stand whole."
    if setting.starts:
        yield f"Pages begin with {', '.join(setting.starts)}."
    if setting.notes:
        yield f"{counted(setting.notes, 'page')} for notes."
    if failed := [choice for choice, fits in fitted.tried if not fits]:
        nearest = sorted(failed, key=lambda choice: abs(choice.setting.scale - setting.scale))[:MOST_TOLD]
        yield f"Did not fit: {'; '.join(map(_choice, nearest))}."


def _in_full(format_: Format) -> str:
    return "All texts in full." if format_.sections is None else "All texts that the format prints in full."


def _unprinted(format_: Format, handout: Handout) -> Iterator[str]:
    """Yield the parts of a handout that a format of a few sections has no place for, its own by their headings."""
    only = format_.sections
    if only is None:
        return
    printed = {*only, *(LADDER if LADDER[-1] in only else ())}
    yield from (name for name in SECTIONS if name not in printed and getattr(handout, name))
    yield from (f"“{section.heading}”" for section in handout.sections)


def _of_what_is_left_out(setting: TypeSetting) -> Iterator[str]:
    if setting.blocks is not None:
        yield f"Of the body {counted(setting.blocks, 'block')}, the others left out."
    if not setting.figures:
        yield "Risks are told in words, without people drawn."
    if setting.compared:
        yield "People are drawn for a benefit, with the practice and without."
    if not setting.normal:
        yield "What is normal is left out."
    if not setting.icons:
        yield "Lists have no pictograms."


def _of_breaks(format_: Format, setting: TypeSetting) -> Iterator[str]:
    if setting.whole:
        yield "No section goes on over a page."
    elif setting.kept and format_.max_pages > SIDES:
        yield "What to tell us first and what to do afterwards stand whole."
    elif format_.max_pages > SIDES:
        yield "Any section goes on over a page where it must."


def of_extras(format_: Format, extras: Collection[str]) -> str:
    """Return which of a clinic's ``extras`` the format leaves out, as a sentence; empty where it prints all."""
    left_out = [name for name in extras if getattr(format_.slots.extras, name) is None]
    return f"The format has no room for the clinic's {_listed(left_out)}." if left_out else ""


def _listed(names: Sequence[str]) -> str:
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))


def _of_references(format_: Format, setting: TypeSetting, references: int) -> Iterator[str]:
    if format_.references == "behind-code":
        yield "The format leaves the references to their code."
    elif setting.references is None or setting.references >= references:
        yield f"On paper {counted(references, 'reference')}, all that are cited."
    else:
        yield f"{counted(setting.references, 'reference')} of {references} on paper, the others behind their code."


def _type(setting: TypeSetting) -> str:
    return f"{setting.size:g} pt with lines of {setting.leading:g}"


def _choice(choice: LayoutChoice) -> str:
    setting = choice.setting
    given_up = f", {counted(len(setting.shortened), 'text')} short" * bool(setting.shortened)
    given_up += f", {counted(setting.references, 'reference')}" if setting.references else ""
    kept = ", sections whole" * setting.whole
    return f"{_type(setting)}{kept}{given_up} on {counted(choice.pages, 'page')}"
