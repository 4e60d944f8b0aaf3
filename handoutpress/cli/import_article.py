"""``handouts import``: an article becomes the draft of a handout, and an article of ours."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from handoutpress.app.importing import ImportSettings, import_draft
from handoutpress.cli.console import say
from handoutpress.cli.options import Encoding
from handoutpress.content.kinds.kind_files import DEFAULT_KIND
from handoutpress.yamlfile.counts import counted


def import_one(
    article: Annotated[Path, typer.Argument(help="A text, Markdown, HTML or DOCX file.")],
    to: Annotated[Path, typer.Option("--to", help="The folder for the draft and its references.")] = Path("drafts"),
    language: Annotated[str, typer.Option("--language", help="The language of the article.")] = "en",
    encoding: Encoding = "",
    kind: Annotated[str, typer.Option("--kind", help="What the draft is to be, such as aftercare.")] = DEFAULT_KIND,
    whole: Annotated[
        bool, typer.Option("--article", help="Make of the whole text an article besides, for articles/.")
    ] = False,
    force: Annotated[bool, typer.Option("--force", help="Replace a draft that is there.")] = False,
) -> None:
    """Draft a handout from an article, with every doubt as a comment at its place."""
    settings = ImportSettings(language=language, encoding=encoding, kind=kind, whole=whole, force=force)
    files = import_draft(article, to=to, settings=settings)
    doubts, handout = files.draft.doubts, files.handout.as_posix()
    for doubt in doubts:
        say(f"{doubt.place}: {doubt.sentence}" if doubt.place else doubt.sentence)
    say(f"The draft is {handout}, its references are {files.references.as_posix()}.")
    if files.article:
        say(f"The whole text is {files.article.as_posix()}. When it is right, move it into articles/.")
    say(f"They hold {counted(len(doubts), 'doubt')} in comments. Next: handouts check {handout}")


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("import")(import_one)
