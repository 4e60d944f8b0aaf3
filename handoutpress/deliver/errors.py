"""What can go wrong on the way out, said without naming a patient."""

from __future__ import annotations

from handoutpress.content.mailboxes import MailError


class UnreachableError(MailError):
    """The server could not be used at all, so no message is to blame.

    ``lasting`` is true where trying again cannot help: a wrong certificate, a wrong password.
    """

    def __init__(self, sentence: str, lasting: bool = False) -> None:
        super().__init__(sentence)
        self.lasting = lasting
