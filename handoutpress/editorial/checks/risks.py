"""Risks: they are there, with figures that can be compared, in words that match, and with what to do about them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from urllib.parse import urlsplit

from handoutpress.content.models.handouts import Risk
from handoutpress.content.skeletons import UNKNOWN_DAY, UNTRANSLATED, UNWRITTEN
from handoutpress.editorial.checks.findings import Remark
from handoutpress.editorial.checks.patterns import clause, denied, mentions
from handoutpress.editorial.checks.prose import Prose
from handoutpress.editorial.checks.reading.readable import readable
from handoutpress.editorial.checks.rule_files import RiskScale, RiskStep
from handoutpress.editorial.checks.subject import CheckSubject, TextSubject
from handoutpress.yamlfile.source import Location

_UNITS = {"person": "people", "treatment": "treatments", "consultation": "visits", "report": "reports"}
_NOT_COMPARED = re.compile(
    r"\b(?:not|never|cannot)\s+(?:be\s+)?compar"  # English
    r"|\bno\s+(?:\w+\s+)?compar"  # Spanish
    r"|\bne\s+(?:\w+\s+)?compar"  # French
    r"|لا\s+(?:تقارن|يمكن\s+مقارنة)",  # Arabic
    re.IGNORECASE,
)
"""Says that figures are not for comparing. A further language needs a line here once a handout covers two practices."""
FIGURE = re.compile(r"(?<![\w.,])(\d[\d.,]*)\s+(?:in|of|out of)\s+(?:every\s+)?(\d[\d,]*)\b")
"""How many of how many: "8 in 100", "2 of 229,230"."""
UNCOUNTED = re.compile(
    r"\b(?:nobody|no\s+one|no\s+study|never|not)\b[^.]{0,40}\b(?:count|figure|number)|\bhow\s+often\b[^.]{0,60}\bnot\s+known\b"
    r"|\bdo\s+not\s+know\s+how\s+(?:often|many)\b",
    re.IGNORECASE,
)
"""Says that nobody has counted a harm."""
_GOES_ON = re.compile(r"[^\W\d_]{3,}[.!?…]\s+(?=[^\W\d_])")
"""A full stop and the space before more words; behind a short word it may be of an abbreviation."""
_GRAVITY = ("mild", "significant", "serious")
_ARTICLE = re.compile(r"^(?:a|an|the|some)\s+")
_SERIOUS = re.compile(r"\b(?:serious|severe|major)\b", re.IGNORECASE)
_MILD = re.compile(r"\b(?:mild|minor|side effects?|small problems?)\b", re.IGNORECASE)


def remarks(subject: CheckSubject) -> Iterator[Remark]:
    """Look at the risks as data and at every text that tells of them."""
    yield from _unwritten(subject)
    # Where its kind asks for no risks and none are told, none are missing: a benefit told all the same is questioned.
    for practice in subject.handout.practices if subject.handout.risks else ():
        yield from _missing_kinds(subject, practice)
        yield from _mixed_counts(subject, practice)
    yield from _doubtful_risks(subject)
    yield from _unsupported_risks(subject)
    yield from _names_that_go_on(subject)
    yield from _uncompared_practices(subject)
    yield from wording_remarks(subject)


def wording_remarks(subject: TextSubject) -> Iterator[Remark]:
    """Look at how texts tell of risks: one denominator, words that fit the figures, and what safety sections name."""
    yield from _mixed_denominators(subject)
    yield from _wrong_words(subject)
    yield from _safety_sections(subject)


def _unwritten(subject: CheckSubject) -> Iterator[Remark]:
    """Yield all that a new handout or a draft leaves for a person to write, in whatever key it stands."""
    hint = 'write it; "handouts docs writing" says what belongs here.'
    for location, node in subject.source.root.texts():
        if UNWRITTEN in node.value and location[0] != "accepted":
            at = node.value.index(UNWRITTEN)
            yield Remark("part-missing", "error", location, "This has not been written yet.", hint, at)
    article = subject.handout.article
    if article and article.url and (urlsplit(article.url).hostname or "").endswith(".invalid"):
        sentence = "Nobody has said where the article can be read."
        yield Remark("part-missing", "error", ("article", "url"), sentence, "give its web address.")
    yield from unknown_day(("date",), subject.handout.date)
    if article:
        yield from unknown_day(("article", "date"), article.date)


def unknown_day(location: Location, day: date) -> Iterator[Remark]:
    """Yield a remark where a draft's stand-in for a day is left."""
    if day == UNKNOWN_DAY:
        sentence = f"{day.isoformat()} stands for a day that nobody has given."
        yield Remark("part-missing", "error", location, sentence, "give the day, as year-month-day.")


def _risks_of(subject: CheckSubject, practice: str) -> list[tuple[int, Risk]]:
    risks = enumerate(subject.handout.harms)
    return [(number, risk) for number, risk in risks if risk.practice in (None, practice)]


def _missing_kinds(subject: CheckSubject, practice: str) -> Iterator[Remark]:
    """Yield what is missing: a common harm with its figure, and a serious one, whether or not anyone counted it."""
    practice_risks = [risk for _, risk in _risks_of(subject, practice) if UNWRITTEN not in risk.name]
    name, demands = practice.replace("-", " "), subject.rules.practices.demands(practice)
    if not any(risk.count is not None and risk.severity == "mild" for risk in practice_risks):
        sentence = f"No common side effect of {name} is told with a figure."
        hint = 'add one with "count", "of" and "per"; where nobody has counted, say so in the intro of the risks.'
        if demands.figure == "error" or not _says_uncounted(subject):
            yield Remark("risk-common", demands.figure, ("risks",), sentence, hint)
    # A serious harm is told, counted or not (GMC, Decision making and consent 2020).
    if not any(risk.severity == "serious" for risk in practice_risks):
        sentence = f"No serious harm of {name} is named."
        yield Remark(
            "risk-serious",
            demands.serious,
            ("risks",),
            sentence,
            'add it to "items" with severity: serious; where nobody has counted, without "count", "of" and "per".',
        )


def _says_uncounted(subject: CheckSubject) -> bool:
    return any(text.section == "risks" and UNCOUNTED.search(text.plain) for text in subject.texts)


def _unsupported_risks(subject: CheckSubject) -> Iterator[Remark]:
    """Yield the harms without a reference where nothing says that nobody has counted. A translation is not asked."""
    if subject.handout.translation or _says_uncounted(subject):
        return
    for number, risk in enumerate(subject.handout.harms):
        if not (risk.references or risk.not_counted) and UNWRITTEN not in risk.name:
            sentence = f"Nothing says where “{risk.name}” is known from."
            hint = 'add "references": a trial, a review or a case report; or say in "not_counted" why nobody counted.'
            yield Remark("risk-reference", "error", ("risks", "items", number), sentence, hint, words=risk.name)


def _names_that_go_on(subject: CheckSubject) -> Iterator[Remark]:
    """Yield the names of harms that hold a sentence more: a name is printed in the middle of one."""
    for number, risk in enumerate(subject.handout.harms):
        match = _GOES_ON.search(risk.name)
        if match and risk.name[match.end()].isupper():
            place = ("risks", "items", number, "name")
            sentence = "A further sentence stands in the name of a harm."
            hint = f'put what follows into "note": {risk.name[match.end() :]}'
            yield Remark("risk-name", "warning", place, sentence, hint, match.end(), words=risk.name)


def _doubtful_risks(subject: CheckSubject) -> Iterator[Remark]:
    """Yield the risks that are told twice, and those that are known to be graver than they are called."""
    safety = subject.rules.safety
    named: set[tuple[str | None, str]] = set()
    for number, risk in enumerate(subject.handout.harms):
        if UNWRITTEN in risk.name or UNTRANSLATED in risk.name:
            continue
        place = ("risks", "items", number)
        words = readable(risk.name)
        key = (risk.practice, _ARTICLE.sub("", " ".join(words.lower().split())))
        if key in named:
            yield Remark("risk-twice", "error", (*place, "name"), f"“{risk.name}” is told twice.", "keep one of them.")
        named.add(key)
        for severity, patterns in safety.severities.items() if safety else ():
            if _GRAVITY.index(risk.severity) < _GRAVITY.index(severity) and any(mentions(patterns, words)):
                sentence = f"“{risk.name}” is called {risk.severity}, and such harm is {severity}."
                hint = f"write severity: {severity}."
                yield Remark("risk-severity", "error", (*place, "severity"), sentence, hint, words=risk.name)
                break


def _mixed_counts(subject: CheckSubject, practice: str) -> Iterator[Remark]:
    counted = [(number, risk) for number, risk in _risks_of(subject, practice) if risk.per]
    for number, risk in counted[1:]:
        if risk.per != counted[0][1].per:
            first_unit, unit = _UNITS[counted[0][1].per or "person"], _UNITS[risk.per or "person"]
            sentence = f"This risk counts {unit}, and the first one counts {first_unit}."
            place = ("risks", "items", number, "per")
            yield Remark("risk-mixed-counts", "error", place, sentence, "tell all of them per the same thing.")


def _uncompared_practices(subject: CheckSubject) -> Iterator[Remark]:
    units = {risk.per for risk in subject.handout.harms if risk.per}
    risk_texts = [text for text in subject.all_texts if text.section == "risks" and len(text.location) == 2]
    warned = any(text.is_untranslated or _NOT_COMPARED.search(text.plain) for text in risk_texts)
    if len(units) > 1 and len(subject.handout.practices) > 1 and not warned:
        names = " and ".join(sorted(_UNITS[unit] for unit in units if unit))
        sentence = f"The practices count {names}, and nothing says that the figures cannot be compared."
        yield Remark("risk-mixed-counts", "error", ("risks",), sentence, "say so in the intro of the risks.")


def _mixed_denominators(subject: TextSubject) -> Iterator[Remark]:
    """Yield the small figures of a section that have another denominator than its first."""
    denominators: dict[str, str] = {}
    for text in subject.texts:
        for match in FIGURE.finditer(text.plain):
            denominator = match[2].replace(",", "").strip(".")
            first_denominator = denominators.setdefault(text.section, denominator)
            if denominator != first_denominator and int(denominator or 0) <= 1000:
                sentence = f"“{match[0]}” counts in {match[2]}, and an earlier figure counts in {first_denominator}."
                hint = "use one denominator throughout."
                yield Remark("risk-denominator", "warning", text.location, sentence, hint, match.start(), match[0])


def _wrong_words(subject: TextSubject) -> Iterator[Remark]:
    if subject.rules.scale is None:
        return
    # Longest first, so that "very common" is not read as "common".
    ordered = sorted(subject.rules.scale.steps, key=lambda step: -len(step.word))
    scale = re.compile(rf"(?<!\w)(?:{'|'.join(re.escape(step.word) for step in ordered)})(?!\w)", re.IGNORECASE)
    steps = {step.word: step for step in ordered}
    for text in subject.texts:
        for sentence in text.sentences:
            for match in scale.finditer(sentence.text):
                step = steps[match.group().lower()]
                before, after = clause(sentence.text, *match.span())
                shares = _meant_shares(subject, text, before if before.strip() else after)
                matching = any(_is_within(share, step) for share in shares)
                if shares and not matching and not denied(sentence.text, *match.span()):
                    yield _wrong_word(subject.rules.scale, text, step, shares, sentence.start + match.start())


def _is_within(share: float, step: RiskStep) -> bool:
    return step.at_least <= share < step.below


def _wrong_word(scale: RiskScale, text: Prose, step: RiskStep, shares: list[float], at: int) -> Remark:
    fitting = next((scale_step.word for scale_step in scale.steps if _is_within(shares[0], scale_step)), "")
    sentence = f"“{step.word}” means {step.means}, and the figure is {_share_in_words(shares[0])}."
    hint = f'write "{fitting}", or the figure alone.'
    return Remark("risk-word", "error", text.location, sentence, hint, at, step.word)


def _share_in_words(share: float) -> str:
    for of in (100, 1_000, 10_000, 100_000, 1_000_000):
        if share * of >= 1:
            return f"about {share * of:.0f} in {of:,}"
    return "below 1 in 1,000,000"


def _meant_shares(subject: TextSubject, text: Prose, sentence: str) -> list[float]:
    """Return the shares that a sentence may mean: its own figure, its risk's, or those of the risks that it names."""
    if figures := FIGURE.findall(sentence):
        count, of = figures[0]
        return [float(count.replace(",", "").strip(".")) / max(1, float(of.replace(",", "").strip(".")))]
    if text.location[:2] == ("risks", "items"):
        risk = subject.harms[int(text.location[2])]
        return [] if risk.rate is None else [risk.rate]
    return [risk.rate for risk in subject.harms if risk.rate is not None and _is_about(sentence, risk)]


def _is_about(sentence: str, risk: Risk) -> bool:
    if _SERIOUS.search(sentence):
        return risk.severity == "serious"
    if _MILD.search(sentence):
        return risk.severity == "mild"
    stems = {word[:6].lower() for word in re.findall(r"[^\W\d_]{5,}", risk.name)} - {"treatm", "proble", "effect"}
    return any(word[:6].lower() in stems for word in re.findall(r"[^\W\d_]{5,}", sentence))


def _safety_sections(subject: TextSubject) -> Iterator[Remark]:
    if subject.rules.safety is None:
        return
    section_words = {
        section: " ".join(text.plain for text in subject.texts if text.section == section and not text.is_short)
        for section in _sections(subject)
    }
    missing: set[tuple[str, str]] = set()
    for practice in subject.practices:
        for section, topics in subject.rules.safety.practices.get(practice, {}).items():
            for topic, patterns in topics.items():
                if section in section_words and not any(mentions(patterns, section_words[section])):
                    missing.add((section, topic))
    for section, topic in sorted(missing):
        rule = section.replace("_", "-")
        yield Remark(
            rule,
            "error",
            subject.place_of(section),
            f"This section does not name {topic}.",
            "add a line on it, in plain words.",
        )


def _sections(subject: TextSubject) -> list[str]:
    return sorted({text.section for text in subject.texts})
