"""Every rule that a finished PDF is held to: the standard it comes from, and how to mend a breach.

``docs/proof.md`` explains each; a test holds the two together.
"""

from __future__ import annotations

from handoutpress.proof.rules.codes import CODES
from handoutpress.proof.rules.paper import PAPER
from handoutpress.proof.rules.rule import Rule
from handoutpress.proof.rules.tags import TAGS
from handoutpress.proof.rules.words import WORDS

__all__ = ["RULES", "Rule"]

RULES: dict[str, Rule] = {**TAGS, **WORDS, **CODES, **PAPER}
"""By name: the family of checks, a dot, and what is wrong."""
