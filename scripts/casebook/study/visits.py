"""The visits of a study, and its contrasts: which visit is compared with which.

What was measured at a visit is in `outcomes`, what follows from others at one in `derived_visits`;
what is computed of a contrast is not known here.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, Self, get_args

from pydantic import Field, ValidationInfo, model_validator

from casebook.base.errors import suggestion
from casebook.data.cells import folded
from casebook.study.described import Model
from casebook.study.fields import WORDING, Number, Pattern, Text, Wording
from casebook.study.headings import Rule, without_signs
from casebook.study.shorthand import ONE_OR_MORE, Shorthand
from casebook.study.windows import Window

FIRST = "change"
"""What the contrast of a study is called that declares none, and in claims the first one, too."""
EACH_LATER = "each_later"
"""What a study says in place of contrasts that compares each later visit with the first."""


_Others = Annotated[tuple[Text, ...], Field(min_length=2, examples=[["month3", "month6"]])]


class Visit(Model):
    """A time at which patients were seen, or what follows from several such visits above it."""

    label: Wording
    """What it is called in tables and figures."""
    months: Number | None = None
    """When it was, in months since the first visit, if that is known."""
    value: Annotated[tuple[Text, ...], ONE_OR_MORE] = ()
    """What the column `source.visit` has in the rows of this visit: a text, or a list of several;
    where this is left out, the name of the visit, however it is spaced."""
    window: Window | None = None
    """Where `source.visit` has dates: how long after `source.start` the visit may have been, as in
    60 to 120 days; of several rows that nearest to the middle is taken."""
    first_of: _Others = ()
    """The visits of which it is the first that was measured."""
    last_of: _Others = ()
    """The visits of which it is the last that was measured."""
    best_of: _Others = ()
    """The visits of which it is the best, of those that were measured: of outcomes and grades, by
    what they say is better."""
    mean_of: _Others = ()
    """The visits of which it is the mean, where all were measured: of outcomes."""

    @model_validator(mode="after")
    def _by_one_rule(self) -> Self:
        rules = self._rules
        if len(rules) > 1:
            told = " and ".join(rules)
            raise ValueError(f"follows from other visits in two ways, {told}; keep one of them")
        if rules and self.months is not None:
            raise ValueError(
                f"has no time of its own, as it follows from others by {rules[0]}; take months away"
            )
        if rules and self.value:
            raise ValueError(
                f"has no rows of its own, as it follows from others by {rules[0]}; take value away"
            )
        return self

    @property
    def _rules(self) -> list[Rule]:
        return [rule for rule in get_args(Rule) if getattr(self, rule)]

    @property
    def rule(self) -> Rule | None:
        """How its values follow from those at other visits; None where patients were seen."""
        return next(iter(self._rules), None)

    @property
    def others(self) -> tuple[str, ...]:
        """The visits that it follows from, as they are written."""
        return getattr(self, self.rule) if self.rule else ()


def seen(visits: Mapping[str, Visit]) -> list[str]:
    """The visits at which patients were seen, in order: those that follow from no others."""
    return [name for name, visit in visits.items() if not visit.rule]


class VisitColumn(Model):
    """Where the value of an outcome at a visit stands."""

    column: Text
    """Header of the column."""
    pattern: Pattern | None = None
    """Regular expression that the whole cell must match, in place of that of the outcome; its first
    group is the value."""


class DeclaredContrast(Model):
    """A visit, and the one that it is compared with."""

    label: Annotated[Text | None, WORDING] = None
    """Name for readers; without it, the two visits."""
    visit: Text
    """Name of the visit, as in month6."""
    against: Text
    """Name of the visit that it is compared with, as in baseline."""


def _declared(written: object, info: ValidationInfo) -> object:
    """Contrasts, or those that a text stands for, by the visits above them."""
    if not isinstance(written, str):
        return written
    if written != EACH_LATER:
        close = suggestion(written, [EACH_LATER])
        raise ValueError(
            f"{written[:60]!r} is not allowed; allowed: {EACH_LATER}, or keys and values, as in"
            f" {{ early: {{ visit: month3, against: baseline }} }}{f'; {close}' * bool(close)}"
        )
    return each_later(info.data.get("visits", {}))


OR_EACH_LATER = Shorthand(_declared, lambda _: [{"const": EACH_LATER}])
"""Contrasts, in place of which a study can say `each_later`."""


def each_later(visits: Mapping[str, Visit]) -> dict[str, DeclaredContrast]:
    """The contrasts of each later visit at which patients were seen with the first, by their names.

    The last of these visits comes first, as it does where no contrasts are declared.
    """
    names = seen(visits)
    return {
        FIRST if visit == names[-1] else contrast_to(visit): DeclaredContrast(
            visit=visit, against=names[0]
        )
        for visit in [*names[1:][-1:], *names[1:-1]]
    }


def contrast_to(visit: str) -> str:
    """What the contrast of a later visit with the first is called, if it is not the last one."""
    return f"to_{visit}"


@dataclass(frozen=True, slots=True)
class Contrast:
    """A visit compared with another one; a change is the value at `visit` minus that `against`.

    Attributes:
        name: What it is called in results, and behind an outcome in expressions.
        label: What it is called for readers.
        visit: The name of the visit.
        against: The name of the one that it is compared with.
    """

    name: str
    label: str
    visit: str
    against: str

    @property
    def visits(self) -> tuple[str, str]:
        """The names of both visits, first the one that the other is compared with."""
        return self.against, self.visit


def visit_named(visits: Mapping[str, Visit], text: str) -> str | None:
    """The visit that a text of the table means, if it means any.

    It is one of the texts under `value`, or, of a visit without any, its name however it is spaced:
    Week 4 is week4.
    """
    plain, name = folded(text), without_signs(text)
    for visit, described in visits.items():
        if described.value and plain in map(folded, described.value):
            return visit
    return next((v for v in seen(visits) if not visits[v].value and without_signs(v) == name), None)


def contrasts_among(
    visits: Mapping[str, Visit], declared: Mapping[str, DeclaredContrast]
) -> Iterator[Contrast]:
    """The contrasts of a study, in order: those that are declared, or the last visit and the first.

    What compares a visit with itself, or one that there is not, is left out. Visits that follow
    from others are compared where that is declared.
    """
    first, *_, last = [*(seen(visits) or visits)] * 2
    compared = declared or {FIRST: DeclaredContrast(visit=last, against=first)}
    for name, each in compared.items():
        if each.visit != each.against and {each.visit, each.against} <= visits.keys():
            label = named_by_visits(visits[each.visit].label, visits[each.against].label)
            yield Contrast(name, each.label or label, each.visit, each.against)


def named_by_visits(later: str, earlier: str) -> str:
    """What a contrast is called that has no label of its own, by the labels of its visits."""
    return f"{later} against {earlier}"
