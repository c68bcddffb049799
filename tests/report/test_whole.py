"""The report is whole in any browser, with scripts and without, wide and narrow."""

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Browser, Page

from casebook.report.manuscript import Row, Table
from casebook.report.render import breakable, render

Open = Callable[..., Page]
HOSTILE = "<img src=x onerror=alert(1)></svg></script><script>alert(2)</script> {{7*7}} & \"q\" 'a'"

# All texts of the page, shown or not, but for those of the controls.
TEXT = """() => {
  document.querySelectorAll(".control, script, style").forEach((each) => each.remove());
  return document.body.textContent.replace(/\\s+/g, " ");
}"""


def test_the_same_is_read_with_a_script_and_without(open_report: Open) -> None:
    with_script, without = open_report(), open_report(java_script_enabled=False)

    assert with_script.locator(".control").count() > 10
    assert without.locator(".control").count() == 0
    assert with_script.evaluate(TEXT) == without.evaluate(TEXT)


def test_a_narrow_page_scrolls_in_one_direction(open_report: Open) -> None:
    page = open_report(viewport={"width": 320, "height": 800})
    page.evaluate("document.querySelectorAll('details').forEach((each) => each.open = true)")

    for width in (320, 390, 768):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_table_of_eight_visits_fits_a_wide_page(open_file: Open, tmp_path: Path) -> None:
    columns = ("Cohort and outcome", *(f"Visit {number}" for number in range(1, 9)))
    row = Row("Skin score", ("37.5 (29.25–43.25), n = 20",) * 8)
    table = render("table.html", table=Table("wide", "Wide", columns, (row,), ()))
    page = tmp_path / "page.html"
    style = f"<style>{render('report.css')}</style>"
    page.write_text(f"<!doctype html>{style}{breakable(table)}", encoding="utf-8")

    box = open_file(page, viewport={"width": 1200, "height": 800}).locator(".scroll")

    assert box.evaluate("box => box.scrollWidth <= box.clientWidth")


def test_on_a_narrow_page_each_cell_is_headed_as_its_column(open_report: Open) -> None:
    page = open_report(viewport={"width": 320, "height": 800})

    headed = page.locator(":is(.claims, .results, .edits) tbody tr:first-child td").evaluate_all(
        """all => all.map((cell) => [
          getComputedStyle(cell, "::before").content.replace(/^"|: "$/g, ""),
          cell.closest("table").tHead.rows[0].cells[cell.cellIndex].textContent,
        ])"""
    )

    assert len(headed) > 10
    assert [pair for pair in headed if not pair[1].startswith(pair[0])] == []


def test_hostile_text_is_read_and_not_run(
    open_file: Open, illustrated_report_of: Callable[..., Path]
) -> None:
    quoted = "'" + HOSTILE.replace("'", "''") + "'"
    edits = [
        (f"{key}: {value}", f"{key}: {quoted}")
        for key, value in (
            ("title", "A study"),
            ("citation", "Doe J. 2024."),
            ("label", "Score"),
            ("unit", "points"),
            ("label", "Everyone"),
            ("label", "Age"),
        )
    ]
    cell = '"' + HOSTILE.replace('"', '""') + '"'
    table = f"ID,Age,Sex,Drugs,Start,Remark,Before,After\n{cell},70,F,,,{cell},1,2\n"
    report = illustrated_report_of(*edits, table=table)

    page = open_file(report)
    page.select_option("#patient", index=1)

    assert HOSTILE in page.locator("h1").inner_text()
    assert HOSTILE in page.locator(".raw tbody").inner_text()
    assert HOSTILE in page.locator(".chip").inner_text()
    assert page.locator("#paired-score svg .chosen").count() > 0
    assert page.locator("script").count() == 1
    assert page.locator("img").count() == 0


def test_a_script_that_is_not_the_reports_own_does_not_run(
    browser: Browser, bundled: Path, tmp_path: Path
) -> None:
    text = (bundled / "report.html").read_text(encoding="utf-8")
    added = tmp_path / "added.html"
    added.write_text(text.replace("</body>", "<script>document.title = 'run'</script></body>"))
    page = browser.new_page()
    told: list[str] = []
    page.on("console", lambda message: told.append(message.text))

    page.goto(added.as_uri())

    assert page.title() != "run"
    assert any("Content Security Policy" in each for each in told)
