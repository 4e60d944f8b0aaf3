"""The subject of the checks: one handout with its texts, the library, the rules and the day."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Protocol, TypeVar

from handoutpress.content.kinds.treatment_harms import TreatmentHarms
from handoutpress.content.models.countries import Country
from handoutpress.content.models.handouts import ClaimsRead, Handout, Risk
from handoutpress.content.models.languages import Language
from handoutpress.content.models.references import Reference
from handoutpress.content.pictures.handout_picture import HandoutPicture
from handoutpress.content.project import Project
from handoutpress.editorial.checks.calls.call_rules import NO_CALLS, CallRules
from handoutpress.editorial.checks.calls.clinics import ClinicsInUse
from handoutpress.editorial.checks.hints.known_claims import KnownClaims
from handoutpress.editorial.checks.hints.weights import ClaimWeights, read_weights
from handoutpress.editorial.checks.prose import Prose, printed_prose, prose
from handoutpress.editorial.checks.rule_files import (
    ClaimWords,
    FamilyWords,
    PlainWords,
    Practices,
    RegulatorRules,
    RiskScale,
    SafetyWords,
    Terms,
)
from handoutpress.yamlfile.explain import load_record
from handoutpress.yamlfile.problems import ContentError, HandoutError, Problem
from handoutpress.yamlfile.record import Record
from handoutpress.yamlfile.source import Location, YamlSource

DEFAULT_JURISDICTION = "uk"
PRACTICES = "practices"
"""The rule file that says which family a practice belongs to."""

WEIGHTS = "claim-weights.*.txt"
"""The rule files that hints are found by."""

RecordType = TypeVar("RecordType", bound=Record)


@dataclass(frozen=True, eq=False)
class EditorialRules:
    """The rule files for one jurisdiction and language. Word lists that no file has for the language are None.

    ``claims`` are the words for the practices of all families, ``family_words`` what each family adds,
    ``weights_file`` what hints are found by, and ``calls`` whom to call where the clinics are.
    """

    jurisdiction: str
    regulator: RegulatorRules
    claims: ClaimWords | None = None
    plain: PlainWords | None = None
    scale: RiskScale | None = None
    safety: SafetyWords | None = None
    terms: frozenset[str] = frozenset()
    medicine_endings: tuple[str, ...] = ()
    practices: Practices = field(default_factory=lambda: Practices(families={}))
    family_words: Mapping[str, FamilyWords] = field(default_factory=dict)
    weights_file: Path | None = None
    calls: CallRules = NO_CALLS

    @cached_property
    def weights(self) -> ClaimWeights | None:
        """By how much each gram speaks for a claim, read when it is first asked; None without a file."""
        return read_weights(self.weights_file) if self.weights_file else None

    @lru_cache(maxsize=256)  # noqa: B019  rules are few, and live as long as the program
    def claims_for(self, practices: tuple[str, ...]) -> ClaimWords | None:
        """Return the words to question in what is said of ``practices``, by their families; None without a list."""
        words = self.claims
        for family in self.practices.families_of(practices):
            if words is not None and family in self.family_words:
                words = words.with_family(self.family_words[family])
        return words


class TextSubject(Protocol):
    """Something with texts under check, in one language: a handout or an article, with the library, rules and day.

    ``texts`` are its running text, ``names`` the printed words beside it, ``harms`` the risks that it has as data.
    """

    @property
    def language(self) -> str: ...
    @property
    def rules(self) -> EditorialRules: ...
    @property
    def today(self) -> date: ...
    @property
    def library(self) -> Mapping[str, Reference]: ...
    @property
    def broken_references(self) -> Mapping[str, Problem]: ...
    @property
    def texts(self) -> tuple[Prose, ...]: ...
    @property
    def names(self) -> tuple[Prose, ...]: ...
    @property
    def practices(self) -> tuple[str, ...]: ...
    @property
    def harms(self) -> tuple[Risk, ...]: ...
    @property
    def claims_read(self) -> ClaimsRead | None: ...
    @property
    def known_claims(self) -> KnownClaims | None: ...

    def practices_at(self, location: Location) -> tuple[str, ...]:
        """Return the practices that the text at ``location`` is about."""
        ...

    def place_of(self, section: str) -> Location:
        """Return where what is said of ``section`` as a whole is told."""
        ...


@dataclass(frozen=True)
class CheckSubject:
    """A handout under check. ``translations`` are the same handout in other languages, by language.

    ``library`` has the references without mistakes, ``broken_references`` one mistake of each other one; ``headings``
    are those of the language by the parts of a handout. ``words`` is the family of words for what its kind is about,
    and ``about`` what it prints of others.
    """

    source: YamlSource
    handout: Handout
    language: str
    rules: EditorialRules
    today: date
    library: Mapping[str, Reference] = field(default_factory=dict)
    broken_references: Mapping[str, Problem] = field(default_factory=dict)
    translations: Mapping[str, Handout] = field(default_factory=dict)
    headings: Mapping[str, str] = field(default_factory=dict)
    words: str = "general"
    about: tuple[TreatmentHarms, ...] = ()
    pictures: Mapping[str, HandoutPicture] = field(default_factory=dict)

    @cached_property
    def all_texts(self) -> tuple[Prose, ...]:
        """Its texts, those that are still to be written or translated among them."""
        return prose(self.source, self.handout)

    @cached_property
    def texts(self) -> tuple[Prose, ...]:
        """The texts there are to read; one that is still to be written or translated is none."""
        return tuple(text for text in self.all_texts if not (text.is_unwritten or text.is_untranslated))

    @cached_property
    def names(self) -> tuple[Prose, ...]:
        """The printed words beside the running text: who wrote and reviewed it, and what it is made from."""
        read = {text.location[:length] for text in self.all_texts for length in range(len(text.location) + 1)}
        printed = printed_prose(self.source, self.handout)
        names = (text for text in printed if text.location not in read)
        return tuple(text for text in names if not (text.is_unwritten or text.is_untranslated))

    @property
    def practices(self) -> tuple[str, ...]:
        return self.handout.practices or tuple(slug for about in self.about for slug in about.practices)

    @property
    def harms(self) -> tuple[Risk, ...]:
        return self.handout.harms

    @property
    def claims_read(self) -> ClaimsRead | None:
        return self.handout.claims_read

    @property
    def known_claims(self) -> None:
        return None

    def practices_at(self, location: Location) -> tuple[str, ...]:
        """Return the practices that a text is about: a benefit may have one of its own."""
        if location[:2] == ("benefits", "items") and self.handout.benefits:
            practice = self.handout.benefits.items[int(location[2])].practice
            return (practice,) if practice else self.practices
        return self.practices or (self.words,)

    def place_of(self, section: str) -> Location:
        """Return the place of a section in the file."""
        return (section,)


def _read_rules(project: Project, kind: type[RecordType], name: str) -> RecordType | None:
    if name not in project.files("rules"):
        return None
    return load_record(project.read(project.files("rules")[name]), kind)


def jurisdictions(project: Project) -> dict[str, str]:
    """Return the rule files by jurisdiction: ``uk`` for ``rules/uk-asa.yaml``."""
    names = (name for name in project.files("rules") if "." not in name and name != PRACTICES)
    return {name.partition("-")[0]: name for name in names}


def jurisdiction_for(project: Project, country: str) -> str:
    """Return the jurisdiction of ``country`` (ISO 3166-1 alpha-2, lower case), or the default where none names it."""
    for code, name in jurisdictions(project).items():
        regulator = _read_rules(project, RegulatorRules, name)
        if regulator and country in regulator.countries:
            return code
    return DEFAULT_JURISDICTION


def accepted_conditions(project: Project, country: str, practices: Collection[str]) -> tuple[str, ...]:
    """Return the conditions that the regulator of ``country`` accepts for ``practices``, in the order of its list.

    Raises ``ContentError`` for a mistake in the regulator's file.
    """
    name = jurisdictions(project).get(jurisdiction_for(project, country), "")
    regulator = _read_rules(project, RegulatorRules, name)
    accepted = regulator.accepted if regulator else {}
    return tuple(dict.fromkeys(each.name for practice in practices for each in accepted.get(practice, ())))


def load_rules(
    project: Project, jurisdiction: str, language: str, clinics: ClinicsInUse | None = None
) -> EditorialRules:
    """Read the rules; without ``clinics`` they are in the regulator's countries.

    Raises ``HandoutError`` for a jurisdiction without a file, ``ContentError`` for its mistakes.
    """
    rule_files = jurisdictions(project)
    regulator = _read_rules(project, RegulatorRules, rule_files[jurisdiction]) if jurisdiction in rule_files else None
    if regulator is None:
        raise HandoutError(
            f'There are no rules for "{jurisdiction}". Hint: there are rules for {", ".join(rule_files)}.'
        )
    # "en-US" is checked by the word lists of "en".
    primary_language = language.partition("-")[0]
    terms = _read_rules(project, Terms, f"terms.{primary_language}")
    practices = _read_rules(project, Practices, PRACTICES) or Practices(families={})
    of_families = {
        name: _read_rules(project, FamilyWords, f"claim-words.{name}.{primary_language}") for name in practices.families
    }
    return EditorialRules(
        jurisdiction,
        regulator,
        claims=_read_rules(project, ClaimWords, f"claim-words.{primary_language}"),
        plain=_read_rules(project, PlainWords, f"plain-words.{primary_language}"),
        scale=_read_rules(project, RiskScale, f"risk-words.{primary_language}"),
        safety=_read_rules(project, SafetyWords, f"safety-words.{primary_language}"),
        terms=frozenset(terms.terms if terms else ()),
        medicine_endings=terms.endings if terms else (),
        practices=practices,
        family_words={name: words for name, words in of_families.items() if words},
        weights_file=project.files("rules", WEIGHTS).get(f"claim-weights.{primary_language}"),
        calls=_call_rules(project, language, clinics or ClinicsInUse(regulator.countries)),
    )


def _call_rules(project: Project, language: str, clinics: ClinicsInUse) -> CallRules:
    """Return whom to call; a language or a country with mistakes is told by its own loading."""
    words, known = None, dict[str, Country]()
    if language in project.files("languages"):
        with suppress(ContentError):
            words = load_record(project.read(project.files("languages")[language]), Language).help_words
    for code, path in project.files("countries").items():
        with suppress(ContentError):
            known[code] = load_record(project.read(path), Country)
    return CallRules(words, known, clinics)
