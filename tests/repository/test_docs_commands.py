"""What the docs, the help and our messages name exists, and the docs' commands do what the docs say.

A page says at its top for which project its commands are. The costly pages are typed in by ``make soak``.
"""

from __future__ import annotations

import json
import re
import shutil
import sys
from collections.abc import Callable, Iterator, Mapping
from fnmatch import fnmatchcase
from pathlib import Path
from types import MappingProxyType

import pytest
from docs_support.commands import (
    PLACEHOLDER,
    ROOT,
    Command,
    arguments,
    commands,
    examples,
    handouts_in,
    named,
    prose,
    said_in_code,
    synopses,
    unknown,
    values,
)
from docs_support.shell import Shell
from mail_support.server import HERE, PASSWORD, USER, Certificates, Post
from registry_server import Registry, serving

from handoutpress.app.new import new_project
from handoutpress.content.documentation import page_titles

PAGES = {path.name: path.read_text("utf-8") for path in [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]}
TYPED = tuple(name for name, text in PAGES.items() if any(commands(text)))
CHEAP = frozenset({"import.md", "references.md"})
MODULES = sorted((ROOT / "handoutpress").rglob("*.py"))

NOT_TYPED = MappingProxyType(
    {
        "make handouts": "it installs packages; tests/repository/test_setup.py tries it",
        "make test": "these are the tests",
    }
)
"""Lines of the docs that no test types in, and why."""

ENDS_OTHERWISE = MappingProxyType(
    {
        "handouts watch": {1},  # the new handout is not written yet
        "handouts check drafts/cupping.en.yaml": {1},
        "handouts compare before out": {1},
        "handouts compare before out --html seen.html": {1},
        "handouts compare before/manifest.json out": {1},
        "timeout --signal=KILL 12 handouts build --format a4-leaflet": {0, 137, -9},
    }
)
"""What lines end with that do not end with 0, as their pages say."""

NO_COMMAND = ("build log", "are ")
"""How sentences about handouts go on that name no command."""

ELSEWHERE = frozenset(
    {"handouts build acupuncture --language ar --bilingual en", 'grep -B2 -A3 "cited_as" references.yaml'}
)
"""Lines that their pages say are for Handout Press's own folder."""

MADE = MappingProxyType(
    {
        "out": "handouts build",
        "releases": "handouts release",
        ".handoutpress": "every command",
        "~": "the system",
        "..": "a brand's file, from another",
        "drafts": "handouts import",
        "mail.yaml": "handouts new mail",
        "references.cache.json": "handouts references verify",
        "references.json": "a program for references",
        "cupping.md": "an author of articles",
        "<name>.references.yaml": "handouts import",
        "cupping.references.yaml": "handouts import",
        "cupping.en.yaml": "handouts import",
        "cupping.en.md": "handouts import --article",
        "site.zip": "handouts site --zip",
        "vercel.json": "handouts site",
        "404.html": "handouts site",
        ".pre-commit-config.yaml": "who uses pre-commit",
        "…": "a code's address",
        "": "handouts site",  # an address that begins with its host's root
        "<name>.<language>.md": "handouts import --article",
        "<handout>.print.pdf": "handouts build --for print",
        "<handout>.mono.pdf": "handouts build --mono",
    }
)
"""Places that are in no project at its beginning, and who makes them."""
DRAFTS = ("drafts/cupping.en.yaml", "drafts/cupping.en.md", "articles/acupuncture.en.md")
"""Paths that pages have checked."""
ADDED = frozenset(
    {
        "countries/nz.yaml",
        "languages/pl.yaml",
        "handouts/SLUG.pl.yaml",
        "handouts/cupping.en.yaml",
        "brands/clinics.csv",
        "brands/columns.yaml",
    }
)
"""Files that a page shows how to write."""


@pytest.fixture(scope="module")
def beginning(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project as ``handouts init my-clinic`` makes it."""
    folder = tmp_path_factory.mktemp("beginning") / "my-clinic"
    new_project(folder)
    return folder


@pytest.fixture
def registries(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Crossref and PubMed on this computer, which know no paper."""
    with serving(Registry()) as registry:
        monkeypatch.setenv("HANDOUTS_CROSSREF", registry.address)
        monkeypatch.setenv("HANDOUTS_PUBMED", registry.address)
        yield


@pytest.fixture
def mail_server_file(post: Post, certificates: Certificates, monkeypatch: pytest.MonkeyPatch) -> str:
    """What a practitioner writes into ``mail.yaml``, for a mail server on this computer."""
    monkeypatch.setenv("HANDOUTS_MAIL_PASSWORD", PASSWORD)
    server = {"host": HERE, "port": post.port, "username": USER, "ca_file": str(certificates.authority)}
    return json.dumps({"sender": "handouts@clinic.example", "server": server, "per_minute": 6000})


@pytest.mark.parametrize(
    "page", [name if name in CHEAP else pytest.param(name, marks=pytest.mark.soak) for name in TYPED]
)
@pytest.mark.usefixtures("registries")
def test_the_commands_of_a_page_do_what_it_says(
    page: str,
    beginning: Path,
    mail_server_file: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    begin_project(page, beginning, tmp_path, monkeypatch)
    monkeypatch.setattr(sys, "argv", [])
    shell = Shell(tmp_path / "programs", lambda: "".join(capfd.readouterr()), standing_in)
    for command in commands(PAGES[page]):
        line = command.line.split("  #")[0].strip()
        if line.split("  ")[0] in NOT_TYPED:
            continue
        do_by_hand(line, PAGES[page], mail_server_file)
        type_in(shell, line, command, monkeypatch)


def begin_project(page: str, beginning: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Go where the page begins: into a new project, which the README itself makes."""
    if page != "README.md":
        shutil.copytree(beginning, tmp_path / "my-clinic")
    monkeypatch.chdir(tmp_path if page == "README.md" else tmp_path / "my-clinic")


def type_in(shell: Shell, line: str, command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    """Type a line in, and hold that it ends and prints as its page says."""
    with monkeypatch.context() as elsewhere:
        if line in ELSEWHERE:
            elsewhere.chdir(our_own_folder(shell.programs.parent))
        code, said = shell.run(line)
    assert code in ENDS_OTHERWISE.get(line, {0}), f"{line}\n{said}"
    assert not re.search(r"There is no|No brand is called|is not a project", said), f"{line}\n{said}"
    lacking = [
        shown for shown in command.shown if shown != "…" and not re.search(pattern_of(shown), said, re.MULTILINE)
    ]
    assert lacking == [], f"{line}\n{said}"


def pattern_of(shown: str) -> str:
    """Return a pattern of a printed line: what a clock measures may be anything."""
    pattern = re.escape(shown).replace("…", ".*")
    pattern = re.sub(r"\d+\\\.\d\\ s\b(\\ \\\(\d+\\ a\\ second\\\))?", r"[\\d.]+ s( \\(\\d+ a second\\))?", pattern)
    # How many were whole when the run was killed.
    pattern = pattern.replace(re.escape("396 made, 4 unchanged"), "[0-9]+ made, [0-9]+ unchanged")
    return f"^{pattern}$"


def our_own_folder(tmp_path: Path) -> Path:
    """Return a copy of what Handout Press's own folder holds, to build in."""
    folder = tmp_path / "handout-press"
    if not folder.exists():
        folder.mkdir()
        shutil.copy(ROOT / "references.yaml", folder)
        for name in ("brands", "handouts"):
            shutil.copytree(ROOT / name, folder / name)
    return folder


def standing_in(words: list[str]) -> list[str]:
    """Return the words to type instead of those that wait for a person: for a saved file, or for an answer."""
    if words[0] == "watch":
        return ["build", *words[1:]]
    if words[0] == "mail":
        to = [] if "--recipients" in words else ["--to", "mia@example.org"]
        return [*words, *to, *([] if "--dry-run" in words else ["--yes"])]
    if words[:2] == ["outbox", "recall"]:
        return [*words, "--yes"]
    if words[0] == "verify":
        return ["verify", json.loads(Path("out/manifest.json").read_text("utf-8"))["files"][0]["content_hash"]]
    return words


def do_by_hand(line: str, page: str, mail_settings: str) -> None:
    """Do what the page says that a person does before ``line``."""
    hands: Mapping[str, Callable[[], object]] = {
        "handouts import cupping.md": lambda: Path("cupping.md").write_text(ARTICLE, "utf-8"),
        "handouts release spring-2027": review,
        "handouts mail acupuncture --dry-run": lambda: Path("mail.yaml").write_text(mail_settings, "utf-8"),
        "handouts mail acupuncture --recipients patients.csv --send": lambda: save_table(page),
        "handouts outbox recall acupuncture --below 1.2 --eml letters": lambda: change("handouts", '"1.0"', '"1.2"'),
    }
    hands.get(line, lambda: None)()


ARTICLE = """# Cupping

Cupping may ease neck pain for a short time [1].

## References

1. Doe J. Cups and necks. J Cups. 2019;1:2-3.
"""


def review() -> None:
    change("handouts", "https://handouts.example/", "https://www.river-clinic.co.uk/")
    change("handouts", "\nversion:", "\nreviewed: {by: Dr A. Alder, on: 2026-11-28, next: 2028-11-28}\nversion:")


def save_table(page: str) -> None:
    table = re.search(r"^```csv\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)
    assert table
    Path("patients.csv").write_text(table[1], "utf-8")


def change(folder: str, old: str, new: str) -> None:
    for path in Path(folder).glob("*.yaml"):
        path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")


@pytest.mark.parametrize("page", PAGES)
def test_a_page_names_commands_and_options_that_exist(page: str) -> None:
    typed = [words for command in commands(PAGES[page]) for words in handouts_in(command.line)]
    for words in [*typed, *synopses(PAGES[page]), *named(PAGES[page])]:
        assert unknown(words.replace("COMMAND", "build")) == [], words


def test_a_message_names_commands_options_and_pages_that_exist() -> None:
    said = [(path.name, words) for path in MODULES for words in said_in_code(path) if not words.startswith(NO_COMMAND)]
    assert len(said) > 60
    assert [pair for pair in said if unknown(pair[1])] == []
    shown = {words.split()[1] for _, words in said if words.startswith("docs ")}
    assert shown
    assert shown <= {*page_titles()}


def whole_commands() -> Iterator[str]:
    """Every command that is whole: of the pages and of the help, with no word to be replaced."""
    for text in PAGES.values():
        typed = [words for command in commands(text) for words in handouts_in(command.line)]
        yield from filter(is_whole, [*typed, *named(text)])
    yield from examples()


def is_whole(words: str) -> bool:
    return (
        not PLACEHOLDER.search(words.split("  #", maxsplit=1)[0])
        and not words.startswith("-")
        and bool(arguments(words))
    )


def test_a_whole_command_names_handouts_brands_formats_and_languages_that_exist(beginning: Path) -> None:
    existing = {
        "handouts": ["acupuncture", *DRAFTS, *names(beginning / "handouts")],
        "handout": names(beginning / "handouts"),
        "slug": names(beginning / "handouts"),
        "brand": ["my-clinic", "moorland", "lakeland-clinic-1001", "seaside-clinic-1007"],
        "brands": ["my-clinic", "moorland"],
        "formats": names(ROOT / "formats"),
        "language": [*names(ROOT / "languages"), "pl"],
    }
    seen = 0
    for words in whole_commands():
        if words.split()[0] not in ("new", "import", "brands") and len(words.split()) > 1:
            for kind, wanted in given(words):
                seen += 1
                found = [name for name in existing.get(kind, [wanted]) if fnmatchcase(name, wanted)]
                assert found, f"handouts {words}: {wanted}"
    assert seen > 40


def names(folder: Path) -> list[str]:
    return sorted({path.name.split(".")[0] for path in folder.glob("*.yaml")})


def given(words: str) -> Iterator[tuple[str, str]]:
    """Every text that a command is given, with the name of its parameter. Raises for wrong arguments."""
    for kind, value in values(words).items():
        for text in value if isinstance(value, (list, tuple)) else [value]:
            if isinstance(text, str) and text:
                yield kind, text


@pytest.mark.parametrize("page", [name for name in PAGES if name != "cli.md"])
def test_a_page_names_files_and_folders_that_exist(page: str, beginning: Path) -> None:
    """Of a path in backticks, ``<…>``, ``*`` and words in capitals stand for any name."""
    assert [path for path in paths_of(PAGES[page]) if not is_there(path, beginning)] == []


def paths_of(text: str) -> set[str]:
    words = re.findall(r"`([^`\s(]+)`", prose(text))
    ending = re.compile(r"[\w>*]\.(ya?ml|md|py|pdf|html|json|csv|zip|css|j2|bib)$")
    return {
        word for word in words if ("/" in word or ending.search(word)) and not re.match(r"10\.|[\w+.]+://|\.\w+$", word)
    }


def is_there(path: str, beginning: Path) -> bool:
    if path.split("/", maxsplit=1)[0] in MADE or path in ADDED:
        return True
    pattern = re.sub(r"<\w+>|\b[A-Z]{3,}\b", "*", path).strip("/")
    places = (ROOT, ROOT / "handoutpress", ROOT / "docs", ROOT / "templates", beginning)
    if any(any(place.glob(pattern)) for place in places):
        return True
    return "/" not in path and any(any((ROOT / name).rglob(pattern)) for name in ("rules", "tests/corpus", "brands"))


@pytest.mark.parametrize("page", PAGES)
def test_a_page_links_to_headings_that_exist(page: str) -> None:
    folder = ROOT if page == "README.md" else ROOT / "docs"
    lost = []
    for target, anchor in re.findall(r"\]\(([^):#]*)#([^)]+)\)", PAGES[page]):
        text = (folder / target).read_text("utf-8") if target else PAGES[page]
        if anchor not in map(anchor_of, re.findall(r"^#+ (.+)$", text, re.MULTILINE)):
            lost.append(f"{target}#{anchor}")
    assert lost == []


def anchor_of(heading: str) -> str:
    """Return a heading's address as the web shows Markdown: lower case, hyphens for blanks, no other signs."""
    return re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-")


@pytest.mark.parametrize("page", TYPED)
def test_a_page_with_commands_says_at_its_top_for_which_project_they_are(page: str) -> None:
    assert "handouts init my-clinic" in PAGES[page] or all(
        command.line in ELSEWHERE for command in commands(PAGES[page])
    )


def test_the_lines_that_are_told_apart_are_in_the_docs() -> None:
    lines = {part.split("  ")[0] for text in PAGES.values() for command in commands(text) for part in [command.line]}
    assert {*NOT_TYPED, *ENDS_OTHERWISE, *ELSEWHERE} - lines == set()


def test_make_and_python_are_told_to_do_what_exists() -> None:
    targets = set(re.findall(r"^([\w-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    text = "".join(map(prose, PAGES.values()))
    assert set(re.findall(r"`make ([\w-]+)`", text)) - targets == set()
    assert [path for path in re.findall(r"`python ([\w/]+\.py)", text) if not (ROOT / path).is_file()] == []
