"""The report in a browser that is let do nothing but read its file."""

import os
import re
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


@pytest.fixture(scope="session")
def with_few_results(
    made_once: Callable[[str, Callable[[Path], None]], Path], bundled: Path
) -> Path:
    """The report of the bundled study with some of its results on one outcome alone.

    It is read and laid out in half the time; what is told of other results leads nowhere.
    """

    def shorten(folder: Path) -> None:
        folder.mkdir()
        whole = (bundled / "report.html").read_text(encoding="utf-8")
        shown = r"[^\n]*CDASI[^\n]*\n<td>(?:Median|(?:Exact )?p-value, )"
        rows = rf'<tr id="r-[^"]*">\n<th scope="row">(?!{shown}).*?</tr>\n'
        of_cells = "<br>Results:\n.*?(?=</dd>)"
        short = re.sub(f"{rows}|{of_cells}", "", whole, flags=re.DOTALL)
        (folder / "report.html").write_text(short, encoding="utf-8")

    return made_once("few-results", shorten) / "report.html"


@pytest.fixture
def open_report(open_file: Open, bundled: Path) -> Open:
    """Opens the report of the bundled study."""

    def opened(**options: Any) -> Page:
        return open_file(bundled / "report.html", **options)

    return opened


@pytest.fixture
def open_short_report(open_file: Open, with_few_results: Path) -> Open:
    """Opens the same report with few of its results."""

    def opened(**options: Any) -> Page:
        return open_file(with_few_results, **options)

    return opened
