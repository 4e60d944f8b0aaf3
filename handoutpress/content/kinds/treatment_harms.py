"""The serious harms of the treatment that a handout is about: they are told there, and printed here as well."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from handoutpress.content.crosschecks import cited_in
from handoutpress.content.handout_names import HandoutName
from handoutpress.content.kinds.kind_files import KindFiles, load_handout
from handoutpress.content.models.handouts import Handout, Risk
from handoutpress.content.project import Project
from handoutpress.content.skeletons import TO_WRITE_SLUG
from handoutpress.yamlfile.nearest import meant
from handoutpress.yamlfile.problems import ContentError, Problem
from handoutpress.yamlfile.source import YamlSource


@dataclass(frozen=True)
class TreatmentHarms:
    """What a handout takes from one that it is about: its title, its practices and its serious harms.

    ``path`` and ``digest`` are of that file, ``cited`` the keys of the references that these harms cite, in order.
    """

    title: str
    practices: tuple[str, ...]
    harms: tuple[Risk, ...]
    cited: tuple[str, ...]
    path: Path
    digest: str

    @property
    def printed(self) -> str:
        """What of it is printed, as one text."""
        harms = [risk.model_dump(mode="json", exclude_defaults=True) for risk in self.harms]
        return json.dumps([self.title, harms], ensure_ascii=False, sort_keys=True)


def treatment_harms(
    project: Project, kinds: KindFiles, names: Collection[HandoutName], source: YamlSource, handout: Handout
) -> tuple[TreatmentHarms, ...]:
    """Return what ``handout``, read from ``source``, takes from each of ``names`` that it is about.

    Raises ``ContentError`` where there is no such handout in its language, or it tells no serious harms of its own.
    """
    harms: list[TreatmentHarms] = []
    problems: list[Problem] = []
    for about in dict.fromkeys(handout.about):
        try:
            harms.append(_harms_of(project, kinds, _named(source, about, names), source))
        except ContentError as error:
            problems += error.problems
    if problems:
        raise ContentError(problems)
    return tuple(harms)


def _harms_of(project: Project, kinds: KindFiles, name: HandoutName, source: YamlSource) -> TreatmentHarms:
    treatment_source = project.read(name.path)
    shown = treatment_source.path.as_posix()
    try:
        treatment, _ = load_handout(treatment_source, kinds)
    except ContentError:
        raise _refused(source, f"What it is about, {shown}, has mistakes.", "mend that file first.") from None
    if treatment.about:
        sentence = f'{shown} is itself about "{treatment.about[0]}".'
        raise _refused(source, sentence, "name the handout that tells the risks.")
    numbers = [number for number, risk in enumerate(treatment.harms) if risk.severity == "serious"]
    if not numbers:
        hint = f"add a risk with severity: serious to {shown}; where nobody has counted, with not_counted."
        raise _refused(source, f"{shown} tells no serious harm that could be printed here.", hint)
    places = {("risks", "items", number) for number in numbers}
    cited = (item.key for item in cited_in(treatment_source) if item.key and item.location[:3] in places)
    harms = tuple(treatment.harms[number] for number in numbers)
    keys = tuple(dict.fromkeys(cited))
    return TreatmentHarms(treatment.title, treatment.practices, harms, keys, name.path, treatment_source.digest)


def _named(source: YamlSource, about: str, names: Collection[HandoutName]) -> HandoutName:
    slug, _, language = source.path.stem.rpartition(".")
    if about == TO_WRITE_SLUG:
        hint = 'write the name of that handout at "about"; where you have none, delete the line and add "risks".'
        raise _refused(source, "Nobody has written yet which treatment's risks are printed here.", hint)
    if about == slug:
        raise _refused(source, "A handout cannot be about itself.", "name the handout of the treatment.")
    written = {name.language.lower(): name for name in names if name.slug == about}
    if not written:
        others = sorted({name.slug for name in names} - {slug})
        raise _refused(source, f'There is no handout "{about}".', meant(about, others))
    if language.lower() not in written:
        languages = ", ".join(sorted(name.language for name in written.values()))
        sentence = f'"{about}" is not written in "{language}", as this handout is, but in {languages}.'
        raise _refused(source, sentence, f"begin its translation with: handouts translate {about} --to {language}")
    return written[language.lower()]


def _refused(source: YamlSource, sentence: str, hint: str) -> ContentError:
    return ContentError([source.problem(("about",), sentence, hint)])
