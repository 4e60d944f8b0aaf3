"""The start of a project: a small sample, and a handout to fill in."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from handoutpress.content.project import builtin_root

UNWRITTEN = "TO WRITE"
"""What stands where a person has yet to write: in a new handout, a draft, an acceptance. Nothing with it is made."""
UNTRANSLATED = "TO TRANSLATE"
"""What stands in a translation where a text, or its new wording, is still to be written."""
TO_WRITE_SLUG = "to-write"
"""The same as ``UNWRITTEN`` in place of a handout's name."""
UNWRITTEN_ADDRESS = "https://to-write.invalid/"
"""The same for an address; no such host can exist (RFC 2606, 2)."""
UNKNOWN_DAY = date(2000, 1, 1)
"""The same for a day."""

_HANDOUT = """\
# yaml-language-server: $schema=../schemas/handout.schema.json
# Write what reads TO WRITE, in plain words: short sentences, one idea each. "handouts docs writing" says how.
title: {title}
subtitle: What it is, what it may do for you, and what the risks are
practices: [{name}]
main_message: "TO WRITE: the one thing that a patient should remember."
what_it_is: |
  TO WRITE: what is done, by whom, and how it is meant to work.
what_to_expect: |
  TO WRITE: what happens before, during and after a session, and how long it takes.
# What it may help with. Each benefit needs a reference from your library.
# benefits:
#   items:
#     - condition: Tension-type headache
#       wording: may give short-term relief for some people.
#       duration: short-term
#       evidence: moderate
#       references: [KEY]
risks:
  items:
    # A harm, how many of how many had it, and the key of the paper that says so: "handouts references add" adds papers.
    # Harms without a figure leave count, of and per out.
    - name: "TO WRITE: a common harm, such as a bruise or some bleeding"
      # count: 6
      # of: 100
      # per: person
      severity: mild
      # references: [KEY]
    - name: "TO WRITE: a serious harm, whether or not anyone has counted it"
      severity: serious
      # references: [KEY]
tell_us_first: |
  Before you start, tell us if you:

  - take any medicine
  - are or may be pregnant
  - TO WRITE: who else should tell you first
after_care: |
  - Keep taking your prescribed medicines.
  - See a doctor about new or worse symptoms.
  - TO WRITE: what to do, and what is normal
urgent_help: |
  Get help at once if you notice:

  - trouble with your breathing, or chest pain
  - TO WRITE: the signs of each serious harm
alternatives: |
  You can also choose no treatment. TO WRITE: other choices.
questions:
  - How likely is this to help me?
  - What are the risks for someone like me?
version: "0.1"
date: {day}
author: "TO WRITE: your name"
article:
  # TO WRITE: where the full article can be read on the web, and who wrote it when.
  url: {address}
  title: {title}
  author: "TO WRITE: who wrote the article"
  date: {unknown}
"""


def handout_skeleton(name: str, day: date) -> str:
    """Return the YAML of a new handout of ``day``."""
    title = name.replace("-", " ").capitalize()
    places = {"address": UNWRITTEN_ADDRESS, "unknown": UNKNOWN_DAY.isoformat(), "day": day.isoformat()}
    return _HANDOUT.format(name=name, title=title, **places)


def mail_settings_skeleton() -> str:
    """Return a ``mail.yaml`` to fill in, for the top of a project."""
    sample = (builtin_root() / "docs" / "mail.yaml").read_text("utf-8")
    return sample.replace("$schema=../schemas/", "$schema=schemas/")


def sample_files() -> Iterator[tuple[Path, Path]]:
    """Yield the files of a small project: where each goes in it, and where it is now."""
    root = builtin_root()
    source = root / "sample" if (root / "sample").is_dir() else root
    yield Path("references.yaml"), source / "references.yaml"
    for path in sorted((source / "articles").glob("*.en.md")):
        handout = f"{path.name.removesuffix('.md')}.yaml"
        yield Path("handouts") / handout, source / "handouts" / handout
        yield Path("articles") / path.name, path
