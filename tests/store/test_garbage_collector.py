"""The garbage collector: what is loaded stays out of its way, and nothing else does."""

import gc
import subprocess
import sys
import types

from handoutpress.store.garbage_collector import loading


def test_loading_what_is_loaded_already_keeps_nothing_from_a_search() -> None:
    before = gc.get_freeze_count()
    with loading():
        pass
    assert gc.get_freeze_count() == before
    with loading():
        sys.modules["never_loaded_before"] = types.ModuleType("never_loaded_before")
    del sys.modules["never_loaded_before"]
    assert gc.get_freeze_count() > before
    gc.unfreeze()


def test_nothing_is_searched_when_a_process_ends() -> None:
    script = """
import atexit, gc
from handoutpress.store.garbage_collector import collect_rarely
atexit.register(lambda: print(len(gc.get_objects())))
collect_rarely()
"""
    ended = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert int(ended.stdout) < 1000
