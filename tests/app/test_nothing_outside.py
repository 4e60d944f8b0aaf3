"""What the main commands open: their project, what is built in, and Python's own files; no network."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from press_room import printable

from handoutpress.content.project import builtin_root

COMMANDS = ("check", "doctor", "build warm-tea --format a4-leaflet --jobs 1", "proof out", "compare out out")
FINDERS = {("subprocess.Popen", name) for name in ("ldconfig", "gcc", "cc", "ld", "objdump", "which")}
"""What Python asks where a library of the system lies (``ctypes.util``)."""
WATCHED = """
import os, sys
sys.path[:0] = [{root!r}]
seen = set()
def watch(event, args):
    if event == "open" and isinstance(args[0], (str, bytes)):
        seen.add((event, os.path.abspath(os.fsdecode(args[0]))))
    elif event == "subprocess.Popen":
        seen.add((event, os.path.basename(str(args[0]))))
    elif event in ("socket.connect", "socket.getaddrinfo", "os.system", "os.exec", "urllib.Request"):
        if not str(args[0]).startswith("data:"):
            seen.add((event, repr(args[:2])))
sys.addaudithook(watch)
from handoutpress.cli import main
for words in {commands!r}:
    sys.argv = ["handouts", *words.split()]
    print("==", words, main())
print("SEEN", repr(sorted(seen)))
"""


def test_the_main_commands_open_nothing_outside(tmp_path: Path) -> None:
    project, home = printable(tmp_path / "project"), tmp_path / "home"
    home.mkdir()
    root = builtin_root()
    script = WATCHED.format(root=str(root), commands=COMMANDS)
    environment = {**os.environ, "HOME": str(home), "XDG_CACHE_HOME": str(home), "TMPDIR": str(home)}
    run = subprocess.run(
        [sys.executable, "-c", script], cwd=project, env=environment, capture_output=True, text=True, check=True
    )
    said, _, seen = run.stdout.partition("SEEN ")
    assert "--jobs 1 0\n" in said
    assert "== proof out 0" in said
    system = ("/dev", "/proc", "/usr", "/etc")  # Python's own, and the time zone
    allowed = [project, home, root, Path(sys.prefix), Path(sys.base_prefix), *map(Path, system)]
    opened: list[tuple[str, str]] = eval(seen)  # noqa: S307  what our own script printed
    paths = [Path(what) for event, what in opened if event == "open"]
    assert len(paths) > 100
    assert [path for path in paths if not any(path.is_relative_to(place) for place in allowed)] == []
    assert {(event, what) for event, what in opened if event != "open"} <= FINDERS
