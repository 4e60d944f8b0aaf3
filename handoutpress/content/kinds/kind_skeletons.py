"""The start of a handout of any kind: the parts that it needs, in its order, with what is to be written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from handoutpress.content.models.kinds import ALWAYS_NEEDED, BODY, LADDER, Kind, sections_of

_HEAD = """\
# yaml-language-server: $schema=../schemas/handout.schema.json
# Write what reads TO WRITE, in plain words: short sentences, one idea each. "handouts docs content" lists other parts.
kind: {kind}
"""
_TOP = """\
title: {title}
main_message: "TO WRITE: the one thing that a patient should remember."
"""
_FOOT = """\
version: "0.1"
date: {day}
author: "TO WRITE: your name"
"""
_PARTS: Mapping[str, str] = {
    "about": """\
# The handout of the treatment, whose serious harms are printed here. It is in this project.
about: to-write
""",
    "practices": "practices: [{name}]\n",
    "what_it_is": """\
what_it_is: |
  TO WRITE: what it is, and how it is meant to work.
""",
    "what_to_expect": """\
what_to_expect: |
  TO WRITE: what happens, and how long it takes.
""",
    "risks": """\
risks:
  items:
    # A harm, how many of how many had it, and the key of the paper that says so: "handouts references add" adds papers.
    - name: "TO WRITE: a common harm, such as a bruise or some bleeding"
      # count: 6
      # of: 100
      # per: person
      severity: mild
      # references: [KEY]
    - name: "TO WRITE: a serious harm, whether or not anyone has counted it"
      severity: serious
      # not_counted: why nobody has
      # references: [KEY]
""",
    "tell_us_first": """\
tell_us_first: |
  - any medicine that you take
  - TO WRITE: who else should tell you first
""",
    "after_care": """\
after_care: |
  - Keep taking your prescribed medicines.
  - TO WRITE: what to do
""",
    "normal": """\
# The ladder: what is normal, when to call you, and when to get urgent help.
normal: |
  - TO WRITE: what is normal
""",
    "call_us": """\
# The clinic's telephone number is added.
call_us: |
  - TO WRITE: when to call you
""",
    "urgent_help": """\
# The country's numbers are added.
urgent_help: |
  - trouble with your breathing, or chest pain
  - TO WRITE: the signs that need help at once
""",
    "alternatives": """\
alternatives: |
  You can also choose no treatment. TO WRITE: other choices.
""",
    "body": """\
body:
  - steps:
      heading: "TO WRITE: what these steps are for"
      items:
        - "TO WRITE: the first step"
        - "TO WRITE: the second step"
""",
    "exercises": """\
body:
  - exercises:
      heading: "TO WRITE: what these exercises are for"
      items:
        - name: "TO WRITE: what the first exercise is called"
          steps:
            - "TO WRITE: what to do first"
            - "TO WRITE: what to do next"
""",
}


def kind_skeleton(name: str, kind_slug: str, kind: Kind, day: date) -> str:
    """Return the YAML of a new handout of a kind, of ``day``, with all parts that the kind needs."""
    values = {"name": name, "kind": kind_slug, "title": name.replace("-", " ").capitalize(), "day": day.isoformat()}
    written = [_HEAD, *(["about"] if kind.risks == "from-about" else []), _TOP, *_written(kind), _FOOT]
    return "".join(_PARTS.get(part, part) for part in written).format(**values)


def _written(kind: Kind) -> Iterator[str]:
    """Yield the parts that a new handout of a kind has, in the kind's order."""
    needed = {*kind.needs, *ALWAYS_NEEDED, *(["risks"] if kind.risks == "needed" else [])}
    if "practices" in needed:
        yield "practices"
    for part in kind.order:
        names = sections_of(part) or (part,)
        # Who says when to call says what is normal as well.
        with_ladder = {"normal"} if "call_us" in needed and names == LADDER else set()
        begun = {BODY: "exercises"} if kind.begin_with == "exercises" else {}
        yield from (begun.get(name, name) for name in names if name in needed | with_ladder)
