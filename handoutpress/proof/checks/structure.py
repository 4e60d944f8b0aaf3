"""Our own look at the tags, on the bytes: who owns what on the page (ISO 14289-1, 7.1; ISO 32000-1, 14.7).

A validator judges form. It passes files in which content inside forms has no owner, so each mark is followed here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pikepdf

from handoutpress.proof.checks.breach import breach
from handoutpress.proof.expectation import Expectation
from handoutpress.proof.findings import ProofFinding
from handoutpress.proof.pdf.finished_pdf import FinishedPdf
from handoutpress.proof.pdf.marks import MarkedContent, MarkedSequence, StreamKey
from handoutpress.proof.pdf.tree import ObjectKey


def check_structure(pdf: FinishedPdf, _: Expectation) -> list[ProofFinding]:
    """Check that each piece of content has one element that the root reaches, and each element what it points to."""
    if pdf.tree.root is None:
        return [breach(pdf, "tags.missing", "The file has no structure tree.")]
    findings = [*_settings(pdf)]
    if not pdf.tree.is_whole:
        findings.append(breach(pdf, "tags.broken-tree", "Part of the structure tree cannot be read."))
    findings += _owners(pdf)
    findings += _sequences(pdf)
    findings += _parent_tree(pdf)
    return findings


def _settings(pdf: FinishedPdf) -> Iterator[ProofFinding]:
    root = pdf.pdf.Root
    marked = root.get("/MarkInfo", pikepdf.Dictionary()).get("/Marked")
    if marked != True:  # noqa: E712
        sentence = "The file does not say that it is tagged."
        yield breach(pdf, "tags.settings", sentence, measured=str(marked), wanted="/Marked true")
    title_shown = root.get("/ViewerPreferences", pikepdf.Dictionary()).get("/DisplayDocTitle")
    if title_shown != True:  # noqa: E712
        sentence = "The file shows its file name instead of its title."
        yield breach(pdf, "tags.settings", sentence, measured=str(title_shown), wanted="/DisplayDocTitle true")


def _owners(pdf: FinishedPdf) -> Iterator[ProofFinding]:
    """Compare the identifiers on the pages with those that elements point to (ISO 32000-1, 14.7.4)."""
    elements = Counter(content for _, content in pdf.tree.contents())
    pages: dict[MarkedContent, int] = {}
    for page in reversed(pdf.pages):
        pages.update({sequence.content: page for sequence in pdf.marks(page).sequences if sequence.content})
    for content, page in sorted(pages.items(), key=lambda entry: entry[1]):
        box, name = pdf.content_boxes.get(content), f"Marked content {content.mcid}"
        if content not in elements:
            yield breach(pdf, "tags.no-owner", f"{name} has no element in the structure tree.", page, box)
        elif elements[content] > 1:
            sentence, measured = f"{name} belongs to more than one element.", str(elements[content])
            yield breach(pdf, "tags.two-owners", sentence, page, box, measured=measured, wanted="1")
    for element, content in pdf.tree.contents():
        if content not in pages:
            sentence = f"A {element.kind} element points to marked content {content.mcid}, which no page shows."
            yield breach(pdf, "tags.dangling", sentence)


def _sequences(pdf: FinishedPdf) -> Iterator[ProofFinding]:
    """Check for nested and repeated identifiers, artifacts in the wrong place, and marks without any owner."""
    for page in pdf.pages:
        counts: Counter[MarkedContent] = Counter()
        for sequence in pdf.marks(page).sequences:
            box = pdf.content_boxes.get(sequence.owner) if sequence.owner else None
            yield from (breach(pdf, rule, sentence, page, box) for rule, sentence in _nesting(sequence))
            if sequence.content:
                counts[sequence.content] += 1
        for content, count in counts.items():
            if count > 1:
                sentence, box = f"Marked content {content.mcid} begins {count} times.", pdf.content_boxes.get(content)
                yield breach(pdf, "tags.repeated-mcid", sentence, page, box, measured=str(count), wanted="1")
        yield from _untagged(pdf, page)


def _nesting(sequence: MarkedSequence) -> Iterator[tuple[str, str]]:
    above = [parent for parent in sequence.parents if parent.mcid is not None]
    inside_artifact = any(parent.tag == "/Artifact" for parent in sequence.parents)
    # Artifacts and tagged content never contain one another (ISO 14289-1, 7.1).
    if sequence.mcid is not None and above:
        yield "tags.nested", f"Marked content {sequence.mcid} stands inside marked content {above[-1].mcid}."
    if sequence.mcid is not None and (inside_artifact or sequence.tag == "/Artifact"):
        yield "tags.artifact-nested", f"Marked content {sequence.mcid} stands inside an artifact."
    if sequence.tag == "/Artifact" and above:
        yield "tags.artifact-nested", f"An artifact stands inside marked content {above[-1].mcid}."


def _untagged(pdf: FinishedPdf, page: int) -> Iterator[ProofFinding]:
    """Check for text outside all marked content; paths alone are left to the validator (ISO 14289-1, 7.1)."""
    marks = [mark for mark in pdf.marks(page).texts if not (mark.owner or mark.is_artifact) and mark.text.strip()]
    if marks:
        box = marks[0].box
        for mark in marks[1:]:
            box = box.around(mark.box)
        words = " ".join(mark.text for mark in marks)[:60]
        yield breach(pdf, "tags.untagged", f"Text is neither tagged nor an artifact: {words!r}.", page, box)


def _parent_tree(pdf: FinishedPdf) -> Iterator[ProofFinding]:
    """Check that each entry of the parent tree is the element that holds the content, and each content has its entry.

    See ISO 32000-1, 14.7.4.4.
    """
    holders = {content: element.key for element, content in pdf.tree.contents()}
    reached = {element.key for element in pdf.tree.elements}
    numbers = _struct_parents(pdf)
    expected: dict[int, dict[int, ObjectKey]] = {}
    for content, holder in holders.items():
        if content.stream in numbers:
            expected.setdefault(numbers[content.stream], {})[content.mcid] = holder
    for number, entries in pdf.tree.parents.items():
        owners = entries if isinstance(entries, list) else [entries]
        lost = [owner for owner in owners if owner is not None and owner not in reached]
        if lost:
            sentence = f"Entry {number} of the parent tree names {len(lost)} element(s) that the root does not reach."
            yield breach(pdf, "tags.parent-tree", sentence)
        elif isinstance(entries, list):
            yield from _compare_entry(pdf, number, entries, expected.get(number, {}))
    for number in expected.keys() - pdf.tree.parents.keys():
        sentence = f"The parent tree lacks entry {number}, which a page or form asks for."
        yield breach(pdf, "tags.parent-tree", sentence)


def _compare_entry(
    pdf: FinishedPdf, number: int, entries: list[ObjectKey | None], expected: dict[int, ObjectKey]
) -> Iterator[ProofFinding]:
    named = {mcid: owner for mcid, owner in enumerate(entries) if owner is not None}
    wrong = sorted(mcid for mcid in named.keys() | expected.keys() if named.get(mcid) != expected.get(mcid))
    if wrong:
        listed = ", ".join(str(mcid) for mcid in wrong[:8])
        sentence = f"Entry {number} of the parent tree is wrong for marked content {listed}."
        yield breach(pdf, "tags.parent-tree", sentence)


def _struct_parents(pdf: FinishedPdf) -> dict[StreamKey, int]:
    """Return the /StructParents number of each page and form that holds marked content."""
    numbers: dict[StreamKey, int] = {}
    for page in pdf.pages:
        for sequence in pdf.marks(page).sequences:
            if sequence.mcid is not None and sequence.stream not in numbers:
                holder = pdf.pdf.get_object(sequence.stream)
                if "/StructParents" in holder:
                    numbers[sequence.stream] = int(holder["/StructParents"])
    return numbers
