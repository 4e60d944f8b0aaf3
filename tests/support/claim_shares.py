"""How many sentences of a set are judged otherwise than labelled: `python tests/support/claim_shares.py blind-set`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from handoutpress.content.project import Project
from handoutpress.editorial.checks.claims import claims_in
from handoutpress.editorial.checks.reading.readable import readable
from handoutpress.editorial.checks.reading.sentences import split
from handoutpress.editorial.checks.subject import EditorialRules, jurisdictions, load_rules
from handoutpress.yamlfile.source import read_yaml

ROOT = Path(__file__).parents[2]
CORPUS = Path(__file__).parents[1] / "corpus"
PROJECT = Project(ROOT, ROOT)
RULES = {name: load_rules(PROJECT, name, "en") for name in jurisdictions(PROJECT)}

Entry = dict[str, Any]


def read_set(name: str) -> list[Entry]:
    """Return the labelled sentences of ``tests/corpus/<name>.yaml``."""
    entries: list[Entry] = read_yaml(CORPUS / f"{name}.yaml").data
    return entries


def found(entry: Entry, rules: EditorialRules = RULES["uk"]) -> set[str]:
    """Return the rules that question an entry, read sentence by sentence as a handout is; what is only told, is not."""
    practices = (entry.get("practice", "acupuncture"),)
    section = entry.get("in", "what_it_is")
    claims = [claims_in(sentence.text, section, practices, rules) for sentence in split(readable(entry["text"]))]
    return {claim.rule for sentence_claims in claims for claim in sentence_claims if not claim.is_doubted}


def wrong(entry: Entry) -> str | None:
    """Return whether a sentence is a "miss" or an "alarm"; None if it is judged as labelled."""
    if (entry["label"] == "misleading") == bool(found(entry)):
        return None
    return "miss" if entry["label"] == "misleading" else "alarm"


def stated(entries: list[Entry]) -> str:
    """Return the shares in words, as docs/check.md states them."""
    verdicts = [wrong(entry) for entry in entries]
    labels = [entry["label"] for entry in entries]
    return (
        f"{verdicts.count('miss')} of {labels.count('misleading')} misleading sentences were missed, "
        f"and {verdicts.count('alarm')} of {labels.count('fine')} fine ones gave a false alarm"
    )


if __name__ == "__main__":
    for name in sys.argv[1:]:
        chosen = read_set(name)
        for entry in chosen:
            if verdict := wrong(entry):
                sys.stdout.write(f"{verdict:5}  {entry['text']}\n")
        sys.stdout.write(f"{name}: {stated(chosen)}.\n")
