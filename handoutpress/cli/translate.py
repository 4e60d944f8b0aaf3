"""``handouts translate``: a handout's file in another language, to be filled in or brought up to date."""

from __future__ import annotations

from typing import Annotated

import typer

from handoutpress.app.project import open_project
from handoutpress.app.translate import translate as translate_handout
from handoutpress.cli.console import say
from handoutpress.cli.options import Folder, names_of
from handoutpress.content.project import Project
from handoutpress.editorial.translating.translation import TranslationFile


def translate(
    handout: Annotated[str, typer.Argument(help="The handout's slug.", autocompletion=names_of("handouts"))],
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
    opened = open_project(project)
    file = translate_handout(opened, handout, to=to, source=source, by=by, bring=bring)
    for sentence in _sentences(opened, file, bring):
        say(sentence)


def _sentences(project: Project, file: TranslationFile, updated: bool) -> list[str]:
    path = project.show(file.path)
    if updated and not file.changed:
        return [f"{path} follows its source; {_texts(file.untranslated)} still to be translated."]
    outcome = f"{path} is marked where its source has changed" if updated else f"{path} is ready"
    changed = f": {', '.join(file.changed)}" if updated else ""
    slug = file.path.name.partition(".")[0]
    return [
        f"{outcome}{changed}.",
        f"{_texts(file.untranslated)} to be translated. Next: write them, then handouts check {slug}",
    ]


def _texts(number: int) -> str:
    return "1 text is" if number == 1 else f"{number} texts are"


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(translate)
