"""Tags: what a screen reader is told."""

from __future__ import annotations

from handoutpress.proof.rules.rule import PDF, UA, Rule

TAGS: dict[str, Rule] = {
    "tags.missing": Rule(
        "the file is tagged",
        f"{UA}, 7.1; {PDF}, 14.8",
        "Make the PDF with tags: a screen reader finds nothing in this one.",
    ),
    "tags.broken-tree": Rule(
        "the structure tree is a tree",
        f"{PDF}, 14.7.2",
        "Make the PDF afresh; an element stands in two places, or what it holds cannot be read.",
    ),
    "tags.untagged": Rule(
        "all that is painted is tagged or an artifact",
        f"{UA}, 7.1",
        "Tag what is part of the handout and mark decoration as an artifact.",
    ),
    "tags.no-owner": Rule(
        "every marked-content identifier has an element that the root reaches",
        f"{PDF}, 14.7.4",
        "Give the marked content an element in the structure tree, or make it an artifact.",
    ),
    "tags.two-owners": Rule(
        "each piece of content belongs to one element",
        f"{PDF}, 14.7.4",
        "Leave the content with one element only.",
    ),
    "tags.repeated-mcid": Rule(
        "an identifier is used once in a content stream",
        f"{PDF}, 14.7.4.2",
        "Number the marked content of the stream afresh.",
    ),
    "tags.nested": Rule(
        "no tagged content stands inside other tagged content",
        f"{PDF}, 14.6 and 14.7.4.2",
        "End the outer marked content before the inner one begins, or strip the marks of the form inside.",
    ),
    "tags.artifact-nested": Rule(
        "no artifact stands inside tagged content, nor tagged content inside an artifact",
        f"{UA}, 7.1",
        "End the one before the other begins.",
    ),
    "tags.dangling": Rule(
        "what an element points to is on the page",
        f"{PDF}, 14.7.4",
        "Remove the element's reference, or put its content back on the page.",
    ),
    "tags.parent-tree": Rule(
        "the parent tree names the element that holds the content, and nothing else",
        f"{PDF}, 14.7.4.4",
        "Write the parent tree from the structure tree after the last change.",
    ),
    "tags.running-head": Rule(
        "running heads and feet are artifacts",
        f"{UA}, 7.8",
        "Mark the running line as a pagination artifact, so that it does not cut into the sentence it stands by.",
    ),
    "tags.link-artifact": Rule(
        "no link lies on an artifact",
        f"{UA}, 7.18.5",
        "Move the link into the handout's text, or make the line plain words.",
    ),
    "tags.link-orphan": Rule(
        "each link is held by a Link element",
        f"{UA}, 7.18.5",
        "Give the link annotation an object reference under a Link element, and a parent-tree entry.",
    ),
    "tags.link-words": Rule(
        "each link is described in words",
        f"{UA}, 7.18.5",
        "Set the annotation's /Contents to words that say what the link leads to.",
    ),
    "tags.figure-alt": Rule(
        "each figure says in words what it shows",
        f"{UA}, 7.3",
        "Describe the picture in the handout or brand file, or make it decoration.",
    ),
    "tags.table-headers": Rule(
        "each table has header cells that say what they head",
        f"{UA}, 7.5",
        "Make the first row or column header cells with Scope Row or Column.",
    ),
    "tags.headings": Rule(
        "headings begin with level 1 and skip no level",
        f"{UA}, 7.4.2",
        "Use the next level down for a section within a section.",
    ),
    "tags.order": Rule(
        "the handout is read aloud in its own order",
        f"{UA}, 7.2; WCAG 2.2, 1.3.2",
        "Put the elements of the structure tree in the order of the handout's sections.",
    ),
    "tags.settings": Rule(
        "the file says that it is tagged and shows its title",
        f"{UA}, 7.1",
        "Set /MarkInfo /Marked and /ViewerPreferences /DisplayDocTitle to true.",
    ),
    "tags.ua1": Rule(
        "the file is valid PDF/UA-1",
        UA,
        "Read the named clause; a handout from an unchanged template should never break it, so tell us.",
    ),
}
