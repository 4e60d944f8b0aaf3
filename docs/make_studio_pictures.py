"""Make the pictures of docs/studio.md: a new project, opened in the studio, as chromium shows it."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "docs" / "pictures"
SIZE = {"width": 1280, "height": 860}
WAIT = 400_000
"""Milliseconds for the first page of a new project to be drawn."""


def main() -> None:
    """Begin a project, open it, and take the pictures."""
    with TemporaryDirectory() as folder:
        project = Path(folder) / "my-clinic"
        handouts("init", str(project)).communicate()
        studio = handouts("studio", "--no-browser", "--port", "0", "--project", str(project))
        try:
            address = next(iter(studio.stdout or ())).split()[-1]
            with sync_playwright() as driver:
                browser = driver.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
                take(browser, address)
        finally:
            studio.terminate()
            studio.wait()


def handouts(*words: str) -> subprocess.Popen[str]:
    """Start a command."""
    return subprocess.Popen([sys.executable, str(ROOT / "generate.py"), *words], stdout=subprocess.PIPE, text=True)


def take(browser: Browser, address: str) -> None:
    """Take the pictures."""
    page = browser.new_page(viewport=SIZE, locale="en-GB")
    page.goto(address)
    for picture in page.locator(".sheet img").all():
        picture.evaluate("image => image.complete || new Promise(done => image.onload = done)", timeout=WAIT)
    keep(page, "studio-shelf")
    page.locator(".sheet").first.click()
    page.locator("#sheets img").first.wait_for(timeout=WAIT)
    page.locator("#drawing:empty").wait_for(state="attached", timeout=WAIT)
    page.locator("#what_it_is > summary").click()
    page.locator("#fits dd").last.filter(has_text=":").wait_for(timeout=WAIT)
    page.evaluate("scrollTo(0, 0)")
    keep(page, "studio-handout")
    page.goto(f"{address.partition('/enter')[0]}/print?copies=20")
    page.locator(".sample img").evaluate("image => image.decode()")
    keep(page, "studio-print")


def keep(page: Page, name: str) -> None:
    """Keep what the browser shows."""
    page.screenshot(path=PICTURES / f"{name}.png")
    sys.stdout.write(f"docs/pictures/{name}.png\n")


if __name__ == "__main__":
    main()
