"""Digests of what the pages of a site are made from: a page with the same one as before need not be rendered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

from handoutpress.content.articles import ArticleFile
from handoutpress.content.brand.brand import FontFamily
from handoutpress.content.editions import HandoutFile
from handoutpress.content.models.languages import Language
from handoutpress.content.models.references import Reference
from handoutpress.press.cache_keys import CacheKeys
from handoutpress.press.page.flow import FLOW_FIELDS, FlowFields
from handoutpress.store.digests import bytes_digest, code_digest, input_digest, library_versions, parts_digest

CODE = ("store", "yamlfile", "content", "press", "site")
"""The folders of the package whose code makes a site's pages."""
PAPER_ONLY = frozenset({"logo_shape", "places", "writing_lines"})
"""What of a clinic the text on paper depends on, and its pages do not; nor do they on its typefaces."""


class PageInputs:
    """The digests for one project; what many pages share is hashed once."""

    def __init__(
        self,
        keys: CacheKeys,
        templates: Sequence[str],
        languages: Mapping[str, Language],
        library: Mapping[str, Reference],
    ) -> None:
        """``templates`` are the digests of the pages' templates."""
        self._keys = keys
        self._templates = templates
        self._languages = languages
        self._library = library
        self._references: dict[str, str] = {}
        self._texts: dict[tuple[str, str], str] = {}
        self._flows: dict[int, tuple[FlowFields, str]] = {}

    @cached_property
    def common(self) -> str:
        """What every page is made from: code, libraries, templates and the words of its languages."""
        words = [f"{code}: {language.model_dump_json()}" for code, language in sorted(self._languages.items())]
        return _digest((code_digest(CODE), repr(sorted(library_versions().items())), *self._templates, *words))

    def handout(self, file: HandoutFile) -> str:
        """Return the digest of all that a handout's text is made from, the references that it cites among it."""
        key = file.slug, file.language
        if key not in self._texts:
            self._texts[key] = _digest(f"{name}: {value}" for name, value in self._keys.text_inputs(file).items())
        return self._texts[key]

    def article(self, article: ArticleFile) -> str:
        """Return the same of an article, and of its pictures."""
        pictures = [input_digest(path) for path in article.pictures.values()]
        return _digest((article.digest, self.references(article.cited), *pictures))

    def references(self, keys: Iterable[str]) -> str:
        """Return one digest of all that is known of references."""
        return _digest(map(self._reference, keys))

    def _reference(self, key: str) -> str:
        if key not in self._references:
            reference = self._library.get(key)
            self._references[key] = f"{key} {reference.model_dump_json() if reference else ''}"
        return self._references[key]

    def flow(self, flow: FlowFields) -> str:
        """Return the digest of what of a clinic its pages' text depends on."""
        if id(flow) not in self._flows:
            read = [
                flow.field_digest(name)
                for name in FLOW_FIELDS
                if name not in PAPER_ONLY and not isinstance(getattr(flow, name), FontFamily)
            ]
            self._flows[id(flow)] = flow, _digest(read)
        return self._flows[id(flow)][1]


def _digest(parts: Iterable[str]) -> str:
    return parts_digest(part.encode() for part in parts)


def repr_digest(*parts: object) -> str:
    """Return a digest of plain values."""
    return bytes_digest(repr(parts).encode())
