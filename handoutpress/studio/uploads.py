"""What a form brings as a file."""

from __future__ import annotations

from pathlib import PurePath

from starlette.datastructures import FormData, UploadFile


async def uploaded(form: FormData, field: str) -> tuple[str, bytes]:
    """Return the name and the bytes of an uploaded file; "" and none where no file was chosen."""
    file = form.get(field)
    if not isinstance(file, UploadFile) or not file.filename:
        return "", b""
    return PurePath(file.filename).name, await file.read()
