"""HTML to typeset pages. The only place that loads WeasyPrint, and with it Pango and HarfBuzz.

The engine sees the project's own font folders and nothing else: a private fontconfig file leaves the system's fonts
out, so that pages are the same on every machine and a glyph that no font has is found out.
"""

from __future__ import annotations

import io
import logging
import mimetypes
import os
import traceback
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import redirect_stdout
from dataclasses import dataclass, replace
from functools import cached_property
from importlib import import_module
from pathlib import Path
from typing import Any

from handoutpress.press.layout.blocks import PageBoxes, classes_of, measured_pages
from handoutpress.press.layout.clusters import draw_by_clusters
from handoutpress.press.layout.engine_patches import finish_pages, patch_layout, quick_loading, tag_languages
from handoutpress.press.layout.font_settings import font_settings
from handoutpress.press.layout.pace import keep_pace
from handoutpress.press.layout.spreading import SpareRoom, spread
from handoutpress.store.garbage_collector import loading
from handoutpress.store.processes import muted_errors
from handoutpress.yamlfile.problems import HandoutError

Fetch = Callable[[str], bytes]
"""Reads a picture's or stylesheet's bytes by its address, or raises ``HandoutError``."""

PICTURE_DPI = 300
"""Pictures are scaled down to what print can show (print trade)."""

EDGE = 0.5
"""How far, in CSS pixels, a word may reach over an edge: nothing of it is seen."""

SAFE_EDGE = 3 * 96 / 25.4
"""How near, in CSS pixels, a word may come to the page's left or right edge, where it is trimmed or folded: 3 mm."""

MISSING_ENGINE = (
    "Pango, which sets the type, is not installed. Hint: on Debian and Ubuntu: "
    "apt install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 libzbar0; on Fedora: dnf install pango harfbuzz "
    "zbar; on macOS: brew install pango zbar; on Windows, in MSYS2: pacman -S mingw-w64-ucrt-x86_64-pango."
)


POINTER = "pointer"
"""The class of the links over a title that say on which page is urgent help: one for each that there may be."""

GLYPH_HINT = "use another character, or add a font that has it."


class EngineMissingError(HandoutError):
    """Libraries under WeasyPrint that cannot be loaded."""

    def __init__(self) -> None:
        super().__init__(MISSING_ENGINE)


class TypesetError(HandoutError):
    """A warning of the engine: a page with one is never printed."""


class EngineStuckError(TypesetError):
    """A page that the engine cannot lay out: it fails where a box that may not break is taller than the page."""


class MissingGlyphsError(TypesetError):
    """Characters of a page that no font has."""

    def __init__(self, characters: Sequence[str]) -> None:
        self.characters = tuple(characters)
        named = ", ".join(map(named_character, characters))
        super().__init__(f"No font has: {named}. Hint: {GLYPH_HINT}")


def named_character(character: str) -> str:
    """Return a character with its code point, since it may be one that a screen cannot show either."""
    return f"{character} (U+{ord(character):04X})"


class _Warnings(logging.Handler):
    """What WeasyPrint logs while it works."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.sentences: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.sentences.append(record.getMessage())

    def raise_if_any(self) -> None:
        if self.sentences:
            raise TypesetError(" ".join(dict.fromkeys(self.sentences)))


@dataclass(frozen=True)
class Layout:
    """Typeset pages, not yet drawn; ``boxes`` are where their blocks stood before spare room was spread."""

    document: Any
    warnings: _Warnings
    boxes: tuple[PageBoxes, ...] = ()

    @property
    def pages(self) -> int:
        return len(self.document.pages)

    def whole_pages(self) -> dict[str, Any]:
        """Return, by CSS name, the pages that have all that was to stand on one of that name, no word over an edge."""
        wide = self.wide_pages()
        names = [str(page._page_box.page_type.name) for page in self.document.pages]
        named = zip(names, self.document.pages, strict=True)
        return {name: page for name, page in named if names.count(name) == 1 and name not in wide}

    def of(self, pages: Sequence[Any]) -> Layout:
        """Return these pages alone, of this or of other layouts."""
        return replace(self, document=self.document.copy(pages))

    def lines_left_over(self, kinds: Collection[str]) -> dict[str, int]:
        """Return the parts, by class, that break over pages, and how many lines stand after their first page."""
        left_over: dict[str, int] = {}
        for page in self.document.pages:
            for kind, lines in _parts(page._page_box, kinds).items():
                left_over[kind] = left_over[kind] + lines if kind in left_over else 0
        return {kind: left_over[kind] for kind in kinds if left_over.get(kind)}

    def lines_of(self, name: str, kind: str) -> list[tuple[float, int]]:
        """Return where each element of class ``kind`` on pages called ``name`` begins from the left, in CSS pixels.

        With it stands how many lines it has on all of these pages together.
        """
        found: dict[Any, tuple[float, int]] = {}
        for page in self._pages_called(name):
            on_page: dict[Any, tuple[float, int]] = {}
            for box in page.descendants():
                if getattr(box, "element", None) is not None and box.element.get("class") == kind:
                    on_page.setdefault(box.element, (box.position_x, _lines(box)))
            for element, (left, lines) in on_page.items():
                first_left, above = found.get(element, (left, 0))
                found[element] = (first_left, above + lines)
        return list(found.values())

    def line_height(self, name: str) -> float:
        """Return the height of the last line on pages called ``name``, in CSS pixels, or 0 where there is none."""
        line_box = import_module("weasyprint.formatting_structure.boxes").LineBox
        boxes = [box for page in self._pages_called(name) for box in page.descendants()]
        return next((float(box.height) for box in reversed(boxes) if isinstance(box, line_box)), 0.0)

    def _pages_called(self, name: str) -> Iterator[Any]:
        return (page._page_box for page in self.document.pages if page._page_box.page_type.name == name)

    def wide_pages(self) -> frozenset[str]:
        """Return the names of the pages over whose left or right edge a word reaches: one that cannot be broken may."""
        return frozenset(page._page_box.page_type.name for page, _ in self._beyond(-EDGE))

    def wide_words(self) -> list[str]:
        """Return the words that reach too near to the left or right edge of their page."""
        return [box.text for _, box in self._beyond(SAFE_EDGE) if box.text.strip()]

    def _beyond(self, edge: float) -> Iterator[tuple[Any, Any]]:
        """Yield pages and their boxes of text that come nearer than ``edge``, in CSS pixels, to the left or right."""
        text_box = import_module("weasyprint.formatting_structure.boxes").TextBox
        for page in self.document.pages:
            for box in page._page_box.descendants():
                ends = box.position_x, box.position_x + box.width
                if isinstance(box, text_box) and (ends[0] < edge or ends[1] > page.width - edge):
                    yield page, box

    def pdf(self, *, is_plain: bool = False) -> bytes:
        """Return the pages as a tagged PDF/UA-1 file, their drawings packed unless it ``is_plain``.

        Raises ``TypesetError`` if the engine warned.
        """
        for page in self.document.pages:
            page.is_plain = is_plain
        logging.getLogger("weasyprint").handlers = [self.warnings]
        try:
            data: bytes = self.document.write_pdf(pdf_variant="pdf/ua-1", pdf_identifier=b"handout-press")
        except import_module("weasyprint.urls").FatalURLFetchingError as error:  # the picture of a box's ground
            raise TypesetError(str(error)) from error
        except Exception as error:
            if damaged := _of_font(error):
                raise damaged from error
            raise
        missing = sorted({chr(code) for font in self.document.fonts.values() for code in font.missing})
        if missing:
            raise MissingGlyphsError(missing)
        self.warnings.raise_if_any()
        return data


def _of_font(error: Exception) -> TypesetError | None:
    """Return what is told of an error that was raised over a font's own tables; None for any other."""
    files = [frame.filename.replace("\\", "/") for frame in traceback.extract_tb(error.__traceback__)]
    if not any("/fontTools/" in file or file.endswith("weasyprint/pdf/fonts.py") for file in files):
        return None
    return TypesetError(
        "A font of this page is damaged. Hint: get the files in fonts/ again from where they came from."
    )


class _PageFinisher:
    """Measures the pages of one layout, then spreads what is over on them, and says on which is urgent help."""

    def __init__(self, spare: SpareRoom) -> None:
        self._spare = spare
        self.boxes: tuple[PageBoxes, ...] = ()

    def __call__(self, pages: Sequence[Any]) -> None:
        self.boxes = tuple(measured_pages(pages))
        _keep_one_pointer(pages)
        if self._spare.below:
            spread(pages, self.boxes, self._spare)


def _keep_one_pointer(pages: Sequence[Any]) -> None:
    """Take away all pointers on the first page but those to the page on which begins what they lead to."""
    found: dict[str, int] = {}
    for number, page in enumerate(pages, 1):
        for box in page.descendants():
            if box.element is not None and (identifier := box.element.get("id")):
                found.setdefault(identifier, number)
    for box in pages[0].descendants():
        kids = getattr(box, "children", ())
        if any(POINTER in classes_of(kid) for kid in kids):
            box.children = [kid for kid in kids if POINTER not in classes_of(kid) or _leads(kid.element, found)]


def _leads(pointer: Any, found: Mapping[str, int]) -> bool:
    """Return whether what a pointer leads to begins on the page that it says."""
    return f"on-{found.get(pointer.get('href')[1:])}" in pointer.get("class").split()


def _lines(box: Any) -> int:
    line_box = import_module("weasyprint.formatting_structure.boxes").LineBox
    return sum(isinstance(inner, line_box) for inner in box.descendants())


def _parts(page: Any, kinds: Collection[str]) -> dict[str, int]:
    """Count the lines on a page of each element that has one of these classes."""
    counts: dict[str, int] = {}
    for box in page.descendants():
        kind = str(box.element.get("class")) if getattr(box, "element", None) is not None else ""
        if kind in kinds:
            counts[kind] = max(counts.get(kind, 0), _lines(box))  # an element may have several boxes, one in another
    return counts


def _refuse_all(url: str) -> bytes:
    raise HandoutError(f"A stylesheet may not read {url}. Hint: write what it needs into it, or name a base_style.")


class Typesetter:
    """The engine, loaded once a process, with its fonts and the stylesheets that it has parsed."""

    def __init__(self, font_folders: Sequence[Path], cache: Path) -> None:
        """Fonts come from ``font_folders`` alone; ``cache`` is a folder for fontconfig's own use."""
        self._font_folders = tuple(font_folders)
        self._cache = cache
        self._sheets: dict[Path, Any] = {}
        self._inline_pictures: Any = None  # reads pictures that stand in their address

    @cached_property
    def _engine(self) -> Any:
        self._cache.mkdir(parents=True, exist_ok=True)
        settings = font_settings(self._font_folders, self._cache)
        os.environ["FONTCONFIG_FILE"] = str(settings)
        logger = logging.getLogger("weasyprint")
        logger.handlers = []
        logger.propagate = False
        try:
            # Not at the top of the module: the engine reads the setting above while it loads.
            # It prints a page of advice where it cannot load.
            # Fontconfig says on the screen where it cannot keep what it read of the fonts; it reads them anew then.
            with loading(), quick_loading(), redirect_stdout(io.StringIO()), muted_errors():
                engine = import_module("weasyprint")
        except OSError as error:
            raise EngineMissingError from error
        self._inline_pictures = engine.urls.URLFetcher(allowed_protocols={"data"})
        keep_pace(import_module)
        patch_layout(import_module("weasyprint.layout"))
        finish_pages(import_module("weasyprint.document"))
        tag_languages(import_module("weasyprint.pdf.tags"))
        draw_by_clusters(import_module("weasyprint.draw.text"), import_module("weasyprint.pdf.fonts"))
        return engine

    @cached_property
    def _fonts(self) -> Any:
        engine = self._engine
        with muted_errors():
            return engine.text.fonts.FontConfiguration()

    def _sheet(self, path: Path) -> Any:
        if path not in self._sheets:
            fetcher = self._fetcher(_refuse_all)
            try:
                css = path.read_text("utf-8")
                self._sheets[path] = self._engine.CSS(string=css, font_config=self._fonts, url_fetcher=fetcher)
            except UnicodeDecodeError:
                raise TypesetError(f"styles/{path.name} is not UTF-8. Hint: save it as UTF-8.") from None
            except self._engine.urls.FatalURLFetchingError as error:
                raise TypesetError(f"styles/{path.name}: {error}") from error
        return self._sheets[path]

    def _fetcher(self, fetch: Fetch) -> Any:
        urls = self._engine.urls

        def read(url: str) -> Any:
            if url.startswith("data:"):
                return self._inline_pictures.fetch(url)
            try:
                kind = mimetypes.guess_type(url)[0] or "application/octet-stream"
                return urls.URLFetcherResponse(url, fetch(url), {"Content-Type": kind})
            except HandoutError as error:
                # Any other error over a picture is only logged by the engine.
                raise urls.FatalURLFetchingError(str(error)) from error

        return read

    def typeset(
        self,
        html: str,
        sheets: Sequence[Path],
        fetch: Fetch,
        dpi: int = PICTURE_DPI,
        spare: SpareRoom | None = None,
    ) -> Layout:
        """Lay ``html`` out with the stylesheets at ``sheets``; pictures finer than ``dpi`` are scaled down.

        With ``spare``, blocks are measured, and what is over on a page is spread, at most so much at each place.

        Raises ``EngineMissingError`` without Pango, ``TypesetError`` if the engine warned or could not read a picture,
        ``EngineStuckError`` where a box is taller than the page.
        """
        engine = self._engine
        warnings = _Warnings()
        logger = logging.getLogger("weasyprint")
        logger.handlers = [warnings]
        try:
            page = engine.HTML(string=html, url_fetcher=self._fetcher(fetch))
            finisher = _PageFinisher(spare or SpareRoom(0, 0))
            if spare is not None:
                page.finish_pages = finisher
            css = [self._sheet(path) for path in sheets]
            document = page.render(stylesheets=css, font_config=self._fonts, dpi=dpi, optimize_images=True)
        except engine.urls.FatalURLFetchingError as error:
            raise TypesetError(str(error)) from error
        except AssertionError as error:
            raise EngineStuckError("The engine cannot lay this page out. Hint: shorten its boxes.") from error
        if warnings.sentences:
            # The engine warns of a parsed sheet only once; the next page that uses it must hear of it again.
            self._sheets.clear()
        warnings.raise_if_any()
        return Layout(document, warnings, finisher.boxes)
