"""``handouts init``, ``handouts new`` and ``handouts schema``."""

from __future__ import annotations

import shlex
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from handoutpress.app.new import new_brand, new_handout, new_mail_settings, new_project
from handoutpress.app.project import open_project
from handoutpress.cli.console import say
from handoutpress.cli.options import Folder, names_of
from handoutpress.content.kinds.kind_files import DEFAULT_KIND
from handoutpress.content.schemas import write_schemas


class Thing(StrEnum):
    """What can be begun from a skeleton."""

    handout = "handout"
    brand = "brand"
    mail = "mail"


def init(folder: Annotated[Path, typer.Argument(help="A new or empty folder.")]) -> None:
    """Begin a project: a small one that builds at once."""
    new_project(folder)
    say(
        "Its handouts and articles are samples that nobody has reviewed: before a release, delete what you do not give."
    )
    say(f"{folder} is ready. Next: cd {shlex.quote(str(folder))} && handouts build")


def new(
    thing: Annotated[Thing, typer.Argument(help="What to begin.")],
    name: Annotated[
        str | None, typer.Argument(help="Its slug: lower-case letters, digits and hyphens; mail has none.")
    ] = None,
    project: Folder = None,
    from_logo: Annotated[Path | None, typer.Option(help="Begin a brand from this logo and its colours.")] = None,
    country: Annotated[str, typer.Option(help="Where the clinic is: gb, us, …")] = "gb",
    kind: Annotated[
        str, typer.Option(help="What kind of handout it is: exercise, aftercare, …", autocompletion=names_of("kinds"))
    ] = DEFAULT_KIND,
) -> None:
    """Begin a handout, a brand or the settings for mailing from a skeleton."""
    opened = open_project(project)
    if (thing is Thing.mail) == (name is not None):
        raise typer.BadParameter("a handout and a brand need a name, the mail settings have none.")
    if kind != DEFAULT_KIND and thing is not Thing.handout:
        raise typer.BadParameter("only a handout is of a kind.")
    if name is None:
        path = new_mail_settings(opened)
    elif thing is Thing.brand:
        path = new_brand(opened, name, logo=from_logo, country=country)
    else:
        path = new_handout(opened, name, kind)
    say(f"Next: fill in {opened.show(path)}.")


def schema(
    folder: Annotated[Path | None, typer.Option(help="Where to write them; else schemas/ in the project.")] = None,
    project: Folder = None,
) -> None:
    """Write the JSON Schemas of all content files, for editors that complete and check YAML."""
    place = folder or open_project(project).root / "schemas"
    write_schemas(place)
    say(f"The schemas are in {place}.")


def register(app: typer.Typer) -> None:
    """Add these commands to the command line."""
    app.command()(init)
    app.command()(new)
    app.command()(schema)
