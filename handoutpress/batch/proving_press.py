"""Proof within a run: a press that hands over no PDF whose proof found something.

An edition is proved in memory, before a file is written: what fails its proof never lies in the output folder, and an
earlier file of its name stays. What was found right is cached under the digest of its bytes and of what was wanted of
them: of several processes one proves a plate, an unchanged plate is not proved again, and a changed one is. What a
plate's proof says of other brands (``proof/brand/plate_facts.py``) makes the proof of each of them a matter of
milliseconds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from handoutpress.batch.plan import label_of, path_of
from handoutpress.batch.press import OpenPlate, OutputKind, Press
from handoutpress.batch.proof_extent import LEFT_OUT, OF_BRANDS, OF_SHEETS, ProofScope, brand_part, verdict_key
from handoutpress.content.catalog import Catalog
from handoutpress.content.editions import Edition
from handoutpress.press.cache_keys import CITED
from handoutpress.press.printed import PrintedPdf, Purpose, edition_path
from handoutpress.store.cache import Cache
from handoutpress.store.digests import bytes_digest
from handoutpress.yamlfile.problems import HandoutError

if TYPE_CHECKING:
    from handoutpress.proof.brand.plate_facts import ArtInks, PlateFacts
    from handoutpress.proof.expectation import Expectation
    from handoutpress.proof.proving import Proof

SHOWN = 3
"""Findings that the reason of a failure names before it counts the rest."""


@dataclass(frozen=True)
class ProofSettings:
    """How a run proves: which editions, and whether they are sheets for a print shop."""

    scope: ProofScope
    purpose: Purpose = "screen"


class ProvingPress:
    """A press whose plates prove what they print. ``cache`` remembers which plates and brands were found right."""

    def __init__(self, press: Press, catalog: Catalog, cache: Cache, settings: ProofSettings) -> None:
        self._press, self._catalog, self._cache, self._settings = press, catalog, cache, settings
        self._right: set[str] = set()
        self._art: dict[str, ArtInks | None] = {}

    def inputs(self, edition: Edition, kind: OutputKind = "pdf") -> Sequence[Mapping[str, str]]:
        """Return what the press says."""
        return self._press.inputs(edition, kind)

    def plate_group(self, edition: Edition) -> str:
        """Return what the press says."""
        return self._press.plate_group(edition)

    def has_cached_plate(self, edition: Edition) -> bool:
        """Return what the press says."""
        return self._press.has_cached_plate(edition)

    def html(self, edition: Edition) -> bytes:
        """Return what the press makes, without a proof: that is of paper."""
        return self._press.html(edition)

    def open_plate(self, edition: Edition) -> OpenPlate:
        """Open the press's plate, with a proof of what it prints."""
        return _ProvingPlate(self, self._press.open_plate(edition))

    @property
    def learns(self) -> bool:
        """Whether a plate's proof says enough of its brands; else each edition is proved by itself."""
        return self._settings.scope == "plates" and self._settings.purpose == "screen"

    def prove(self, edition: Edition, printed: PrintedPdf) -> None:
        """Prove an edition by itself: sheets only where plate or brand are new.

        Raises ``HandoutError`` with the findings.
        """
        if self._settings.scope == "all":
            key = verdict_key(printed.sha256, self._expected(edition), self._names())
            self._once(key, partial(self._check, edition, printed))
        else:
            sheets = partial(self._check, edition, printed, OF_SHEETS)
            for key in (self._plate_key(edition, printed), self._brand_key(edition, printed)):
                self._once(key, sheets)

    def prove_plate(self, edition: Edition, printed: PrintedPdf) -> PlateFacts:
        """Return what the proof of the edition's plate says of its brands.

        The first edition on it is proved by all checks but the simulated copies.

        Raises ``HandoutError`` with the findings.
        """
        from handoutpress.proof.brand.plate_facts import PlateFacts  # noqa: PLC0415  as in ``_check``

        def prove() -> bytes:
            checks = [name for name in _all_checks() if name not in LEFT_OUT]
            proof = self._check(edition, printed, checks, printed.plate_bytes)
            if proof.facts is None:
                raise HandoutError(f"The pages of {edition_path(edition)} cannot be drawn.")
            return proof.facts.to_bytes()

        key = self._plate_key(edition, printed)
        return PlateFacts.from_bytes(self._cache.keep("plate-proofs", key, prove))

    def prove_brand(self, edition: Edition, printed: PrintedPdf, facts: PlateFacts) -> None:
        """Prove the brand on a plate that is right: in full only what is not right beyond doubt.

        Raises ``HandoutError`` with the findings.
        """
        from handoutpress.proof.largest_file import largest_file  # noqa: PLC0415  as in ``_check``

        if len(printed.pdf) > largest_file(edition, self._catalog):  # a brand's logo is in each of its files anew
            self._check(edition, printed, ("file",))
        brand = _brand(edition)
        if brand not in self._art:
            self._art[brand] = self._prove_art(edition, printed, facts)
        # Plates with the same pairings ask the same of a brand: what is right on one is right on all of them.
        name = f"{brand} {facts.digest}"
        if name not in self._right:
            art = self._art[brand]
            if art is None or not facts.brand_stands_out(vars(edition.brand.colours), art):
                key = self._brand_key(edition, printed, facts.digest)
                self._once(key, partial(self._check, edition, printed, ("contrast",)))
            self._right.add(name)

    def _prove_art(self, edition: Edition, printed: PrintedPdf, facts: PlateFacts) -> ArtInks | None:
        """Prove a brand's codes and words on the first plate that it comes to; the inks of its art, or None."""
        from handoutpress.proof.brand.plate_facts import art_from_bytes, art_of, art_to_bytes  # noqa: PLC0415
        from handoutpress.proof.expectation import (  # noqa: PLC0415  as in ``_check``
            brand_words,
            slot_words,
            wanted_brandmark,
            wanted_codes,
            words_in_order,
        )

        def prove() -> bytes:
            words, logo, in_order = brand_words(edition), wanted_brandmark(edition), words_in_order(edition)
            art = art_of(printed.pdf, facts, wanted_codes(edition), words, logo, in_order, slot_words(edition))
            if art is None:
                self._check(edition, printed, OF_BRANDS)
            return art_to_bytes(art)

        key = self._brand_key(edition, printed)
        cached = self._cache.read("proofs", key)
        if cached is None:
            self._cache.write("proofs", key, cached := prove())
        return art_from_bytes(cached)

    def _once(self, key: str, prove: Callable[[], object]) -> None:
        """Prove what was not found right before, and remember that it was."""
        if key in self._right:
            return
        if self._cache.read("proofs", key) is None:
            prove()
            self._cache.write("proofs", key, b"right")
        self._right.add(key)

    def _check(
        self,
        edition: Edition,
        printed: PrintedPdf,
        checks: Sequence[str] | None = None,
        plate_bytes: int | None = None,
    ) -> Proof:
        """Prove an edition by some checks, else by all for its purpose. Raises ``HandoutError`` with the findings."""
        # The proof's libraries take 0.3 s to load; a run that has nothing to make does without.
        from handoutpress.proof.proving import prove_data  # noqa: PLC0415

        label = label_of(edition, purpose=self._settings.purpose)
        expected = self._expected(edition)
        proof = prove_data(
            Path(path_of(label)), printed.pdf, expected, checks or self._names(), plate_bytes=plate_bytes
        )
        if proof.findings:
            raise HandoutError(" ".join(_sentences([str(finding) for finding in proof.findings], path_of(label))))
        return proof

    def _names(self) -> tuple[str, ...]:
        return _all_checks() if self._settings.purpose == "screen" else OF_SHEETS

    def _expected(self, edition: Edition) -> tuple[Expectation, ...]:
        from handoutpress.batch.proof_subjects import expectations_of  # noqa: PLC0415  as in ``_check``

        return tuple(expectations_of(edition, label_of(edition, purpose=self._settings.purpose), self._catalog))

    def _plate_key(self, edition: Edition, printed: PrintedPdf) -> str:
        """Return the key of a plate's verdict: its own bytes, and all from which follows what is wanted of them."""
        wanted = [part for part in self._input_names(edition) if not _is_of_brand(part[0])]
        made = bytes_digest(printed.pdf[: printed.plate_bytes])
        return verdict_key(made, ("plate", self._settings.purpose, self.plate_group(edition), *wanted), self._names())

    def _brand_key(self, edition: Edition, printed: PrintedPdf, *facts: str) -> str:
        """Return the key of the verdict on what a brand puts into its slots, on plates of which these ``facts`` hold.

        That hangs neither on what a handout says nor on other brands.
        """
        folder, row = f"brands/{edition.brand_slug}/", edition.brand.named("")
        wanted = [
            part
            for part in self._input_names(edition)
            if folder in part[0]
            or (row and part[0].endswith(row))
            or not (_is_of_brand(part[0]) or _is_of_handout(part[0]))
        ]
        name = _brand(edition)
        return verdict_key(printed.brand_digest, (name, self._settings.purpose, *facts, *wanted), self._names())

    def _input_names(self, edition: Edition) -> list[tuple[str, str]]:
        return sorted(item for part in self.inputs(edition) for item in part.items())


def _is_of_brand(path: str) -> bool:
    """Return whether an input, by its name, lies in a brand's folder."""
    return path.removeprefix("built-in/").startswith("brands/")


def _is_of_handout(path: str) -> bool:
    """Return whether an input, by its name, is a handout, a picture of one or what one cites."""
    return path.removeprefix("built-in/").startswith(("handouts/", "pictures/", CITED))


def _brand(edition: Edition) -> str:
    return brand_part(brand=edition.brand_slug, language=edition.languages_slug, format=edition.format_slug)


def _all_checks() -> tuple[str, ...]:
    from handoutpress.proof.checks.registry import CHECKS  # noqa: PLC0415  as in ``_check``

    return tuple(CHECKS)


class _ProvingPlate:
    """A plate whose every print is proved."""

    def __init__(self, press: ProvingPress, plate: OpenPlate) -> None:
        self._press, self._plate = press, plate
        self._facts: PlateFacts | None = None

    def print(self, edition: Edition) -> PrintedPdf:
        printed = self._plate.print(edition)
        if self._press.learns:
            self._facts = self._facts or self._press.prove_plate(edition, printed)
            self._press.prove_brand(edition, printed, self._facts)
        else:
            self._press.prove(edition, printed)
        return printed


def _sentences(findings: Sequence[str], path: str) -> Iterator[str]:
    yield "The finished PDF does not pass its proof."
    yield from (finding.removeprefix(path).lstrip(":, ") for finding in findings[:SHOWN])
    if len(findings) > SHOWN:
        yield f"{len(findings) - SHOWN} more findings."
