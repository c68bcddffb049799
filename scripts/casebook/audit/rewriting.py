"""Expressions as they might have been meant: of another visit, of marked members or of all."""

import re
from collections.abc import Collection, Iterator
from contextlib import suppress
from functools import partial
from itertools import combinations

from casebook.claims.expressed import names
from casebook.data.vocabulary import Change
from casebook.study.expressions import Expression, parse
from casebook.study.kinds import ExpressionError
from casebook.study.model import Study


def rewritings(study: Study, expression: Expression) -> Iterator[tuple[Change, str, Expression]]:
    """The same expression of each other visit or contrast, and with or without a set's mark."""
    known = names(study)
    places = {Change.VISIT: [*study.visits], Change.CONTRAST: [*study.contrast_named]}
    for change, named in places.items():
        for pair in combinations(named, 2):
            other = _exchanged(expression.source, pair, known)
            if other != expression.source:
                with suppress(ExpressionError):
                    yield change, f"as {other}", parse(other)
    for name in sorted(expression.names):
        # Where no member can be marked, a count of the marked is 0, which fits many a number.
        if getattr(study.variables.get(name), "mark", None):
            bare = expression.source.replace(f"marked({name})", name)
            marked = re.sub(rf"\b{name}\b", f"marked({name})", expression.source)
            other = marked if bare == expression.source else bare
            with suppress(ExpressionError):
                yield Change.MARK, f"as {other}", parse(other)


def _exchanged(source: str, pair: tuple[str, str], known: Collection[str]) -> str:
    """An expression in which what is of one visit is of the other, where there is such a value."""
    either = "|".join(sorted(pair, key=len, reverse=True))
    return re.sub(rf"\b(\w+)_({either})\b", partial(_twin, pair, known), source)


def _twin(pair: tuple[str, str], known: Collection[str], match: re.Match[str]) -> str:
    other = f"{match[1]}_{pair[match[2] == pair[0]]}"
    return other if other in known else match[0]
