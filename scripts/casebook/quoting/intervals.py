"""Confidence intervals that a text prints, and the readings of their ends.

An interval is of the estimate that stands before it, as in "37.6 m (95% CI 26.0-49.2)". Which of
the results has its ends follows from the reading of that estimate.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from keyword import iskeyword

from casebook.data.harms import HARMS
from casebook.data.patients import measurement
from casebook.data.results import CHARACTERISTIC, CONDITION, ESTIMATE, HARM, RESPONDERS, SHIFT
from casebook.data.vocabulary import Method
from casebook.quoting.languages import Language
from casebook.quoting.moves import change_in, of_responder
from casebook.study.model import Study
from casebook.study.variables import LevelledVariable
from casebook.study.visits import FIRST

LOW, HIGH = "conf_low", "conf_high"
OF_A_LEVEL = "the level of an interval"
"""What the percentage is that stands before an interval."""
_SIGNED = r"[-\N{MINUS SIGN}\N{EN DASH}]?\s?\d[\d,]*(?:[.·∙⋅]\d+)?|[.·∙⋅]\d+"
_UNIT = r"\s*(?:%|(?!(?:to|bis|à|and|und|et)\b)[^\W\d_][^\s;,()]*)?"
_BETWEEN = r"\s*(?:;|,|[-\N{EN DASH}]|\b(?:to|bis|à|and|und|et)\b)\s*"
_OF_CHANGES: Mapping[str, tuple[str, ...]] = {
    "mean": (Method.MEAN_DIFFERENCE,),
    "median": (Method.MEDIAN_DIFFERENCE, SHIFT),
}
"""The methods of the results by whose interval the mean or median of changes may have one."""
_OF_SHARES = ("Wilson", "Clopper-Pearson")
_CHANGE = re.compile(r"(mean|median)\((\w+)(?:, (.*))?\) in (\w+)")
_SHARE = re.compile(r"(?:count|percent)\((.*)\) in (\w+)")
_DIFFERENCE = re.compile(r"difference(\(.*\) between \w+)")


@dataclass(frozen=True, slots=True)
class Interval:
    """A place of a text that prints an interval: where it and its ends begin.

    Of a level alone, as in "changes with their 95% CIs", the ends are where it stops.
    """

    start: int
    low: int
    high: int
    stop: int

    def holds(self, place: int) -> bool:
        """Whether a place is within it."""
        return self.start <= place < self.stop

    def ends_from(self, start: int, stop: int) -> list[str]:
        """Which ends a number within it is, that goes from one place to another; none of both."""
        ends = ((LOW, self.low), (HIGH, self.high))
        return [name for name, place in ends if start <= place < stop]


def intervals_in(text: str, language: Language) -> list[Interval]:
    """The intervals of a text, in order."""
    named = rf"(?:{language.interval})"
    level = r"\d{2}(?:[.·∙⋅]\d+)?\s?%"
    first, second = rf"(?P<low>{_SIGNED}){_UNIT}", rf"(?P<high>{_SIGNED})"
    ends = rf"[\s,:=(\[]*(?:(?:of|from|de|von)\s+)?{first}{_BETWEEN}{second}"
    pattern = rf"(?:{level}[\s-]?{named}\b|\b{named}(?:\b|(?=\d))(?:[\s,(]*{level})?\)?)(?:{ends})?"
    return [
        Interval(
            found.start(), _first_digit(found, "low"), _first_digit(found, "high"), found.end()
        )
        for found in re.finditer(pattern, text, re.IGNORECASE)
    ]


def _first_digit(found: re.Match[str], group: str) -> int:
    """Where a number has its first digit, as a sign may be none of it; the end if there is none."""
    digits = re.search(r"\d", found[group] or "")
    return found.start(group) + digits.start() if digits else found.end()


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
            if condition == of:
                yield f"variable={name}, level={_quoted(level)}, context={CHARACTERISTIC}"
        if condition == name and study.kinds[name] == "boolean":
            yield f"variable={name}, context={CHARACTERISTIC}"
    for name, each in study.conditions.items():
        for visit, expression in each.at.items():
            if condition == expression:
                yield f"variable={name}, visit={visit}, context={CONDITION}"
    if study.harms and condition == f"count({HARMS}) > 0":
        yield f'variable={HARMS}, level="-", context={HARM}'
    yield from _rows_of_responders(study, condition)


def _rows_of_responders(study: Study, condition: str) -> Iterator[str]:
    for name, outcome in study.outcomes.items():
        for contrast in study.contrasts_of(outcome.visits):
            at = "" if contrast == study.every_contrast[0] else f", contrast={contrast.name}"
            before = measurement(name, contrast.against)
            change = change_in(study, name, contrast)
            for level, responder in outcome.responders.items():
                if condition == of_responder(outcome, responder).format(
                    change=change, before=before
                ):
                    yield f"variable={name}, level={level}, context={RESPONDERS}{at}"


def _quoted(text: str) -> str:
    """A name as a reading has it, in quotation marks where it is no plain name."""
    return text if text.isidentifier() and not iskeyword(text) else f'"{text}"'
