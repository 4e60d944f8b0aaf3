"""Sections of an article that a handout has a part of its own for."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace

from handoutpress.content.models.languages import HelpWords
from handoutpress.content.text.help_steps import forbidden, sends_to_unnamed, steps_in
from handoutpress.content.text.section_headings import section_of
from handoutpress.editorial.importing.article import ImportedArticle, ImportedSection
from handoutpress.editorial.importing.blocks import Doubt
from handoutpress.editorial.importing.ladder.help_ladder import MAX_PART, HelpLadder

TEXTS = ("what_to_expect", "tell_us_first", "after_care", "normal", "call_us", "urgent_help", "alternatives")
"""Parts of a handout that are one text, in a draft's order; others, such as the risks, are lists that people fill."""
MAX_TEXT = 9_000
"""Characters of one text; the model allows 20,000, and citations take their share."""
MAX_QUESTIONS = 7
_HEADED = {
    **dict.fromkeys(("before_you_start", "before_you_come"), "tell_us_first"),
    **dict.fromkeys(("if_it_hurts", "how_to_use", "what_to_do", "self_care", "at_home"), "after_care"),
    "serious_harms": "risks",
}
"""Headings that languages have besides those of the parts, and the parts that kinds of handouts set under them."""
_NOT_FOUND = {
    "risks": "No heading is one of risks or side effects: find what the article says of them, and write it into risks.",
    "tell_us_first": "No heading asks what a patient must tell beforehand: find what the article says of it, and "
    "write it into tell_us_first.",
}
"""What is said where an article seems to lack what every card prints."""
_STAYS = frozenset({"what_it_is", "comparison", "references", "read_on", "your_notes", "contact", "clinic_note"})
"""Parts that the draft sees to itself, or that a handout has beside what is written."""
_MOST_BEFORE = 5
"""So many words of a heading may stand before those that forbid."""
_WHAT_IS = re.compile(
    r"^what(?:(?:\s+exactly)?\s+(?:is|are)|['’]s)\b|^(?:about|definition|overview|introduction)$", re.IGNORECASE
)
_NOT_WHAT_IS = re.compile(
    r"\b(?:risks?|side[- ]effects?|harms?|dangers?|complications?|safe|safety|benefits?|advantages?|help|helps|treats?"
    r"|expect|cost|costs|price|evidence|research|studies|alternatives?|options?|contraindications?|warnings?|precautions?"
    r"|symptoms?|signs?|causes?|after|afterwards|next|questions?)\b",
    re.IGNORECASE,
)
"""Headings "What are …" that ask for something else than what the practice is."""
_ASKED = {
    "what_to_expect": r"what (?:happens|will happen|to expect|is done|we do|will we do)\b"
    r"|(?:at |during )?(?:your|my|the) (?:first )?(?:appointment|visit|session|treatment)s?$"
    r"|how (?:is it|does it|do we|is .{1,30}) (?:done|go|do it)$",
    "risks": r"(?:(?:what|which) are the |are there (?:any )?|the )?"
    r"(?:(?:possible|potential|common|rare|serious|known|likely|main|other|less|very|and|or|more) ){0,3}"
    r"(?:side[- ]effects|complications|risks|harms|adverse (?:effects|reactions|events))\b(?! of not\b)"
    r"|what (?:can|could|might) go wrong\b",
    "tell_us_first": r"before (?:you|we|i) (?:start|begin|come)|before .{1,40}\b(?:tell|let) us\b"
    r"|who (?:should|can|must) not\b|contra-?indications?$"
    r"|when (?:should|can|must) (?:i|you) not\b|(?:please )?(?:tell|let) us\b"
    r"|is it (?:safe|suitable|right) for (?:me|you|everyone|everybody)",
    "after_care": r"after(?:wards|care| care)?\b(?! effects)|help(?:ing)? yourself|self[- ]care|home care"
    r"|(?:looking|look|caring|care) (?:after|for) (?:yourself|it|them|(?:your|the) (?!data|privacy)\w+)"
    r"|(?:when|once) (?:i|you) (?:are|get|go) (?:back )?home|(?:care |recovery |recovering )?at home$"
    r"|how (?:do|should|can) (?:i|you) look after\b|(?:your )?recovery$"
    r"|(?:in )?the (?:first|next) (?:\d+ |few |two )?(?:hours?|days?|nights?|weeks?)\b"
    r"|what (?:to|can i|should i|you can|you should) do (?:at home|after|afterwards|yourself|to help)\b",
    "call_us": r"(?:when (?:should|must|do|can|to) (?:i |you )?)?(?:call|ring|phone|contact|tell|ask|(?:speak|talk) to"
    r"|get in touch with) (?:us|the (?:clinic|practice))\b|(?:when (?:to|should i) )?get in touch\b"
    r"|who (?:to|should i|can i|do i) (?:contact|call|ring|phone|ask)\b"
    r"|if (?:you|i)(?: are|['’]re| am|['’]m)? (?:worried|unsure)\b"
    r"|(?:any |other )?(?:problems|worries|concerns)(?: or (?:problems|worries|concerns|questions))?$",
    "urgent_help": r"when (?:should|must|do|to) (?:i |you )?(?:call|ring|phone|contact|get|seek|see)\b"
    r"|when (?:should|must|do|to) (?:i |you )?need .{0,20}\b(?:help|doctor|999|911|112)\b"
    r"|when (?:should|do) (?:i|you) worry|(?:get |seek )?(?:urgent|emergency)\b|(?:warning|danger) signs|red flags"
    r"|(?:stop and )?(?:get|seek|call for) (?:medical |a doctor['’]s )?(?:help|attention|care)\b"
    r"|in an emergency|emergencies$"
    r"|(?:call|ring|dial|phone) (?:999|911|112|000|an ambulance|for help)\b"
    r"|(?:signs|symptoms|problems|what|things) to (?:look|watch) (?:out )?for\b(?! in\b| when choosing)"
    r"|go to (?:a ?& ?e|accident|hospital|the emergency|the er)\b",
    "alternatives": r"(?:what (?:are the|are my|other) |are there (?:any )?)?(?:other|alternative)s?"
    r"(?: (?:choices|options|treatments|ways|things you c(?:an|ould) (?:do|try)))?$"
    r"|do i have to\b|what else (?:can|could)\b|what if i do(?: not|n['’]t)\b",
    "questions": r"(?:questions|what)\b.{0,25}\bask\b",
}
_ASKED_PATTERNS = {part: re.compile(rf"^(?:{pattern})", re.IGNORECASE) for part, pattern in _ASKED.items()}
"""How English leaflets head the parts of a handout, beside the headings that handouts have."""


def explains(section: ImportedSection) -> bool:
    """Return whether a section says what the practice is, in few words enough for one part."""
    if section.part:
        return False
    heading = section.heading.text
    asks_what = len(heading) <= 200 and _WHAT_IS.match(heading) and not _NOT_WHAT_IS.search(heading)
    return bool(asks_what) and sum(len(part.text) + 100 for part in section.parts) < MAX_TEXT // 2


def _part_of(section: ImportedSection, headings: Mapping[str, str]) -> str:
    """Return the part whose very heading a section has, or one that English leaflets head so, or nearly so."""
    heading = section.heading.text.rstrip(" ?:.!")
    same = (part for part, own in headings.items() if own.casefold().rstrip(" ?:.!") == heading.casefold())
    asked = (part for part, pattern in _ASKED_PATTERNS.items() if len(heading) <= 60 and pattern.match(heading))
    part = next(same, "") or next(asked, "") or section_of(heading, headings)
    return _HEADED.get(part, part)


def _fits(section: ImportedSection, part: str) -> bool:
    """Return whether all that stands in a section can stand in ``part``: one text, or a few questions."""
    if part == "questions":
        asks = all(block.kind == "bullet" and block.text.endswith("?") for block in section.parts)
        return asks and 0 < len(section.parts) <= MAX_QUESTIONS
    return part in TEXTS and 0 < sum(len(block.text) for block in section.parts) < MAX_PART


def with_parts(
    article: ImportedArticle,
    headings: Mapping[str, str],
    words: HelpWords | None = None,
    asked: Collection[str] = tuple(_NOT_FOUND),
) -> ImportedArticle:
    """Give the first section under nearly the heading of a part to that part; whatever is like one gets a doubt.

    Sections that send to help are parted by whom they send to; ``words`` are those of the language,
    and ``asked`` the parts that its kind needs.
    """
    taken, met = set[str](), set[str]()
    sections: list[ImportedSection] = []
    doubts: list[Doubt] = []
    ladder = HelpLadder(words)
    for section in article.sections:
        part = _part_of(section, headings)
        if not explains(section) and ladder.takes(section, part):
            continue
        if not part or part in _STAYS:
            sections.append(section)
            doubts += [*_sends_to_help(section, words), *_forbids(section, words)]
            continue
        fits = part not in taken and _fits(section, part)
        taken |= {part} if fits else set()
        sections.append(replace(section, part=part if fits else ""))
        said = f"was taken for {part}: see whether it says all that belongs there."
        if not fits:
            said = f"is a heading of {part}: move what it says there, and delete the section."
        sentence = f"“{section.heading.text}” {said}"
        doubts.append(Doubt(section.heading.place, sentence))
        doubts += _sends_to_help(section, words)
        met.add(part)
    sections += ladder.sections()
    sections.sort(key=lambda section: section.heading.place)
    # The risks of a sheet that names its treatment may be its own.
    needed = {*asked, *(["risks"] if "about" in asked else [])} - met
    doubts += [*ladder.doubts, *(Doubt(0, said) for part, said in _NOT_FOUND.items() if part in needed)]
    return replace(article, sections=tuple(sections), doubts=(*article.doubts, *doubts))


def _sends_to_help(section: ImportedSection, words: HelpWords | None) -> Iterator[Doubt]:
    """Yield the doubt about a line outside of the ladder that sends to help: a card and a poster lack it."""
    name = f"“{section.heading.text}”" if section.heading.text else "What stands above the first heading"
    for block in section.parts:
        if "emergency" in steps_in(block.text, words):
            said = "sends to an emergency. If it is a sign to get help for, move it into urgent_help"
            yield Doubt(block.place, f"{name} {said}: {block.text}")
        elif sends_to_unnamed(block.text, words):
            said = (
                "sends to help and does not say whose. Move signs of an emergency into the first list of "
                "urgent_help, others into a second one there or into call_us"
            )
            yield Doubt(block.place, f"{name} {said}: {block.text}")


def _forbids(section: ImportedSection, words: HelpWords | None) -> Iterator[Doubt]:
    """Yield the doubt about a section that forbids something: of what an article says, cards print what to do alone.

    A heading may forbid all that stands below it ("Things to avoid").
    """
    name = f"“{section.heading.text}”" if section.heading.text else "What stands above the first heading"
    said = "forbids something, and no card prints it. If a patient must not do it, move it into after_care"
    heading = section.heading.text.split()
    if any(forbidden(" ".join(heading[start:]), words) for start in range(min(len(heading), _MOST_BEFORE))):
        yield Doubt(section.heading.place, f"{name} {said}.")
        return
    found = ((block, forbidden(block.text, words)) for block in section.parts)
    if told := next(((block, match[1]) for block, match in found if match), None):
        yield Doubt(told[0].place, f"{name} {said}: {told[1]}")
