"""The treatment that patients of a study had: how long, whether it goes on, what happened on it.

What harmed them is in `harms`.
"""

from functools import cached_property
from typing import Annotated

from pydantic import Field

from casebook.study.described import Model
from casebook.study.expressions import Expression, parse
from casebook.study.fields import Text, Wording


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
    duration: Text
    """The duration: a number among the variables or derived values."""
    ongoing: Text | None = None
    """Condition that says whether the treatment is ongoing; without it, that is not shown."""
    start: Text | None = None
    """The date variable with the day on which it began, from which the days of harms count."""
    events: Annotated[
        tuple[Event, ...],
        Field(max_length=6, examples=[[{"label": "Stopped", "condition": "stopped"}]]),
    ] = ()
    """What to mark beside each patient's line: six at most, so that shapes tell them apart."""

    @cached_property
    def goes_on(self) -> Expression | None:
        """The condition, parsed, if there is one."""
        return parse(self.ongoing) if self.ongoing else None
