"""What a release promises: that its codes lead somewhere for ever, and that no two texts have the same eight signs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from handoutpress.app.site.clinics import site_clinics
from handoutpress.app.site.history import History
from handoutpress.content.articles import load_articles
from handoutpress.content.catalog import Catalog
from handoutpress.content.content_hash import printed_content
from handoutpress.content.editions import HandoutFile
from handoutpress.content.models.citations import citations
from handoutpress.content.models.references import RETRACTED
from handoutpress.content.project import Project
from handoutpress.site.kept_addresses import KeptAddresses
from handoutpress.yamlfile.problems import Problem


def broken_promises(catalog: Catalog, out: Path) -> list[str]:
    """Return, in sentences, what of its site, signs and articles keeps a project, given as a whole, from a release."""
    return [*site_refusals(catalog, out), *retracted(catalog)]


def site_refusals(catalog: Catalog, out: Path) -> list[str]:
    """Return the same of its site and its signs."""
    history = History(catalog.project)
    return [
        *(str(problem) for problem in _same_signs(catalog.project, catalog.handouts.values(), history)),
        *_without_site(catalog, history),
        *_lost(catalog, history, out),
    ]


def _same_signs(project: Project, texts: Iterable[HandoutFile], history: History) -> Iterator[Problem]:
    """Yield a problem for each text whose signs another text has: nobody could tell their sheets apart."""
    first: dict[str, HandoutFile] = {}
    for text in texts:
        other = first.setdefault(text.content_hash, text)
        if printed_content(other) != printed_content(text):
            yield _with_signs_of(project, text, f"{other.slug} ({other.language})")
            continue
        for release in history.releases:
            for label in {file.label._replace(brand="", format="") for file in release.files}:
                told = (label.language, label.version)
                if label.content_hash == text.content_hash and told != (text.language, text.handout.version):
                    name = f"{label.handout} ({label.language}), version {label.version}, of the release {release.name}"
                    yield _with_signs_of(project, text, name)


def _with_signs_of(project: Project, text: HandoutFile, other: str) -> Problem:
    sentence = f"Its eight signs, {text.content_hash}, are those of {other}, too, which says something else."
    source = project.read(text.path)
    return source.problem(("version",), sentence, "change a word of it, or its version: then it has other signs.")


def _without_site(catalog: Catalog, history: History) -> Iterator[str]:
    for slug, brand in catalog.brands.items():
        released = history.brands.get(slug)
        if released and released.site and not brand.site:
            path = brand.named(catalog.project.show(brand.path))
            sentence = f"Codes of its released sheets lead to {released.site}, and it has no site any more"
            yield f'{path}: {sentence}. Hint: write "site: {released.site}" into project.yaml, or this file, again.'


def _lost(catalog: Catalog, history: History, out: Path) -> Iterator[str]:
    addresses = [each for each in history.addresses() if not _is_without(catalog, each.brand)]
    if not addresses:
        return
    settings = catalog.settings.site
    kept = KeptAddresses(site_clinics(catalog, history, out), settings.earlier if settings else ())
    yield from kept.lost(addresses)


def _is_without(catalog: Catalog, slug: str) -> bool:
    brand = catalog.brands.get(slug)
    return brand is not None and not brand.site


def retracted(catalog: Catalog) -> list[str]:
    """Return, in sentences, where articles cite a paper that was retracted: their pages say so until they are mended.

    Handouts that cite one are stopped by the editor.
    """
    sentences = []
    for article in load_articles(catalog.project, catalog.library).files.values():
        for citation in citations(article.text):
            for key, offset in citation.keys:
                if catalog.references[key].custom.status == RETRACTED:
                    sentence = f'The reference "{key}" was retracted.'
                    hint = "take it out, with what rests on it alone, or say in the text what became of it elsewhere."
                    sentences.append(str(article.problem(offset, sentence, hint)))
    return sentences
