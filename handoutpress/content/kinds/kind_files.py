"""The kinds of a project, and its handouts read by them: every mistake of a handout is told at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass
from pathlib import Path

from handoutpress.content.models.handouts import Handout
from handoutpress.content.models.kinds import ALWAYS_NEEDED, Kind
from handoutpress.content.project import Project
from handoutpress.yamlfile.explain import load_record
from handoutpress.yamlfile.nearest import meant, nearest
from handoutpress.yamlfile.problems import ContentError, Problem
from handoutpress.yamlfile.source import YamlSource

FOLDER = "kinds"
DEFAULT_KIND = "treatment"

LINES: Mapping[str, str] = {
    "practices": "practices: [name-of-the-practice]",
    "about": "about: name-of-the-treatment",
    "body": 'body: [{text: {heading: "TO WRITE", text: "TO WRITE: what to do"}}]',
    "what_it_is": 'what_it_is: "TO WRITE: what it is, and how it is meant to work"',
    "what_to_expect": 'what_to_expect: "TO WRITE: what happens, and how long it takes"',
    "risks": 'risks: {items: [{name: "TO WRITE: a harm", severity: serious, references: [key-of-the-paper]}]}',
    "tell_us_first": 'tell_us_first: ["TO WRITE: who should tell you first"]',
    "after_care": 'after_care: ["TO WRITE: what to do afterwards"]',
    "normal": 'normal: ["TO WRITE: what is normal"]',
    "call_us": 'call_us: ["TO WRITE: when to call you"]',
    "alternatives": 'alternatives: "TO WRITE: other choices, no treatment among them"',
}
"""For each part that a kind may ask for, the line that a file may begin it with."""
_ALSO_WRITTEN = {"body": ("sections",)}
"""Other keys that hold a part."""


@dataclass(frozen=True)
class KindFile:
    """One ``kinds/<slug>.yaml``."""

    slug: str
    path: Path
    kind: Kind
    digest: str


class KindFiles:
    """The kinds of one project, each read once."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._paths = project.files(FOLDER)
        self._read: dict[str, KindFile] = {}

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all kinds."""
        return tuple(self._paths)

    def path(self, slug: str) -> Path:
        """Return the file of a kind that there is."""
        return self._paths[slug]

    def read(self, slug: str) -> KindFile:
        """Return a kind that there is. Raises ``ContentError``."""
        if slug not in self._read:
            source = self._project.read(self._paths[slug])
            self._read[slug] = KindFile(slug, self._paths[slug], load_record(source, Kind), source.digest)
        return self._read[slug]


def load_handout(source: YamlSource, kinds: KindFiles) -> tuple[Handout, KindFile]:
    """Return the handout in ``source`` with its kind. Raises ``ContentError`` with all mistakes."""
    problems: list[Problem] = []
    kind_file: KindFile | None = None
    try:
        kind_file = _kind_of(source, kinds)
        problems += _missing_parts(source, kind_file)
    except ContentError as error:
        problems += error.problems
    try:
        handout = load_record(source, Handout)
    except ContentError as error:
        raise ContentError(sorted({*error.problems, *problems})) from None
    if problems or kind_file is None:
        raise ContentError(sorted(set(problems)))
    return handout, kind_file


def _kind_of(source: YamlSource, kinds: KindFiles) -> KindFile:
    slug = source.data.get("kind", DEFAULT_KIND) if isinstance(source.data, dict) else DEFAULT_KIND
    if not isinstance(slug, str):  # its model says so
        slug = DEFAULT_KIND
    if slug not in kinds.names:
        sentence = f'There is no kind "{slug}".'
        raise ContentError([source.problem(("kind",), sentence, meant(slug, kinds.names))])
    try:
        return kinds.read(slug)
    except ContentError as error:
        path = error.problems[0].path.as_posix()
        sentence = f'Its kind "{slug}" has mistakes.'
        raise ContentError([*error.problems, source.problem(("kind",), sentence, f"mend {path} first.")]) from None


def _missing_parts(source: YamlSource, kind_file: KindFile) -> Iterator[Problem]:
    """Yield a problem for each part that the kind needs and the file has not, with a line to copy."""
    if not isinstance(source.data, dict):
        return
    keys = Handout.model_fields
    # A part whose key is misspelt is told as that.
    given = {key if key in keys else nearest(key, keys) for key, value in source.data.items() if value is not None}
    kind = kind_file.kind
    for part in dict.fromkeys((*kind.needs, *_needed_risks(given, kind))):
        if part in ALWAYS_NEEDED or part in given or given & {*_ALSO_WRITTEN.get(part, ())}:
            continue
        if part in source.data:
            sentence = f'"{part}" is empty, and the kind "{kind_file.slug}" needs it.'
            yield source.problem((part,), sentence, f"write it: {LINES[part]}")
        else:
            sentence = f'"{part}" is missing, which the kind "{kind_file.slug}" needs.'
            yield source.problem((), sentence, f"add a line: {LINES[part]}")


def _needed_risks(given: Set[str | None], kind: Kind) -> Iterator[str]:
    """Yield what a handout must tell of harms: whoever tells a benefit tells the risks, in every kind."""
    if kind.risks == "needed" or "benefits" in given:
        yield "risks"
    elif kind.risks == "from-about" and "risks" not in given:
        yield "about"
