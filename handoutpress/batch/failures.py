"""What went wrong with one output, in a sentence for people."""

from __future__ import annotations

import errno
import signal
import traceback
from pathlib import Path

from handoutpress.store.files import HeldOpenError
from handoutpress.store.objects.object_store import StoreFaultError
from handoutpress.yamlfile.problems import HandoutError

TOO_SLOW = "It was not finished within {limit:g} seconds. See whether its text or pictures are extraordinary."
DIED = "The worker that made it {how}. The rest went on in a new one."
LONGEST_SHOWN = 200
"""Letters of a path that a sentence shows."""

_ELSEWHERE = "Hint: copy the project to where you may write, or ask for that right."
_BY_ERRNO = {
    errno.ENOSPC: "The disk is full.",
    errno.EFBIG: "The file {file} would be larger than this disk or your rights allow.",
    errno.EDQUOT: "Your share of the disk is used up.",
    errno.EROFS: f"The folder {{folder}} is read-only. {_ELSEWHERE}",
    errno.EACCES: f"We may not write in the folder {{folder}}. {_ELSEWHERE}",
    errno.EPERM: f"We may not write in the folder {{folder}}. {_ELSEWHERE}",
    errno.ENAMETOOLONG: "The name {file} is too long for this disk.",
    errno.ENOENT: "{file} is not there.",
    errno.EMFILE: "Too many files are open.",
    errno.ENOTDIR: "{folder} should be a folder, and a file is in its place.",
    errno.EEXIST: "{folder} should be a folder, and a file is in its place.",
    errno.EISDIR: "A folder is where the file should be.",
    errno.EDEADLK: "The process that started this one holds {folder}. Start it after that one has ended.",
}


class TooSlowError(HandoutError):
    """A plate or an edition took longer than its limit."""

    def __init__(self, limit: float) -> None:
        super().__init__(TOO_SLOW.format(limit=limit))


def sentence_of(error: BaseException, path: str) -> str:
    """Return one sentence on ``error``, which happened while ``path`` was being made."""
    if isinstance(error, (HandoutError, StoreFaultError)):
        return str(error)
    if isinstance(error, HeldOpenError):
        return "Another program holds the file open. Close it there and run again."
    if isinstance(error, MemoryError):
        return "The memory ran out."
    if isinstance(error, OSError):
        return _system_sentence(error, path)
    return f"This is our mistake, not yours ({type(error).__name__}: {error})."


def may_pass(error: BaseException) -> bool:
    """Return whether the same work may succeed another time: its inputs are not at fault."""
    return isinstance(error, (TooSlowError, OSError, MemoryError))


def trace_of(error: BaseException) -> str:
    """Return the trace of an error that is ours to fix; "" for those that people can fix."""
    if isinstance(error, (HandoutError, OSError, MemoryError)):
        return ""
    return "".join(traceback.format_exception(error))


def death_of(exit_code: int | None) -> str:
    """Return how a worker ended: ``exit_code`` is as ``multiprocessing`` gives it, negative for a signal."""
    if exit_code == -signal.SIGKILL:
        return DIED.format(how="was killed, most likely because the memory ran out")
    if exit_code is not None and exit_code < 0:
        return DIED.format(how=f"was ended by signal {-exit_code}")
    return DIED.format(how=f"ended with code {exit_code}")


def _system_sentence(error: OSError, path: str) -> str:
    file = Path(error.filename if isinstance(error.filename, str) else path)
    sentence = _BY_ERRNO.get(error.errno or 0, f"{{file}}: {error.strerror or type(error).__name__}.")
    return sentence.format(folder=_shortened(file.parent), file=_shortened(file))


def _shortened(path: Path) -> str:
    shown = path.as_posix()
    return shown if len(shown) <= LONGEST_SHOWN else f"{shown[: LONGEST_SHOWN // 2]}…{shown[-LONGEST_SHOWN // 2 :]}"
