"""Expressions as they might have been meant: of the other visit, of marked members or of all."""

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from functools import partial

from casebook.claims.readings import names
from casebook.data.patients import BASELINE, FOLLOWUP
from casebook.data.vocabulary import Change
from casebook.study.expressions import Expression, parse
from casebook.study.kinds import ExpressionError
from casebook.study.model import Study


def rewritings(study: Study, expression: Expression) -> Iterator[tuple[Change, str, Expression]]:
    """The same expression of the other visit, and with or without the mark of a set's members."""
    known = names(study)
    other_visit = re.sub(r"\b(\w+)_(baseline|followup)\b", partial(_twin, known), expression.source)
    if other_visit != expression.source:
        with suppress(ExpressionError):
            yield Change.VISIT, f"as {other_visit}", parse(other_visit)
    for name in sorted(expression.names):
        # Where no member can be marked, a count of the marked is 0, which fits many a number.
        if getattr(study.variables.get(name), "mark", None):
            bare = expression.source.replace(f"marked({name})", name)
            marked = re.sub(rf"\b{name}\b", f"marked({name})", expression.source)
            other = marked if bare == expression.source else bare
            with suppress(ExpressionError):
                yield Change.MARK, f"as {other}", parse(other)


def _twin(known: Mapping[str, object], match: re.Match[str]) -> str:
    other = f"{match[1]}_{FOLLOWUP if match[2] == BASELINE else BASELINE}"
    return other if other in known else match[0]
