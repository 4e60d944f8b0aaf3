"""The score card: CDC Clear Communication Index and PEMAT-P, judged where a program can, asked where it cannot."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from handoutpress.editorial.checking import Checked
from handoutpress.editorial.judging import CDC, PEMAT, Answer, Judge, Judging
from handoutpress.editorial.plain_words import measured
from handoutpress.editorial.readability import Grade
from handoutpress.editorial.subject import Subject


@dataclass(frozen=True)
class Point:
    """One question of the card, its answer, and who gave it."""

    number: str
    question: str
    answer: Answer
    by: Literal["program", "reviewer"]


@dataclass(frozen=True)
class Card:
    """The card of one handout."""

    title: str
    language: str
    version: str
    grades: tuple[Grade, ...]
    cdc: tuple[Point, ...]
    pemat: tuple[Point, ...]

    @property
    def judged_score(self) -> float:
        """Per cent of the CDC questions judged by the program that are answered yes."""
        return score(tuple(point for point in self.cdc if point.by == "program"))

    @property
    def judged(self) -> int:
        """How many of the CDC questions the program judged."""
        return sum(point.by == "program" for point in self.cdc)

    @property
    def cdc_score(self) -> float:
        return score(self.cdc)

    @property
    def pemat_score(self) -> float:
        return score(self.pemat)

    @property
    def open_questions(self) -> tuple[Point, ...]:
        return tuple(point for point in (*self.cdc, *self.pemat) if point.answer == "open")


def score(points: tuple[Point, ...]) -> float:
    """Per cent of yes among yes and no; open questions and those that do not apply are left out. 0 without any."""
    answers = [point.answer for point in points if point.answer in ("yes", "no")]
    return 100 * answers.count("yes") / len(answers) if answers else 0.0


def score_card(subject: Subject, checked: Checked) -> Card:
    """Judge what can be judged, and take the reviewer's answers for the rest from the handout."""
    judging = Judging(subject, checked)
    return Card(
        subject.handout.title,
        subject.language,
        subject.handout.version,
        measured(subject),
        _points("cdc", CDC, judging),
        _points("pemat", PEMAT, judging),
    )


def _points(name: str, questions: Mapping[int, tuple[str, Judge]], judging: Judging) -> tuple[Point, ...]:
    given = judging.subject.handout.answers
    points = []
    for number, (question, judge) in questions.items():
        key = f"{name}-{number}"
        judged = judge(judging)
        answer: Answer = given.get(key, "open") if judged == "open" else judged
        points.append(Point(key, question, answer, "reviewer" if judged == "open" else "program"))
    return tuple(points)
