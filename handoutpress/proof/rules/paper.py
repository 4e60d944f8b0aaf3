"""Paper and file: pages, inks, and what else the file holds."""

from __future__ import annotations

from handoutpress.proof.rules.rule import OURS, PDF, UA, Rule

PAPER: dict[str, Rule] = {
    "layout.page-count": Rule(
        "the pages fit the format", OURS, "Shorten the handout, or use its shorter text for this format."
    ),
    "layout.boxes": Rule(
        "the page boxes are those of the format",
        f"{PDF}, 14.11.2",
        "Make the PDF afresh with the format's paper, bleed and marks.",
    ),
    "layout.heading-last": Rule(
        "no heading is the last line of a page", "UKAAF", "Let the heading go with the text that follows it."
    ),
    "layout.empty-page": Rule(
        "no page but the last is nearly empty", OURS, "Shorten the text before it, or break the page elsewhere."
    ),
    "layout.widow": Rule(
        "no paragraph leaves a single line on a page", OURS, "Change a few words, so that two lines go together."
    ),
    "print.rgb": Rule(
        "a print file holds no RGB", "ISO 15930 (PDF/X) practice", "Give the colour or picture its CMYK value."
    ),
    "print.black": Rule(
        "black text and codes are printed with black ink alone",
        "ISO 15930 (PDF/X) practice",
        "Use 0 0 0 1 in CMYK: four inks never lie exactly over each other.",
    ),
    "print.ink": Rule(
        "no place takes more than 300% ink", "ISO 12647-2 practice", "Choose a CMYK value with less ink in all."
    ),
    "print.hairline": Rule(
        "no line is thinner than 0.25 pt", "STANDARDS, print", "Draw the line at least 0.25 pt wide."
    ),
    "print.resolution": Rule(
        "pictures have at least 200 dpi at their size", "STANDARDS, print", "Use a larger picture, or print it smaller."
    ),
    "print.bleed": Rule(
        "colour that touches the trim goes on into the bleed",
        f"{PDF}, 14.11.2; STANDARDS, print",
        "Let the coloured ground reach 3 mm past the page's edge.",
    ),
    "file.unreadable": Rule(
        "the file is a whole PDF", PDF, "Make the file afresh; it was cut off, overwritten or never a PDF."
    ),
    "file.damaged": Rule(
        "the file needs no repair", f"{PDF}, 7.5", "Make or fetch the file afresh; a part of it may be lost."
    ),
    "file.broken-content": Rule(
        "every page's content can be read to its end",
        f"{PDF}, 7.8.2",
        "Make the file afresh; a part of the page may be missing.",
    ),
    "file.encrypted": Rule("the file is not encrypted", f"{PDF}, 7.6", "Hand out a file without a password."),
    "file.size": Rule("the file is small enough for its format", OURS, "Use smaller or simpler pictures."),
    "file.action": Rule(
        "nothing in the file runs or starts anything",
        f"{PDF}, 12.6",
        "Remove the script or action: no handout needs one.",
    ),
    "file.attachment": Rule(
        "nothing is attached that we did not put there", f"{PDF}, 7.11", "Remove the attached file."
    ),
    "file.title": Rule(
        "the file has a title", f"{UA}, 7.1", "Set the title to the handout's, in the XMP data and the information."
    ),
    "file.language": Rule("the file names its language", f"{UA}, 7.2", "Set /Lang to the handout's language."),
}
