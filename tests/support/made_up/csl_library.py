"""A reference library of every type of CSL, with every kind of field, date, name and markup that exports bring."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

from handoutpress.content.models.csl_words import CSL_TYPES

TYPES = tuple(sorted(CSL_TYPES))
"""All types of CSL 1.0.2."""
TITLES = (
    "CO<sub>2</sub> and <i>E. coli</i> in clinics &amp; homes",
    'A <span class="nocase">GmbH</span> of <span style="font-variant:small-caps;">small</span> <b>cups</b>?',
    "Ca<sup>2+</sup>, 10<sup>-3</sup> and x<sup>n</sup> at p < 0.05 and r > 0.4",
    "*In vitro* work, **now**, on H~2~O and 10^9^ cells",
    "What is <i>this?</i>",
    "It ends in a point.",
    'Needles “in quotes,” and "others"',
    "A* search, 5 * 3, and B*-trees",
    "<jats:italic>Qi</jats:italic> & the &lt;tag&gt; of R&amp;amp;D",
    "Кровь und Körper: 針灸",
    "An open <i>tag and a closing</sub> one",
)
NAMES: tuple[dict[str, Any], ...] = (
    {"family": "Doe", "given": "Jane A."},
    {"family": "Berg", "given": "Jan", "non-dropping-particle": "van den"},
    {"family": "Alembert", "given": "Jean", "non-dropping-particle": "d’"},
    {"family": "King", "given": "Martin Luther", "suffix": "Jr."},
    {"family": "Humboldt", "given": "Alexander", "dropping-particle": "von"},
    {"literal": "World Health Organization"},
    {"literal": "M&amp;S <i>Trust</i>", "comma-suffix": True},
    {"family": "李", "given": "明"},
    {"given": "Plato"},
    {"family": "O'Neil", "given": "Zoë-Anne", "ORCID": "0000-0001", "isInstitution": False},
)
DATES: tuple[Any, ...] = (
    {"date-parts": [[2019, 3, 1]]},
    {"date-parts": [["2019", "3"]]},
    [{"year": 2020, "season": 3}],
    [{"year": 2019, "month": 3, "day": 1}],
    [{"year": 2016}, {"year": 2017}],
    "2019-03-01/2019-04-02",
    "1990~",
    2012,
    "2012-21",
    {"literal": "2017-14/2017-15"},
    [{"literal": "in press 2021"}],
    {"raw": "2018 Mar"},
    {"date-parts": [[-50]], "circa": 1},
    {"date-parts": [[2010, 12, 30], [2011, 1, 2]]},
    None,
)
FIELDS: dict[str, tuple[Any, ...]] = {
    "container-title": ("Journal of <i>Ex</i>amples &amp; Co.", "J. Ex.", "Ex"),
    "container-title-short": ("J. Ex.", "J Ex"),
    "journalAbbreviation": ("J Ex",),
    "collection-title": ("Series of <i>things</i>",),
    "collection-number": (4, "IV"),
    "volume": (54, "54", "S1"),
    "issue": ("2", 2, "Suppl. 1"),
    "page": ("12-19", "e12", "S3–S9", "1, 4-5"),
    "number-of-pages": (312, "xii, 312"),
    "number": ("NCT01234", 7),
    "edition": (2, "2nd", "Revised"),
    "genre": ("PhD thesis", "Report"),
    "medium": ("CD-ROM",),
    "publisher": ("Ex & Sons", "O&#39;Neil Press"),
    "publisher-place": ("London",),
    "event": ("Congress of Ex",),
    "event-title": ("Congress of Ex",),
    "event-place": ("Wien",),
    "archive": ("Archive of Ex",),
    "archive_location": ("Box 3",),
    "section": ("4",),
    "DOI": ("10.1234/ex.5678", "https://doi.org/10.1234/ABC(10)60014-3"),
    "PMID": (12345678, "PMID 123456"),
    "PMCID": ("PMC123",),
    "URL": ("https://clinic.example/a_b~c?d=1&e=*x*",),
    "ISSN": ("00001234",),
    "abstract": ("<p>Long.</p> **None**",),
    "note": ("Extra: words\nPMCID: PMC9", "see also"),
    "language": ("en", "de-DE"),
    "citation-key": ("Doe2019",),
    "source": ("Crossref",),
    "accessed": ("03:54:37", {"date-parts": [[2022, 12, 7]]}, [{"year": 2022, "month": 12, "day": 7}]),
    "title-short": ("Short <i>t</i>",),
    "volume-title": ("Vol",),
    "custom": ({"status": "confirmed"},),
}


def csl_library(seed: int, count: int = 300) -> list[dict[str, Any]]:
    """Return ``count`` entries, the same for the same ``seed``; the types come in turn."""
    chance = random.Random(seed)
    return [dict(_entry(chance, number)) for number in range(count)]


def _entry(chance: random.Random, number: int) -> Iterator[tuple[str, Any]]:
    yield (
        "id",
        chance.choice(("Doe2019Knee{}", "who_{}", "a:b.c+{}", "müller-{}", "http://z.org/items/{}")).format(number),
    )
    yield "type", TYPES[number % len(TYPES)]
    yield "title", chance.choice(TITLES)
    for role in ("author", "editor", "translator", "collection-editor", "director"):
        if chance.random() < 0.6:
            yield role, chance.sample(NAMES, chance.randint(1, 4))
    if (issued := chance.choice(DATES)) is not None:
        yield "issued", issued
    for field, values in FIELDS.items():
        if field == "custom" or chance.random() < 0.4:
            yield field, chance.choice(values)
