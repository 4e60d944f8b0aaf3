"""``handouts check``: what a careful editor, a regulator and a librarian would say."""

from __future__ import annotations

import json
from datetime import date
from typing import Annotated, Any

import typer

from handoutpress.app.check import check as check_words
from handoutpress.app.check import score_cards, write_score_cards
from handoutpress.app.project import open_project
from handoutpress.cli.console import complain, say
from handoutpress.cli.options import Folder, names_of
from handoutpress.content.project import Project
from handoutpress.editorial.check_project import ProjectCheck
from handoutpress.editorial.checks.findings import EditorialFinding
from handoutpress.editorial.checks.subject import DEFAULT_JURISDICTION
from handoutpress.editorial.score_card import as_text
from handoutpress.yamlfile.counts import counted

SARIF = "https://json.schemastore.org/sarif-2.1.0.json"
MISTAKE = "mistake-in-file"
"""The rule's id, in data, of what keeps a file from being read or an edition from being built."""
ACCEPTED = {"suppressions": [{"kind": "inSource"}]}
"""What SARIF 2.1.0 (3.35) says of a finding that someone has accepted in the file itself."""


def check(
    handouts: Annotated[
        list[str] | None,
        typer.Argument(help="Names, patterns or paths of drafts; else all.", autocompletion=names_of("handouts")),
    ] = None,
    project: Folder = None,
    strict: Annotated[bool, typer.Option("--strict", help="Warnings count as errors.")] = False,
    jurisdiction: Annotated[str, typer.Option("--for", help="Whose rules: uk, au or us.")] = DEFAULT_JURISDICTION,
    as_json: Annotated[bool, typer.Option("--json", help="Print the findings as JSON.")] = False,
    as_sarif: Annotated[bool, typer.Option("--sarif", help="Print them as SARIF 2.1.0.")] = False,
    card: Annotated[bool, typer.Option("--card", help="Print a score card each, and write them as a page.")] = False,
    on: Annotated[str, typer.Option("--on", help="Check as on this day (2027-01-31); today if not given.")] = "",
) -> None:
    """Check citations, claims, risks, plain words and dates of handouts and articles."""
    opened = open_project(project)
    checked = check_words(opened, handouts=handouts or (), jurisdiction=jurisdiction, day=_day(on))
    if as_json:
        say(json.dumps(_as_data(checked), ensure_ascii=False, indent=2))
    elif as_sarif:
        say(json.dumps(_as_sarif(checked), ensure_ascii=False, indent=2))
    else:
        for problem in checked.problems:
            complain(str(problem))
        (_say_cards if card else _say_findings)(opened, checked)
    raise typer.Exit(1 if checked.stops(strict) else 0)


def _day(words: str) -> date | None:
    try:
        return date.fromisoformat(words) if words else None
    except ValueError:
        raise typer.BadParameter(f'"{words}" is no day. Hint: write 2027-01-31.', param_hint="--on") from None


def _say_findings(_: Project, checked: ProjectCheck) -> None:
    for finding in checked.findings:
        say(str(finding))
    for finding in checked.accepted:
        say(f"{finding} (accepted)")
    levels = [finding.level for finding in checked.findings]
    mistakes = [f"{counted(len(checked.problems), 'mistake')} in files"] if checked.problems else []
    counts = {level: levels.count(level) for level in ("error", "warning", "note")}
    # A file with mistakes was not looked at further: "0 errors" would be read as if it had been.
    found = [counted(count, level) for level, count in counts.items() if count or not mistakes]
    texts = counted(len(checked.handouts), "handout")
    if checked.articles:
        articles = counted(len(checked.articles), "article")
        texts = f"{texts} and {articles}" if checked.handouts else articles
    say(f"{texts} checked: {', '.join([*mistakes, *found])}.")
    if not checked.stops():
        say("Build may find one thing more: whether the words fit their pages.")


def _say_cards(project: Project, checked: ProjectCheck) -> None:
    cards = score_cards(checked)
    for card in cards:
        say(as_text(card))
    say(f"The same as a page: {project.show(write_score_cards(project, cards))}")


def _all_findings(checked: ProjectCheck) -> list[tuple[EditorialFinding, bool]]:
    """Return all that is said, mistakes in files as findings of a rule of their own, and whether it was accepted."""
    mistakes = [
        EditorialFinding(MISTAKE, "error", problem.path, problem.line, problem.column, problem.sentence, problem.hint)
        for problem in checked.problems
    ]
    open_ones = sorted([*mistakes, *checked.findings], key=lambda finding: finding.order)
    return [*((finding, False) for finding in open_ones), *((finding, True) for finding in checked.accepted)]


def _as_data(checked: ProjectCheck) -> list[dict[str, Any]]:
    return [
        {
            "path": finding.path.as_posix(),
            "line": finding.line,
            "column": finding.column,
            "level": finding.level,
            "rule": finding.rule,
            "sentence": finding.sentence,
            "hint": finding.hint,
            "accepted": accepted,
        }
        for finding, accepted in _all_findings(checked)
    ]


def _as_sarif(checked: ProjectCheck) -> dict[str, Any]:
    findings = _all_findings(checked)
    rules = sorted({finding.rule for finding, _ in findings})
    driver = {"name": "Handout Press", "rules": [_sarif_rule(rule) for rule in rules]}
    results = [_sarif_result(finding) | (ACCEPTED if accepted else {}) for finding, accepted in findings]
    return {"$schema": SARIF, "version": "2.1.0", "runs": [{"tool": {"driver": driver}, "results": results}]}


def _sarif_rule(rule: str) -> dict[str, Any]:
    name = rule.replace("-", " ").capitalize()
    return {
        "id": rule,
        "shortDescription": {"text": name},
        "help": {"text": f'{rule}: "handouts docs check" says why, from which source, and how to accept it.'},
    }


def _sarif_result(finding: EditorialFinding) -> dict[str, Any]:
    text = f"{finding.sentence} Hint: {finding.hint}" if finding.hint else finding.sentence
    place: dict[str, Any] = {"artifactLocation": {"uri": finding.path.as_posix()}}
    if finding.line:
        place["region"] = {"startLine": finding.line, "startColumn": finding.column}
    locations = [{"physicalLocation": place}]
    return {"ruleId": finding.rule, "level": finding.level, "message": {"text": text}, "locations": locations}


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(check)
