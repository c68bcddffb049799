"""Patterns that a study gives, and how long they may take."""

import signal
from collections.abc import Callable
from pathlib import Path
from time import process_time
from typing import Any

import pytest

from casebook.base.cellpattern import CellPattern, EndlessMatchError
from casebook.data.findings import DataError

CASES = Path(__file__).parents[2] / "cases"


@pytest.fixture(autouse=True)
def _soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """Patterns are given up sooner than by users, who have slower machines and longer cells."""
    monkeypatch.setattr("casebook.base.cellpattern._SECONDS", 0.1)


@pytest.mark.parametrize(
    ("pattern", "cell", "part"),
    [
        ("(.+), [FM]", "50, F", "50"),
        (".+, ([FM])", "50, F", "F"),
        ("(.+), [FM]", "50", None),
        ("(x)?.*", "50", None),
        (r"(?=.*M)(\w+)", "Müller", "Müller"),
    ],
)
def test_the_first_group_of_a_whole_cell_is_read(pattern: str, cell: str, part: str | None) -> None:
    assert CellPattern(pattern).part(cell) == part


@pytest.mark.parametrize("pattern", ["((a+)+)b", "(a|aa)+c", "(.*.*.*.*.*.*.*.*.*.*.*.*),x"])
def test_a_pattern_that_would_take_for_ever_is_given_up(pattern: str) -> None:
    given = CellPattern(pattern)
    before, began = signal.getsignal(signal.SIGVTALRM), process_time()

    with pytest.raises(EndlessMatchError):
        given.part("a" * 200)

    assert given.given_up
    assert process_time() - began < 2
    assert signal.getsignal(signal.SIGVTALRM) is before
    assert signal.getitimer(signal.ITIMER_VIRTUAL) == (0, 0)


def test_a_cell_that_takes_too_long_is_an_error_that_names_the_cell(
    clean_study: Callable[..., Any],
) -> None:
    # The case "redos": a harmless text in a column whose pattern has no end.
    folder = CASES / "redos"
    table, text = ((folder / name).read_text() for name in ("skin.csv", "study.yaml"))

    with pytest.raises(DataError) as error:
        clean_study(("skin.csv", "table.csv"), table=table, text=text)

    (finding,) = [each for each in error.value.findings if each.column == "Note"]
    assert finding.row == 2
    assert finding.hint.startswith("the pattern can fit this cell in too many ways")


def test_a_number_that_takes_too_long_is_an_error_too(
    clean_study: Callable[..., Any], table_of: Callable[..., str]
) -> None:
    edit = ("    unit: years", '    unit: years\n    pattern: "((a+)+)b"')

    with pytest.raises(DataError) as error:
        clean_study(edit, table=table_of({"Age": "a" * 40}, {"Age": "b"}))

    (finding,) = error.value.findings
    assert (finding.row, finding.column) == (2, "Age")
    assert finding.hint.startswith("the pattern can fit this cell in too many ways")


def test_each_cell_is_matched_with_its_pattern_once(
    clean_study: Callable[..., Any],
    table_of: Callable[..., str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    matched = []
    part = CellPattern.part
    monkeypatch.setattr(
        CellPattern, "part", lambda self, text: matched.append(text) or part(self, text)
    )
    edit = ("    unit: years", "    unit: years\n    pattern: (.+) years")

    clean_study(edit, table=table_of({"Age": "45 years"}, {"Age": "60 years"}))

    assert matched == ["45 years", "60 years"]


def test_cells_above_the_one_that_takes_too_long_are_read(
    clean_study: Callable[..., Any], table_of: Callable[..., str]
) -> None:
    edit = ("    unit: years", '    unit: years\n    pattern: "((?:a+)+b|[0-9]+)"')
    rows = ({"Age": "500"}, {"Age": "a" * 40}, {"Age": "600"})

    with pytest.raises(DataError) as error:
        clean_study(edit, table=table_of(*rows))

    assert [finding.row for finding in error.value.findings] == [2, 3]
