"""p-values of printed statistics, and t-tests of printed means and SDs, against R.

R's samples have means and SDs that round to the printed ones: each of their t, degrees of freedom
and p must lie within ours, and of Student's and the paired test the corners reach the ends.
"""

from collections import defaultdict
from decimal import Decimal

import pytest

from casebook.statistics.summaries.means import Group, TTest, compared_groups, compared_pairs
from casebook.statistics.summaries.p_value import Kind, two_sided
from tables_of_r import Row, disagreements, rows

KINDS: dict[str, Kind] = {"t": "t", "z": "z", "F": "F", "chi2": "chi2", "r": "r"}
SLACK = 1e-9


def test_p_values_of_printed_statistics() -> None:
    def ours(row: Row) -> float:
        degrees = [df for df in (float(row["df1"]), float(row["df2"])) if df]
        return two_sided(KINDS[row["kind"]], abs(float(row["statistic"])), degrees)

    assert disagreements("printed_p", "p", ours, at_least=69) == []


def _group(row: Row, number: str) -> Group:
    mean, sd = (
        Decimal(f"{float(row[f'{name}{number}']):.{row['decimals']}f}") for name in ("mean", "sd")
    )
    return Group(mean, sd, int(row[f"n{number}"]))


def _ours(row: Row) -> TTest:
    tests = [*compared_groups(_group(row, "1"), _group(row, "2"))]
    tests.append(compared_pairs(_group(row, "1")))
    return next(test for test in tests if test.name == row["test"])


@pytest.mark.parametrize("column", ["t", "df", "p"])
def test_what_samples_with_the_printed_means_and_sds_give_lies_within_the_ends(column: str) -> None:
    ends, found = {}, defaultdict(list)
    for row in rows("printed_means"):
        case = (row["case"], row["test"])
        ends[case] = getattr(_ours(row), column)
        found[case].append(float(row[column]))

    assert len(found) == 15
    for case, values in found.items():
        low, high = ends[case]
        assert low * (1 - SLACK) <= min(values) <= max(values) <= high * (1 + SLACK), case
        if case[1] != "Welch's" or column == "t":
            reached = [min(values), max(values)] if low else [low, max(values)]
            assert reached == pytest.approx([low, high], rel=1e-9), case
        # Of Welch's test the ends are bounds, which must not be far from what there is.
        elif column == "p":
            assert high - low <= 1.5 * (max(values) - min(values)), case
