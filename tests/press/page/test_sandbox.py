"""Templates of strangers: they fill in words, reach no object, and end in time and within memory."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import jinja2
import pytest
from mail_support import sample_mail
from markupsafe import Markup
from press_room import BRAND, catalog_of, change, clinic, edition_of
from print_room import FORMATS
from proof_damages import DAMAGES
from proof_leaflet import EXPECTED, good_leaflet
from site_room import made, site_project

from handoutpress.app.doctor_pages.ink_page import ink_page, inked_brands
from handoutpress.app.doctor_pages.logo_page import logo_page
from handoutpress.batch.diff.comparison import compare_all
from handoutpress.batch.diff.pairs import EditionPair
from handoutpress.batch.diff.report import as_page
from handoutpress.batch.log.manifest import ManifestFile
from handoutpress.batch.plan import OutputLabel
from handoutpress.content.project import builtin_root
from handoutpress.press.layout.choices import TypeSetting
from handoutpress.press.page import template_budget
from handoutpress.press.page.cover_page import CoverPage
from handoutpress.press.page.flow import flow_of
from handoutpress.press.page.plain_values import PageRecord, plain
from handoutpress.press.page.sandbox import GIVEN, GivenFunction, TemplateError
from handoutpress.press.page.template_budget import TemplateLimits
from handoutpress.press.page.templates import Templates
from handoutpress.press.plate.plate_maker import PlateContent, SecondText
from handoutpress.press.press import HandoutPress
from handoutpress.press.printshop.job_sheet import PrintFile, job_sheet
from handoutpress.proof.contact_sheet import contact_sheet
from handoutpress.proof.proving import prove_data
from handoutpress.store.cache import Cache
from handoutpress.store.digests import file_digest

WORDS = (str, Markup, int, float, bool, type(None))


@dataclass(frozen=True)
class Clinic:
    """A value as a page may have it, with what must not cross the line."""

    name: str
    path: Path
    phones: tuple[str, ...] = ("01632 960 000",)

    @property
    def initial(self) -> str:
        return self.name[:1]

    def close(self) -> str:
        return "closed"


VALUES = {"brand": Clinic("Hill & Co", Path("/tmp/x"), ("1", "2")), "lines": (Markup("<b>1</b>"), "<2>")}


def filled(source: str, folder: Path, limits: TemplateLimits | None = None, **functions: Any) -> str:
    file = folder / "page.html.j2"
    file.write_text(source, encoding="utf-8")
    return Templates({"page.html.j2": file}, limits).render("page.html.j2", VALUES, functions)


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("{{ brand.name }} {{ brand.initial }} {{ brand['name'] }}", "Hill &amp; Co H Hill &amp; Co"),
        ("{% for p in brand.phones %}{{ loop.index }}:{{ p }}{{ '' if loop.last else ', ' }}{% endfor %}", "1:1, 2:2"),
        ("{% for line in lines %}{{ line }}{% endfor %}", "<b>1</b>&lt;2&gt;"),
        ("{{ lines | join(' ') }} {{ brand.phones | length }} {{ 2.345 | round(2) }}", "<b>1</b> &lt;2&gt; 2 2.35"),
        ("{{ '{:,} {name}'.format(12345, name=brand.name) }}", "12,345 Hill &amp; Co"),
        ("{% macro twice(x) %}{{ x }}{{ x }}{% endmacro %}{{ twice('a' ~ 1) }}", "a1a1"),
        ("{% for name, value in brand.items() %}{{ name }} {% endfor %}", "name phones initial "),
        ("{{ 'yes' if 'Hill' in brand.name and brand.phones[-1] == '2' }}", "yes"),
        ("{{ typed('0 1') }}", "01"),
    ],
)  # fmt: skip
def test_a_template_fills_in_words(source: str, text: str, tmp_path: Path) -> None:
    assert filled(source, tmp_path, typed=lambda number: number.replace(" ", "")) == text


REFUSED = [
    '{{ brand.path.joinpath("owned").write_text("x") }}',
    "{{ brand.close() }}",
    "{{ brand.__class__ }}",
    "{{ brand._values }}",
    "{{ brand['__init__'] }}",
    "{{ brand.items.__self__ }}",
    "{{ brand.name.__class__.__mro__[1].__subclasses__() }}",
    "{{ brand.name.encode() }}",
    "{{ brand.name.format.__globals__ }}",
    "{{ '{0.__class__}'.format(brand.name) }}",
    "{{ '{x[0]}'.format(x=brand.phones) }}",
    "{{ '{:>999999999}'.format(brand.name) }}",
    "{{ '%999999999d' % 1 }}",
    "{{ brand.phones.index('1') }}",
    "{{ brand.phones.__len__() }}",
    "{{ brand | attr('_values') }}",
    "{{ brand.phones | map(attribute='__class__') | join }}",
    "{{ lines[0].unescape() }}",
    "{{ typed.__globals__ }}",
    "{{ typed._function }}",
    "{{ range.__self__ }}",
    "{{ loop }}",
    "{% for x in lines %}{{ loop._iterable }}{% endfor %}",
    "{% for x in lines %}{{ loop.__class__ }}{% endfor %}",
    "{% macro m() %}{% endmacro %}{{ m._func }}",
    "{% macro m() %}{{ caller.__globals__ }}{% endmacro %}{% call m() %}{% endcall %}",
    "{{ self.__init__.__globals__ }}",
    "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
    "{{ lipsum.__globals__ }}",
    "{{ namespace }}",
    "{{ joiner }}",
    "{{ dict(a=1) }}",
    "{{ {'a': 1} }}",
    "{{ brand }}",
    "{{ brand.phones }}",
    "{{ 1 / 0 }}",
    "{{ 'a' + 1 }}",
    "{{ range(10 ** 9) }}",
    "{{ brand.name(1) }}",
    "{{ undefined_name }}",
    "{% include 'nowhere' %}",
    "{% import '../../etc/passwd' as x %}",
    "{{ (((",
    "{% for %}",
]


@pytest.mark.parametrize("source", REFUSED)
def test_a_template_reaches_nothing_else(source: str, tmp_path: Path) -> None:
    with pytest.raises(TemplateError, match=r"^templates/page\.html\.j2:3: .+ Hint: .+\.$"):
        filled(f"one\ntwo\n{source}\n", tmp_path, typed=str)


BOMBS = [
    "{% for a in range(99999) %}{% for b in range(99999) %}x{% endfor %}{% endfor %}",
    "{% for i in range(10**9) %}x{% endfor %}",
    "{% for i in range(1000000000) %}x{% endfor %}",
    "{{ 'x' * 10000000000 }}",
    "{{ 2 ** 999999999 }}",
    "{% macro d(s, n) %}{% if n %}{{ d(s ~ s, n - 1) }}{% else %}{{ s }}{% endif %}{% endmacro %}{{ d('x', 60) }}",
    "{% macro d(n) %}{% if n %}{{ d(n - 1) }}{{ d(n - 1) }}{% endif %}{% endmacro %}{{ d(60) }}",
    "{% macro d() %}{{ d() }}{% endmacro %}{{ d() }}",
    "{% include 'page.html.j2' %}",
    "{% set a = (1, 1) %}" + "{% set a = (a, a) %}" * 60 + "{{ a }}",
    "{% set a = (1, 1) %}{% set b = (1, 1) %}" + "{% set a = (a, a) %}{% set b = (b, b) %}" * 60 + "{{ a == b }}",
    "{% set a = (1, 1) %}" + "{% set a = (a, a) %}" * 60 + "{{ brand[a] }}",
    "{% set s = 'x' * 9999999 %}{{ s | replace('x', s) }}",
    "{% set s = 'x' * 9999999 %}{{ range(99999) | join(s) }}",
    "{% set s = '<' * 9999999 %}{% for i in range(99999) %}{{ s | striptags }}{% endfor %}",
    "{% for i in range(99999) %}" + "y" * 10_000 + "{% endfor %}",
    "{% macro y() %}" + "y" * 10_000 + "{% endmacro %}{% for i in range(99999) %}{% set a = y() %}{% endfor %}",
    "{{ '{}' * 999999 }}{{ ('{0}' * 99999).format('x' * 99999) }}",
    "{% set n = 3 %}" + "{% set n = n * n %}" * 99 + "{{ n }}",
    "(" * 5 + "{{ " + "(" * 50_000,
]


@pytest.mark.parametrize("number", range(len(BOMBS)))
def test_a_template_without_end_is_told_by_its_steps_and_its_size(
    number: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(template_budget, "time", SimpleNamespace(monotonic=lambda: 0.0))  # a clock that ends nothing
    with pytest.raises(TemplateError, match=r"^templates/page\.html\.j2"):
        filled(BOMBS[number], tmp_path, TemplateLimits(steps=50_000, characters=20_000_000))


def test_a_file_that_is_no_text_is_told(tmp_path: Path) -> None:
    (tmp_path / "page.html.j2").write_bytes(b"\xff\xfe")
    with pytest.raises(TemplateError, match=r"page\.html\.j2 is not UTF-8\. Hint"):
        Templates({"page.html.j2": tmp_path / "page.html.j2"}).render("page.html.j2", {})


@pytest.mark.parametrize("value", [object(), open, Path, b"x", iter(()), {1, 2}])
def test_what_is_no_plain_value_never_crosses_the_line(value: object) -> None:
    with pytest.raises(TypeError):
        plain({"x": value})


def reachable(value: Any, where: str) -> Iterator[str]:
    """What a template could read from ``value`` and is neither plain nor a function that was given."""
    if type(value) is tuple:
        for part in value:
            yield from reachable(part, where)
    elif type(value) is PageRecord:
        for name, part in value.pairs():
            assert type(name) is str
            yield from reachable(part, f"{where}.{name}")
    elif type(value) not in WORDS:
        yield f"{where}: {type(value)}"


@pytest.fixture
def given(monkeypatch: pytest.MonkeyPatch) -> dict[str, dict[str, Any]]:
    """What Jinja2 itself was given for each template."""
    contexts: dict[str, dict[str, Any]] = {}
    render = jinja2.Template.render

    def recorded(template: jinja2.Template, values: dict[str, Any]) -> str:
        contexts[f"{template.name} {len(contexts)}"] = values
        return render(template, values)

    monkeypatch.setattr(jinja2.Template, "render", recorded)
    return contexts


def print_everything(folder: Path) -> None:
    """Fill in each kind of page, with every template that a project may bring and each of our own."""
    root = clinic(folder / "clinic")
    for format_ in FORMATS:
        change(root / BRAND, lambda brand, f=format_: brand["defaults"]["handout"].update(formats=[f]))  # type: ignore[misc]
        catalog = catalog_of(root)
        edition = edition_of(catalog, printed=format_)
        press = HandoutPress(catalog, Cache(folder / "cache"))
        flow = flow_of(edition.brand, catalog.countries[edition.brand.country], edition.handout_file)
        content = PlateContent(edition.handout_file, edition.language, edition.format, flow)
        press._renderer._plates.html(content, TypeSetting(size=12, leading=1.3, notes=1, contents=True))
        if format_ == "a4-leaflet":
            twice = SecondText(edition.handout_file, edition.language)
            bilingual = edition.format.model_copy(update={"style": "bilingual"})
            press._renderer._plates.html(replace(content, format=bilingual, beside=twice), TypeSetting(12, 1.3))
            press.art(edition)
            press.html(edition)
            press._renderer.body(edition, flow)
            press._renderer.cover_page(edition, CoverPage("Tea", "Mia", "One\n\nTwo"))
    file = PrintFile("a.pdf", edition.format, "print", False, "1.0", 2, "0" * 64, "FOGRA39L Coated")
    templates = Templates({"job-sheet.html.j2": builtin_root() / "templates/job-sheet.html.j2"})
    job_sheet("Hill", [file], templates)


def print_our_own(folder: Path) -> None:
    catalog = catalog_of(clinic(folder / "logos"))
    logo_page(catalog)
    ink_page(inked_brands(catalog))
    project = site_project(folder / "site")
    made(project)
    change(
        project.root / BRAND, lambda brand: brand["defaults"]["handout"].update(site="https://clinic.example/{brand}")
    )
    shutil.copytree((project.root / BRAND).parent, project.root / "brands/dale")
    made(project)
    sample_mail.letter(name="Mia", note="A note")
    data = (folder / "a.pdf", folder / "b.pdf")
    data[0].write_bytes(good_leaflet())
    damage = next(damage for damage in DAMAGES if damage.name == "hairline")
    data[1].write_bytes(damage.damaged())
    contact_sheet([prove_data(file, file.read_bytes(), (EXPECTED,), ("printing",), drawn=True) for file in data])
    label = OutputLabel("needling", "en", "a4-leaflet", "hill", "1.2")
    old, new = (ManifestFile(f.name, file_digest(f), 1, 2, label, ("https://clinic.example/",)) for f in data)
    as_page(compare_all([EditionPair(old, new, *data, ("x changed",))], drawn=True))


def test_every_value_that_a_template_can_reach_is_plain(given: dict[str, dict[str, Any]], tmp_path: Path) -> None:
    print_everything(tmp_path)
    print_our_own(tmp_path)
    filled_in = {name.split()[0] for name in given}
    ours = {path.name for path in (builtin_root() / "templates").rglob("*.j2")}
    shared = {"screen-contact.html.j2", "screen-references.html.j2", "screen-sections.html.j2", "references.html.j2"}
    parts = {"base.html.j2", "frame.html.j2", "parts.html.j2", "blocks.html.j2", *shared}
    assert {name.rpartition("/")[2] for name in filled_in} == ours - parts
    odd, functions = [], set()
    for name, values in given.items():
        functions |= {key for key, value in values.items() if type(value) is GivenFunction}
        rest = {key: value for key, value in values.items() if type(value) is not GivenFunction}
        odd += [place for key, value in rest.items() for place in reachable(value, f"{name} {key}")]
    assert odd == []
    assert functions <= GIVEN
