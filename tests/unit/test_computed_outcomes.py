"""Outcomes whose values follow from others: `at` with expressions, in place of `columns`."""

import re
from collections.abc import Callable
from decimal import Decimal
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from casebook.base.yamlfile import ModelFileError
from casebook.data.findings import DataError
from casebook.data.verdicts import CONTRADICTED, REPRODUCED, read_verdicts
from casebook.mistakes import mistakes
from casebook.study.load import load_study

Make = Callable[..., Path]
PARTS = """\
title: Computed outcomes
source: { table: table.csv, patient: ID, citation: Doe J. 2024., licence: CC0 }
visits: { start: Before, month3: Month 3, month6: Month 6 }
variables:
  tender0: { label: Tender, column: T0, type: number, range: [0, 99] }
  tender3: { label: Tender, column: T3, type: number, range: [0, 99] }
"""
SKIN = """\
  skin:
    label: Skin
    columns: { start: S0, month3: S3, month6: S6 }
    range: [0, 99]
    better: lower
"""
COHORTS = """\
contrasts:
  late: { visit: month6, against: start }
  early: { visit: month3, against: start }
derived:
  ill: { label: Ill, expression: total_start > 10 }
cohorts:
  ill: { label: Ill, select: ill }
  everyone: { label: Everyone }
"""
COMPUTED = f"""\
{PARTS}outcomes:
{SKIN}  total:
    label: Total
    at: {{ start: skin_start + tender0, month3: "sum(skin_month3, tender3)" }}
    columns: {{ month6: Sum6 }}
    range: [0, 99]
    better: lower
  share:
    label: Share of skin
    at: {{ start: 100 * skin_start / total_start, month3: 100 * skin_month3 / total_month3 }}
    unit: "%"
    range: [0, 100]
    better: lower
{COHORTS}"""
READ = f"""\
{PARTS}outcomes:
{SKIN}  total:
    label: Total
    columns: {{ start: Sum0, month3: Sum3, month6: Sum6 }}
    range: [0, 99]
    better: lower
  share:
    label: Share of skin
    columns: {{ start: Share0, month3: Share3 }}
    unit: "%"
    range: [0, 100]
    better: lower
{COHORTS}"""
PATIENTS = [  # identifier, skin at three visits, tender joints at two, and the total at the last
    ("a", "10.1", "4.1", "2", "20.2", "3", "5"),
    ("b", "7", "", "3", "9.5", "4.2", "6.1"),
    ("c", "5.3", "3.3", "", "0.3", "0", ""),
    ("d", "1", "1", "1", "2", "2", "2.5"),
    ("e", "0", "2.2", "1", "0", "1.1", "0.7"),
    ("f", "30", "12", "8", "", "6", "20"),
    ("g", "22.7", "20.4", "21", "10.1", "12.4", "33"),
]
CLAIMS = """\
claim\tplace\twords\tprinted\tcomputed_as\totherwise\tconvention\tnote
total\tText\tmedian\t11.05\tmedian(total_start) in everyone\t\t\t
pairs\tText\tpairs\t4\tn(share_early) in everyone\t\t\t
wrong\tText\tmedian\t12\tmedian(total_start) in everyone\t\t\t
"""


def table(*, order: int = 1) -> str:
    """The table, with what the expressions give worked out beside their parts."""
    lines = ["ID,S0,S3,S6,T0,T3,Sum6,Sum0,Sum3,Share0,Share3"]
    for identifier, s0, s3, s6, t0, t3, sum6 in PATIENTS[::order]:
        sums, shares = [], []
        for skin, tender in ((s0, t0), (s3, t3)):
            total = Decimal(skin) + Decimal(tender) if skin and tender else None
            sums.append("" if total is None else str(total))
            shares.append(repr(float(Decimal(skin) / total * 100)) if total else "")
        lines.append(",".join([identifier, s0, s3, s6, t0, t3, sum6, *sums, *shares]))
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("order", [1, -1])
def test_what_is_computed_has_the_rows_of_a_study_that_has_it_in_columns(
    results_of: Callable[..., Path], order: int
) -> None:
    """Each row, and no other: with missing parts, 0 / 0, and sums such as 0.1 + 0.2."""
    read = (results_of(text=READ, table=table()) / "results.csv").read_bytes()

    computed = (results_of(text=COMPUTED, table=table(order=order)) / "results.csv").read_bytes()

    assert computed == read


def test_a_value_is_missing_where_a_part_of_it_is(clean_study: Callable[..., Any]) -> None:
    patients = {each.id: each for each in clean_study(text=COMPUTED, table=table()).patients}

    assert patients["a"].number("total_start") == 30.3
    assert patients["b"].number("total_month3") is None
    assert patients["b"].number("share_month3") is None
    assert (patients["e"].number("total_start"), patients["e"].number("share_start")) == (0, None)


def test_a_value_out_of_range_is_told_with_its_row_its_parts_and_their_columns(
    clean_study: Callable[..., Any],
) -> None:
    with pytest.raises(DataError) as error:
        clean_study(
            ("    range: [0, 99]\n", "    range: [0, 40]\n"),
            text=COMPUTED,
            table=table(),
            corrections="patient\tcolumn\told\tnew\treason\ng\tT0\t10.1\t20.1\tslip\n",
        )

    assert str(error.value.findings[0]) == (
        "study/table.csv, row 8: found 'total_start = 42.8, from skin_start = 22.7, tender0 ="
        " 20.1'; allowed: a number from 0 to 40; total_start is skin_start + tender0, from 'S0' and"
        " 'T0'; correct a cell in corrections.tsv, or widen the range in study.yaml"
    )


def test_the_report_says_how_it_was_computed_and_links_to_the_cells_of_its_parts(
    report_of: Callable[..., str],
) -> None:
    Path("study").mkdir()
    Path("study/claims.tsv").write_text(CLAIMS, encoding="utf-8")

    page = report_of(text=COMPUTED, table=table())

    words = unescape(re.sub("<[^>]+>", "", page))
    assert "Total at the visit Month 3 was computed as sum(skin_month3, tender3)." in words
    assert "T0 and S0: Everyone" in words
    verdicts = {each.claim: each for each in read_verdicts(Path("out/audit.csv"))}
    assert [verdicts[name].verdict for name in ("total", "pairs", "wrong")] == [
        *(REPRODUCED, REPRODUCED, CONTRADICTED)
    ]
    assert verdicts["total"].columns == ("S0", "T0")
    assert verdicts["pairs"].columns == ("S0", "T0", "S3", "T3")


@pytest.mark.parametrize(
    ("edits", "told"),
    [
        ([("start: skin_start + tender0", "start: skin_start + share_start")],
         "outcomes.total.at.start: 'share_start' is not known"),
        ([("start: skin_start + tender0", "start: skin_start > 3")],
         "outcomes.total.at.start: must give a number, but gives a boolean"),
        ([("start: skin_start + tender0", "start: 'total(skin_start, tender0)'")],
         "'total(skin_start, tender0)' uses the function 'total' (known: first, foremost, highest,"
         " last, lowest, mean, sum, years)"),
        ([("start: skin_start + tender0", "strt: skin_start")],
         "outcomes.total.at.strt: 'strt' is not a visit; allowed: start, month3, month6"),
        ([("columns: { month6: Sum6 }", "columns: { month3: Sum3 }")],
         "outcomes.total.at.month3: the values at 'month3' already stand in a column"),
        ([("column: T0,", "column: T0, private: true,")], "outcomes.total.at.start: 'tender0' is"
         " private, and this would show it; take 'private' away, or the outcome"),
        ([("    at: { start: skin_start + tender0, month3: \"sum(skin_month3, tender3)\" }\n", ""),
          ("    columns: { month6: Sum6 }\n", "")],
         "outcomes.total: has no visit; name its columns under columns, or the expressions for its"
         " values under at"),
    ],
)  # fmt: skip
def test_an_expression_that_gives_no_value_to_show_is_refused(
    make_study: Make, edits: list[tuple[str, str]], told: str
) -> None:
    with pytest.raises(ModelFileError) as error:
        load_study(make_study(*edits, text=COMPUTED))

    assert told in str(error.value)


def test_what_follows_from_a_mistaken_value_is_not_told_beside_it(make_study: Make) -> None:
    edit = ("start: skin_start + tender0", "start: skin_start + tendr0")
    study = make_study(edit, text=COMPUTED, table=table().replace("20.4", "204"))
    study.with_name("claims.tsv").write_text(CLAIMS, encoding="utf-8")

    expression, _, cell = mistakes(study).splitlines()

    assert "outcomes.total.at.start: 'tendr0' is not known" in expression
    assert "row 8, column 'S3': found '204'" in cell


def test_changes_that_nearly_tie_are_told_by_the_name_of_the_outcome(
    clean_study: Callable[..., Any],
) -> None:
    header = "ID,S0,S3,S6,T0,T3,Sum6\n"
    rows = [f"p{i},20,{after},,1,1,\n" for i, after in enumerate(["11.67", "11.66", "15", "10"])]

    findings = clean_study(text=COMPUTED, table=header + "".join(rows)).findings

    told = [(each.column, each.value) for each in findings if "ranked as different" in each.hint]
    assert told == [
        ("", "changes of 8.33 and 8.34 of total"),
        ("S3", "changes of 8.33 and 8.34"),
    ]
