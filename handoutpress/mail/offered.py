"""Which handouts there are in which languages, and what to say of a row that asks for another."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from handoutpress.content.models.mailboxes import MailError

MAX_LISTED = 12


@dataclass(frozen=True)
class OfferedHandouts:
    """All handouts, by slug and language, and every language that could be: its names by its code.

    Sentences name handouts and languages that there are, and repeat nothing else: it may be of a patient.
    """

    handouts: Collection[tuple[str, str]]
    languages: Mapping[str, Collection[str]]

    def language(self, written: str) -> str:
        """Return the code that ``written`` is, whatever its capitals: ``EN``, ``zh_hans``. Raises ``MailError``."""
        folded = written.strip().replace("_", "-").casefold()
        for code in self.languages:
            if folded == code.casefold():
                return code
        for code, names in self.languages.items():
            if name := next((name for name in names if name.casefold() == folded), ""):
                raise MailError(f"{name} is no language code. Hint: write {code}.")
        listed = ", ".join(sorted({language for _, language in self.handouts})[:MAX_LISTED])
        raise MailError(
            f"The language of this row is none that is known here. Hint: handouts are written in: {listed}."
        )

    def slug(self, written: str) -> str:
        """Return the handout that ``written`` names, whatever its capitals; what names none comes back as it is."""
        slugs = {slug for slug, _ in self.handouts}
        if written in slugs:
            return written
        return next((slug for slug in sorted(slugs) if slug.casefold() == written.casefold()), written)

    def check(self, slug: str, language: str, position: int) -> None:
        """Raise ``MailError`` where ``slug`` is not written in ``language``.

        ``position`` is that of the name in its column, from 1; 0 for a handout that was named for all rows.
        """
        if (slug, language) in self.handouts:
            return
        there = sorted(code for name, code in self.handouts if name == slug)
        if there:
            hint = f"write it in {language}, or give this row another language."
            raise MailError(f"{slug} is not written in {language} (here: {', '.join(there)}). Hint: {hint}")
        place = f'Name {position} in the column "handouts"' if position else "A handout that was named for all"
        listed = ", ".join(sorted({name for name, _ in self.handouts})[:MAX_LISTED])
        raise MailError(f"{place} is no handout of ours. Hint: known here: {listed}.")
