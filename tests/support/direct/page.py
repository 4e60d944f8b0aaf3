"""One edition as one HTML page with its brand in place, typeset once, with no plate and no branding."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from dataclasses import asdict
from functools import partial
from pathlib import Path

import pikepdf
from markupsafe import Markup, escape

from direct.layouts import Layouts
from direct.slots import Addresses, Filler
from handoutpress.content.brand.brand import Brand
from handoutpress.content.catalog import Catalog
from handoutpress.content.editions import Edition
from handoutpress.content.models.formats import SlotSize
from handoutpress.press.layout.choices import TypeSetting, lengths_of, view_choice
from handoutpress.press.layout.fitting import Fitting
from handoutpress.press.layout.spreading import SpareRoom, spare_room
from handoutpress.press.layout.trials import LayoutTrial
from handoutpress.press.layout.typeset import Layout, Typesetter
from handoutpress.press.page.blocks.icons import cover_picture
from handoutpress.press.page.flow import FLOW_FIELDS, FlowFields, FlowFieldsReader, flow_of
from handoutpress.press.page.html_words import link_words
from handoutpress.press.page.templates import Templates, look_name, style_names, template_name
from handoutpress.press.page.view import page_view
from handoutpress.press.plate.roles import sentinel_css
from handoutpress.press.plate.tags import fix_tags, trim_pages


class DirectPress:
    """Typesets whole editions of one catalog."""

    def __init__(self, catalog: Catalog, folder: Path) -> None:
        self.catalog = catalog
        self.fitting: dict[str, bool] = {}
        self.settings: dict[tuple[str, ...], TypeSetting] = {}
        self.layouts = Layouts()
        project = catalog.project
        self.templates = Templates({path.name: path for path in project.files("templates", "*.j2").values()})
        self.engine = Typesetter([project.root / "fonts", project.builtin / "fonts"], folder)

    def pdf(self, edition: Edition) -> bytes:
        """The edition as a tagged PDF, fitted like any other."""
        html = self.html(edition, self.filler(edition).fill, self.setting(edition))
        html = html.replace("</head>", f"<style>{self.art_style(edition.brand)}</style>{about(edition)}</head>")
        setting = self.setting(edition)
        spare = spare_room(edition.format, setting)
        return finished(self.typeset(html, edition.brand, *self.sheets(edition), spare=spare), html)

    def setting(self, edition: Edition) -> TypeSetting:
        """How the edition is set: found with its slots empty, once for all brands that flow alike."""
        flow = self.flow(edition)
        key = edition.handout_slug, edition.language_slug, edition.format_slug, *map(flow.field_digest, FLOW_FIELDS)
        if key not in self.settings:
            lengths = lengths_of([edition.handout], edition.format, len(edition.handout_file.cited))
            attempt = partial(self.trial, edition)
            self.settings[key] = Fitting(edition.format, edition.handout, lengths, attempt).best().trial.setting
        return self.settings[key]

    def flow(self, edition: Edition) -> FlowFields:
        return flow_of(edition.brand, self.catalog.countries[edition.brand.country], edition.handout_file)

    def trial(self, edition: Edition, setting: TypeSetting) -> LayoutTrial:
        """The edition's pages with their slots empty, laid out to be measured."""
        html = self.html(edition, self.filler(edition).held, setting)
        sheets = self.sheets(edition)
        spare = spare_room(edition.format, setting)
        layout = self.layouts.like(html, sheets) or self.typeset(html, edition.brand, *sheets, spare=spare)
        return LayoutTrial(setting, html, frozenset(), layout)

    def html(self, edition: Edition, slot: Callable[[str], Markup], setting: TypeSetting) -> str:
        values, functions = self.values(edition, setting), {"slot": slot, "css_string": quoted}
        html = self.templates.render(template_name(edition.format), values, functions)
        for role, sentinel in sentinel_css().items():  # what the view has drawn in roles
            html = html.replace(sentinel, getattr(edition.brand.colours, role))
        return html

    def sheets(self, edition: Edition) -> list[Path]:
        names = *style_names(edition.format), look_name(edition.brand.look)
        return [self.catalog.project.file(name) for name in names]

    def values(self, edition: Edition, setting: TypeSetting) -> dict[str, object]:
        brand, language, format_ = edition.brand, edition.language, edition.format
        reader = FlowFieldsReader(self.flow(edition))
        number = re.sub(r"{(pages?)}", r'" counter(\1) "', language.phrases.page)
        cut = view_choice(format_, setting, beside=False)
        return {
            "page": page_view(edition.handout_file, language, self.catalog.references, reader, cut),
            "cover": cover_picture(edition.handout_file.cover),
            "code": edition.language_slug,
            "language": language,
            "phrases": language.phrases,
            "format": format_,
            "setting": setting,
            "size": setting.size,
            "page_counter": Markup(f'"{number}"'),  # noqa: S704  a language's own phrase
            "brand": reader.record(),
            "look": brand.look,
            "roles": asdict(brand.colours),
            "extras": (),  # none of our brands has any
        }

    def spoken(self, edition: Edition) -> frozenset[str]:
        """What a screen reader says of each code."""
        filler = self.filler(edition)
        return frozenset(filler.spoken(which) for which in ("article", "references"))

    def filler(self, edition: Edition) -> Filler:
        brand = edition.brand
        addresses = Addresses(*_addresses(edition))
        language = edition.language

        def fits(html: str, box: SlotSize) -> bool:
            page = f"@page {{ size: {box.width}mm {box.height}mm; margin: 0 }} .slot {{ height: auto !important }}"
            page += f"body {{ margin: 0 }} {self.art_style(brand)}"
            whole = f'<html lang="en"><title>Slot</title><style>{page}</style><body>{html}</body></html>'
            if whole not in self.fitting:
                layout = self.typeset(whole, brand)
                self.fitting[whole] = layout.pages == 1 and not layout.wide_pages()
            return self.fitting[whole]

        return Filler(brand, edition.language_slug, language, edition.format, addresses, self.templates, fits)

    def art_style(self, brand: Brand) -> str:
        """The stylesheet of the slots, its classes renamed, so that the page's own rules do not reach into them."""
        css = (self.catalog.project.file("styles/art.css")).read_text("utf-8")
        rules = re.findall(r"([^{}]+){([^{}]*)}", re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL))
        kept = [
            f".art p {{ margin: 0 }} .art a {{ color: {brand.colours.link} }}",
            ".art { margin: 0 !important; padding: 0 !important; line-height: 1.25 !important }",
        ]
        for selectors, body in rules:
            if "." in selectors:
                kept.append(re.sub(r"[.](?=[a-z])", ".art-", selectors) + f" {{ {body} }}")
            elif "[" in selectors:
                kept.append(f".art {selectors.strip()} {{ {body} }}")
        return " ".join(kept)

    def typeset(self, html: str, brand: Brand, *sheets: Path, spare: SpareRoom | None = None) -> Layout:
        def fetch(url: str) -> bytes:
            assert brand.logo
            assert url == f"logo:{brand.logo.path.name}"
            return brand.logo.path.read_bytes()

        return self.engine.typeset(html, sheets, fetch, spare=spare)


def quoted(text: str) -> Markup:
    """A heading as a CSS string; none of ours has a quote or a backslash."""
    return Markup(f'"{text}"')  # noqa: S704  our own words


def about(edition: Edition) -> str:
    """The metadata, as a page states them."""
    handout = edition.handout
    facts = {"author": handout.author, "description": handout.subtitle or handout.title, "generator": "Handout Press"}
    return "".join(f'<meta name="{name}" content="{escape(value)}">' for name, value in facts.items())


def finished(layout: Layout, html: str) -> bytes:
    """Return the PDF with the engine's tags fixed."""
    with pikepdf.open(io.BytesIO(layout.pdf())) as pdf:
        trim_pages(pdf)
        fix_tags(pdf, link_words(html))
        out = io.BytesIO()
        pdf.save(out)
    return out.getvalue()


def _addresses(edition: Edition) -> tuple[str, str]:
    """Where the two codes lead, worked out anew."""
    article, brand = edition.handout.article, edition.brand
    assert article
    own = brand.article_url.replace("{slug}", edition.handout_slug)
    if brand.site and not own:
        host = brand.site.replace("{brand}", brand.slug)
        return f"{host}/c/{edition.content_hash}".upper(), f"{host}/c/{edition.content_hash}/r/".upper()
    url = own or article.url or ""
    return url, f"{url}#references" if own or not article.references_url else article.references_url
