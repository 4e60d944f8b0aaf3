"""A finished PDF for one occasion: pages put before it in one reading order, or the copies that are wanted of it."""

from __future__ import annotations

import io

import pikepdf
from pikepdf import Array, Pdf


def put_before(front: bytes, pdf: bytes) -> bytes:
    """Put the pages of ``front``, which has no links, before those of ``pdf``, with their tags (ISO 32000-1, 14.7).

    Of ``front`` nothing but its pages and their structure comes along: no title, no metadata, no outline.
    """
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as joined, pikepdf.open(io.BytesIO(front)) as first:
        for number, page in enumerate(first.pages):
            joined.pages.insert(number, page)
        _join_tags(joined, first, len(first.pages))
        packed = pikepdf.ObjectStreamMode.generate
        joined.save(out, deterministic_id=True, object_stream_mode=packed, fix_metadata_version=False)
    return out.getvalue()


def with_copies(pdf: bytes, copies: int) -> bytes:
    """Have a viewer's print window ask for so many ``copies`` (ISO 32000-1, 12.2; those who know it: Acrobat does)."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as asked:
        asked.Root.ViewerPreferences.NumCopies = copies
        packed = pikepdf.ObjectStreamMode.generate
        asked.save(out, deterministic_id=True, object_stream_mode=packed, fix_metadata_version=False)
    return out.getvalue()


def _join_tags(joined: Pdf, first: Pdf, pages: int) -> None:
    """Hang the structure of ``first`` before that of ``joined``, under keys of the parent tree that are free."""
    numbers = joined.Root.StructTreeRoot.ParentTree.Nums
    free = int(numbers[len(numbers) - 2]) + 1
    for page in joined.pages[:pages]:
        page.obj.StructParents = int(page.obj.StructParents) + free
    tree = joined.copy_foreign(first.Root.StructTreeRoot)
    for index, value in enumerate(tree.ParentTree.Nums):  # a key, what it owns, and so on
        numbers.append(value if index % 2 else int(value) + free)
    joined.Root.StructTreeRoot.ParentTreeNextKey = int(numbers[len(numbers) - 2]) + 1
    root = joined.Root.StructTreeRoot.K[0]
    kids = [kid for part in tree.K for kid in part.K]
    for kid in kids:
        kid.P = root
    root.K = Array([*kids, *root.K])
