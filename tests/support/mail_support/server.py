"""A real mail server on this computer for the tests: encrypted, with a password, and told where to fail."""

from __future__ import annotations

import asyncio
import ipaddress
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Thread
from typing import Any

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

HERE = "127.0.0.1"
USER, PASSWORD = "handouts@clinic.example", "correct horse battery"
STEPS = ("connect", "EHLO", "STARTTLS", "AUTH", "MAIL", "RCPT", "DATA", "dot", "after dot")
"""``dot``: the whole mail came and is not kept; ``after dot``: it is kept, and the answer never goes out."""


@dataclass(frozen=True)
class Delivered:
    """What the server took: the envelope and the bytes of one mail."""

    sender: str
    to: str
    content: bytes
    encrypted: bool


@dataclass
class Post:
    """What came in, and what goes wrong: for each step a list of faults, one used up each time the step comes.

    A fault is ``drop``, ``stall``, or a reply to give instead of the right one; an empty text is no fault.
    """

    delivered: list[Delivered] = field(default_factory=list)
    faults: dict[str, list[str]] = field(default_factory=dict)
    steps: list[str] = field(default_factory=list)
    on_step: Callable[[str], None] = lambda step: None
    port: int = 0

    def next_fault(self, step: str) -> str:
        self.steps.append(step)
        self.on_step(step)
        waiting = self.faults.get(step, [])
        return waiting.pop(0) if waiting else ""

    def addresses(self) -> list[str]:
        return [mail.to for mail in self.delivered]


class _Server(SMTP):
    """The dialogue of aiosmtpd with a fault at each step that has one."""

    post: Post
    called = False

    def connection_made(self, transport: Any) -> None:
        fault = "" if self.called else self.post.next_fault("connect")
        self.called = True
        if fault == "drop":
            transport.abort()
        elif fault and fault != "stall":
            transport.write(f"{fault}\r\n".encode())
            transport.close()
        elif not fault:
            super().connection_made(transport)

    async def _faulty(self, step: str) -> bool:
        fault = self.post.next_fault(step)
        if fault == "drop":
            assert isinstance(self.transport, asyncio.Transport)
            self.transport.abort()
        elif fault == "stall":
            await asyncio.sleep(3600)
        elif fault:
            await self.push(fault)
        if fault.startswith("421"):
            assert self.transport is not None
            self.transport.close()
        return bool(fault)

    async def smtp_EHLO(self, hostname: str) -> None:  # noqa: N802
        if not await self._faulty("EHLO"):
            await super().smtp_EHLO(hostname)

    async def smtp_STARTTLS(self, arg: str) -> None:  # noqa: N802
        if not await self._faulty("STARTTLS"):
            await super().smtp_STARTTLS(arg)

    async def smtp_AUTH(self, arg: str) -> None:  # noqa: N802
        if not await self._faulty("AUTH"):
            await super().smtp_AUTH(arg)

    async def smtp_MAIL(self, arg: str) -> None:  # noqa: N802
        if not await self._faulty("MAIL"):
            await super().smtp_MAIL(arg)

    async def smtp_RCPT(self, arg: str) -> None:  # noqa: N802
        if not await self._faulty("RCPT"):
            await super().smtp_RCPT(arg)

    async def smtp_DATA(self, arg: str) -> None:  # noqa: N802
        if not await self._faulty("DATA"):
            await super().smtp_DATA(arg)


class _Handler:
    def __init__(self, post: Post) -> None:
        self.post = post

    async def handle_DATA(self, server: _Server, session: Session, envelope: Envelope) -> str:  # noqa: N802
        fault = self.post.next_fault("dot")
        if not fault:
            content = envelope.original_content or b""
            assert server.transport is not None
            encrypted = server.transport.get_extra_info("sslcontext") is not None
            mail = Delivered(str(envelope.mail_from), envelope.rcpt_tos[0], content, encrypted)
            self.post.delivered.append(mail)
            fault = self.post.next_fault("after dot")
        if fault == "stall":
            await asyncio.sleep(3600)
        if fault == "drop":
            assert isinstance(server.transport, asyncio.Transport)
            server.transport.abort()
        return fault or "250 2.0.0 OK"


def _authenticate(_server: SMTP, _session: Session, _envelope: Envelope, _mechanism: str, data: Any) -> AuthResult:
    right = isinstance(data, LoginPassword) and (data.login, data.password) == (USER.encode(), PASSWORD.encode())
    return AuthResult(success=right, handled=False)


@contextmanager
def mail_server(
    certificates: Certificates, *, implicit: bool = False, unencrypted: bool = False, **more: Any
) -> Iterator[Post]:
    """A server on a free port of loopback; ``implicit`` speaks TLS from the start, ``unencrypted`` never does."""
    post = Post()
    options: dict[str, Any] = {"enable_SMTPUTF8": True, "data_size_limit": 20_000_000, "hostname": "mail.test"} | more
    if not unencrypted:
        options |= {"authenticator": _authenticate, "auth_required": not implicit, "auth_require_tls": not implicit}
    if not unencrypted and not implicit:
        options |= {"tls_context": certificates.context(), "require_starttls": True}
    server = type("Server", (_Server,), {"post": post})
    loop = asyncio.new_event_loop()
    thread = Thread(target=loop.run_forever, daemon=True)
    thread.start()
    listening = loop.create_server(
        lambda: server(_Handler(post), loop=loop, **options),
        HERE,
        0,
        ssl=certificates.context() if implicit else None,
    )
    running = asyncio.run_coroutine_threadsafe(listening, loop).result()
    post.port = running.sockets[0].getsockname()[1]
    try:
        yield post
    finally:
        asyncio.run_coroutine_threadsafe(_end(running), loop).result()
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


async def _end(running: asyncio.Server) -> None:
    running.close()
    dialogues = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
    for dialogue in dialogues:
        dialogue.cancel()
    await asyncio.gather(*dialogues, return_exceptions=True)
    await asyncio.sleep(0.01)


@dataclass(frozen=True)
class Certificates:
    """An authority of the test's own, and a certificate that it gave to 127.0.0.1, as PEM files."""

    authority: Path
    certificate: Path

    def context(self) -> ssl.SSLContext:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.certificate)
        return context


def make_certificates(folder: Path, address: str = HERE) -> Certificates:
    """A fresh authority and a certificate for the IP ``address``, valid from yesterday for a week."""
    authority_key, key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    authority = _sign("Test Authority", authority_key, authority_key, None)
    certificate = _sign("mail.test", key, authority_key, address)
    paths = folder / "authority.pem", folder / "server.pem"
    paths[0].write_bytes(authority.public_bytes(serialization.Encoding.PEM))
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    paths[1].write_bytes(private + certificate.public_bytes(serialization.Encoding.PEM))
    return Certificates(*paths)


def _sign(name: str, key: Any, signer: Any, address: str | None) -> x509.Certificate:
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    issuer = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Test Authority")])
    start = datetime.now(UTC) - timedelta(days=1)
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(start)
        .not_valid_after(start + timedelta(days=7))
        .add_extension(x509.BasicConstraints(ca=address is None, path_length=None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(signer.public_key()), critical=False)
    )
    if address:
        names = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address(address))])
        builder = builder.add_extension(names, critical=False)
    return builder.sign(signer, hashes.SHA256())
