"""Proving many files: each against what it may be, several at a time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from handoutpress.proof.brand.plate_facts import PlateFacts, learn
from handoutpress.proof.checks.breach import breach, breach_of_file
from handoutpress.proof.checks.copies import read_shares
from handoutpress.proof.checks.registry import CHECKS, prove, prove_file, prove_open
from handoutpress.proof.expectation import NOTHING_EXPECTED, Expectation
from handoutpress.proof.findings import ProofFinding
from handoutpress.proof.pdf.finished_pdf import FinishedPdf, UnreadablePdfError
from handoutpress.proof.pdf.page_pictures import PagePicture, page_pictures
from handoutpress.proof.pdf.text import page_texts, pieces
from handoutpress.proof.report import Report
from handoutpress.store.processes import WORKERS
from handoutpress.yamlfile.problems import HandoutError

WORTH_A_PROCESS = 6
"""Files that pay for starting a process, which takes it about a second."""


@dataclass(frozen=True)
class EditionNames:
    """What an edition is called; all empty for a file from elsewhere."""

    handout: str = ""
    brand: str = ""
    language: str = ""
    format: str = ""
    version: str = ""


@dataclass(frozen=True)
class ProofSubject:
    """A file to prove, and what it may be: any one of ``expectations``. Nothing is expected of a file from elsewhere.

    With ``only``, no other checks than these are made of it. One that is ``older`` than its handout is told as such,
    and not held to what the handout says by now.
    """

    path: Path
    expectations: tuple[Expectation, ...] = (NOTHING_EXPECTED,)
    names: EditionNames = EditionNames()
    only: tuple[str, ...] = tuple(CHECKS)
    older: bool = False


@dataclass(frozen=True)
class Proof:
    """What was found in one file. ``copies`` are the shares of bad copies that read, one a code and reader.

    ``title`` and ``pictures`` are there where a contact sheet was asked for and the file can be drawn; ``facts``
    where the proof of a plate was asked what it tells of other brands.
    """

    path: Path
    findings: tuple[ProofFinding, ...]
    copies: tuple[float, ...] = ()
    names: EditionNames = EditionNames()
    title: str = ""
    pictures: tuple[PagePicture, ...] = ()
    facts: PlateFacts | None = None


def prove_subject(subject: ProofSubject, checks: Sequence[str] = tuple(CHECKS), drawn: bool = False) -> Proof:
    """Prove one file by the expectation that its words come nearest to; ``drawn`` for a contact sheet."""
    checks = [name for name in checks if name in subject.only]
    try:
        data = subject.path.read_bytes()
    except OSError:
        proof = Proof(subject.path, tuple(prove_file(subject.path, checks=checks)))
    else:
        proof = prove_data(subject.path, data, subject.expectations, checks, drawn=drawn)
    older = [breach_of_file(subject.path, "file.older", "The PDF is older than its handout.")] if subject.older else []
    return replace(proof, names=subject.names, findings=(*older, *proof.findings))


def prove_data(
    path: Path,
    data: bytes,
    expectations: Iterable[Expectation],
    checks: Sequence[str],
    *,
    drawn: bool = False,
    plate_bytes: int | None = None,
) -> Proof:
    """Prove a PDF's bytes by the expectation that its words come nearest to; ``path`` is only its name.

    Where the file can be drawn, ``drawn`` keeps what a contact sheet shows, and ``plate_bytes``, which says how many
    of its bytes are its plate's own, what the proof tells of other brands on the plate.
    """
    try:
        pdf = FinishedPdf(path, data)
    except UnreadablePdfError:
        return Proof(path, tuple(prove(path, data, checks=checks)))
    with closing(pdf):
        try:
            return _proof(pdf, expectations, checks, drawn, plate_bytes)
        except HandoutError:  # what was wanted cannot be said
            raise
        except Exception as error:  # a foreign PDF can break any assumption
            sentence = f"The file cannot be read to its end ({type(error).__name__})."
            return Proof(path, (breach(pdf, "file.broken-content", sentence),))


def _proof(
    pdf: FinishedPdf,
    expectations: Iterable[Expectation],
    checks: Sequence[str],
    drawn: bool,
    plate_bytes: int | None,
) -> Proof:
    wanted = nearest(pdf, expectations)
    findings = tuple(prove_open(pdf, wanted, checks))
    if pdf.is_endless:
        return Proof(pdf.path, findings)
    return Proof(
        pdf.path,
        findings,
        copies=tuple(read_shares(pdf)) if "copies" in checks else (),
        title=pdf.title if drawn else "",
        pictures=page_pictures(pdf) if drawn else (),
        facts=None if plate_bytes is None else learn(pdf, plate_bytes, wanted.brandmark),
    )


def nearest(pdf: FinishedPdf, expectations: Iterable[Expectation]) -> Expectation:
    """Return the expectation whose words differ least from those on the pages: full texts before shorter ones.

    Of two that differ as little, less is missing of the one that was printed. After one of which nothing is missing,
    further ones are put together only as long as each differs less than the one before: they say less and less.
    """
    candidates = iter(expectations)
    best = next(candidates)
    if pdf.is_endless:
        return best
    missing, differing = _differing(pdf, best)
    least = before = differing, missing
    while candidate := next(candidates, None):
        missing, differing = _differing(pdf, candidate)
        if missing == before[1] == 0 and differing >= before[0]:
            break
        before = differing, missing
        if before < least:
            best, least = candidate, before
    return best


def _differing(pdf: FinishedPdf, expectation: Expectation) -> tuple[int, int]:
    """Return how many words do not stand on the pages, and how many more stand on one side alone.

    Words count as often as they are wanted, in the text and anywhere: those of references are no words of a figure that
    was left out. Where no people are drawn who are wanted, that counts as a word: a risk told in words alone may have
    the same ones. Those that only the pages have are counted from the same negative number for each expectation:
    a shorter text, which is nowhere missing, leaves more of a full page unsaid.
    """
    if not (expectation.text or expectation.anywhere):
        return 0, 0
    on_pages = pdf.once("pieces", lambda: Counter(pieces(" ".join(page_texts(pdf)))))
    text = Counter(piece for part in expectation.text for piece in pieces(part))
    anywhere = Counter(piece for part in expectation.anywhere for piece in pieces(part))
    missing = (text - on_pages).total() + len(anywhere.keys() - on_pages.keys())
    missing += _lacks_people(pdf, expectation)
    wanted = text + anywhere
    return missing, 2 * (wanted - on_pages).total() - wanted.total()


def _lacks_people(pdf: FinishedPdf, expectation: Expectation) -> bool:
    if not expectation.people:
        return False
    figures = pdf.once("figures", lambda: {each.alt for each in pdf.tree.elements if each.kind == "Figure"})
    return not any(people.spoken in figures for people in expectation.people)


def prove_all(
    subjects: Sequence[ProofSubject], checks: Sequence[str] = tuple(CHECKS), processes: int = 1, drawn: bool = False
) -> Iterator[Proof]:
    """Prove files one after the other, in order, by at most so many processes; ``drawn`` for a contact sheet."""
    processes = min(processes, len(subjects) // WORTH_A_PROCESS)
    prove_one = partial(prove_subject, checks=tuple(checks), drawn=drawn)
    if processes < 2:
        yield from map(prove_one, subjects)
        return
    with ProcessPoolExecutor(processes, WORKERS) as pool:
        yield from pool.map(prove_one, subjects, chunksize=4)


def report_of(proofs: Sequence[Proof]) -> Report:
    """Return the proofs of several files as one report."""
    copies = [share for proof in proofs for share in proof.copies]
    return Report(
        tuple(proof.path for proof in proofs),
        tuple(finding for proof in proofs for finding in proof.findings),
        sum(copies) / len(copies) if copies else None,
    )
