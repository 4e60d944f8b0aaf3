"""Codes, and the addresses in them."""

from __future__ import annotations

from handoutpress.proof.rules.rule import OURS, QR, Rule

CODES: dict[str, Rule] = {
    "codes.unread": Rule(
        "both readers read every wanted code at 150 dpi",
        f"{QR}; STANDARDS, QR codes",
        "Print the code black on white, at least 25 mm wide, with nothing over it.",
    ),
    "codes.unwanted": Rule(
        "no code leads anywhere else",
        OURS,
        "Compare the handout's article address and the brand's article_url with what the code says.",
    ),
    "codes.inverted": Rule(
        "codes are dark on light",
        f"{QR}, 6.2",
        "Print the code black on white, whatever the brand: older phones do not read light on dark.",
    ),
    "codes.module": Rule(
        "a module is at least 0.5 mm wide",
        OURS,
        "Shorten the address or give the code more room.",
    ),
    "codes.size": Rule(
        "a code with its quiet zone is at least 20 mm wide",
        OURS,
        "Give the code more room in the format.",
    ),
    "codes.quiet-zone": Rule(
        "four modules around a code stay white",
        f"{QR}, 6.3.8",
        "Move what touches the code away, and keep its white ground.",
    ),
    "codes.contrast": Rule(
        "a code's contrast is at least 10:1",
        "ISO/IEC 15415; STANDARDS, QR codes",
        "Print the code black on white: a reader copes with less only in good light.",
    ),
    "codes.copies": Rule(
        "at least 95% of bad copies of a code can be read",
        "ISO/IEC 15415; STANDARDS, QR codes",
        "Make the code larger or its address shorter, or choose level Q.",
    ),
    "address.https": Rule(
        "codes lead to https addresses", "RFC 9110, 4.2.2", "Write https:// before the address, and see that it opens."
    ),
    "address.placeholder": Rule(
        "released codes lead to a real site",
        "RFC 2606; RFC 6761",
        "Replace the placeholder address in the handout or brand before release.",
    ),
    "address.length": Rule(
        "an address has at most 80 characters", OURS, "Shorten the address, with a redirect on the clinic's own site."
    ),
    "address.words": Rule(
        "the words beside a code name the site that it leads to",
        OURS,
        "Print the address that the code holds, shortened to its site and path.",
    ),
}
