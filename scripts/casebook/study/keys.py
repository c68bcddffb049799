"""The keys of `study.yaml` that stand at its left margin, and what each of them means.

Those within them are for the modules of the parts; what follows from a study as a whole, for
`model`.
"""

from typing import Annotated, Self

from pydantic import Field, model_validator

from casebook.study.choices import Analysis
from casebook.study.cohorts import Cohort
from casebook.study.comparisons import Comparison
from casebook.study.derived import Derived
from casebook.study.derived_visits import also_there
from casebook.study.described import Model
from casebook.study.fields import (
    Identifier,
    Name,
    Text,
    Wording,
)
from casebook.study.harms import Harms
from casebook.study.headings import with_columns_at_visits
from casebook.study.outcomes import Condition, Dose, Grades, Outcome
from casebook.study.shorthand import or_text
from casebook.study.source import Source
from casebook.study.summaries import with_columns_of_no_table
from casebook.study.treatment import Treatment
from casebook.study.variables import AnyVariable
from casebook.study.visits import (
    OR_EACH_LATER,
    DeclaredContrast,
    Visit,
    seen,
)


class Keys(Model):
    """What a study.yaml says: its source, what the columns mean, and what is analysed."""

    title: Wording
    """Title of the report."""
    description: Wording = "A case series."
    """Who was studied, in a sentence or two."""
    source: Source
    visits: Annotated[
        dict[Identifier, Annotated[Visit, or_text("label")]],
        Field(min_length=1, examples=[{"baseline": "Before", "month3": "Month 3"}]),
    ] = {"baseline": Visit(label="Baseline"), "followup": Visit(label="Follow-up")}
    """When patients were seen, in order, and what follows from several of these visits, such as
    the last of them: a text is the label of the visit."""
    variables: Annotated[
        dict[Identifier, AnyVariable],
        Field(
            examples=[
                {"age": {"label": "Age", "column": "Age", "type": "number", "range": [0, 120]}}
            ]
        ),
    ] = {}
    """What is known of each patient."""
    therapies: tuple[Text, ...] = ()
    """Set variables that list therapies, earlier ones first; if there are any, a figure shows
    them."""
    derived: Annotated[
        dict[Identifier, Derived],
        Field(examples=[{"weeks": {"label": "Weeks", "expression": "days / 7"}}]),
    ] = {}
    """Values that follow from others."""
    conditions: Annotated[
        dict[Identifier, Condition],
        Field(
            examples=[
                {
                    "steroid": {
                        "label": "Steroid",
                        "at": {"baseline": "dose0 > 0", "followup": "dose1 > 0"},
                    }
                }
            ]
        ),
    ] = {}
    """Yes-or-no conditions at visits."""
    grades: Grades = {}
    """Categories with an order at visits; there is a figure of each."""
    treatment: Treatment | None = None
    """How long each patient was treated; if given, a figure shows it."""
    harms: Harms | None = None
    """Adverse events; if given, the report has a section on them."""
    doses: Annotated[
        dict[Identifier, Dose],
        Field(
            examples=[
                {
                    "steroid": {
                        "label": "Steroid",
                        "at": {"baseline": "dose0", "followup": "dose1"},
                    }
                }
            ]
        ),
    ] = {}
    """Doses at visits; there is a figure of each."""
    outcomes: Annotated[
        dict[Identifier, Outcome],
        Field(
            examples=[
                {
                    "score": {
                        "label": "Score",
                        "columns": {"baseline": "Before", "followup": "After"},
                        "range": [0, 100],
                        "better": "lower",
                    }
                }
            ],
        ),
    ] = {}
    """What was measured at visits."""
    contrasts: Annotated[
        dict[Identifier, DeclaredContrast],
        OR_EACH_LATER,
        Field(examples=[{"early": {"visit": "month3", "against": "baseline"}}]),
    ] = {}
    """Which visit is compared with which, first what matters most; without any, the last visit at
    which patients were seen is compared with the first, which is called `change`. With
    `each_later` each later one is compared with the first: the last as `change`, and others by
    their names, month3 as `to_month3`."""
    cohorts: Annotated[
        dict[Name, Cohort], Field(min_length=1, examples=[{"everyone": {"label": "Everyone"}}])
    ]
    """Which patients are analysed together."""
    cohorts_per_job: Annotated[int, Field(ge=1, le=1_000_000)] | None = None
    """About how many cohorts one job analyses, which changes no result; where this is left out, as
    many as take some seconds. 1 is a job and a file for each cohort, of up to 256 cohorts."""
    comparisons: Annotated[
        dict[Name, Comparison],
        Field(examples=[{"arms": {"label": "Arms", "cohorts": ["placebo", "active"]}}]),
    ] = {}
    """Cohorts that are compared with one another; no patient may be in two of them."""
    analysis: Analysis = Analysis()

    @property
    def dates(self) -> list[str]:
        """The variables that are dates."""
        return [name for name, each in self.variables.items() if each.type == "date"]

    _all_columns = model_validator(mode="before")(with_columns_at_visits)
    _named_columns = model_validator(mode="before")(with_columns_of_no_table)

    @model_validator(mode="after")
    def _with_time_on_treatment(self) -> Self:
        """The study with the time from the start to the end of the treatment, if it names both."""
        time = self.treatment.time_between(self.dates) if self.treatment else {}
        return self.model_copy(update={"derived": {**time, **self.derived}}) if time else self

    @model_validator(mode="after")
    def _at_derived_visits(self) -> Self:
        """The study with what outcomes, conditions and grades are at visits that follow."""
        if len(seen(self.visits)) == len(self.visits):
            return self
        parts = also_there(self.visits, self.outcomes, self.conditions, self.grades, self.variables)
        return self.model_copy(update=parts)
