"""A table as LibreOffice saves it in each of its formats, which are read alike."""

from pathlib import Path

import pytest

from casebook.prepare.raw import RawTable, read_table

CASE = Path(__file__).parents[2] / "cases" / "libreoffice"

VALUES = {
    "number": "12.5",
    "text": "abc",
    "lines": "a\nb",
    "percent": "80%",
    "date": "2024-02-29",
    "moment": "2024-02-29 13:30:00",
    "duration": "1 day, 6:00:00",
    "sum": "3",
    "true": "TRUE",
    "joined": "ab",
    "no text": "",
    "share": "80%",
    "day": "2024-02-29",
    "divided": "#DIV/0!",
    "not there": "#N/A",
    "zeros": "001",
    "name": "P007",
    "groups": "123-45-6789",
    "limit": "<21",
    "unit": "5",
    "amount": "1250",
    "brackets": "-5",
    "no zero": "0",
    "nothing": "5",
    "no sign": "-5",
    "words": "1",
    "below": "0.5",
    "thousands": "12000",
    "mark": "5",
    "other text": "abc",
    "struck": "5",
    "struck in part": "1215",
    "raised": "102",
    "comment": "5",
    "merged": "m",
    "below it": "m",
    "hidden": "6",
}
TOLD = {
    "divided": "correct the formula",
    "not there": "correct the formula",
    "no zero": "shows nothing of it",
    "nothing": "shows nothing of it",
    "no sign": "shows it as '5'",
    "words": "shows it as 'yes'",
    "below": "shows it as 'low'",
    "thousands": "shows it as '12'",
    "mark": "shows it as '5*'",
    "other text": "shows it as 'x'",
    "struck": "it is struck through",
    "struck in part": "a part of it is struck through, and '15' is not",
    "raised": "a part of it is raised or lowered",
    "comment": "has a comment",
    "below it": "merged with B",
    "hidden": "it is hidden",
}


@pytest.fixture(scope="module", params=["table.ods", "table.xlsx", "table.xls"])
def table(request: pytest.FixtureRequest) -> RawTable:
    return read_table(CASE / request.param)


def by_kind(table: RawTable) -> dict[str, str]:
    (_, *kinds), (_, *values) = table.grid.columns[1], table.grid.columns[2]
    return dict(zip(kinds, values, strict=True))


def test_every_value_is_read_as_it_was_computed_and_stored(table: RawTable) -> None:
    assert by_kind(table) == VALUES


def test_what_the_values_do_not_say_is_told_and_nothing_else(table: RawTable) -> None:
    kinds = dict(enumerate(VALUES, start=2))
    percent = [remark for remark in table.remarks if "percent sign" in remark.hint]
    told = [remark for remark in table.remarks if remark.row and remark not in percent]

    assert {kinds[remark.row] for remark in percent} == {"percent", "share"}
    assert [kinds[remark.row] for remark in told] == list(TOLD)
    for remark, hint in zip(told, TOLD.values(), strict=True):
        assert hint in remark.hint


def test_a_hidden_sheet_is_told(table: RawTable) -> None:
    assert [(each.value, each.hint) for each in table.remarks if not each.row] == [
        ("Old", "hidden, so not read")
    ]
