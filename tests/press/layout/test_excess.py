"""What is said of a text that is too long: by how many lines, also where a picture or a box alone has no room."""

from types import SimpleNamespace
from typing import Any, cast

from handoutpress.content.loading import load_catalog
from handoutpress.content.project import Project, builtin_root
from handoutpress.press.layout.blocks import BlockBox, PageBoxes
from handoutpress.press.layout.choices import TypeSetting
from handoutpress.press.layout.excess import lines_over
from handoutpress.press.layout.trials import LayoutTrial
from handoutpress.press.layout.typeset import Layout


def page(*blocks: tuple[str, float]) -> PageBoxes:
    """A page with blocks of these heights, in pixels."""
    return PageBoxes(0, 1000, tuple(BlockBox(key, False, 0, height, False, True) for key, height in blocks))


def test_what_has_no_lines_is_as_many_lines_too_long_as_it_takes_the_room_of() -> None:
    format_ = load_catalog(Project(builtin_root(), builtin_root())).formats["a3-poster"].format
    document = cast("Any", SimpleNamespace(pages=[]))
    layout = Layout(document, cast("Any", None), (page((".head", 1000)), page((".sender", 60))))
    # 60 pixels are 45 points, and a line has 30.
    assert lines_over(format_, LayoutTrial(TypeSetting(24, 1.25), "", frozenset(), layout)) == 2
    blank = Layout(document, cast("Any", None), (page((".head", 900)), page((".codes", 380))))
    # What goes to the next page as one leaves 100 pixels blank: 280 more are 210 points.
    assert lines_over(format_, LayoutTrial(TypeSetting(24, 1.25), "", frozenset(), blank)) == 7
    fitting = Layout(document, cast("Any", None), (page((".head", 900)),))
    assert lines_over(format_, LayoutTrial(TypeSetting(24, 1.25), "", frozenset(), fitting)) == 0
