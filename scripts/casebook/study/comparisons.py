"""Comparisons: which cohorts a study compares with one another, and what they must agree on.

That no patient is in two of the cohorts is known only from the table; `prepare/disjoint` looks.
"""

from collections.abc import Collection, Iterator, Mapping
from typing import Annotated

from pydantic import Field

from casebook.base.modelfile import Place, Problem, all_of
from casebook.study.described import Model
from casebook.study.fields import Text, Wording

AND = " and "
"""What joins the names of cohorts in the name of a comparison that no study declares."""


class Comparison(Model):
    """Cohorts without a common patient that are compared, such as the arms of a trial."""

    label: Wording
    """Name for readers."""
    cohorts: Annotated[
        tuple[Text, ...], Field(min_length=2, max_length=7, examples=[["placebo", "active"]])
    ]
    """Names of the cohorts. Of two, differences are the second minus the first; of more, only an
    overall test is made."""
    baseline_p_values: bool = False
    """Whether the table of characteristics has p-values beside the standardised differences. Where
    patients were assigned at random they test what is known to be true."""

    @property
    def two(self) -> bool:
        """Whether there is a difference between its cohorts, and not only among them."""
        return len(self.cohorts) == 2


def mistakes(comparisons: Mapping[str, Comparison], cohorts: Collection[str]) -> Iterator[Problem]:
    """Mistakes in comparisons of these cohorts, each at its place."""
    for name, comparison in comparisons.items():
        at: Place = ("comparisons", name)
        if name in cohorts:
            yield Problem(at, f"there is already a cohort {name!r}")
        yield from all_of((*at, "cohorts"), comparison.cohorts, list(cohorts), "a cohort")
