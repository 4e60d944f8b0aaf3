"""The garbage collector: what is loaded stays out of its way, and nothing else does."""

import gc
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
