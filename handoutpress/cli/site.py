"""``handouts site``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from handoutpress.app.project import SITE
from handoutpress.app.site.making import make_site
from handoutpress.cli.console import complain, note, say
from handoutpress.cli.options import Folder, Trust, open_trusted
from handoutpress.cli.progress import tell_made
from handoutpress.content.project import Project
from handoutpress.site.zipping import zip_site
from handoutpress.yamlfile.counts import counted


def site(
    base: Annotated[
        str, typer.Option("--base", help="Where it will be, https://…, instead of what project.yaml and brands say.")
    ] = "",
    out: Annotated[
        Path | None, typer.Option("--out", help="The folder to make it in; else site/ in the project.")
    ] = None,
    built: Annotated[Path | None, typer.Option("--built", help="Where the PDFs were built; else out/.")] = None,
    force: Annotated[bool, typer.Option("--force", help="Write what is unchanged, too.")] = False,
    zip_: Annotated[bool, typer.Option("--zip", help="Write it into one zip besides, beside its folder.")] = False,
    check: Annotated[
        bool, typer.Option("--check", help="Make nothing: see whether all in the folder leads somewhere.")
    ] = False,
    live: Annotated[bool, typer.Option("--live", help="With --check: ask the web, too, and the registries.")] = False,
    mailto: Annotated[
        str, typer.Option("--mailto", help="With --live: your mail address, for which Crossref asks.")
    ] = "",
    serve: Annotated[bool, typer.Option("--serve", help="Show it from this computer, until Ctrl-C.")] = False,
    port: Annotated[
        int, typer.Option("--port", min=0, max=65535, help="With --serve: the port; 0 is any free one.")
    ] = 8000,
    lan: Annotated[bool, typer.Option("--lan", help="With --serve: show it to your whole network.")] = False,
    project: Folder = None,
    trust: Trust = False,
) -> None:
    """Make the pages that codes lead to: articles, references and sheets, for every clinic.

    Examples:

      handouts site                                 into site/, for the address in project.yaml

      handouts site --base https://clinic.example   for another address

      handouts site --serve                         and show it at http://127.0.0.1:8000

      handouts site --check --live                  does all that is printed and linked still answer?
    """
    _check_options(check=check, live=live, mailto=mailto, serve=serve, lan=lan)
    opened = open_trusted(project, trusted=trust)
    if check:
        _check(opened, base, out, mailto if live else None)
        return
    result = make_site(opened, base=base, out=out, built=built, force=force)
    code = tell_made(opened, result)
    if zip_:
        say(f"The whole of it is in {opened.show(zip_site(result.folder))}.")
    if serve:
        _serve(result.folder, port, everywhere=lan)
    if code:
        raise typer.Exit(code)


def _check_options(*, check: bool, live: bool, mailto: str, serve: bool, lan: bool) -> None:
    if live and not check:
        raise typer.BadParameter("--live goes with --check.")
    if mailto and not live:
        raise typer.BadParameter("--mailto goes with --live.")
    if lan and not serve:
        raise typer.BadParameter("--lan goes with --serve.")
    if check and serve:
        raise typer.BadParameter("--check and --serve do not go together.")


def _check(project: Project, base: str, out: Path | None, mailto: str | None) -> None:
    """Look in the folder, and where there is a mail address, empty or not, on the web."""
    # What asks registries takes 0.2 s to load, and a site is made without.
    from handoutpress.app.references import Registries  # noqa: PLC0415
    from handoutpress.app.site.checking import check_live, check_site  # noqa: PLC0415

    checked = check_site(project, out=out, base=base)
    for sentence in checked.faults:
        complain(sentence)
    say(f"{project.show(out or project.root / SITE)}: {checked.summary}")
    faults = len(checked.faults)
    if mailto is not None:
        note("Asking the web takes a second for each address of one host.")
        for sentence in check_live(project, out=out, registries=Registries(mailto)):
            complain(sentence)
            faults += 1
        say(f"On the web: {counted(faults - len(checked.faults), 'fault')}.")
    if faults:
        raise typer.Exit(1)


def _serve(folder: Path, port: int, *, everywhere: bool) -> None:
    # A server takes a while to load, too.
    from handoutpress.app.site.serving import network_address, site_server  # noqa: PLC0415

    server = site_server(folder, port=port, everywhere=everywhere)
    say(f"It is shown at http://127.0.0.1:{server.server_port}/. Ctrl-C ends it.")
    if everywhere:
        here = network_address()
        where = f"http://{here}:{server.server_port}/" if here else "this computer's address"
        note(f"Everyone on your network can read it, at {where}, until you stop it: a phone, for example.")
    server.serve_forever()


def register(app: typer.Typer) -> None:
    """Add this command to the command line."""
    app.command()(site)
