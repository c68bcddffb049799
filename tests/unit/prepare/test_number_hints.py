"""What is said of a number with more beside it, which is followed here as it is written."""

import re
from collections.abc import Callable
from typing import Any

import pytest

from casebook.data.findings import DataError

BETTER = "    better: lower\n"


@pytest.mark.parametrize(
    ("text", "told", "number"),
    [
        ("30–40", "the cell has two numbers, and only you can say which counts", 30),
        ("3 to 4", "the cell has two numbers", 3),
        ("18 ± 2", "this looks like a mean with its spread", 18),
        ("1.5+/-0.2", "this looks like a mean with its spread", 1.5),
        ("40*", "a mark follows the number", 40),
    ],
)
def test_a_number_with_more_beside_it_can_be_read_as_the_hint_says(
    clean_study: Callable[..., Any],
    table_of: Callable[..., str],
    text: str,
    told: str,
    number: float,
) -> None:
    table = table_of({"Before": text}, {"Before": "7"}, {"Before": "12.5"})

    with pytest.raises(DataError) as error:
        clean_study(table=table)

    (finding,) = [each for each in error.value.findings if each.severity == "error"]
    assert finding.value == text
    assert finding.hint.startswith(told)
    assert "missing" not in finding.hint
    key = re.search(r"write (pattern: '.*') beside the column in study.yaml", finding.hint)
    assert key
    followed = clean_study((BETTER, f"{BETTER}    {key[1]}\n"), table=table)
    read = [each.values["score_baseline"] for each in followed.patients]
    assert read == [number, 7, 12.5]
