"""The section on what changed, in a browser: accessible, and as wide as its screen or paper."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

from axe import violations

Open = Callable[..., Page]
LONG = "A remark without an end, " * 40


@pytest.fixture
def changed(report_of: Callable[..., str], table_of: Callable[..., str]) -> Path:
    """A report after changes of every sort that a small study can have."""
    rows = [{"Before": "50", "After": f"{50 - change}"} for change in range(1, 7)]
    report_of(table=table_of(*rows, {"ID": "gone", "Age": "40", "After": "NA"}))
    edits = (
        ("range: [18, 120]", "range: [1, 120]"),
        ("  everyone:", "  all:\n    label: All\n  everyone:"),
    )
    rows[5] |= {"After": "50", "Remark": LONG}
    lines = table_of(*rows, {"ID": "new", "Age": "50", "Sex": "M"}).splitlines()
    notes = ["Note", *[""] * (len(lines) - 1)]
    report_of(*edits, table="".join(f"{a},{b}\n" for a, b in zip(lines, notes, strict=True)))
    return Path("out/report.html")


@pytest.mark.slow
@pytest.mark.parametrize(("scheme", "width"), [("light", 1100), ("dark", 1100), ("dark", 320)])
def test_axe_finds_nothing_in_a_report_with_changes(
    open_file: Open, changed: Path, scheme: str, width: int
) -> None:
    page = open_file(
        changed, bypass_csp=True, color_scheme=scheme, viewport={"width": width, "height": 800}
    )

    assert page.locator("#changes h3").all_inner_texts() == [
        "Conclusions",
        "The study",
        "Patients and cells of the raw table",
        "Numbers",
    ]
    assert violations(page) == []


def test_changes_fit_on_a_narrow_screen_and_on_paper(open_file: Open, changed: Path) -> None:
    page = open_file(changed, viewport={"width": 320, "height": 800})

    assert page.evaluate("document.documentElement.scrollWidth") <= 320

    width = 703  # A4 without margins of 12 mm, in CSS pixels
    page.set_viewport_size({"width": width, "height": 1000})
    page.emulate_media(media="print")

    right = page.locator("#changes table").evaluate_all(
        "all => all.map((each) => each.getBoundingClientRect().right)"
    )
    assert len(right) == 3
    assert max(right) <= width


def test_a_patient_is_set_off_among_the_changes_too(open_file: Open, changed: Path) -> None:
    page = open_file(changed)

    page.select_option("#patient", "p6")

    assert page.locator("#changes tr.chosen").count() == 2
