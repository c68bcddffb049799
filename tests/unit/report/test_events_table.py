"""From a number of harms to the cells of the table of adverse events, as on the page."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from casebook.analysis.topic import Topic
from casebook.data.cells import Grid, write_cells
from casebook.data.harms import Harm
from casebook.report.appendix import Trace
from casebook.report.raw_tables import MOST_SHOWN, RawTable, events_table
from casebook.study.load import load_study
from casebook.study.model import Study
from claimlines import HEADER, claim

EDITS = (
    ("cohorts:", 'cohorts:\n  men: { label: Men, select: sex == "M" }'),
    (
        "cohorts:",
        """treatment: { label: Drug, duration: age, start: start }
harms:
  table:
    table: harms.csv
    columns: { patient: ID, term: Event, grade: Grade, start: From, serious: SAE }
cohorts:""",
    ),
)
LEVELS = "columns: {", "levels: { Rash: Rash, Fever: Fever, Cough: Cough }\n    columns: {"
EVENTS = """ID,Event,Grade,From,SAE
a,Rash,2,2024-03-01,no
a,Fever,3,2024-03-05,yes
a,Rash,1,2023-03-01,no
b,Cough,1,2024-02-02,no
"""


@pytest.fixture
def page(report_of: Callable[..., str]) -> str:
    return report_of(*EDITS, harms=EVENTS)


def behind(page: str, title: str) -> str:
    """The list of the cells that results come from."""
    found = re.search(rf"<dt [^>]*>{re.escape(title)}</dt>(.*?)</dd>", page, re.DOTALL)
    assert found, title
    return found[1]


def cells(text: str) -> list[tuple[str, str]]:
    """What the cells of a list are called, and say."""
    return re.findall(r'<a href="#((?:event|cell)-[^"]+)" data-patient[^>]*>([^<]+)<', text)


def test_an_event_below_the_first_of_a_patient_leads_to_that_patient(
    report_of: Callable[..., str],
) -> None:
    filled = ("    table: harms.csv", "    table: harms.csv\n    fill_down: ID")

    page = report_of(*EDITS, filled, harms=EVENTS.replace("\na,Fever", "\n,Fever"))

    serious = cells(behind(page, "Event and SAE in harms.csv: 65 or older"))
    assert ("event-3-2", "a, row 3: Fever") in serious


def test_numbers_of_harms_lead_to_the_rows_of_the_events_and_no_others(page: str) -> None:
    of_term = behind(page, "Event in harms.csv: 65 or older, Rash")
    serious = behind(page, "Event and SAE in harms.csv: 65 or older")
    rate = behind(page, "Age and Start, and Event and From in harms.csv: 65 or older")
    none = behind(page, "Event in harms.csv: Men, Rash")

    assert cells(of_term) == [("event-2-2", "a, row 2: Rash")]
    assert cells(serious) == [
        ("event-2-2", "a, row 2: Rash"),
        ("event-2-5", "a, row 2: no"),
        ("event-3-2", "a, row 3: Fever"),
        ("event-3-5", "a, row 3: yes"),
    ]
    assert dict(cells(rate))["cell-2-2"] == "a: 70"
    assert dict(cells(rate))["event-2-4"] == "a, row 2: 2024-03-01"
    assert "No row of harms.csv with this event is of these patients." in none


def test_the_table_shows_each_row_and_whether_it_counts(page: str) -> None:
    names = re.findall(r' id="([^"]+)"', page)
    table = page[page.index("<h3>The table of adverse events") :]
    last = [re.findall(r"<t[dh][^>]*>(.*?)</t[dh]>", row)[-1] for row in table.split("</tr>")[1:5]]

    assert len(names) == len({*names})
    assert {*re.findall(r'href="#([^"]+)"', page)} <= {*names}
    assert last[0] == "yes"
    assert last[2] == "no: it began before the treatment"
    assert re.search(r'SAE<span class="back">; behind <a href="#from-', table)


def test_rows_of_other_forms_are_not_among_the_events(report_of: Callable[..., str]) -> None:
    chosen = "columns: {", "rows_with: { Form: ae }\n    columns: {"
    header, *rows = EVENTS.splitlines()
    forms = ["ae", "ae", "ae", "visit"]
    table = [f"{header},Form", *map(",".join, zip(rows, forms, strict=True))]

    page = report_of(*EDITS, chosen, harms="\n".join(table))

    assert {*re.findall(r' id="event-(\d+)-', page)} == {"2", "3", "4"}


def test_a_value_that_follows_from_events_leads_to_them(report_of: Callable[..., str]) -> None:
    harmed = "older:", "harmed:\n    label: Harmed\n    select: '\"Fever\" in harms'\n  older:"

    page = report_of(*EDITS, LEVELS, harmed, harms=EVENTS)

    assert [cell for cell, _ in cells(behind(page, "Event in harms.csv: Harmed"))] == [
        "event-2-2",
        "event-3-2",
    ]


@pytest.fixture
def long(make_study: Callable[..., Path], tmp_path: Path) -> tuple[Study, Path, list[Harm]]:
    """More events than are shown, each of a patient of its own."""
    numbers = range(1, MOST_SHOWN + 4)
    columns = {
        1: ["ID", *(f"p{n}" for n in numbers[1:])],
        2: ["Event", *["Rash"] * len(numbers[1:])],
    }
    grid = Grid(numbers, columns | {n: ["Grade", *[""] * (MOST_SHOWN + 2)] for n in (3,)})
    write_cells(tmp_path / "events.csv", grid)
    study = make_study(*EDITS)
    (study.parent / "harms.csv").write_text(EVENTS)
    harms = [Harm(f"p{n}", "Rash", row=n) for n in numbers[1:]]
    return load_study(study), tmp_path / "events.csv", harms


def test_of_a_long_table_the_first_rows_are_shown(long: tuple[Study, Path, list[Harm]]) -> None:
    events = events_table(*long)

    assert len(events.raw.patients) == MOST_SHOWN
    assert events.raw.more == 2


def test_of_many_cells_behind_a_number_the_first_are_shown(
    long: tuple[Study, Path, list[Harm]],
) -> None:
    study, _, harms = long
    events, members = events_table(*long), [harm.patient for harm in harms]
    raw = RawTable("table.csv", {}, {}, {})
    trace = Trace(study, raw, [], {"older": members}, [], events)
    topic = Topic("older", "harms", "harm", level="Rash")

    (source,) = trace.sources([topic.row("count", "Patients", len(members))]).values()

    assert len(source.cells) == 200
    assert source.more == len(members) - 200


def test_claims_of_harms_lead_to_the_rows_of_the_events_and_to_their_results(
    make_study: Callable[..., Path], report_of: Callable[..., str]
) -> None:
    lines = [
        claim("C1", "1", 'count("Rash" in harms) in older'),
        claim("C2", "1", "count(harms_grade >= 3) in older"),
        claim("C3", "1", 'count("Cough" in harms) in older'),
    ]
    make_study()
    Path("study/claims.tsv").write_text("\n".join([HEADER, *lines, ""]), encoding="utf-8")

    page = report_of(*EDITS, LEVELS, harms=EVENTS)

    rows = [page.partition(f'<tr id="claim-C{n}">')[2].partition("</tr>")[0] for n in (1, 2, 3)]
    of_events = [re.findall(r'href="#event-([^"]+)">([^<]+)<', row) for row in rows]
    assert of_events == [
        [("2-2", "Event: row 2 of harms.csv")],
        [("2-2", "Event: rows 2–3 of harms.csv"), ("2-3", "Grade: rows 2–3 of harms.csv")],
        [],
    ]
    assert "Event: no row of harms.csv" in rows[2]
    linked = [
        re.findall(r'<td><a class="number" id="[^"]+" href="#r-[^>]+>(.+?)<', r) for r in rows
    ]
    assert linked[:2] == [["1"], ["1"]]
