"""Statistics by name, as the audit defines them and turns them with the differences."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from casebook.audit.definitions import definitions
from casebook.audit.turned import turns
from casebook.claims.readings import STATISTICS
from casebook.data.results import ESTIMATE, read_results
from casebook.statistics.describe import SUMMARIES, summary
from casebook.study.load import load_study


@pytest.mark.parametrize("name", STATISTICS)
def test_a_statistic_is_first_what_the_results_have_by_its_name(
    name: str, make_study: Callable[..., Path]
) -> None:
    values = [1.0, 2.0, 4.0, 8.0, 9.0, 30.0]

    own, *_ = definitions(name, load_study(make_study())).values()

    assert own(values) == (
        len(values) if name in ("n", "n_missing") else summary(name).of(values, 7)
    )


def test_no_definition_is_made_up_for_a_statistic_that_is_not_declared(
    make_study: Callable[..., Path],
) -> None:
    with pytest.raises(KeyError, match="mode"):
        definitions("mode", load_study(make_study()))


@pytest.mark.parametrize("name", SUMMARIES)
def test_a_summary_is_minus_what_it_turns_to_of_the_values_with_their_signs_changed(
    name: str,
) -> None:
    values = [-3.0, 1.0, 2.0, 4.0, 8.0, 9.0, 30.0]
    opposite = [-each for each in values]
    declared = SUMMARIES[name]
    turned = SUMMARIES.get(declared.turned)

    expected = -turned.of(values, 7) if turned else declared.of(values, 7)

    assert declared.of(opposite, 7) == pytest.approx(expected, rel=1e-12)


def test_it_is_known_of_every_row_whether_it_turns(bundled: Path) -> None:
    rows = read_results(bundled / "results.csv")
    estimate = next(row for row in rows if row.context == ESTIMATE)

    assert any(turns(row) for row in rows)
    with pytest.raises(KeyError, match="ratio"):
        turns(replace(estimate, stat_name="ratio"))
