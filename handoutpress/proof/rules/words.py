"""Words: what comes out of the file, and what the eye can read."""

from __future__ import annotations

from handoutpress.proof.rules.rule import OURS, PDF, UA, Rule

WORDS: dict[str, Rule] = {
    "text.missing": Rule(
        "every word of the handout comes out of the PDF",
        f"{UA}, 7.21.7; {PDF}, 9.10",
        "Look whether the words are on the page; if so, the font lacks a map to Unicode, else the text was cut.",
    ),
    "text.foreign": Rule(
        "text comes out in the handout's own alphabet",
        f"{UA}, 7.21.7",
        "Use the font that languages/<code>.yaml names; some fonts extract as other letters than they show.",
    ),
    "text.unmapped": Rule(
        "every glyph says which letter it is",
        f"{UA}, 7.21.7",
        "Use a font of the project; this one was embedded without a map to Unicode.",
    ),
    "text.notdef": Rule(
        "every letter has a glyph",
        f"{UA}, 7.21.8",
        "Use a font that has the letter, or write the word without it: a reader would see a box.",
    ),
    "text.font-embedded": Rule(
        "every font is inside the file",
        f"{UA}, 7.21.4",
        "Embed the font: without it, each printer sets the page in another type.",
    ),
    "text.font-foreign": Rule(
        "every font is one of the project, as a subset",
        OURS,
        "Use the project's fonts, or add the brand's font files to the brand's folder.",
    ),
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
    "legibility.hidden": Rule(
        "all text that is there can be seen",
        "WCAG 2.2, 1.4.3",
        "Look what covers the text or cuts it off; give it another colour or place.",
    ),
    "legibility.safe-area": Rule(
        "text keeps away from the paper's edge",
        "STANDARDS, print",
        "Move the text inwards: office printers do not print at the edge.",
    ),
    "legibility.clipped": Rule(
        "no text is cut off",
        OURS,
        "Give the text more room or shorten it.",
    ),
    "legibility.overlap": Rule("no text lies on other text", OURS, "Give the two texts a place each."),
    "legibility.line-length": Rule(
        "no line has more than 80 characters",
        "RNIB; WCAG 2.2, 1.4.8",
        "Set the column narrower or the type larger.",
    ),
}
