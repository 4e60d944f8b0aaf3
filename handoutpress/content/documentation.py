"""The documentation, which comes with the program."""

from __future__ import annotations

from handoutpress.content.project import builtin_root
from handoutpress.yamlfile.problems import HandoutError


def page_titles() -> dict[str, str]:
    """Return the title of each page, by the name that ``page_text`` takes."""
    pages = sorted((builtin_root() / "docs").glob("*.md"))
    return {page.stem: page.read_text("utf-8").partition("\n")[0].lstrip("# ") for page in pages}


def page_text(name: str) -> str:
    """Return a page as Markdown. Raises ``HandoutError`` where there is none of that name."""
    names = page_titles()
    if name not in names:
        raise HandoutError(f'There is no page "{name}". Hint: the pages are {", ".join(names)}.')
    return (builtin_root() / "docs" / f"{name}.md").read_text("utf-8")
