"""Every rule that a finished PDF is held to: its check, the standard it comes from, and how to mend a breach.

``docs/proof.md`` explains each; a test holds the two together.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Rule:
    """``title`` completes "The PDF breaks the rule: …"; ``mend`` tells a person what to do."""

    title: str
    standard: str
    mend: str


_UA = "ISO 14289-1 (PDF/UA-1)"
_PDF = "ISO 32000-1"
_QR = "ISO/IEC 18004"
_OURS = "Handout Press"

RULES: dict[str, Rule] = {
    # tags
    "tags.missing": Rule(
        "the file is tagged",
        f"{_UA}, 7.1; {_PDF}, 14.8",
        "Make the PDF with tags: a screen reader finds nothing in this one.",
    ),
    "tags.broken-tree": Rule(
        "the structure tree is a tree",
        f"{_PDF}, 14.7.2",
        "Make the PDF afresh; an element stands in two places, or what it holds cannot be read.",
    ),
    "tags.untagged": Rule(
        "all that is painted is tagged or an artifact",
        f"{_UA}, 7.1",
        "Tag what is part of the handout and mark decoration as an artifact.",
    ),
    "tags.no-owner": Rule(
        "every marked-content identifier has an element that the root reaches",
        f"{_PDF}, 14.7.4",
        "Give the marked content an element in the structure tree, or make it an artifact.",
    ),
    "tags.two-owners": Rule(
        "each piece of content belongs to one element",
        f"{_PDF}, 14.7.4",
        "Leave the content with one element only.",
    ),
    "tags.repeated-mcid": Rule(
        "an identifier is used once in a content stream",
        f"{_PDF}, 14.7.4.2",
        "Number the marked content of the stream afresh.",
    ),
    "tags.nested": Rule(
        "no tagged content stands inside other tagged content",
        f"{_PDF}, 14.6 and 14.7.4.2",
        "End the outer marked content before the inner one begins, or strip the marks of the form inside.",
    ),
    "tags.artifact-nested": Rule(
        "no artifact stands inside tagged content, nor tagged content inside an artifact",
        f"{_UA}, 7.1",
        "End the one before the other begins.",
    ),
    "tags.dangling": Rule(
        "what an element points to is on the page",
        f"{_PDF}, 14.7.4",
        "Remove the element's reference, or put its content back on the page.",
    ),
    "tags.parent-tree": Rule(
        "the parent tree names the element that holds the content, and nothing else",
        f"{_PDF}, 14.7.4.4",
        "Write the parent tree from the structure tree after the last change.",
    ),
    "tags.running-head": Rule(
        "running heads and feet are artifacts",
        f"{_UA}, 7.8",
        "Mark the running line as a pagination artifact, so that it does not cut into the sentence it stands by.",
    ),
    "tags.link-artifact": Rule(
        "no link lies on an artifact",
        f"{_UA}, 7.18.5",
        "Move the link into the handout's text, or make the line plain words.",
    ),
    "tags.link-orphan": Rule(
        "each link is held by a Link element",
        f"{_UA}, 7.18.5",
        "Give the link annotation an object reference under a Link element, and a parent-tree entry.",
    ),
    "tags.link-words": Rule(
        "each link is described in words",
        f"{_UA}, 7.18.5",
        "Set the annotation's /Contents to words that say what the link leads to.",
    ),
    "tags.figure-alt": Rule(
        "each figure says in words what it shows",
        f"{_UA}, 7.3",
        "Describe the picture in the handout or brand file, or make it decoration.",
    ),
    "tags.table-headers": Rule(
        "each table has header cells that say what they head",
        f"{_UA}, 7.5",
        "Make the first row or column header cells with Scope Row or Column.",
    ),
    "tags.headings": Rule(
        "headings begin with level 1 and skip no level",
        f"{_UA}, 7.4.2",
        "Use the next level down for a section within a section.",
    ),
    "tags.order": Rule(
        "the handout is read aloud in its own order",
        f"{_UA}, 7.2; WCAG 2.2, 1.3.2",
        "Put the elements of the structure tree in the order of the handout's sections.",
    ),
    "tags.settings": Rule(
        "the file says that it is tagged and shows its title",
        f"{_UA}, 7.1",
        "Set /MarkInfo /Marked and /ViewerPreferences /DisplayDocTitle to true.",
    ),
    "tags.ua1": Rule(
        "the file is valid PDF/UA-1",
        _UA,
        "Read the named clause; a handout from an unchanged template should never break it, so tell us.",
    ),
    # text
    "text.missing": Rule(
        "every word of the handout comes out of the PDF",
        f"{_UA}, 7.21.7; {_PDF}, 9.10",
        "Look whether the words are on the page; if so, the font lacks a map to Unicode, else the text was cut.",
    ),
    "text.foreign": Rule(
        "text comes out in the handout's own alphabet",
        f"{_UA}, 7.21.7",
        "Use the font that languages/<code>.yaml names; some fonts extract as other letters than they show.",
    ),
    "text.unmapped": Rule(
        "every glyph says which letter it is",
        f"{_UA}, 7.21.7",
        "Use a font of the project; this one was embedded without a map to Unicode.",
    ),
    "text.notdef": Rule(
        "every letter has a glyph",
        f"{_UA}, 7.21.8",
        "Use a font that has the letter, or write the word without it: a reader would see a box.",
    ),
    "text.font-embedded": Rule(
        "every font is inside the file",
        f"{_UA}, 7.21.4",
        "Embed the font: without it, each printer sets the page in another type.",
    ),
    "text.font-foreign": Rule(
        "every font is one of the project, as a subset",
        _OURS,
        "Use the project's fonts, or add the brand's font files to the brand's folder.",
    ),
    # codes
    "codes.unread": Rule(
        "both readers read every wanted code at 150 dpi",
        f"{_QR}; STANDARDS, QR codes",
        "Print the code black on white, at least 25 mm wide, with nothing over it.",
    ),
    "codes.unwanted": Rule(
        "no code leads anywhere else",
        _OURS,
        "Compare the handout's article address and the brand's article_url with what the code says.",
    ),
    "codes.inverted": Rule(
        "codes are dark on light",
        f"{_QR}, 6.2",
        "Print the code black on white, whatever the brand: older phones do not read light on dark.",
    ),
    "codes.module": Rule(
        "a module is at least 0.5 mm wide",
        _OURS,
        "Shorten the address or give the code more room.",
    ),
    "codes.size": Rule(
        "a code with its quiet zone is at least 20 mm wide",
        _OURS,
        "Give the code more room in the format.",
    ),
    "codes.quiet-zone": Rule(
        "four modules around a code stay white",
        f"{_QR}, 6.3.8",
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
    # addresses
    "address.https": Rule(
        "codes lead to https addresses", "RFC 9110, 4.2.2", "Write https:// before the address, and see that it opens."
    ),
    "address.placeholder": Rule(
        "released codes lead to a real site",
        "RFC 2606; RFC 6761",
        "Replace the placeholder address in the handout or brand before release.",
    ),
    "address.length": Rule(
        "an address has at most 80 characters", _OURS, "Shorten the address, with a redirect on the clinic's own site."
    ),
    "address.words": Rule(
        "the words beside a code name the site that it leads to",
        _OURS,
        "Print the address that the code holds, shortened to its site and path.",
    ),
    # legibility
    "legibility.type-size": Rule(
        "type is not smaller than the format allows",
        "UKAAF and RNIB, clear and large print",
        "Set the text larger and give it more room, or shorten it.",
    ),
    "legibility.contrast": Rule(
        "text stands out from what lies behind it, 4.5:1 or more (3:1 for large type)",
        "WCAG 2.2, 1.4.3",
        "Choose a darker colour role for the text, or a paler ground.",
    ),
    "legibility.safe-area": Rule(
        "text keeps away from the paper's edge",
        "STANDARDS, print",
        "Move the text inwards: office printers do not print at the edge.",
    ),
    "legibility.clipped": Rule(
        "no text is cut off",
        _OURS,
        "Give the text more room or shorten it.",
    ),
    "legibility.overlap": Rule(
        "no text lies on other text", _OURS, "Give the two texts a place each."
    ),
    "legibility.line-length": Rule(
        "no line has more than 80 characters",
        "RNIB; WCAG 2.2, 1.4.8",
        "Set the column narrower or the type larger.",
    ),
    # layout
    "layout.page-count": Rule(
        "the pages fit the format", _OURS, "Shorten the handout, or use its shorter text for this format."
    ),
    "layout.boxes": Rule(
        "the page boxes are those of the format",
        f"{_PDF}, 14.11.2",
        "Make the PDF afresh with the format's paper, bleed and marks.",
    ),
    "layout.heading-last": Rule(
        "no heading is the last line of a page", "UKAAF", "Let the heading go with the text that follows it."
    ),
    "layout.empty-page": Rule(
        "no page but the last is nearly empty", _OURS, "Shorten the text before it, or break the page elsewhere."
    ),
    "layout.widow": Rule(
        "no paragraph leaves a single line on a page", _OURS, "Change a few words, so that two lines go together."
    ),
    # print
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
        f"{_PDF}, 14.11.2; STANDARDS, print",
        "Let the coloured ground reach 3 mm past the page's edge.",
    ),
    # file
    "file.unreadable": Rule(
        "the file is a whole PDF", _PDF, "Make the file afresh; it was cut off, overwritten or never a PDF."
    ),
    "file.broken-content": Rule(
        "every page's content can be read to its end",
        f"{_PDF}, 7.8.2",
        "Make the file afresh; a part of the page may be missing.",
    ),
    "file.encrypted": Rule(
        "the file is not encrypted", f"{_PDF}, 7.6", "Hand out a file without a password."
    ),
    "file.size": Rule(
        "the file is small enough for its format", _OURS, "Use smaller or simpler pictures."
    ),
    "file.action": Rule(
        "nothing in the file runs or starts anything",
        f"{_PDF}, 12.6",
        "Remove the script or action: no handout needs one.",
    ),
    "file.attachment": Rule(
        "nothing is attached that we did not put there", f"{_PDF}, 7.11", "Remove the attached file."
    ),
    "file.title": Rule(
        "the file has a title", f"{_UA}, 7.1", "Set the title to the handout's, in the XMP data and the information."
    ),
    "file.language": Rule(
        "the file names its language", f"{_UA}, 7.2", "Set /Lang to the handout's language."
    ),
}  # fmt: skip
