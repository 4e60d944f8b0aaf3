"""Printing one edition: the PDF's bytes and what stands against it, with nothing written but the cache."""

from __future__ import annotations

from dataclasses import dataclass

from handoutpress.app.build import assemble_press, without_recalled
from handoutpress.app.project import open_cache, open_catalog, today
from handoutpress.content.edition_filter import EditionFilter
from handoutpress.content.project import Project
from handoutpress.editorial.build_check import BuildCheck
from handoutpress.press.printed import Purpose
from handoutpress.yamlfile.problems import HandoutError


@dataclass(frozen=True)
class PrintResult:
    """One edition as it was printed; ``pdf`` is None where ``problems`` kept it from being printed or proved.

    ``problems`` are sentences, with place and hint: mistakes in its files, errors of the check, findings of the proof.
    ``addresses`` are those of its codes.
    """

    pdf: bytes | None = None
    problems: tuple[str, ...] = ()
    pages: int = 0
    addresses: tuple[str, ...] = ()


def print_handout(
    project: Project,
    handout: str,
    *,
    brand: str,
    format: str,  # noqa: A002
    language: str = "en",
    purpose: Purpose = "screen",
) -> PrintResult:
    """Print and prove the handout ``handout`` in one brand, format and language, all given by their names.

    Raises ``HandoutError`` for a name that does not exist.
    """
    selection = EditionFilter(handouts=(handout,), brands=(brand,), languages=(language,), formats=(format,))
    catalog = open_catalog(project, selection)
    check = BuildCheck(catalog, open_cache(project), today(), strict=False)
    printable, recalled = without_recalled(project, catalog.editions())
    editions, stopped = check.passing(printable)
    problems = (*map(str, catalog.problems), *recalled, *stopped)
    if not editions:
        reason = f'The brand "{brand}" does not give "{handout}" in "{language}" as "{format}".'
        return PrintResult(problems=problems or (reason,))
    try:
        printed = assemble_press(catalog, purpose, proof="plates").open_plate(editions[0]).print(editions[0])
    except HandoutError as error:
        return PrintResult(problems=(*problems, str(error)))
    return PrintResult(printed.pdf, problems, printed.pages, printed.addresses)
