"""Harms in an article: where it tells what a practice may help with, it tells what can go wrong as well."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from handoutpress.editorial.checks.articles.article_subject import ArticleSubject
from handoutpress.editorial.checks.benefits import tells_benefit
from handoutpress.editorial.checks.findings import Remark
from handoutpress.editorial.checks.patterns import denied, mentions
from handoutpress.editorial.checks.risks import FIGURE, UNCOUNTED

_HARM = re.compile(
    r"\bside[ -]effects?\b|\b(?:bruis|bleed|sore|faint|dizz|rash|infect|injur|harm|burn|blister|nause|vomit)\w*"
    r"|\breactions?\b|\bpain (?:during|after|from)\b|\bcollapsed\b|\bgot worse\b",
    re.IGNORECASE,
)


def remarks(subject: ArticleSubject) -> Iterator[Remark]:
    """Yield what an article that tells of benefits leaves out of the harms, as gravely as for a handout."""
    if not any(tells_benefit(text, subject.practices, subject.rules) for text in subject.texts):
        return
    is_counted, is_serious = _counts_harm(subject), _names_serious_harm(subject)
    is_uncounted = any(UNCOUNTED.search(text.plain) for text in subject.texts)
    for practice in subject.practices:
        name, demands = practice.replace("-", " "), subject.rules.practices.demands(practice)
        if not is_counted and (demands.figure == "error" or not is_uncounted):
            sentence = f"It tells what {name} may help with, and no side effect with a figure."
            hint = 'add how many people had one, such as "About 9 in 100"; where nobody has counted, say so.'
            yield Remark("risk-common", demands.figure, ("title",), sentence, hint)
        # A serious harm is told, counted or not (GMC, Decision making and consent 2020).
        if not is_serious:
            sentence = f"It tells what {name} may help with, and names no serious harm."
            hint = "name the worst that has happened, even if it is very rare."
            yield Remark("risk-serious", demands.serious, ("title",), sentence, hint)


def _counts_harm(subject: ArticleSubject) -> bool:
    """Return whether a harm and a figure stand in one section: in a table they are cells of their own."""
    in_section: dict[str, list[str]] = defaultdict(list)
    for text in subject.blocks:
        in_section[text.section].append(text.plain)
    joined = ("\n".join(texts) for texts in in_section.values())
    return any(_HARM.search(section) and FIGURE.search(section) for section in joined)


def _names_serious_harm(subject: ArticleSubject) -> bool:
    safety = subject.rules.safety
    patterns = safety.severities.get("serious", ()) if safety else ()
    return any(
        not denied(sentence.text, *match.span())
        for text in subject.texts
        for sentence in text.sentences
        for match in mentions(patterns, sentence.text)
    )
