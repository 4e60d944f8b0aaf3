"""Whatever stands in a brand's slots is read as it was written: the narrowest sign among them, from either side."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from press_room import BRAND, catalog_of, change
from printed_words.block_samples import with_body
from printed_words.round_trip import not_given

from handoutpress.app.build import assemble_press
from handoutpress.proof.checks.registry import CHECKS
from handoutpress.proof.expectation import expectations
from handoutpress.proof.proving import prove_data

FORMATS = ("a3-poster", "a4-large-print", "a4-trifold", "a5-booklet", "a6-card")
WORDS: dict[str, dict[str, Any]] = {
    "ar": {
        "name": "عيادة التل الأخضر",
        "contacts": [
            {
                "name": "الفرع الأول",
                "address": ["٣ شارع النهر", "ليدز"],
                "phone": "01632 960 432",
                "hours": "السبت: 9–12.",
            },
            {"name": "الفرع الثاني", "address": ["الحديقة"], "phone": "01632 960 433", "email": "b@tal.example"},
        ],
        "people": [{"name": "د. ليلى حداد", "role": "أخصائية علاج", "register": "مجلس المهنة", "number": 1200}],
        "lines": {
            "formats": "اطلب منا نسخة بخط كبير: 01632 960 432.",
            "feedback": "أخبرنا برأيك: raay@tal.example.",
            "disclaimer": "لا تغني هذه النشرة عن حديثك معنا.",
        },
        "call": "اتصل: {phone}",
    },
    "en": {
        "name": "Green Hill",
        "contacts": [{"address": ["3 River Road", "Leeds"], "phone": "01632 960 432", "hours": "Sat: 9–12."}],
        "people": [{"name": "I. Ill", "role": "Osteopath", "register": "A Council", "number": 1200}],
        "lines": {
            "formats": "Ask for this in large print: 01632 960 432.",
            "feedback": "Write to us: i@hill.example.",
            "disclaimer": "It is no talk with us.",
        },
        "call": "Call: {phone}",
    },
}


def clinic_in(language: str, folder: Path, format_: str) -> Path:
    """The small project with words of its language in every slot that has words."""
    words = WORDS[language]
    root = with_body(folder, [{"text": {"text": words["call"]}}], language, (format_,))
    extras = {"people": words["people"], "lines": {language: words["lines"]}, "links": {"instagram": "hill.i"}}

    def fill(brand: Any) -> None:
        brand["meta"].update(name=words["name"], contacts=words["contacts"])
        brand["defaults"]["handout"].update(extras)

    change(root / BRAND, fill)
    return root


@pytest.mark.parametrize(
    ("language", "format_"),
    [
        *((language, "a4-leaflet") for language in WORDS),
        *(pytest.param(*each, marks=pytest.mark.soak) for each in [(code, name) for code in WORDS for name in FORMATS]),
    ],
)
def test_every_sign_in_a_slot_is_read(language: str, format_: str, tmp_path: Path) -> None:
    (edition,) = (catalog := catalog_of(clinic_in(language, tmp_path, format_))).editions()
    data, wanted = assemble_press(catalog).open_plate(edition).print(edition).pdf, expectations(edition, catalog)
    checks = [check for check in CHECKS if check != "copies"]
    assert [str(finding) for finding in prove_data(Path("slots.pdf"), data, wanted, checks).findings] == []
    assert not any(not_given(language, data, wanted).values())
