"""The score card of a handout, by the CDC Clear Communication Index and PEMAT-P: its answers, as text and as a page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from html import escape
from typing import Literal

from handoutpress.editorial.checks.check_handout import CheckResult
from handoutpress.editorial.checks.plain_words import measured
from handoutpress.editorial.checks.reading.readability import ReadingGrade
from handoutpress.editorial.checks.subject import CheckSubject
from handoutpress.editorial.questionnaires import CDC, PEMAT, Answer, CheckedHandout, Question


@dataclass(frozen=True)
class CardItem:
    """One question of the card, its answer, and who gave it."""

    number: str
    question: str
    answer: Answer
    by: Literal["program", "reviewer"]


@dataclass(frozen=True)
class ScoreCard:
    """The card of one handout."""

    title: str
    language: str
    version: str
    grades: tuple[ReadingGrade, ...]
    cdc: tuple[CardItem, ...]
    pemat: tuple[CardItem, ...]

    @property
    def judged_score(self) -> float:
        """Per cent of the CDC questions judged by the program that are answered yes."""
        return score(tuple(item for item in self.cdc if item.by == "program"))

    @property
    def judged_count(self) -> int:
        """How many of the CDC questions the program judged."""
        return sum(item.by == "program" for item in self.cdc)

    @property
    def pemat_score(self) -> float:
        return score(self.pemat)

    @property
    def open_questions(self) -> tuple[CardItem, ...]:
        return tuple(item for item in (*self.cdc, *self.pemat) if item.answer == "open")


def score(items: tuple[CardItem, ...]) -> float:
    """Return the per cent of yes among yes and no, 0 without any; open and not applicable ones do not count."""
    answers = [item.answer for item in items if item.answer in ("yes", "no")]
    return 100 * answers.count("yes") / len(answers) if answers else 0.0


def score_card(subject: CheckSubject, result: CheckResult) -> ScoreCard:
    """Judge what can be judged, and take the reviewer's answers for the rest from the handout."""
    handout = CheckedHandout(subject, result)
    return ScoreCard(
        subject.handout.title,
        subject.language,
        subject.handout.version,
        grades=measured(subject),
        cdc=_items("cdc", CDC, handout),
        pemat=_items("pemat", PEMAT, handout),
    )


def _items(name: str, questions: Mapping[int, Question], handout: CheckedHandout) -> tuple[CardItem, ...]:
    reviewer_answers = handout.subject.handout.answers
    items = []
    for number, question in questions.items():
        key = f"{name}-{number}"
        judged = question.judge(handout)
        if judged == "open":
            items.append(CardItem(key, question.text, reviewer_answers.get(key, "open"), "reviewer"))
        else:
            items.append(CardItem(key, question.text, judged, "program"))
    return tuple(items)


_STYLE = """
body { font: 1rem/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 60rem; padding: 0 1rem;
  color: #1a1a1a; background: #fff }
table { border-collapse: collapse; width: 100%; margin: 0 0 2rem }
caption { text-align: left; font-weight: 700; padding: .5rem 0 }
th, td { border-bottom: 1px solid #767676; padding: .3rem .5rem; text-align: left; vertical-align: top }
.no { font-weight: 700; color: #a00000 }
.open { color: #595959 }
"""


def as_text(card: ScoreCard) -> str:
    """Return the card as lines of text."""
    lines = [f"{card.title} ({card.language}), version {card.version}", f"  Reading grade: {_grades(card)}"]
    judged = f"{card.judged_count} of {len(card.cdc)} questions"
    lines.append(f"  CDC Clear Communication Index, {judged} judged by the program: {card.judged_score:.0f} of 100")
    lines += [f"    {_mark(item)} {item.number}: {item.question}" for item in card.cdc]
    lines.append(f"  PEMAT-P: {card.pemat_score:.0f} of 100")
    lines += [f"    {_mark(item)} {item.number}: {item.question}" for item in card.pemat]
    if card.open_questions:
        lines.append(
            f'  {len(card.open_questions)} questions are for a reviewer: answer them under "answers" in the handout.'
        )
    return "\n".join(lines)


def _grades(card: ScoreCard) -> str:
    return ", ".join(f"{grade.grade:.1f} ({grade.formula})" for grade in card.grades) or "not measured"


def _mark(item: CardItem) -> str:
    return {"yes": "[yes]", "no": "[NO] ", "open": "[ ?  ]", "not-applicable": "[ -  ]"}[item.answer]


def as_page(cards: Iterable[ScoreCard]) -> str:
    """Return one HTML page with every card."""
    body = "\n".join(line for card in cards for line in _card(card))
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>Score cards</title>\n'
        f"<style>{_STYLE}</style>\n</head>\n<body>\n<main>\n<h1>Score cards</h1>\n{body}\n</main>\n</body>\n</html>\n"
    )


def _card(card: ScoreCard) -> Iterator[str]:
    yield f'<section>\n<h2 lang="{escape(card.language)}">{escape(card.title)}</h2>'
    yield f"<p>Version {escape(card.version)}. Reading grade: {escape(_grades(card))}.</p>"
    yield from _table(
        f"CDC Clear Communication Index: {card.judged_score:.0f} of 100 on the {card.judged_count} questions that "
        f"the program could judge",
        card.cdc,
    )
    yield from _table(f"PEMAT-P: {card.pemat_score:.0f} of 100 of what has an answer", card.pemat)
    yield "</section>"


def _table(caption: str, items: tuple[CardItem, ...]) -> Iterator[str]:
    yield f"<table>\n<caption>{escape(caption)}</caption>"
    heads = "".join(f'<th scope="col">{name}</th>' for name in ("Number", "Question", "Answer", "By"))
    yield f"<tr>{heads}</tr>"
    for item in items:
        answer = {"open": "to be answered", "not-applicable": "does not apply"}.get(item.answer, item.answer)
        cells = f"<td>{item.number}</td><td>{escape(item.question)}</td>"
        yield f'<tr>{cells}<td class="{item.answer}">{answer}</td><td>{item.by}</td></tr>'
    yield "</table>"
