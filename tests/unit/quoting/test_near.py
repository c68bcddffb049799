"""Which of several names and statistics a number of a sentence is given to."""

from collections.abc import Callable
from pathlib import Path

import pytest

from casebook.quoting.draft import guesses
from casebook.reading.papers import Paper, Passage, PrintedTable
from casebook.study.load import load_study

STUDY = """\
title: Light for itch
source: { table: table.csv, patient: ID, citation: none, licence: none }
visits:
  week0: { label: Week 0, months: 0 }
  week12: { label: Week 12, months: 3 }
  week24: { label: Week 24, months: 6 }
contrasts:
  change: { visit: week24, against: week0 }
  early: { visit: week12, against: week0 }
variables:
  age: { label: Age, column: Age, type: number, range: [0, 120] }
  duration: { label: Duration, column: Duration, type: number, unit: years, range: [0, 60] }
  sex: { label: Sex, column: Sex, type: category, levels: { F: Female, M: Male } }
  effect:
    label: Effect
    column: Effect
    type: category
    levels: { clear: Cleared, part: Better, none: No response }
  harm:
    label: Adverse events
    column: AE
    type: set
    levels: { Acne: Acne, Zoster: Herpes zoster }
outcomes:
  itch:
    label: Itch
    columns: { week0: Itch 0, week24: Itch 24 }
    range: [0, 100]
    better: lower
    responders:
      half: { label: ITCH50, improvement: 50, unit: percent, source: the letter }
  vas_pain:
    label: VAS pain
    columns: { week0: Pain 0, week12: Pain 12 }
    range: [0, 10]
    better: lower
  sight:
    label: Sight
    columns: { week0: Sight 0, week24: Sight 24 }
    unit: steps
    range: [0, 100]
    better: higher
cohorts:
  long: { label: Long disease, select: duration > 5 }
  everyone: { label: Everyone }
"""
SPEARMAN, KENDALL = (
    f'correlation(age, duration, method="{method}")' for method in ("spearman", "kendall")
)
MEDIANS = "Values are medians with interquartile ranges."
Read = Callable[[str], dict[str, str]]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """The readings of a text, without those of the numbers that have none, by what is printed."""
    path = tmp_path / "study.yaml"
    path.write_text(STUDY, encoding="utf-8")
    (tmp_path / "table.csv").touch()
    study = load_study(path)

    def of(text: str) -> dict[str, str]:
        found = guesses(Paper([Passage("Results", text)]), study, lambda _: None)
        readings = {each.printed: each.reading.removesuffix(" in everyone") for each in found}
        return {k: v for k, v in readings.items() if not v.startswith("none(")}

    return of


def test_responders_of_a_table_are_those_at_the_visit_of_their_column(tmp_path: Path) -> None:
    # Given an outcome at three visits, and a table of its responders by visit
    path = tmp_path / "study.yaml"
    text = STUDY.replace("columns: { week0: Itch 0,", "columns: { week0: Itch 0, week12: Itch 12,")
    path.write_text(text, encoding="utf-8")
    (tmp_path / "table.csv").touch()
    rows = [["", "Week 12", "Week 24"], ["ITCH50, n (%)", "5 (50)", "7 (70)"]]
    # When it is drafted
    found = guesses(Paper([PrintedTable("Table 1", "", rows)]), load_study(path), lambda _: None)
    # Then each count is of the contrast that ends there
    assert [each.reading for each in found] == [
        f"{name}(itch_{contrast} <= -0.5 * itch_week0) in everyone"
        for contrast in ("early", "change")
        for name in ("count", "percent")
    ]


def test_a_name_before_a_number_wins_over_a_unit_that_another_column_has(read: Read) -> None:
    # Given years, in which the study declares only the duration
    found = read("Their mean age was 36.3 years (SD 12.5; range 19 to 60).")
    # Then all of the bracket is of the age
    assert found == {
        "36.3": "mean(age)",
        "12.5": "sd(age)",
        "19": "min(age)",
        "60": "max(age)",
    }


def test_numbers_are_medians_if_the_paper_says_so_of_all(read: Read) -> None:
    # Given an outcome that the last visit of the study has no value of
    told = "Pain fell from 2 (1.3-3.8) to 1 (0.3-1.8)."
    # Then its second median is of its own last visit, and of nothing without that sentence
    assert read(f"{MEDIANS} {told}") == {
        "2": "median(vas_pain_week0)",
        "1.3": "p25(vas_pain_week0)",
        "3.8": "p75(vas_pain_week0)",
        "1": "median(vas_pain_week12)",
        "0.3": "p25(vas_pain_week12)",
        "1.8": "p75(vas_pain_week12)",
    }
    assert read(told) == {}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Pain fell significantly.", {"significantly": "significant(vas_pain, early)"}),
        ("Pain fell (p=0.003).", {"0.003": "p_value(vas_pain, early)"}),
        ("Itch fell (p=0.003).", {"0.003": "p_value(itch)"}),
        ("Itch fell (paired t-test p<0.001).", {"<0.001": 'p_value(itch, test="paired t-test")'}),
        (
            "Age and duration went together (rho=0.79, p=0.006).",
            {
                "0.79": 'correlation(age, duration, method="spearman")',
                "0.006": 'p_value(correlation(age, duration, method="spearman"))',
            },
        ),
        ("It went with itch (rho=0.79, p=0.006).", {}),
        (
            "Age correlated with duration (r=-.4, n=12, p=0.03).",
            {
                "-.4": "correlation(age, duration)",
                "12": "n_pairs(correlation(age, duration))",
                "0.03": "p_value(correlation(age, duration))",
            },
        ),
        ("Analyses of age and duration were done in R 4.2.", {}),
        ("Analyses of age and duration were done in R: 4.2.", {}),
        *(
            (
                f"Age and duration went together ({sign}0.79; p=0.006).",
                {"0.79": together, "0.006": f"p_value({together})"},
            )
            for sign, together in [
                *(
                    (sign, SPEARMAN)
                    for sign in ("r_s = ", "Spearman's r = ", "rho, ", "rho ", "rₛ = ")
                ),
                ("Spearman rank correlation ", SPEARMAN),
                ("Kendall's tau-b = ", KENDALL),
                ("tau = ", KENDALL),
                ("Pearson's r = ", "correlation(age, duration)"),
            ]
        ),
        ("A p-value below 0.05 was regarded as significant.", {}),
    ],
)
def test_a_p_value_is_of_the_outcome_or_the_columns_that_are_named(
    read: Read, text: str, found: dict[str, str]
) -> None:
    assert read(text) == found


def test_patients_are_counted_by_what_they_had_and_not_by_a_reason_to_stop(read: Read) -> None:
    assert read("Acne in four, herpes zoster in one.") == {
        "four": 'count("Acne" in harm)',
        "one": 'count("Zoster" in harm)',
    }
    assert read("One patient stopped after herpes zoster.") == {}


CHANGE, HALF = "itch_change", "itch_change <= -0.5 * itch_week0"
ACNE, FELL, MEN, WOMEN = '"Acne" in harm', "itch_change < 0", 'sex == "M"', 'sex == "F"'


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "Itch was a problem. On average it decreased by 8.2 (SD 5.1).",
            {"8.2": f"mean({CHANGE})", "5.1": f"sd({CHANGE})"},
        ),
        (
            "Itch fell by a median of 45.5 points in long disease, compared with 54.5 in everyone.",
            {"45.5": f"median({CHANGE}) in long", "54.5": f"median({CHANGE})"},
        ),
        (
            "Itch was 65 (IQR 39-85) at week 0, and 32 (IQR 16-45) after 24 weeks.",
            {
                "65": "median(itch_week0)",
                "39": "p25(itch_week0)",
                "85": "p75(itch_week0)",
                "32": "median(itch_week24)",
                "16": "p25(itch_week24)",
                "45": "p75(itch_week24)",
            },
        ),
        ("Itch was a problem. There was a change (p=0.02).", {"0.02": "p_value(itch)"}),
        ("There was a change (p=0.02).", {}),
        ("Itch was a problem. An average of 3.9 (SD 1.9) drugs was tried.", {}),
        (
            "Nine (60%) had a fall in itch of at least 50%.",
            {"Nine": f"count({HALF})", "60%": f"percent({HALF})"},
        ),
        ("ITCH50 was achieved by nine patients.", {"nine": f"count({HALF})"}),
        ("Nine patients responded.", {"Nine": f"count({HALF})"}),
        ("Itch improved in all but three.", {"three": f"count(not ({CHANGE} < 0))"}),
        ("Itch improved by 12 points or more in five.", {"five": f"count({CHANGE} <= -12)"}),
        ("All patients with long disease were responders.", {"all": f"always({HALF}) in long"}),
        ("None of the patients with long disease responded.", {"None": f"never({HALF}) in long"}),
        ("Seven had no adverse events.", {"Seven": "count(count(harm) == 0)"}),
        ("Adverse events were seen in seven.", {"seven": "count(count(harm) > 0)"}),
        ("Two adverse events were serious.", {}),
        (
            "Twelve patients (7 women) had a mean age of 36.3 years (SD 12.5).",
            {"7": f"count({WOMEN})", "36.3": "mean(age)", "12.5": "sd(age)"},
        ),
        (
            "Itch in long disease and in everyone was 46 (SD 17) and 43 (SD 16), respectively.",
            {
                "46": "mean(itch_week0) in long",
                "17": "sd(itch_week0) in long",
                "43": "mean(itch_week0)",
                "16": "sd(itch_week0)",
            },
        ),
        (
            "Itch fell to a median of 410 (p=0.02).",
            {"410": "median(itch_week24)", "0.02": "p_value(itch)"},
        ),
        (
            "A mean reduction in itch of 80.5% was seen.",
            {"80.5%": "mean((itch_week0 - itch_week24) / itch_week0 * 100)"},
        ),
        (
            "The median increase in VAS pain was 12%.",
            {"12%": "median((vas_pain_week12 - vas_pain_week0) / vas_pain_week0 * 100)"},
        ),
        (
            "Mean itch fell by 45% at week 24.",
            {
                "45%": "percent_decrease(mean(itch_week0) in everyone,"
                " mean(itch_week24) in everyone)"
            },
        ),
        *(
            (
                f"Mean itch fell by {printed} to 3.",
                {
                    printed: "percent_decrease(mean(itch_week0) in everyone,"
                    " mean(itch_week24) in everyone)",
                    "3": "mean(itch_week24)",
                },
            )
            for printed in ("45%", "12.5 percent", "12.5 per cent")
        ),
        (
            "The median itch fell by 45% (IQR 20-60) to 3.",
            {
                **{
                    printed: f"{name}((itch_week0 - itch_week24) / itch_week0 * 100)"
                    for name, printed in [("median", "45%"), ("p25", "20"), ("p75", "60")]
                },
                "3": "median(itch_week24)",
            },
        ),
        ("Mean itch did not fall by 10%.", {}),
        ("Mean itch did not fall by 10.", {}),
        ("Itch improved by at least 50 percent in five.", {"five": f"count({HALF})"}),
        (
            "Itch fell by a median of 45%.",
            {"45%": "median((itch_week0 - itch_week24) / itch_week0 * 100)"},
        ),
        ("A mean of 2.6 adverse events was seen.", {"2.6": "mean(count(harm))"}),
        (
            "Of eleven patients, three of nine (33.3%) had herpes zoster.",
            {
                "three": 'count("Zoster" in harm)',
                "33.3%": 'percent("Zoster" in harm)',
                "nine": "n(patient)",
            },
        ),
        ("Sleep was poor, and 3 had an itch of 0.", {"3": "count(itch_week24 == 0)"}),
        ("At week 0, 2 patients had an itch score of 90.", {"2": "count(itch_week0 == 90)"}),
        ("And 3 had a change in itch of 4 points.", {}),
        (
            "At week 24, 3 had an itch of 9 or less, and itch was below 30 in five of twelve.",
            {
                "3": "count(itch_week24 <= 9)",
                "five": "count(itch_week24 < 30)",
                "twelve": "n(patient)",
            },
        ),
        (
            "The duration was 2 years in three patients and 4 years in seven.",
            {"three": "count(duration == 2)", "seven": "count(duration == 4)"},
        ),
        ("Itch was not assessed at week 24 in two patients.", {"two": "n_missing(itch_week24)"}),
        (
            "Itch fell from 62.5 to 31.5 in median.",
            {"62.5": "median(itch_week0)", "31.5": "median(itch_week24)"},
        ),
        (
            "The median itch fell from 62.5 mm/d [IQR 45-81] to 30 mm/d [20-50].",
            {
                "62.5": "median(itch_week0)",
                "45": "p25(itch_week0)",
                "81": "p75(itch_week0)",
                "30": "median(itch_week24)",
                "20": "p25(itch_week24)",
                "50": "p75(itch_week24)",
            },
        ),
        (
            "At week 0 the median itch was 62, and that of VAS pain 7.5.",
            {"62": "median(itch_week0)", "7.5": "median(vas_pain_week0)"},
        ),
        ("Herpes zoster (n = 1) was rare.", {"1": 'count("Zoster" in harm)'}),
        (
            "Acne (25%) was followed by herpes zoster (20%).",
            {"25%": f"percent({ACNE})", "20%": 'percent("Zoster" in harm)'},
        ),
    ],
)
def test_a_number_is_of_what_its_sentence_or_the_one_before_says(
    read: Read, text: str, found: dict[str, str]
) -> None:
    assert read(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("One patient with acne went abroad.", {}),
        ("Another acne patient went abroad.", {}),
        ("Ten patients had eczema, including two women.", {}),
        ("Three of the eight women went abroad.", {"eight": f"count({WOMEN})"}),
        ("Patients were put into two groups of men.", {}),
        (
            "Itch was a problem. Two patients, both with acne, improved.",
            {"Two": f"count({FELL})", "both": f"count({FELL}, {ACNE})"},
        ),
        (
            "One patient, a woman with a disease of 12 years, had acne.",
            {"One": f"count({ACNE})", "12": f"value(duration, {ACNE})"},
        ),
        (
            "More than a third of the women had acne, and over 80% of our patients improved.",
            {"More than a third": f"percent({ACNE}, {WOMEN})"},
        ),
        (
            "All but six eyes gained five steps or more, 13 (62%) at least 10 and two lost steps.",
            {
                "six": "count(not (sight_change >= 5))",
                "13": "count(sight_change >= 10)",
                "62%": "percent(sight_change >= 10)",
                "two": "count(sight_change < 0)",
            },
        ),
        (
            "Those with long disease gained 12.3 steps on average.",
            {"12.3": "mean(sight_change) in long"},
        ),
        (
            "Sight fell by half, and a fifth of the gain was kept. A third of the women had acne.",
            {"A third": f"percent({ACNE}, {WOMEN})"},
        ),
        ("The result was in an 80-year-old woman with acne.", {}),
        ("The effect was better in ten.", {"ten": 'count(effect == "part")'}),
        (
            "Itch fell by a mean of 9.5 at week 24 (p=0.02), but was back to 43.5 at week 24.",
            {
                "9.5": f"mean({CHANGE})",
                "0.02": "p_value(itch)",
                "43.5": "mean(itch_week24)",
            },
        ),
        (
            "On average, women had 4.5 (SD 1.9) fewer itch points.",
            {"4.5": f"mean({CHANGE})", "1.9": f"sd({CHANGE})"},
        ),
        ("One patient had more than one event.", {"One": "count(count(harm) > 1)"}),
        (
            "Four women who had acne or herpes zoster left.",
            {"Four": f'count({WOMEN} and ({ACNE} or "Zoster" in harm))'},
        ),
        (
            "Acne progressed in two of the nine men with long disease.",
            {"two": f"count({ACNE}, {MEN}) in long", "nine": f"count({MEN}) in long"},
        ),
        ("Light was stopped in two, in one because of acne and in one due to herpes zoster.", {}),
        (
            "Five had acne and four herpes zoster, including three who had had both.",
            {
                "Five": f"count({ACNE})",
                "four": 'count("Zoster" in harm)',
                "three": f'count({ACNE} and "Zoster" in harm)',
            },
        ),
        ("Itch was rated. Two needed a higher dose.", {"Two": "count(itch_change > 0)"}),
        ("A mean gain of 9.5 steps was seen in sight.", {"9.5": "mean(sight_change)"}),
        ("Itch: more than 80% of our patients responded.", {"more than 80%": f"percent({HALF})"}),
        ("More than 80% of the women.", {}),
        (
            "Two of the five patients whose itch improved had acne (40%).",
            {
                "Two": f"count({ACNE}, {FELL})",
                "five": f"count({FELL})",
                "40%": f"percent({ACNE}, {FELL})",
            },
        ),
        (
            "Acne was seen in two of the five patients whose itch improved.",
            {"two": f"count({ACNE}, {FELL})", "five": f"count({FELL})"},
        ),
        (
            "Two (40%) of the five patients whose itch improved had acne.",
            {
                "Two": f"count({ACNE}, {FELL})",
                "40%": f"percent({ACNE}, {FELL})",
                "five": f"count({FELL})",
            },
        ),
        (
            "Of the five patients whose itch improved, two had acne.",
            {"five": f"count({FELL})", "two": f"count({ACNE}, {FELL})"},
        ),
        (
            "Two of three women had no adverse events.",
            {"Two": f"count(count(harm) == 0, {WOMEN})", "three": f"count({WOMEN})"},
        ),
        (
            "Itch improved in two of three women.",
            {"two": f"count({FELL}, {WOMEN})", "three": f"count({WOMEN})"},
        ),
        (
            "Two of four responders had acne.",
            {"Two": f"count({ACNE}, {HALF})", "four": f"count({HALF})"},
        ),
        (
            "Eight of nine patients responded in long disease.",
            {"Eight": f"count({HALF}) in long", "nine": "n(patient) in long"},
        ),
        (
            "Three of six patients had long disease.",
            {"Three": "n(patient) in long", "six": "n(patient)"},
        ),
        (
            "Three of the six patients with long disease had acne.",
            {"Three": f"count({ACNE}) in long", "six": "n(patient) in long"},
        ),
        (
            "In two of the four patients with both values itch fell.",
            {"two": f"count({FELL})", "four": "n(patient)"},
        ),
        ("Acne was seen in five of the two patients whose itch improved.", {}),
        ("Acne was seen in 5/2 women.", {}),
        ("Acne was seen in five of the", {"five": f"count({ACNE})"}),
        ("All patients whose itch improved had acne.", {"all": f"always({ACNE}, {FELL})"}),
        ("All patients with long disease had acne.", {"all": f"always({ACNE}) in long"}),
    ],
)
def test_a_part_is_counted_among_those_whom_the_sentence_names(
    read: Read, text: str, found: dict[str, str]
) -> None:
    assert read(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("All but two men had acne.", {"two": f"count(not ({ACNE}), {MEN})"}),
        ("Itch improved in all but two men.", {"two": f"count(not ({FELL}), {MEN})"}),
        ("All but two men were seen.", {}),
        *(
            (
                text,
                {"three": f"count(not ({ACNE}), {MEN})", "two": f"count(not ({ACNE}), {WOMEN})"},
            )
            for text in (
                "All patients but three men and two women had acne.",
                "Acne was seen in all but three men and two women.",
            )
        ),
        (
            "Itch improved in all but three men, two women and one patient with acne.",
            {
                "three": f"count(not ({FELL}), {MEN})",
                "two": f"count(not ({FELL}), {WOMEN})",
                "one": f"count(not ({FELL}), {ACNE})",
            },
        ),
        (
            "All but three men, two women and one patient with herpes zoster had acne.",
            {
                "three": f"count(not ({ACNE}), {MEN})",
                "two": f"count(not ({ACNE}), {WOMEN})",
                "one": f'count(not ({ACNE}), "Zoster" in harm)',
            },
        ),
        (
            "All but three had acne and two had herpes zoster.",
            {"three": f"count(not ({ACNE}))", "two": 'count("Zoster" in harm)'},
        ),
        ("All patients except two had acne.", {"two": f"count(not ({ACNE}))"}),
        ("All of the patients except for two had acne.", {"two": f"count(not ({ACNE}))"}),
        ("All but two of our patients had acne.", {"two": f"count(not ({ACNE}))"}),
        ("None but two had acne.", {"two": f"count({ACNE})"}),
        ("None of the patients but two had acne.", {"two": f"count({ACNE})"}),
        ("Tous les patients sauf deux avaient une acne.", {"two": f"count(not ({ACNE}))"}),
        ("Alle Patienten bis auf zwei hatten eine Acne.", {"two": f"count(not ({ACNE}))"}),
    ],
)
def test_who_is_left_out_is_no_one_of_whom_it_is_said(
    read: Read, text: str, found: dict[str, str]
) -> None:
    assert read(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Four patients benefited in itch.", {"Four": f"count({FELL})"}),
        ("Four patients benefited.", {"Four": 'count(effect != "none")'}),
        (
            "Three patients did not respond.",
            {"Three": f"count(not ({HALF}))"},
        ),
        ("There were three non-responders.", {"three": f"count(not ({HALF}))"}),
        ("Itch scores were available in 10 patients at week 24.", {"10": "n(itch_week24)"}),
        ("Age was missing for 2.", {"2": "n_missing(age)"}),
        (
            "Itch was available for all patients at week 0.",
            {"all": "always(known(itch_week0))"},
        ),
    ],
)
def test_who_responded_and_of_whom_a_value_is_known_is_counted(
    read: Read, text: str, found: dict[str, str]
) -> None:
    assert read(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "Mean itch was 46 ± 17 and 43 ± 16 in long disease and in everyone, respectively.",
            {
                "46": "mean(itch_week0) in long",
                "17": "sd(itch_week0) in long",
                "43": "mean(itch_week0)",
                "16": "sd(itch_week0)",
            },
        ),
        (
            "In long disease and in everyone mean itch was 46 and 43 (p=0.02), respectively.",
            {"46": "mean(itch_week0) in long", "43": "mean(itch_week0)", "0.02": "p_value(itch)"},
        ),
        ("Mean itch at week 0, week 12 and week 24 was 46 and 43, respectively.", {}),
        ("Mean itch in long disease and in everyone was 46, respectively.", {}),
        ("Men and women were 30 and 40 years old, respectively.", {}),
        ("Men and women took 30 and 40 mg, respectively.", {}),
        (
            "Acne and herpes zoster were seen in 30 and 20%, respectively.",
            {"20%": 'percent("Zoster" in harm)'},
        ),
        (
            "Mean itch in men and women was 46 (SD 17) and 43 (SD 16), respectively.",
            {
                f"{printed}": f"{name}(itch_week0, {who})"
                for name, who, printed in [
                    *(("mean", MEN, 46), ("sd", MEN, 17)),
                    *(("mean", WOMEN, 43), ("sd", WOMEN, 16)),
                ]
            },
        ),
        (
            "Acne and herpes zoster were seen in 3 and 2 patients, respectively.",
            {"3": f"count({ACNE})", "2": 'count("Zoster" in harm)'},
        ),
    ],
)
def test_respectively_gives_each_number_to_its_name_or_none_to_any(
    read: Read, text: str, found: dict[str, str]
) -> None:
    assert read(text) == found
