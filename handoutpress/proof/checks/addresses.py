"""The addresses that codes lead to, and the words beside them."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from handoutpress.content.models.hosts import is_public
from handoutpress.content.models.web_addresses import MAX_CODE_LENGTH
from handoutpress.proof.checks.breach import breach
from handoutpress.proof.expectation import Expectation
from handoutpress.proof.findings import ProofFinding
from handoutpress.proof.pdf.finished_pdf import FinishedPdf
from handoutpress.proof.pdf.page_codes import PageCode, find_codes
from handoutpress.proof.pdf.text import marks_in_reading_order, spoken_text, unbroken

_RESERVED = (".test", ".example", ".invalid", ".localhost", "example.com", "example.org", "example.net")
"""Names that lead nowhere (RFC 2606 and RFC 6761)."""


def check_addresses(pdf: FinishedPdf, expectation: Expectation) -> list[ProofFinding]:
    """Check that each address is safe, real, short, and named on its page."""
    return [finding for code in find_codes(pdf) for finding in _check_address(pdf, code, expectation)]


def _check_address(pdf: FinishedPdf, code: PageCode, expectation: Expectation) -> Iterator[ProofFinding]:
    page, box, address = code.page, code.box, code.address
    if not address.lower().startswith("https://"):
        sentence = f"The code leads to {address}, which is not https."
        yield breach(pdf, "address.https", sentence, page, box, measured=address, wanted="https://")
    if expectation.release and is_placeholder(address):
        sentence = f"The code leads to a placeholder: {address}."
        yield breach(pdf, "address.placeholder", sentence, page, box, measured=address)
    if len(address) > MAX_CODE_LENGTH:
        sentence, measured = f"The address {address} is too long.", f"{len(address)} characters"
        yield breach(pdf, "address.length", sentence, page, box, measured=measured, wanted=f"{MAX_CODE_LENGTH}")
    words = _expected_words(code, expectation)
    if words and not _is_printed(pdf, page, words):
        sentence = f"The page does not print {words} beside the code to {address}."
        yield breach(pdf, "address.words", sentence, page, box, measured="not on the page", wanted=words)


def is_placeholder(address: str) -> bool:
    """Return whether nobody finds the address's host: it is reserved for examples, or of a network of one's own."""
    try:
        host = urlsplit(address).hostname or ""
    except ValueError:
        return True
    reserved = (name.lstrip(".") for name in _RESERVED)
    return not is_public(host) or any(host == name or host.endswith(f".{name}") for name in reserved)


def _expected_words(code: PageCode, expectation: Expectation) -> str:
    """Return what must stand beside a code: the expected words, else the site that it leads to."""
    for expected in expectation.codes or ():
        if expected.address == code.address and expected.printed:
            return expected.printed
    try:
        return (urlsplit(code.address).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def _is_printed(pdf: FinishedPdf, page: int, words: str) -> bool:
    """Return whether a page has the words. Where two addresses stand abreast, only the tags keep their lines apart."""
    if unbroken(words) in unbroken(pdf.text(page)):
        return True
    if pdf.tree.root is None:
        return False
    tagged = (gap + spoken_text(mark) for gap, on_page, mark in marks_in_reading_order(pdf) if on_page == page)
    return unbroken(words) in unbroken("".join(tagged))
