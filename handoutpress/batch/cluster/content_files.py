"""A project's files in a store, each once, by the digest of its bytes; and laid out again on another machine."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from handoutpress.content.articles import FOLDER as ARTICLES
from handoutpress.content.catalog import Catalog
from handoutpress.content.library import JSON_LIBRARY, LIBRARY
from handoutpress.content.loading import SETTINGS
from handoutpress.content.project import FOLDERS
from handoutpress.store.digests import bytes_digest, file_digest
from handoutpress.store.files import is_below, replace_file
from handoutpress.store.objects.object_store import ManyPuts, ObjectStore, OtherContentError, get_many
from handoutpress.yamlfile.problems import HandoutError

FOLDER = "content"


def project_files(catalog: Catalog) -> dict[str, Path]:
    """Return the files that a project is printed from, by their names below it: no outputs, no mail, no patients."""
    root = catalog.project.root
    folders = [path for name in ("handouts", ARTICLES, *FOLDERS) for path in (root / name).rglob("*")]
    named = [path for brand in catalog.brands.values() for path in brand.files]
    named += [picture.path for file in catalog.handouts.values() for picture in file.pictures.values()]
    single = [root / name for name in (LIBRARY, JSON_LIBRARY, SETTINGS)]
    paths = {path for path in (*folders, *named, *single) if path.is_relative_to(root) and path.is_file()}
    return {path.relative_to(root).as_posix(): path for path in sorted(paths) if not _is_hidden(path, root)}


def put_files(store: ObjectStore, files: Mapping[str, Path]) -> dict[str, str]:
    """Put what the store lacks of some files, and return the SHA-256 of each. Raises ``OSError``."""
    there = set(store.names(FOLDER))
    digests = {name: file_digest(path) for name, path in files.items()}
    puts = ManyPuts(store)
    try:
        for name, digest in digests.items():
            if _object_name(digest) not in there:
                there.add(_object_name(digest))
                puts.put(_object_name(digest), files[name].read_bytes())
        puts.finish()
    finally:
        puts.close()
    return digests


def lay_out(store: ObjectStore, digests: Mapping[str, str], root: Path) -> None:
    """Write the files of a plan into the folder ``root``, each held to its digest.

    Raises ``OtherContentError`` for one with other bytes, ``HandoutError`` for one that the store lacks, ``OSError``.
    """
    places = dict[str, list[Path]]()
    for name, digest in digests.items():
        if is_below(name):
            places.setdefault(digest, []).append(root / name)
    for paths, content in _contents(store, places):
        for path in paths:
            path.parent.mkdir(parents=True, exist_ok=True)
            replace_file(path, content)


def _contents(store: ObjectStore, places: Mapping[str, Iterable[Path]]) -> Iterator[tuple[Iterable[Path], bytes]]:
    digest_of = {_object_name(digest): digest for digest in places}
    for name, content in get_many(store, digest_of):
        if content is None:
            raise HandoutError(f"{store.address} lacks {name}, which its plan needs. Hint: plan again.")
        if bytes_digest(content) != digest_of[name]:
            raise OtherContentError(f"{store.address} holds other bytes as {name} than its name says.")
        yield places[digest_of[name]], content


def _object_name(digest: str) -> str:
    return f"{FOLDER}/{digest[:2]}/{digest}"


def _is_hidden(path: Path, root: Path) -> bool:
    return any(part.startswith(".") for part in path.relative_to(root).parts)
