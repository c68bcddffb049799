"""What is said of a number with more beside it, which is followed here as it is written."""

import re
from collections.abc import Callable
from typing import Any

import pytest

from casebook.data.findings import DataError

BETTER = "    better: lower\n"


@pytest.mark.parametrize(
    ("text", "told", "key", "number"),
    [
        ("30–40", "this looks like a range", r"from_to: \w+", 35),
        ("3 to 4", "this looks like a range", r"from_to: \w+", 3.5),
        ("18 ± 2", "this looks like a mean with its spread", r"plus_minus: \w+", 18),
        ("1.5+/-0.2", "this looks like a mean with its spread", r"plus_minus: \w+", 1.5),
        ("40*", "a mark stands beside the number", r"marks: .*?'(?= beside)", 40),
        ("~10", "a mark stands beside the number", r"marks: .*?'(?= beside)", 10),
        ("ca. 10?", "a mark stands beside the number", r"marks: \[.*?\]", 10),
        ("None", "if there was none, so that the value is 0", r"values: \{.*?\}", 0),
        ("keine", "if there was none, so that the value is 0", r"values: \{.*?\}", 0),
        ("none", "if there was none, so that the value is 0", r"missing(?= there)", None),
    ],
)
def test_a_number_with_more_beside_it_can_be_read_as_the_hint_says(
    clean_study: Callable[..., Any],
    table_of: Callable[..., str],
    text: str,
    told: str,
    key: str,
    number: float | None,
) -> None:
    table = table_of({"Before": text}, {"Before": "7"}, {"Before": "12.5"})

    with pytest.raises(DataError) as error:
        clean_study(table=table)

    (finding,) = [each for each in error.value.findings if each.severity == "error"]
    assert finding.value == text
    assert finding.hint.startswith(told)
    assert f"{text!r} under missing" not in finding.hint
    written = re.search(key, finding.hint)
    assert written
    line = f"missing: [{text}]" if written[0] == "missing" else written[0]
    followed = clean_study((BETTER, f"{BETTER}    {line}\n"), table=table)
    read = [each.values["score_baseline"] for each in followed.patients]
    assert read == [number, 7, 12.5]


def test_a_mark_is_added_to_those_that_are_listed(
    clean_study: Callable[..., Any], table_of: Callable[..., str]
) -> None:
    with pytest.raises(DataError) as error:
        clean_study((BETTER, f"{BETTER}    marks: '*'\n"), table=table_of({"Before": "~40*"}))

    (finding,) = error.value.findings
    assert "write marks: ['*', '~'] beside the column" in finding.hint


DATE = "this is a date, which a spreadsheet makes of '5-10' or '10/5'"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("5-Oct", DATE),
        ("Oct-05", DATE),
        ("5. Okt", DATE),
        ("2024-10-05", DATE),
        ("05.10.2024", DATE),
        ("45-Oct", "correct a slip in corrections.tsv"),
        ("2024-13-05", "correct a slip in corrections.tsv"),
        ("01:40:00", "this is a time, which a spreadsheet makes of '1:40'"),
        ("18 ± -2", "a spread is never negative"),
        ("143 lb", "the column has more than one unit, 'kg' and 'lb': convert the number"),
        ("143 kilo", "the column has more than one unit, 'kg' and 'kilo': convert the number"),
    ],
)
def test_what_can_be_no_number_is_told_with_what_it_may_be(
    clean_study: Callable[..., Any], table_of: Callable[..., str], text: str, told: str
) -> None:
    said = (BETTER, f"{BETTER}    plus_minus: value\n    strip_unit: kg\n")

    with pytest.raises(DataError) as error:
        clean_study(said, table=table_of({"Before": text}))

    (finding,) = error.value.findings
    assert finding.hint.startswith(told)
    assert ("strip_unit: [kg, kilo]" in finding.hint) == (text == "143 kilo")
    assert "lb]" not in finding.hint
