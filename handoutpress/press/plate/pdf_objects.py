"""PDF objects as bytes: what branding joins to a file (ISO 32000-1, 7.3 and 7.5)."""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import pikepdf

ENTRY = struct.Struct(">BIH")
"""One entry of the cross-reference stream: type, offset or object stream, generation or index (7.5.8.3)."""
PER_OBJECT_STREAM = 200

# Strings are matched first, so that what only looks like a reference in them is passed over.
_REFERENCE = re.compile(rb"\((?:\\.|[^\\()])*\)|<[0-9A-Fa-f]*>|(\d+) 0 R")


def dictionary_bytes(value: pikepdf.Object) -> bytes:
    """Return an object without its stream data, references kept."""
    if isinstance(value, pikepdf.Stream):
        return value.stream_dict.unparse()
    return value.unparse(resolved=True)


def object_bytes(value: pikepdf.Object) -> bytes:
    """Return the body of an indirect object; stream data stays as it is compressed."""
    if not isinstance(value, pikepdf.Stream):
        return dictionary_bytes(value)
    data = value.read_raw_bytes()
    return stream_bytes(dictionary_bytes(value), data)


def stream_bytes(dictionary: bytes, data: bytes) -> bytes:
    """Return a stream object from its dictionary, whose /Length must be right, and its data."""
    return dictionary + b"\nstream\n" + data + b"\nendstream"


def compressed(entries: bytes, data: bytes, level: int = 6) -> bytes:
    """Return a Flate stream object with further dictionary ``entries``."""
    packed = zlib.compress(data, level)
    return stream_bytes(b"<< %b /Filter /FlateDecode /Length %d >>" % (entries, len(packed)), packed)


def string_bytes(text: str) -> bytes:
    """Return a text string: ASCII as it is, anything else as UTF-16 with its mark (7.9.2.2)."""
    try:
        ascii_text = text.encode("ascii")
    except UnicodeEncodeError:
        return b"<FEFF" + text.encode("utf-16-be").hex().encode() + b">"
    return b"(" + ascii_text.replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)") + b")"


@dataclass(frozen=True)
class RelocatableObject:
    """An object that can move to another file: its bytes, cut wherever it refers to object ``references[i]``."""

    parts: tuple[bytes, ...]
    references: tuple[int, ...]

    def at(self, numbers: Mapping[int, int] | Sequence[int]) -> bytes:
        """Return the bytes with each reference turned into ``numbers[reference]``."""
        if not self.references:
            return self.parts[0]
        joined = [self.parts[0]]
        for reference, part in zip(self.references, self.parts[1:], strict=True):
            joined += (b"%d 0 R" % numbers[reference], part)
        return b"".join(joined)


def cut(body: bytes) -> RelocatableObject:
    """Cut an object's bytes at its references; strings and stream data are left alone."""
    head, mark, data = body.partition(b"\nstream\n")
    parts: list[bytes] = []
    references: list[int] = []
    start = 0
    for match in _REFERENCE.finditer(head):
        if match.group(1):
            parts.append(head[start : match.start()])
            references.append(int(match.group(1)))
            start = match.end()
    parts.append(head[start:] + mark + data)
    return RelocatableObject(tuple(parts), tuple(references))


@dataclass(frozen=True)
class PackedObjects:
    """Objects written one after another: their bytes, and the cross-reference entry of each by number."""

    data: bytes
    entries: Mapping[int, tuple[int, int, int]]


def pack_plain(bodies: Mapping[int, bytes], offset: int) -> PackedObjects:
    """Write objects in the open, the first at ``offset``."""
    written = []
    entries = {}
    for number, body in bodies.items():
        entries[number] = (1, offset, 0)
        written.append(b"%d 0 obj\n%b\nendobj\n" % (number, body))
        offset += len(written[-1])
    return PackedObjects(b"".join(written), entries)


def pack_streams(bodies: Mapping[int, bytes], first_number: int, offset: int) -> PackedObjects:
    """Write objects inside compressed object streams (7.5.7), which are numbered from ``first_number``."""
    numbers = list(bodies)
    holders: dict[int, bytes] = {}
    entries: dict[int, tuple[int, int, int]] = {}
    for start in range(0, len(numbers), PER_OBJECT_STREAM):
        chunk = numbers[start : start + PER_OBJECT_STREAM]
        holder = first_number + len(holders)
        entries.update({number: (2, holder, index) for index, number in enumerate(chunk)})
        holders[holder] = _object_stream([(number, bodies[number]) for number in chunk])
    packed = pack_plain(holders, offset)
    return PackedObjects(packed.data, {**entries, **packed.entries})


def _object_stream(chunk: Iterable[tuple[int, bytes]]) -> bytes:
    heads, bodies, at = [], [], 0
    for number, body in chunk:
        heads.append(b"%d %d" % (number, at))
        bodies.append(body)
        at += len(body) + 1
    head = b" ".join(heads) + b"\n"
    return compressed(b"/Type /ObjStm /N %d /First %d" % (len(bodies), len(head)), head + b"\n".join(bodies), level=9)
