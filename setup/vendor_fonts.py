"""Copy the project's typefaces out of the npm packages that carry them (`make fonts`).

With `--large`, copy those of Chinese and Hindi instead (`make fonts-all`): they are too large to keep in the project.

Each file is taken over unchanged: the Open Font License reserves some of these names for the original files.
The packages are pinned by version and by the SHA-512 of their archive, so a second run writes the same bytes.
Needs `npm` and the network; nothing else in the project does at run time.
"""

import hashlib
import sys
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path

from npm_archives import fetch_archive

FONTS = Path(__file__).resolve().parent.parent / "fonts"

REGULAR, ITALIC = ("400Regular", "Regular"), ("400Regular_Italic", "Italic")
SEMI_BOLD = ("600SemiBold", "SemiBold")
BOLD, BOLD_ITALIC = ("700Bold", "Bold"), ("700Bold_Italic", "BoldItalic")


@dataclass(frozen=True)
class Family:
    """One typeface: the npm package that carries it, and the styles that the project ships."""

    folder: str
    stem: str
    version: str
    integrity: str
    styles: tuple[tuple[str, str], ...] = (REGULAR, ITALIC, SEMI_BOLD, BOLD, BOLD_ITALIC)

    @property
    def package(self) -> str:
        """The name under which npm knows the package."""
        return f"@expo-google-fonts/{self.folder}"


FAMILIES = (
    Family(
        "source-sans-3",
        "SourceSans3",
        "0.4.1",
        "sha512-sxsO4kfxQnVMT6ri/yWiBefkgem6suvc7KWJ4m/kWGTGqxkGouxG7MQsZ8XR6wqasxYZxdWK1gtusMBLSZDiiA==",
    ),
    Family(
        "source-serif-4",
        "SourceSerif4",
        "0.4.1",
        "sha512-Ej4UXDjW1kwYPHG8YLq6fK1bqnJGb3K35J3S5atSL0ScKFAFLKvndxoTWeCls7mybtlS9x99hzwDeXCBkiI3rA==",
    ),
    Family(
        "nunito",
        "Nunito",
        "0.4.2",
        "sha512-1KCWphw/I2ugqfs9iRHUCkPTnomNgGPtF4AvqVquoEKxr0EL+mcLNLgeixsslbaSFevRR6/KJAE3sc8g0VaY0Q==",
    ),
    Family(
        "amiri",
        "Amiri",
        "0.4.1",
        "sha512-JTZUZ4olyqGeXu5UBWVEerrbym/MD9U3wU8qzSg8z4qEtHFKAI3uPg2DuytfeRmJ6EppaHLYsYqpGerMOrpJeA==",
        (REGULAR, ITALIC, BOLD, BOLD_ITALIC),
    ),
    Family(
        "ibm-plex-sans-arabic",
        "IBMPlexSansArabic",
        "0.4.2",
        "sha512-Cx24iSo/4pWBKHVf69tbVLDUiHWCSTHrhKPw/+SYWLDnyiX10WXh+amNWRSo9N3ruwd+qk9AQgDaIY1KO0u1Ig==",
        (REGULAR, SEMI_BOLD, BOLD),
    ),
)


LARGE = (
    Family(
        "noto-sans-devanagari",
        "NotoSansDevanagari",
        "0.4.1",
        "sha512-26boYPNKGP1r4R5MxsMAY/zCQOwiXLOJzX8sh1a2oEWyQurQsyniaCv4992c+9jjwshEEt2NNVv5GcnyzaL7QQ==",
        (REGULAR, SEMI_BOLD, BOLD),
    ),
    Family(
        "noto-sans-sc",
        "NotoSansSC",
        "0.4.3",
        "sha512-9rAwdFTFHbO/u6Cs0gj2jZbW74TGIiaFNQnXYH2s5wA1bzVkwbaviL4t8YUV642eGYjg86eH6DkAEQmfNHDncQ==",
        (REGULAR, SEMI_BOLD, BOLD),
    ),
)
"""The faces of large scripts: 32 MB, kept out of the project's history."""


def member(archive: tarfile.TarFile, name: str) -> bytes:
    """The bytes of one file of a package."""
    stream = archive.extractfile(f"package/{name}")
    if stream is None:
        raise SystemExit(f"{name} is not a file")
    return stream.read()


def _archive(family: Family, scratch: str) -> Path:
    return fetch_archive(family.package, family.version, family.integrity, Path(scratch))


def vendor(family: Family) -> None:
    """Write one family's styles and its licence into its folder under fonts/."""
    folder = FONTS / family.folder
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch, tarfile.open(_archive(family, scratch)) as archive:
        licence = member(archive, "LICENSE_FONT").replace(b"\r\n", b"\n")
        (folder / "OFL.txt").write_bytes(licence)
        for source, style in family.styles:
            face = member(archive, f"{source}/{family.stem}_{source}.ttf")
            (folder / f"{family.stem}-{style}.ttf").write_bytes(face)


def checksums() -> str:
    """One line a font file, as `sha256sum -c` reads them."""
    faces = sorted(face for family in FAMILIES for face in (FONTS / family.folder).glob("*.ttf"))
    return "".join(
        f"{hashlib.sha256(face.read_bytes()).hexdigest()}  {face.relative_to(FONTS).as_posix()}\n" for face in faces
    )


def main() -> None:
    """Vendor every family, then note each file's checksum; the large ones are in no list."""
    large = "--large" in sys.argv[1:]
    for family in LARGE if large else FAMILIES:
        vendor(family)
    if large:
        return
    (FONTS / "SHA256SUMS").write_text(checksums(), encoding="utf-8")


if __name__ == "__main__":
    main()
