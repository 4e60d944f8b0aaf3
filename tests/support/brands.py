"""Brands of a test."""

from pathlib import Path

from handoutpress.content.brand.brand import Brand
from handoutpress.content.brand.reader import BrandReader
from handoutpress.content.project import Project


def read_brand(folder: Path, project: Project) -> Brand:
    """Read the brand in ``folder``, whose name is its slug. Raises ``ContentError`` with every mistake of its files."""
    return BrandReader(project).read(folder)
