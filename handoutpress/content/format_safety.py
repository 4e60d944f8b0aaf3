"""What a format may leave out: a card or a poster is short by design, and no other sheet goes without its safety."""

from __future__ import annotations

from collections.abc import Iterator

from handoutpress.content.models.formats import Format
from handoutpress.content.models.kinds import BODY, LADDER, SAFETY_SECTIONS, SECTIONS
from handoutpress.content.project import Project
from handoutpress.yamlfile.explain import load_record
from handoutpress.yamlfile.problems import Problem
from handoutpress.yamlfile.source import YamlSource


def section_problems(project: Project, source: YamlSource, format_: Format, slug: str) -> list[Problem]:
    """Return a problem where a project's format leaves out what keeps patients safe.

    What is short by design is built in: a project may change the measures of such a format, and print more of it.
    """
    sections = format_.sections
    if sections is None or (project.builtin / "formats" / f"{slug}.yaml") == project.file(f"formats/{slug}.yaml"):
        return []
    # The steps before urgent help are printed wherever it is.
    asked = SAFETY_SECTIONS - {*LADDER[:-1]}
    missing = [name for name in SECTIONS if name in asked and name not in sections]
    built_in = dict(_built_in(project))
    full = slug in built_in and built_in[slug].sections is None
    short = [set(other.sections) for other in built_in.values() if other.sections and other.style == format_.style]
    if not missing or (not full and any(least - {BODY} <= set(sections) for least in short)):
        return []
    sentence = f'"sections" leaves out what keeps patients safe: {", ".join(missing)}.'
    hint = (
        'delete "sections" to print all of them, or add these; only a format in the style of the built-in card or '
        "poster may be so short, under another name than a built-in leaflet's."
    )
    return [source.problem(("sections",), sentence, hint, key=True)]


def _built_in(project: Project) -> Iterator[tuple[str, Format]]:
    for path in sorted((project.builtin / "formats").glob("*.yaml")):
        yield path.stem, load_record(project.read(path), Format)
