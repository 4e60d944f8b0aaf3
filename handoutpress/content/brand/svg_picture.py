"""SVG as a picture: what resvg, which shares no code with the engine, draws of it."""

from __future__ import annotations

import resvg_py


def svg_picture(svg: bytes, width: int) -> bytes:
    """Return an SVG of ours (``read_svg``) as a PNG with alpha, ``width`` pixels wide; no font is ever used.

    Raises ``ValueError`` if it cannot be drawn.
    """
    try:
        return resvg_py.svg_to_bytes(svg_string=svg.decode(), width=width, skip_system_fonts=True)
    except ValueError:
        raise
    except BaseException as error:
        # A panic of Rust code is no Exception (PyO3's PanicException); whatever else it is must go on.
        if type(error).__name__ != "PanicException":
            raise
        raise ValueError("the drawing of it broke off") from None
