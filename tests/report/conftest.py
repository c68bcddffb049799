"""The report in a browser that is let do nothing but read its file."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

# The first is Chromium without windows, and opens a page in half the time.
BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
REQUIRED = os.environ.get("CASEBOOK_BROWSER") == "required"
Open = Callable[..., Page]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The machine's own Chromium; without one the tests are skipped, unless it is required."""
    program = next(filter(None, map(shutil.which, BROWSERS)), None)
    if program is None:
        (pytest.fail if REQUIRED else pytest.skip)("there is no chromium to open the report with")
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(
            executable_path=program, args=["--no-sandbox"] if os.geteuid() == 0 else []
        )


@pytest.fixture
def open_file(browser: Browser) -> Iterator[Open]:
    """Opens a file; at the end there was no other request, and no error was told."""
    contexts, complaints = [], []

    def opened(path: Path, **options: Any) -> Page:
        context = browser.new_context(**options)
        contexts.append(context)
        page = context.new_page()
        address = path.resolve().as_uri()

        def asked(url: str) -> None:
            if url.partition("#")[0] != address and not url.startswith("data:"):
                complaints.append(f"request: {url}")

        page.on("request", lambda request: asked(request.url))
        page.on("pageerror", lambda error: complaints.append(f"error: {error}"))
        page.on("dialog", lambda dialog: complaints.append(f"dialog: {dialog.message}"))
        page.on(
            "console",
            lambda message: complaints.append(message.text) if message.type == "error" else None,
        )
        page.goto(address)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert not complaints


@pytest.fixture
def open_report(open_file: Open, bundled: Path) -> Open:
    """Opens the report of the bundled study."""

    def opened(**options: Any) -> Page:
        return open_file(bundled / "report.html", **options)

    return opened
