"""Outlines of articles as they were read before: of a hundred articles, a change reads one."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import astuple
from importlib.metadata import version

from handoutpress.content.text.article_markdown import ArticleOutline, Heading, PictureUse, TextBlock, outline
from handoutpress.store.cache import Cache
from handoutpress.store.digests import code_digest, library_versions, parts_digest

_KIND = "outlines"


class OutlineCache:
    """Each outline is an entry of ``cache``, by the text and by the code that reads it."""

    def __init__(self, cache: Cache) -> None:
        self._cache = cache
        # Footnotes are read by a plug-in of its own.
        versions = (library_versions()["markdown-it-py"], version("mdit-py-plugins"))
        self._made_by = " ".join((code_digest(("content",)), *versions)).encode()

    def of(self, text: str) -> ArticleOutline:
        """Return the outline of a text; where it cannot be kept, the next run reads it again."""
        key = parts_digest((self._made_by, text.encode()))
        kept = self._cache.read(_KIND, key)
        if kept is not None:
            return _read(kept)
        read = outline(text)
        with suppress(OSError):
            self._cache.write(_KIND, key, json.dumps(astuple(read)).encode())
        return read


def _read(kept: bytes) -> ArticleOutline:
    blocks, headings, pictures, unnamed = json.loads(kept)
    return ArticleOutline(
        blocks=tuple(TextBlock(*block) for block in blocks),
        headings=tuple(Heading(*heading) for heading in headings),
        pictures=tuple(PictureUse(*picture) for picture in pictures),
        unnamed_footnotes=tuple(unnamed),
    )
