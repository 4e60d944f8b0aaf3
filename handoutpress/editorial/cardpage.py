"""A score card as text, and many as one HTML page that needs nothing beside it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape

from handoutpress.editorial.card import Card, Point

_STYLE = """
body { font: 1rem/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 60rem; padding: 0 1rem;
  color: #1a1a1a; background: #fff }
table { border-collapse: collapse; width: 100%; margin: 0 0 2rem }
caption { text-align: left; font-weight: 700; padding: .5rem 0 }
th, td { border-bottom: 1px solid #767676; padding: .3rem .5rem; text-align: left; vertical-align: top }
.no { font-weight: 700; color: #a00000 }
.open { color: #595959 }
"""


def as_text(card: Card) -> str:
    """Return the card as lines of text."""
    lines = [f"{card.title} ({card.language}), version {card.version}", f"  Reading grade: {_grades(card)}"]
    judged = f"{card.judged} of {len(card.cdc)} questions"
    lines.append(f"  CDC Clear Communication Index, {judged} judged by the program: {card.judged_score:.0f} of 100")
    lines += [f"    {_mark(point)} {point.number}: {point.question}" for point in card.cdc]
    lines.append(f"  PEMAT-P: {card.pemat_score:.0f} of 100")
    lines += [f"    {_mark(point)} {point.number}: {point.question}" for point in card.pemat]
    if card.open_questions:
        lines.append(
            f'  {len(card.open_questions)} questions are for a reviewer: answer them under "answers" in the handout.'
        )
    return "\n".join(lines)


def _grades(card: Card) -> str:
    return ", ".join(f"{grade.grade:.1f} ({grade.formula})" for grade in card.grades) or "not measured"


def _mark(point: Point) -> str:
    return {"yes": "[yes]", "no": "[NO] ", "open": "[ ?  ]", "not-applicable": "[ -  ]"}[point.answer]


def as_page(cards: Iterable[Card]) -> str:
    """Return one HTML page with every card."""
    body = "\n".join(line for card in cards for line in _card(card))
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>Score cards</title>\n'
        f"<style>{_STYLE}</style>\n</head>\n<body>\n<main>\n<h1>Score cards</h1>\n{body}\n</main>\n</body>\n</html>\n"
    )


def _card(card: Card) -> Iterator[str]:
    yield f'<section>\n<h2 lang="{escape(card.language)}">{escape(card.title)}</h2>'
    yield f"<p>Version {escape(card.version)}. Reading grade: {escape(_grades(card))}.</p>"
    yield from _table(
        f"CDC Clear Communication Index: {card.judged_score:.0f} of 100 on the {card.judged} questions that "
        f"the program could judge",
        card.cdc,
    )
    yield from _table(f"PEMAT-P: {card.pemat_score:.0f} of 100 of what has an answer", card.pemat)
    yield "</section>"


def _table(caption: str, points: tuple[Point, ...]) -> Iterator[str]:
    yield f"<table>\n<caption>{escape(caption)}</caption>"
    heads = "".join(f'<th scope="col">{name}</th>' for name in ("Number", "Question", "Answer", "By"))
    yield f"<tr>{heads}</tr>"
    for point in points:
        answer = {"open": "to be answered", "not-applicable": "does not apply"}.get(point.answer, point.answer)
        cells = f"<td>{point.number}</td><td>{escape(point.question)}</td>"
        yield f'<tr>{cells}<td class="{point.answer}">{answer}</td><td>{point.by}</td></tr>'
    yield "</table>"
