"""How many values are known by a limit alone, such as <5, and what is used in their place.

Which number that is, is said in `values`. What it does to statistics is not known here: a limit in
place of values makes them and their differences look less spread than they are.
"""

from collections.abc import Iterable, Iterator

from casebook.base.numerals import BELOW, limit_in
from casebook.data.findings import Finding
from casebook.prepare.columns import ColumnOfValues
from casebook.study.model import Study
from casebook.study.outcomes import Outcome
from casebook.study.variables import NumberVariable

_USED = {
    "limit": "the limit itself is used",
    "half": "half of the limit is used",
    "missing": "nothing is used, as if missing",
}
_SHOWN = 5


def censored_in(study: Study, file: str, columns: Iterable[ColumnOfValues]) -> Iterator[Finding]:
    """A note for each column of numbers, and each side of the limits, by what is used for them.

    Args:
        study: The study.
        file: The name of its table.
        columns: The columns of numbers, as they were read.
    """
    for each in columns:
        kind = _kind(study, each.source.name)
        if kind.censored is None:
            continue
        for side, is_below in (("below", True), ("above", False)):
            signs = {text: limit_in(digits)[0] for text, digits in each.digits.items()}
            texts = [text for text, sign in signs.items() if sign and (sign in BELOW) is is_below]
            rule = getattr(kind.censored, side)
            count = sum(each.counts[text] for text in texts)
            if count and rule:
                private = each.source.column in study.private_columns
                value = "" if private else _listed(texts)
                hint = f"{count} of {len(each.texts)} known to be {side} a limit: {_USED[rule]}"
                yield Finding("note", file, 0, each.source.column, value, "", hint)


def _kind(study: Study, name: str) -> NumberVariable | Outcome:
    variable = study.variables.get(name)
    return (
        variable
        if isinstance(variable, NumberVariable)
        else study.outcomes[study.measured[name][0]]
    )


def _listed(texts: Iterable[str]) -> str:
    first, *more = texts
    shown = [first, *more[: _SHOWN - 1], *(["..."] if len(more) >= _SHOWN else [])]
    return ", ".join(shown)
