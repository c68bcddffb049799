"""How many values are known by a limit alone, such as <5, and what is used in their place.

Which number that is, is said in `values`. What it does to statistics is not known here: a limit in
place of values makes them and their differences look less spread than they are.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from casebook.base.numerals import BELOW, limit_in
from casebook.data.findings import Finding
from casebook.prepare.columns import ColumnOfValues
from casebook.study.model import Study
from casebook.study.outcomes import Outcome
from casebook.study.variables import NumberVariable

_USED = {
    "limit": "counted as that limit",
    "half": "counted as half of it",
    "missing": "taken as missing",
}
_SHOWN = 5


def censored_in(study: Study, file: str, columns: Iterable[ColumnOfValues]) -> Iterator[Finding]:
    """A note for each variable and outcome, and each side of the limits: what is used for them.

    It is about a `limit`, and its hint is what tables say of the same values.

    Args:
        study: The study.
        file: The name of its table.
        columns: The columns of numbers, as they were read.
    """
    of_kinds: defaultdict[str, list[ColumnOfValues]] = defaultdict(list)
    for each in columns:
        of_kinds[study.measured.get(each.source.name, (each.source.name, ""))[0]].append(each)
    for name, read in of_kinds.items():
        kind = study.outcomes.get(name) or study.variables[name]
        if isinstance(kind, Outcome | NumberVariable) and kind.censored:
            for side in ("below", "above"):
                if rule := getattr(kind.censored, side):
                    yield from _told(study, file, read, f"{kind.label}: {{}} {side}", rule)


def _told(
    study: Study, file: str, columns: Sequence[ColumnOfValues], words: str, rule: str
) -> Iterator[Finding]:
    """The note on one side of the limits, if there are values on it."""
    is_below = words.endswith("below")
    counts, texts = {}, []
    for each in columns:
        signs = {text: limit_in(digits)[0] for text, digits in each.digits.items()}
        beyond = [text for text, sign in signs.items() if sign and (sign in BELOW) is is_below]
        counts[each.source.name] = sum(each.counts[text] for text in beyond)
        texts += beyond
    if not (count := sum(counts.values())):
        return
    headers = {each.source.column for each in columns}
    value = "" if headers & study.private_columns else _listed(dict.fromkeys(texts))
    total = sum(each.counts[text] for each in columns for text in each.digits)
    number = f"{count} of {total} value{'s' * (total > 1)}{_at_visits(study, counts)}"
    were = "was" if count == 1 else "were"
    hint = f"{words.format(number)} the limit of measurement {were} {_USED[rule]}"
    column = headers.pop() if len(headers) == 1 else ""
    yield Finding("note", file, 0, column, value, "", hint, about="limit")


def _at_visits(study: Study, counts: dict[str, int]) -> str:
    """How many of the values are of each visit, where several were read."""
    if len(counts) == 1:
        return ""
    visits = (
        f"{study.visits[study.measured[name][1]].label}: {count}" for name, count in counts.items()
    )
    return f" ({', '.join(visits)})"


def _listed(texts: Iterable[str]) -> str:
    first, *more = texts
    shown = [first, *more[: _SHOWN - 1], *(["..."] if len(more) >= _SHOWN else [])]
    return ", ".join(shown)
