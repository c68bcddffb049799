"""The cohorts of a study: which of its patients are analysed together.

What is computed of a cohort is for `analysis`, and which are compared for `comparisons`.
"""

from functools import cached_property
from typing import Annotated

from pydantic import Field

from casebook.study.described import Model
from casebook.study.expressions import Expression, parse
from casebook.study.fields import Text, Wording


class Cohort(Model):
    """Patients who are analysed together; cohorts may overlap."""

    label: Wording
    """Name for readers."""
    select: Text = ""
    """Condition that selects the patients; without it, everyone."""
    n: Annotated[int, Field(ge=1, le=1_000_000)] | None = None
    """How many patients they are, of a paper that prints summaries alone (`table: none`)."""

    @cached_property
    def condition(self) -> Expression:
        """The condition, parsed."""
        return parse(self.select or "True")
