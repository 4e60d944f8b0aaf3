"""The readers of codes, and what they leave on the screen."""

import subprocess
import sys

HELD_IN_A_CIRCLE = """
import gc
from handoutpress.proof.pdf.code_readers import zxingcpp
held = [zxingcpp.BarcodeFormat, zxingcpp.read_barcodes]
held.append(held)
gc.freeze()
del held
"""


def test_what_a_reader_still_holds_at_the_end_is_told_to_nobody() -> None:
    ended = subprocess.run([sys.executable, "-c", HELD_IN_A_CIRCLE], capture_output=True, text=True, check=True)
    assert (ended.stdout, ended.stderr) == ("", "")
