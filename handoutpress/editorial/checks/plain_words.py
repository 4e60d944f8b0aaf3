"""Plain words: reading grade, long sentences, passive voice, hard words, abbreviations, lists and figures."""

from __future__ import annotations

import re
from collections.abc import Iterator

from handoutpress.content.models.kinds import BODY, SAFETY_SECTIONS
from handoutpress.editorial.checks.findings import FindingLevel, Remark
from handoutpress.editorial.checks.prose import Prose
from handoutpress.editorial.checks.reading.readability import FORMULAS, ReadingGrade, grades
from handoutpress.editorial.checks.reading.sentences import Sentence, words
from handoutpress.editorial.checks.reading.syllables import LANGUAGES, syllables
from handoutpress.editorial.checks.rule_files import PlainWords
from handoutpress.editorial.checks.subject import TextSubject

GRADE_GOAL, GRADE_LIMIT = 6.0, 8.0
SENTENCE_GOAL, SENTENCE_LIMIT = 20, 25
PASSIVE_LIMIT = 0.25
LIST_LIMIT = 7
_SHORTEST_MEDICINE = 6
"""Letters that the name of a medicine has at least more than."""
LONG_WORD = 5
"""Syllables from which on a word counts as long, where they can be counted."""

_EXEMPT_SECTIONS = frozenset({"title", "subtitle", "for_whom", "comparison"})
"""Names and table cells, which are no running text; they do not count in the grade."""
_EXEMPT_BLOCKS = (("table",), ("write",), ("links",))

_ABBREVIATION = re.compile(r"\b[A-Z][A-Z&-]*[A-Z]\b(?!\w)")
_PERCENTAGE = r"(?<![\d.,])\d[\d.,]*\s?(?:[%٪]|per ?cent\b|por ciento\b|pour cent\b)"
_TIME_OF_DAY = r"\d{1,2}\.[0-5]\d\s?[ap]\.?m\b"
_NUMBER = re.compile(rf"(?<![\d.,])(?!{_TIME_OF_DAY})\d+\.\d+(?!\d*\.\d)|{_PERCENTAGE}")
_NUMBER_ELSEWHERE = re.compile(rf"(?<![\d.,])\d+[.,](?!\d{{3}}(?!\d))\d+(?![.,]?\d)|{_PERCENTAGE}")
"""Other languages than English: either mark may group thousands, before three digits, or divide a decimal."""
_PASSIVE = (
    r"\b(?:is|are|was|were|be|been|being|gets?|got)\s+(?:\w+ly\s+|not\s+|never\s+|often\s+|also\s+)?"
    r"(\w{2,}ed|%s)\b(?!\s+(?:about|in|if|that)\b)"
)
_ADJECTIVES = frozenset(
    {"tired", "worried", "prescribed", "used", "scared", "allowed", "needed", "called", "interested", "red"}
)


def measured(subject: TextSubject) -> tuple[ReadingGrade, ...]:
    """Return the reading grade of running text, without short versions, names, table cells and exempt terms."""
    running_texts = [text for text in subject.texts if text.section not in _EXEMPT_SECTIONS and not text.is_short]
    running_text = "\n\n".join(_unwrapped(text.plain) for text in running_texts if not _is_label(text))
    return grades(running_text, subject.language, _exempt_terms(subject))


def _exempt_terms(subject: TextSubject) -> set[str]:
    """Return words, in lower case, that a text needs: names of its practices and of medicines, and listed terms."""
    names = {part for practice in subject.practices for part in (practice, *practice.split("-"))}
    return names | subject.rules.terms | _medicines(subject)


def _medicines(subject: TextSubject) -> set[str]:
    """Return the words, in lower case, that end as names of medicines do."""
    endings = subject.rules.medicine_endings
    if not endings:
        return set()
    spoken = {word.lower() for text in subject.texts for word in words(text.plain)}
    return {word for word in spoken if len(word) > _SHORTEST_MEDICINE and word.endswith(endings)}


def _is_label(text: Prose) -> bool:
    """Return whether a text is a name or stands in a table, on a line to write on, or at a link."""
    in_block = text.location[0] == BODY and text.location[2:3] in _EXEMPT_BLOCKS
    return in_block or text.location[-1] in ("name", "condition", "heading", "label", "cell", "alt", "caption")


def _unwrapped(text: str) -> str:
    """Join the lines of a paragraph; bullets stay apart."""
    return re.sub(r"(?<!\n)\n(?!\s*\n|\s*[-*•] )", " ", text)


def remarks(subject: TextSubject) -> Iterator[Remark]:
    """Look at how a text is written; at hard words only where its language has a word list."""
    yield from _grade(subject)
    yield from _long_words(subject)
    for text in subject.texts:
        yield from _sentences(text)
        yield from list_remarks(text)
        yield from _numbers(text, _NUMBER if subject.language.startswith("en") else _NUMBER_ELSEWHERE)
    if subject.rules.plain:
        yield from _passive(subject, subject.rules.plain)
        yield from _hard_words(subject, subject.rules.plain)
        yield from _abbreviations(subject, subject.rules.plain)


def _grade(subject: TextSubject) -> Iterator[Remark]:
    if subject.language.partition("-")[0] not in FORMULAS:
        yield Remark("plain-grade", "note", ("title",), "The reading grade of this language is not measured.")
        return
    reading_grades = measured(subject)
    if not reading_grades:
        return
    values = " and ".join(f"{grade.grade:.1f} ({grade.formula})" for grade in reading_grades)
    longest = max((sentence for text in subject.texts for sentence in text.sentences), key=_length, default=None)
    begin = f", such as “{' '.join(longest.text.split()[:5])} …”" if longest else ""
    hint = f"shorten the longest sentences{begin}, and use shorter words."
    # AMA and NIH advice on reading level. One formula alone may be misled: SMOG by a few long names, LIX by French.
    lowest = min(grade.grade for grade in reading_grades)
    if lowest > GRADE_LIMIT:
        yield Remark(
            "plain-grade", "error", ("title",), f"The reading grade is {values}, above {GRADE_LIMIT:.0f}.", hint
        )
    elif lowest > GRADE_GOAL:
        yield Remark(
            "plain-grade", "warning", ("title",), f"The reading grade is {values}, above {GRADE_GOAL:.0f}.", hint
        )


def _length(sentence: Sentence) -> int:
    return len(sentence.words)


def _sentences(text: Prose) -> Iterator[Remark]:
    for sentence in text.sentences:
        length = len(sentence.words)
        if length > SENTENCE_GOAL:
            level: FindingLevel = "warning" if length > SENTENCE_LIMIT else "note"
            message = f"This sentence has {length} words."
            yield Remark(
                "plain-sentence",
                level,
                text.location,
                message,
                f"make two of it; aim for {SENTENCE_GOAL} words or fewer.",
                sentence.start,
                sentence.text,
            )


def list_remarks(text: Prose) -> Iterator[Remark]:
    """Yield the lists of ``text`` that are too long to be kept in mind."""
    for long_list in re.finditer(r"(?:^[ \t]*(?:[-*•]|\d+[.)])[ ].*(?:\n[ \t]+\S.*)*\n?){8,}", text.text, re.MULTILINE):
        bullets = len(re.findall(r"^[ \t]*(?:[-*•]|\d+[.)])[ ]", long_list.group(), re.MULTILINE))
        sentence = f"This list has {bullets} points."
        # Nobody may take this for advice to leave a warning out.
        is_safety = text.section in SAFETY_SECTIONS
        remedy = (
            "join points that belong together; leave none out" if is_safety else f"keep the {LIST_LIMIT} that matter"
        )
        yield Remark(
            "plain-list",
            "warning",
            text.location,
            sentence,
            f"split it, or {remedy}.",
            long_list.start(),
            text.plain[long_list.start() :].strip(" -*•").partition("\n")[0],
        )


def _long_words(subject: TextSubject) -> Iterator[Remark]:
    """Yield each long word where it first stands, but for names of practices, listed terms and hard words."""
    language = subject.language.partition("-")[0]
    if language not in LANGUAGES:
        return
    plain_words = subject.rules.plain
    passed_words = _exempt_terms(subject) | ({*plain_words.plainer} if plain_words else set())
    for text in subject.texts:
        for sentence in text.sentences:
            for match in re.finditer(r"(?<![\w-])[^\W\d_]{10,}(?![\w-])", sentence.text):
                word = match.group().lower()
                if word not in passed_words and (syllable_count := syllables(word, language)) >= LONG_WORD:
                    passed_words.add(word)
                    message = f"“{match.group()}” has {syllable_count} syllables."
                    at = sentence.start + match.start()
                    yield Remark(
                        "plain-long-word", "note", text.location, message, "look for a shorter word.", at, match.group()
                    )


def _numbers(text: Prose, hard: re.Pattern[str]) -> Iterator[Remark]:
    for match in hard.finditer(text.plain):
        sentence = f"“{match.group().strip()}” is hard to picture."
        hint = "write whole numbers, such as 8 in 100."
        yield Remark("plain-number", "warning", text.location, sentence, hint, match.start(), match.group().strip())


def passive_share(subject: TextSubject, plain_words: PlainWords) -> tuple[float, tuple[str, ...]]:
    """Return the share of sentences in the passive voice, and the first words of each."""
    pattern = re.compile(
        _PASSIVE % "|".join(map(re.escape, plain_words.irregular_participles or ("given",))), re.IGNORECASE
    )
    sentences = [
        sentence
        for text in subject.texts
        if not text.is_short
        for sentence in text.sentences
        if len(sentence.words) > 2
    ]
    passive = [
        " ".join(sentence.text.split()[:6])
        for sentence in sentences
        if any(match.group(1).lower() not in _ADJECTIVES for match in pattern.finditer(sentence.text))
    ]
    return len(passive) / max(1, len(sentences)), tuple(passive)


def _passive(subject: TextSubject, plain_words: PlainWords) -> Iterator[Remark]:
    share, passive_sentences = passive_share(subject, plain_words)
    if share > PASSIVE_LIMIT:
        sentence = f"{share:.0%} of the sentences are in the passive voice, such as “{passive_sentences[0]} …”."
        yield Remark(
            "plain-passive", "warning", ("title",), sentence, 'say who does it: "we", "you", "your practitioner".'
        )


def _hard_words(subject: TextSubject, plain_words: PlainWords) -> Iterator[Remark]:
    """Yield each hard word where it first stands, unless it is explained there."""
    texts = [(text, text.plain) for text in subject.texts]
    for hard, easy in plain_words.plainer.items():
        pattern = re.compile(rf"\b{re.escape(hard)}(?:s|es|d|ed|ing)?\b", re.IGNORECASE)
        first_use = next(((text, match) for text, words in texts if (match := pattern.search(words))), None)
        if first_use and not _explained(first_use[0].plain, first_use[1].span()):
            sentence = f"“{first_use[1].group()}” is a hard word."
            yield Remark(
                "plain-word",
                "warning",
                first_use[0].location,
                sentence,
                f'write "{easy}", or explain it there.',
                first_use[1].start(),
                first_use[1].group(),
            )


def _explained(text: str, span: tuple[int, int]) -> bool:
    before, after = text[max(0, span[0] - 40) : span[0]], text[span[1] : span[1] + 40]
    return bool(
        re.search(
            r"\b(?:called|known as|term for|means?|named)\W*(?:\w+\W+){0,3}$|\(\s*(?:called\s+)?[“\"]?$",
            before,
            re.IGNORECASE,
        )
        or re.match(r"\s*\(|[”\"]?\s*(?:means?\b|,? that is\b|, which (?:is|means|are)\b)", after, re.IGNORECASE)
    )


def _abbreviations(subject: TextSubject, plain_words: PlainWords) -> Iterator[Remark]:
    explained = {word.upper() for word in plain_words.known_abbreviations}
    for text in subject.texts:
        for match in _ABBREVIATION.finditer(text.plain):
            word = match.group()
            if word in explained:
                continue
            explained.add(word)
            with_brackets = text.plain[max(0, match.start() - 1) : match.end() + 2]
            if "(" not in with_brackets:
                sentence = f"“{word}” is not explained."
                yield Remark(
                    "plain-abbreviation",
                    "warning",
                    text.location,
                    sentence,
                    f"write it out: in full words ({word}).",
                    match.start(),
                    word,
                )
