"""The treatment that patients of a study had: how long, whether it goes on, what happened on it.

What harmed them is in `harms`.
"""

from collections.abc import Collection, Mapping
from functools import cached_property
from typing import Annotated, Self

from pydantic import Field, model_validator

from casebook.base.days import DAYS_IN
from casebook.study.derived import Derived
from casebook.study.described import Model
from casebook.study.expressions import Expression, parse
from casebook.study.fields import Text, Wording
from casebook.study.shorthand import ONE_OR_MORE

TIME_ON_TREATMENT = "time_on_treatment"
"""The derived value with the time from the start to the end."""


class Event(Model):
    """Something that happened to some patients on the treatment, such as stopping a steroid."""

    label: Wording
    """Name for readers."""
    condition: Text
    """Condition that selects the patients to whom it happened."""

    @cached_property
    def happened(self) -> Expression:
        """The condition, parsed."""
        return parse(self.condition)


class Treatment(Model):
    """How long each patient was treated, for the figure with one line per patient."""

    label: Wording
    """Name of the treatment for readers."""
    duration: Text = TIME_ON_TREATMENT
    """The duration: a number among the variables or derived values. Left out where there are
    `start` and `end`: it is then the derived value `time_on_treatment`, in months."""
    ongoing: Text | None = None
    """Condition that says whether the treatment is ongoing; without it, that is not shown."""
    start: Text | None = None
    """The date variable with the day on which it began, from which the days of harms count."""
    end: Annotated[tuple[Text, ...], ONE_OR_MORE] = ()
    """In place of `duration`, the date variable with the day on which it ended; or several, of
    which the first counts that a patient has, as [stopped, last_seen] where it may go on."""
    events: Annotated[
        tuple[Event, ...],
        Field(max_length=6, examples=[[{"label": "Stopped", "condition": "stopped"}]]),
    ] = ()
    """What to mark beside each patient's line: six at most, so that shapes tell them apart."""

    @model_validator(mode="after")
    def _has_one_length(self) -> Self:
        has_duration = "duration" in self.model_fields_set
        if has_duration and self.end:
            raise ValueError("duration and end both say how long it was: remove one of them")
        if not has_duration and not (self.start and self.end):
            raise ValueError(
                "needs duration, which is a number among the variables or derived values, or start"
                " and end, which are date variables, as in end: [stopped, last_seen]"
            )
        return self

    @cached_property
    def goes_on(self) -> Expression | None:
        """The condition, parsed, if there is one."""
        return parse(self.ongoing) if self.ongoing else None

    def time_between(self, dates: Collection[str]) -> Mapping[str, Derived]:
        """The time from the start to the end as a derived value by its name, if it is asked for.

        Args:
            dates: The date variables of the study, of others nothing can be computed.
        """
        if not self.end or not {self.start, *self.end} <= {*dates}:
            return {}
        end = self.end[0] if len(self.end) == 1 else f"first({', '.join(self.end)})"
        expression = f"({end} - {self.start}) / {DAYS_IN['month']:.15g}"
        told = Derived(label="Time on treatment", expression=expression, unit="months")
        return {TIME_ON_TREATMENT: told}
