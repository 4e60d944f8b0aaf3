"""What a page says of itself: who wrote and checked it, when, from what, and which references it leaves out.

The only place that knows how languages write dates, numbers and lists (Babel).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import cast

from babel import Locale
from babel.dates import format_date
from babel.lists import format_list
from babel.numbers import format_decimal
from markupsafe import Markup

from handoutpress.content.editions import HandoutFile
from handoutpress.content.models.blocks.exercise_phrases import PluralForm
from handoutpress.content.models.handouts import Handout
from handoutpress.content.models.languages import Language
from handoutpress.press.page.phrases import apart, ended_well, say


def say_date(language: Language, day: date) -> str:
    """Return a date as the language writes it."""
    return format_date(day, format=language.date_pattern, locale=language.locale)


def say_number(language: Language, value: int) -> str:
    """Return a number as the language writes it."""
    return format_decimal(value, locale=language.locale)


def say_count(language: Language, count: str, phrase: Mapping[PluralForm, str]) -> str:
    """Return a phrase with ``count``, a number or two (``8-12``), in the form that the language has for it."""
    numbers = count.split("-")
    wanted = cast(PluralForm, Locale.parse(language.locale).plural_form(int(numbers[-1])))
    form = phrase.get(wanted, phrase["other"])
    return form.format(count="–".join(say_number(language, int(number)) for number in numbers))


def say_list(language: Language, words: Sequence[str]) -> str:
    """Return several words, or names, as the language counts them up."""
    return format_list(words, locale=language.locale)


def _review_line(handout: Handout, language: Language) -> Markup:
    review = handout.reviewed
    if review is None:
        return ended_well(say(language.phrases.not_reviewed, language))
    on, next_on = say_date(language, review.on), say_date(language, review.next)
    return say(language.phrases.reviewed, language, by=review.by, on=on, next=next_on)


def _is_draft(handout: Handout) -> bool:
    return handout.translation is not None and handout.translation.status == "draft"


def foot_line(handout: Handout, language: Language) -> Markup:
    """Return what the foot of every page says of who has checked it."""
    if _is_draft(handout):
        return say(language.phrases.draft_translation, language)
    return _review_line(handout, language)


def language_name(code: str, language: Language) -> str:
    """Return what ``language`` calls the language ``code``; the code itself where Babel has no name for it."""
    names = Locale.parse(language.locale).languages
    return str(names.get(code) or names.get(code.split("-", maxsplit=1)[0]) or code)


def source_lines(handout: Handout, language: Language) -> Iterator[Markup]:
    """Yield who wrote the text and from what; of a draft translation also that nobody has reviewed it."""
    phrases, article, translation = language.phrases, handout.article, handout.translation
    yield say(phrases.written_by, language, author=handout.author)
    if article is not None:
        title = apart(article.title, language, translation.of if translation else "")
        day = say_date(language, article.date)
        yield say(phrases.based_on, language, title=title, author=article.author, date=day)
    if translation is not None and _is_draft(handout):
        name = language_name(translation.of, language)
        yield say(phrases.translated_from, language, language=name, version=translation.version, by=translation.by)


def code_labels(file: HandoutFile, language: Language, *, has_site: bool) -> Mapping[str, str]:
    """Return the codes that a page prints, by name, with the words for where each leads."""
    phrases = language.phrases
    article = phrases.read_article if file.handout.article else phrases.read_sheet
    labels = {"article": article, "references": phrases.see_references}
    return {name: labels[name] for name in file.codes(has_site=has_site)}


def references_left_line(cited: int, printed: int | None, language: Language) -> Markup:
    """Return which references a page leaves to their code, where it leaves out some."""
    if printed is None or printed >= cited:
        return Markup("")
    numbers = f"{printed + 1}–{cited}" if printed + 1 < cited else str(cited)
    return say(language.phrases.references_left, language, numbers=numbers)
