"""Every word that is printed is read by the rules on words, whatever file it stands in, and as it is seen."""

from __future__ import annotations

import re
from copy import deepcopy
from pathlib import Path
from typing import Annotated, Any

import pytest
import yaml
from claim_shares import RULES
from editor_room import CASES, ROOT, SHIPPED, TODAY, checked, spoilt
from pydantic import BaseModel

from handoutpress.content.brand.keys import BrandFile
from handoutpress.content.models.countries import Country
from handoutpress.content.models.formats import Format
from handoutpress.content.models.handouts import Handout
from handoutpress.content.models.languages import Language
from handoutpress.content.models.mail_settings import MailSettings
from handoutpress.content.project import Project
from handoutpress.editorial.check_project import check_project
from handoutpress.editorial.checks.characters import character_remarks
from handoutpress.editorial.checks.claims import claim_remarks
from handoutpress.editorial.checks.prose import Prose, printed_prose
from handoutpress.editorial.checks.reading.readable import readable
from handoutpress.editorial.word_check import PrintedFile, check_words
from handoutpress.yamlfile.explain import load_record
from handoutpress.yamlfile.printed import printed_texts
from handoutpress.yamlfile.record import NOT_PRINTED, Record, SingleLine, Slug
from handoutpress.yamlfile.source import Location, YamlSource, read_yaml

CLAIM = "Acupuncture cures asthma"
BRAND = """
meta:
  name: {full: River Clinic, short: River}
  contacts:
    - {name: Old Mill, address: [1 Mill Lane, Milton], phone: 01632 960 001, email: a@river.example, hours: Mondays}
logo: {path: logo.svg, alt: River Clinic}
typography: {base: {family: Open Sans}}
defaults: {handout: {country: gb, notes: {acupuncture: Ask Dr Alder.}}}
"""


class _Inner(Record):
    words: SingleLine
    key: Slug = "a-key"


class _Outer(Record):
    plain: str
    maybe: SingleLine | None = None
    many: tuple[SingleLine, ...] = ()
    by_name: dict[Slug, _Inner] = {}  # noqa: RUF012  pydantic copies it
    for_editors: Annotated[_Inner | None, NOT_PRINTED] = None
    many_for_editors: Annotated[tuple[_Inner, ...], NOT_PRINTED] = ()
    marked: Annotated[str, NOT_PRINTED] = "x"


def test_text_is_printed_unless_its_model_says_that_it_is_not() -> None:
    inner = _Inner(words="in")
    record = _Outer(
        plain="a", maybe="b", many=("c", "d"), by_name={"one": inner}, for_editors=inner, many_for_editors=(inner,)
    )
    assert list(printed_texts(record)) == [
        (("plain",), "a"),
        (("maybe",), "b"),
        (("many", 0), "c"),
        (("many", 1), "d"),
        (("by_name", "one", "words"), "in"),
    ]


def test_what_of_each_file_is_printed() -> None:
    (printed_of_brand,) = [_places(BrandFile, yaml.safe_load(BRAND))]
    assert printed_of_brand == {
        *(
            "meta.name.full",
            "meta.name.short",
            "meta.contacts.0.name",
            "meta.contacts.0.hours",
            "meta.contacts.0.phone",
        ),
        *("meta.contacts.0.address.0", "meta.contacts.0.address.1", "logo.large.light.alt"),
        "defaults.handout.notes.acupuncture",
    }
    handout = _places(Handout, yaml.safe_load((CASES / "acupuncture.en.yaml").read_text("utf-8")))
    assert {"title", "author", "article.title", "article.author", "main_message.text", "questions.items.0"} <= handout
    assert not {place for place in handout if place.startswith(("version", "practices", "accepted", "article.url"))}
    language = _places(Language, read_yaml(ROOT / "languages/en.yaml").data)
    assert {"phrases.headings.risks", "mail.intro", "phrases.call_emergency"} <= language
    assert _places(Format, yaml.safe_load((ROOT / "formats/a4-leaflet.yaml").read_text("utf-8"))) == {"name"}
    country = _places(Country, yaml.safe_load((ROOT / "countries/gb.yaml").read_text("utf-8")))
    assert country == {"name", "advice.name", "crisis_line.name"}
    mail = {"sender": "a@river.example", "server": {"host": "localhost", "username": "u"}}
    assert _places(MailSettings, mail) == set()


def _places(model: type[BaseModel], data: Any) -> set[str]:
    return {".".join(map(str, place)) for place, _ in printed_texts(model.model_validate(data))}


def planted(source: YamlSource, model: type[BaseModel]) -> tuple[str, list[Location]]:
    """Return the file of ``source`` with a claim in each printed text, and where these stand."""
    data = deepcopy(source.data)
    places = []
    for text in printed_prose(source, load_record(source, model)):
        # A number for a telephone and a quotation mark hold no words.
        if not {"phone", "quotes"} & set(text.location):
            value = data
            for step in text.location[:-1]:
                value = value[step]
            value[text.location[-1]] = " ".join([*re.findall(r"\{\w+\}", text.text), CLAIM + "."])
            places.append(text.location)
    return yaml.safe_dump(data, allow_unicode=True, sort_keys=False), places


FILES = [
    ("brands/river/_brand.yml", BrandFile),
    ("languages/en.yaml", Language),
    ("formats/a4-leaflet.yaml", Format),
    ("countries/gb.yaml", Country),
]


@pytest.mark.parametrize(("name", "model"), FILES, ids=[name for name, _ in FILES])
def test_a_claim_in_any_printed_word_is_found_in_its_file(tmp_path: Path, name: str, model: type[BaseModel]) -> None:
    file = tmp_path / name
    file.parent.mkdir(parents=True)
    file.write_text(BRAND if model is BrandFile else (ROOT / name).read_text("utf-8"), "utf-8")
    text, places = planted(read_yaml(file), model)
    file.write_text(text, "utf-8")
    project = Project(tmp_path.resolve(), ROOT)
    result = check_words(project, PrintedFile(file, model), RULES["uk"], {"a": ("acupuncture",)}, TODAY)
    lines = {finding.line for finding in result.findings if finding.rule == "claim-cure"}
    assert places
    assert [place for place in places if read_yaml(file).place(place)[0] not in lines] == []


def test_a_claim_in_the_names_of_a_handout_is_found(tmp_path: Path) -> None:
    for old, new in [
        ("title: Acupuncture", "title: Acupuncture cures asthma"),
        ("author: The Handout Press authors", "author: Dr Alder, who cures asthma"),
        ('version: "1.0"', 'version: "1.0"\nreviewed: {by: Dr A who cures asthma, on: 2026-01-01, next: 2027-12-01}'),
        ("title: Acupuncture vs. Dry Needling", "title: Acupuncture cures asthma"),
    ]:
        text = spoilt(old, new)
        findings = [finding for finding in checked(tmp_path, text).findings if finding.rule == "claim-cure"]
        assert [text.splitlines()[finding.line - 1] for finding in findings] == [
            line for line in text.splitlines() if "cures" in line
        ]


def test_a_brand_is_checked_with_its_project_and_accepts_its_own_words(tmp_path: Path) -> None:
    root = tmp_path.resolve()
    (root / "handouts").mkdir()
    (root / "handouts/acupuncture.en.yaml").write_text((CASES / "acupuncture.en.yaml").read_text("utf-8"), "utf-8")
    (root / "references.yaml").write_text((CASES / "references.yaml").read_text("utf-8"), "utf-8")
    brand = root / "brands/river/_brand.yml"
    brand.parent.mkdir(parents=True)
    brand.write_text(BRAND.replace("Ask Dr Alder.", '"It cures asthma."'), "utf-8")
    findings = [finding for finding in check_project(Project(root, ROOT), TODAY).findings if "_brand" in str(finding)]
    assert {finding.rule for finding in findings} == {"claim-cure", "claim-condition"}
    entries = ", ".join(re.findall(r"- (\{.*?\d\d\})", " ".join(map(str, findings)))).replace("TO WRITE", "Agreed")
    accepted = BRAND.replace("Ask Dr Alder.", '"It cures asthma."').replace("gb,", f"gb, accepted: [{entries}],")
    brand.write_text(accepted, "utf-8")
    result = check_project(Project(root, ROOT), TODAY)
    assert not [finding for finding in result.findings if "_brand" in str(finding)]
    assert len(result.accepted) == 2


def test_what_is_built_in_claims_nothing() -> None:
    for folder, model in (("languages", Language), ("formats", Format), ("countries", Country)):
        for path in SHIPPED.files(folder).values():
            result = check_words(SHIPPED, PrintedFile(path, model), RULES["uk"], {"a": ("acupuncture",)}, TODAY)
            assert [str(finding) for finding in result.findings if finding.level != "note"] == []


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("cu\u00adres migraine", "cures migraine"),
        ("mira\u200bcle\u2060", "miracle"),
        ("ｃｕｒｅｓ", "cures"),
        ("𝐜𝐮𝐫𝐞𝐬 ﬁne", "cures fine"),
        ("*cu*res all", "cures all"),
        ("**c**ures", "cures"),
        ("[cu](https://a.example/b_(c))res x", "cures x"),
        ("c&#117;res", "cures"),
        ("сures", "cures"),
        ("c u r e s pain", "cures pain"),
        ("c.u.r.e.s", "cures"),
        ("c\u0332u\u0332res", "cures"),
        ("\u202ecures\u202c", "cures"),
        ("caf\u0065\u0301", "café"),
        ("e.g. 3 * 4 and * 5", "e.g. 3 * 4 and * 5"),
        ("vitamins A B C D", "vitamins A B C D"),
        ("10⁹ cells", "10⁹ cells"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("क्\u200dष", "क्\u200dष"),
        ("Цена растёт", "Цена растёт"),
    ],
)
def test_words_are_read_as_they_are_seen(written: str, read: str) -> None:
    assert readable(written).split() == read.split()


@pytest.mark.parametrize("word", ["cures", "heals", "miracle", "guarantee"])
@pytest.mark.parametrize("sign", ["\u00ad", "\u200b", "\u2060", "\ufeff", "\u200e", "\u200d", "\u034f", "\U000e0041"])
def test_no_sign_that_nobody_sees_hides_a_claim(word: str, sign: str) -> None:
    text = Prose(("what_it_is",), f"Acupuncture {word[:2]}{sign}{word[2:]} your pain.")
    assert list(claim_remarks(text, ("acupuncture",), RULES["uk"]))
    assert [remark.rule for remark in character_remarks(text)] == ["text-hidden"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A co\u00adoperative", ["note"]),
        ("A \u202eword\u202c", ["error", "warning"]),
        ("A \u200fword", ["warning"]),
        ("\u200f٤٠٠ ملغ\u200e", []),
        ("می\u200cخواهم", []),
        ("ไทย\u200bไทย", []),
        ("❤\ufe0f", []),
        ("👩\u200d⚕️", []),
        ("A wоrd", ["error"]),
        ("Ärzte, naïve, Łódź, ſ, µ", []),
        ("слово", []),
        ("A \ue000", ["error"]),
    ],
)
def test_characters_that_nobody_sees_are_told(text: str, expected: list[str]) -> None:
    assert [remark.level for remark in character_remarks(Prose(("title",), text))] == expected
