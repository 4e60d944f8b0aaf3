"""Beginning something: a project, a handout, a brand, and the schemas that an editor completes YAML by."""

from __future__ import annotations

import re
import shutil
from contextlib import suppress
from pathlib import Path

from handoutpress.app.project import today
from handoutpress.content.brand.skeleton import brand_skeleton, colours_from_logo
from handoutpress.content.clinic_sheets.row_brands import SHEET, BrandRows
from handoutpress.content.crosschecks import cited_in, country_hint
from handoutpress.content.handout_names import new_handout_path
from handoutpress.content.kinds.kind_files import DEFAULT_KIND, KindFiles
from handoutpress.content.kinds.kind_skeletons import kind_skeleton
from handoutpress.content.library import LIBRARY, kept_entries
from handoutpress.content.models.citations import cited_keys
from handoutpress.content.models.countries import Country
from handoutpress.content.project import Project, builtin_root, check_path
from handoutpress.content.schemas import write_schemas
from handoutpress.content.skeletons import handout_skeleton, mail_settings_skeleton, sample_files
from handoutpress.store.files import replace_file, replace_text
from handoutpress.yamlfile.explain import load_record
from handoutpress.yamlfile.nearest import meant
from handoutpress.yamlfile.problems import ContentError, HandoutError
from handoutpress.yamlfile.record import SLUG

FIRST_BRAND = "my-clinic"
LIBRARY_HEAD = """\
# yaml-language-server: $schema=schemas/references.schema.json
#
# The papers that the handouts cite. "handouts references add DOI" adds one; "handouts docs references" says more.

"""


def new_project(folder: Path) -> None:
    """Begin a project in a new or empty folder: a small one that builds at once.

    Raises ``HandoutError``, or ``OSError``, and then leaves the folder as it was: it can be begun again.
    """
    check_path(folder.resolve())
    was_there = folder.exists()
    if was_there and any(folder.iterdir()):
        raise HandoutError(f"{folder} is not empty. Hint: name a new folder.")
    try:
        _fill(folder)
    except BaseException:
        for made in [*folder.iterdir()] if was_there else [folder]:
            shutil.rmtree(made, ignore_errors=True) if made.is_dir() else made.unlink(missing_ok=True)
        raise


def _fill(folder: Path) -> None:
    for inner, source in sample_files():
        (folder / inner).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(source, folder / inner)
    _keep_cited(Project(folder.resolve(), builtin_root()))
    _write_new(folder / "brands" / FIRST_BRAND / "_brand.yml", brand_skeleton(_title(FIRST_BRAND)))
    write_schemas(folder / "schemas")


def _keep_cited(project: Project) -> None:
    """Leave in a new project's library what its handouts and articles cite, byte for byte."""
    source = project.read(project.root / LIBRARY)
    handouts = (project.read(path) for path in project.root.glob("handouts/*.yaml"))
    cited = {reference.key for handout in handouts for reference in cited_in(handout)}
    articles = (path.read_text("utf-8") for path in project.root.glob("articles/*.md"))
    cited |= {key for article in articles for key, _ in cited_keys(article)}
    replace_text(project.root / LIBRARY, LIBRARY_HEAD + kept_entries(source, cited))


def new_handout(project: Project, slug: str, kind: str = DEFAULT_KIND) -> Path:
    """Begin a handout of a kind from a skeleton, and return its file. Raises ``HandoutError``."""
    _check_slug(slug, "handout")
    kinds = KindFiles(project)
    if kind not in kinds.names:
        raise HandoutError(f'There is no kind "{kind}". Hint: {meant(kind, kinds.names)}')
    path = new_handout_path(project, slug, "en")
    if kind == DEFAULT_KIND:
        text = handout_skeleton(slug, today())
    else:
        text = kind_skeleton(slug, kind, kinds.read(kind).kind, today())
    _write_new(path, text)
    return path


def new_mail_settings(project: Project) -> Path:
    """Begin the settings for mailing, and return their file. Raises ``HandoutError``."""
    path = project.root / "mail.yaml"
    _write_new(path, mail_settings_skeleton())
    return path


def new_brand(project: Project, slug: str, *, logo: Path | None = None, country: str = "gb") -> Path:
    """Begin a brand from a skeleton or from a logo and its colours, and return its file. Raises ``HandoutError``."""
    _check_slug(slug, "brand")
    if slug in BrandRows(project).slugs:
        raise HandoutError(f'"{slug}" is a row of {SHEET} already. Hint: change it there, or delete the row first.')
    country = _country(project, country)
    path = project.root / "brands" / slug / "_brand.yml"
    file = f"logo{logo.suffix.lower()}" if logo else None
    colours = _colours(logo) if logo else ()
    _check_new(path)
    if logo and file:
        path.parent.mkdir(parents=True, exist_ok=True)
        replace_file(path.parent / file, logo.read_bytes())
    _write_new(path, brand_skeleton(_title(slug), country, file, colours, _paper(project, country)))
    return path


def _country(project: Project, name: str) -> str:
    """Return a country's code in lower case. Raises ``HandoutError`` for one that the project lacks."""
    # Nothing is guessed: uk may be Britain or the Ukrainian language, and emergency numbers hang on it.
    existing = project.files("countries")
    if name.lower() not in existing:
        raise HandoutError(f'There is no country "{name}". Hint: {country_hint(name, existing)}')
    return name.lower()


def _paper(project: Project, country: str) -> str:
    """Return the paper of a country; A4 where its file is missing or has mistakes, as ``check`` tells."""
    path = project.files("countries").get(country)
    with suppress(ContentError):
        return load_record(project.read(path), Country).paper if path else "a4"
    return "a4"


def _check_slug(slug: str, noun: str) -> None:
    if not re.fullmatch(SLUG, slug):
        hint = "use lower-case letters and digits, with single hyphens between them."
        raise HandoutError(f'"{slug}" cannot name a {noun}. Hint: {hint}')


def _title(slug: str) -> str:
    return slug.replace("-", " ").title()


def _colours(logo: Path) -> tuple[str, ...]:
    try:
        return colours_from_logo(logo)
    except (OSError, ValueError) as error:
        raise HandoutError(f"{logo}: {error}") from error


def _check_new(path: Path) -> None:
    if path.exists():
        raise HandoutError(f"{path} is there already. Hint: choose another name, or move it away.")


def _write_new(path: Path, text: str) -> None:
    _check_new(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    replace_text(path, text)
