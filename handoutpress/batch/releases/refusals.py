"""What must not be released, and why, as far as it can be told before anything is printed: all of it at once."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path

from handoutpress.batch.releases.approvals import Approved, Digests, lapsed
from handoutpress.batch.releases.recalls import Recall, recalled_problems
from handoutpress.content.brand.brand import Brand
from handoutpress.content.editions import Edition, HandoutFile
from handoutpress.content.loading import SETTINGS
from handoutpress.content.models.web_addresses import readable_address
from handoutpress.content.project import Project
from handoutpress.proof.checks.addresses import is_placeholder
from handoutpress.yamlfile.problems import Problem
from handoutpress.yamlfile.textfile import place_at

DEMANDED = "The brand demands approval."
A_DAY = timedelta(days=1)
"""By which a clinic's day may be ahead of this computer's."""
PLACEHOLDER = (
    "give the real address; names like example.com, those that end in .example or .test, and those of a network of "
    "your own lead nowhere."
)


def unready(project: Project, editions: Collection[Edition], recalls: Sequence[Recall], day: date) -> list[Problem]:
    """Find what must not be released on ``day``, in the order of files.

    These are drafts, reviews still to come, placeholder addresses and recalled versions.
    """
    handouts = {edition.handout_file.path: edition.handout_file for edition in editions}
    brands = {edition.brand_slug: edition.brand for edition in editions}
    problems = [problem for file in handouts.values() for problem in _drafts(project, file, day)]
    problems += [problem for file in handouts.values() for problem in _unread_claims(project, file)]
    texts = [text for edition in editions for text in edition.texts]
    problems += recalled_problems(project, texts, recalls)
    problems += [problem for brand in brands.values() for problem in _brand_placeholders(project, brand)]
    shared = {
        edition.handout_file.path: edition.handout_file
        for edition in editions
        if not edition.brand.article_url and not edition.brand.site
    }
    problems += [problem for file in shared.values() for problem in _handout_placeholders(project, file)]
    return sorted(set(problems))


def _drafts(project: Project, file: HandoutFile, day: date) -> Iterator[Problem]:
    source, translation = project.read(file.path), file.handout.translation
    if file.handout.reviewed is None:
        hint = 'after a review, add "reviewed" with "by", "on" and "next".'
        yield source.problem(("title",), "No clinician has reviewed this handout.", hint, key=True)
    elif file.handout.reviewed.on > day + A_DAY:
        sentence = f"The review is dated {file.handout.reviewed.on.isoformat()}, which is still to come."
        yield source.problem(("reviewed", "on"), sentence, "write the day on which it was reviewed.")
    if translation is not None and translation.status == "draft":
        hint = 'have someone who speaks the language compare it with its source, then write "status: reviewed".'
        yield source.problem(("translation", "status"), "Nobody has reviewed this translation.", hint)


def _unread_claims(project: Project, file: HandoutFile) -> Iterator[Problem]:
    """Find a handout whose claims no rule can judge, and no person has judged since it was written."""
    if f"claim-words.{file.language.partition('-')[0]}" in project.files("rules"):
        return
    source, read = project.read(file.path), file.handout.claims_read
    hint = 'have someone who speaks it read it for what it may not claim, then add "claims_read" with "by" and "on".'
    if read is None:
        sentence = "There are no word rules in this language, and nobody answers for what the handout claims."
        yield source.problem(("title",), sentence, hint, key=True)
    elif read.on < file.handout.date:
        sentence = f"{read.by} read it for claims on {read.on.isoformat()}, and it was changed since."
        yield source.problem(("claims_read", "on"), sentence, hint)


def _handout_placeholders(project: Project, file: HandoutFile) -> Iterator[Problem]:
    """Find placeholders among the addresses to which codes lead where a brand keeps no articles of its own."""
    article = file.handout.article
    addresses = (("url", article.url), ("references_url", article.references_url)) if article else ()
    for name, address in addresses:
        if address and is_placeholder(address):
            source = project.read(file.path)
            yield source.problem(("article", name), f"The address {address} is a placeholder.", PLACEHOLDER)


def _brand_placeholders(project: Project, brand: Brand) -> Iterator[Problem]:
    for address in filter(None, (brand.article_url, brand.site, brand.link)):
        if is_placeholder(address):
            yield _brand_problem(project, brand, address)
    for contact in brand.contacts:
        if contact.email and is_placeholder(f"https://{contact.email.partition('@')[2]}"):
            yield _brand_problem(project, brand, contact.email)


def _brand_problem(project: Project, brand: Brand, address: str) -> Problem:
    """Return the problem of a placeholder, in the brand's own file, or in that of the brand that it extends."""
    sentence = f"The address {address} is a placeholder."
    for path in _where_addresses_stand(project, brand):
        text = path.read_text("utf-8-sig")
        if spelling := next((each for each in _spellings(address) if each in text), ""):
            line, column = place_at(text, text.index(spelling))
            return Problem(Path(project.show(path)), line, column, sentence, PLACEHOLDER)
    return Problem(Path(project.show(brand.path)), *brand.place, sentence, PLACEHOLDER)


def _where_addresses_stand(project: Project, brand: Brand) -> list[Path]:
    files = [path for path in brand.files if path.suffix in (".yml", ".yaml")]
    settings = project.root / SETTINGS
    return [*files, settings] if settings.is_file() else files


def _spellings(address: str) -> tuple[str, ...]:
    """Return an address as links have it, and as people write it."""
    return (address, readable_address(address)) if "://" in address else (address,)


def unapproved(project: Project, brand: Brand, approved: Approved | None, files: Digests | None) -> Problem | None:
    """Return why a brand that demands approval has none, if so. Without ``files`` nobody can tell whether it lapsed."""
    reason = _not_approved(approved, files) if brand.needs_approval else ""
    if not reason:
        return None
    hint = f"build it, look at it, then: handouts approve {brand.slug} --by NAME"
    return Problem(Path(project.show(brand.path)), *brand.place, f"{DEMANDED} {reason}", hint)


def _not_approved(approved: Approved | None, files: Digests | None) -> str:
    if approved is None:
        return "Nobody has approved its PDFs."
    return lapsed(approved, files) if files is not None else ""
