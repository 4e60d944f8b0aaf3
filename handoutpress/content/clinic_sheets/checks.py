"""What only a spreadsheet does to its cells, and what a cell names that must be there: zeros, countries, logos."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass
from pathlib import Path

from handoutpress.content.brand.logo_files import read_picture
from handoutpress.content.clinic_sheets.columns import NOTE
from handoutpress.content.clinic_sheets.rows import SheetClinic, SheetValue
from handoutpress.content.crosschecks import country_hint
from handoutpress.content.models.telephones import not_dialled, phone_parts
from handoutpress.yamlfile.nearest import meant, nearest
from handoutpress.yamlfile.problems import Problem, split_hint

_POSTCODE_DIGITS = {"de": 5, "es": 5, "fr": 5, "it": 5, "us": 5}
_BARE = re.compile(r"[\d\s().-]+")


@dataclass(frozen=True)
class ClinicChecker:
    """Checks clinics of one ``sheet``. ``countries`` and ``handouts`` are those that the project has, by name."""

    sheet: Path
    countries: Mapping[str, Path]
    handouts: Set[str]

    def problems(self, clinic: SheetClinic, known_country: str) -> Iterator[Problem]:
        """Yield what is wrong with a clinic for which ``known_country`` counts where the sheet says none."""
        cell = clinic.values.get("country")
        country = (cell.text if cell else known_country).lower()
        if cell and country not in self.countries:
            hint = country_hint(cell.text, self.countries)
            yield cell.problem(self.sheet, f'There is no country "{cell.text}".', hint)
        if not country:
            number = clinic.row.number
            sentence = f"Row {number}: The clinic has no country, which decides the emergency number."
            hint = 'add a column "country" with two letters such as gb, or write it into the brand that it extends.'
            yield Problem(self.sheet, clinic.row.line, 1, sentence, hint)
        for field, note in clinic.values.items():
            if field.startswith(NOTE) and (slug := field.removeprefix(NOTE)) not in self.handouts:
                yield note.problem(self.sheet, f'No handout is called "{slug}".', meant(slug, self.handouts))
        yield from self.number_problems(clinic, country)

    def number_problems(self, clinic: SheetClinic, country: str) -> Iterator[Problem]:
        """Yield which of a clinic's numbers a spreadsheet has cut, or are not whole in ``country``."""
        for place in clinic.places:
            if country and (phone := place.values.get("phone")):
                yield from self._phone(phone, country)
            if place.postcode and place.postcode.is_number:
                yield from self._postcode(place.postcode, country)

    def logo(self, clinic: SheetClinic) -> tuple[Path | None, list[Problem]]:
        """Return the file of a clinic's logo, if it names one, and what is wrong with it."""
        cell = clinic.values.get("logo")
        if cell is None:
            return None, []
        path = self.sheet.parent / cell.text
        try:
            if "://" in cell.text:
                raise ValueError("is an address, and nothing is ever fetched. Hint: save the file beside the sheet.")
            if not path.is_file():
                raise ValueError(f"does not exist. Hint: {self._near(path)}")
            read_picture(path)
        except (ValueError, OSError) as mistake:
            words = split_hint(str(mistake))
            return None, [cell.problem(self.sheet, f'The logo "{cell.text}" {words.sentence}', words.hint)]
        return path, []

    def _near(self, path: Path) -> str:
        names = [file.name for file in path.parent.iterdir() if file.is_file()] if path.parent.is_dir() else []
        near = nearest(path.name, names)
        return f'did you mean "{near}"?' if near else "its path begins at the folder of the sheet."

    def _phone(self, phone: SheetValue, country: str) -> Iterator[Problem]:
        lost = not_dialled(phone_parts(phone.text, country))
        if not lost or not _BARE.fullmatch(phone.text):
            return  # words and numbers together are printed as they are, and `handouts doctor` tells what is no link
        whole = f"0{phone.text}"
        if phone.text[0] in "123456789" and phone.text.isdigit() and not not_dialled(phone_parts(whole, country)):
            sentence = f'The telephone number "{phone.text}" lost its leading zero.'
            yield phone.problem(self.sheet, sentence, f"give the column the format Text, and write {whole}.")
        else:
            sentence = f'"{phone.text}" is no whole telephone number in "{country}".'
            yield phone.problem(self.sheet, sentence, "write it with its area code, or from + on.")

    def _postcode(self, postcode: SheetValue, country: str) -> Iterator[Problem]:
        digits = _POSTCODE_DIGITS.get(country, 0)
        if len(postcode.text) < digits:
            sentence = f'The postcode "{postcode.text}" lost its leading zero.'
            hint = f"give the column the format Text, and write {postcode.text.zfill(digits)}."
            yield postcode.problem(self.sheet, sentence, hint)
