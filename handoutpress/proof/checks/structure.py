"""Our own look at the tags, on the bytes: who owns what on the page (ISO 14289-1, 7.1; ISO 32000-1, 14.7).

A validator judges form. It passes files in which content inside forms has no owner, so each mark is followed here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pikepdf

from handoutpress.proof.expectation import Expectation
from handoutpress.proof.findings import ProofFinding
from handoutpress.proof.pdf.finished_pdf import FinishedPdf
from handoutpress.proof.pdf.geometry import Box
from handoutpress.proof.pdf.marks import Sequence, StreamKey, TextMark
from handoutpress.proof.pdf.tree import ObjectKey

Owner = tuple[StreamKey, int]


def check_structure(pdf: FinishedPdf, _: Expectation) -> list[ProofFinding]:
    """Every piece of content has one element that the root reaches, and every element what it points to."""
    if pdf.tree.root is None:
        return [pdf.finding("tags.missing", "The file has no structure tree.")]
    findings = [*_settings(pdf)]
    if not pdf.tree.is_whole:
        findings.append(pdf.finding("tags.broken-tree", "Part of the structure tree cannot be read."))
    findings += _owners(pdf)
    findings += _sequences(pdf)
    findings += _parent_tree(pdf)
    return findings


def _settings(pdf: FinishedPdf) -> Iterator[ProofFinding]:
    root = pdf.pdf.Root
    marked = root.get("/MarkInfo", pikepdf.Dictionary()).get("/Marked")
    if marked != True:  # noqa: E712
        yield pdf.finding(
            "tags.settings", "The file does not say that it is tagged.", wanted="/Marked true", measured=str(marked)
        )
    shown = root.get("/ViewerPreferences", pikepdf.Dictionary()).get("/DisplayDocTitle")
    if shown != True:  # noqa: E712
        yield pdf.finding(
            "tags.settings",
            "The file shows its file name instead of its title.",
            wanted="/DisplayDocTitle true",
            measured=str(shown),
        )


def _owners(pdf: FinishedPdf) -> Iterator[ProofFinding]:
    """Compare the identifiers on the pages with those that elements point to."""
    counted = Counter((content.stream, content.mcid) for _, content in pdf.tree.contents())
    on_pages: dict[Owner, int] = {}
    for page in reversed(pdf.pages):
        on_pages.update({(s.stream, s.mcid): page for s in pdf.marks(page).sequences if s.mcid is not None})
    boxes = content_boxes(pdf)
    for owner, page in sorted(on_pages.items(), key=lambda entry: entry[1]):
        where, name = (page, boxes.get(owner)), f"Marked content {owner[1]}"
        if owner not in counted:
            yield pdf.finding("tags.no-owner", f"{name} has no element in the structure tree.", where)
        elif counted[owner] > 1:
            yield pdf.finding(
                "tags.two-owners", f"{name} belongs to more than one element.", where, str(counted[owner]), "1"
            )
    for element, content in pdf.tree.contents():
        if (content.stream, content.mcid) not in on_pages:
            sentence = f"A {element.kind} element points to marked content {content.mcid}, which no page shows."
            yield pdf.finding("tags.dangling", sentence)


def content_boxes(pdf: FinishedPdf) -> dict[Owner, Box]:
    """The box around all that stands under each marked-content identifier."""
    boxes: dict[Owner, Box] = {}
    for page in pdf.pages:
        for mark in pdf.marks(page).marks:
            owner = mark.sequence.owner if mark.sequence else None
            if owner is not None:
                boxes[owner] = boxes[owner].around(mark.box) if owner in boxes else mark.box
    return boxes


def _sequences(pdf: FinishedPdf) -> Iterator[ProofFinding]:
    """Nested and repeated identifiers, artifacts in the wrong place, and marks without any owner."""
    boxes = content_boxes(pdf)
    for page in pdf.pages:
        marks = pdf.marks(page)
        seen: Counter[Owner] = Counter()
        for sequence in marks.sequences:
            where = (page, boxes.get(sequence.owner) if sequence.owner else None)
            yield from (pdf.finding(rule, sentence, where) for rule, sentence in _nesting(sequence))
            if sequence.mcid is not None:
                seen[sequence.stream, sequence.mcid] += 1
        for owner, count in seen.items():
            if count > 1:
                sentence = f"Marked content {owner[1]} begins {count} times."
                yield pdf.finding("tags.repeated-mcid", sentence, (page, boxes.get(owner)), str(count), "1")
        yield from _untagged(pdf, page)


def _nesting(sequence: Sequence) -> Iterator[tuple[str, str]]:
    above = [parent for parent in sequence.parents if parent.mcid is not None]
    inside_artifact = any(parent.tag == "/Artifact" for parent in sequence.parents)
    if sequence.mcid is not None and above:
        yield "tags.nested", f"Marked content {sequence.mcid} stands inside marked content {above[-1].mcid}."
    if sequence.mcid is not None and (inside_artifact or sequence.tag == "/Artifact"):
        yield "tags.artifact-nested", f"Marked content {sequence.mcid} stands inside an artifact."
    if sequence.tag == "/Artifact" and above:
        yield "tags.artifact-nested", f"An artifact stands inside marked content {above[-1].mcid}."


def _untagged(pdf: FinishedPdf, page: int) -> Iterator[ProofFinding]:
    """Text and pictures outside all marked content; bare paths are told by the validator (7.1)."""
    loose = [m for m in pdf.marks(page).marks if m.sequence is None or not (m.sequence.owner or m.sequence.is_artifact)]
    texts = [mark for mark in loose if isinstance(mark, TextMark) and mark.text.strip()]
    if texts:
        box = texts[0].box
        for mark in texts[1:]:
            box = box.around(mark.box)
        words = " ".join(mark.text for mark in texts)[:60]
        yield pdf.finding("tags.untagged", f"Text is neither tagged nor an artifact: {words!r}.", (page, box))


def _parent_tree(pdf: FinishedPdf) -> Iterator[ProofFinding]:
    """Each entry of the parent tree is the element that holds the content, and each content has its entry."""
    holders: dict[Owner, ObjectKey] = {(c.stream, c.mcid): e.key for e, c in pdf.tree.contents()}
    reached = {element.key for element in pdf.tree.elements}
    streams = _stream_keys(pdf)
    expected: dict[int, dict[int, ObjectKey]] = {}
    for (stream, mcid), holder in holders.items():
        if stream in streams:
            expected.setdefault(streams[stream], {})[mcid] = holder
    for number, entries in pdf.tree.parents.items():
        owners = entries if isinstance(entries, list) else [entries]
        lost = [owner for owner in owners if owner is not None and owner not in reached]
        if lost:
            sentence = f"Entry {number} of the parent tree names {len(lost)} element(s) that the root does not reach."
            yield pdf.finding("tags.parent-tree", sentence)
        elif isinstance(entries, list):
            yield from _compare_entry(pdf, number, entries, expected.get(number, {}))
    for number in expected.keys() - pdf.tree.parents.keys():
        yield pdf.finding("tags.parent-tree", f"The parent tree lacks entry {number}, which a page or form asks for.")


def _compare_entry(
    pdf: FinishedPdf, number: int, entries: list[ObjectKey | None], expected: dict[int, ObjectKey]
) -> Iterator[ProofFinding]:
    named = {mcid: owner for mcid, owner in enumerate(entries) if owner is not None}
    wrong = sorted(mcid for mcid in named.keys() | expected.keys() if named.get(mcid) != expected.get(mcid))
    if wrong:
        listed = ", ".join(str(mcid) for mcid in wrong[:8])
        yield pdf.finding(
            "tags.parent-tree", f"Entry {number} of the parent tree is wrong for marked content {listed}."
        )


def _stream_keys(pdf: FinishedPdf) -> dict[StreamKey, int]:
    """The /StructParents number of each page and form that holds marked content."""
    found: dict[StreamKey, int] = {}
    for page in pdf.pages:
        for sequence in pdf.marks(page).sequences:
            if sequence.mcid is not None and sequence.stream not in found:
                holder = pdf.pdf.get_object(sequence.stream)
                if "/StructParents" in holder:
                    found[sequence.stream] = int(holder["/StructParents"])
    return found
