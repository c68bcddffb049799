"""On paper no table is cut, and nothing that is closed on the screen is left out."""

import io
import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page
from pypdf import PdfReader

Open = Callable[..., Page]
CELLS = """all => all.map((each) => {
  const copy = each.cloneNode(true);
  copy.querySelectorAll(".control, .back").forEach((part) => part.remove());
  return copy.textContent;
})"""


def squeezed(text: str) -> str:
    """A text without what breaking its lines may add or take."""
    return re.sub(r"[\s\u00ad\u2010-]", "", text)


@pytest.mark.slow
@pytest.mark.parametrize("scripts", [True, False], ids=["script", "none"])
def test_every_cell_of_every_table_is_on_paper(open_report: Open, scripts: bool) -> None:
    page = open_report(java_script_enabled=scripts)
    cells = page.locator("th, td").evaluate_all(CELLS)

    pdf = PdfReader(io.BytesIO(page.pdf(format="A4")))

    printed = squeezed("".join(each.extract_text() for each in pdf.pages))
    assert len(cells) > 1000
    assert {each for each in map(squeezed, cells) if each not in printed} == set()
    assert (
        squeezed("".join(page.locator(".raw tbody tr").first.locator("th, td").evaluate_all(CELLS)))
        in printed
    )
    assert pdf.pages[0].mediabox.width == pytest.approx(595, abs=1)


def test_no_table_and_no_figure_is_wider_than_the_paper(open_report: Open) -> None:
    width = 703  # A4 without margins of 12 mm, in CSS pixels
    page = open_report(viewport={"width": width, "height": 1000})

    page.emulate_media(media="print")

    wide = page.locator("table, svg").evaluate_all(
        "all => all.map((each) => each.getBoundingClientRect().right)"
    )
    assert max(wide) <= width
