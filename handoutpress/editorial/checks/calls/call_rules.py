"""What is known of whom to call where the clinics are: words of the language, the countries' numbers, the clinics'."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from handoutpress.content.models.countries import AdviceLine, Country, CrisisLine
from handoutpress.content.models.languages import HelpWords
from handoutpress.content.models.telephones import phone_parts, reaches_emergency, service_link
from handoutpress.content.text.help_steps import ADVICE_NUMBERS, EMERGENCY_NUMBERS, HelpNumbers
from handoutpress.editorial.checks.calls.clinics import NO_CLINICS, ClinicsInUse


@dataclass(frozen=True)
class CallRules:
    """The words of a text's language, all countries that are known, and the clinics that print the text."""

    words: HelpWords | None = None
    known: Mapping[str, Country] = field(default_factory=dict)
    clinics: ClinicsInUse = NO_CLINICS

    @cached_property
    def numbers(self) -> HelpNumbers:
        """The numbers of all countries that are known."""
        emergency = frozenset(digits(country.emergency) for country in self.known.values())
        advice = (country.advice.number for country in self.known.values() if country.advice)
        return HelpNumbers(emergency, frozenset(advice))

    @property
    def countries(self) -> tuple[str, ...]:
        """The countries of the clinics that are known."""
        return tuple(country for country in self.clinics.countries if country in self.known)

    def is_of_another_country(self, number: str) -> str:
        """Return the name of a country in use in which a service's ``number`` leads to none, else an empty text."""
        if not self.is_of_service(number):
            return ""
        return next((self.known[code].name for code in self.countries if not self._serves(number, code)), "")

    def is_of_service(self, number: str) -> bool:
        """Return whether the digits ``number`` are those of an emergency or advice service of any country."""
        return number in self._services

    @cached_property
    def _services(self) -> frozenset[str]:
        own = (self.own_numbers(code) for code in self.known)
        return frozenset().union(EMERGENCY_NUMBERS, ADVICE_NUMBERS, *own)

    @cached_property
    def clinic_links(self) -> frozenset[str]:
        """What the lines lead to that all clinics have."""
        return frozenset(
            part.link
            for phone in self.clinics.phones
            for code in self.clinics.countries
            for part in phone_parts(phone, code)
        )

    @cached_property
    def service_links(self) -> frozenset[str]:
        """What the services of the countries in use lead to."""
        lines = (line for code in self.countries for line in _lines(self.known[code]))
        return frozenset(service_link(line.number) for line in lines)

    def _serves(self, number: str, code: str) -> bool:
        return number in self.own_numbers(code) or reaches_emergency(number, code)

    def own_numbers(self, code: str) -> frozenset[str]:
        """Return the numbers of a country's services, each as its digits."""
        country = self.known[code]
        return frozenset({digits(country.emergency), *(digits(line.number) for line in _lines(country))})


NO_CALLS = CallRules()


def _lines(country: Country) -> Iterator[AdviceLine | CrisisLine]:
    """Yield the lines that a country has besides its emergency number."""
    yield from filter(None, (country.advice, country.crisis_line))


def digits(number: str) -> str:
    """Return the digits of ``number`` alone."""
    return "".join(filter(str.isdigit, number))
