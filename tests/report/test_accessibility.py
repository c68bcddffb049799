"""What axe finds in the report (WCAG 2.2 AA), and what it cannot look for."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from axe import violations

Open = Callable[..., Page]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("scheme", "width", "chosen"),
    [("light", 1100, ""), ("dark", 1100, ""), ("dark", 1100, "P02"), ("light", 320, "P02")],
)
def test_axe_finds_nothing(open_report: Open, scheme: str, width: int, chosen: str) -> None:
    page = open_report(
        bypass_csp=True, color_scheme=scheme, viewport={"width": width, "height": 800}
    )
    page.evaluate("document.querySelectorAll('details').forEach((each) => each.open = true)")
    if chosen:
        page.select_option("#patient", chosen)
        page.locator("a.number").first.click()

    assert violations(page) == []


def test_the_first_tab_skips_to_the_findings(open_short_report: Open) -> None:
    page = open_short_report()

    page.keyboard.press("Tab")
    skip = page.locator(":focus")
    text, box = skip.inner_text(), skip.bounding_box()
    page.keyboard.press("Enter")

    assert text == "Skip to the findings"
    assert box is not None
    assert box["x"] >= 0
    assert page.evaluate("document.activeElement.id") == "main"


def test_all_that_takes_the_focus_shows_it(open_short_report: Open) -> None:
    page = open_short_report()

    for _ in range(40):
        page.keyboard.press("Tab")
        style, width = page.locator(":focus").evaluate(
            "(each) => [getComputedStyle(each).outlineStyle, getComputedStyle(each).outlineWidth]"
        )
        assert style != "none"
        assert width != "0px"


def test_controls_are_large_enough_for_a_finger(open_short_report: Open) -> None:
    page = open_short_report()

    sizes = page.locator(".control:is(button), .control button, select, input").evaluate_all(
        "all => all.map((each) => each.getBoundingClientRect())"
        ".filter((box) => box.width).map((box) => Math.min(box.width, box.height))"
    )

    assert len(sizes) > 10
    assert min(sizes) >= 24
