"""What the report's script adds: sorting, filtering, copying, one patient set off, the colours."""

import csv
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page

from casebook.base.csvfiles import guarded
from casebook.data.results import Results
from casebook.wording.traces import anchor
from formulas import FORMULAS, OTHERS

Open = Callable[..., Page]


@pytest.fixture
def page(open_short_report: Open) -> Page:
    return open_short_report(viewport={"width": 1100, "height": 800})


def table(page: Page, name: str) -> Locator:
    return page.get_by_role("region", name=name, exact=True).locator("table")


def column(table: Locator, number: int) -> list[str]:
    return table.locator(f"tbody tr:not(.heading):visible > :nth-child({number})").all_inner_texts()


def controls(page: Page, name: str) -> Locator:
    return page.locator(f'.tools:has(+ [aria-label="{name}"])')


def test_numbers_are_sorted_as_numbers_then_backwards_then_as_they_were(page: Page) -> None:
    raw = table(page, "Raw table")
    before = column(raw, 3)
    header = raw.locator("th", has_text="Age")

    header.get_by_role("button").click()
    upwards, told = column(raw, 3), header.get_attribute("aria-sort")
    header.get_by_role("button").click()
    downwards = column(raw, 3)
    header.get_by_role("button").click()

    ages = sorted(int(text.split(",")[0]) for text in before)
    assert [int(text.split(",")[0]) for text in upwards] == ages
    assert [int(text.split(",")[0]) for text in downwards] == ages[::-1]
    assert told == "ascending"
    assert column(raw, 3) == before
    assert header.get_attribute("aria-sort") is None


def test_only_one_header_says_that_the_table_is_sorted_by_it(page: Page) -> None:
    results = table(page, "Results")

    for name in ("Of", "Value"):
        results.get_by_role("button", name=f"Sort by {name}", exact=True).click()

    assert results.locator("[aria-sort]").count() == 1
    values = [float(text) for text in column(results, 3) if text not in ("", "–")]
    assert values == sorted(values)


def test_rows_stay_below_their_heading_when_sorted(page: Page) -> None:
    patients = table(page, "Characteristics of the patients, by cohort")
    heads = patients.locator("tbody th").all_inner_texts()

    patients.get_by_role("button", name="Sort by Everyone (n = 10)").click()

    sex, race = heads.index("Sex"), heads.index("Race")
    after = patients.locator("tbody th").all_inner_texts()
    assert (after[sex], after[race]) == ("Sex", "Race")
    assert after[sex + 1 : race] == heads[sex + 1 : race][::-1]
    assert sorted(after) == sorted(heads)


def test_rows_without_all_the_words_are_filtered_out_and_counted(page: Page) -> None:
    raw, tools = table(page, "Raw table"), controls(page, "Raw table")

    tools.get_by_role("searchbox").fill("cdm  ASIAN")

    assert set(column(raw, 5)) == {"CDM"}
    count = len(column(raw, 5))
    assert 0 < count < 10
    assert tools.get_by_role("status").inner_text() == f"{count} of 10 rows"

    tools.get_by_role("searchbox").fill("")

    assert len(column(raw, 5)) == 10
    assert tools.get_by_role("status").inner_text() == ""


def test_a_table_is_copied_as_it_stands_in_tabs(open_short_report: Open) -> None:
    page = open_short_report(permissions=["clipboard-read", "clipboard-write"])
    tools = controls(page, "Results")
    tools.get_by_role("searchbox").fill("everyone cdasi pre-upa median")

    tools.get_by_role("button").click()
    page.wait_for_function("[...document.querySelectorAll('output')].some((o) => o.value)")

    lines = page.evaluate("navigator.clipboard.readText()").splitlines()
    assert lines[0] == "Of\tStatistic\tValue\tMethod\tFrom, and where it is shown"
    assert len(lines) > 1
    assert all(line.count("\t") == 4 for line in lines)
    assert not [line for line in lines[1:] if "shown" in line]
    assert tools.get_by_role("status").inner_text() == "Copied."


def test_where_the_clipboard_is_refused_the_old_way_is_taken(open_short_report: Open) -> None:
    page = open_short_report()
    page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(Error()) }")
    page.evaluate(
        "document.addEventListener('copy', (event) => { window.text = event.target.value })"
    )

    controls(page, "Raw table").get_by_role("button").click()

    assert page.evaluate("window.text").startswith("Row\tPatient\t")


def test_the_page_has_the_same_rule_for_formulas_as_the_files(page: Page) -> None:
    texts = [*FORMULAS, *OTHERS, *(f"{a}{b}1+1" for a in map(chr, range(33)) for b in "=-x")]

    found = page.evaluate("texts => texts.map(guarded)", texts)

    assert found == [guarded(text) for text in texts]


HOSTILE_CELLS = ['=HYPERLINK("http://evil","x")', '"=1+1"', "＝1+1", "-5 mg", "-5", "well"]


@pytest.fixture
def with_formulas(
    open_file: Open, report_of: Callable[..., str], table_of: Callable[..., str]
) -> Page:
    """The report on patients whose remarks, one of them in the name too, are formulas."""
    rows: list[Mapping[str, str]] = [{"Remark": cell} for cell in HOSTILE_CELLS]
    report_of(table=table_of({**rows[0], "ID": HOSTILE_CELLS[0]}, *rows[1:]))
    return open_file(Path("out/report.html"), permissions=["clipboard-read", "clipboard-write"])


def test_a_copied_table_holds_no_formula(with_formulas: Page) -> None:
    page = with_formulas
    controls(page, "Raw table").get_by_role("button").click()
    page.wait_for_function("[...document.querySelectorAll('output')].some((o) => o.value)")

    copied = page.evaluate("navigator.clipboard.readText()")

    rows = list(csv.DictReader(copied.splitlines(), dialect="excel-tab"))
    assert [row["Remark"] for row in rows] == [guarded(cell) for cell in HOSTILE_CELLS]
    assert rows[0]["Patient"] == guarded(HOSTILE_CELLS[0]) != HOSTILE_CELLS[0]


@pytest.mark.parametrize("kind", ["text/plain", "text/html"])
def test_a_selection_that_is_copied_holds_no_formula_and_the_page_stays(
    with_formulas: Page, kind: str
) -> None:
    page = with_formulas
    cells = table(page, "Raw table").locator("tbody td:last-child, td:nth-child(7)")
    before = cells.all_inner_texts()

    page.evaluate("getSelection().selectAllChildren(document.querySelector('.raw tbody'))")
    page.keyboard.press("Control+c")

    page.wait_for_timeout(50)
    copied = page.evaluate(
        """async (kind) => {
          const [item] = await navigator.clipboard.read();
          const text = await (await item.getType(kind)).text();
          if (kind === "text/plain") return text;
          const page = new DOMParser().parseFromString(text, "text/html");
          return [...page.querySelectorAll("td")].map((cell) => cell.textContent).join("\t");
        }""",
        kind,
    )
    assert {guarded(cell) for cell in HOSTILE_CELLS} <= set(copied.replace("\n", "\t").split("\t"))
    assert HOSTILE_CELLS[0] not in copied.replace("\n", "\t").split("\t")
    assert cells.all_inner_texts() == before


def test_a_patient_is_set_off_in_every_figure_and_table_at_once(page: Page) -> None:
    page.select_option("#patient", "P02")

    chosen = page.locator(".chosen")
    assert set(chosen.evaluate_all("all => all.map((each) => each.dataset.patient)")) == {"P02"}
    for place in ("#paired-cdasi svg", "#paired-mmt8 svg", ".raw", ".claims", ".sources", "#data"):
        assert page.locator(f"{place} .chosen").count() > 0, place
    assert page.locator("svg [data-patient]:not(.chosen)").first.evaluate(
        "each => Number(getComputedStyle(each).opacity) < 0.5"
    )
    assert page.locator(".chip").inner_text().startswith("Patient P02 is highlighted.")

    page.keyboard.press("Escape")

    assert chosen.count() == 0
    assert page.locator("#patient").input_value() == ""


def test_a_patient_is_chosen_by_keyboard_and_by_mouse(page: Page) -> None:
    button = page.locator(".raw").get_by_role("button", name="P03")

    button.focus()
    page.keyboard.press("Enter")
    pressed, chosen = button.get_attribute("aria-pressed"), page.locator("#patient").input_value()
    button.click()
    after = page.locator("#patient").input_value()
    page.locator("#paired-cdasi svg [data-patient=P04] use").first.click(force=True)

    assert (pressed, chosen, after) == ("true", "P03", "")
    assert page.locator("#patient").input_value() == "P04"


@pytest.mark.parametrize("system", ["light", "dark"])
def test_the_colours_are_the_systems_until_others_are_chosen_and_kept(
    open_short_report: Open, system: str
) -> None:
    page = open_short_report(color_scheme=system)

    def dark() -> bool:
        paper = page.evaluate("getComputedStyle(document.body).backgroundColor")
        return str(paper) != "rgb(255, 255, 255)"

    first = dark()
    page.select_option("#theme", "dark")
    second = dark()
    page.reload()
    third, kept = dark(), page.locator("#theme").input_value()
    page.select_option("#theme", "light")

    assert (first, second, third, kept, dark()) == (system == "dark", True, True, "dark", False)


def test_without_storage_the_colours_can_be_chosen_all_the_same(
    open_short_report: Open, with_few_results: Path
) -> None:
    page = open_short_report()
    page.add_init_script(
        "Object.defineProperty(window, 'localStorage', { get() { throw new Error('refused') } })"
    )
    page.goto(with_few_results.as_uri())

    page.select_option("#theme", "dark")

    assert page.evaluate("document.documentElement.dataset.theme") == "dark"


def test_a_number_leads_to_its_result_to_its_source_and_to_its_cell(
    page: Page, bundled_results: Results
) -> None:
    result = bundled_results.get("classic_dm", "cdasi", "outcome", "median", visit="baseline")
    controls(page, "Results").get_by_role("searchbox").fill("nothing like it")

    page.locator(f"#n-{anchor(result)}-1").click()
    row = page.locator(f"tr#{anchor(result)}:target")
    assert in_view(row)
    row.get_by_role("link").first.click()
    source = page.locator("dt:target")
    assert in_view(source)
    source.locator("+ dd").get_by_role("link").first.click()

    cell = page.locator("td:target")
    assert in_view(cell)
    assert cell.inner_text() == "12"


@pytest.mark.parametrize("within", ["svg", "figcaption"])
def test_a_number_of_a_figure_leads_to_its_result_and_back(
    page: Page, bundled_results: Results, within: str
) -> None:
    result = bundled_results.get("dm", "cdasi", "paired test", "p_value")
    number = page.locator(f"#forest {within} a[href='#{anchor(result)}']")
    name = number.get_attribute("id")

    page.locator("#forest summary").click()
    number.dispatch_event("click")
    row = page.locator(f"tr#{anchor(result)}:target")
    assert in_view(row)
    page.locator("#forest summary").click()
    row.locator(f".back a[href='#{name}']").click()

    assert page.locator(f"#forest {within} a:target").get_attribute("id") == name
    assert in_view(number)


def test_a_number_of_a_figure_that_has_the_focus_is_told_by_colour_and_line(page: Page) -> None:
    number = page.locator("#forest svg a.number").first
    look = "(each) => [getComputedStyle(each).fill, getComputedStyle(each).textDecoration]"

    before = number.evaluate(look)
    number.focus()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")

    assert number.evaluate("(each) => each.matches(':focus-visible')")
    after = number.evaluate(look)
    assert before[0] != after[0]
    assert before[1] != after[1]


def test_a_link_within_a_figure_chooses_no_patient(page: Page) -> None:
    number = page.locator("#therapies svg [data-patient] a.number").first

    number.dispatch_event("click")

    assert page.locator("#patient").input_value() == ""


def test_a_link_opens_the_part_of_the_page_that_it_leads_into(page: Page) -> None:
    page.locator(".results a[href^='#claim-']").first.click()

    assert in_view(page.locator("tr[id^=claim-]:target"))


def in_view(element: Locator) -> bool:
    """Whether the element is what is seen in its middle, covered by nothing."""
    return bool(
        element.evaluate(
            """(each) => {
              const box = each.getBoundingClientRect();
              const [x, y] = [box.left + box.width / 2, box.top + Math.min(box.height / 2, 12)];
              return each.contains(document.elementFromPoint(x, y));
            }"""
        )
    )
