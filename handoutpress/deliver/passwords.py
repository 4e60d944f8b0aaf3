"""The mail server's password: from the environment or the system's keyring, never from a file of the project."""

from __future__ import annotations

import os
from collections.abc import Mapping

from handoutpress.content.mail_settings import Server
from handoutpress.content.mailboxes import MailError

PASSWORD_VARIABLE = "HANDOUTS_MAIL_PASSWORD"  # noqa: S105  the name of a variable
KEYRING_NAME = "handoutpress"


def password_for(server: Server, environment: Mapping[str, str] | None = None) -> str:
    """The password for ``server``: from ``HANDOUTS_MAIL_PASSWORD``, else from the system keyring.

    Returns an empty text where the server wants none; raises ``MailError`` where one is wanted and none is found.
    """
    if not server.username:
        return ""
    found = (os.environ if environment is None else environment).get(PASSWORD_VARIABLE) or _from_keyring(server)
    if not found:
        account = f"{server.username}@{server.host}"
        hint = f"Set {PASSWORD_VARIABLE}, or store it once with: keyring set {KEYRING_NAME} {account}"
        raise MailError(f"There is no password for the mail server {server.host}. Hint: {hint}")
    return found


def _from_keyring(server: Server) -> str:
    # Imported here since it looks for the desktop's keyrings, which a page that is only printed never needs.
    import keyring  # noqa: PLC0415
    from keyring.errors import KeyringError  # noqa: PLC0415

    try:
        return keyring.get_password(KEYRING_NAME, f"{server.username}@{server.host}") or ""
    except KeyringError:
        return ""
