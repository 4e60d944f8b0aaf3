"""``handouts check``: what a careful editor, a regulator and a librarian would say."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer

from handoutpress.cli.building import Folder
from handoutpress.cli.console import complain, say
from handoutpress.cli.opening import open_project
from handoutpress.content.project import Project
from handoutpress.editorial.check_project import ProjectCheck, check_project
from handoutpress.editorial.checks.findings import EditorFinding
from handoutpress.editorial.checks.subject import DEFAULT_JURISDICTION
from handoutpress.editorial.score_card import as_page, as_text, score_card

SARIF = "https://json.schemastore.org/sarif-2.1.0.json"
CARD_PAGE = Path("out") / "score-cards.html"


def check(
    handouts: Annotated[list[str] | None, typer.Argument(help="Names, patterns or paths of drafts; else all.")] = None,
    project: Folder = None,
    strict: Annotated[bool, typer.Option("--strict", help="Warnings count as errors.")] = False,
    jurisdiction: Annotated[str, typer.Option("--for", help="Whose rules: uk, au or us.")] = DEFAULT_JURISDICTION,
    as_json: Annotated[bool, typer.Option("--json", help="Print the findings as JSON.")] = False,
    as_sarif: Annotated[bool, typer.Option("--sarif", help="Print them as SARIF 2.1.0.")] = False,
    card: Annotated[bool, typer.Option("--card", help="Print a score card each, and write them as a page.")] = False,
    on: Annotated[str, typer.Option("--on", help="Check as on this day (2027-01-31); today if not given.")] = "",
) -> None:
    """Check citations, claims, risks, plain words and dates."""
    opened = open_project(project)
    found = check_project(opened, _day(on), jurisdiction, tuple(handouts or ()))
    if as_json:
        say(json.dumps([_as_data(finding) for finding in found.findings], ensure_ascii=False, indent=2))
    elif as_sarif:
        say(json.dumps(_as_sarif(found), ensure_ascii=False, indent=2))
    elif card:
        _cards(opened, found)
    else:
        _tell(found)
    for problem in found.problems:
        complain(str(problem))
    raise typer.Exit(1 if found.stops(strict) else 0)


def _day(words: str) -> date:
    try:
        return date.fromisoformat(words) if words else date.today()  # noqa: DTZ011 - the day where the clinic is
    except ValueError:
        raise typer.BadParameter(f'"{words}" is no day. Hint: write 2027-01-31.', param_hint="--on") from None


def _tell(found: ProjectCheck) -> None:
    for finding in found.findings:
        say(str(finding))
    for _, checked in found.handouts:
        for finding in checked.accepted:
            say(f"{finding} (accepted)")
    levels = [finding.level for finding in found.findings]
    sums = ", ".join(f"{levels.count(level)} {level}s" for level in ("error", "warning", "note"))
    say(f"{len(found.handouts)} handouts checked: {sums}.")


def _cards(project: Project, found: ProjectCheck) -> None:
    cards = [score_card(subject, checked) for subject, checked in found.handouts]
    for card in cards:
        say(as_text(card))
    page = project.root / CARD_PAGE
    page.parent.mkdir(parents=True, exist_ok=True)
    page.write_text(as_page(cards), encoding="utf-8", newline="\n")
    say(f"The same as a page: {project.show(page)}")


def _as_data(finding: EditorFinding) -> dict[str, Any]:
    return {
        "path": finding.path.as_posix(),
        "line": finding.line,
        "column": finding.column,
        "level": finding.level,
        "rule": finding.rule,
        "sentence": finding.sentence,
        "hint": finding.hint,
    }


def _as_sarif(found: ProjectCheck) -> dict[str, Any]:
    rules = sorted({finding.rule for finding in found.findings})
    driver = {"name": "Handout Press", "rules": [_sarif_rule(rule) for rule in rules]}
    results = [_sarif_result(finding) for finding in found.findings]
    return {"$schema": SARIF, "version": "2.1.0", "runs": [{"tool": {"driver": driver}, "results": results}]}


def _sarif_rule(rule: str) -> dict[str, Any]:
    name = rule.replace("-", " ").capitalize()
    return {
        "id": rule,
        "shortDescription": {"text": name},
        "help": {"text": f"docs/check.md#{rule} says why, from which source, and how to accept it."},
    }


def _sarif_result(finding: EditorFinding) -> dict[str, Any]:
    text = f"{finding.sentence} Hint: {finding.hint}" if finding.hint else finding.sentence
    place: dict[str, Any] = {"artifactLocation": {"uri": finding.path.as_posix()}}
    if finding.line:
        place["region"] = {"startLine": finding.line, "startColumn": finding.column}
    locations = [{"physicalLocation": place}]
    return {"ruleId": finding.rule, "level": finding.level, "message": {"text": text}, "locations": locations}


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(check)
