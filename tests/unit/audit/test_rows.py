"""The row of the results that a claim names by its keys."""

from collections.abc import Callable
from pathlib import Path

import pytest

from casebook.analysis.topic import Topic
from casebook.audit.data import Data
from casebook.audit.rows import find_row
from casebook.claims.readings import ReadingError, ResultRow
from casebook.data.results import HARM
from casebook.study.load import load_study


@pytest.fixture
def data(make_study: Callable[..., Path]) -> Data:
    every = Topic("everyone", "harms", HARM)
    rows = [every.row("n", "Patients", 9), every._replace(level="Rash").row("n", "Patients", 8)]
    return Data(load_study(make_study()), {}, rows, {})


def test_what_tells_several_rows_apart_can_be_said_as_the_message_has_it(data: Data) -> None:
    keys = {"cohort": "everyone", "variable": "harms", "context": "harm", "statistic": "n"}

    with pytest.raises(ReadingError, match=r"say level \(-, Rash\)"):
        find_row(data, ResultRow(keys))
    assert find_row(data, ResultRow(keys | {"level": "-"})).number == 9
    assert find_row(data, ResultRow(keys | {"level": "Rash"})).number == 8
