"""From a number on the page to its result, the cells behind it, its claims, and back."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from markupsafe import Markup

from casebook.base.printed import read_printed
from casebook.data.results import Result, Results, read_results
from casebook.report.links import Links
from casebook.wording.traces import (
    anchor,
    places_of,
    plain,
    spots,
    traced,
    traced_value,
    with_traces,
)


@pytest.fixture
def result(bundled_results: Results) -> Result:
    """The median of CDASI before upadacitinib in classic DM."""
    return bundled_results.get("classic_dm", "cdasi", "outcome", "median", visit="baseline")


@pytest.fixture(scope="module")
def page(bundled: Path) -> str:
    """The report of the bundled study."""
    return (bundled / "report.html").read_text(encoding="utf-8")


def element(page: str, name: str) -> str:
    """The element of that id."""
    found = re.search(rf'<(\w+)[^>]* id="{re.escape(name)}".*?</\1>', page, re.DOTALL)
    assert found, name
    return found[0]


def targets(html: str) -> list[str]:
    return re.findall(r'href="#([^"]+)"', html)


def linked(page: str, kind: str) -> list[tuple[str, str]]:
    """What numbers of the page lead to, if its name begins so, and their texts."""
    link = rf'<a class="number" id="[^"]+" href="#({kind}[^"]+)">([^<]+)</a>'
    return re.findall(link, page)


def test_a_traced_number_reads_as_before_without_its_trace(result: Result) -> None:
    assert plain(f"median {traced('12', result)} points") == "median 12 points"


def test_a_traced_number_becomes_a_link_and_the_rest_is_as_before(result: Result) -> None:
    links = Links(f"&lt;b&gt; {traced('12', result)}, again {traced('12', result)}", [result])

    html = links.page

    assert html.startswith("&lt;b&gt; <a ")
    assert targets(html) == [anchor(result), anchor(result)]
    assert len(set(re.findall(r' id="([^"]+)"', html))) == 2
    assert links.used == [result]


def test_places_beside_a_plain_text_give_its_traces_again(result: Result) -> None:
    text = f"{traced('12', result)} points,\nnot {traced_value(-7.5, 'a b')} or 8"

    plainly, places = plain(text), spots(text)

    assert plainly == "12 points,\nnot −7.5 or 8"
    assert places == f"{anchor(result)}.0.2__p-a_20b.15.4"
    assert with_traces(plainly, places) == text


def test_a_text_without_traced_numbers_has_no_places() -> None:
    assert spots("8 of 10") == ""
    assert with_traces("8 of 10", "") == "8 of 10"


def test_html_keeps_its_tags_when_its_numbers_are_linked(result: Result) -> None:
    drawn = Markup("<text>p &lt; {}</text>").format(traced("<1", result))

    html = Links(drawn, [result]).page

    assert re.fullmatch(r"<text>p &lt; <a [^>]+>&lt;1</a></text>", html)


def test_marks_that_a_user_wrote_lead_nowhere(result: Result) -> None:
    marked = "\ue000javascript:alert(1)\ue001click\ue002"

    assert Links(marked, [result]).page == "click"
    assert spots(marked) == ""


def test_marks_of_two_cells_leave_the_tags_between_them(result: Result) -> None:
    cells = "<td>\ue000a</td><td>b\ue001</td><td>c\ue002</td>"

    assert Links(cells, [result]).page == cells


def test_a_row_above_a_number_leads_to_it_as_one_below_does(result: Result) -> None:
    name = anchor(result)

    page = Links(f"{places_of(name)} {traced('12', result)} {places_of(name)}", [result]).page

    assert targets(page) == [f"n-{name}-1", name, f"n-{name}-1"]


def test_a_row_that_is_shown_nowhere_leads_nowhere(result: Result) -> None:
    assert Links(f"row{places_of(anchor(result))}", [result]).page == "row"


def test_numbers_are_counted_in_the_order_of_the_page(page: str) -> None:
    counts: dict[str, int] = {}
    for name, number in re.findall(r' id="n-([\w-]+)-(\d+)"', page):
        counts[name] = counts.get(name, 0) + 1
        assert int(number) == counts[name]


def test_every_result_has_an_anchor_of_its_own(bundled: Path) -> None:
    results = read_results(bundled / "results.csv")

    assert len({anchor(result) for result in results}) == len(results)


def test_a_number_leads_to_its_result_to_the_cells_to_the_claims_and_back(
    page: str, result: Result
) -> None:
    name = anchor(result)
    number = f"n-{name}-1"

    row = element(page, name)
    source = next(each for each in targets(row) if each.startswith("from-"))
    behind = page[page.index(f'id="{source}"') :].split("</dd>", maxsplit=1)[0]
    cells = [each for each in targets(behind) if each.startswith("cell-")]

    assert targets(element(page, number)) == [name]
    assert "<td>12.0</td>" in row
    assert number in targets(row)
    assert "claim-C118" in targets(row)
    assert cells == [f"cell-{row}-11" for row in range(2, 7)]
    assert name in targets(behind)
    assert [re.sub(r"<[^>]+>", "", element(page, cell)) for cell in cells] == [
        "12",
        "7",
        "27",
        "50",
        "2",
    ]


def test_a_column_of_the_raw_table_leads_back_to_what_rests_on_it(page: str) -> None:
    raw = page[page.index('<table class="raw"') :]
    header = re.search(r'<th scope="col">CDASI, pre-UPA.*?</th>', raw, re.DOTALL)
    assert header

    titles = [element(page, name) for name in targets(header[0])]

    assert len(titles) > 10
    assert all(">CDASI, pre-UPA" in title for title in titles)
    assert any("CDASI, pre-UPA: Classic DM</dt>" in title for title in titles)


def test_a_row_of_the_raw_table_leads_back_to_what_rests_on_this_patient_alone(page: str) -> None:
    titles = [element(page, name) for name in targets(element(page, "p-P01"))]

    of_patient = [re.sub("<[^>]+>", "", title) for title in titles if title.startswith("<dt")]
    assert "CDASI, pre-UPA and CDASI, current: P01" in of_patient
    assert all(title.endswith(": P01") for title in of_patient)


def test_a_claim_leads_to_its_result_and_to_its_cells(page: str, result: Result) -> None:
    claim = element(page, "claim-C118")

    assert anchor(result) in targets(claim)
    assert "cell-2-11" in targets(claim)


def test_a_correction_stands_beside_the_cell_that_it_replaces(
    report_of: Callable[..., str],
) -> None:
    corrections = "patient\tcolumn\told\tnew\treason\na\tBefore\t12.5\t15\tmisread\n"

    page = report_of(corrections=corrections)

    assert "12.5<br><em>corrected from &#39;12.5&#39; to &#39;15&#39;: misread</em>" in page


def test_no_marks_are_left_in_anything_that_is_made(bundled: Path) -> None:
    files = [p for p in bundled.rglob("*") if p.is_file() and p.suffix not in (".png", ".pdf")]

    # Word documents are packed without compression, so that their texts can be searched too.
    marks = [mark.encode() for mark in "\ue000\ue001\ue002\ue003"]
    assert not [p.name for p in files if any(mark in p.read_bytes() for mark in marks)]


def test_every_linked_number_is_the_value_of_its_result(bundled: Path, page: str) -> None:
    values = {anchor(r): r.number for r in read_results(bundled / "results.csv") if r.stat}

    wrong = [
        (text, values[name])
        for name, text in linked(page, "r-")
        for printed in [read_printed(text)]
        if printed is None or not (printed.fit(values[name]) or printed.fit(100 * values[name]))
    ]

    assert len(linked(page, "r-")) > 900
    assert not wrong


def test_every_linked_value_of_a_patient_stands_in_the_patients_row(page: str) -> None:
    rows = {name: element(page, name) for name, _ in linked(page, "p-")}

    wrong = [
        (name, text)
        for name, text in linked(page, "p-")
        if not re.search(rf">{re.escape(text)}\b", rows[name])
    ]

    assert len(rows) == 10
    assert not wrong


def test_what_the_paper_prints_leads_to_its_claim_and_back(page: str) -> None:
    for name, text in linked(page, "claim-"):
        claim = element(page, name)

        assert f"<td>{text}</td>" in claim
        assert f"n-{name}-1" in targets(claim)
    assert len(linked(page, "claim-")) > 20


def test_a_row_of_the_raw_table_leads_back_to_the_figures_that_show_it(page: str) -> None:
    row = element(page, "p-P01")

    back = [name for name in targets(row) if name.startswith("n-p-P01-")]

    # The time on treatment, and the dose at both visits.
    assert back == [f"n-p-P01-{number}" for number in (1, 2, 3)]
    assert all(targets(element(page, name)) == ["p-P01"] for name in back)
