"""Which patients may be analysed together: everyone, and those of each level of a category."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from casebook.data.cells import folded
from casebook.drafting.columns import Column
from casebook.drafting.parts import Cohort, Variable
from casebook.study.fields import name_for

_GROUPS = re.compile(
    r"arm|group|gruppe|treat\w*|trt|drug|therapy|phenotype|diagnosis|disease|subtype|type|sex|gender"
)
"""What a column is called whose levels are compared, the most usual first."""
_LEAST_IN_COHORT = 3
_MOST_COHORTS = 4


def cohorts(variables: Sequence[Variable], columns: Mapping[str, Column]) -> Iterator[Cohort]:
    """Everyone, and a cohort for each level of the category that groups are usually named by."""
    yield Cohort("everyone", "Everyone")
    fitting = [each for each in variables if _divides(each, columns[each.column])]
    ranked = sorted(fitting, key=_rank)
    if not ranked:
        return
    chosen = ranked[0]
    taken = {"everyone"}
    first = _texts_of(chosen.guess.levels)
    for label, (level, *_) in first.items():
        name = name_for(label) or "level"
        while name in taken:
            name += "_2"
        taken.add(name)
        reason = f"{chosen.column!r} has {len(first)} levels, each of some patients"
        if label.isdecimal():
            reason += f"; write what {label} means"
        yield Cohort(name, label, f'{chosen.name} == "{level}"', reason)


def _rank(variable: Variable) -> int:
    names = _GROUPS.pattern.split("|")
    header = folded(variable.column)
    return next((place for place, each in enumerate(names) if re.search(each, header)), 99)


def _divides(variable: Variable, column: Column) -> bool:
    levels = variable.guess.levels
    if variable.guess.type != "category" or not 1 < len({*levels.values()}) <= _MOST_COHORTS:
        return False
    if variable.guess.pattern:
        return False
    if any('"' in level or "\\" in level for level in levels):
        return False
    counts = Counter(map(folded, column.filled))
    texts = _texts_of(levels).values()
    return min(sum(counts[folded(e)] for e in each) for each in texts) >= _LEAST_IN_COHORT


def _texts_of(levels: Mapping[str, str]) -> dict[str, list[str]]:
    """The texts of each label, of which a level is known by the first."""
    texts: dict[str, list[str]] = {}
    for text, label in levels.items():
        texts.setdefault(label, []).append(text)
    return texts
