"""What a finished page or a letter may not do where it is opened: fetch, send, run."""

from __future__ import annotations

import pytest

from handoutpress.press.page.fetches import css_fetches, refuse_fetches
from handoutpress.yamlfile.problems import HandoutError

RIGHT = [
    '<a href="https://clinic.example/">our page</a><a href="tel:999">call</a><a href="#top">top</a>',
    '<img src="data:image/png;base64,AAAA" alt="logo">',
    '<svg><use href="#x"/><path fill="url(#g)" d="M0 0"/></svg><style>a { content: "url"; color: red }</style>',
    "<style>/* @import url(http://x/) */ h1 { background: url(data:image/png;base64,AAAA) }</style>",
]
WRONG = [
    '<img src="http://x.example/pixel.gif">',
    '<img srcset="//x.example/a.png 2x">',
    '<script>1</script>',
    '<p onclick="x()">',
    '<meta http-equiv="Refresh" content="0; url=https://x.example">',
    '<form action="https://x.example">',
    '<iframe srcdoc="x">',
    '<base href="https://x.example/">',
    '<svg><image xlink:href="file:///etc/passwd"/></svg>',
    '<svg><use href="https://x.example/a.svg#b"/></svg>',
    '<p style="background: url(https://x.example/a.png)">',
    '<style>@import "https://x.example/a.css";</style>',
    '<style>@im\\70ort "https://x.example/a.css";</style>',
    '<style>h1 { background: u\\72 l(https://x.example/a.png) }</style>',
    '<style>h1 { background: image-set("a.png" 1x) }</style>',
    '<style>@font-face { src: url( "//x.example/a.woff2") }</style>',
    '<video poster="https://x.example/a.png">',
]  # fmt: skip


@pytest.mark.parametrize("html", RIGHT)
def test_a_page_that_holds_all_that_it_shows_is_right(html: str) -> None:
    refuse_fetches(html)


def test_a_picture_that_comes_with_a_mail_is_right_and_no_other() -> None:
    refuse_fetches('<img src="cid:logo@x.example">', ("cid:logo@x.example",))
    for address in ("cid:other@x.example", "https://x.example/cid:logo@x.example"):
        with pytest.raises(HandoutError, match="may not fetch"):
            refuse_fetches(f'<img src="{address}">', ("cid:logo@x.example",))


@pytest.mark.parametrize("html", WRONG)
def test_a_page_that_fetches_sends_or_runs_is_refused(html: str) -> None:
    with pytest.raises(HandoutError, match=r"^A page may not .+ Hint: .+\.$"):
        refuse_fetches(html)


def test_a_long_stylesheet_is_read_at_once() -> None:
    assert css_fetches("a { color: url(" * 20_000 + "/*" * 20_000) != ""
