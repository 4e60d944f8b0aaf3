"""Every rule that a finished PDF is held to: the standard it comes from, and what to do about a breach.

``docs/proof.md`` explains each; a test holds the two together.
"""

from __future__ import annotations

from dataclasses import dataclass

UA = "ISO 14289-1 (PDF/UA-1)"
PDF = "ISO 32000-1"
QR = "ISO/IEC 18004"
OURS = "Handout Press"


@dataclass(frozen=True)
class ProofRule:
    """``title`` says what holds in a good PDF; ``remedy`` tells a person what to do about a breach."""

    title: str
    standard: str
    remedy: str


RULES: dict[str, ProofRule] = {
    # Tags: what a screen reader is told
    "tags.missing": ProofRule(
        "the file is tagged",
        f"{UA}, 7.1; {PDF}, 14.8",
        "Make the PDF with tags: a screen reader finds nothing in this one.",
    ),
    "tags.broken-tree": ProofRule(
        "the structure tree is a tree",
        f"{PDF}, 14.7.2",
        "Make the PDF afresh; an element stands in two places, or what it holds cannot be read.",
    ),
    "tags.untagged": ProofRule(
        "all that is painted is tagged or an artifact",
        f"{UA}, 7.1",
        "Tag what is part of the handout and mark decoration as an artifact.",
    ),
    "tags.no-owner": ProofRule(
        "every marked-content identifier has an element that the root reaches",
        f"{PDF}, 14.7.4",
        "Give the marked content an element in the structure tree, or make it an artifact.",
    ),
    "tags.two-owners": ProofRule(
        "each piece of content belongs to one element",
        f"{PDF}, 14.7.4",
        "Leave the content with one element only.",
    ),
    "tags.repeated-mcid": ProofRule(
        "an identifier is used once in a content stream",
        f"{PDF}, 14.7.4.2",
        "Number the marked content of the stream afresh.",
    ),
    "tags.nested": ProofRule(
        "no tagged content stands inside other tagged content",
        f"{PDF}, 14.6 and 14.7.4.2",
        "End the outer marked content before the inner one begins, or strip the marks of the form inside.",
    ),
    "tags.artifact-nested": ProofRule(
        "no artifact stands inside tagged content, nor tagged content inside an artifact",
        f"{UA}, 7.1",
        "End the one before the other begins.",
    ),
    "tags.dangling": ProofRule(
        "what an element points to is on the page",
        f"{PDF}, 14.7.4",
        "Remove the element's reference, or put its content back on the page.",
    ),
    "tags.parent-tree": ProofRule(
        "the parent tree names the element that holds the content, and nothing else",
        f"{PDF}, 14.7.4.4",
        "Write the parent tree from the structure tree after the last change.",
    ),
    "tags.running-head": ProofRule(
        "running heads and feet are artifacts",
        f"{UA}, 7.8",
        "Mark the running line as a pagination artifact, so that it does not cut into the sentence it stands by.",
    ),
    "tags.link-artifact": ProofRule(
        "no link lies on an artifact",
        f"{UA}, 7.18.5",
        "Move the link into the handout's text, or make the line plain words.",
    ),
    "tags.link-orphan": ProofRule(
        "each link is held by a Link element",
        f"{UA}, 7.18.5",
        "Give the link annotation an object reference under a Link element, and a parent-tree entry.",
    ),
    "tags.link-words": ProofRule(
        "each link is described in words",
        f"{UA}, 7.18.5",
        "Set the annotation's /Contents to words that say what the link leads to.",
    ),
    "tags.figure-alt": ProofRule(
        "each figure says in words what it shows",
        f"{UA}, 7.3",
        "Describe the picture in the handout or brand file, or make it decoration.",
    ),
    "figures.people": ProofRule(
        "as many people are drawn and filled as the handout's figures say",
        "CDC Clear Communication Index, 17 to 19",
        "Print the sheet anew; if it says so again, this is a fault of the press.",
    ),
    "tags.table-headers": ProofRule(
        "each table has header cells that say what they head",
        f"{UA}, 7.5",
        "Make the first row or column header cells with Scope Row or Column.",
    ),
    "tags.headings": ProofRule(
        "headings begin with level 1 and skip no level",
        f"{UA}, 7.4.2",
        "Use the next level down for a section within a section.",
    ),
    "tags.order": ProofRule(
        "the handout is read aloud in its own order",
        f"{UA}, 7.2; WCAG 2.2, 1.3.2",
        "Put the elements of the structure tree in the order of the handout's sections.",
    ),
    "tags.settings": ProofRule(
        "the file says that it is tagged and shows its title",
        f"{UA}, 7.1",
        "Set /MarkInfo /Marked and /ViewerPreferences /DisplayDocTitle to true.",
    ),
    "tags.ua1": ProofRule(
        "the file is valid PDF/UA-1",
        UA,
        "Read the named clause; a handout from an unchanged template should never break it, so tell us.",
    ),
    # Text and fonts: what comes out of the file
    "text.missing": ProofRule(
        "every word of the handout comes out of the PDF",
        f"{UA}, 7.21.7; {PDF}, 9.10",
        "Look whether the words are on the page; if so, the font lacks a map to Unicode, else the text was cut.",
    ),
    "text.foreign": ProofRule(
        "text comes out in the handout's own alphabet",
        f"{UA}, 7.21.7",
        "Use the font that languages/<code>.yaml names; some fonts extract as other letters than they show.",
    ),
    "text.unmapped": ProofRule(
        "every glyph says which letter it is",
        f"{UA}, 7.21.7",
        "Use a font of the project; this one was embedded without a map to Unicode.",
    ),
    "text.order": ProofRule(
        "telephone numbers and addresses are seen from left to right, as they are dialled and typed;"
        " each place of a clinic is read whole before the next",
        "Unicode UAX #9",
        "Set the words apart from those that read from the right: dir=ltr in HTML, an element in a template. End one"
        " place before the next begins.",
    ),
    "text.markup": ProofRule(
        "no markup of Markdown, HTML or templates is printed as it was written",
        "the handout's own words",
        "Write what the mark was meant to do as docs/content.md says, or take it out.",
    ),
    "text.surplus": ProofRule(
        "a brand's slots say what the brand says, and nothing else",
        "the brand's file",
        "Delete the folders plates and art in .handoutpress and build again: something else was set into the page.",
    ),
    "text.notdef": ProofRule(
        "every letter has a glyph",
        f"{UA}, 7.21.8",
        "Use a font that has the letter, or write the word without it: a reader would see a box.",
    ),
    "text.font-embedded": ProofRule(
        "every font is inside the file",
        f"{UA}, 7.21.4",
        "Embed the font: without it, each printer sets the page in another type.",
    ),
    "text.font-foreign": ProofRule(
        "every font is one of the project, as a subset",
        OURS,
        "Use the project's fonts, or add the brand's font files to the brand's folder.",
    ),
    # QR codes
    "codes.unread": ProofRule(
        "both readers read every wanted code at 150 dpi",
        f"{QR}; STANDARDS, QR codes",
        "Print the code black on white, at least 25 mm wide, with nothing over it.",
    ),
    "codes.unwanted": ProofRule(
        "no code leads anywhere else",
        OURS,
        "Compare the handout's article address and the brand's article_url with what the code says.",
    ),
    "codes.inverted": ProofRule(
        "codes are dark on light",
        f"{QR}, 6.2",
        "Print the code black on white, whatever the brand: older phones do not read light on dark.",
    ),
    "codes.module": ProofRule(
        "a module is at least 0.5 mm wide",
        OURS,
        "Shorten the address or give the code more room.",
    ),
    "codes.size": ProofRule(
        "a code with its quiet zone is at least 20 mm wide",
        OURS,
        "Give the code more room in the format.",
    ),
    "codes.quiet-zone": ProofRule(
        "four modules around a code stay white",
        f"{QR}, 6.3.8",
        "Move what touches the code away, and keep its white ground.",
    ),
    "codes.contrast": ProofRule(
        "a code's contrast is at least 10:1",
        "ISO/IEC 15415; STANDARDS, QR codes",
        "Print the code black on white: a reader copes with less only in good light.",
    ),
    "codes.copies": ProofRule(
        "at least 95% of bad copies of a code can be read",
        "ISO/IEC 15415; STANDARDS, QR codes",
        "Make the code larger or its address shorter, or choose level Q.",
    ),
    # Addresses in the codes
    "address.https": ProofRule(
        "codes lead to https addresses", "RFC 9110, 4.2.2", "Write https:// before the address, and see that it opens."
    ),
    "address.placeholder": ProofRule(
        "released codes lead to a real site",
        "RFC 2606; RFC 6761",
        "Replace the placeholder address in the handout or brand before release.",
    ),
    "address.length": ProofRule(
        "an address has at most 120 characters", OURS, "Shorten the address, with a redirect on the clinic's own site."
    ),
    "address.words": ProofRule(
        "the words beside a code name the site that it leads to",
        OURS,
        "Print the address that the code holds, shortened to its site and path.",
    ),
    # Legibility: what the eye can read
    "legibility.type-size": ProofRule(
        "type is not smaller than the format allows",
        "UKAAF and RNIB, clear and large print",
        "Set the text larger and give it more room, or shorten it.",
    ),
    "legibility.contrast": ProofRule(
        "text stands out from what lies behind it, 4.5:1 or more (3:1 for large type)",
        "WCAG 2.2, 1.4.3",
        "Choose a darker colour role for the text, or a paler ground.",
    ),
    "legibility.brandmark": ProofRule(
        "the logo is there and shows something: 2:1 or more on its ground",
        "WCAG 2.2, 1.4.11, which asks 3:1 and exempts logos",
        "Give the brand a logo for light grounds.",
    ),
    "legibility.hidden": ProofRule(
        "all text that is there can be seen",
        "WCAG 2.2, 1.4.3",
        "Look what covers the text or cuts it off; give it another colour or place.",
    ),
    "legibility.safe-area": ProofRule(
        "text keeps away from the paper's edge",
        "STANDARDS, print",
        "Move the text inwards: office printers do not print at the edge.",
    ),
    "legibility.clipped": ProofRule(
        "no text is cut off",
        OURS,
        "Give the text more room or shorten it.",
    ),
    "legibility.overlap": ProofRule("no text lies on other text", OURS, "Give the two texts a place each."),
    "legibility.crossed": ProofRule("no rule crosses text", OURS, "Give the text room above and below the rule."),
    "legibility.line-length": ProofRule(
        "no line has more than 80 characters",
        "RNIB; WCAG 2.2, 1.4.8",
        "Set the column narrower or the type larger.",
    ),
    # Layout: pages as sheets of paper
    "layout.page-count": ProofRule(
        "the pages fit the format", OURS, "Shorten the handout, or use its shorter text for this format."
    ),
    "layout.boxes": ProofRule(
        "the page boxes are those of the format",
        f"{PDF}, 14.11.2",
        "Make the PDF afresh with the format's paper, bleed and marks.",
    ),
    "layout.heading-last": ProofRule(
        "no heading is the last line of a page", "UKAAF", "Let the heading go with the text that follows it."
    ),
    "layout.empty-page": ProofRule(
        "no page but the last is nearly empty", OURS, "Shorten the text before it, or break the page elsewhere."
    ),
    "layout.widow": ProofRule(
        "no paragraph leaves a single line on a page", OURS, "Change a few words, so that two lines go together."
    ),
    "layout.pointer": ProofRule(
        "the first page says on which page is urgent help, if that is overleaf",
        OURS,
        "Make the PDF afresh: who needs help at once has to find it.",
    ),
    # Print: lines, pictures and inks
    "print.rgb": ProofRule(
        "a print file holds no RGB", "ISO 15930 (PDF/X) practice", "Give the colour or picture its CMYK value."
    ),
    "print.black": ProofRule(
        "black text and codes are printed with black ink alone",
        "ISO 15930 (PDF/X) practice",
        "Use 0 0 0 1 in CMYK: four inks never lie exactly over each other.",
    ),
    "print.ink": ProofRule(
        "no place takes more than 300% ink", "ISO 12647-2 practice", "Choose a CMYK value with less ink in all."
    ),
    "print.colour": ProofRule(
        "a brand's colours print as near to the screen as its print shop's profile can, or in the inks that it names",
        "ISO/CIE 11664-6 (CIEDE2000)",
        "Make the sheets afresh; if the brand wants another ink, name it under defaults.handout.print.",
    ),
    "print.intent": ProofRule(
        "the file carries the profile of the printing that its inks are for",
        f"{PDF}, 14.11.5; ISO 15930 (PDF/X) practice",
        "Make the sheets afresh with the brand's profile.",
    ),
    "print.hairline": ProofRule(
        "no line is thinner than 0.25 pt", "STANDARDS, print", "Draw the line at least 0.25 pt wide."
    ),
    "print.resolution": ProofRule(
        "pictures have at least 150 dpi at their size; `handouts check` warns of photographs under 220",
        "STANDARDS, print",
        "Use a larger picture, or print it smaller.",
    ),
    "print.bleed": ProofRule(
        "colour that touches the trim goes on into the bleed",
        f"{PDF}, 14.11.2; STANDARDS, print",
        "Let the coloured ground reach 3 mm past the page's edge.",
    ),
    # File: what else it holds
    "file.unreadable": ProofRule(
        "the file is a whole PDF", PDF, "Make the file afresh; it was cut off, overwritten or never a PDF."
    ),
    "file.older": ProofRule(
        "the file says what its handout says by now",
        OURS,
        "Build it. Until then, what the handout says by now is missing in it, and its words are not compared.",
    ),
    "file.damaged": ProofRule(
        "the file needs no repair", f"{PDF}, 7.5", "Make or fetch the file afresh; a part of it may be lost."
    ),
    "file.broken-content": ProofRule(
        "every page's content can be read to its end",
        f"{PDF}, 7.8.2",
        "Make the file afresh; a part of the page may be missing.",
    ),
    "file.encrypted": ProofRule("the file is not encrypted", f"{PDF}, 7.6", "Hand out a file without a password."),
    "file.size": ProofRule("the file is small enough for its format", OURS, "Use smaller or simpler pictures."),
    "file.action": ProofRule(
        "nothing in the file runs or starts anything",
        f"{PDF}, 12.6",
        "Remove the script or action: no handout needs one.",
    ),
    "file.attachment": ProofRule(
        "nothing is attached that we did not put there", f"{PDF}, 7.11", "Remove the attached file."
    ),
    "file.scaling": ProofRule(
        "office printers print the page at its own size",
        f"{PDF}, 12.2",
        "Set /ViewerPreferences /PrintScaling to /None, else type and codes come out smaller.",
    ),
    "file.title": ProofRule(
        "the file has a title", f"{UA}, 7.1", "Set the title to the handout's, in the XMP data and the information."
    ),
    "file.language": ProofRule("the file names its language", f"{UA}, 7.2", "Set /Lang to the handout's language."),
}
"""By name: the family of checks, a dot, and what is wrong."""
