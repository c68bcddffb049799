"""One cohort's patients and a study, turned into rows of results.

Baseline characteristics, each outcome at both visits, its change, and the paired test. The formulas
are in `statistics`; here it is decided which of them a study needs, and a statistic that cannot be
computed becomes a row that says why. Nothing is rounded and nothing is worded for a page.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from casebook.patients import BASELINE, FOLLOWUP, VISITS, Patient, measurement, read_patients
from casebook.results import (
    CHANGE,
    CHARACTERISTIC,
    OUTCOME,
    PAIRED_TEST,
    PATIENTS,
    Result,
    read_results,
    write_results,
)
from casebook.statistics import NotComputable, TestResult
from casebook.statistics.describe import maximum, mean, median, minimum, quantile, sd
from casebook.statistics.signed_rank import signed_rank
from casebook.statistics.values import paired_differences
from casebook.study import Study, load_study

_FEWEST_INFORMATIVE = 6


def summarise(study: Path, cohort: str, patients: Path, results: Path) -> None:
    """Write all results of one cohort, from its slice of the patients' table."""
    model = load_study(study)
    write_results(results, analyse(model, cohort, read_patients(patients, model.kinds)))


def collect(study: Path, summaries: Sequence[Path], results: Path) -> None:
    """Write the results of all cohorts as one table, in the order of the study's cohorts."""
    by_cohort = {path.stem: path for path in summaries}
    write_results(
        results,
        (each for cohort in load_study(study).cohorts for each in read_results(by_cohort[cohort])),
    )


def analyse(study: Study, cohort: str, patients: Sequence[Patient]) -> list[Result]:
    """All results of a cohort.

    Args:
        study: The study.
        cohort: Name of the cohort.
        patients: Its patients, in any order; none is allowed too.
    """
    return [
        *_size(cohort, patients),
        *_characteristics(study, cohort, patients),
        *_outcomes(study, cohort, patients),
    ]


@dataclass(frozen=True, slots=True)
class _Place:
    """What a group of results is about; makes rows that share it."""

    cohort: str
    variable: str
    context: str
    level: str = ""
    visit: str = ""
    method: str = ""

    def row(self, name: str, label: str, value: float | int, warning: str = "") -> Result:
        text = repr(value) if isinstance(value, int) else repr(float(value))
        return replace(self._blank(name, label), stat=text, warning=warning)

    def failed(self, name: str, label: str, error: str) -> Result:
        return replace(self._blank(name, label), error=error)

    def computed(self, name: str, label: str, compute: Callable[[], float]) -> Result:
        """The row of a statistic that may not be computable."""
        try:
            return self.row(name, label, compute())
        except NotComputable as reason:
            return self.failed(name, label, str(reason))

    def _blank(self, name: str, label: str) -> Result:
        return Result(
            group1="cohort",
            group1_level=self.cohort,
            group2="visit" if self.visit else "",
            group2_level=self.visit,
            variable=self.variable,
            variable_level=self.level,
            context=self.context,
            method=self.method,
            stat_name=name,
            stat_label=label,
            stat="",
        )


def _size(cohort: str, patients: Sequence[Patient]) -> Iterator[Result]:
    yield _Place(cohort, PATIENTS, CHARACTERISTIC).row("n", "Patients", len(patients))


def _characteristics(study: Study, cohort: str, patients: Sequence[Patient]) -> Iterator[Result]:
    for name in study.reported:
        place = _Place(cohort, name, CHARACTERISTIC)
        if study.kinds[name] == "number":
            yield from _described(study, place, [patient.number(name) for patient in patients])
            continue
        known = [p.values[name] for p in patients if p.values[name] is not None]
        yield from _availability(place, len(known), len(patients))
        match study.kinds[name]:
            case "boolean":
                yield from _counted(place, known.count(True), len(known))
            case "category":
                for level in study.levels(name):
                    yield from _counted(replace(place, level=level), known.count(level), len(known))
            case "set":
                members = [member.name for p in patients for member in p.members(name) or ()]
                for level in study.levels(name):
                    count = members.count(level)
                    yield from _counted(replace(place, level=level), count, len(known))


def _outcomes(study: Study, cohort: str, patients: Sequence[Patient]) -> Iterator[Result]:
    for name in study.outcomes:
        before, after = (
            [patient.number(measurement(name, visit)) for patient in patients] for visit in VISITS
        )
        changes = _changes(before, after)
        place = _Place(cohort, name, OUTCOME)
        yield from _described(study, replace(place, visit=BASELINE), before)
        yield from _described(study, replace(place, visit=FOLLOWUP), after)
        yield from _described(study, replace(place, visit=CHANGE), changes)
        pairs = [change for change in changes if change is not None]
        yield from _paired_test(study, _Place(cohort, name, PAIRED_TEST), pairs)


def _changes(before: Sequence[float | None], after: Sequence[float | None]) -> list[float | None]:
    """Follow-up minus baseline of each patient; None unless both are known."""
    return [
        None if b is None or a is None else float(paired_differences([b], [a])[0])
        for b, a in zip(before, after, strict=True)
    ]


def _availability(place: _Place, known: int, total: int) -> Iterator[Result]:
    yield place.row("n", "Available", known)
    yield place.row("n_missing", "Missing", total - known)


def _counted(place: _Place, count: int, known: int) -> Iterator[Result]:
    yield place.row("count", "Patients", count)
    if known:
        yield place.row("percent", "Percent of the available", 100 * count / known)
    else:
        yield place.failed("percent", "Percent of the available", "no patient with a known value")


def _described(study: Study, place: _Place, column: Sequence[float | None]) -> Iterator[Result]:
    values = [value for value in column if value is not None]
    yield from _availability(place, len(values), len(column))
    yield place.computed("mean", "Mean", lambda: mean(values))
    yield place.computed("sd", "Standard deviation", lambda: sd(values))
    kind = study.analysis.quantile_type
    quartile = replace(place, method=f"quantile type {kind}")
    yield quartile.computed("p25", "Lower quartile", lambda: quantile(values, 0.25, kind))
    yield place.computed("median", "Median", lambda: median(values))
    yield quartile.computed("p75", "Upper quartile", lambda: quantile(values, 0.75, kind))
    yield place.computed("min", "Smallest", lambda: minimum(values))
    yield place.computed("max", "Largest", lambda: maximum(values))


def _paired_test(study: Study, place: _Place, differences: Sequence[float]) -> Iterator[Result]:
    labels = {
        "n_pairs": "Pairs",
        "n_informative": "Pairs with a difference",
        "statistic": "Sum of the ranks of the increases",
        "p_value": "p-value, two-sided",
        "smallest_p": "Smallest p-value that these pairs could have given",
    }
    try:
        if not differences:
            raise NotComputable("no patient has both visits")
        test = signed_rank(differences, distribution=study.analysis.signed_rank)
    except NotComputable as reason:
        yield place.row("n_pairs", labels["n_pairs"], len(differences))
        for name in list(labels)[1:]:
            yield place.failed(name, labels[name], str(reason))
        return
    place = replace(place, method=_method(study, test))
    yield place.row("n_pairs", labels["n_pairs"], test.n)
    yield place.row("n_informative", labels["n_informative"], test.n_informative)
    yield place.row("statistic", labels["statistic"], test.statistic)
    yield place.row("p_value", labels["p_value"], test.p_value, _warning(study, test))
    yield place.row("smallest_p", labels["smallest_p"], test.smallest_p)


def _method(study: Study, test: TestResult) -> str:
    distribution = "exact" if test.exact else "normal approximation with continuity correction"
    rule = " (R's default rule)" if study.analysis.signed_rank == "r-default" else ""
    return f"Wilcoxon signed-rank test, {distribution}{rule}"


def _warning(study: Study, test: TestResult) -> str:
    warnings = []
    if test.smallest_p >= study.analysis.alpha:
        warnings.append(f"p < {study.analysis.alpha:g} could not have been reached")
    if test.n_informative < _FEWEST_INFORMATIVE:
        count = test.n_informative
        warnings.append(f"rests on {count} pair{'s' * (count != 1)} with a difference")
    return "; ".join(warnings)
