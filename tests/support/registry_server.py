"""A local server that speaks the JSON of Crossref and PubMed, as their documentation describes it, with faults."""

from __future__ import annotations

import json
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

_SPOILT = {"500": b"{}", "429": b"{}", "400": b"{}", "garbage": b"<html>\xff not JSON", "shape": b'["a list", 3]'}


@dataclass
class Registry:
    """What the server knows and how it misbehaves. ``faults`` maps a path's part to what happens, first come first."""

    works: dict[str, dict[str, Any]] = field(default_factory=dict)
    summaries: dict[str, dict[str, Any]] = field(default_factory=dict)
    faults: dict[str, list[str]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    agents: Counter[str] = field(default_factory=Counter)
    address: str = ""

    def answer(self, path: str) -> tuple[int, Any]:
        parts = urlsplit(path)
        query = parse_qs(parts.query)
        if parts.path.endswith("/esummary.fcgi"):
            number = query["id"][0]
            known = self.summaries.get(number, {"uid": number, "error": "cannot get document summary"})
            return 200, {"header": {"type": "esummary", "version": "0.3"}, "result": {"uids": [number], number: known}}
        if parts.path.endswith("/works"):
            words = query["query.bibliographic"][0].lower().split()
            scored = [(len({*words} & {*work["title"][0].lower().split()}), doi) for doi, work in self.works.items()]
            found = [self.works[doi] for score, doi in sorted(scored, reverse=True) if score > 1][:5]
            return 200, {"status": "ok", "message-type": "work-list", "message": {"items": found}}
        work = self.works.get(unquote(parts.path.rpartition("/works/")[2]).lower())
        return (
            (200, {"status": "ok", "message-type": "work", "message": work}) if work else (404, "Resource not found.")
        )

    def fault(self, path: str) -> str:
        for part, faults in self.faults.items():
            if part in unquote(path) and faults:
                return faults.pop(0)
        return ""


class _Handler(BaseHTTPRequestHandler):
    """Answers for the registry that its server carries."""

    server: _Server

    def do_GET(self) -> None:
        registry = self.server.registry
        registry.asked.append(self.path)
        registry.agents[self.headers["User-Agent"]] += 1
        fault = registry.fault(self.path)
        status, answer = registry.answer(self.path)
        body = _SPOILT.get(fault) or (answer.encode() if isinstance(answer, str) else json.dumps(answer).encode())
        self.send_response(int(fault) if fault.isdigit() else status)
        if fault == "429":
            self.send_header("Retry-After", "7")
        self.send_header("Content-Length", str(len(body) + (500 if fault == "cut" else 0)))
        self.end_headers()
        if fault == "slow":
            self._drip(body)
        elif fault == "silent":
            time.sleep(1.2)
        else:
            self.wfile.write(body)

    def _drip(self, body: bytes) -> None:
        with suppress(OSError):
            for byte in body[:40]:
                self.wfile.write(bytes([byte]))
                self.wfile.flush()
                time.sleep(0.05)

    def log_message(self, *_: Any) -> None:
        """Keep the test's output clean."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, registry: Registry) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.registry = registry


@contextmanager
def serving(registry: Registry) -> Iterator[Registry]:
    """Run ``registry`` on a free port of this machine while the block lasts."""
    server = _Server(registry)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    registry.address = f"http://127.0.0.1:{server.server_address[1]}"
    try:
        yield registry
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def work(doi: str, title: str, family: str, year: int, journal: str, **more: Any) -> dict[str, Any]:
    return {
        "DOI": doi,
        "type": "journal-article",
        "title": [title],
        "author": [{"given": "A.", "family": family, "sequence": "first", "affiliation": []}],
        "issued": {"date-parts": [[year, 5]]},
        "container-title": [journal],
        **more,
    }


REAL = work(
    "10.1000/real",
    "Needling for long-lasting neck pain: a trial",
    "Alder",
    2018,
    "Journal of Pain",
    volume="19",
    page="455-474",
)
