"""JSON Schema 2020-12 for every kind of YAML file, so that editors complete keys and mark mistakes while typing."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pydantic import BaseModel, TypeAdapter
from pydantic.json_schema import GenerateJsonSchema

from handoutpress.content.brand.keys import BrandFile
from handoutpress.content.models.countries import Country
from handoutpress.content.models.formats import Format
from handoutpress.content.models.handouts import Handout
from handoutpress.content.models.kinds import Kind
from handoutpress.content.models.languages import Language
from handoutpress.content.models.mail_settings import MailSettings
from handoutpress.content.models.project_settings import ProjectSettings
from handoutpress.content.models.references import Reference
from handoutpress.content.poses.pose import PoseFile
from handoutpress.store.files import replace_text

DIALECT = GenerateJsonSchema.schema_dialect


class Wrapped(BaseModel):
    """A library as Pandoc writes it."""

    references: list[Reference]


KINDS: dict[str, tuple[str, Any]] = {
    "handout": ("Handout: handouts/<slug>.<language>.yaml", Handout),
    "brand": ("Brand: brands/<slug>/_brand.yml", BrandFile),
    "format": ("Format: formats/<slug>.yaml", Format),
    "kind": ("Kind of handout: kinds/<kind>.yaml", Kind),
    "language": ("Language: languages/<code>.yaml", Language),
    "country": ("Country: countries/<code>.yaml", Country),
    "poses": ("Poses: poses/<part of the body>.yaml", PoseFile),
    "project": ("Project: project.yaml", ProjectSettings),
    "mail": ("Mail: mail.yaml", MailSettings),
    "references": ("Reference library: references.yaml", list[Reference] | Wrapped),
}
"""The kinds of file: a title for editors, and the model."""


def schema(kind: str) -> dict[str, Any]:
    """Return the JSON Schema of one of ``KINDS``."""
    title, model = KINDS[kind]
    body = TypeAdapter(model).json_schema(mode="validation")
    return {"$schema": DIALECT, **body, "title": title}


def write_schemas(folder: Path) -> list[Path]:
    """Write ``<kind>.schema.json`` for every kind into ``folder`` and return the paths."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for kind in KINDS:
        path = folder / f"{kind}.schema.json"
        replace_text(path, json.dumps(schema(kind), indent=2, ensure_ascii=False) + "\n")
        paths.append(path)
    return paths
