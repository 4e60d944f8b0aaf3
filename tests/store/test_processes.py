"""Processes that work for this one: none runs the main module of the program that started it."""

import subprocess
import sys
from pathlib import Path

UNGUARDED = """
from handoutpress.store.processes import WORKERS

print("main", __name__, flush=True)
process = WORKERS.Process(target=print, args=("work",))
process.start()
process.join()
print(process.exitcode)
"""


def test_a_script_without_a_main_guard_runs_once(tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text(UNGUARDED)
    done = subprocess.run([sys.executable, script], capture_output=True, text=True, check=True, timeout=60)
    assert (done.stdout, done.stderr) == ("main __main__\nwork\n0\n", "")
