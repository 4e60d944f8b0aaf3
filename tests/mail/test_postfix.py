"""A real Postfix, as most providers run one: it accepts our mails over STARTTLS and delivers them to a mailbox."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkdtemp

import pytest
from mail_support import sample_mail
from mail_support.server import HERE, Certificates, make_certificates

from handoutpress.content.models.mail_settings import Server
from handoutpress.mail.letters import Letter, to_bytes
from handoutpress.mail.smtp import SmtpTransport
from handoutpress.mail.transports import DeliveryResult

POSTFIX = shutil.which("postfix") or "/usr/sbin/postfix"
pytestmark = pytest.mark.skipif(
    not Path(POSTFIX).exists() or os.geteuid() != 0, reason="needs Debian's postfix, and root to start it"
)
WAIT = 30
MASTER = """
{here}:{port} inet n - n - - smtpd
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
tlsmgr unix - - n 1000? 1 tlsmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
error unix - - n - - error
retry unix - - n - - error
proxymap unix - - n - - proxymap
virtual unix - n n - - virtual
anvil unix - - n - 1 anvil
postlog unix-dgram n - n - 1 postlogd
"""
MAIN = """
compatibility_level = 3.6
queue_directory = {folder}/queue
data_directory = {folder}/data
maillog_file = {folder}/log
maillog_file_prefixes = {folder}
myhostname = mail.test
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
mynetworks = 127.0.0.0/8
mydestination =
local_recipient_maps =
alias_maps =
smtpd_peername_lookup = no
smtpd_relay_restrictions = permit_mynetworks, reject
smtp_dns_support_level = disabled
smtpd_tls_security_level = encrypt
smtpd_tls_chain_files = {certificate}
smtpd_tls_loglevel = 1
virtual_mailbox_domains = patients.example, xn--bcher-kva.example
virtual_mailbox_base = {folder}/boxes
virtual_mailbox_maps = inline:{{ mia@patients.example=mia/, m@xn--bcher-kva.example=m/, münch@patients.example=u/ }}
virtual_uid_maps = static:{uid}
virtual_gid_maps = static:{gid}
virtual_minimum_uid = 1
smtputf8_enable = yes
"""


@dataclass(frozen=True)
class Postfix:
    folder: Path
    port: int
    certificates: Certificates

    def mails(self, box: str, count: int) -> list[bytes]:
        """The mails in a Maildir, waiting for the last of ``count``."""
        new = self.folder / "boxes" / box / "new"
        end = time.monotonic() + WAIT
        while time.monotonic() < end and (not new.is_dir() or len(list(new.iterdir())) < count):
            time.sleep(0.05)
        return [path.read_bytes() for path in sorted(new.iterdir())]


@pytest.fixture(scope="module")
def postfix() -> Iterator[Postfix]:
    # Not pytest's own folder: the rights on its parents keep Postfix's unprivileged processes out.
    folder = Path(mkdtemp(prefix="handouts-postfix-"))
    folder.chmod(0o755)
    certificates = make_certificates(folder)
    account = pwd.getpwnam("postfix")
    for name, owner in (("queue", 0), ("data", account.pw_uid), ("boxes", account.pw_uid), ("etc", 0)):
        (folder / name).mkdir()
        os.chown(folder / name, owner, 0)
    with socket.socket() as free:
        free.bind((HERE, 0))
        port = free.getsockname()[1]
    values = {"folder": folder, "certificate": certificates.certificate, "uid": account.pw_uid, "gid": account.pw_gid}
    (folder / "etc" / "main.cf").write_text(MAIN.format(**values), "utf-8")
    (folder / "etc" / "master.cf").write_text(MASTER.format(here=HERE, port=port), "utf-8")
    command = [POSTFIX, "-c", str(folder / "etc")]
    subprocess.run([*command, "start"], check=True, capture_output=True)
    try:
        yield Postfix(folder, port, certificates)
    finally:
        subprocess.run([*command, "stop"], check=True, capture_output=True)
        shutil.rmtree(folder)


def deliver(postfix: Postfix, letter: Letter) -> DeliveryResult:
    server = Server(host=HERE, port=postfix.port, ca_file=postfix.certificates.authority, timeout=20)
    with SmtpTransport(server) as transport:
        return transport.deliver(letter, lambda: None)


@pytest.mark.parametrize(
    ("address", "box"),
    [("mia@patients.example", "mia"), ("m@bücher.example", "m"), ("münch@patients.example", "u")],
)
def test_postfix_delivers_what_we_composed_byte_for_byte(postfix: Postfix, address: str, box: str) -> None:
    letter = sample_mail.letter(address, name='Ann "Nan" Ström 🙂', note=".\n..\n" + "x" * 998)
    assert deliver(postfix, letter) == DeliveryResult("sent")
    (mail,) = postfix.mails(box, 1)
    assert mail.endswith(to_bytes(letter).replace(b"\r\n", b"\n"))
    added = mail[: -len(to_bytes(letter).replace(b"\r\n", b"\n"))]
    assert b"Delivered-To: " in added


def test_postfix_refuses_an_unknown_mailbox_and_we_say_so_without_naming_it(postfix: Postfix) -> None:
    verdict = deliver(postfix, sample_mail.letter("nobody@patients.example"))
    assert verdict == DeliveryResult("refused", "There is no such mailbox (550 5.1.1).")
