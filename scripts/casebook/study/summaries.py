"""A study of a paper that prints summaries alone: what stands in for the columns that it has not.

Outcomes and variables are described as in any other study, so that claims name them alike; each
value is taken to have a column of its own name, which nothing reads. What such a study can have is
said in `summary_references`.
"""

from collections.abc import Mapping
from typing import Any, get_args

from casebook.data.patients import measurement
from casebook.study.headings import TWO_VISITS, Rule
from casebook.study.source import NO_TABLE


def with_columns_of_no_table(written: Any) -> Any:
    """A study as it is written, with a column for each value where `source.table` is none.

    What is not written as it must be is left for others to tell.
    """
    if not isinstance(written, Mapping):
        return written
    source = written.get("source")
    if not isinstance(source, Mapping) or source.get("table") != NO_TABLE:
        return written
    visits = written.get("visits") or TWO_VISITS
    found = dict(written)
    if isinstance(outcomes := written.get("outcomes"), Mapping):
        found["outcomes"] = {name: _at_visits(name, o, visits) for name, o in outcomes.items()}
    if isinstance(variables := written.get("variables"), Mapping):
        found["variables"] = {name: _filled(name, v) for name, v in variables.items()}
    return found


def _filled(name: Any, variable: Any) -> Any:
    """A variable with a column of its name."""
    return {"column": str(name), **variable} if isinstance(variable, Mapping) else variable


def _at_visits(name: Any, outcome: Any, visits: Any) -> Any:
    """An outcome with a column at each visit that does not follow from others."""
    if not isinstance(outcome, Mapping) or {"columns", "column", "at"} & outcome.keys():
        return outcome
    measured = [
        visit
        for visit in visits
        if not isinstance(visits, Mapping)
        or not isinstance(visits[visit], Mapping)
        or visits[visit].keys().isdisjoint(get_args(Rule))
    ]
    columns = {visit: measurement(str(name), str(visit)) for visit in measured}
    return {**outcome, "columns": columns}
