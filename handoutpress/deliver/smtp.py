"""A mail server: the one door to smtplib. Encrypted by default, its certificate checked, one letter at a time."""

from __future__ import annotations

import re
import smtplib
import ssl
from collections.abc import Callable
from contextlib import suppress
from functools import partial

from handoutpress.content.mail_settings import Server
from handoutpress.deliver.errors import UnreachableError
from handoutpress.deliver.letters import Letter, to_bytes
from handoutpress.deliver.replies import sentence_of, verdict_of
from handoutpress.deliver.transports import Verdict

LOST = "The connection was lost after the whole mail was handed over: it may have been delivered or not."
DROPPED = "The connection was lost before the mail was handed over."
NO_UTF8 = "The address has letters beyond ASCII before the @, and the server cannot take such an address (no SMTPUTF8)."
_LEADING_DOT = re.compile(rb"^\.", re.MULTILINE)
"""A line of the text must not look like the end of it (RFC 5321, 4.5.2)."""
TOO_LARGE = "The mail is larger than the server takes."


class SmtpTransport:
    """Sends through ``server``. The connection is opened for the first letter and kept; a lost one is opened anew."""

    def __init__(self, server: Server, password: str = "") -> None:
        self._server = server
        self._password = password
        self._session: smtplib.SMTP | None = None

    def __enter__(self) -> SmtpTransport:
        return self

    def __exit__(self, *_: object) -> None:
        if self._session:
            with suppress(OSError, smtplib.SMTPException):
                self._session.quit()
        self._close()

    def deliver(self, letter: Letter, point_of_no_return: Callable[[], None]) -> Verdict:
        session = self._open()
        content = to_bytes(letter)
        try:
            refusal = self._announce(session, letter, len(content))
            if refusal:
                self._start_over(session, refusal)
                return refusal
            session.send(_LEADING_DOT.sub(b"..", content))
        except (OSError, smtplib.SMTPException):
            self._close()
            return Verdict("deferred", DROPPED)
        return self._finish(session, content, point_of_no_return)

    def _finish(self, session: smtplib.SMTP, content: bytes, point_of_no_return: Callable[[], None]) -> Verdict:
        """Send the final dot alone: no server delivers without it (RFC 5321, 4.1.1.4), and after it nobody knows."""
        point_of_no_return()
        try:
            if session.sock:
                session.sock.settimeout(self._server.final_timeout)
            session.send(b".\r\n" if content.endswith(b"\r\n") else b"\r\n.\r\n")
            code, answer = session.getreply()
            if session.sock:
                session.sock.settimeout(self._server.timeout)
        except (OSError, smtplib.SMTPException):
            self._close()
            return Verdict("unknown", LOST)
        verdict = verdict_of(code, answer)
        if verdict.fate != "sent":
            self._start_over(session, verdict)
        return verdict

    def _announce(self, session: smtplib.SMTP, letter: Letter, size: int) -> Verdict | None:
        """MAIL, RCPT and DATA; None where the server is ready for the text."""
        limit = session.esmtp_features.get("size", "")
        if limit.isdigit() and 0 < int(limit) < size:
            return Verdict("refused", TOO_LARGE)
        options = [f"SIZE={size}"] if session.has_extn("size") else []
        if letter.to.needs_utf8:
            if not session.has_extn("smtputf8"):
                return Verdict("refused", NO_UTF8)
            options.append("SMTPUTF8")
            session.command_encoding = "utf-8"
        try:
            for ready, step in (
                ((250,), partial(session.mail, letter.sender.address, options)),
                ((250, 251), partial(session.rcpt, letter.to.address)),
                ((354,), partial(session.docmd, "DATA")),
            ):
                code, answer = step()
                if code not in ready:
                    return verdict_of(code if code >= 400 else 451, answer)
        finally:
            session.command_encoding = "ascii"
        return None

    def _start_over(self, session: smtplib.SMTP, verdict: Verdict) -> None:
        """Clear the dialogue for the next letter; a server that said 421 has hung up."""
        try:
            if "(421" in verdict.reason or session.rset()[0] != 250:
                self._close()
        except (OSError, smtplib.SMTPException):
            self._close()

    def _open(self) -> smtplib.SMTP:
        if self._session and not self._alive(self._session):
            self._close()
        if not self._session:
            self._session = self._connect()
        return self._session

    @staticmethod
    def _alive(session: smtplib.SMTP) -> bool:
        try:
            return bool(session.noop()[0] == 250)
        except (OSError, smtplib.SMTPException):
            return False

    def _connect(self) -> smtplib.SMTP:
        """Connect, encrypt and log in; every failure is an ``UnreachableError`` that says at which step."""
        server = self._server
        step = "did not answer"
        session: smtplib.SMTP | None = None
        try:
            session = self._call()
            step = "answered, but not as a mail server does"
            self._greet(session)
            if server.security == "starttls":
                step = "did not start encryption"
                self._encrypt(session)
            if server.username:
                step = "did not check the user name and password"
                session.login(server.username, self._password)
        except UnreachableError:
            self._drop(session)
            raise
        except (OSError, smtplib.SMTPException) as error:
            self._drop(session)
            raise _unreachable(error, server, step) from None
        return session

    def _call(self) -> smtplib.SMTP:
        server = self._server
        if server.security == "tls":
            return smtplib.SMTP_SSL(server.host, server.port, timeout=server.timeout, context=self._context())
        return smtplib.SMTP(server.host, server.port, timeout=server.timeout)

    def _encrypt(self, session: smtplib.SMTP) -> None:
        if not session.has_extn("starttls"):
            sentence = (
                f"The mail server {self._server.host} offers no encryption (STARTTLS), so nothing was sent to it."
            )
            raise UnreachableError(sentence, lasting=True)
        code, answer = session.starttls(context=self._context())
        if code != 220:
            raise smtplib.SMTPResponseException(code, answer)
        self._greet(session)

    @staticmethod
    def _greet(session: smtplib.SMTP) -> None:
        """EHLO and nothing older: without it there is neither encryption nor a password."""
        code, answer = session.ehlo()
        if code != 250:
            raise smtplib.SMTPResponseException(code, answer)

    def _context(self) -> ssl.SSLContext:
        context = ssl.create_default_context(cafile=self._server.ca_file)
        context.minimum_version = ssl.TLSVersion.TLSv1_2
        return context

    def _close(self) -> None:
        self._drop(self._session)
        self._session = None

    @staticmethod
    def _drop(session: smtplib.SMTP | None) -> None:
        if session:
            with suppress(OSError):
                session.close()


def _unreachable(error: Exception, server: Server, step: str) -> UnreachableError:
    if isinstance(error, ssl.SSLCertVerificationError):
        sentence = f"The mail server {server.host} shows a certificate that is not to be trusted, so nothing was sent."
        return UnreachableError(f"{sentence} ({error.verify_message})", lasting=True)
    if isinstance(error, smtplib.SMTPResponseException):
        sentence = sentence_of(error.smtp_code, error.smtp_error)
        return UnreachableError(f"The mail server {server.host} {step}. {sentence}", lasting=error.smtp_code >= 500)
    if isinstance(error, smtplib.SMTPNotSupportedError):
        return UnreachableError(f"The mail server {server.host} takes no user name and password.", lasting=True)
    return UnreachableError(f"The mail server {server.host} {step}.")
