"""Headers, texts of visits and labels of levels whose own words say the contrary of the study's."""

from collections.abc import Callable
from typing import Any

import pytest

Clean = Callable[..., Any]


@pytest.mark.parametrize(
    ("visits", "headers", "told"),
    [
        (
            "before: Before\n  after: After",
            ("nach", "PASI vor"),
            "before is read from 'nach', and after from 'PASI vor': were visits swapped under"
            " outcomes.score.columns",
        ),
        (
            "week12: { label: Week 12, months: 3 }\n  week24: { label: Week 24, months: 5.5 }",
            ("CRP W24", "CRP W12"),
            "week12 is read from 'CRP W24', which is called as week24: were visits swapped",
        ),
        (
            "week12: Week 12\n  week24: { label: Week 24, months: 55.2 }",
            ("CRP 12", "CRP 24"),
            "visits.week24.months of study.yaml is 55.2, and week 24 is 5.52 months: which is",
        ),
        ("before: Before\n  after: After", ("PASI vor", "nach"), ""),
        ("week4: Week 4\n  week36: Week 36", ("SF-36 week 4", "SF-36 week 36"), ""),
        ("week12: Week 12\n  late: { label: Cycle 3 day 8, months: 2 }", ("CRP", "CRP C3"), ""),
        ("week12: Week 12\n  fu3: { label: 3 months after stop, months: 9 }", ("W12", "FU"), ""),
        ("before: Before\n  after: After", ("after surgery", "a year after"), ""),
        ("week12: Week 12\n  week24: Week 24", ("CRP W12", "CRP W24"), ""),
    ],
)
def test_columns_that_say_another_visit_are_a_warning(
    clean_study: Clean, visits: str, headers: tuple[str, str], told: str
) -> None:
    one, other = (line.split(":")[0].strip() for line in visits.split("\n"))
    edits = (
        ("variables:", f"visits:\n  {visits}\nvariables:"),
        ("baseline: Before", f"{one}: {headers[0]}"),
        ("followup: After", f"{other}: {headers[1]}"),
    )
    table = (
        f"ID,Age,Sex,Drugs,Start,Remark,{','.join(headers)}\na,70,F,HCQ,2024-01-31,well,12.5,3\n"
    )

    found = clean_study(*edits, table=table).findings

    warnings = [each.hint for each in found if each.severity == "warning"]
    assert [each[: len(told)] for each in warnings] == [told] * bool(told)


@pytest.mark.parametrize(
    ("visits", "table", "told"),
    [
        (("start: Baseline", "bl: BL"), "ID,Visit,S\n1,start,5\n2,bl,4\n",
         "at month 0; 1 and 1 patients have values there, and none has both: if they are one visit,"
         " write value: [start, bl] for start, and take bl away"),
        (("w16: W16", "late: { label: Late, months: 3.68 }"), "ID,Visit,S\n1,w16,5\n2,late,4\n",
         "at month 3.68; 1 and 1"),
        (("w52: Week 52", "m12: { label: Year, months: 12 }"), "ID,w52,m12\n1,5,\n2,,4\n",
         "a visit with first_of: [w52, m12] has the values of both"),
        (("start: Baseline", "bl: BL"), "ID,Visit,S\n1,start,5\n1,bl,4\n", ""),
        (("start: Baseline", "w4: Week 4"), "ID,Visit,S\n1,start,5\n2,w4,4\n", ""),
        (("w4: Week 4", "c2: Cycle 2 week 4"), "ID,Visit,S\n1,w4,5\n2,c2,4\n", ""),
    ],
)  # fmt: skip
def test_two_visits_at_one_time_that_no_patient_has_both_of_are_a_warning(
    clean_study: Clean, visits: tuple[str, str], table: str, told: str
) -> None:
    one, other = (each.split(":")[0] for each in visits)
    is_long = "Visit" in table
    columns = "column: S" if is_long else f"columns: {{ {one}: {one}, {other}: {other} }}"
    of_rows = ", visit: Visit" * is_long
    study = (
        f"title: T\nsource: {{ table: table.csv, patient: ID{of_rows} }}\n"
        f"visits:\n  {visits[0]}\n  {visits[1]}\n"
        f"outcomes:\n  s: {{ label: S, {columns}, range: [0, 9], better: lower }}\n"
        "cohorts:\n  everyone: { label: Everyone }\n"
    )

    found = clean_study(text=study, table=table).findings

    hints = [each.hint for each in found if each.hint.startswith("visits.")]
    assert len(hints) == bool(told)
    assert all(told in hint for hint in hints)


@pytest.mark.parametrize(
    ("levels", "doubted"),
    [
        ("{ F: Male, M: Male }", ["F"]),
        ("{ F: M, M: F }", ["F", "M"]),
        ("{ F: weiblich, M: Mann }", []),
        ("{ F: Group 1, M: Group 2 }", []),
        ("{ 1: 2, 2: 1, F: Female, M: Male }", []),
    ],
)
def test_a_label_that_is_that_of_another_level_is_a_warning(
    clean_study: Clean, levels: str, doubted: list[str]
) -> None:
    found = clean_study(("levels: { F: Female, M: Male }", f"levels: {levels}")).findings

    told = [each for each in found if "is it that of another level?" in each.hint]
    assert [each.value for each in told] == doubted


@pytest.mark.parametrize(
    ("labels", "doubted"),
    [
        (("Secukinumab", "Adalimumab"), ["ADA", "SEC"]),
        (("Adalimumab", "Secukinumab"), []),
        (("ADAM", "SECOND"), []),
    ],
)
def test_a_label_that_begins_as_the_text_of_another_level_is_a_warning(
    clean_study: Clean, labels: tuple[str, str], doubted: list[str]
) -> None:
    levels = f"levels: {{ F: Female, M: Male, ADA: {labels[0]}, SEC: {labels[1]} }}"

    found = clean_study(("levels: { F: Female, M: Male }", levels)).findings

    told = [each for each in found if "is it that of another level?" in each.hint]
    assert [each.value for each in told] == doubted


@pytest.mark.parametrize(("yes", "no"), [("nein", "ja"), ("ja", "nein")])
def test_answers_that_are_listed_under_their_contrary_are_a_warning(
    clean_study: Clean, yes: str, no: str
) -> None:
    columns = "{ patient: ID, term: Event, serious: SAE }"
    table = f"{{ table: harms.csv, columns: {columns}, yes: [{yes}], no: [{no}] }}"
    harms = ("cohorts:", f"harms: {{ table: {table} }}\ncohorts:")

    found = clean_study(harms, harms="ID,Event,SAE\na,Rash,ja\n").findings

    told = [each for each in found if "lists a text that says no under yes" in each.hint]
    assert len(told) == (yes == "nein")


@pytest.mark.parametrize(
    ("label", "better", "told"),
    [
        (
            "CRP",
            "higher",
            "outcomes.score.better of study.yaml is higher, and less is usually ",
        ),
        ("Grip strength", "lower", "outcomes.score.better of study.yaml is lower, and more is usu"),
        ("CRP", "lower", ""),
        ("Index", "higher", ""),
    ],
)
def test_a_direction_that_the_label_contradicts_is_a_warning(
    clean_study: Clean, label: str, better: str, told: str
) -> None:
    found = clean_study(("label: Score", f"label: {label}"), ("better: lower", f"better: {better}"))

    hints = [each.hint[: len(told)] for each in found.findings if "better" in each.hint]
    assert hints == [told] * bool(told)
