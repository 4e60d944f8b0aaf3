"""What the pages with a form share: a save names the text that it was made from, and answers a script or a browser."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

from pydantic import BaseModel
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from handoutpress.app.studio.forms.edit_forms import EditForm
from handoutpress.app.studio.forms.file_notes import without_doubts
from handoutpress.app.studio.forms.form_edits import FieldEdit, with_entry_moved, without_entry
from handoutpress.app.studio.forms.form_fields import location_of, name_of
from handoutpress.app.studio.saving import SaveResult
from handoutpress.studio.studio import Studio

NOT_FIELDS = frozenset({"etag", "do", "brand", "format", "preview"})
"""What a form sends along that is no field of the file."""
VIEW = ("brand", "format", "preview")
"""What a page goes on to show after a save."""


@dataclass(frozen=True)
class EditTarget:
    """The file that a form is of, and the address of its page."""

    path: Path
    model: type[BaseModel]
    address: str


async def save(studio: Studio, request: Request, target: EditTarget) -> Response | SaveResult:
    """Save what a form or a script sends; returns the result for a script, else the answer for a browser."""
    async with request.form() as form:
        etag = request.headers.get("if-match", "").strip('"') or str(form.get("etag", ""))
        if not etag:
            return studio.notice(request, 428)
        edits = [
            FieldEdit(location_of(name), str(value)) for name, value in form.multi_items() if name not in NOT_FIELDS
        ]
        try:
            result = await run_in_threadpool(studio.files.edit, target.path, etag, target.model, edits)
            if _is_script(request):
                return result
            return await _browser_answer(studio, request, target, result, form)
        except (KeyError, IndexError, ValueError):  # no such field, no such entry, nothing that a page can change
            return studio.notice(request, 409)


async def _browser_answer(
    studio: Studio, request: Request, target: EditTarget, result: SaveResult, form: FormData
) -> Response:
    """Return the page that follows a save: both texts of a conflict, else the form, where a button was pressed."""
    view = _view(form)
    if result.conflicts:
        values = {"target": target, "result": result, "view": view}
        return studio.page(request, "conflict.html", values, 412)
    verb, _, name = str(form.get("do", "")).partition(":")
    await run_in_threadpool(_act, studio, target, result, verb, name)
    query = view | {"draw": "1"} | ({"open": name} if name else {}) | _shown_new(verb, name)
    if result.changed_elsewhere:
        query["elsewhere"] = "1"
    return RedirectResponse(f"{target.address}?{urlencode(query)}{f'#{_near(verb, name)}' if name else ''}", 303)


def _is_script(request: Request) -> bool:
    """Return whether the page's script asks, and not a browser that goes on to another page."""
    return request.headers.get("accept", "") == "application/json"


def script_answer(result: SaveResult, problems: Mapping[str, list[str]], count: str = "") -> Response:
    """Return what the script is told of a save, with how many words there are: 412 where two have changed a field."""
    content = {"etag": result.now.etag, "problems": problems, "elsewhere": result.changed_elsewhere, "words": count}
    return JSONResponse(content, 412 if result.conflicts else 200)


async def undo(studio: Studio, request: Request, target: EditTarget) -> Response:
    """Take back the last change of a file, and say whether it could be."""
    async with request.form() as form:
        view = _view(form)
    was_undone = await run_in_threadpool(studio.files.undo, target.path)
    query = view | {"draw": "1", "undone": "1" if was_undone else "0"}
    return RedirectResponse(f"{target.address}?{urlencode(query)}", 303)


def _view(form: FormData) -> dict[str, str]:
    return {name: str(form[name]) for name in VIEW if form.get(name)}


def _shown_new(verb: str, name: str) -> dict[str, str]:
    """Return which part the page shows though the file has none: of an entry whose type went, the choice of one."""
    if verb == "add":
        return {"add": name}
    above = location_of(name)[:-1] if verb == "remove" else ()
    return {"add": name_of(above)} if above and isinstance(above[-1], int) else {}


def _near(verb: str, name: str) -> str:
    """Return the name of what a page shall show after a button was pressed: of an entry, the list or its new place."""
    if verb in ("add", "settle"):
        return name
    *above, at = location_of(name)
    if isinstance(at, str):
        return name_of(tuple(above))
    place = at - 1 if verb == "up" else at + 1
    return name_of((*above, place)) + "-entry" if verb in ("up", "down") else name_of(tuple(above))


def _act(studio: Studio, target: EditTarget, result: SaveResult, verb: str, name: str) -> None:
    """Do what a button says besides saving; what it adds, the page shows, and the file has once it is filled in."""
    location = location_of(name)
    if verb == "settle":
        studio.files.change(target.path, result.now.etag, lambda text: without_doubts(target.model, text, name))
    elif verb == "remove":
        studio.files.change(target.path, result.now.etag, lambda text: without_entry(target.model, text, location))
    elif verb in ("up", "down"):
        step = -1 if verb == "up" else 1
        studio.files.change(target.path, result.now.etag, lambda text: with_entry_moved(text, location, step))


def open_parts(form: EditForm, names: Iterable[str]) -> set[str]:
    """Return the names of the parts that stand open: those with something to put right, and those of ``names``."""
    steps = [location_of(name) for name in (*form.problems, *names) if name]
    return {name_of(location[: at + 1]) for location in steps for at in range(len(location))}
