"""Files as the studio changes them: a save names the text that it was made from, and what others wrote stays."""

from __future__ import annotations

from collections import OrderedDict, deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

from pydantic import BaseModel

from handoutpress.app.project import STUDIO
from handoutpress.app.studio.forms.form_edits import FieldEdit, data_of, value_at, with_edit
from handoutpress.content.project import Project
from handoutpress.store.digests import bytes_digest
from handoutpress.store.files import replace_shared_file
from handoutpress.store.locks import locked
from handoutpress.yamlfile.problems import ContentError, HandoutError

UNDO = 50
"""Changes that can be undone."""
_REMEMBERED = 400
"""Texts that pages were made from, to tell what has changed since."""


Keep = Callable[[Sequence[Path]], None]


@dataclass(frozen=True)
class EditedText:
    """A file's text and its ETag, the SHA-256 of its bytes."""

    text: str
    etag: str


@dataclass(frozen=True)
class EditConflict:
    """A field that was changed by two: what was to be written, and what another has written."""

    edit: FieldEdit
    theirs: str


@dataclass(frozen=True)
class SaveResult:
    """The file as it is now. ``conflicts`` were not written; ``changed_elsewhere`` tells that another had written."""

    now: EditedText
    conflicts: tuple[EditConflict, ...] = ()
    changed_elsewhere: bool = False


@dataclass(frozen=True)
class _Change:
    path: Path
    before: str
    etag_after: str


class EditedFiles:
    """The files of a project that a page edits, one change at a time, and the last changes to be undone."""

    def __init__(self, project: Project, keep: Keep = lambda _: None) -> None:
        """``keep`` is told which files a save has changed."""
        self._project, self._keep = project, keep
        self._lock = Lock()
        self._shown: OrderedDict[str, str] = OrderedDict()
        self._changes: deque[_Change] = deque(maxlen=UNDO)

    def read(self, path: Path) -> EditedText:
        """Return the text of a file of the project as it is now. Raises ``HandoutError``."""
        if not path.resolve().is_relative_to(self._project.root):
            raise HandoutError("It lies outside of the project.")
        try:
            raw = path.read_bytes()
            text = EditedText(raw.decode("utf-8"), bytes_digest(raw))
        except (OSError, UnicodeDecodeError) as error:
            raise HandoutError(f"{self._project.show(path)} cannot be read ({error}).") from None
        self._remember(text)
        return text

    def edit(self, path: Path, etag: str, model: type[BaseModel], edits: Iterable[FieldEdit]) -> SaveResult:
        """Write what was typed into a page made from the text ``etag``; what others have changed since, stays.

        Only fields that say something else than that text did are written. Raises ``HandoutError``, ``KeyError`` for a
        field that is not there any more, ``UneditableError`` for one that only a person can change.
        """
        edits = list(edits)
        with self._held():
            while True:
                now = self.read(path)
                text, conflicts = self._edited(now, etag, model, edits)
                if written := self._write(path, now, text):
                    return SaveResult(written, conflicts, now.etag != etag)

    def _edited(
        self, now: EditedText, etag: str, model: type[BaseModel], edits: Iterable[FieldEdit]
    ) -> tuple[str, tuple[EditConflict, ...]]:
        """Return ``now`` with ``edits`` to a page made from the text ``etag``, but for those that two have made."""
        base = self._shown.get(etag, "")
        conflicts, text = list[EditConflict](), now.text
        for edit in _in_order(_changed(model, base, edits)):
            theirs = value_at(model, data_of(text), edit.location)
            if now.etag != etag and theirs not in (_said(model, base, edit), edit.value):
                conflicts.append(EditConflict(edit, theirs))
            else:
                text = with_edit(model, text, edit)
        return text, tuple(conflicts)

    def change(self, path: Path, etag: str, how: Callable[[str], str], beside: Sequence[Path] = ()) -> SaveResult:
        """Write what ``how`` makes of a file's text; nothing where another has changed it since ``etag``.

        The files ``beside`` are part of that save. Raises as ``edit`` does.
        """
        with self._held():
            now = self.read(path)
            written = self._write(path, now, how(now.text), beside) if now.etag == etag else None
            return SaveResult(written) if written else SaveResult(self.read(path), changed_elsewhere=True)

    def undo(self, path: Path) -> bool:
        """Take back the last change of a file; not where another has changed it since. Raises ``HandoutError``."""
        with self._held():
            last = next((change for change in reversed(self._changes) if change.path == path), None)
            if last is None or self.read(path).etag != last.etag_after:
                return False
            self._changes.remove(last)
            replace_shared_file(path, last.before.encode(), path.stat().st_mode & 0o777)
            self._keep([path])
            return True

    @contextmanager
    def _held(self) -> Iterator[None]:
        """Keep out other windows, and other studios of this project."""
        state = self._project.root / STUDIO
        state.mkdir(parents=True, exist_ok=True)
        with self._lock, locked(state / "lock"):
            yield

    def _write(self, path: Path, now: EditedText, text: str, beside: Sequence[Path] = ()) -> EditedText | None:
        """Write a text that was made from ``now``; None where a writer who waits for nobody came first."""
        if text == now.text:
            return now
        if self.read(path).etag != now.etag:
            return None
        after = EditedText(text, bytes_digest(text.encode()))
        replace_shared_file(path, text.encode(), path.stat().st_mode & 0o777)
        self._changes.append(_Change(path, now.text, after.etag))
        self._remember(after)
        self._keep([path, *beside])
        return after

    def _remember(self, text: EditedText) -> None:
        self._shown[text.etag] = text.text
        self._shown.move_to_end(text.etag)
        while len(self._shown) > _REMEMBERED:
            self._shown.popitem(last=False)


def _said(model: type[BaseModel], base: str, edit: FieldEdit) -> str | None:
    """Return what the text that a page was made from said in a field; None where nobody knows."""
    try:
        return value_at(model, data_of(base), edit.location) if base else None
    except (ContentError, KeyError):
        return None


def _changed(model: type[BaseModel], base: str, edits: Iterable[FieldEdit]) -> Iterator[FieldEdit]:
    """Yield the edits that say something else than the text that the page was made from."""
    for edit in edits:
        typed = FieldEdit(edit.location, edit.value.strip().replace("\r\n", "\n"))
        if _said(model, base, typed) != typed.value:
            yield typed


def _in_order(edits: Iterable[FieldEdit]) -> list[FieldEdit]:
    """Return edits with those that remove something last, from below, so that the places of the others stay."""
    edits = list(edits)
    removing = [edit for edit in edits if not edit.value]
    return [edit for edit in edits if edit.value] + removing[::-1]
