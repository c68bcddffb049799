"""The analysis results table: a row for each statistic, its columns, reading, writing, look-up.

The shape is that of an analysis results dataset, as R's `cards` and CDISC's Analysis Results
Standard have it. A statistic that cannot be computed is a row with its `error`, not a hole. What is
computed, and how, is not known here.
"""

from collections.abc import Callable, Container, Iterable, Sequence
from dataclasses import dataclass, fields
from itertools import compress
from operator import attrgetter, itemgetter
from pathlib import Path
from typing import NamedTuple

from casebook.base.csvfiles import Sieve, read_records, write_joined, write_records
from casebook.data.vocabulary import Method
from casebook.statistics.terms import Convention

CHARACTERISTIC = "characteristic"
CONDITION = "condition"
OUTCOME = "outcome"
COMPLETE_PAIRS = "outcome, complete pairs"
COMPLETE_VISITS = "outcome, every visit"
ATTRITION = "attrition"
GRADE = "grade"
TRANSITIONS = "transitions"
ALL_VISITS = "all visits"
QUANTILES = "quantile definitions"
COMPLETE_QUANTILES = "quantile definitions, complete pairs"
PAIRED_TEST = "paired test"
OTHER_TESTS = "other tests"
SENSITIVITY = "sensitivity"
ESTIMATE = "estimate"
RESPONDERS = "responders"
ADJUSTED = "adjusted p-value"
OVER_CONTRASTS = "p-value adjusted for the contrasts of the outcome"
TREATMENT = "treatment"
DOSE = "dose"
HARM = "harm"
RETENTION = "retention"
RETENTION_CURVES = "retention, curves side by side"
EACH_PATIENT = "each patient"

COMPARED = "comparison"
COMPARED_OTHERWISE = "comparison, other tests"
COMPARED_WITHOUT = "comparison, sensitivity"
DIFFERENCE = "difference between cohorts"
BALANCE = "balance at baseline"
"""These five are of comparisons."""

MCNEMAR = "McNemar's exact test"
"""By what the change of a condition is tested in a cohort."""

COHORT, COMPARISON = "cohort", "comparison"
"""What the first group of a result can be: its level is the name of one of these."""

TOGETHER = ""
"""Stands in the place of a cohort in the results of all patients of cohorts, each counted once."""

CHANGE, PERCENT_CHANGE = "change", "percent change"
"""Stand in the place of a visit in the results on the changes in a contrast."""

GAINED, LOST = "gained", "lost"
"""Stand in the place of a level in the results on who gained a condition, of those without it, and
on who lost it, of those with it."""

PATIENTS = "patient"
"""The variable whose count is the size of a cohort."""

WITHOUT_A_PATIENT = "each patient left out in turn"
"""With `OTHER_TESTS` the methods of the results on sensitivity."""

BY_CONVENTION: dict[Convention, Method] = {
    "r-4.5": Method.SIGNED_RANK_R_4_5,
    "exact": Method.SIGNED_RANK_EXACT,
    "normal": Method.SIGNED_RANK_CORRECTED,
    "exact-pratt": Method.SIGNED_RANK_EXACT_PRATT,
    "r-4.6": Method.SIGNED_RANK_R_4_6,
    "jasp": Method.SIGNED_RANK_R_4_5,
    "spss": Method.SIGNED_RANK_NORMAL,
    "stata": Method.SIGNED_RANK_NORMAL_PRATT,
    "coin": Method.SIGNED_RANK_NORMAL_PRATT,
    "scipy": Method.SIGNED_RANK_SCIPY,
    "sas": Method.SIGNED_RANK_SAS,
    "prism": Method.SIGNED_RANK_PRISM,
}
"""Among the other tests, the method that a study chooses by `analysis.signed_rank`."""

SHIFT = "Hodges-Lehmann"
"""The method of the estimate that readers are shown first."""

BOUND = "Clopper-Pearson, one-sided"
"""The method of the bound that says what no event can exclude."""

RETENTION_SHARE = "Kaplan-Meier"
RETENTION_INTERVAL = "Kaplan-Meier, log-log"
RETENTION_LIMITS = "Brookmeyer-Crowley"
"""The methods of the share who are still on the treatment, its interval, and that of the median."""

RATE = "Garwood"
"""The method of rates and their intervals."""

HOLM = "Holm"
ADJUSTMENTS = (HOLM, "Hochberg", "Benjamini-Hochberg", "Benjamini-Yekutieli", "Bonferroni")
"""Whose methods adjust the p-values of a family of tests."""
"""The method of adjusted p-values that sentences speak of."""


def transition(before: str, after: str) -> str:
    """What stands in the place of a level in the results on who went from one to another."""
    return f"{before} → {after}"


def less(second: str, first: str) -> str:
    """What stands in the place of a level in the results on two of several cohorts."""
    return f"{second} less {first}"


class Key(NamedTuple):
    """What no two results share; a part that a result does not have is empty."""

    cohort: str
    variable: str
    level: str
    visit: str
    contrast: str
    context: str
    statistic: str
    method: str

    @property
    def in_words(self) -> str:
        """The key as one text, for a reader."""
        return " / ".join(filter(None, self))

    def differing(self, other: "Key") -> list[str]:
        """The names of the parts in which another key is not the same."""
        parts = zip(self._fields, self, other, strict=True)
        return [name for name, one, another in parts if one != another]


@dataclass(slots=True)
class Result:
    """One statistic: what it is of (groups, contrast, variable, level), what it is, its text."""

    group1: str
    group1_level: str
    group2: str
    group2_level: str
    contrast: str
    variable: str
    variable_level: str
    context: str
    method: str
    stat_name: str
    stat_label: str
    stat: str
    warning: tuple[str, ...] = ()
    error: str = ""

    @property
    def number(self) -> float:
        """The value, for a result that has one."""
        return float(self.stat)

    @property
    def key(self) -> Key:
        """What no two results share."""
        return Key(*_key_of(self))


_OF_KEY = (
    *("group1_level", "variable", "variable_level", "group2_level", "contrast"),
    *("context", "stat_name", "method"),
)
"""The fields of a result that its key is made of, in the order of the key."""
_key_of = attrgetter(*_OF_KEY)
COLUMNS = [field.name for field in fields(Result)]
"""The names of the columns of results.csv, in order."""
_CONTEXT, _VARIABLE = COLUMNS.index("context"), COLUMNS.index("variable")
_key_in = itemgetter(*map(COLUMNS.index, _OF_KEY))
"""The parts of keys, of the columns of rows."""


class Results:
    """Results by their keys."""

    def __init__(self, results: Iterable[Result]) -> None:
        self._by_key: dict[Key, Result] = {}
        self._by_short_key: dict[Key, list[Result]] = {}
        self._levels: dict[Key, list[Result]] = {}
        for result in results:
            key = result.key
            self._by_key[key] = result
            short = key._replace(contrast="", method="")
            self._by_short_key.setdefault(short, []).append(result)
            if key.level:
                self._levels.setdefault(short._replace(level=""), []).append(result)

    def __getitem__(self, key: Key) -> Result:
        """The result with this whole key.

        Raises:
            KeyError: there is none.
        """
        if key not in self._by_key:
            raise KeyError(key.in_words)
        return self._by_key[key]

    def get(
        self,
        cohort: str,
        variable: str,
        context: str,
        stat_name: str,
        *,
        level: str = "",
        visit: str = "",
        contrast: str = "",
        method: str = "",
    ) -> Result:
        """The result with these keys; contrast and method may be left out where there is only one.

        Raises:
            KeyError: there is none, or more than one.
        """
        short = Key(cohort, variable, level, visit, "", context, stat_name, "")
        found = _with(self._by_short_key.get(short, []), contrast, method)
        if len(found) != 1:
            key = short._replace(contrast=contrast, method=method)
            raise KeyError(" or ".join(each.key.in_words for each in found) or key.in_words)
        return found[0]

    def size(self, cohort: str) -> Result:
        """How many patients a cohort has."""
        return self.get(cohort, PATIENTS, CHARACTERISTIC, "n")

    def methods(
        self,
        cohort: str,
        variable: str,
        context: str,
        stat_name: str,
        contrast: str = "",
        *,
        level: str = "",
        visit: str = "",
    ) -> list[Result]:
        """The results by every method with these keys, in the order of the table."""
        key = Key(cohort, variable, level, visit, "", context, stat_name, "")
        return _with(self._by_short_key.get(key, []), contrast)

    def levels(
        self,
        cohort: str,
        variable: str,
        context: str,
        stat_name: str,
        method: str = "",
        contrast: str = "",
    ) -> list[Result]:
        """The results of every level with these keys, in the order of the table."""
        key = Key(cohort, variable, "", "", "", context, stat_name, "")
        return _with(self._levels.get(key, []), contrast, method)


def _with(results: list[Result], contrast: str, method: str = "") -> list[Result]:
    """Those of a contrast, and by a method, where these are given."""
    return [
        each for each in results if contrast in ("", each.contrast) and method in ("", each.method)
    ]


def write_results(path: Path, results: Iterable[Result]) -> None:
    """Write a row a result, in the order given."""
    write_records(path, Result, results)


def join_results(path: Path, files: Iterable[Path], more: Iterable[Result]) -> None:
    """Write the rows of files of results, one file after the other, and then more of them.

    Rows that are only moved need not be read, of which many patients or cohorts have millions.
    """
    write_joined(path, files, Result, more)


def read_results_of(path: Path, contexts: Container[str]) -> list[Result]:
    """Read the rows of some contexts of what `write_results` wrote."""
    return read_records(
        path, Result, Sieve("", lambda columns: [each in contexts for each in columns[_CONTEXT]])
    )


def read_results(path: Path, each_patient: Container[str] | None = None) -> list[Result]:
    """Read what `write_results` wrote.

    Args:
        path: The file.
        each_patient: The variables whose rows of single patients are read too; None is all of them.
            Where patients are many, nearly all rows are such.
    """
    if each_patient is None:
        return read_records(path, Result)
    return _read_some(path, lambda columns: [each in each_patient for each in columns[_VARIABLE]])


def read_shown_results(path: Path, shown: Callable[[Key], bool]) -> tuple[list[Result], int]:
    """The same without the rows of single patients that are not shown; and how many all are."""
    left_out = 0

    def wanted(columns: Sequence[Sequence[str]]) -> list[bool]:
        nonlocal left_out
        found = [*map(shown, map(Key, *_key_in(columns)))]
        left_out += found.count(False)
        return found

    rows = _read_some(path, wanted)
    return rows, len(rows) + left_out


def _read_some(
    path: Path, wanted: Callable[[Sequence[Sequence[str]]], Iterable[bool]]
) -> list[Result]:
    """All rows but those of single patients that are not wanted, which is asked by columns."""

    def keeps(columns: Sequence[Sequence[str]]) -> list[bool]:
        of_patients = [context == EACH_PATIENT for context in columns[_CONTEXT]]
        each_wanted = iter(wanted([[*compress(column, of_patients)] for column in columns]))
        return [not of_patient or next(each_wanted) for of_patient in of_patients]

    return read_records(path, Result, Sieve(EACH_PATIENT, keeps))
