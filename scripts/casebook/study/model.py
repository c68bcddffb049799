"""What a study is: the typed model of `study.yaml`, and how it is read and checked.

A study says what the columns of its raw table mean and what to analyse; no line of code is written
for a study. Every mistake in the file is found at once and named by line and key. This module knows
nothing of the table's cells, nor of what the steps do with a study.
"""

from collections.abc import Generator, Iterator, Mapping
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from casebook.base.errors import listed, nearest
from casebook.base.modelfile import (
    Place,
    Problem,
    all_of,
    one_of,
    origin_of,
    raise_problems,
    validate,
)
from casebook.base.numerals import Numerals
from casebook.base.yamlfile import read_yaml
from casebook.data.cells import folded
from casebook.data.patients import VISITS, Direction, Kind, change, measurement
from casebook.study.expressions import Expression, parse
from casebook.study.fields import (
    WORDING,
    CellText,
    DateFormat,
    Doi,
    FileName,
    Flag,
    Identifier,
    Levels,
    Name,
    Number,
    Pattern,
    PositiveNumber,
    QuantileType,
    Range,
    Rows,
    Separator,
    SignedRank,
    Text,
    Wording,
)
from casebook.study.folder import STUDY, misnamed, unused
from casebook.study.kinds import ExpressionError


class Model(BaseModel):
    """What all parts of a study share: no key that is not described, no change after reading.

    Only the command line gives numbers where texts are wanted: in a file all scalars are texts.
    """

    model_config = ConfigDict(
        extra="forbid", frozen=True, use_attribute_docstrings=True, coerce_numbers_to_str=True
    )


class Source(Model):
    """Where the data come from."""

    table: FileName
    """Name of a file in the study's folder: .tsv, .csv, .xlsx, .xlsm, .xls or .ods."""
    sheet: Text | None = None
    """Sheet of a workbook; the first one that is not hidden where this is left out."""
    patient: Text | None = None
    """Column that identifies the patients; without it they are P01, P02, ... from the top."""
    citation: Annotated[Text | None, WORDING] = None
    """How to cite the data, if they are published."""
    doi: Doi | None = None
    """DOI of the data or of their publication."""
    licence: Annotated[Text | None, WORDING] = None
    """Licence of the data, if they have one."""
    differences: Direction | None = None
    """Which way round the publication takes differences, for the audit of its numbers; where this
    is left out, the numbers themselves decide."""
    decimal: Literal[".", ","] | None = None
    """What stands before the decimals of a number; without it a point, and a text such as 1.250,
    which may be a thousand, is read only if other numbers of the table show decimals."""
    thousands: Literal[",", ".", " ", "'"] | None = None
    """What stands between thousands, as in 1,250; without it no number has such a sign."""
    leave_out: Rows = {}
    """Rows of the table, by their number as in a spreadsheet, that are not used, each with the
    reason: a line of means below the data, a patient entered twice."""
    keep: Rows = {}
    """Rows of which a warning says that they may be no patients of their own, and that are, each
    with the reason."""
    missing: tuple[CellText, ...] = ("NA",)
    """Cell texts that mean "not available" in every column, beside an empty cell, which a set may
    have under `none`."""

    @property
    def numerals(self) -> Numerals:
        """How numbers are written in the table."""
        return Numerals(self.decimal or ".", self.thousands or "")


class Visits(Model):
    """What the two visits are called in tables and figures."""

    baseline: Wording = "Baseline"
    """Label of the visit before the treatment."""
    followup: Wording = "Follow-up"
    """Label of the visit on or after the treatment."""


class Variable(Model):
    """What all kinds of variable share."""

    label: Wording
    """Name for readers."""
    column: Text
    """Header of the column in the raw table; two variables may read one column."""
    pattern: Pattern | None = None
    """Regular expression that the whole cell must match; its first group is the value."""
    missing: tuple[CellText, ...] = ()
    """Cell texts that mean "not available" in this column, beside those of `source.missing`."""
    private: Flag = False
    """Whether the column is kept out of the report and of all else that is passed on, as a date of
    birth should be; expressions can use the value all the same, and what they give is shown."""


class NumberVariable(Variable):
    """A number, within limits."""

    type: Literal["number"]
    unit: Text | None = None
    """Unit, as in years or mg."""
    range: Range
    """Smallest and largest value that can be true; what lies outside is an error."""


class LevelledVariable(Variable):
    """What a category and a set share."""

    levels: Levels
    """Text in the cell, and its label; upper and lower case do not matter, and texts with the same
    label are the same level, which is known by the first of them."""

    @cached_property
    def told_apart(self) -> dict[str, str]:
        """The levels without those that have the label of an earlier one."""
        first: dict[str, str] = {}
        for level, label in self.levels.items():
            first.setdefault(label, level)
        return {level: label for label, level in first.items()}


class CategoryVariable(LevelledVariable):
    """One of several levels."""

    type: Literal["category"]


class SetVariable(LevelledVariable):
    """Any number of levels in one cell, such as therapies."""

    type: Literal["set"]
    separator: Separator = ","
    """What stands between two members."""
    mark: Text | None = None
    """What follows a member that is marked: with "*", the cell "HCQ*, MTX" has HCQ marked."""
    mark_label: Text | None = None
    """What the mark says, for readers, as in "still taken when the treatment began"."""
    none: tuple[CellText, ...] = ()
    """Cell texts that mean "no member", which is not the same as "not available"; "" for an empty
    cell, as of a box that is not ticked."""

    @model_validator(mode="after")
    def _members_can_be_told_apart(self) -> Self:
        for level in self.levels:
            if self.separator in level:
                raise ValueError(f"the level {level!r} contains the separator {self.separator!r}")
            if self.mark and level.endswith(self.mark):
                raise ValueError(f"the level {level!r} ends with the mark {self.mark!r}")
        return self

    @model_validator(mode="after")
    def _a_mark_has_a_sign(self) -> Self:
        if self.mark_label and not self.mark:
            raise ValueError("mark_label says what a mark means, and no mark is given")
        if self.mark and self.separator in self.mark:
            raise ValueError(f"the mark {self.mark!r} contains the separator {self.separator!r}")
        return self


class TextVariable(Variable):
    """Free text; kept, not analysed."""

    type: Literal["text"]


class DateVariable(Variable):
    """A calendar date."""

    type: Literal["date"]
    format: DateFormat = "%Y-%m-%d"
    """How dates are written, in the letters of Python's strptime; 2024-02-29 is always read."""


AnyVariable = Annotated[
    NumberVariable | CategoryVariable | SetVariable | TextVariable | DateVariable,
    Field(discriminator="type"),
]


class Derived(Model):
    """A value that follows from a patient's other values."""

    label: Wording
    """Name for readers."""
    expression: Text
    """How it is found, from variables, measurements and derived values above it."""
    unit: Text | None = None
    """Unit, where it is a number."""
    range: Range | None = None
    """Smallest and largest value that can be true, where it is a number; what lies outside is an
    error."""

    @cached_property
    def parsed(self) -> Expression:
        """The expression, parsed."""
        return parse(self.expression)


class Responder(Model):
    """How much improvement makes a patient a responder."""

    label: Wording
    """Name for readers, as in "at least 4 points"."""
    improvement: PositiveNumber
    """The least improvement, in the outcome's unit or in percent of the baseline value."""
    unit: Literal["absolute", "percent"] = "absolute"
    """What `improvement` is measured in."""
    source: Wording
    """Where the threshold comes from."""


class Condition(Model):
    """Something that is so, or not, at each visit, such as being on prednisone."""

    label: Wording
    """Name for readers."""
    baseline: Text
    """Condition that says whether it is so before the treatment."""
    followup: Text
    """Condition that says whether it is so on or after the treatment."""

    def at(self, visit: str) -> Expression:
        """The condition at a visit, parsed."""
        return parse(self.baseline if visit == VISITS[0] else self.followup)


class Event(Model):
    """Something that happened to some patients on the treatment, such as stopping a steroid."""

    label: Wording
    """Name for readers."""
    condition: Text
    """Condition that says to whom it happened."""

    @cached_property
    def happened(self) -> Expression:
        """The condition, parsed."""
        return parse(self.condition)


class Treatment(Model):
    """How long each patient was treated, for the figure that has a line a patient."""

    label: Wording
    """Name of the treatment for readers."""
    duration: Text
    """The number that says how long: a variable or a derived value."""
    ongoing: Text | None = None
    """Condition that says whether the treatment goes on; without it, that is not shown."""
    events: Annotated[
        tuple[Event, ...],
        Field(max_length=6, examples=[[{"label": "Stopped", "condition": "stopped"}]]),
    ] = ()
    """What to mark beside each patient's line: six at most, so that shapes tell them apart."""

    @cached_property
    def goes_on(self) -> Expression | None:
        """The condition, parsed, if there is one."""
        return parse(self.ongoing) if self.ongoing else None


class Dose(Model):
    """A dose that was known at both visits, for a figure of each patient's change of it."""

    label: Wording
    """Name for readers."""
    baseline: Text
    """The number that is the dose before the treatment: a variable or a derived value."""
    followup: Text
    """The number that is the dose on or after the treatment."""


class Outcome(Model):
    """What was measured at both visits."""

    label: Wording
    """Name for readers."""
    description: Text | None = None
    """The name in full."""
    baseline: Text
    """Header of the column with the value before the treatment."""
    followup: Text
    """Header of the column with the value on or after the treatment."""
    unit: Text | None = None
    """Unit, as in points."""
    range: Range
    """Smallest and largest value that can be true; what lies outside is an error."""
    better: Literal["lower", "higher"]
    """Which direction is an improvement."""
    rounding: Annotated[int, Field(ge=1, le=15)] | None = None
    """Significant digits to which changes are rounded before they are ranked, as `digits.rank` in
    R; for values that were rounded after they had been computed, so that ties are ties."""
    pattern: Pattern | None = None
    """Regular expression that the whole cell must match; its first group is the value."""
    missing: tuple[CellText, ...] = ()
    """Cell texts that mean "not available", beside those of `source.missing`."""
    responders: Annotated[
        dict[Identifier, Responder],
        Field(examples=[{"half": {"label": "Half", "improvement": 50, "source": "Protocol"}}]),
    ] = {}
    """Thresholds by which responders are counted."""


class Cohort(Model):
    """Patients who are analysed together; cohorts may overlap."""

    label: Wording
    """Name for readers."""
    select: Text | None = None
    """Condition that selects the patients; without it, everyone."""

    @cached_property
    def condition(self) -> Expression:
        """The condition, parsed."""
        return parse(self.select or "True")


class FamilyMember(Model):
    """A paired test, named by what it is of."""

    cohort: Text
    """Name of the cohort."""
    outcome: Text
    """Name of the outcome."""


class Analysis(Model):
    """The choices that change a number."""

    alpha: Annotated[Number, Field(gt=0, lt=0.5)] = 0.05
    """Significance level, two-sided."""
    quantile_type: QuantileType = 7
    """Definition of quartiles, as Hyndman and Fan (1996) number them; 7 is R's and Excel's."""
    signed_rank: SignedRank = "exact"
    """The paired test, all of them called Wilcoxon's: always exact, zeros left out; always exact,
    zeros ranked and then left out (Pratt); always the normal approximation; or what R does by
    default up to version 4.5 (exact below 50 pairs without ties or zeros) or in 4.6 (exact with
    Pratt's zeros below 50 pairs), and otherwise the normal approximation."""
    confidence_level: Annotated[Number, Field(gt=0.5, lt=1)] = 0.95
    """Level of the confidence intervals."""
    bootstrap: Annotated[int, Field(ge=0, le=100_000)] = 0
    """Number of bootstrap resamples, as in 9999, and at most 100000, where more would move no digit
    that is printed; 0 for no bootstrap, which saves time."""
    seed: Annotated[int, Field(ge=0, le=2**31 - 1)] = 1
    """Seed of the bootstrap: the same seed gives the same intervals."""
    family: Annotated[
        tuple[FamilyMember, ...], Field(examples=[[{"cohort": "everyone", "outcome": "score"}]])
    ] = ()
    """The tests whose p-values are adjusted for each other."""
    baseline_table: tuple[Text, ...] = ()
    """Variables of the table of baseline characteristics, in order; empty for all."""


class Study(Model):
    """A study: its source, what the columns mean, and what is analysed."""

    title: Wording
    """Title of the report."""
    description: Wording = "A case series."
    """Who was studied, in a sentence or two."""
    source: Source
    visits: Visits = Visits()
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
    """Which of the set variables list therapies, earlier ones first; with one or more there is a
    figure of them."""
    derived: Annotated[
        dict[Identifier, Derived],
        Field(examples=[{"weeks": {"label": "Weeks", "expression": "days / 7"}}]),
    ] = {}
    """Values that follow from others."""
    conditions: Annotated[
        dict[Identifier, Condition],
        Field(
            examples=[
                {"steroid": {"label": "Steroid", "baseline": "dose0 > 0", "followup": "dose1 > 0"}}
            ]
        ),
    ] = {}
    """What is so, or not, at both visits."""
    treatment: Treatment | None = None
    """How long each patient was treated; with it there is a figure of that."""
    doses: Annotated[
        dict[Identifier, Dose],
        Field(
            examples=[{"steroid": {"label": "Steroid", "baseline": "dose0", "followup": "dose1"}}]
        ),
    ] = {}
    """Doses before and on the treatment; there is a figure of each."""
    outcomes: Annotated[
        dict[Identifier, Outcome],
        Field(
            min_length=1,
            examples=[
                {
                    "score": {
                        "label": "Score",
                        "baseline": "Before",
                        "followup": "After",
                        "range": [0, 100],
                        "better": "lower",
                    }
                }
            ],
        ),
    ]
    """What was measured at both visits."""
    cohorts: Annotated[
        dict[Name, Cohort], Field(min_length=1, examples=[{"everyone": {"label": "Everyone"}}])
    ]
    """Which patients are analysed together."""
    analysis: Analysis = Analysis()

    _unused_files: tuple[str, ...] = ()
    _origins: Mapping[str, tuple[str, str]] = {}

    @property
    def origins(self) -> Mapping[str, tuple[str, str]]:
        """The line of study.yaml that first names each column, and its key, as texts."""
        return self._origins

    @property
    def unused_files(self) -> tuple[str, ...]:
        """Names of what is in the study's folder and is not read."""
        return self._unused_files

    @cached_property
    def columns(self) -> frozenset[str]:
        """Headers of the columns that are read."""
        named = (self.source.patient, *(each.column for each in self.variables.values()))
        measured = (c for each in self.outcomes.values() for c in (each.baseline, each.followup))
        return frozenset(filter(None, chain(named, measured)))

    @cached_property
    def private_columns(self) -> frozenset[str]:
        """Headers of the columns whose texts are kept out of what is passed on."""
        return frozenset(each.column for each in self.variables.values() if each.private)

    @property
    def kinds_in_table(self) -> dict[str, Kind]:
        """The kind of every value that stands in the table by its name, in the study's order."""
        kinds: dict[str, Kind] = {name: each.type for name, each in self.variables.items()}
        return kinds | dict.fromkeys(_measurements(self), "number")

    @cached_property
    def kinds(self) -> dict[str, Kind]:
        """The kind of every value of a patient by its name, derived ones last."""
        kinds = self.kinds_in_table
        for name, derived in self.derived.items():
            kinds[name] = "boolean" if derived.parsed.kind(kinds) == "boolean" else "number"
        return kinds

    @cached_property
    def reported(self) -> tuple[str, ...]:
        """The variables of the table of baseline characteristics, in order."""
        every = [name for name, kind in self.kinds.items() if kind not in ("text", "date")]
        hidden = [*_measurements(self), *_private(self)]
        return self.analysis.baseline_table or tuple(n for n in every if n not in hidden)

    def variable(self, name: str) -> AnyVariable | Derived:
        """The variable or derived variable of that name."""
        return self.variables.get(name) or self.derived[name]

    def unit(self, name: str) -> str | None:
        """The unit of a variable or derived variable, if it has one."""
        return getattr(self.variable(name), "unit", None)

    def levels(self, name: str) -> dict[str, str]:
        """The levels of a category or set variable, with their labels."""
        variable = self.variables[name]
        if isinstance(variable, LevelledVariable):
            return variable.told_apart
        raise TypeError(f"{name} is a {variable.type}, and has no levels")


def load_study(path: Path) -> Study:
    """Read and check a `study.yaml`.

    Raises:
        ModelFileError: with all mistakes, each named by its line and key.
    """
    content = read_yaml(path)
    study = validate(path, content, Study)
    raise_problems(path, content, chain(folder_problems(study, path.parent), references(study)))
    note_file(study, path, content)
    return study


def note_file(study: Study, path: Path, content: object) -> None:
    """Have a study know where its file names each column, and what beside it is not read."""
    study._unused_files = unused(path.parent, study.source.table)
    study._origins = {
        column: (str(origin_of(path, content, place)), ".".join(map(str, place)))
        for place, column in reversed(_places_of_columns(study).items())
    }


def folder_problems(study: Study, folder: Path) -> Iterator[Problem]:
    """Mistakes in the names of the files of a study."""
    for advice in misnamed(folder, study.source.table):
        yield Problem((), advice, folder.as_posix())
    place = ("source", "table")
    table = folder / study.source.table
    if not table.is_file():
        files = sorted(each.name for each in folder.iterdir() if each.is_file())
        files.remove(STUDY)
        there = listed(files, table.name) or "none"
        yield Problem(place, f"no file {table.name!r} in {folder}; files there: {there}")


def references(study: Study) -> Iterator[Problem]:
    """Mistakes that show only when the parts of a study are held against each other."""
    yield from _twice(study)
    yield from _contradictions(study)
    yield from _private_but_shown(study)
    for name, outcome in study.outcomes.items():
        if outcome.baseline == outcome.followup:
            problem = (
                f"the column {outcome.followup!r} is the baseline already; each visit needs a"
                " column of its own: in a copy of the table, make two columns of one whose cells"
                " hold both values, and make a table wide that has a row for each visit"
            )
            yield Problem(("outcomes", name, "followup"), problem)
    kinds = study.kinds_in_table
    for name, derived in study.derived.items():
        at: Place = ("derived", name, "expression")
        kind = yield from _expression(study, at, derived.expression, kinds)
        if kind not in ("number", "boolean", None):
            yield Problem(at, f"must give a number or a condition, and gives a {kind}")
        for key in ("unit", "range"):
            if kind == "boolean" and getattr(derived, key) is not None:
                problem = f"{name!r} is a condition, and only a number has a {key}"
                yield Problem(("derived", name, key), problem)
        kinds[name] = "boolean" if kind == "boolean" else "number"
    for place, source in _condition_sources(study).items():
        kind = yield from _expression(study, place, source, kinds)
        if kind not in ("boolean", None):
            yield Problem(place, f"must be a condition, as in: age >= 65; it gives a {kind}")
    measured = _measurements(study)
    numbers = [n for n, kind in kinds.items() if kind == "number" and n not in measured]
    yield from _treatment(study, numbers)
    yield from _doses(study, numbers)
    for position, member in enumerate(study.analysis.family):
        place = ("analysis", "family", position)
        yield from one_of((*place, "cohort"), member.cohort, list(study.cohorts), "a cohort")
        yield from one_of((*place, "outcome"), member.outcome, list(study.outcomes), "an outcome")
        if member in study.analysis.family[:position]:
            yield Problem(place, f"{member.outcome} of {member.cohort} stands there twice")
    sets = [name for name, each in study.variables.items() if each.type == "set"]
    yield from all_of(("therapies",), study.therapies, sets, "a set variable")
    tabled = [n for n, each in study.variables.items() if each.type not in ("text", "date")]
    yield from all_of(
        ("analysis", "baseline_table"),
        study.analysis.baseline_table,
        [*tabled, *study.derived],
        "a number, category, set or derived variable",
    )


def _treatment(study: Study, numbers: list[str]) -> Iterator[Problem]:
    if study.treatment:
        place = ("treatment", "duration")
        yield from one_of(place, study.treatment.duration, numbers, "a number")


def _doses(study: Study, numbers: list[str]) -> Iterator[Problem]:
    for name, dose in study.doses.items():
        place = ("doses", name, "followup")
        unknown = [
            *one_of(("doses", name, "baseline"), dose.baseline, numbers, "a number"),
            *one_of(place, dose.followup, numbers, "a number"),
        ]
        yield from unknown
        if dose.baseline == dose.followup:
            yield Problem(place, f"{dose.followup!r} is the baseline already")
        elif not unknown and study.unit(dose.baseline) != study.unit(dose.followup):
            units = [study.unit(each) or "no unit" for each in (dose.baseline, dose.followup)]
            yield Problem(place, f"is in {units[1]}, and the baseline in {units[0]}")


def _contradictions(study: Study) -> Iterator[Problem]:
    """What would have to mean two things."""
    for row in study.source.keep.keys() & study.source.leave_out.keys():
        yield Problem(("source", "keep", row), f"row {row} is left out already")
    numerals = study.source.numerals
    if numerals.thousands == numerals.decimal:
        other = {".": ",", ",": "."}[numerals.decimal]
        problem = f"{numerals.decimal!r} stands before decimals, unless source.decimal is {other!r}"
        yield Problem(("source", "thousands"), problem)
    for name, variable in study.variables.items():
        missing = {folded(text) for text in (*study.source.missing, *variable.missing)}
        levels = {folded(level) for level in getattr(variable, "levels", ())}
        for key in ("levels", "none"):
            for text in getattr(variable, key, ()):
                if folded(text) in missing:
                    problem = f"{text!r} means 'not available' already, under missing"
                    yield Problem(("variables", name, key), problem)
                elif key == "none" and folded(text) in levels:
                    problem = f"{text!r} is a member already, under levels"
                    yield Problem(("variables", name, key), problem)


def _places_of_columns(study: Study) -> dict[Place, str]:
    """The column that is named at each place of study.yaml that names one."""
    patient = study.source.patient
    columns: dict[Place, str] = {("source", "patient"): patient} if patient else {}
    columns |= {("variables", name, "column"): v.column for name, v in study.variables.items()}
    for name, outcome in study.outcomes.items():
        columns |= {("outcomes", name, visit): getattr(outcome, visit) for visit in VISITS}
    return columns


def _private_but_shown(study: Study) -> Iterator[Problem]:
    """Places that would show each patient's text of a private column, or what was counted of it."""
    for place, column in _places_of_columns(study).items():
        if place[0] != "variables" and column in study.private_columns:
            yield Problem(place, f"the column {column!r} is private, and this would show it")
    names: dict[Place, str] = {("therapies", i): name for i, name in enumerate(study.therapies)}
    names |= {
        ("analysis", "baseline_table", i): name
        for i, name in enumerate(study.analysis.baseline_table)
    }
    names |= {
        ("doses", name, visit): getattr(dose, visit)
        for name, dose in study.doses.items()
        for visit in VISITS
    }
    if study.treatment:
        names["treatment", "duration"] = study.treatment.duration
    for place, name in names.items():
        if name in _private(study):
            hint = "name a derived value, or take 'private' away"
            yield Problem(place, f"{name!r} is private, and this would show it; {hint}")


def _private(study: Study) -> list[str]:
    return [name for name, each in study.variables.items() if each.private]


def _measurements(study: Study) -> list[str]:
    return [measurement(outcome, visit) for outcome in study.outcomes for visit in VISITS]


def _twice(study: Study) -> Iterator[Problem]:
    """Names that two values of a patient would share."""
    seen = set(study.variables)
    for outcome in study.outcomes:
        for name in (*(measurement(outcome, visit) for visit in VISITS), change(outcome)):
            if name in seen:
                yield Problem(
                    ("variables", name), f"the outcome {outcome!r} has the value {name!r} already"
                )
            seen.add(name)
    for part in ("outcomes", "derived", "conditions"):
        for name in getattr(study, part):
            if name in seen:
                yield Problem((part, name), f"there is a value {name!r} already")
            seen.add(name)


def _condition_sources(study: Study) -> dict[Place, str]:
    """Everything in a study that must be a condition, by its place."""
    sources: dict[Place, str] = {
        ("conditions", name, visit): getattr(condition, visit)
        for name, condition in study.conditions.items()
        for visit in VISITS
    }
    if study.treatment:
        sources["treatment", "ongoing"] = study.treatment.ongoing or "True"
        for position, event in enumerate(study.treatment.events):
            sources["treatment", "events", position, "condition"] = event.condition
    for name, cohort in study.cohorts.items():
        sources["cohorts", name, "select"] = cohort.select or "True"
    return sources


def _expression(
    study: Study, place: Place, source: str, kinds: Mapping[str, Kind]
) -> Generator[Problem, None, str | None]:
    """The problems of an expression; returns the kind of what it gives, None if it has any."""
    kind, problems = check_expression(study, source, kinds)
    yield from (Problem(place, problem) for problem in problems)
    return kind


def check_expression(
    study: Study, source: str, kinds: Mapping[str, Kind]
) -> tuple[str | None, list[str]]:
    """The kind of what an expression gives, and what is wrong with it; with mistakes, no kind.

    Args:
        study: Whose levels the expression may compare with.
        source: The expression.
        kinds: The kind of each name that it may use.
    """
    try:
        expression = parse(source)
    except ExpressionError as error:
        return None, [str(error)]
    problems = [
        _unknown(study, name, list(kinds)) for name in sorted(expression.names - kinds.keys())
    ]
    kind = None
    if not problems:
        try:
            kind = expression.kind(kinds)
        except ExpressionError as error:
            problems.append(str(error))
    problems += _unknown_levels(study, expression)
    return (None if problems else kind), problems


def _unknown(study: Study, name: str, known: list[str]) -> str:
    """What is wrong with a name that is none, which may be a text without quotation marks."""
    if any(name in getattr(variable, "levels", ()) for variable in study.variables.values()):
        return f'{name!r} is not known; write "{name}", in quotation marks, for the level'
    columns = {each.column: variable for variable, each in study.variables.items()}
    for outcome, each in study.outcomes.items():
        baseline, followup = (measurement(outcome, visit) for visit in VISITS)
        columns |= {each.baseline: baseline, each.followup: followup}
        if name == change(outcome):
            return f"{name!r} is not known; write {followup} - {baseline}"
    if columns.get(name) in known:
        return f"{name!r} is the header of a column; write {columns[name]}"
    hint = "; a column of the table has to be given a name under variables first"
    return f"{name!r} is not known; known: {listed(known, name)}{hint * (not nearest(name, known))}"


def _unknown_levels(study: Study, expression: Expression) -> Iterator[str]:
    for name, constant in expression.comparisons():
        variable = study.variables.get(name)
        if not isinstance(variable, LevelledVariable) or not isinstance(constant, str):
            continue
        if constant not in variable.told_apart:
            allowed = listed(list(variable.told_apart), constant)
            problem = f"{constant!r} is not a level of {name}; allowed: {allowed}"
            labelled = {folded(label): level for level, label in variable.told_apart.items()}
            if level := labelled.get(folded(constant)):
                problem = f'{constant!r} is the label of the level {level!r}; write "{level}"'
            yield problem
