"""The start of a project: a small sample, and a handout to fill in."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from handoutpress.content.project import builtin_root

HANDOUT = """\
# yaml-language-server: $schema=../schemas/handout.schema.json
# Fill in each part in plain words: short sentences, one idea each. "handouts docs writing" says how.
title: {title}
subtitle: What it is, what it may do for you, and what the risks are
practices: [{name}]
main_message: |
  The one thing that a patient should remember.
what_it_is: |
  What is done, by whom, and how it is meant to work.
what_to_expect: |
  What happens before, during and after a session, and how long it takes.
# What it may help with. Each benefit needs a reference from references.yaml.
# benefits:
#   items:
#     - condition: Tension-type headache
#       wording: may give short-term relief for some people.
#       duration: short-term
#       evidence: moderate
#       references: [linde-2016-headache]
risks:
  items:
    # A harm, how many of how many had it, and who counted. Harms without a figure leave count, of and per out.
    - name: a bruise or some bleeding
      severity: mild
      references: [{reference}]
tell_us_first: |
  Before you start, tell us if you:

  - take any medicine
  - are or may be pregnant
after_care: |
  - Keep taking your prescribed medicines.
  - See a doctor about new or worse symptoms.
urgent_help: |
  Get help at once if you notice:

  - trouble with your breathing, or chest pain
alternatives: |
  You can also choose no treatment. Ask your doctor about other choices.
questions:
  - How likely is this to help me?
  - What are the risks for someone like me?
version: "0.1"
date: 2026-01-01
author: Your name
article:
  url: https://example.org/articles/{name}
  title: {title}
  author: Your name
  date: 2026-01-01
"""


def handout_skeleton(name: str, reference: str) -> str:
    """Return the YAML of a new handout; ``reference`` is a key of the library that its first risk may cite."""
    return HANDOUT.format(name=name, title=name.replace("-", " ").capitalize(), reference=reference)


def sample_files() -> Iterator[tuple[Path, Path]]:
    """Yield the files of a small project: where each goes in it, and where it is now."""
    root = builtin_root()
    source = root / "sample" if (root / "sample").is_dir() else root
    yield Path("references.yaml"), source / "references.yaml"
    for path in sorted((source / "handouts").glob("*.en.yaml")):
        yield Path("handouts") / path.name, path
