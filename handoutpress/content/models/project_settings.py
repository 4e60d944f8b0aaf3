"""What a project says of itself as a whole: ``project.yaml``."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar

from pydantic import AfterValidator, Field, model_validator

from handoutpress.content.models.site_addresses import SiteBase
from handoutpress.content.models.web_addresses import mail_address, web_address
from handoutpress.yamlfile.record import NOT_PRINTED, Day, Record, Slug


def _contact(address: str) -> str:
    if address.startswith("https://"):
        return web_address(address)
    return f"mailto:{mail_address(address.removeprefix('mailto:'))}"


class SecurityContact(Record):
    """``security.txt`` (RFC 9116): who is told of a hole in the site, and until when this holds."""

    contact: Annotated[str, AfterValidator(_contact), NOT_PRINTED]
    until: Day


class SiteKeys(Record):
    """``site``: the pages that codes lead to. A plain address is its ``base``."""

    written_as: ClassVar[str] = "an address"

    base: SiteBase | None = Field(
        None,
        description="Where it is: https://…; with {brand} where several brands share it. Brands may say their own.",
    )
    earlier: tuple[SiteBase, ...] = Field(
        (), description="Where it was before: released sheets say so, and these hosts still lead to its files."
    )
    security: SecurityContact | None = None

    @model_validator(mode="before")
    @classmethod
    def _from_address(cls, value: Any) -> Any:
        return {"base": value} if isinstance(value, str) else value


class StudioKeys(Record):
    """``studio``: how the page for the people at the desk works."""

    history: bool = Field(
        False, description="Whether each save in the studio is one commit, where the folder is a Git repository."
    )


class ProjectSettings(Record):
    """One ``project.yaml``."""

    site: SiteKeys | None = None
    studio: StudioKeys | None = None
    renamed: dict[Slug, Slug] = Field(
        default_factory=dict, description="Handouts that had another name when they were released: old to new."
    )
