"""The addresses that codes lead to, and the words beside them."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from handoutpress.content.models.web_addresses import MAX_CODE_LENGTH
from handoutpress.proof.checks.codes import DecodedCode, find_codes
from handoutpress.proof.checks.text import text_in_reading_order
from handoutpress.proof.expectation import Expectation
from handoutpress.proof.findings import ProofFinding
from handoutpress.proof.pdf.finished_pdf import FinishedPdf

_RESERVED = (".test", ".example", ".invalid", ".localhost", "example.com", "example.org", "example.net", "localhost")
"""Names that lead nowhere (RFC 2606 and RFC 6761)."""


def check_addresses(pdf: FinishedPdf, expectation: Expectation) -> list[ProofFinding]:
    """Each address is safe, real, short, and named on its page."""
    return [finding for code in find_codes(pdf) for finding in _address(pdf, code, expectation)]


def _address(pdf: FinishedPdf, code: DecodedCode, expectation: Expectation) -> Iterator[ProofFinding]:
    where, address = (code.page, code.box), code.address
    if not address.startswith("https://"):
        yield pdf.finding(
            "address.https", f"The code leads to {address}, which is not https.", where, address, "https://"
        )
    if expectation.release and is_placeholder(address):
        yield pdf.finding("address.placeholder", f"The code leads to a placeholder: {address}.", where, address)
    if len(address) > MAX_CODE_LENGTH:
        measured = f"{len(address)} characters"
        yield pdf.finding(
            "address.length", f"The address {address} is too long.", where, measured, f"{MAX_CODE_LENGTH}"
        )
    words = _wanted_words(code, expectation)
    if words and not _is_printed(pdf, code.page, words):
        sentence = f"The page does not print {words} beside the code to {address}."
        yield pdf.finding("address.words", sentence, where, "not on the page", words)


def is_placeholder(address: str) -> bool:
    """Whether the address's host is one that is reserved for examples."""
    try:
        host = urlsplit(address).hostname or ""
    except ValueError:
        return True
    return any(host == name.lstrip(".") or host.endswith("." + name.lstrip(".")) for name in _RESERVED)


def _wanted_words(code: DecodedCode, expectation: Expectation) -> str:
    """What must stand beside a code: the expected words, else the site that it leads to."""
    for wanted in expectation.codes or ():
        if wanted.address == code.address and wanted.printed:
            return wanted.printed
    try:
        return (urlsplit(code.address).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def _is_printed(pdf: FinishedPdf, page: int, words: str) -> bool:
    """Whether a page says the words. Where two addresses stand side by side, only the tags keep their lines apart."""
    if plain(words) in plain(pdf.text(page)):
        return True
    return pdf.tree.root is not None and plain(words) in plain(text_in_reading_order(pdf))


def plain(text: str) -> str:
    """A text without spaces, line ends and invisible break points: long addresses are set over two lines."""
    return "".join(filter(str.isprintable, "".join(text.split()))).lower()
