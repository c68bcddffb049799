"""The cohorts that the report lists, of a study with more of them than a reader goes through.

Sentences count all of them, and results.csv and the tables for a manuscript have all; only what has
a row or a column for each cohort on the page stops after the first.
"""

from collections.abc import Iterable
from dataclasses import replace
from itertools import islice

from casebook.report.manuscript import Table
from casebook.study.model import Study

MOST_COHORTS = 100
"""How many cohorts a table of the report shows."""
_WHOLE = {"baseline", "response", "harms"}
"""Tables that are written whole for a manuscript, by their names."""


def with_first_cohorts(study: Study) -> Study:
    """The study with the cohorts that are listed, which tables of cohorts are made of."""
    first = dict(islice(study.cohorts.items(), MOST_COHORTS))
    return study.model_copy(update={"cohorts": first})


def cohorts_beside(study: Study) -> int:
    """How many cohorts of a study are not listed."""
    return max(0, len(study.cohorts) - MOST_COHORTS)


def first_cohorts_words(study: Study, file: str) -> list[str]:
    """That not all cohorts are listed, and the file with all of them; nothing if they are."""
    if not cohorts_beside(study):
        return []
    return [f"The first {MOST_COHORTS} of {len(study.cohorts):,} cohorts; all are in {file}."]


def where_all_are(study: Study, table: str) -> str:
    """Where a sentence finds the others of a list: in this table if it has all cohorts."""
    return f"in {'results.csv' if cohorts_beside(study) else table}"


def of_first(study: Study, tables: Iterable[Table | None]) -> list[Table]:
    """The tables that there are of the first cohorts of a study, each saying so in its notes."""
    return [
        replace(table, notes=(*first_cohorts_words(study, _file(table)), *table.notes))
        for table in tables
        if table
    ]


def _file(table: Table) -> str:
    return f"tables/{table.name}.csv" if table.name in _WHOLE else "results.csv"
