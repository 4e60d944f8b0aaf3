"""The scheme of a site's addresses: where its pages lie, and what the codes of a sheet say.

::

    <base>/                             the clinic's first page
    <base>/<slug>/                      a handout's languages
    <base>/<slug>/<language>/           its article; the references under #references
    <base>/<slug>/<language>/sheet/     the sheet itself, for a phone
    <base>/<slug>/<language>/<format>.pdf
    <base>/c/<hash>/                    what became of the text that a sheet with these eight signs has
    <base>/c/<hash>/r/                  its references

A code says ``C/<HASH>`` and ``C/<HASH>/R/`` in capitals where all of its address may be: such a code has fewer modules
(ISO/IEC 18004, 7.3.4), which then are larger. The page answers in both cases.
"""

from __future__ import annotations

import re
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator

from handoutpress.content.models.web_addresses import web_address
from handoutpress.yamlfile.record import NOT_PRINTED

BY_HASH = "c"
"""The folder of the pages by content hash; no handout and no brand has its name."""
REFERENCES = "r"
BRAND = "{brand}"
HERE = ("localhost", "127.0.0.1", "[::1]")
"""Hosts that need no https: the computer itself."""

_ANY = "any-brand-0"
_WORD = re.compile(r"\{([^{}]*)\}")
_EXAMPLE = "write it like https://sheets.clinic.example, for several brands https://sheets.clinic.example/{brand}."


def site_base(address: str) -> str:
    """Return a site's address as it is used, without a slash at its end, else raise ``ValueError``."""
    filled = address.strip().replace(BRAND, _ANY)
    if unknown := _WORD.search(filled):
        raise ValueError(
            f'the address of a site may hold {BRAND} and no other word, not "{unknown[0]}". Hint: {_EXAMPLE}'
        )
    host = filled.partition("://")[2].partition("/")[0]
    if not filled.startswith("https://") and not (filled.startswith("http://") and _is_here(host)):
        raise ValueError(f'"{address}" is not an https address. Hint: {_EXAMPLE}')
    checked = web_address(filled)
    parts = urlsplit(checked)
    if parts.query or parts.fragment or "?" in checked or "#" in checked:
        raise ValueError(f'"{address}" leads into a page, where a site is a folder. Hint: {_EXAMPLE}')
    if _ANY in parts.netloc:
        raise ValueError(f"{BRAND} stands behind the host, since a host has its own folder. Hint: {_EXAMPLE}")
    return checked.rstrip("/").replace(_ANY, BRAND)


def _is_here(host: str) -> bool:
    name = host if host.endswith("]") else host.partition(":")[0]
    return name in HERE


SiteBase = Annotated[str, AfterValidator(site_base), NOT_PRINTED]


def base_of(site: str, brand: str) -> str:
    """Return the address of a brand's first page, without a slash at its end."""
    return site.replace(BRAND, brand)


def code_addresses(site: str, brand: str, content_hash: str) -> dict[str, str]:
    """Return where the two codes of a sheet lead on a site."""
    article = f"{base_of(site, brand)}/{BY_HASH}/{content_hash}"
    addresses = {"article": article, "references": f"{article}/{REFERENCES}/"}
    return {name: address.upper() if _in_capitals(site) else address for name, address in addresses.items()}


def _in_capitals(site: str) -> bool:
    """Return whether capitals lead to the same page: in a folder of its own a site is not, in two cases."""
    return urlsplit(site).path in ("", f"/{BRAND}")


def hash_folder(content_hash: str) -> str:
    """Return the folder of a content hash's page, below a brand's first page."""
    return f"{BY_HASH}/{content_hash}"
