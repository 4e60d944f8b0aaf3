"""From a logo to a recall, as someone who never saw a terminal does it: with the page's script, without, on a phone."""

from __future__ import annotations

import io
import shutil
from collections.abc import Iterator
from contextlib import closing
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from browsing import in_browser
from mail_support.server import Post, mail_server, make_certificates
from PIL import Image
from playwright.sync_api import Browser, FilePayload, Page, expect
from press_room import CASES
from studio_room import served

from handoutpress.batch.releases.recalls import read_recalls
from handoutpress.batch.releases.release_folder import ReleaseFolder
from handoutpress.proof.pdf.code_readers import read_codes
from handoutpress.proof.pdf.finished_pdf import FinishedPdf

pytestmark = [in_browser, pytest.mark.soak]
LOGO = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 60 20"><rect width="60" height="20" fill="#0a5566"/></svg>'
)
ARTICLE = "https://neck.handout.press/stretches"
WORDS = {
    "for_whom": "For people whose neck is stiff",
    "main_message.text": "Move your neck gently, every day. Stop if it hurts.",
    "tell_us_first.text": "- any medicine that you take\n- an injury of your neck",
    "body.0.exercises.heading": "Turn your head",
    "body.0.exercises.items.0.name": "Slow turns",
    "body.0.exercises.items.0.steps.0": "Sit up and look ahead.",
    "body.0.exercises.items.0.steps.1": "Turn your head slowly to one side, and back.",
    "normal.text": "- a gentle pull at the side of your neck",
    "call_us.text": "- if your neck hurts more after three days",
    "urgent_help.text": "- trouble with your breathing, or chest pain\n- a weak arm or leg",
    "author": "A. Leaf",
}
REVIEW = {"reviewed.by": "Dr B. Oak", "reviewed.on": "2026-11-02", "reviewed.next": "2028-11-02"}
READ_ON = {
    "article.url": ARTICLE,
    "article.title": "Neck stretches",
    "article.author": "A. Leaf",
    "article.date": "2026-10-01",
}


@pytest.fixture(scope="module")
def post(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Post]:
    with mail_server(make_certificates(tmp_path_factory.mktemp("certificates")), unencrypted=True) as running:
        yield running


def started(folder: Path, post: Post) -> Path:
    root = folder / "clinic"
    shutil.copytree(CASES / "release", root)
    shutil.rmtree(root / "brands/hill")
    settings = f"sender: desk@vale.handout.press\nserver: {{host: 127.0.0.1, port: {post.port}, security: none}}\n"
    (root / "mail.yaml").write_text(settings, encoding="utf-8")
    return root


def picture() -> FilePayload:
    out = io.BytesIO()
    Image.new("RGB", (1400, 900), "#88a5aa").save(out, "PNG")
    return {"name": "neck.png", "mimeType": "image/png", "buffer": out.getvalue()}


class Desk:
    """Whoever sits at the desk: opens what is closed, types, and presses what it says."""

    def __init__(self, page: Page, base: str, *, script: bool) -> None:
        self.page, self.base, self.script = page, base, script

    def open_all(self) -> None:
        closed = self.page.locator("details:not([open]) > summary:visible")
        while closed.count():
            closed.first.click()

    def fill(self, words: dict[str, str]) -> None:
        self.open_all()
        for name, typed in words.items():
            self.page.locator(f"[id='{name}']").fill(typed)
        if self.script:
            self.page.get_by_role("button", name="Save", exact=True).first.click()
        else:
            self.press("Save")
        expect(self.page.locator("#status")).to_have_text("All changes are saved", timeout=240_000)

    def press(self, name: str) -> None:
        with self.page.expect_navigation():
            self.page.get_by_role("button", name=name, exact=True).first.click()

    def add(self, part: str) -> None:
        with self.page.expect_navigation():
            self.page.locator(f"button[value='add:{part}']").click()

    def go(self, address: str) -> None:
        self.page.goto(f"{self.base}{address}")

    def wait_for(self, words: str) -> None:
        expect(self.page.get_by_text(words).first).to_be_visible(timeout=240_000)


def codes_in(pdf: bytes) -> set[str]:
    """The addresses of the QR codes on a PDF's pages."""
    with FinishedPdf(Path("sheet"), pdf, ours=True) as finished:
        pictures = [finished.picture(page, 300).convert("L") for page in finished.pages]
    return {code.text for picture_ in pictures for code in read_codes(picture_)}


@pytest.mark.parametrize(("width", "script"), [(1280, True), (1280, False), (390, True)])
def test_from_a_logo_to_a_recall(browser: Browser, tmp_path: Path, post: Post, width: int, script: bool) -> None:
    root = started(tmp_path, post)
    post.delivered.clear()
    context = browser.new_context(java_script_enabled=script, locale="en-GB", viewport={"width": width, "height": 900})
    context.set_default_timeout(240_000)  # a busy machine
    context.set_default_navigation_timeout(240_000)
    with served(root) as address, closing(context):  # what the browser waits for would keep the server
        desk = Desk(context.new_page(), address.partition("/enter")[0], script=script)
        desk.page.goto(address)
        _make_the_clinic_theirs(desk, root)
        _write_the_sheet(desk, root)
        _print_it(desk)
        _mail_it(desk, post)
        _give_it_out_and_take_it_back(desk, root)


def _make_the_clinic_theirs(desk: Desk, root: Path) -> None:
    desk.go("/clinics/vale")
    desk.page.set_input_files("#new-logo", {"name": "logo.svg", "mimeType": "image/svg+xml", "buffer": LOGO})
    desk.press("Take this logo")
    desk.go("/clinics/vale?add=meta.contacts.0&add=color.primary")
    desk.fill({"meta.contacts.0.phone": "01632 960 555", "color.primary.light": "#0a5566"})
    text = (root / "brands/vale/_brand.yml").read_text("utf-8")
    assert all(words in text for words in ("logo-", "01632 960 555", "#0a5566"))


def _write_the_sheet(desk: Desk, root: Path) -> None:
    desk.go("/")
    desk.page.locator(".begin > summary").click()
    desk.page.fill("#new-title", "Neck stretches")
    desk.page.select_option("#new-kind", "exercise")
    desk.press("Begin")
    desk.fill(WORDS)
    desk.add("reviewed")
    desk.fill(REVIEW)
    desk.add("article")
    desk.fill(READ_ON)
    desk.open_all()
    desk.page.set_input_files("#new-picture", picture())
    desk.page.fill("#picture-alt", "A person who turns their head to one side")
    desk.press("Put it in")
    desk.open_all()
    desk.page.select_option("#translate-to", "es")
    with desk.page.expect_navigation():
        desk.page.locator("form[action$='/translate'] button").click()
    expect(desk.page.locator("[id='original-title']")).to_contain_text("Neck stretches")
    desk.fill({"title": "Estiramientos del cuello"})
    assert "title: Estiramientos del cuello" in (root / "handouts/neck-stretches.es.yaml").read_text("utf-8")


def _print_it(desk: Desk) -> None:
    desk.go("/handouts/neck-stretches/en")
    link = desk.page.get_by_role("link", name="Open for printing").get_attribute("href") or ""
    printed = desk.page.request.get(f"{desk.base}{link}", timeout=240_000)
    assert (printed.status, printed.body()[:5]) == (200, b"%PDF-")
    assert ARTICLE in codes_in(printed.body())


def _mail_it(desk: Desk, post: Post) -> None:
    desk.page.get_by_role("link", name="Mail", exact=True).last.click()
    desk.page.fill("#mail-address", "mia@patients.example")
    desk.press("Look at the letters")
    expect(desk.page.locator(".letter")).to_contain_text("Move your neck gently", timeout=60_000)
    assert post.delivered == []
    desk.press("Send")
    desk.wait_for("Sent: 1. Refused: 0.")
    (mail,) = post.delivered
    message = message_from_bytes(mail.content, policy=policy.default)
    assert next(message.iter_attachments()).get_content().startswith(b"%PDF-")


def _give_it_out_and_take_it_back(desk: Desk, root: Path) -> None:
    desk.go("/release")
    desk.press("Make and check all pages")
    desk.wait_for("Nobody has approved its PDFs.")
    desk.page.fill("#approve-name", "V. Owner")
    desk.press("Approve")
    desk.wait_for("Vale Clinic: approved by V. Owner")
    desk.page.fill("#release-name", "first")
    desk.press("Release")
    desk.wait_for("“first” is released. Patients get it now.")
    current = ReleaseFolder(root).current
    assert current
    assert {file.label.handout for file in current.files} == {"neck-stretches", "warm-tea"}
    desk.go("/")
    expect(desk.page.locator("li", has_text="Neck stretches").locator(".current")).to_have_text("Given to patients")
    desk.go("/release")
    desk.open_all()
    desk.page.select_option("#recall-handout", "neck-stretches")
    desk.press("Show what would be recalled")
    desk.press("Recall these sheets")
    desk.wait_for("Recalled. Take the printed sheets off the counter.")
    assert [recall.handout for recall in read_recalls(root / "releases")] == ["neck-stretches"]
    desk.go("/")
    expect(desk.page.locator("li", has_text="Neck stretches").locator(".recalled")).to_have_text("Recalled")
