"""The definitions that a statistic of one name may have had in a paper."""

import math
from collections.abc import Callable, Mapping, Sequence
from functools import partial

from casebook.data.verdicts import SMALLEST_AND_LARGEST
from casebook.data.vocabulary import Change, Method
from casebook.statistics.describe import (
    HINGES,
    QUANTILE_NAMES,
    SUMMARIES,
    maximum,
    mean,
    median,
    minimum,
    population_sd,
    quartiles_by_definition,
    sd,
)
from casebook.study.model import Study

Define = Callable[[Sequence[float]], float]

_CHANGES = {
    "p25": Change.QUANTILE,
    "p75": Change.QUANTILE,
    "mean": Change.AVERAGE,
    "median": Change.AVERAGE,
    "sd": Change.SPREAD,
}


def change_of_definition(statistic: str) -> Change:
    """What another definition of a statistic changes."""
    return _CHANGES.get(statistic, Change.STATISTIC)


def definitions(statistic: str, study: Study) -> Mapping[str, Define]:
    """Every definition that a statistic of this name may have had, the study's own first."""
    own = QUANTILE_NAMES[study.analysis.quantile_type]
    averages: dict[str, Define] = {Method.MEAN: mean, Method.MEDIAN: median}
    match statistic:
        case "mean":
            return averages
        case "median":
            return dict(reversed(averages.items()))
        case "sd":
            return {
                Method.SAMPLE_SD: sd,
                Method.POPULATION_SD: population_sd,
                Method.STANDARD_ERROR: lambda values: sd(values) / math.sqrt(len(values)),
            }
        case "p25" | "p75":
            place = int(statistic == "p75")
            quantiles = _quantiles(place)
            extreme = maximum if place else minimum
            return {own: quantiles.pop(own), **quantiles, SMALLEST_AND_LARGEST: extreme}
        case "min":
            return {"smallest value": minimum, "lower quartile": _quantiles(0)[own]}
        case "max":
            return {"largest value": maximum, "upper quartile": _quantiles(1)[own]}
        case "n" | "n_missing":
            return {"number of values": lambda values: float(len(values))}
    declared, kind = SUMMARIES[statistic], study.analysis.quantile_type
    return {declared.label.lower(): lambda values: declared.of(values, kind)}


def _quantiles(place: int) -> dict[str, Define]:
    return {m: partial(_quartile, m, place) for m in [*QUANTILE_NAMES.values(), HINGES]}


def _quartile(method: str, place: int, values: Sequence[float]) -> float:
    return quartiles_by_definition(values)[method][place]
