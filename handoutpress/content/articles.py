"""The articles of a project: ``articles/<slug>.<language>.md``, front matter and Markdown, loaded with all mistakes.

A mistake never stops the loading: it is told with its file, and that article is not printed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from urllib.parse import unquote

from handoutpress.content.brand.logo_files import read_picture
from handoutpress.content.crosschecks import link_faults, reference_fault, unknown_library
from handoutpress.content.library import Library
from handoutpress.content.models.articles import ArticleHead
from handoutpress.content.models.citations import citations, unreadable_citation
from handoutpress.content.project import Project, check_path
from handoutpress.content.text.article_markdown import (
    FIRST_LEVEL,
    FOOTNOTE,
    LAST_LEVEL,
    ArticleOutline,
    PictureUse,
    outline,
    without_comments,
)
from handoutpress.content.text.markdown import links
from handoutpress.yamlfile.explain import load_record
from handoutpress.yamlfile.nearest import meant
from handoutpress.yamlfile.problems import ContentError, MessageAndHint, Problem
from handoutpress.yamlfile.record import SLUG
from handoutpress.yamlfile.source import Position, YamlSource, yaml_source
from handoutpress.yamlfile.textfile import place_at, read_text

FOLDER = "articles"
MAX_ARTICLE = 60_000
"""Characters of an article's text: about 10,000 words, which make a page of 100 kB."""

_NAME = re.compile(rf"(?P<slug>{SLUG})\.(?P<language>[A-Za-z]{{2,3}}(?:-[A-Za-z0-9]+)*)\.md")
_HEAD = re.compile(r"---[ \t]*\n(?P<head>.*?)^---[ \t]*$\n?", re.DOTALL | re.MULTILINE)
_TOLD_NOTE = re.compile(r"^ {0,3}\[\^([^\]\s^]{1,80})\]:", re.MULTILINE)
ArticleKey = tuple[str, str]
"""Slug and language."""


@dataclass(frozen=True)
class ArticleFile:
    """One article.

    ``text`` is its Markdown, which begins ``begin`` characters into the ``whole`` file. ``cited`` are the references
    that it names, in order, once each; ``pictures`` are its pictures' files by the address that is written. ``digest``
    is of the file's bytes; ``source`` is the front matter, for places in it.
    """

    slug: str
    language: str
    path: Path
    head: ArticleHead
    whole: str
    begin: int
    outline: ArticleOutline
    cited: tuple[str, ...]
    pictures: Mapping[str, Path]
    digest: str
    source: YamlSource

    @property
    def text(self) -> str:
        return self.whole[self.begin :]

    def problem(self, offset: int, sentence: str, hint: str = "") -> Problem:
        """Return a problem at a character of the text."""
        return Problem(self.source.path, *self.place(offset), sentence, hint)

    def place(self, offset: int) -> Position:
        """Return the line and column in the file of a character of the text."""
        return place_at(self.whole, self.begin + offset)


@dataclass(frozen=True)
class Articles:
    """The articles without mistakes by slug and language, and all mistakes, in the order of files and lines.

    ``faulty`` are the articles with mistakes in their texts: they must not be printed, and can be read.
    """

    files: Mapping[ArticleKey, ArticleFile] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    faulty: Mapping[ArticleKey, ArticleFile] = field(default_factory=dict)


def load_articles(
    project: Project, library: Library, outline_of: Callable[[str], ArticleOutline] = outline
) -> Articles:
    """Read all articles of a project; what they cite is looked up in ``library``. Their mistakes come as values.

    ``outline_of`` returns the outline of a text, which may have been read before.
    """
    files: dict[ArticleKey, ArticleFile] = {}
    faulty: dict[ArticleKey, ArticleFile] = {}
    problems: list[Problem] = []
    for path in sorted((project.root / FOLDER).glob("*.md")):
        if path.name.startswith("."):
            continue
        try:
            file, mistakes = load_article(project, library, path, outline_of)
        except ContentError as error:
            problems += error.problems
            continue
        problems += mistakes
        (faulty if mistakes else files)[file.slug, file.language] = file
    return Articles(MappingProxyType(files), tuple(sorted(problems)), MappingProxyType(faulty))


def load_article(
    project: Project, library: Library, path: Path, outline_of: Callable[[str], ArticleOutline] = outline
) -> tuple[ArticleFile, tuple[Problem, ...]]:
    """Read one article; return it with the mistakes in its text.

    Raises ``ContentError`` with all mistakes of one that has others: it does not say what it is, or is too long.
    """
    check_path(path)
    shown = Path(project.show(path))
    slug, language = _named(project, path, shown)
    file = read_text(path, shown)
    text = file.text.replace("\r\n", "\n")
    head, begin = _split(text, shown)
    text = text[:begin] + without_comments(text[begin:])
    problems: list[Problem] = []
    try:
        # An empty line stands for the first one, so that each mistake keeps its place.
        source = yaml_source(f"\n{head}", shown, file.digest)
        record = load_record(source, ArticleHead)
    except ContentError as error:
        problems += error.problems
    body = _Body(shown, text, begin)
    if len(body.text) > MAX_ARTICLE:
        raise ContentError([*problems, _too_long(body)])
    inner = outline_of(body.text)
    mistakes = {*_text_problems(body, inner, library), *_picture_problems(project, path, body, inner.pictures)}
    if problems:
        raise ContentError(sorted({*problems, *mistakes}))
    article = ArticleFile(
        slug=slug,
        language=language,
        path=path,
        head=record,
        whole=text,
        begin=begin,
        outline=inner,
        cited=tuple(dict.fromkeys(cited.key for citation in citations(body.text) for cited in citation.keys)),
        pictures=MappingProxyType({use.address: path.parent / use.address for use in inner.pictures}),
        digest=file.digest,
        source=source,
    )
    return article, tuple(sorted(mistakes))


@dataclass(frozen=True)
class _Body:
    """The Markdown of an article: what of its file's text is from ``begin`` on."""

    path: Path
    whole: str
    begin: int

    @property
    def text(self) -> str:
        return self.whole[self.begin :]

    @property
    def first_line(self) -> int:
        return place_at(self.whole, self.begin)[0]

    def problem(self, offset: int, sentence: str, hint: str) -> Problem:
        """Return a problem at a character of the text."""
        return Problem(self.path, *place_at(self.whole, self.begin + offset), sentence, hint)

    def problem_in(self, line: int, sentence: str, hint: str) -> Problem:
        """Return a problem at a line of the text, from 1."""
        return Problem(self.path, self.first_line + line - 1, 1, sentence, hint)


def _named(project: Project, path: Path, shown: Path) -> ArticleKey:
    match = _NAME.fullmatch(path.name)
    if not match:
        sentence = "The name does not say which article this is, in which language."
        hint = "call it like dry-needling.en.md, in lower-case letters, digits and hyphens."
        raise ContentError([Problem(shown, 0, 0, sentence, hint)])
    languages = project.files("languages")
    if match["language"] not in languages:
        sentence = f'There is no language "{match["language"]}".'
        raise ContentError([Problem(shown, 0, 0, sentence, meant(match["language"], languages))])
    return match["slug"], match["language"]


def _split(text: str, shown: Path) -> tuple[str, int]:
    """Return the front matter, and where the text begins. Raises ``ContentError`` where there is none."""
    match = _HEAD.match(text)
    if match is None or not match["head"].strip():
        sentence = "The article does not begin with its title, author and date."
        hint = "write --- on the first line, then title, author and date, each on a line of its own, then --- again."
        raise ContentError([Problem(shown, 1, 1, sentence, hint)])
    return match["head"], match.end()


def _too_long(body: _Body) -> Problem:
    sentence = f"The article has {len(body.text)} characters; a page holds {MAX_ARTICLE}."
    return body.problem(MAX_ARTICLE, sentence, "part it into two articles.")


def _text_problems(body: _Body, inner: ArticleOutline, library: Library) -> Iterator[Problem]:
    if not inner.blocks:
        yield body.problem(0, "The article has no text.", "write it below the second ---.")
    yield from _citation_problems(body, library)
    for offset, fault in link_faults(body.text):
        yield body.problem(offset, fault.sentence, fault.hint)
    yield from _place_problems(body, inner)
    yield from _heading_problems(body, inner)
    yield from _footnote_problems(body, inner)


def _citation_problems(body: _Body, library: Library) -> Iterator[Problem]:
    cited = list(citations(body.text))
    if cited and not library.readable:
        yield unknown_library(body.path)
        return
    for citation in cited:
        if fault := unreadable_citation(citation):
            yield body.problem(citation.start, fault.sentence, fault.hint)
        for key, offset in citation.keys:
            if fault := reference_fault(key, library):
                yield body.problem(offset, fault.sentence, fault.hint)


def _place_problems(body: _Body, inner: ArticleOutline) -> Iterator[Problem]:
    """Find links to places of the page that are not there."""
    places = [f"#{heading.id}" for heading in inner.headings]
    for link in links(body.text):
        address = unquote(link.address)
        if address.startswith("#") and address not in places:
            at = max(body.text.find(f"]({address}"), 0)
            yield body.problem(at, f'There is no heading "{address}" in the article.', meant(address, places))


def _heading_problems(body: _Body, inner: ArticleOutline) -> Iterator[Problem]:
    """Find headings that are no parts of the ones above: whoever cannot see the page goes by their levels."""
    above = FIRST_LEVEL - 1
    for heading in inner.headings:
        if not heading.words:
            yield body.problem_in(heading.line, "The heading is empty.", "write its words, or delete the line.")
        elif heading.level < FIRST_LEVEL:
            hint = "begin it with ##; the title stands above the text."
            yield body.problem_in(heading.line, "A heading of the text cannot be of the title's level.", hint)
        elif heading.level > min(above + 1, LAST_LEVEL):
            fault = _too_low(above)
            yield body.problem_in(heading.line, fault.sentence, fault.hint)
        above = max(heading.level, FIRST_LEVEL - 1)


def _too_low(above: int) -> MessageAndHint:
    allowed = "#" * min(above + 1, LAST_LEVEL)
    return MessageAndHint("The heading is two levels below the one before it.", f"begin it with {allowed}.")


def _footnote_problems(body: _Body, inner: ArticleOutline) -> Iterator[Problem]:
    told: dict[str, int] = {}
    for match in _TOLD_NOTE.finditer(body.text):
        if match[1] in told:
            sentence = f"The footnote [^{match[1]}] is told twice."
            yield body.problem(match.start(), sentence, "give one of them another name.")
        told.setdefault(match[1], match.start())
    for match in FOOTNOTE.finditer(body.text):
        if match[1] not in told:
            hint = f'write "[^{match[1]}]: …" on a line of its own, below.'
            yield body.problem(match.start(), f"The footnote [^{match[1]}] is told nowhere.", hint)
    for label in inner.unnamed_footnotes:
        sentence = f"Nothing in the text leads to the footnote [^{label}], so it would not be shown."
        yield body.problem(told.get(label, 0), sentence, f"write [^{label}] where it belongs, or delete it.")


def _picture_problems(project: Project, article: Path, body: _Body, uses: Sequence[PictureUse]) -> Iterator[Problem]:
    for use in uses:
        if not use.alt:
            hint = "write what it shows between the brackets: ![A thin needle beside a coin](…)."
            yield body.problem_in(use.line, "The picture has no words for those who cannot see it.", hint)
        if fault := _picture_fault(project, article, use.address):
            yield body.problem_in(use.line, fault.sentence, fault.hint)


def _picture_fault(project: Project, article: Path, address: str) -> MessageAndHint | None:
    path = article.parent / address
    if "://" in address or not project.contains(path):
        hint = "put its file into articles/ and write ![…](picture.png)."
        return MessageAndHint(f'The picture "{address}" is not a file of this project.', hint)
    if not path.is_file():
        near = [other.relative_to(article.parent).as_posix() for other in _pictures_beside(article)]
        return MessageAndHint(f'There is no picture "{address}" in {FOLDER}/.', meant(address, near))
    try:
        read_picture(path)
    except ValueError as error:
        sentence, _, hint = str(error).partition(" Hint: ")
        return MessageAndHint(f'The picture "{address}" {sentence}', hint)
    return None


def _pictures_beside(article: Path) -> Collection[Path]:
    return [path for path in article.parent.rglob("*") if path.suffix.lower() in (".png", ".jpg", ".jpeg", ".svg")]
