"""The smallest study of the documentation gives what it says, which is what R gives; a template."""

import csv
from collections.abc import Callable
from pathlib import Path
from typing import Any

from casebook.base.printed import read_printed
from casebook.data.results import read_results
from casebook.data.vocabulary import Method
from pages import ROOT, blocks, tables, text_of

PAGE = "docs/smallest-study.md"
FOLDER = ROOT / "docs/tutorial/sleep"
T_TEST, MEAN, SHIFT = Method.PAIRED_T, "mean difference", "Hodges-Lehmann"
R_4_5, R_4_6 = Method.SIGNED_RANK_R_4_5, Method.SIGNED_RANK_R_4_6

# What each number of the page is: its method and statistic, and R's file and column.
NUMBERS = {
    "mean difference, hours": (MEAN, "estimate", "describe", "mean"),
    "lower end of its 95% interval": (MEAN, "conf_low", "estimate", "t_low"),
    "upper end": (MEAN, "conf_high", "estimate", "t_high"),
    "t": (T_TEST, "statistic", "paired", "t"),
    "degrees of freedom": (T_TEST, "degrees_of_freedom", "", ""),
    "p of the paired t-test": (T_TEST, "p_value", "paired", "t_p"),
    "p of the exact signed-rank test, the zero left out": (
        Method.SIGNED_RANK_EXACT, "p_value", "signed_rank", "exact_second_source",
    ),
    "p by the default of R up to 4.5": (R_4_5, "p_value", "signed_rank", "r_4_5"),
    "p by the default of R 4.6": (R_4_6, "p_value", "signed_rank_4_6", "r_4_6"),
    "Hodges–Lehmann difference, hours": (SHIFT, "estimate", "estimate", "hodges_lehmann"),
    "lower end of its 95% interval, exact": (SHIFT, "conf_low", "coverage_4_6", "low"),
    "upper end, exact": (SHIFT, "conf_high", "coverage_4_6", "high"),
}  # fmt: skip


def of_r(file: str, column: str) -> float:
    """What R says of the sample: two-sided, and of an interval at 95%."""
    with (ROOT / f"tests/oracle/{file}.csv").open(encoding="utf-8", newline="") as lines:
        rows = [each for each in csv.DictReader(lines) if each["sample"] == "sleep"]
    for each in rows:
        is_usual = each.get("alternative", "two-sided") == "two-sided"
        if is_usual and abs(float(each.get("level", 0.95)) - 0.95) < 1e-9:
            return float(each[column])
    raise AssertionError(file, column)


def test_the_files_are_those_that_are_shown() -> None:
    assert [(FOLDER / "sleep.csv").read_text(encoding="utf-8")] == blocks(text_of(PAGE), "csv")
    assert (FOLDER / "study.yaml").read_text(encoding="utf-8") == blocks(text_of(PAGE), "yaml")[0]


def test_the_numbers_are_those_of_r(results_of: Callable[..., Path]) -> None:
    text = blocks(text_of(PAGE), "yaml")[0].replace("sleep.csv", "table.csv")
    (shown,) = tables(text_of(PAGE))

    out = results_of(text=text, table=blocks(text_of(PAGE), "csv")[0])

    made = {(each.method, each.stat_name): each for each in read_results(out / "results.csv")}
    assert [each["number"] for each in shown] == list(NUMBERS)
    for each in shown:
        method, statistic, file, column = NUMBERS[each["number"]]
        value, printed = made[method, statistic].number, read_printed(each["value"])
        assert printed
        assert printed.gives(value)
        if file:
            assert abs(value - of_r(file, column)) < 1e-12


TABLE = """\
ID,Age,Sex,Drugs,Start,Score before,Score at month 3
1,54,F,"MTX, HCQ",31.01.2024,40,22
2,61,M,none,01.02.2024,35,n.d.
3,47,F,,29.02.2024,28,30
"""


def test_the_template_is_a_study_as_it_stands(clean_study: Callable[..., Any]) -> None:
    _, template = blocks(text_of(PAGE), "yaml")

    cleaned = clean_study(text=template, table=TABLE)

    first, second, third = cleaned.patients
    assert not [each for each in cleaned.findings if each.severity != "note"]
    assert third.values["drugs"] is None
    assert first.values["score_month3"] == 22
    assert second.values["score_month3"] is None
