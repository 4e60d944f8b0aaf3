"""``handouts import``: an article becomes the draft of a handout."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from handoutpress.cli.console import say
from handoutpress.editorial.importing.draft import Draft, import_article
from handoutpress.yamlfile.problems import HandoutError


def import_one(
    article: Annotated[Path, typer.Argument(help="A text, Markdown, HTML or DOCX file.")],
    to: Annotated[Path, typer.Option("--to", help="The folder for the draft and its references.")] = Path("drafts"),
    language: Annotated[str, typer.Option("--language", help="The language of the article.")] = "en",
    force: Annotated[bool, typer.Option("--force", help="Replace a draft that is there.")] = False,
) -> None:
    """Draft a handout from an article, with every doubt as a comment at its place."""
    draft = import_article(article)
    handout, references = to / f"{draft.name}.{language}.yaml", to / f"{draft.name}.references.yaml"
    if not force and (taken := [path for path in (handout, references) if path.exists()]):
        raise HandoutError(f"{taken[0].as_posix()} is there already. Hint: --force replaces it.")
    to.mkdir(parents=True, exist_ok=True)
    handout.write_text(draft.handout, encoding="utf-8", newline="\n")
    references.write_text(draft.references, encoding="utf-8", newline="\n")
    _tell(draft, handout, references)


def _tell(draft: Draft, handout: Path, references: Path) -> None:
    for doubt in draft.doubts:
        say(f"{doubt.place}: {doubt.sentence}" if doubt.place else doubt.sentence)
    say(f"The draft is {handout.as_posix()}, its references are {references.as_posix()}.")
    say(f"{len(draft.doubts)} doubts stand in them as comments. Next: handouts check {handout.as_posix()}")


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("import")(import_one)
