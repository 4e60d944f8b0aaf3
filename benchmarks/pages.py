"""The same page for everyone: one edition as a whole HTML page, with its codes, logo and contacts inside."""

from __future__ import annotations

import base64
import mimetypes
from collections.abc import Callable, Iterator
from dataclasses import asdict
from pathlib import Path

import qrcode
from markupsafe import Markup, escape
from qrcode.image.svg import SvgPathImage

from handoutpress.content.catalog import Catalog
from handoutpress.content.edition_filter import EditionFilter
from handoutpress.content.editions import Edition
from handoutpress.content.loading import load_catalog
from handoutpress.content.models.web_addresses import typed_address
from handoutpress.content.project import find_project
from handoutpress.press.layout.choices import layout_choices, lengths_of, view_choice
from handoutpress.press.page.blocks.icons import cover_picture
from handoutpress.press.page.flow import FlowFieldsReader, contact_places, flow_of
from handoutpress.press.page.qrcodes import LEVELS, CorrectionLevel, make_code, svg_path
from handoutpress.press.page.templates import Templates, look_name, style_names, template_name
from handoutpress.press.page.view import page_view
from handoutpress.press.plate.plate_maker import css_string, page_counter
from handoutpress.press.plate.slots import slot_boxes
from handoutpress.press.press import code_addresses

ROOT = Path(__file__).resolve().parent.parent
FORMAT = "a4-leaflet"


def shipped(handout: str = "acupuncture", brand: str = "harbour-osteopathy") -> tuple[Catalog, Edition]:
    """One shipped edition and its catalog."""
    selection = EditionFilter((handout,), (brand,), ("en",), (FORMAT,))
    catalog = load_catalog(find_project(ROOT), selection)
    return catalog, next(catalog.editions())


def our_code(address: str, level: CorrectionLevel) -> str:
    """A code as SVG, drawn in runs."""
    code = make_code(address, level)
    size = f'viewBox="0 0 {code.modules} {code.modules}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size}><path d="{svg_path(code)}"/></svg>'


def library_code(address: str, level: CorrectionLevel) -> str:
    """A code as the qrcode library itself writes SVG: what a plain loop uses."""
    image = qrcode.make(address, error_correction=LEVELS[level], image_factory=SvgPathImage)
    return str(image.to_string(encoding="unicode"))


class WholePages:
    """Renders whole pages of one catalog: what a loop without plates must make for every brand."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog
        files = catalog.project.files("templates", "*.j2").values()
        self._templates = Templates({path.name: path for path in files})

    def sheet(self, edition: Edition) -> Path:
        """The stylesheet of the edition's format: all that a leaflet without blocks needs."""
        return self._catalog.project.file(style_names(edition.format)[-1])

    def sheets(self, edition: Edition) -> list[Path]:
        """All stylesheets of the edition's page, in order."""
        names = *style_names(edition.format), look_name(edition.brand.look)
        return [self._catalog.project.file(name) for name in names]

    def html(self, edition: Edition, code: Callable[[str, CorrectionLevel], str] = our_code) -> str:
        """The edition's page as the format wishes it, the brand's colours, codes and contacts in it."""
        brand, language = edition.brand, edition.language
        reader = FlowFieldsReader(flow_of(brand, self._catalog.countries[brand.country], edition.handout_file))
        phrases = language.phrases
        fill = _Filling(edition, code)
        lengths = lengths_of([edition.handout], edition.format, len(edition.handout_file.cited))
        wish = (edition.format.type.ideal, edition.format.leading.ideal)
        settings = (choice.setting for choice in layout_choices(edition.format, lengths))
        setting = next(setting for setting in settings if (setting.size, setting.leading) == wish)
        choice = view_choice(edition.format, setting, beside=False)
        page = page_view(edition.handout_file, language, self._catalog.references, reader, choice)
        values = {
            "page": page,
            "cover": cover_picture(edition.handout_file.cover),
            "code": edition.language_slug,
            "language": language,
            "phrases": phrases,
            "format": edition.format,
            "setting": setting,
            "size": setting.size,
            "page_counter": page_counter(phrases.page),
            "brand": reader.record(),
            "look": brand.look,
            "extras": (),
            "roles": asdict(brand.colours),
        }
        return self._templates.render(
            template_name(edition.format), values, {"slot": fill.slot, "css_string": css_string}
        )


class _Filling:
    """The slots of one edition, filled with HTML."""

    def __init__(self, edition: Edition, code: Callable[[str, CorrectionLevel], str]) -> None:
        self._brand = edition.brand
        self._draw = code
        self._level = edition.format.code.level
        self._addresses = code_addresses(edition)
        self._boxes = slot_boxes(edition.format, edition.brand.logo_shape, contact_places(edition.brand))

    def slot(self, name: str) -> Markup:
        box = self._boxes[name]
        style = Markup("display:block;overflow:hidden;width:{}mm;height:{}mm").format(box.width, box.height)
        kind, _, purpose = name.partition("-")
        if kind == "code":
            return self._code(purpose, style)
        if kind == "address":
            return Markup('<div style="{};font-size:9pt"><a href="{}">{}</a></div>').format(
                style, self._addresses[purpose], typed_address(self._addresses[purpose])
            )
        if name == "brandmark" and self._brand.logo:
            return Markup('<img style="{};object-fit:contain" alt="{}" src="{}">').format(
                style, self._brand.logo.alt or self._brand.name, _data_address(self._brand.logo.path)
            )
        words = " · ".join(self._words()) if name == "contact" else self._brand.short_name
        return Markup('<div style="{};font-size:9pt">{}</div>').format(style, escape(words))

    def _words(self) -> Iterator[str]:
        yield self._brand.name
        for contact in self._brand.contacts:
            yield from filter(None, (contact.name, ", ".join(contact.address), contact.phone, contact.email))

    def _code(self, purpose: str, style: Markup) -> Markup:
        address = self._addresses[purpose]
        drawn = self._draw(address, self._level)
        title = f"<title>QR code: {address}</title>"
        titled = drawn.replace("<svg", f'<svg style="{style}"', 1).replace("<path", f"{title}<path", 1)
        return Markup(titled)  # noqa: S704  drawn by us or the library


def _data_address(path: Path) -> str:
    kind = mimetypes.guess_type(path)[0]
    return f"data:{kind};base64,{base64.b64encode(path.read_bytes()).decode()}"


def font_faces(edition: Edition) -> str:
    """CSS that loads the edition's fonts from our TTF files, as a user of WeasyPrint or Chromium would."""
    rules = []
    families = {family.name: family for family in (edition.brand.base_font, edition.brand.heading_font)}
    for family in families.values():
        for path in family.files:
            style = "italic" if "Italic" in path.stem else "normal"
            weight = 700 if "Bold" in path.stem and "Semi" not in path.stem else 600 if "Semi" in path.stem else 400
            rules.append(
                f"@font-face {{ font-family: '{family.name}'; font-style: {style}; font-weight: {weight};"
                f" src: url('{path.as_uri()}') }}"
            )
    return "\n".join(rules)
