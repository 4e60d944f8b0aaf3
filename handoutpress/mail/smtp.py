"""A mail server: the one place that uses smtplib. Encrypted by default, its certificate checked, one letter at a time.

The password comes from the environment or the system's keyring, never from a file of the project. The server's replies
are told in sentences of our own: its words are never repeated, since they may name the patient.
"""

from __future__ import annotations

import os
import re
import smtplib
import ssl
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import partial

from handoutpress.content.models.mail_settings import Server
from handoutpress.content.models.mailboxes import MailError
from handoutpress.mail.letters import Letter, to_bytes
from handoutpress.mail.transports import DeliveryResult, UnreachableError

PASSWORD_VARIABLE = "HANDOUTS_MAIL_PASSWORD"  # noqa: S105  the name of a variable
KEYRING_NAME = "handoutpress"

LOST = "The connection was lost after the whole mail was handed over: it may have been delivered or not."
DROPPED = "The connection was lost before the mail was handed over."
NO_UTF8 = "The address has letters beyond ASCII before the @, and the server cannot take such an address (no SMTPUTF8)."
TOO_LARGE = "The mail is larger than the server takes."
_LEADING_DOT = re.compile(rb"^\.", re.MULTILINE)
"""A line of the text must not look like the end of it (RFC 5321, 4.5.2)."""

_ENHANCED_CODE = re.compile(rb"^([245]\.\d{1,3}\.\d{1,3})\b")
_REPLY_CODES = {
    421: "The server is closing the connection",
    450: "The mailbox is busy or the server wants to be asked again later",
    451: "The server had a fault of its own",
    452: "The server has no room at the moment",
    454: "The server cannot check the password at the moment",
    530: "The server wants a user name and password first",
    535: "The server did not accept the user name or password",
    550: "There is no such mailbox, or the server refuses mail for it",
    551: "The mailbox is elsewhere",
    552: "The mail is too large for the mailbox or the mailbox is full",
    553: "The server does not accept the address",
    554: "The server refused the mail",
}
_ENHANCED_CODES = {
    "5.1.1": "There is no such mailbox",
    "5.1.2": "There is no such domain",
    "5.1.10": "The domain takes no mail",
    "5.2.1": "The mailbox is switched off",
    "4.2.2": "The mailbox is full",
    "5.2.2": "The mailbox is full",
    "5.2.3": "The mail is too large for the mailbox",
    "5.3.4": "The mail is too large for the server",
    "5.7.1": "The server does not allow this mail",
    "5.7.8": "The server did not accept the user name or password",
}
"""RFC 3463 and the IANA registry of enhanced status codes, those a practitioner can do something about."""


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

    def deliver(self, letter: Letter, point_of_no_return: Callable[[], None]) -> DeliveryResult:
        """Send ``letter``, as ``Transport`` says."""
        session = self._open()
        content = to_bytes(letter)
        try:
            refusal = self._announce(session, letter, len(content))
            if refusal:
                self._start_over(session, refusal)
                return refusal
            # Not by smtplib's own ``data``, which sends the final dot with the text: our record lies between them.
            session.send(_LEADING_DOT.sub(b"..", content))
        except (OSError, smtplib.SMTPException):
            self._close()
            return DeliveryResult("deferred", DROPPED)
        return self._finish(session, content, point_of_no_return)

    def _finish(self, session: smtplib.SMTP, content: bytes, point_of_no_return: Callable[[], None]) -> DeliveryResult:
        """Send the final dot alone, and return what the server makes of the mail."""
        # No server delivers without the dot (RFC 5321, 4.1.1.4), and once it is on its way nobody knows.
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
            return DeliveryResult("unknown", LOST)
        result = result_of(code, answer)
        if result.fate != "sent":
            self._start_over(session, result)
        return result

    def _announce(self, session: smtplib.SMTP, letter: Letter, size: int) -> DeliveryResult | None:
        """Say MAIL, RCPT and DATA. Returns None where the server is ready for the text."""
        limit = session.esmtp_features.get("size", "")
        if limit.isdigit() and 0 < int(limit) < size:
            return DeliveryResult("refused", TOO_LARGE)
        options = [f"SIZE={size}"] if session.has_extn("size") else []
        if letter.to.needs_utf8:
            if not session.has_extn("smtputf8"):
                return DeliveryResult("refused", NO_UTF8)
            options.append("SMTPUTF8")
            session.command_encoding = "utf-8"
        try:
            for good_codes, step in (
                ((250,), partial(session.mail, letter.sender.address, options)),
                ((250, 251), partial(session.rcpt, letter.to.address)),
                ((354,), partial(session.docmd, "DATA")),
            ):
                code, answer = step()
                if code not in good_codes:
                    return result_of(code if code >= 400 else 451, answer)
        finally:
            session.command_encoding = "ascii"
        return None

    def _start_over(self, session: smtplib.SMTP, result: DeliveryResult) -> None:
        """Clear the dialogue for the next letter."""
        try:
            # A server that said 421 has hung up.
            if "(421" in result.reason or session.rset()[0] != 250:
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
        """Connect, encrypt and log in. Raises ``UnreachableError`` for every failure, saying at which step."""
        server = self._server
        step = "did not answer"
        session: smtplib.SMTP | None = None
        try:
            session = self._dial()
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

    def _dial(self) -> smtplib.SMTP:
        server = self._server
        if server.security == "tls":
            return smtplib.SMTP_SSL(server.host, server.port, timeout=server.timeout, context=self._tls_context())
        return smtplib.SMTP(server.host, server.port, timeout=server.timeout)

    def _encrypt(self, session: smtplib.SMTP) -> None:
        if not session.has_extn("starttls"):
            sentence = (
                f"The mail server {self._server.host} offers no encryption (STARTTLS), so nothing was sent to it."
            )
            raise UnreachableError(sentence, lasting=True)
        code, answer = session.starttls(context=self._tls_context())
        if code != 220:
            raise smtplib.SMTPResponseException(code, answer)
        self._greet(session)

    @staticmethod
    def _greet(session: smtplib.SMTP) -> None:
        """Say EHLO and nothing older: without it there is neither encryption nor a password."""
        code, answer = session.ehlo()
        if code != 250:
            raise smtplib.SMTPResponseException(code, answer)

    def _tls_context(self) -> ssl.SSLContext:
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


def sentence_of(code: int, answer: bytes | str) -> str:
    """Return what the reply ``code`` with the text ``answer`` means, without any of that text but its status code."""
    raw = answer if isinstance(answer, bytes) else answer.encode("utf-8", "replace")
    match = _ENHANCED_CODE.match(raw.strip())
    enhanced = match.group(1).decode() if match else ""
    general = "The server cannot take it now" if 400 <= code < 500 else "The server refused the mail"
    meaning = _ENHANCED_CODES.get(enhanced) or _REPLY_CODES.get(code, general)
    return f"{meaning} ({' '.join(filter(None, (str(code), enhanced)))})."


def result_of(code: int, answer: bytes | str) -> DeliveryResult:
    """Return what a reply means for the letter: 2xx sent, 4xx try again later, else refused (RFC 5321, 4.2.1)."""
    if 200 <= code < 300:
        return DeliveryResult("sent")
    return DeliveryResult("deferred" if 400 <= code < 500 else "refused", sentence_of(code, answer))


def password_for(server: Server, environment: Mapping[str, str] | None = None) -> str:
    """Return the password for ``server``: from ``HANDOUTS_MAIL_PASSWORD``, else from the system keyring.

    It is empty where the server wants none. Raises ``MailError`` where one is wanted and none is found.
    """
    if not server.username:
        return ""
    password = (os.environ if environment is None else environment).get(PASSWORD_VARIABLE) or _from_keyring(server)
    if not password:
        account = f"{server.username}@{server.host}"
        hint = f"Set {PASSWORD_VARIABLE}, or store it once with: keyring set {KEYRING_NAME} {account}"
        raise MailError(f"There is no password for the mail server {server.host}. Hint: {hint}")
    return password


def _from_keyring(server: Server) -> str:
    # Imported here since it looks for the desktop's keyrings, which a page that is only printed never needs.
    import keyring  # noqa: PLC0415
    from keyring.errors import KeyringError  # noqa: PLC0415

    try:
        return keyring.get_password(KEYRING_NAME, f"{server.username}@{server.host}") or ""
    except KeyringError:
        return ""
