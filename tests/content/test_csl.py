"""References as a page prints them: the markup, dates, names and types of what Zotero and others export."""

from __future__ import annotations

import html
import re
import warnings
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_up.csl_library import csl_library

from handoutpress.content.models.csl_dates import csl_date, csl_year, date_words
from handoutpress.content.models.csl_text import plain_text, signs_to_html, with_signs
from handoutpress.content.models.csl_words import CSL_TYPES
from handoutpress.content.models.references import Reference
from handoutpress.press.page.citations import reference_list

ARTICLE = {
    "id": "doe_2019",
    "type": "article-journal",
    "title": "CO<sub>2</sub> and <i>E. coli</i> in *clinics* &amp; homes",
    "author": [{"family": "Doe", "given": "Jane"}],
    "container-title": "Journal of Examples",
    "issued": [{"year": 2019, "month": 3, "day": 1}],
    "volume": "54",
    "issue": "2",
    "page": "12-19",
}


def line(**fields: Any) -> str:
    """The words of one entry: ``ARTICLE`` with other fields; None takes one out."""
    entry = {key: value for key, value in {**ARTICLE, **fields}.items() if value is not None}
    reference = Reference.model_validate(entry)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        (listed,) = reference_list([reference.id], {reference.id: reference})
    return html.unescape(re.sub("<[^<>]+>", "", str(listed.html)))


def test_an_entry_of_zotero_is_printed_as_nlm_prints_it() -> None:
    assert line() == "Doe J. CO₂ and E. coli in clinics & homes. Journal of Examples. 2019 Mar 1;54(2):12–9."


@pytest.mark.parametrize(
    ("pages", "printed"),
    [
        ("434-440", "434–40"),
        ("434-40", "434–40"),
        ("214–20", "214–20"),
        ("1105-8", "1105–8"),
        ("943-956", "943–56"),
        ("97-103", "97–103"),
        ("214-20, 301-9", "214–20, 301–9"),
        ("S12-8", "S12–8"),
        ("e021070", "e021070"),
        ("12-12", "12"),
    ],
)
def test_pages_in_short_or_whole_print_as_the_range_that_they_are(pages: str, printed: str) -> None:
    assert line(page=pages).endswith(f":{printed}.")


@pytest.mark.parametrize(
    ("written", "html_printed"),
    [
        ("<i>E. coli</i> &amp; co", "<i>E. coli</i> &amp; co"),
        ("<em>a</em> <strong>b</strong>", "<i>a</i> <b>b</b>"),
        ("10<sup>9</sup>, 10<sup>-3</sup>, Ca<sup>2+</sup>", "10⁹, 10⁻³, Ca²⁺"),
        ("x<sup>th</sup> V<sub>max</sub>", "x<sup>th</sup> V<sub>max</sub>"),
        ('<span class="nocase">DNA</span> and <span style="font-variant:small-caps;">ad</span>', "DNA and ad"),
        ("<jats:italic>Qi</jats:italic>", "<i>Qi</i>"),
        ("*In vitro* and **now**", "<i>In vitro</i> and <b>now</b>"),
        ("H~2~O, 10^9^ and [GmbH]{.nocase}", "H₂O, 10⁹ and GmbH"),
        ("A* search, 5 * 3, B*-trees, ~40, ^", "A* search, 5 * 3, B*-trees, ~40, ^"),
        (r"two \*stars\*", "two *stars*"),
        ("p < 0.05, r > 0.4 and a<b and c>d", "p &lt; 0.05, r &gt; 0.4 and a&lt;b and c&gt;d"),
        ("R&amp;amp;D &#39;x&#39; &lt;tag&gt;", "R&amp;D &#39;x&#39; &lt;tag&gt;"),
        ("open <i>only, closed</b> only", "open only, closed only"),
        ("<i>a <b>b</i> c</b>", "a <b>b c</b>"),
    ],
)
def test_markup_is_what_it_means(written: str, html_printed: str) -> None:
    printed = str(signs_to_html(with_signs(written)))
    assert printed == html_printed
    assert plain_text(written) == html.unescape(re.sub("</?(?:i|b|sub|sup)>", "", html_printed))


@given(
    st.lists(st.sampled_from([*"<>/ib*~^&;\\[]{. 2", "<i>", "</i>", "<sub>", "</sub>", "&lt;", "\ufdd0"])).map("".join)
)
def test_any_markup_gives_tags_in_pairs(written: str) -> None:
    tags: list[str] = []
    for closing, name in re.findall(r"<(/?)(\w+)>", str(signs_to_html(with_signs(written)))):
        assert not closing or tags.pop() == name
        if not closing:
            tags.append(name)
    assert not tags


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ({"date-parts": [[2019, 3, 1]]}, "2019 Mar 1"),
        ({"date-parts": [["2019", "03", ""]]}, "2019 Mar"),
        ([{"year": 2020, "season": 3}], "2020 Autumn"),
        ({"date-parts": [[2020]], "season": "1"}, "2020 Spring"),
        ({"date-parts": [[2020, 14]]}, "2020 Summer"),
        ("2012-21", "2012 Spring"),
        ("2019-03-01/2019-03-05", "2019 Mar 1–5"),
        ("2019-12/2020-01", "2019 Dec–2020 Jan"),
        ([{"year": 2016}, {"year": 2017}], "2016–2017"),
        ({"date-parts": [[1990]], "circa": True}, "[ca. 1990]"),
        ("1990~", "[ca. 1990]"),
        ("2022-12-07T10:11:12Z", "2022 Dec 7"),
        ({"literal": "2017-14/2017-15"}, "2017-14/2017-15"),
        ([{"literal": "in press"}], "in press"),
        ({"raw": "2018-05"}, "2018 May"),
        ("Easter 2012", "Easter 2012"),
        (2012, "2012"),
        ({"date-parts": [[-50]]}, "50 BC"),
        (None, ""),
    ],
)
def test_dates_are_read_as_exports_write_them(written: Any, words: str) -> None:
    assert date_words(csl_date(written)) == words


@pytest.mark.parametrize(
    "written", ["last year", "03:54:37", {"date-parts": [[2019, 40]]}, {"date-parts": "x"}, [1, 2, 3]]
)
def test_what_is_no_date_is_said(written: Any) -> None:
    with pytest.raises(ValueError, match="not a date"):
        csl_date(written)


def test_the_year_of_words_is_known() -> None:
    assert csl_year(csl_date("Easter 2012")) == 2012
    assert csl_year({"literal": "in press"}) is None


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"author": [{"family": "Berg", "given": "Jan", "non-dropping-particle": "van den"}]}, "van den Berg J. "),
        ({"author": [{"family": "King", "given": "Martin Luther", "suffix": "Jr."}]}, "King ML Jr. "),
        ({"author": [{"literal": "World Health Organization", "comma-suffix": True}]}, "World Health Organization. "),
        ({"author": "A Trust &amp; Co"}, "A Trust & Co. "),
        ({"author": [{"given": "Plato"}]}, "Plato. "),
        ({"author": [{"family": "Choi", "given": "TY"}]}, "Choi TY. "),
        ({"author": [{"family": "Yuen", "given": "JWM"}]}, "Yuen JWM. "),
        ({"author": [{"family": "Na", "given": "J.-P."}]}, "Na JP. "),
        ({"author": [{"family": "Ng", "given": "Jo AB"}]}, "Ng JAB. "),
        ({"author": [{"family": "LEE", "given": "ANN"}]}, "LEE A. "),
        ({"author": None, "editor": [{"family": "Roe", "given": "Ann"}]}, "Roe A, editor. "),
        ({"author": None, "editor": [{"family": "Roe"}, {"family": "Poe"}]}, "Roe, et al, editors. "),
        ({"journalAbbreviation": "J. Ex."}, "homes. J Ex. 2019"),
        ({"title": "What is <i>this?</i>"}, "Doe J. What is this? Journal"),
        ({"title": 1984, "type": "book", "container-title": None, "volume": None}, "Doe J. 1984. 2019."),
        ({"issued": None}, "Journal of Examples. 54(2)"),
        ({"DOI": "https://doi.org/10.1234/ABC(10)6"}, "doi.org/10.1234/ABC(10)6"),
        ({"PMID": "PMID 123456"}, "PMID\u00a0123456."),
        ({"note": "PMID: 7654321\nseen"}, "PMID\u00a07654321."),
        ({"container_title_sh ort": "x", "source": "PubMed", "accessed": "03:54:37"}, "homes. Journal of"),
    ],
)
def test_fields_of_exports_are_printed_once_and_whole(fields: dict[str, Any], words: str) -> None:
    printed = line(**fields)
    assert words in printed
    assert printed.count("Roe") <= 1


SPOILT = re.compile(
    r"None|\.\.|[?!]\.|;;|,,"
    r"| [,.;:]|::|\( | \)|\(\)|\[\]|[\ufdd0-\ufdef]|  |\.,|,\.|;\.|:\.|</?[a-z]+>|&amp;"
)


def spoilt(entries: list[dict[str, Any]]) -> list[str]:
    """The lines in which markup or a doubled sign is left; a warning of citeproc is raised."""
    references = {str(entry["id"]): Reference.model_validate(entry) for entry in entries}
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        listed = reference_list(list(references), references)
    assert len(listed) == len(entries)
    lines = [html.unescape(re.sub(r"</?(?:i|b|sub|sup|a|span)\b[^<>]*>", "", str(entry.html))) for entry in listed]
    return [line for line in lines if SPOILT.search(line.replace("<tag>", "tag"))]


def test_no_line_ends_between_an_issue_and_its_first_page() -> None:
    """Whether one does would else hang on the version of Pango, and so do the bytes of a sheet."""
    reference = Reference.model_validate(ARTICLE)
    (listed,) = reference_list([reference.id], {reference.id: reference})
    assert ';54<span class="tie">(2):1</span>2–9' in listed.html


def test_every_type_of_csl_is_printed_without_a_trace_of_its_markup() -> None:
    assert spoilt(csl_library(seed=7, count=len(CSL_TYPES))) == []


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(5))
def test_three_hundred_entries_are_printed_without_a_trace_of_their_markup(seed: int) -> None:
    assert spoilt(csl_library(seed)) == []


def test_keys_that_differ_in_capitals_are_two_references() -> None:
    entries = [{**ARTICLE, "id": "Doe2019"}, {**ARTICLE, "id": "doe2019", "title": "Another"}]
    references = {str(entry["id"]): Reference.model_validate(entry) for entry in entries}
    first, second = reference_list(["Doe2019", "doe2019"], references)
    assert "CO₂" in first.html
    assert "Another" in second.html
