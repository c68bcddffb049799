"""What intervals, spreads, tests between cohorts and any adverse event are guessed to be."""

from collections.abc import Callable
from pathlib import Path

import pytest

from casebook.quoting.draft import guesses
from casebook.quoting.guesses import Guess, chosen
from casebook.quoting.turned import as_taken
from casebook.reading.papers import Paper, Passage, PrintedTable
from casebook.study.load import load_study
from casebook.study.model import Study

STUDY = """\
title: Light for itch
source: { table: table.csv, patient: ID, citation: none, licence: none }
variables:
  sex: { label: Sex, column: Sex, type: category, levels: { f: Female, m: Male } }
  effects:
    label: Adverse events
    column: AE
    type: set
    levels: { Acne: Acne, Zoster: Herpes zoster }
outcomes:
  itch:
    label: Itch
    columns: { baseline: Itch before, followup: Itch after }
    unit: points
    range: [0, 100]
    better: lower
    responders:
      half: { label: ITCH50, improvement: 50, unit: percent, source: the letter }
harms: { sets: [effects] }
comparisons:
  groups: { label: Groups, cohorts: [placebo, light] }
cohorts:
  placebo: { label: Placebo, select: sex == "f" }
  light: { label: Light, select: sex == "m" }
  everyone: { label: Everyone }
"""
MEAN = (
    'result(cohort=everyone, variable=itch, context=estimate, method="mean difference",'
    " statistic={})"
)
HALF = (
    "result(cohort=everyone, variable=itch, level=half, context=responders, method=Wilson,"
    " statistic={})"
)
ANY = "count(count(harms) > 0) in {}"
LEVEL = 'none("the level of an interval")'
Draft = Callable[..., list[Guess]]


@pytest.fixture
def study(tmp_path: Path) -> Study:
    (tmp_path / "study.yaml").write_text(STUDY, encoding="utf-8")
    (tmp_path / "table.csv").touch()
    return load_study(tmp_path / "study.yaml")


@pytest.fixture
def draft(study: Study) -> Draft:
    def run(part: str | PrintedTable, **values: float) -> list[Guess]:
        given = part if isinstance(part, PrintedTable) else Passage("Results", part)
        known = {"mean(itch_change) in everyone": values.get("change")}
        known |= {MEAN.format(end): value for end, value in values.items()}
        known |= {f"n(patient) in {cohort}": value for cohort, value in values.items()}
        known |= {f"{end}(itch_change) between groups": each for end, each in values.items()}
        return list(guesses(Paper([given]), study, known.get))

    return run


@pytest.mark.parametrize(
    "interval",
    [
        "(95% CI −4.9 to −1.2)",
        "(95% CI, −4.9 to −1.2; p = 0.003)",
        "(95% CI: −4.9; −1.2)",
        "[95% CI −4.9, −1.2]",
        "(95%-CI −4.9 – −1.2)",
        "points (95% confidence interval from −4.9 to −1.2 points)",
        "(CI 95%: −4.9 to −1.2)",
    ],
)
def test_an_interval_is_of_the_estimate_before_it(draft: Draft, interval: str) -> None:
    found = draft(f"The mean change in itch was −3.1 {interval}.")

    by_number = {guess.printed: guess.reading for guess in found}
    assert by_number["−4.9"] == MEAN.format("conf_low")
    assert by_number["−1.2"] == MEAN.format("conf_high")
    assert by_number["95%"] == LEVEL


def test_the_ends_of_a_fall_are_drafted_as_printed_with_the_convention(draft: Draft) -> None:
    text = "Itch fell by a mean of 3.1 points (95% CI 1.2–4.9)."

    found = draft(text, change=-3.1, conf_low=-4.9, conf_high=-1.2)

    by_number = {guess.printed: guess for guess in found if guess.printed != "95%"}
    assert {printed: guess.reading for printed, guess in by_number.items()} == {
        "3.1": "mean(itch_change) in everyone",
        "1.2": MEAN.format("conf_low"),
        "4.9": MEAN.format("conf_high"),
    }
    told = {(guess.convention, guess.rests_on) for guess in by_number.values()}
    assert told == {("baseline minus follow-up", "words and value")}


def test_a_difference_between_cohorts_may_be_of_the_first_and_the_second(draft: Draft) -> None:
    """Of changes these are the same as of the second and the first, the other way round."""
    text = "Between placebo and light, the mean difference in itch was 12 (95% CI 3 to 21)."

    found = draft(text, difference=-12.0, conf_low=-21.0, conf_high=-3.0)

    found = [guess for guess in found if guess.reading != LEVEL]
    assert {guess.printed: guess.reading for guess in found} == {
        "12": "difference(itch_change) between groups",
        "3": "conf_low(itch_change) between groups",
        "21": "conf_high(itch_change) between groups",
    }
    told = {(guess.convention, guess.rests_on) for guess in found}
    assert told == {("baseline minus follow-up", "words and value")}


@pytest.mark.parametrize(
    ("name", "other", "value", "rests_on"),
    [
        ("difference", "difference", -12.0, "other way"),
        ("conf_low", "conf_high", -12.4, "other way"),
        ("difference", "difference", -11.0, "words"),
    ],
)
def test_of_values_at_a_visit_it_is_told_that_the_cohorts_are_the_other_way_round(
    study: Study, name: str, other: str, value: float, rests_on: str
) -> None:
    reading = "{}(itch_followup) between groups"
    known = {reading.format(name): -20.0, reading.format(other): value}

    guess = chosen("Results", "by 12 points", "12", [reading.format(name)], known.get)
    taken = as_taken(study, guess, known.get)

    assert (taken.convention, taken.rests_on) == ("", rests_on)


@pytest.mark.parametrize(
    ("text", "reading"),
    [
        ("Itch had decreased by 3.1 points.", "mean(itch_change) in everyone"),
        ("Itch had decreased by 2.1 points.", 'none("to be said by whoever reviews it")'),
        ("Itch had decreased by over 3.0 points.", 'none("a threshold")'),
    ],
)
def test_what_an_outcome_fell_by_is_its_mean_or_median_change_if_that_is_as_large(
    draft: Draft, text: str, reading: str
) -> None:
    (guess,) = draft(text, change=-3.1)

    assert guess.reading == reading
    assert guess.convention == ("baseline minus follow-up" if "mean" in reading else "")


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("Itch improved by at least 50% in nine patients (60%; 95% CI 36–81%).", HALF),
        (
            "Herpes zoster was seen in 2 patients (13%, 95% CI 4%–38%).",
            "result(cohort=everyone, variable=effects, level=Zoster, context=characteristic,"
            " method=Wilson, statistic={})",
        ),
        (
            "Nine patients (60%; 95% CI 36 to 81) had any adverse event.",
            'result(cohort=everyone, variable=harms, level="-", context=harm, method=Wilson,'
            " statistic={})",
        ),
        ("The mean itch at baseline was 63 (95% CI 51 to 75).", ""),
    ],
)
def test_an_interval_of_a_share_is_that_of_the_results_if_they_have_one(
    draft: Draft, text: str, ends: str
) -> None:
    low, high = draft(text)[-2:]

    for guess, end in ((low, "conf_low"), (high, "conf_high")):
        assert guess.reading == (ends.format(end) or 'none("to be said by whoever reviews it")')


def test_a_table_has_changes_with_their_intervals(draft: Draft) -> None:
    header = ["", "Baseline", "Follow-up", "Mean change (95% CI)", "p-value"]
    row = ["Itch", "6.2 ± 1.1", "3.1 ± 2.0", "−3.1 (−4.9; −1.2)", "0.003"]

    found = draft(PrintedTable("Table 2", "", [header, row]))

    assert [guess.reading for guess in found] == [
        *(f"{name}(itch_baseline) in everyone" for name in ("mean", "sd")),
        *(f"{name}(itch_followup) in everyone" for name in ("mean", "sd")),
        "mean(itch_change) in everyone",
        *(MEAN.format(end) for end in ("conf_low", "conf_high")),
        "p_value(itch) in everyone",
    ]


def test_a_row_of_any_adverse_event_counts_who_had_one(draft: Draft) -> None:
    header = ["n (%)", "All (n = 15)", "Arm A (n = 9)"]
    rows = [
        ["Any adverse event", "9 (60)", "6 (67)"],
        ["Serious adverse event", "0", "0"],
        ["Herpes zoster", "2 (13)", "1 (11)"],
    ]

    found = draft(PrintedTable("Table 3", "Safety", [header, *rows]), everyone=15, light=9)

    assert [guess.reading for guess in found] == [
        *(f"n(patient) in {cohort}" for cohort in ("everyone", "light")),
        ANY.format("everyone"),
        ANY.format("everyone").replace("count", "percent", 1),
        ANY.format("light"),
        ANY.format("light").replace("count", "percent", 1),
        *['none("to be said by whoever reviews it")'] * 2,
        'count("Zoster" in effects) in everyone',
        'percent("Zoster" in effects) in everyone',
        'count("Zoster" in effects) in light',
        'percent("Zoster" in effects) in light',
    ]
    # Only its size tells that arm A is the cohort with light
    assert {found[1].rests_on, found[4].rests_on} == {"value", "words alone"}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "Mean [SD] itch at baseline was 62.1 [11.4] points.",
            ["mean(itch_baseline) in everyone", "sd(itch_baseline) in everyone"],
        ),
        (
            "The median (IQR) itch fell from 62 (51-75) before treatment to 31 (20-44).",
            [
                *(f"{name}(itch_baseline) in everyone" for name in ("median", "p25", "p75")),
                *(f"{name}(itch_followup) in everyone" for name in ("median", "p25", "p75")),
            ],
        ),
        (
            "The median itch at baseline was 62 (IQR 14).",
            ["median(itch_baseline) in everyone", "iqr(itch_baseline) in everyone"],
        ),
        (
            "The mean itch at follow-up was 62 on placebo versus 31 with light (p = 0.04).",
            [
                "mean(itch_followup) in placebo",
                "mean(itch_followup) in light",
                "p_value(itch_followup) between groups",
            ],
        ),
        (
            "Between placebo and light, the mean difference in itch was 12 (95% CI 3 to 21).",
            ["difference(itch_change) between groups", LEVEL]
            + [f"{end}(itch_change) between groups" for end in ("conf_low", "conf_high")],
        ),
        (
            "Acne was the most common (25%), followed by zoster (20%).",
            [f'percent("{each}" in effects) in everyone' for each in ("Acne", "Zoster")],
        ),
        (
            "Itch fell on placebo (p = 0.2) and with light (p = 0.01).",
            ["p_value(itch) in placebo", "p_value(itch) in light"],
        ),
    ],
)
def test_statistics_with_their_spread_and_tests_between_cohorts(
    draft: Draft, text: str, found: list[str]
) -> None:
    assert [guess.reading for guess in draft(text)] == found


def test_a_table_of_the_cohorts_compares_them(draft: Draft) -> None:
    header = ["", "Placebo", "Light", "P"]
    row = ["Itch at baseline", "6.2 (1.1)", "63 (51–75)", ".04"]

    found = draft(PrintedTable("Table 1", "", [header, row]))

    assert [guess.reading for guess in found] == [
        "mean(itch_baseline) in placebo",
        "sd(itch_baseline) in placebo",
        "median(itch_baseline) in light",
        "p25(itch_baseline) in light",
        "p75(itch_baseline) in light",
        "p_value(itch_baseline) between groups",
    ]
