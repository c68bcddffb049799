"""What differs between the results of two states of a small study."""

import hashlib
import shutil
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from casebook.base.errors import UserError
from casebook.changes.numbers import result_differences
from casebook.data.differences import Difference
from casebook.data.results import Result, read_results, write_results
from casebook.data.verdicts import Verdict, write_verdicts
from states import Moved, State, compare

TableOf = Callable[..., str]

EVERYONE = ("  older:\n    label: 65 or older\n    select: age >= 65\n", "")
SIX = (-1, -2, -3, -4, -5, -6)
HOSTILE = "<script>alert('x')</script> {{7*7}} =1+1 \ue000r-1\ue0012\ue002"


@pytest.fixture
def by(table_of: TableOf) -> Callable[..., State]:
    """A study of everyone, whose scores changed by so many points."""

    def make(changes: Sequence[float], *edits: tuple[str, str]) -> State:
        rows = ({"Before": "50", "After": f"{50 + change:g}"} for change in changes)
        return State((EVERYONE, *edits), table_of(*rows))

    return make


def of(kind: str, found: Sequence[Difference]) -> list[Difference]:
    return [each for each in found if each.kind == kind]


def told(kind: str, found: Sequence[Difference]) -> dict[str, tuple[str, str]]:
    """What was before and what is, by what it is of."""
    return {each.what: (each.before, each.after) for each in of(kind, found)}


def cells(found: Sequence[Difference]) -> list[tuple[str, ...]]:
    return [
        (each.patient, each.column, each.what, each.before, each.after)
        for each in of("cell", found)
    ]


def people(found: Sequence[Difference]) -> list[tuple[str, ...]]:
    return [(each.patient, each.what, each.before, each.after) for each in of("patient", found)]


def without_identifiers(table: str) -> str:
    return "".join(f"{line.partition(',')[2]}\n" for line in table.splitlines())


def test_where_nothing_changed_nothing_is_said(moved: Moved) -> None:
    assert moved(State(), State()) == []


def test_another_label_of_a_visit_is_a_setting_and_no_number(
    moved: Moved, table_of: TableOf
) -> None:
    table = table_of({"Before": "50", "After": "40"}, {"Before": "50", "After": "NA"})
    labels = ("visits: {{ baseline: Before, followup: {} }}\n").format
    states = (State((("outcomes:", f"{labels(label)}outcomes:"),), table) for label in ("A", "B"))

    found = moved(*states)

    assert {each.kind for each in found} == {"setting"}


def test_another_order_of_rows_and_columns_is_no_change(moved: Moved, table_of: TableOf) -> None:
    table = table_of({"Age": "70"}, {"Age": "40", "After": "9"}, {"Age": "35", "Sex": "M"})
    header, *rows = table.splitlines()
    turned = "\n".join([header, *reversed(rows)]) + "\n"
    columns = "\n".join(",".join(reversed(line.split(","))) for line in table.splitlines()) + "\n"

    assert moved(State(table=table), State(table=turned)) == []
    assert moved(State(table=table), State(table=columns)) == []


def test_an_interval_that_falls_short_says_with_what_it_covers_and_one_patient_has_none(
    moved: Moved, by: Callable[..., State]
) -> None:
    found = moved(by((-1,)), by((-1, -2)))

    # Two values cover the median of the population with 1 - 2 / 2^2, and one with 1 - 2 / 2^1.
    assert told("conclusion", found)["the interval of the shift"] == (
        "no interval of the shift, as even the widest never covers",
        "the interval of the shift excludes 0: −1.5 (−2 to −1), which covers in only 50% of"
        " samples",
    )


def test_conclusions_that_flip_are_told_with_the_numbers_they_hang_on(
    moved: Moved, by: Callable[..., State]
) -> None:
    family = ("cohorts:", "analysis: { family: [{ cohort: everyone, outcome: score }] }\ncohorts:")

    found = moved(by(SIX, family), by((1, 2, 3, 4, 5, -7), family))

    # In R: wilcox.test(c(-1, -2, -3, -4, -5, -6), conf.int = TRUE) gives 2 / 2^6, and the same of
    # c(1, 2, 3, 4, 5, -7) 0.4375 = 28 / 2^6, with intervals of at least 95%.
    assert told("conclusion", found) == {
        "all tests": ("The only test gave p < 0.05.", "The only test did not give p < 0.05."),
        "the paired test": ("p < 0.05 (p = 0.031)", "p not below 0.05 (p = 0.4375)"),
        "the paired test, adjusted": (
            "adjusted p < 0.05 (p = 0.031)",
            "adjusted p not below 0.05 (p = 0.4375)",
        ),
        "the interval of the shift": (
            "the interval of the shift excludes 0: −3.5 (−6 to −1)",
            "the interval of the shift includes 0: 2.5 (−7 to 5)",
        ),
        "the direction of the change": (
            "the shift, −3.5, is an improvement",
            "the shift, 2.5, is a worsening",
        ),
    }


def test_a_direction_that_its_interval_leaves_open_before_and_now_is_no_conclusion(
    moved: Moved, by: Callable[..., State]
) -> None:
    found = moved(by((1, 2, 3, 4, 5, -7)), by((-1, -2, -3, -4, -5, 7)))

    assert told("conclusion", found) == {}
    assert any(each.what == "Shift (confidence interval)" for each in found)


def test_a_test_that_can_no_longer_reach_the_level_is_a_conclusion_of_its_own(
    moved: Moved, by: Callable[..., State]
) -> None:
    found = told("conclusion", moved(by(SIX), by(SIX[:5])))

    assert found["all tests"] == (
        "The only test gave p < 0.05.",
        "The only test did not give p < 0.05; with an exact test it could not have.",
    )
    assert found["what an exact test can reach"] == (
        "an exact test can reach p < 0.05 (smallest possible p = 0.031)",
        "too few patients changed for p < 0.05 with an exact test (smallest possible p = 0.0625)",
    )


def test_a_test_that_cannot_be_made_any_more_is_told_with_the_reason(
    moved: Moved, by: Callable[..., State]
) -> None:
    found = moved(by(SIX), by((0, 0)))

    assert told("conclusion", found)["the paired test"] == (
        "p < 0.05 (p = 0.031)",
        "not tested, all differences are zero (n = 2)",
    )
    lost = [row for row in of("result", found) if row.remark.startswith("no longer computable")]
    assert ("0.03125", "") in [(row.before, row.after) for row in lost]
    assert {row.after for row in lost} == {""}


def test_a_conclusion_stands_while_only_its_numbers_move(
    moved: Moved, by: Callable[..., State]
) -> None:
    found = moved(by(SIX), by((-1, -2, -3, -4, -5, -16)))

    assert of("conclusion", found) == []
    assert told("main number", found)["Shift (confidence interval)"] == (
        "−3.5 (−6 to −1)",
        "−3.5 (−16 to −1)",
    )


@pytest.mark.parametrize(("factor", "moves"), [(1 + 1e-10, 0), (1 - 1e-8, 1), (0, 1)])
def test_a_number_moves_if_it_does_so_beyond_rounding(
    rows_of: Callable[..., list[Result]], factor: float, moves: int
) -> None:
    rows = rows_of([(50.0, 44.0), (50.0, 46.0)])
    place = [row.stat_name for row in rows].index("estimate")
    other = [*rows]
    other[place] = replace(rows[place], stat=repr(rows[place].number * factor))

    found = list(result_differences(rows, other))

    assert [each.after for each in found] == [other[place].stat] * moves


def test_noise_around_zero_is_no_change(rows_of: Callable[..., list[Result]]) -> None:
    rows = rows_of([(50.0, 44.0), (50.0, 56.0)])
    noisy = [replace(row, stat="1e-17") if row.stat == "0.0" else row for row in rows]

    assert noisy != rows
    assert list(result_differences(rows, noisy)) == []


def test_a_number_by_another_method_is_told_with_the_former_one(
    moved: Moved, by: Callable[..., State]
) -> None:
    by_r = ("cohorts:", "analysis: { signed_rank: r-4.5 }\ncohorts:")

    found = moved(by(SIX, by_r), by((*SIX[:5], -5), by_r))

    (test,) = [row for row in of("result", found) if " / paired test / p_value / " in row.what]
    assert test.what.endswith(
        "normal approximation with continuity correction (default rule of R up to 4.5)"
    )
    assert (test.before, test.remark) == (
        "0.03125",
        "before by another method: Wilcoxon signed-rank test, exact (default rule of R up to 4.5)",
    )


def test_a_level_of_significance_that_is_changed_flips_conclusions(
    moved: Moved, by: Callable[..., State]
) -> None:
    strict = ("cohorts:", "analysis: { alpha: 0.01 }\ncohorts:")

    found = moved(by(SIX), by(SIX, strict))

    assert told("setting", found) == {"analysis": ("", "{alpha: 0.01}")}
    assert told("conclusion", found)["the paired test"] == (
        "p < 0.05 (p = 0.031)",
        "p not below 0.01 (p = 0.031)",
    )


def test_settings_are_told_by_their_keys(moved: Moved) -> None:
    found = moved(State(), State((("range: [18, 120]", "range: [0, 120]"),)))

    assert told("setting", found) == {"variables.age.range": ("[18, 120]", "[0, 120]")}


def test_cells_are_told_with_both_texts(moved: Moved, table_of: TableOf) -> None:
    before = table_of({"After": "3", "Remark": "well"}, {"Sex": "F"})
    after = table_of({"After": "4", "Remark": ""}, {"Sex": " F "})

    found = moved(State(table=before), State(table=after))

    assert cells(found) == [
        ("p1", "Remark", "edited", "well", ""),
        ("p1", "After", "edited", "3", "4"),
    ]


def test_a_column_that_the_study_does_not_read_is_told_as_one(
    moved: Moved, table_of: TableOf
) -> None:
    table = table_of({})
    notes = [table.replace("After\n", "After,Note\n").replace(",3\n", f",3,{n}\n") for n in "ab"]

    edited = moved(*(State(table=each) for each in notes))
    added, removed = (
        moved(State(table=one), State(table=other))
        for one, other in ((table, notes[0]), (notes[0], table))
    )

    assert cells(edited) == [("p1", "Note", "edited", "a", "b")]
    assert edited[0].remark == "the study does not read this column"
    assert [(each.kind, each.column, each.what) for each in (*added, *removed)] == [
        ("column", "Note", "added"),
        ("column", "Note", "removed"),
    ]


def test_a_correction_is_told_as_one(moved: Moved, table_of: TableOf) -> None:
    table = table_of({"After": "3"}, {})
    header, line = "patient\tcolumn\told\tnew\treason\n", "p1\tAfter\t3\t{}\tmisread\n"
    raw, corrected, otherwise = (
        State(table=table, corrections=header + text)
        for text in ("", line.format("4"), line.format("5"))
    )
    mended = State(table=table.replace("70,F,HCQ,2024-01-31,,12,3", "70,F,HCQ,2024-01-31,,12,4", 1))

    assert cells(moved(raw, corrected)) == [("p1", "After", "correction added", "3", "4")]
    assert cells(moved(corrected, raw)) == [("p1", "After", "correction removed", "4", "3")]
    assert cells(moved(corrected, otherwise)) == [("p1", "After", "correction changed", "4", "5")]
    (dropped,) = moved(corrected, mended)
    assert cells([dropped]) == [("p1", "After", "correction removed", "4", "4")]
    assert dropped.remark == "corrected from '3' to '4': misread"


def test_patients_who_come_and_go_are_told_with_their_rows(moved: Moved, table_of: TableOf) -> None:
    before = table_of({"ID": "a"}, {"ID": "b", "Age": "40"})
    after = table_of({"ID": "c", "Age": "40"}, {"ID": "a"})

    found = moved(State(table=before), State(table=after))

    assert people(found) == [("c", "added", "", "row 2"), ("b", "removed", "row 3", "")]
    assert cells(found) == []


def test_patients_without_identifiers_are_known_by_their_texts(
    moved: Moved, table_of: TableOf
) -> None:
    rows = [{"Age": "40", "After": "1"}, {"Age": "50", "Sex": "M"}, {"Age": "60", "After": "9"}]
    before, gone, edited = (
        State((("  patient: ID\n", ""),), without_identifiers(table_of(*some)))
        for some in (rows, rows[1:], [*rows[:2], {"Age": "61", "After": "9"}])
    )

    shorter, same = moved(before, gone), moved(before, edited)

    assert people(shorter) == [
        ("P01", "removed", "row 2", ""),
        ("P01", "renumbered", "P02", "P01"),
        ("P02", "renumbered", "P03", "P02"),
    ]
    assert cells(shorter) == []
    assert people(same) == []
    assert cells(same) == [("P03", "Age", "edited", "60", "61")]


def test_a_patient_left_out_in_turn_is_compared_under_the_present_number(
    moved: Moved, table_of: TableOf
) -> None:
    rows = [{"Before": "50", "After": f"{50 + change}"} for change in SIX]
    before, turned = (
        State((EVERYONE, ("  patient: ID\n", "")), without_identifiers(table_of(*some)))
        for some in (rows, rows[::-1])
    )

    found = moved(before, turned)

    assert {each.kind for each in found} == {"patient"}


def test_a_percent_change_is_compared_under_the_present_number(
    moved: Moved, table_of: TableOf
) -> None:
    table = without_identifiers(table_of({"Before": "20"}, {"Before": "40"}))
    lines = table.splitlines(keepends=True)
    swapped = "".join([lines[0], lines[2], lines[1]])
    edits = [("  patient: ID\n", "")]

    found = moved(State(edits, table), State(edits, swapped))

    assert of("result", found) == []


def test_a_cohort_that_comes_or_goes_is_one_line(moved: Moved) -> None:
    came, went = moved(State((EVERYONE,)), State()), moved(State(), State((EVERYONE,)))

    assert [(e.cohort, e.what) for e in of("cohort", came)] == [("older", "added")]
    assert [(e.cohort, e.what) for e in of("cohort", went)] == [("older", "removed")]
    assert of("result", came) == of("result", went) == []


def test_an_outcome_or_a_variable_that_comes_is_one_line(moved: Moved) -> None:
    outcome = (
        "cohorts:",
        "  pain:\n    label: Pain\n    columns: { baseline: Before, followup: Age }\n"
        "    range: [0, 120]\n    better: lower\ncohorts:",
    )
    variable = ("derived:", "derived:\n  old:\n    label: Old\n    expression: age > 60")

    found = moved(State(), State((outcome, variable)))

    assert [(e.variable, e.what) for e in of("outcome", found)] == [("pain", "added")]
    assert [(e.variable, e.what) for e in of("variable", found)] == [("old", "added")]
    assert of("result", found) == []


def test_a_threshold_that_comes_is_a_number_without_a_former_one(moved: Moved) -> None:
    threshold = "    responders:\n      five: { label: 5 points, improvement: 5, source: Doe }\n"

    found = moved(State(), State((("    better: lower\n", f"    better: lower\n{threshold}"),)))

    assert told("main number", found) == {"Responders: 5 points": ("", "1 (50%)")}
    assert {each.remark for each in of("result", found)} == {"added"}


@pytest.fixture
def judged(results_of: Callable[..., Path]) -> Callable[..., list[Difference]]:
    """What differs where claims had these verdicts, and have those; None is no audit."""

    def run(before: dict[str, str] | None, after: dict[str, str] | None) -> list[Difference]:
        out, old = results_of(), Path("old")
        old.mkdir()
        named = [Path(shutil.copy(out / "results.csv", old))]
        for folder, verdicts in ((old, before), (out, after)):
            if verdicts is not None:
                rows = [
                    Verdict(n, "Table 1", "w", "1", "x", "mean", v) for n, v in verdicts.items()
                ]
                write_verdicts(folder / "audit.csv", rows)
        named += [old / "audit.csv"] if before is not None else []
        return compare(Path("study/study.yaml"), out, *named)[1:]

    return run


def test_verdicts_are_told_by_claim(judged: Callable[..., list[Difference]]) -> None:
    found = judged(
        {"C1": "reproduced", "C2": "contradicted", "C3": "reproduced"},
        {"C2": "reproduced", "C4": "not computable", "C3": "reproduced"},
    )

    assert [(each.kind, each.what, each.before, each.after, each.remark) for each in found] == [
        ("verdict", "C2", "contradicted", "reproduced", ""),
        ("verdict", "C4", "", "not computable", "added"),
        ("verdict", "C1", "reproduced", "", "removed"),
    ]


def test_an_audit_that_comes_or_goes_is_one_line(judged: Callable[..., list[Difference]]) -> None:
    (found,) = judged(None, {"C1": "reproduced", "C2": "contradicted"})

    assert (found.kind, found.what, found.remark) == ("verdict", "audit", "added")


def test_earlier_results_without_a_raw_table_are_compared_as_far_as_they_go(
    results_of: Callable[..., Path],
) -> None:
    out = results_of()
    old = Path(shutil.copy(out / "results.csv", "results.csv"))

    found = compare(Path("study/study.yaml"), out, old)

    digest = hashlib.sha256(old.read_bytes()).hexdigest()
    assert found == [
        Difference(
            "compared",
            what="the results that config.yaml names",
            before=f"results.csv, SHA-256 {digest}",
            remark="without cells.csv, patients.csv, findings.csv",
        )
    ]


def test_earlier_results_without_a_row_that_is_needed_are_refused(
    results_of: Callable[..., Path],
) -> None:
    out = results_of()
    rows = [row for row in read_results(out / "results.csv") if row.stat_name != "exact_p_value"]
    write_results(Path("results.csv"), rows)

    with pytest.raises(
        UserError,
        match=r"^results\.csv: has no result 'older / score / change / paired test / exact_p_",
    ):
        compare(Path("study/study.yaml"), out, Path("results.csv"))


def test_texts_of_a_table_are_kept_as_they_are(moved: Moved, table_of: TableOf) -> None:
    before, after = (State(table=table_of({"Remark": each})) for each in ("well", HOSTILE))

    (found,) = moved(before, after)

    assert (found.before, found.after) == ("well", HOSTILE)


@pytest.mark.parametrize(
    ("title", "patient", "is_of_another"),
    [("Another study", "q1", True), ("A study", "q1", False), ("Another study", "p1", False)],
)
def test_results_under_another_title_of_other_patients_are_refused(
    moved: Moved, table_of: TableOf, title: str, patient: str, is_of_another: bool
) -> None:
    before = State((("title: A study", f"title: {title}"),), table_of({"ID": patient}))
    told = ""

    try:
        moved(before, State(table=table_of({"ID": "p1"})))
    except UserError as error:
        told = str(error)

    another = "old: has results of another study, 'Another study': none of its patients is in this"
    assert told == f"{another} one" * is_of_another
