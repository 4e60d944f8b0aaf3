"""Proof within a run: a press that hands over no PDF whose proof found something.

An edition is proved in memory, before a file is written: what fails its proof never lies in the output folder, and an
earlier file of its name stays. Verdicts that were good are kept, so that of several processes one proves a plate, and
an unchanged plate is not proved again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from handoutpress.batch.plan import label_of, path_of
from handoutpress.batch.press import Kind, OpenPlate, Press
from handoutpress.content.catalog import Catalog
from handoutpress.content.editions import Edition
from handoutpress.content.problems import HandoutError
from handoutpress.press.cache import Cache
from handoutpress.press.printed import Printed
from handoutpress.press.provenance import code_digest, digest_of

Scope = Literal["all", "plates"]
"""Prove every edition; or each plate's layout once, and each brand's art, contrast and codes once."""

OF_BRANDS = ("codes", "symbols", "addresses", "contrast")
"""The checks whose outcome a brand can change on a plate that was proved with another."""
OF_SHEETS = ("printing",)
"""The checks on sheets for a print shop, whose pages are proved as their edition."""
SHOWN = 3
"""Findings that the reason of a failure names before it counts the rest."""


@dataclass(frozen=True)
class Rules:
    """How a run proves: which editions, and whether they are sheets for a print shop."""

    scope: Scope
    way: Literal["", "print", "mono"] = ""


class ProvingPress:
    """A press whose plates prove what they print. ``cache`` keeps which plates and brands were found right."""

    def __init__(self, press: Press, catalog: Catalog, cache: Cache, rules: Rules) -> None:
        self._press, self._catalog, self._cache, self._rules = press, catalog, cache, rules
        self._right: set[str] = set()

    def inputs(self, edition: Edition, kind: Kind = "pdf") -> Sequence[Mapping[str, str]]:
        """As the press says."""
        return self._press.inputs(edition, kind)

    def plate_group(self, edition: Edition) -> str:
        """As the press says."""
        return self._press.plate_group(edition)

    def plate_at_hand(self, edition: Edition) -> bool:
        """As the press says."""
        return self._press.plate_at_hand(edition)

    def html(self, edition: Edition) -> bytes:
        """As the press makes it: a proof is of paper."""
        return self._press.html(edition)

    def open_plate(self, edition: Edition) -> OpenPlate:
        """The press's plate, with a proof of what it prints."""
        return _ProvingPlate(self, self._press.open_plate(edition))

    def prove(self, edition: Edition, printed: Printed) -> None:
        """Prove what was printed, if it is its turn. Raises ``HandoutError`` with the findings."""
        if self._rules.scope == "all":
            self._check(edition, printed, None)
            return
        plate, brand = f"plate {self.plate_group(edition)}", f"brand {edition.brand}"
        if not self._known(plate, edition):
            self._check(edition, printed, self._layout())
        elif not self._known(brand, edition):
            self._check(edition, printed, OF_SHEETS if self._rules.way else OF_BRANDS)
        else:
            return
        self._remember((plate, brand), edition)

    def _layout(self) -> tuple[str, ...]:
        """All checks but the simulated copies, which take a second a code."""
        from handoutpress.proof.checks import CHECKS  # noqa: PLC0415

        return OF_SHEETS if self._rules.way else tuple(name for name in CHECKS if name != "copies")

    def _check(self, edition: Edition, printed: Printed, checks: Sequence[str] | None) -> None:
        # The proof's libraries take 0.3 s to load; a run that has nothing to make does without.
        from handoutpress.batch.proofs import wanted_of  # noqa: PLC0415
        from handoutpress.proof.checks import CHECKS  # noqa: PLC0415
        from handoutpress.proof.proving import prove_data  # noqa: PLC0415

        label = label_of(edition, way=self._rules.way)
        names = checks or (OF_SHEETS if self._rules.way else tuple(CHECKS))
        proof = prove_data(Path(path_of(label)), printed.pdf, wanted_of(edition, label, self._catalog), names)
        if proof.findings:
            raise HandoutError(" ".join(_told([str(finding) for finding in proof.findings], path_of(label))))

    def _known(self, name: str, edition: Edition) -> bool:
        if name not in self._right and self._cache.read("proofs", self._key(name, edition)) is not None:
            self._right.add(name)
        return name in self._right

    def _remember(self, names: Sequence[str], edition: Edition) -> None:
        for name in names:
            if name not in self._right:
                self._right.add(name)
                self._cache.write("proofs", self._key(name, edition), b"right")

    def _key(self, name: str, edition: Edition) -> str:
        """What a verdict depends on: the code, and all inputs of the plate or the brand."""
        parts = [name, self._rules.way, code_digest(("content", "press", "proof"))]
        if name.startswith("brand "):
            shown = f"brands/{edition.brand}/"
            parts += sorted(
                f"{path} {digest}"
                for part in self.inputs(edition)
                for path, digest in part.items()
                if shown in path or not path.startswith(("brands/", "handouts/"))
            )
        return digest_of(part.encode() for part in parts)


class _ProvingPlate:
    def __init__(self, press: ProvingPress, plate: OpenPlate) -> None:
        self._press, self._plate = press, plate

    def print(self, edition: Edition) -> Printed:
        printed = self._plate.print(edition)
        self._press.prove(edition, printed)
        return printed


def _told(findings: Sequence[str], path: str) -> Iterator[str]:
    yield "The finished PDF does not pass its proof."
    yield from (finding.removeprefix(path).lstrip(":, ") for finding in findings[:SHOWN])
    if len(findings) > SHOWN:
        yield f"{len(findings) - SHOWN} more findings."
