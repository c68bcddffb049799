"""The rows of the results that have the ends of an interval, by the reading of its estimate."""

import ast
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from keyword import iskeyword

from casebook.claims.moved import change_in, of_responder
from casebook.data.harms import HARMS
from casebook.data.patients import measurement
from casebook.data.results import CHARACTERISTIC, CONDITION, ESTIMATE, HARM, RESPONDERS, SHIFT
from casebook.data.vocabulary import Method
from casebook.study.model import Study
from casebook.study.variables import LevelledVariable
from casebook.study.visits import FIRST

WITH_ENDS = ("mean", "median", "count", "percent")
"""The readings in a cohort whose interval results may have."""
_OF_CHANGES: Mapping[str, tuple[str, ...]] = {
    "mean": (Method.MEAN_DIFFERENCE,),
    "median": (Method.MEDIAN_DIFFERENCE, SHIFT),
}
"""The methods of the results by whose interval the mean or median of changes may have one."""
_OF_SHARES = ("Wilson", "Clopper-Pearson")
_CHANGE = re.compile(r"(mean|median)\((\w+)(?:, (.*))?\) in (\w+)")
_SHARE = re.compile(r"(?:count|percent)\((.*)\) in (\w+)")
_DIFFERENCE = re.compile(r"difference(\(.*\) between .+)")


def ends_of(study: Study, estimate: str, end: str) -> Iterator[str]:
    """The readings of an end of the interval of an estimate, in each way it may be computed.

    Args:
        study: The study.
        estimate: The reading of the estimate; there are none of what results have no interval of.
        end: Which end, as the results name it.
    """
    if change := _CHANGE.fullmatch(estimate):
        statistic, column, where, cohort = change.groups()
        if column in study.changes:
            outcome, contrast = study.changes[column]
            at = "" if column == measurement(outcome, FIRST) else f", contrast={contrast.name}"
            among = f", where={where}" if where else ""
            for method in _OF_CHANGES[statistic]:
                yield (
                    f"result(cohort={cohort}, variable={outcome}{at}, context={ESTIMATE},"
                    f' method="{method}", statistic={end}{among})'
                )
    elif share := _SHARE.fullmatch(estimate):
        condition, cohort = share.groups()
        for row in _rows_of(study, condition):
            for method in _OF_SHARES:
                yield f"result(cohort={cohort}, {row}, method={_quoted(method)}, statistic={end})"
    elif apart := _DIFFERENCE.fullmatch(estimate):
        yield f"{end}{apart[1]}"


def _rows_of(study: Study, condition: str) -> Iterator[str]:
    """The rows of the results that have the share of those of whom a condition is true."""
    for name in (*study.variables, *study.derived):
        variable = study.variables.get(name)
        for level in variable.levels if isinstance(variable, LevelledVariable) else {}:
            is_set = study.kinds[name] == "set"
            of = f'"{level}" in {name}' if is_set else f'{name} == "{level}"'
            if _plain(condition) == _plain(of):
                yield f"variable={name}, level={_quoted(level)}, context={CHARACTERISTIC}"
        if condition == name and study.kinds[name] == "boolean":
            yield f"variable={name}, context={CHARACTERISTIC}"
    for name, each in study.conditions.items():
        for visit, expression in each.at.items():
            if _plain(condition) in (_plain(expression), measurement(name, visit)):
                yield f"variable={name}, visit={visit}, context={CONDITION}"
    if study.harms and _plain(condition) == f"count({HARMS}) > 0":
        yield f'variable={HARMS}, level="-", context={HARM}'
    yield from _rows_of_responders(study, condition)


def _rows_of_responders(study: Study, condition: str) -> Iterator[str]:
    for name, outcome in study.outcomes.items():
        for contrast in study.contrasts_of(outcome.visits):
            at = "" if contrast == study.every_contrast[0] else f", contrast={contrast.name}"
            before = measurement(name, contrast.against)
            change = change_in(study, name, contrast)
            for level, responder in outcome.responders.items():
                responded = of_responder(outcome, responder).format(change=change, before=before)
                if _plain(condition) == _plain(responded):
                    yield f"variable={name}, level={level}, context={RESPONDERS}{at}"


@lru_cache(maxsize=1024)
def _plain(condition: str) -> str:
    """A condition in one spelling."""
    return ast.unparse(ast.parse(f"(\n{condition}\n)", mode="eval"))


def _quoted(text: str) -> str:
    """A name as a reading has it, in quotation marks where it is no plain name."""
    return text if text.isidentifier() and not iskeyword(text) else f'"{text}"'
