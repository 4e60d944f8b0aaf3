"""An S3 server on this computer, and in front of it one that fails as often as it is told."""

from __future__ import annotations

import http.client
import logging
import random
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from time import sleep
from typing import ClassVar

import pytest

HERE = "127.0.0.1"
FAULTS = ("500", "503", "cut", "late cut")


@dataclass
class S3Server:
    """``requests`` counts what was asked, by method and the first folder of the name; ``share`` of it fails."""

    port: int = 0
    share: float = 0.0
    only: str = ""
    """How every request is answered; "" for as it should be."""
    conflicts: int = 0
    """So many puts are answered as S3 does while another machine puts the same (409)."""
    random: random.Random = field(default_factory=lambda: random.Random(7))
    requests: Counter[str] = field(default_factory=Counter)
    failed: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)
    one_put: threading.Lock = field(default_factory=threading.Lock)
    """S3 asks whether a name is there and puts it in one step; the server behind takes two."""

    def fault(self, method: str) -> str:
        with self.lock:
            if method == "PUT" and self.conflicts:
                self.conflicts -= 1
                return "409"
            if self.only or self.random.random() >= self.share:
                return self.only
            self.failed += 1
            return self.random.choice(FAULTS)

    def count(self, method: str, path: str) -> None:
        with self.lock:
            self.requests[f"{method} {path.split('/')[3] if path.count('/') > 2 else ''}"] += 1


@contextmanager
def s3_server(bucket: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[S3Server]:
    """Serve a bucket, and let this process and those that it starts find it as a cloud's machines do."""
    from moto.server import ThreadedMotoServer  # noqa: PLC0415  it takes a second to load

    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    moto = ThreadedMotoServer(ip_address=HERE, port=0, verbose=False)
    moto.start()
    _, behind = moto.get_host_and_port()
    state = S3Server()
    handler = type("Handler", (_Proxy,), {"state": state, "behind": behind})
    server = ThreadingHTTPServer((HERE, 0), handler)
    state.port = server.server_port
    threading.Thread(target=server.serve_forever, daemon=True).start()
    for name, value in {
        "AWS_ACCESS_KEY_ID": "made-up",
        "AWS_SECRET_ACCESS_KEY": "made-up",
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_ENDPOINT_URL": f"http://{HERE}:{state.port}",
    }.items():
        monkeypatch.setenv(name, value)
    connection = http.client.HTTPConnection(HERE, behind)
    connection.request("PUT", f"/{bucket}")
    connection.getresponse().read()
    connection.close()
    try:
        yield state
    finally:
        server.shutdown()
        server.server_close()
        moto.stop()


class _Proxy(BaseHTTPRequestHandler):
    """Passes requests on to the server behind, but for those that are to fail."""

    protocol_version = "HTTP/1.1"
    state: ClassVar[S3Server]
    behind: ClassVar[int]

    def do_GET(self) -> None:
        fault = self.state.fault(self.command)
        body = self.rfile.read(int(self.headers.get("content-length") or 0))
        self.state.count(self.command, self.path)
        if fault == "slow":
            sleep(0.5)
        if fault.isdecimal():
            self._answer(int(fault), [], b"")
            return
        with self.state.one_put if self.command == "PUT" else nullcontext():
            answer = None if fault == "cut" else self._ask(body)
        # Of one that is cut late, all was done, and nobody hears of it.
        if answer is None or fault:
            self.close_connection = True
        else:
            self._answer(*answer)

    do_PUT = do_HEAD = do_POST = do_GET  # noqa: N815

    def _ask(self, body: bytes) -> tuple[int, list[tuple[str, str]], bytes]:
        connection = http.client.HTTPConnection(HERE, self.behind, timeout=60)
        headers = {name: value for name, value in self.headers.items() if name.lower() != "connection"}
        connection.request(self.command, self.path, body, headers)
        answer = connection.getresponse()
        content = answer.read()
        connection.close()
        kept = ("etag", "content-type", "last-modified", "content-range")
        return answer.status, [pair for pair in answer.getheaders() if pair[0].lower() in kept], content

    def _answer(self, status: int, headers: list[tuple[str, str]], content: bytes) -> None:
        self.send_response(status)
        for name, value in headers:
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Say nothing."""
