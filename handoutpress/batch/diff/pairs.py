"""Two manifests side by side: which editions are the same, changed, came or went, and what they were made from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from handoutpress.batch.log.manifest import ManifestFile, read_inputs, read_manifest
from handoutpress.batch.plan import OutputLabel
from handoutpress.batch.reasons import differences
from handoutpress.store.digests import file_digest
from handoutpress.yamlfile.problems import HandoutError

Key = tuple[str, str, str, str, str]
"""What an edition is called whatever it says: brand, handout, language, format, and what it is printed for."""


@dataclass(frozen=True)
class EditionPair:
    """One edition in two manifests. ``old`` or ``new`` is None where it came or went.

    ``old_file`` and ``new_file`` say where the files should be; ``made_from`` tells in words which inputs changed.
    """

    old: ManifestFile | None
    new: ManifestFile | None
    old_file: Path
    new_file: Path
    made_from: tuple[str, ...] = ()

    @property
    def label(self) -> OutputLabel:
        """The names of the newer one."""
        newest = self.new or self.old
        assert newest is not None  # noqa: S101  a pair has one of both
        return newest.label

    @property
    def versions(self) -> tuple[str, str]:
        """The version before and the version now."""
        return self.old.label.version if self.old else "", self.new.label.version if self.new else ""

    @property
    def addresses(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Where the codes led before, and where they lead now."""
        return self.old.addresses if self.old else (), self.new.addresses if self.new else ()

    @property
    def hashes(self) -> tuple[str, str]:
        """The content hash printed before, and the one printed now; "" where none was."""
        return self.old.label.content_hash if self.old else "", self.new.label.content_hash if self.new else ""

    @property
    def is_rewritten(self) -> bool:
        """Whether the handout itself says another thing than before, also where this edition does not print it."""
        before, now = self.hashes
        return bool(before and now and before != now)

    @property
    def is_unchanged(self) -> bool:
        """Whether both are the same file to the byte."""
        return bool(self.old and self.new and self.old.sha256 == self.new.sha256)

    @property
    def is_changed(self) -> bool:
        """Whether there are two files that differ."""
        return bool(self.old and self.new) and not self.is_unchanged

    def check_files(self) -> None:
        """Raise ``HandoutError`` where a file is gone, or is no longer the one that its manifest names."""
        for entry, file in ((self.old, self.old_file), (self.new, self.new_file)):
            if entry is None:
                continue
            try:
                sha256 = file_digest(file)
            except OSError as error:
                raise HandoutError(f"{file.as_posix()} cannot be read: {error.strerror}.") from None
            if sha256 != entry.sha256:
                raise HandoutError(f"{file.as_posix()} is no longer the file that its manifest names.")


def pairs_of(old: Path, new: Path) -> list[EditionPair]:
    """Match two manifests, or those in two folders, by brand, handout, language and format, in that order.

    Files for a print shop count as editions of their own; pages for screens do not count. Raises ``HandoutError``
    where there is no manifest of ours.
    """
    return list(_pairs(_ManifestSide(old), _ManifestSide(new)))


class _ManifestSide:
    """One of the two manifests: its editions, and what they were made from."""

    def __init__(self, path: Path) -> None:
        self.folder = path if path.is_dir() else path.parent
        self.editions = {_key(entry.label): entry for entry in read_manifest(path) if entry.label.format}
        self.inputs = read_inputs(path)

    def file(self, entry: ManifestFile | None) -> Path:
        return self.folder / entry.path if entry else self.folder

    def made_from(self, entry: ManifestFile) -> Mapping[str, str]:
        return self.inputs.mapping(entry.made_from)


def _key(label: OutputLabel) -> Key:
    return label.brand, label.handout, label.language, label.format, label.way


def _pairs(old: _ManifestSide, new: _ManifestSide) -> Iterator[EditionPair]:
    for key in sorted({*old.editions, *new.editions}):
        before, now = old.editions.get(key), new.editions.get(key)
        changed: tuple[str, ...] = ()
        if before and now and before.sha256 != now.sha256:
            changed = tuple(differences(old.made_from(before), new.made_from(now)))
        yield EditionPair(before, now, old_file=old.file(before), new_file=new.file(now), made_from=changed)
