"""A press that makes small files and notes each call in a file, so that calls of workers count as well."""

from __future__ import annotations

import hashlib
import json
import os
import signal
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from itertools import product
from pathlib import Path
from typing import cast

from handoutpress.batch.plan import BuildPlan, make_plan
from handoutpress.batch.press import OpenPlate, OutputKind, PressMaker
from handoutpress.content.editions import Edition
from handoutpress.press.printed import PrintedPdf
from handoutpress.yamlfile.problems import HandoutError


@dataclass(frozen=True)
class FakeEdition:
    """The names of an edition without its contents: all that a run looks at."""

    handout_slug: str
    language_slug: str
    format_slug: str
    brand_slug: str
    version: str = "1.0"
    content_hash: str = "0a1b2c3d"

    @property
    def languages_slug(self) -> str:
        return self.language_slug


class FakePlate:
    def __init__(self, press: FakePress) -> None:
        self._press = press

    def print(self, edition: Edition) -> PrintedPdf:
        name = f"{edition.brand_slug} {edition.handout_slug}"
        self._press.note(f"print {name}")
        self._press.fail(name)
        content = self._press.content(edition, "pdf")
        addresses = (
            f"https://{edition.brand_slug}.test/{edition.handout_slug}",
            f"https://{edition.brand_slug}.test/references",
        )
        return PrintedPdf(content, 2, addresses, hashlib.sha256(content).hexdigest())


class FakePress:
    """Makes editions from ``folder/handouts/<slug>``, ``folder/brands/<slug>`` and ``folder/version``."""

    def __init__(self, folder: Path, size: int = 400) -> None:
        self._folder, self._size = folder, size
        self._digests: dict[str, str] = {}

    def inputs(self, edition: Edition, kind: OutputKind = "pdf") -> tuple[Mapping[str, str], ...]:
        files = [f"handouts/{edition.handout_slug}", f"brands/{edition.brand_slug}"]
        kind_of_page = edition.format_slug if kind == "pdf" else "screen"
        version = (self._folder / "version").read_text()
        return {name: self._digest(name) for name in files}, {"kind of page": kind_of_page, "WeasyPrint": version}

    def plate_group(self, edition: Edition) -> str:
        return f"{edition.handout_slug}.{edition.language_slug} {edition.format_slug}"

    def has_cached_plate(self, edition: Edition) -> bool:
        return f"open {self.plate_group(edition)}" in (self._folder / "opened").read_text()

    def open_plate(self, edition: Edition) -> OpenPlate:
        self.note(f"open {self.plate_group(edition)}")
        self.note(f"open {self.plate_group(edition)}", "opened")
        self.fail(f"plate {edition.handout_slug}")
        return FakePlate(self)

    def html(self, edition: Edition) -> bytes:
        self.note(f"html {edition.brand_slug} {edition.handout_slug}")
        return self.content(edition, "html")

    def content(self, edition: Edition, kind: OutputKind) -> bytes:
        start = json.dumps(self.inputs(edition, kind), sort_keys=True).encode()
        return start + b"." * max(0, self._size - len(start))

    def note(self, call: str, book: str = "calls") -> None:
        with (self._folder / book).open("ab", buffering=0) as file:
            file.write(f"{call}\n".encode())

    def fail(self, name: str) -> None:
        """Do what ``folder/faults.json`` says under ``name``."""
        fault = self._fault_of(name)
        if fault == "error":
            raise HandoutError("The text is 3 lines too long for a4-leaflet.")
        if fault == "bug":
            raise KeyError("slot")
        if fault == "memory":
            os.kill(os.getpid(), signal.SIGKILL)
        if fault == "exit":
            os._exit(3)
        if fault == "hang":
            time.sleep(3600)
        if fault == "interrupt":
            raise KeyboardInterrupt
        if fault == "slow":
            time.sleep(0.02)

    def _fault_of(self, name: str) -> str:
        """Return the fault of this name; "wait" lasts until it is taken back."""
        fault = "wait"
        while fault == "wait":
            with suppress(json.JSONDecodeError):  # it is being written
                fault = json.loads((self._folder / "faults.json").read_bytes()).get(name, "")
            time.sleep(0.02 if fault == "wait" else 0)
        return fault

    def _digest(self, name: str) -> str:
        if name not in self._digests:
            self._digests[name] = hashlib.sha256((self._folder / name).read_bytes()).hexdigest()
        return self._digests[name]


@dataclass(frozen=True)
class Chain:
    """A synthetic chain of clinics in ``folder``: so many handouts and brands, two formats, one language."""

    folder: Path
    handouts: int = 2
    brands: int = 3
    formats: tuple[str, ...] = ("a4-leaflet", "letter-leaflet")
    size: int = 400

    def set_up(self) -> Chain:
        for name in [*(f"handouts/h{n}" for n in range(self.handouts)), *(f"brands/b{n}" for n in range(self.brands))]:
            self.write(name, f"first {name}")
        self.write("version", "69.0")
        self.write("opened", "")
        self.fault({})
        return self

    @property
    def out(self) -> Path:
        return self.folder / "out"

    @property
    def maker(self) -> PressMaker:
        return partial(FakePress, self.folder, self.size)

    def editions(self) -> Iterator[Edition]:
        for handout, paper, brand in product(range(self.handouts), self.formats, range(self.brands)):
            yield cast(Edition, FakeEdition(f"h{handout}", "en", paper, f"b{brand}"))

    def plan(self, *, html: bool = False) -> BuildPlan:
        return make_plan(self.editions(), self.maker(), html=html)

    def write(self, name: str, text: str) -> None:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)

    def fault(self, faults: Mapping[str, str]) -> None:
        self.write("faults.json", json.dumps(faults))

    def calls(self) -> Counter[str]:
        """How often each call was made since the last time that this was asked."""
        path = self.folder / "calls"
        lines = path.read_text().splitlines() if path.exists() else []
        path.unlink(missing_ok=True)
        return Counter(lines)

    def files(self) -> dict[str, bytes]:
        """All that stands in the output folder, the state folder left out."""
        paths = [path for path in self.out.rglob("*") if path.is_file() and ".handouts" not in path.parts]
        return {path.relative_to(self.out).as_posix(): path.read_bytes() for path in sorted(paths)}
