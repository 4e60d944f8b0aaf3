"""``handouts translate``: a handout's file in another language, to be filled in or brought up to date."""

from __future__ import annotations

from typing import Annotated

import typer

from handoutpress.cli.building import Folder
from handoutpress.cli.console import say
from handoutpress.cli.opening import open_project
from handoutpress.content.project import Project
from handoutpress.editorial.translating.translation import TranslationFile, TranslationPair, begin, update


def translate(
    handout: Annotated[str, typer.Argument(help="The handout's slug.")],
    to: Annotated[str, typer.Option("--to", help="The code of the language to translate into.")],
    source: Annotated[str, typer.Option("--from", help="The code of the language to translate from.")] = "en",
    by: Annotated[str, typer.Option("--by", help="The translator's name; else to be written into the file.")] = "",
    bring: Annotated[
        bool, typer.Option("--update", help="Mark in a translation what its source has changed since.")
    ] = False,
    project: Folder = None,
) -> None:
    """Begin a translation, every text to translate in its place, or bring one up to date.

    Examples:

      handouts translate acupuncture --to pl            begins handouts/acupuncture.pl.yaml

      handouts translate acupuncture --to pl --update   marks what is to be translated again
    """
    place, pair = open_project(project), TranslationPair(handout, source, to, by)
    written = update(place, pair) if bring else begin(place, pair)
    written.path.write_text(written.text, encoding="utf-8", newline="\n")
    for sentence in _told(place, written, bring):
        say(sentence)


def _told(place: Project, written: TranslationFile, brought: bool) -> list[str]:
    shown = place.show(written.path)
    if brought and not written.changed:
        return [f"{shown} follows its source; {_texts(written.left)} still to be translated."]
    done = f"{shown} is marked where its source has changed" if brought else f"{shown} is ready"
    changed = f": {', '.join(written.changed)}" if brought else ""
    slug = written.path.name.partition(".")[0]
    return [
        f"{done}{changed}.",
        f"{_texts(written.left)} to be translated. Next: write them, then handouts check {slug}",
    ]


def _texts(number: int) -> str:
    return "1 text is" if number == 1 else f"{number} texts are"


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(translate)
