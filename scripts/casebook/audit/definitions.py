"""The definitions that a statistic of one name may have had in a paper."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from casebook.data.verdicts import SMALLEST_AND_LARGEST
from casebook.data.vocabulary import Change, Method
from casebook.statistics.describe import (
    HINGES,
    QUANTILE_NAMES,
    maximum,
    mean,
    median,
    minimum,
    population_sd,
    sd,
    standard_error,
    summary,
    tukey_hinges,
)
from casebook.statistics.terms import QuantileType
from casebook.study.model import Study

Define = Callable[[Sequence[float]], float]

_CHANGES = {
    "mean": Change.AVERAGE,
    "median": Change.AVERAGE,
    "sd": Change.SPREAD,
    "se": Change.SPREAD,
}
_SPREADS: Mapping[str, Define] = {
    Method.SAMPLE_SD: sd,
    Method.POPULATION_SD: population_sd,
    Method.STANDARD_ERROR: standard_error,
}
_BESIDE_QUANTILES: Mapping[str, Mapping[str, Define]] = {
    "p25": {HINGES: lambda values: tukey_hinges(values)[0], SMALLEST_AND_LARGEST: minimum},
    "p75": {HINGES: lambda values: tukey_hinges(values)[1], SMALLEST_AND_LARGEST: maximum},
    "iqr": {
        HINGES: lambda values: tukey_hinges(values)[1] - tukey_hinges(values)[0],
        SMALLEST_AND_LARGEST: lambda values: maximum(values) - minimum(values),
    },
}
"""What is meant by quartiles, and by their distance, beside the nine definitions of quantiles."""
_COUNTS = ("n", "n_missing")


def change_of_definition(statistic: str) -> Change:
    """What another definition of a statistic changes."""
    by_quantiles = statistic not in _COUNTS and summary(statistic).by_definition
    return Change.QUANTILE if by_quantiles else _CHANGES.get(statistic, Change.STATISTIC)


def definitions(statistic: str, study: Study) -> Mapping[str, Define]:
    """Every definition that a statistic of this name may have had, the study's own first."""
    averages: dict[str, Define] = {Method.MEAN: mean, Method.MEDIAN: median}
    own = QUANTILE_NAMES[study.analysis.quantile_type]
    match statistic:
        case "mean":
            return averages
        case "median":
            return dict(reversed(averages.items()))
        case "sd":
            return _SPREADS
        case "se":
            return {Method.STANDARD_ERROR: standard_error, **_SPREADS}
        case "min":
            return {"smallest value": minimum, "lower quartile": _quantiles("p25")[own]}
        case "max":
            return {"largest value": maximum, "upper quartile": _quantiles("p75")[own]}
        case "n" | "n_missing":
            return {"number of values": lambda values: float(len(values))}
    declared, kind = summary(statistic), study.analysis.quantile_type
    if declared.by_definition:
        quantiles = _quantiles(statistic)
        return {own: quantiles.pop(own), **quantiles, **_BESIDE_QUANTILES.get(statistic, {})}
    return {declared.label.lower(): lambda values: declared.of(values, kind)}


def _quantiles(statistic: str) -> dict[str, Define]:
    """What hangs on the definition of quantiles, by each of the nine."""
    return {m: partial(_by_type, statistic, kind) for kind, m in QUANTILE_NAMES.items()}


def _by_type(statistic: str, kind: QuantileType, values: Sequence[float]) -> float:
    return summary(statistic).of(values, kind)
