"""How a clinic sends mail: ``mail.yaml`` of a project. It holds no password and cannot: those come from elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, model_validator

from handoutpress.content.models.mailboxes import parse_mailbox
from handoutpress.yamlfile.record import NOT_PRINTED, Record, SingleLine, Slug

HERE = ("localhost", "127.0.0.1", "::1")


def _address(text: str) -> str:
    return parse_mailbox(text).address


MailAddress = Annotated[str, AfterValidator(_address), NOT_PRINTED]
Seconds = Annotated[float, Field(gt=0, le=3600)]


class Server(Record):
    """The mail server. ``starttls`` and ``tls`` both check the certificate; ``none`` is for this computer only."""

    host: Annotated[SingleLine, NOT_PRINTED]
    security: Literal["starttls", "tls", "none"] = "starttls"
    port: Annotated[int, Field(ge=0, le=65535)] = Field(default=0, description="0 is the usual one: 587, 465 or 25.")
    username: Annotated[SingleLine | None, NOT_PRINTED] = Field(
        default=None, description="The password is read from the environment or the system keyring."
    )
    ca_file: Path | None = Field(default=None, description="Certificates to trust instead of the system's (PEM).")
    timeout: Seconds = Field(default=60, description="Longest wait for an answer.")
    final_timeout: Seconds = Field(
        default=600, description="The same after a whole mail was handed over (RFC 5321, 4.5.3.2)."
    )

    @model_validator(mode="before")
    @classmethod
    def _usual_port(cls, values: object) -> object:
        if isinstance(values, Mapping) and not values.get("port"):
            usual = {"starttls": 587, "tls": 465, "none": 25}
            return {**values, "port": usual.get(str(values.get("security", "starttls")), 587)}
        return values

    @model_validator(mode="after")
    def _unencrypted_only_here(self) -> Server:
        if self.security == "none" and self.host not in HERE:
            raise ValueError('"security: none" is only for a mail server on this computer; use starttls or tls')
        if self.security == "none" and self.username:
            raise ValueError("a user name needs encryption; use starttls or tls")
        return self


class MailSettings(Record):
    """One ``mail.yaml``."""

    sender: MailAddress = Field(description="The address that mails come from; the name beside it is the brand's.")
    senders: dict[Slug, MailAddress] = Field(
        default={}, description="For brands that send from an address of their own."
    )
    server: Server
    per_minute: Annotated[float, Field(gt=0, le=6000)] = Field(
        default=30, description="Most mails handed over in a minute."
    )
    max_megabytes: Annotated[float, Field(ge=0.1, le=50)] = Field(
        default=5, description="Larger mails carry links alone."
    )
    retry_after: Annotated[tuple[Seconds, ...], Field(max_length=10)] = Field(
        default=(30, 120, 600), description="Seconds to wait before each new try after a temporary failure."
    )
    keep_days: Annotated[int, Field(ge=1, le=3650)] = Field(
        default=30, description="When the outbox forgets what was sent."
    )

    def sender_of(self, brand: str) -> str:
        return self.senders.get(brand, self.sender)
