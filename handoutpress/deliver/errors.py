"""What can go wrong on the way out, said without naming a patient."""

from __future__ import annotations

from handoutpress.content.problems import HandoutError


class MailError(HandoutError):
    """A mail cannot be made or sent. The sentence never holds an address, a name or a note."""


class UnreachableError(MailError):
    """The server could not be used at all, so no message is to blame.

    ``lasting`` is true where trying again cannot help: a wrong certificate, a wrong password.
    """

    def __init__(self, sentence: str, lasting: bool = False) -> None:
        super().__init__(sentence)
        self.lasting = lasting
