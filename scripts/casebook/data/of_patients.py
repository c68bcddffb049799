"""Results of single patients by columns: of a million patients there are as many as patients.

They have all in common but the patient, the value, and what is to be said of it.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from itertools import compress, groupby
from operator import attrgetter, itemgetter
from pathlib import Path
from typing import cast

from casebook.base.csvfiles import Sieve, parts_of, read_columns, read_list, write_parts
from casebook.base.lookup import BLOCK
from casebook.data.results import COLUMNS, EACH_PATIENT, TOGETHER, Result

_SHARED = ("context", "variable", "contrast", "stat_name")
_VARIED = ("variable_level", "stat", "warning", "error")
_shared_of, _shared_in = attrgetter(*_SHARED), itemgetter(*map(COLUMNS.index, _SHARED))


def percent_change_of(outcome: str, contrast: str) -> Result:
    """What the percent changes of single patients have in common."""
    name, label = "percent_change", "Change in percent of baseline"
    of_one = (contrast, outcome, "", EACH_PATIENT, "")
    return Result("", TOGETHER, "", "", *of_one, name, label, "")


@dataclass(frozen=True)
class OfPatients:
    """Results of one kind on patients, a result each, by columns.

    Attributes:
        shared: A result that has what all have in common.
        ids: The identifiers of the patients.
        stats: The values as they are written; empty where there is none.
        warnings: What is to be warned of, if anything.
        errors: Why there is no value, where there is none.
    """

    shared: Result
    ids: Sequence[str]
    stats: Sequence[str]
    warnings: Sequence[str]
    errors: Sequence[str]

    def result(self, place: int) -> Result:
        """The result at this place."""
        return replace(
            self.shared,
            variable_level=self.ids[place],
            stat=self.stats[place],
            warning=read_list(self.warnings[place]),
            error=self.errors[place],
        )

    def parts(self) -> Iterator[Iterable[Sequence[str]]]:
        """The columns of the table, some rows at a time."""
        columns = (self.ids, self.stats, self.warnings, self.errors)
        of_all = asdict(self.shared)
        for start in range(0, len(self.ids), BLOCK):
            some = [column[start : start + BLOCK] for column in columns]
            varied = dict(zip(_VARIED, some, strict=True))
            yield [varied.get(name) or [of_all[name]] * len(some[0]) for name in COLUMNS]


def write_with_patients(path: Path, results: Iterable[Result | OfPatients]) -> None:
    """Write a row a result, in the order given, as `write_results` does."""
    write_parts(path, Result, _parts(results))


def _parts(results: Iterable[Result | OfPatients]) -> Iterator[Iterable[Sequence[str]]]:
    for kind, some in groupby(results, type):
        if kind is Result:
            yield from parts_of(Result, cast("Iterator[Result]", some))
        else:
            for each in cast("Iterator[OfPatients]", some):
                yield from each.parts()


def read_of_patients(path: Path, kinds: Sequence[Result]) -> list[OfPatients]:
    """Read in one pass the rows of single patients that are of some kinds, for each kind those.

    Args:
        path: The file.
        kinds: Of each kind a result that has what all have in common; kinds differ in variable,
            contrast or statistic.
    """
    wanted = {_shared_of(kind) for kind in kinds}

    def keeps(columns: Sequence[Sequence[str]]) -> list[bool]:
        return [each in wanted for each in zip(*_shared_in(columns), strict=True)]

    columns = read_columns(path, (*_SHARED, *_VARIED), Sieve("", keeps))
    shared, varied = ([columns[name] for name in names] for names in (_SHARED, _VARIED))
    found = []
    for kind in kinds:
        own = _shared_of(kind)
        is_of = [each == own for each in zip(*shared, strict=True)]
        found.append(OfPatients(kind, *(list(compress(column, is_of)) for column in varied)))
    return found
