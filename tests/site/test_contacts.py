"""How to reach a clinic, at the foot of its pages: rendered once, and again where the clinic has changed."""

from __future__ import annotations

from pathlib import Path

import pytest
from press_room import BRAND, change
from site_room import made, site_project

from handoutpress.content.brand.brand import Brand
from handoutpress.site.pages.contacts import ContactMaker


def test_only_the_contact_of_a_clinic_that_has_changed_is_rendered_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = site_project(tmp_path)
    made(project)
    render, rendered = ContactMaker._rendered, set[str]()

    def noted(maker: ContactMaker, brand: Brand, code: str) -> str:
        rendered.add(brand.name)
        return render(maker, brand, code)

    monkeypatch.setattr(ContactMaker, "_rendered", noted)
    article = project.root / "articles/warm-tea.en.md"
    article.write_text(article.read_text("utf-8").replace("By heat", "By warmth"), encoding="utf-8")
    assert made(project).written
    assert not rendered
    change(project.root / BRAND, lambda keys: keys["meta"].update(contacts=[{"phone": "01632 960987"}]))
    page = (made(project).folder / "index.html").read_text("utf-8")
    assert rendered == {"Hill Clinic"}
    assert "960987" in page
