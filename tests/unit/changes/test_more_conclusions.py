"""Conclusions beside those of paired tests that differ between two states of a small study."""

from collections.abc import Callable

import arms
import followed
from casebook.data.differences import CONCLUSION, Difference
from states import Moved, State


def conclusions(found: list[Difference], *place: str) -> dict[str, tuple[str, str]]:
    """What was before and what is, by question, of a cohort, variable and contrast."""
    return {
        each.what: (each.before, each.after)
        for each in found
        if each.kind == CONCLUSION and (each.cohort, each.variable, each.contrast) == place
    }


def test_a_comparison_that_turns_is_told_with_its_interval_and_direction(moved: Moved) -> None:
    worse = [(before, before + (1, -1, 2, 0, 3)[i]) for i, (before, _) in enumerate(arms.ACTIVE)]
    edits = (arms.ARMS, arms.RESPONDERS)

    found = moved(
        State(edits, arms.arms_table()),
        State(edits, arms.arms_table(active=worse)),  # type: ignore[arg-type]
    )

    of_changes = conclusions(found, "arms", "score", "change")
    before, after = of_changes["the comparison of changes"]
    assert before == "the comparison of changes: p < 0.05 (p = 0.008)"
    assert after.startswith("the comparison of changes: p not below 0.05 (p = ")
    assert of_changes["the difference in changes"][0].startswith(
        "the interval of the difference in changes excludes 0: "
    )
    assert of_changes["the direction of the difference in changes"][1].endswith(" is above 0")
    assert "the comparison of responders (At least 10 points)" in of_changes


def test_the_first_visit_of_a_comparison_is_told_where_its_p_values_are_shown(moved: Moved) -> None:
    apart = [(before + 40, after) for before, after in arms.ACTIVE]
    shown = "cohorts: [placebo, active]", "baseline_p_values: true, cohorts: [placebo, active]"
    states = arms.arms_table(), arms.arms_table(active=apart)  # type: ignore[arg-type]
    question = "the comparison of values at Baseline"

    told = moved(*(State((arms.ARMS, shown), table) for table in states))
    hidden = moved(*(State((arms.ARMS,), table) for table in states))

    assert question in conclusions(told, "arms", "score", "")
    assert question not in conclusions(hidden, "arms", "score", "")


def test_the_first_harm_of_a_cohort_is_a_changed_conclusion(moved: Moved) -> None:
    table = arms.arms_table().replace("HCQ", "none")
    edits = (arms.ARMS, ("cohorts:\n", "harms: { sets: [drugs] }\ncohorts:\n"))

    found = moved(State(edits, table), State(edits, table.replace("none", "HCQ", 1)))

    assert conclusions(found, "placebo", "harms", "") == {
        "whether any patient had an adverse event": (
            "none of 5 patients had an adverse event, which is compatible with up to 52% of such"
            " patients having one",
            "1 of 5 patients had an adverse event",
        )
    }


def test_grades_conditions_and_all_visits_are_told(moved: Moved) -> None:
    better = [
        followed.patient([40 - 9 * v + i for v in range(4)], ["severe", "mild", "none", "none"])
        for i in range(7)
    ]
    alike = [followed.patient([40 + i] * 4, ["severe"] * 4) for i in range(7)]

    found = moved(
        *(State((), followed.table(*each), text=followed.STUDY) for each in (better, alike))
    )

    untested = "all differences are zero"
    assert conclusions(found, "a", "dyspnoea", "change")["the sign test"] == (
        "the sign test: p < 0.05 (p = 0.016)",
        f"the sign test: not tested, {untested} (n = 7)",
    )
    assert "McNemar's test" in conclusions(found, "a", "well", "change")
    assert {*conclusions(found, "a", "score", "")} == {"Friedman's test", "Page's test"}
    assert {*conclusions(found, "a", "well", "")} == {"Cochran's Q"}


def test_adjusted_p_values_of_grades_and_conditions_are_told(moved: Moved) -> None:
    members = ", ".join(f"{{ cohort: a, outcome: {name} }}" for name in ("well", "dyspnoea"))
    family = ("cohorts:\n", f"analysis: {{ family: [{members}] }}\ncohorts:\n")
    better = [followed.patient([40] * 4, ["severe", "mild", "none", "none"])] * 7
    alike = [followed.patient([40] * 4, ["severe"] * 4)] * 7

    found = moved(
        *(State((family,), followed.table(*each), text=followed.STUDY) for each in (better, alike))
    )

    # Both p-values are 2 / 2^7, and by Holm's method twice that.
    for name, test in (("well", "McNemar's test"), ("dyspnoea", "the sign test")):
        before, after = conclusions(found, "a", name, "change")[f"{test}, adjusted"]
        assert before == f"{test}, adjusted: p < 0.05 (p = 0.031)"
        assert after.startswith(f"{test}, adjusted: not tested, ")


def test_the_page_tells_what_turned_with_numbers_that_lead_to_their_results(
    report_of: Callable[..., str],
) -> None:
    edits = (arms.ARMS, ("cohorts:\n", "harms: { sets: [drugs] }\ncohorts:\n"))
    table = arms.arms_table().replace("HCQ", "none")
    report_of(*edits, table=table)

    page = report_of(*edits, table=table.replace("none", "HCQ", 1))

    section = page.partition('<section id="changes">')[2].partition("</section>")[0]
    assert "<dt>Adverse events, Placebo</dt>" in section
    assert "Before, none of 5 patients had an adverse event, which is compatible with" in section
    assert 'href="#r-' in section.partition("<dd>Now, ")[2].partition("</dd>")[0]
