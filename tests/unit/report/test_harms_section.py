"""Harms as the report tells them."""

from collections.abc import Callable
from pathlib import Path

import pytest

import arms
from casebook.analysis.description import size
from casebook.analysis.harms import AllHarms, analyse_harms
from casebook.data.harms import Harm
from casebook.data.patients import Patient
from casebook.data.results import TOGETHER, Results
from casebook.report.harm_comparisons import harm_comparison_tables
from casebook.report.harms import events_of, harm_findings, harm_tables
from casebook.report.methods import methods
from casebook.study.load import load_study
from casebook.study.model import Study
from casebook.wording.traces import plain
from harmed import harmed

HARMS = (
    "cohorts:",
    "treatment: { label: T, duration: age }\n"
    "harms:\n  sets: [drugs]\n  terms:\n    old: { label: Old, condition: age > 60, grade: age,"
    ' serious: sex == "F" }\ncohorts:',
)


@pytest.fixture
def study(make_study: Callable[..., Path]) -> Study:
    return load_study(make_study(HARMS))


def results(study: Study, *harms: Harm, patients: int = 9) -> Results:
    everyone = [Patient(f"p{i}", {"age": 12.0}) for i in range(1, patients + 1)]
    rows = []
    groups = {"older": everyone[:2], "everyone": everyone, TOGETHER: everyone}
    for cohort, members in groups.items():
        rows += [
            size(cohort, members),
            *analyse_harms(study, cohort, members, AllHarms(study, harms)),
        ]
    return Results(rows)


RASH = Harm("p1", "HCQ", grade="2", serious="no")


def test_each_term_is_told_by_worst_grade_and_what_nobody_had_in_a_note(study: Study) -> None:
    table, *_ = harm_tables(study, results(study, RASH))

    rows = {row.label: [*map(plain, row.cells)] for row in table.rows}
    assert rows["Any"] == ["1 (50%)", "1 (11%)"]
    assert rows["Serious"] == ["0 (0%)", "0 (0%)"]
    assert rows["Hydroxychloroquine"] == ["1 (50%)", "1 (11%)"]
    assert rows["Grade 2"] == ["1", "1"]
    heading = [row.label for row in table.rows].index("By event")
    told = [(row.label, row.level) for row in table.rows[heading + 1 :]]
    assert told == [("Hydroxychloroquine", 1), ("Grade 2", 2)]
    assert "Methotrexate" not in rows
    assert any("found in none of these cohorts: Methotrexate, Old" in note for note in table.notes)


def test_what_can_be_excluded_of_a_term_that_nobody_had_is_told_too(study: Study) -> None:
    """Of none in 9: 1 - 0.025^(1/9) is 34 %, and 1 - 0.05^(1/9) 28 %."""
    _, excluded, *_ = harm_tables(study, results(study, RASH))

    labels = [row.label for row in excluded.rows]
    assert "Hydroxychloroquine" not in labels
    everyone = excluded.rows[labels.index("Methotrexate") + 2]
    assert everyone.label == "Everyone"
    assert [*map(plain, everyone.cells)] == ["0 of 9", "0 to 34", "28%"]


def test_what_no_event_can_exclude_is_a_main_finding(study: Study) -> None:
    told = [plain(each) for each in harm_findings(study, results(study, RASH))]

    assert (
        "No serious adverse event was recorded in 9 patients in all, which is compatible with up to"
        " 34% of such patients having one (95% interval; one-sided 28%)."
    ) in told
    assert told[-1] == "Adverse events, any: all patients 1 of 9."


def test_what_is_compatible_with_no_event_is_told_once_of_cohorts_of_one_size(
    make_study: Callable[..., Path],
) -> None:
    """In R, binom.test(0, 20)$conf.int ends at 0.1684 and 1 - 0.05^(1/20) is 0.1391."""
    study = load_study(make_study(arms.HARMS, arms.ARMS))

    told = map(plain, harm_findings(study, harmed(study, placebo=[7, 20], active=[14, 20])))

    assert any(
        "up to 17% of such patients having one in each (95% interval; one-sided 14%)." in each
        for each in told
    )


def test_rates_are_per_100_units_of_the_time_on_treatment(study: Study) -> None:
    *_, rates = harm_tables(study, results(study, RASH))

    row = next(row for row in rates.rows if row.label == "Everyone")
    assert [*map(plain, row.cells)] == ["9", "108", "1", "0.93 (0.023 to 5.16)"]
    assert "patient-years" in rates.columns[-1]
    assert not any("too low" in note for note in rates.notes)


def test_a_rate_that_may_be_too_low_is_told_below_the_table(study: Study) -> None:
    perhaps = Harm("p1", "old", happened="")

    *_, rates = harm_tables(study, results(study, RASH, perhaps))

    assert any("a rate may be too low" in note for note in rates.notes)


def test_a_cohort_of_none_has_dashes(study: Study) -> None:
    for table in harm_tables(study, results(study, patients=0)):
        for row in table.rows:
            assert all(not cell or "None" not in cell for cell in row.cells)
    assert list(harm_findings(study, results(study, patients=0))) == []


def test_the_events_of_a_patient_stand_in_one_line(study: Study) -> None:
    events = [RASH, Harm("p1", "X", serious="yes", start="3", outcome="resolved", row=7)]

    told = events_of(study, [*events, Harm("p2", "MTX", happened="")])

    assert told == {"p1": "Hydroxychloroquine (grade 2); X (serious, 3 to ?, resolved, row 7)"}


def test_the_methods_say_how_harms_were_counted(
    study: Study, make_study: Callable[..., Path]
) -> None:
    told = " ".join(sentence for sentence, _ in methods(study, {}))
    without = " ".join(sentence for sentence, _ in methods(load_study(make_study()), {}))

    assert "exact Poisson intervals" in told
    assert "Common Terminology Criteria" in told
    assert "dverse" not in without


def test_without_any_event_one_sentence_says_so(study: Study) -> None:
    found = results(study)

    told = [plain(each) for each in harm_findings(study, found)]
    table, *_ = harm_tables(study, found)

    assert len(told) == 1
    assert told[0].startswith("No adverse event was recorded in 9 patients in all, which is")
    assert "By worst grade" not in {row.label for row in table.rows}


ARMS = (
    "cohorts:",
    'cohorts:\n  men: { label: Men, select: sex == "M" }\n'
    '  women: { label: Women, select: sex == "F" }\n',
)
COMPARED = (
    "cohorts:",
    "comparisons: { sex: { label: Sex, cohorts: [men, women] } }\ncohorts:",
)
SERIOUS = [Harm(f"p{i}", "HCQ", grade="3", serious="yes") for i in (6, 7)]


def found_in(study: Study, members: dict[str, range], *harms: Harm) -> list[str]:
    everyone = [Patient(f"p{i}", {"age": 12.0}) for i in range(1, 10)]
    rows = []
    for cohort, numbers in {**members, TOGETHER: range(9)}.items():
        patients = [everyone[i] for i in numbers]
        rows += [
            size(cohort, patients),
            *analyse_harms(study, cohort, patients, AllHarms(study, harms)),
        ]
    return [plain(each) for each in harm_findings(study, Results(rows))]


def test_the_harms_of_all_cohorts_that_are_compared_stand_side_by_side(
    make_study: Callable[..., Path],
) -> None:
    study = load_study(make_study(HARMS, ARMS, COMPARED))
    members = {
        "men": range(5), "women": range(5, 9), "older": range(2), "everyone": range(9)
    }  # fmt: skip

    told = found_in(study, members, *SERIOUS)

    assert told == [
        "No adverse event was recorded in 5 patients of Men, which is compatible with up to 52% of"
        " such patients having one (95% interval; one-sided 45%).",
        "Adverse events, any: Men 0 of 5; Women 2 of 4.",
        "Adverse events, serious: Men 0 of 5; Women 2 of 4.",
        "Adverse events, grade 3 or higher: Men 0 of 5; Women 2 of 4.",
    ]


def test_who_is_in_no_cohort_that_is_compared_is_told_with_all(
    make_study: Callable[..., Path],
) -> None:
    study = load_study(make_study(HARMS, ARMS, COMPARED))
    members = {
        "men": range(4), "women": range(4, 6), "older": range(2), "everyone": range(9)
    }  # fmt: skip

    told = found_in(study, members, *SERIOUS)

    assert any(each.startswith("Adverse events, any: Men 0 of 4; Women") for each in told)
    assert "Adverse events, any: all patients 2 of 9." in told


def test_cohorts_that_share_nobody_are_told_side_by_side(study: Study) -> None:
    told = found_in(study, {"older": range(5), "everyone": range(5, 9)}, *SERIOUS)

    assert told[-1].startswith("Adverse events, grade 3 or higher: ")
    assert told[-1].endswith(" 0 of 5; Everyone 2 of 4.")


def test_of_more_than_five_cohorts_a_sentence_lists_the_first(
    make_study: Callable[..., Path],
) -> None:
    names = [*"stuvwxyz"]
    cohorts = "".join(f"  {n}: {{ label: {n.upper()}, select: age == {ord(n)} }}\n" for n in names)
    compared = (
        "comparisons:\n  one: { label: One, cohorts: [s, t, u, v] }\n"
        "  two: { label: Two, cohorts: [w, x, y, z] }\n"
    )
    study = load_study(make_study(HARMS, ("cohorts:\n", f"{compared}cohorts:\n{cohorts}")))
    members = {name: range(i, i + 1) for i, name in enumerate(names)}

    told = found_in(study, members | {"older": range(1), "everyone": range(9)}, SERIOUS[0])

    assert told[0] == (
        "No adverse event was recorded in 1 patient of S, 1 patient of T, 1 patient of U,"
        " 1 patient of V, 1 patient of W and 2 more, which is compatible with up to"
        " 98%, 98%, 98%, 98% and 98% of such patients having one, respectively (95% interval;"
        " one-sided 95%, 95%, 95%, 95% and 95%); the others are in the table under Harms."
    )
    assert told[1] == (
        "Adverse events, any: S 0 of 1; T 0 of 1; U 0 of 1; V 0 of 1; W 0 of 1; and 3 more, in the"
        " table under Harms."
    )


def test_without_grades_nothing_is_said_of_the_worst(make_study: Callable[..., Path]) -> None:
    study = load_study(make_study(("cohorts:", "harms: { sets: [drugs] }\ncohorts:")))

    table, *_ = harm_tables(study, results(study, RASH))
    told = " ".join(sentence for sentence, _ in methods(study, {}))

    assert "worst grade" not in " ".join(table.notes)
    assert "worst grade" not in told


def test_notes_say_what_of_the_events_is_outside_the_time_on_treatment(
    make_study: Callable[..., Path],
) -> None:
    timed = HARMS[1].replace(
        "  sets:", "  table: { table: h.csv, times: since start,"
        " columns: { patient: ID, term: T, start: S } }\n  sets:"
    )  # fmt: skip
    study_file = make_study((HARMS[0], timed))
    (study_file.parent / "h.csv").write_text("ID,T,S\n")
    study = load_study(study_file)

    table, _, rates = harm_tables(study, results(study, RASH))

    assert any("before the treatment are not counted" in note for note in table.notes)
    assert any("after a patient's time on treatment" in note for note in rates.notes)


def test_harms_of_compared_cohorts_stand_beside_their_difference(
    make_study: Callable[..., Path],
) -> None:
    study = load_study(make_study(arms.HARMS, arms.ARMS))

    (table,) = harm_comparison_tables(study, harmed(study, placebo=[7, 20], active=[14, 20]))

    rows = {row.label: [*map(plain, row.cells)] for row in table.rows}
    assert table.title == "Adverse events compared: Arms: Placebo against Active"
    assert rows["Any"][:2] == ["7 (35%)", "14 (70%)"]
    assert rows["Any"][2] == "35 (3.68 to 60.07); exact 1.74 to 62.85"
    # The least p-values, all of them below 0.001, have no column.
    assert rows["Any"][3:] == ["0.056"]
    assert rows["Hydroxychloroquine"] == rows["Any"]
    assert "Methotrexate" not in rows
    assert any(note.startswith("Differences are Active minus Placebo") for note in table.notes)
    assert any("not adjusted for their number" in note for note in table.notes)
    assert any("not made to detect differences in harms" in note for note in table.notes)


def test_it_is_told_where_the_test_of_harms_and_the_interval_disagree(
    make_study: Callable[..., Path],
) -> None:
    """7 of 20 against 14 of 20: p is 0.056, and the interval leaves out 0."""
    study = load_study(make_study(arms.HARMS, arms.ARMS))

    (apart,) = harm_comparison_tables(study, harmed(study, placebo=[7, 20], active=[14, 20]))
    (alike,) = harm_comparison_tables(study, harmed(study, placebo=[7, 20], active=[8, 20]))

    assert any("disagree on Any; Hydroxychloroquine:" in note for note in apart.notes)
    assert not any("disagree" in note for note in alike.notes)
