"""The studio as a browser has it: from an edit to the picture of its page over HTTP, five browsers at once, memory."""

from __future__ import annotations

import http.client
import json
import re
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlencode

from benchmarks.edit import BRAND, HANDOUT, begin_project
from benchmarks.pages import FORMAT, ROOT
from benchmarks.tables import Table

EDITS, BROWSERS, LONG_RUN = 40, 5, 2000
DRAWN_EACH = 50
"""Of the long run, each so many edits one page is drawn."""
FIELDS = ("what_to_expect.text", "what_it_is.text", "alternatives.text", "benefits.intro", "risks.intro")
"""Texts of the handout, one for each browser."""
TEXT, CLINIC = f"/handouts/{HANDOUT}/en", f"/clinics/{BRAND}"
PAGES = f"/pages?handout={HANDOUT}&language=en&brand={BRAND}&format={FORMAT}"
LOGO = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 60 20"><rect width="{}" height="20" fill="#0a5566"/></svg>'


class Desk:
    """One browser that has entered."""

    def __init__(self, host: str, cookie: str, window: str) -> None:
        self._host, self._cookie, self._window = host, cookie, window
        self._seen = ""
        self._etags: dict[str, str] = {}

    def ask(self, method: str, address: str, body: bytes = b"", **headers: str) -> bytes:
        """Return what the studio answers, whatever its status."""
        connection = http.client.HTTPConnection(self._host, timeout=300)
        own = {"Cookie": self._cookie, "Sec-Fetch-Site": "same-origin", "Accept": "application/json"}
        connection.request(method, address, body or None, own | headers)
        content = connection.getresponse().read()
        connection.close()
        return content

    def open(self, address: str) -> str:
        """Open the page of a file, and return the file's tag."""
        match = re.search(rb'id="etag" value="(\w+)"', self.ask("GET", address))
        self._etags[address] = match[1].decode() if match else ""
        return self._etags[address]

    def save(self, address: str, field: str, value: str) -> None:
        """Save one field, as the page's script does, which knows the file's tag from its last save."""
        etag = self._etags.get(address) or self.open(address)
        headers = {"If-Match": f'"{etag}"', "Content-Type": "application/x-www-form-urlencoded"}
        told = json.loads(self.ask("POST", address, urlencode({field: value}).encode(), **headers))
        self._etags[address] = told["etag"]

    def take_logo(self, number: int) -> None:
        """Upload a logo."""
        parts = {'name="etag"': self.open(CLINIC), 'name="logo"; filename="a.svg"': LOGO.format(20 + number % 40)}
        lines = [
            f"--part\r\nContent-Disposition: form-data; {name}\r\n\r\n{value}\r\n" for name, value in parts.items()
        ]
        body = "".join([*lines, "--part--\r\n"]).encode()
        self.ask("POST", f"{CLINIC}/logo", body, **{"Content-Type": "multipart/form-data; boundary=part"})

    def draw(self, *, with_before: bool = False) -> None:
        """Have the pages drawn, for a clinic's page as they were, too, and fetch the first picture where it is new."""
        told = json.loads(self.ask("GET", f"{PAGES}&window={self._window}{'&before=1' * with_before}"))
        if told.get("reasons"):  # the last good pages come at once, and would be measured in place of new ones
            raise ValueError(told["reasons"])
        pages = told.get("pages") or [{"address": ""}]
        if pages[0]["address"] != self._seen:
            self._seen = pages[0]["address"]
            self.ask("GET", self._seen)


@contextmanager
def _studio(folder: Path) -> Iterator[tuple[subprocess.Popen[str], Callable[[str], Desk]]]:
    words = [sys.executable, str(ROOT / "generate.py"), "studio", "--no-browser", "--port", "0", "--project"]
    with subprocess.Popen([*words, str(folder)], stdout=subprocess.PIPE, text=True) as process:
        address = next(iter(process.stdout or ())).split()[-1]
        host = address.split("/")[2]
        connection = http.client.HTTPConnection(host)
        connection.request("GET", address.partition(host)[2])
        cookie = (connection.getresponse().headers["Set-Cookie"] or "").partition(";")[0]
        try:
            yield process, lambda window: Desk(host, cookie, window)
        finally:
            process.terminate()


def _text_edit(desk: Desk, field: str) -> Callable[[int], None]:
    return lambda number: desk.save(TEXT, field, f"You lie down on a couch. This is visit {number}.")


def _edits(desk: Desk) -> dict[str, Callable[[int], None]]:
    return {
        "a text": _text_edit(desk, FIELDS[0]),
        "a colour": lambda number: desk.save(CLINIC, "color.primary.light", f"#0a55{number % 100 + 10}"),
        "a telephone number": lambda number: desk.save(CLINIC, "meta.contacts.0.phone", f"01632 960 {number % 900:03}"),
        "a logo": desk.take_logo,
    }


def _taken(desk: Desk, edit: Callable[[int], None], first: int, count: int, *, of_clinic: bool = False) -> list[float]:
    seconds = []
    for number in range(first, first + count):
        start = time.perf_counter()
        edit(number)
        desk.draw(with_before=of_clinic)
        seconds.append(time.perf_counter() - start)
    return seconds


def _megabytes(process: subprocess.Popen[str]) -> float:
    """Return the memory of a process and of its children (Linux)."""
    lists = Path(f"/proc/{process.pid}/task").glob("*/children")  # any thread may have begun a worker
    children = [pid for each in lists for pid in each.read_text("ascii").split()]
    statuses = [Path(f"/proc/{pid}/status").read_text("ascii") for pid in (str(process.pid), *children)]
    return sum(int(re.findall(r"VmRSS:\s+(\d+)", status)[0]) for status in statuses) / 1000


def _long_run(desk: Desk, process: subprocess.Popen[str], edits: int) -> list[tuple[str, str]]:
    save, rows = _edits(desk)["a text"], list[tuple[str, str]]()
    for number in range(edits + 1):
        if number in (edits // 10, edits // 2, edits):
            rows.append((f"{number:,}", f"{_megabytes(process):.0f}"))
        save(number)
        if number % DRAWN_EACH == 0:
            desk.draw()
    return rows


def _row(what: str, seconds: list[float]) -> tuple[str, str, str]:
    return what, f"{statistics.median(seconds):.2f}", f"{statistics.quantiles(seconds, n=20)[-1]:.2f}"


def tables(edits: int = EDITS, long_run: int = LONG_RUN) -> list[Table]:
    """Two tables: seconds from an edit to its page's picture, alone and among five; megabytes over many edits."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        begin_project(folder)
        with _studio(folder) as (process, desk_of):
            desk = desk_of("first")
            desk.draw()
            rows = []
            for what, edit in _edits(desk).items():
                of_clinic = what != "a text"
                _taken(desk, edit, 0, 2, of_clinic=of_clinic)
                rows.append(_row(what, _taken(desk, edit, 2, edits, of_clinic=of_clinic)))
            desks = [desk_of(f"window-{number}") for number in range(BROWSERS)]
            with ThreadPoolExecutor(BROWSERS) as browsers:
                work = [
                    browsers.submit(_taken, each, _text_edit(each, field), 1000, edits)
                    for each, field in zip(desks, FIELDS, strict=True)
                ]
                among = [second for done in work for second in done.result()]
            rows.append(_row(f"a text, {BROWSERS} browsers at once", among))
            memory = _long_run(desk, process, long_run)
    remark = f"{edits} edits each, over HTTP: one field saved and checked, the pages drawn, the first one fetched."
    return [
        Table("The studio: from an edit to its page", ("edited", "seconds, median", "95 of 100 within"), rows, remark),
        Table(
            "The studio: memory over many edits", ("edits", "MB, with its workers"), memory,
            f"Each edit is saved and checked, and every {DRAWN_EACH}th is drawn.",
        ),
    ]  # fmt: skip
