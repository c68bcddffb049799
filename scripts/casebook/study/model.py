"""What a study is: the typed model of `study.yaml`.

A study says what the columns of its raw table mean and what to analyse; no line of code is written
for a study. Its keys are in `keys`, and what follows from them is here. This module knows nothing
of the table's cells, nor of what the steps do with a study; `load` reads one, and `references` has
what its parts must agree on.
"""

from collections.abc import Container, Iterable, Mapping
from functools import cached_property
from itertools import chain

from casebook.base.days import DayForms
from casebook.data.harms import KINDS
from casebook.data.patients import Kind, measurement
from casebook.study.boxes import columns_of_variable, headings_of
from casebook.study.choices import NamedTest, TestKey
from casebook.study.comparisons import AND, Comparison
from casebook.study.derived import Derived
from casebook.study.derived_visits import in_order
from casebook.study.harms import HarmTable
from casebook.study.headings import Heading
from casebook.study.keys import Keys
from casebook.study.outcomes import Grade
from casebook.study.source import TableFile
from casebook.study.variables import AnyVariable, DateVariable, LevelledVariable
from casebook.study.visits import (
    FIRST,
    Contrast,
    contrasts_among,
    seen,
)


class Study(Keys):
    """A study: its source, what the columns mean, and what is analysed."""

    _unused_files: tuple[str, ...] = ()
    _origins: Mapping[str, Mapping[str, tuple[str, str]]] = {}

    def origin(self, column: str, table: str = "") -> tuple[str, str]:
        """The line of study.yaml that first names a column, and its key, as texts.

        One that says of what the rows of a joined table are is named for that table.
        """
        return self._origins.get(table, {}).get(column) or self._origins[""][column]

    @property
    def unused_files(self) -> tuple[str, ...]:
        """Names of what is in the study's folder and is not read."""
        return self._unused_files

    @cached_property
    def columns(self) -> frozenset[str]:
        """Headers of the columns that are read, of a table with a row for each patient."""
        named = (each.name for each in self.headings.values())
        return frozenset(filter(None, chain([self.source.patient], named)))

    @property
    def headers(self) -> set[str]:
        """Headers of the columns of the files that are read, which may have another form."""
        source = self.source
        named = {each.header for each in self.headings.values()} - source.group_rows.keys()
        return named.union(source.keys.values(), source.fill_down, source.rows_with)

    @cached_property
    def headings(self) -> dict[str, Heading]:
        """What each value that stands in the table is read from, by its name."""
        source = self.source
        found: dict[str, Heading] = {}
        for name, variable in self.variables.items():
            found |= headings_of(name, variable, source)
        for name, outcome in self.outcomes.items():
            for visit in filter(outcome.columns.__contains__, self.visits_of(name)):
                column = outcome.columns[visit].column
                of = outcome.measure if outcome.measure and source.has_measures else ""
                at = visit if source.has_visits else ""
                of_value = bool(of) and column in source.values
                found[measurement(name, visit)] = Heading(column, at, of, of_value)
        return found

    @cached_property
    def places_of_columns(self) -> dict[str, int]:
        """The columns that values are read from, with their places in the study's order."""
        return {name: place for place, name in enumerate(self.columns_in_words)}

    @cached_property
    def columns_in_words(self) -> dict[str, str]:
        """What each column that values are read from is called for readers, by its name."""
        return {
            each.name: f"{each.at_all_visits} at {self.visits[each.visit].label}"
            if each.visit in self.visits
            else each.name
            for each in self.headings.values()
        }

    @cached_property
    def every_contrast(self) -> tuple[Contrast, ...]:
        """The contrasts of the study, in order."""
        return tuple(contrasts_among(self.visits, self.contrasts))

    @cached_property
    def contrast_named(self) -> dict[str, Contrast]:
        """The same by their names."""
        return {each.name: each for each in self.every_contrast}

    def contrasts_of(self, visits: Container[str]) -> tuple[Contrast, ...]:
        """The contrasts between these visits, in order."""
        return tuple(
            each for each in self.every_contrast if all(visit in visits for visit in each.visits)
        )

    @property
    def family(self) -> list[TestKey]:
        """The tests that are adjusted together."""
        return self._keys(self.analysis.family)

    @property
    def primary(self) -> list[TestKey]:
        """The tests that the study declares as primary."""
        return self._keys(self.analysis.primary)

    def _keys(self, tests: Iterable[NamedTest]) -> list[TestKey]:
        return [
            (each.cohort, each.outcome, each.contrast or self.every_contrast[0].name)
            for each in tests
        ]

    def visits_of(self, outcome: str) -> list[str]:
        """The visits at which an outcome has a value, in order."""
        return in_order(self.visits, self.outcomes[outcome].visits)

    def seen_at(self, measured: Container[str]) -> list[str]:
        """The visits of a measurement, in order, without those that follow from others."""
        return [visit for visit in seen(self.visits) if visit in measured]

    def visits_over(self, measured: Container[str]) -> list[str]:
        """The visits of a measurement that are looked at all at once: three or more, or none."""
        visits = self.seen_at(measured)
        return visits if len(visits) > 2 else []

    @cached_property
    def measured(self) -> dict[str, tuple[str, str]]:
        """The outcome and the visit of each value of an outcome, by its name."""
        return {
            measurement(outcome, visit): (outcome, visit)
            for outcome in self.outcomes
            for visit in self.visits_of(outcome)
        }

    @cached_property
    def computed(self) -> dict[str, Derived]:
        """The values of outcomes that follow from others, by their names, in order."""
        return {
            name: self.outcomes[outcome].computed_at(visit)
            for name, (outcome, visit) in self.measured.items()
            if visit in self.outcomes[outcome].at
        }

    @cached_property
    def changes(self) -> dict[str, tuple[str, Contrast]]:
        """The outcome and the contrast of each change, by its name in the claims of a paper."""
        found = {}
        for outcome, described in self.outcomes.items():
            for contrast in self.contrasts_of(described.visits):
                if contrast == self.every_contrast[0]:
                    found[measurement(outcome, FIRST)] = (outcome, contrast)
                found[measurement(outcome, contrast.name)] = (outcome, contrast)
        return found

    @property
    def private_variables(self) -> list[str]:
        """The variables of which no patient's value may be shown."""
        return [name for name, each in self.variables.items() if each.private]

    @property
    def private_columns(self) -> frozenset[str]:
        """Headers of the columns whose texts are kept out of what is passed on.

        In a long table also the names of these columns once there is a row for each patient.
        """
        names = self.private_variables
        headings = self.headings if names else {}
        private = [headings[v] for n in names for v in columns_of_variable(n, self.variables[n])]
        return frozenset(text for each in private for text in (each.header, each.name))

    @cached_property
    def forms_of_dates(self) -> dict[str, DayForms]:
        """How the dates of variables are written, by the headers of their columns."""
        dates = (each for each in self.variables.values() if isinstance(each, DateVariable))
        return {each.column: each.forms for each in dates}

    @property
    def kinds_in_table(self) -> dict[str, Kind]:
        """The kind of every value that stands in the table by its name, in the study's order."""
        kinds: dict[str, Kind] = {name: each.type for name, each in self.variables.items()}
        computed = self.computed
        return kinds | {name: "number" for name in self.measured if name not in computed}

    @cached_property
    def kinds(self) -> dict[str, Kind]:
        """The kind of every value of a patient by its name, derived ones last."""
        kinds = self.kinds_in_table | dict.fromkeys(self.computed, "number")
        for name, derived in self.derived.items():
            kinds[name] = "boolean" if derived.parsed.kind(kinds) == "boolean" else "number"
        return kinds | (self.harms.kinds if self.harms else {})

    @property
    def harm_terms(self) -> dict[str, str]:
        """The adverse events that the study names, each with its label."""
        return self.harms.named(map(self.levels, self.harms.sets)) if self.harms else {}

    @property
    def table_of_harms(self) -> HarmTable:
        """The table of adverse events of a study that has one."""
        if self.harms is None or self.harms.table is None:
            raise ValueError("the study has no table of adverse events")
        return self.harms.table

    @property
    def form_of_harms(self) -> TableFile:
        """How the table of adverse events is read, which can be that of the patients as well."""
        return self.source if self.is_one_table else self.table_of_harms

    @property
    def every_table(self) -> list[TableFile]:
        """All tables that the study reads, that of the patients first."""
        of_harms = [self.harms.table] if self.harms and self.harms.table else []
        return [*self.source.tables.values(), *of_harms]

    def beside(self, table: TableFile) -> list[str]:
        """The sheets that other tables of the study are, in the workbook of this one."""
        others = (each for each in self.every_table if each is not table)
        return [each.sheet or "" for each in others if each.table == table.table]

    @property
    def is_one_table(self) -> bool:
        """Whether adverse events stand in rows of the table of the patients."""
        table = self.harms.table if self.harms else None
        own = (self.source.table, self.source.sheet)
        return table is not None and (table.table, table.sheet) == own

    @property
    def tables(self) -> tuple[str, ...]:
        """The names of the files with tables that the study reads, or with labels of codes."""
        every = [each.table for each in self.every_table] if self.source.has_table else []
        labels = [self.source.dictionary, *(each.catalogue for each in self.every_table)]
        return tuple(dict.fromkeys(filter(None, [*every, *labels])))

    @cached_property
    def reported(self) -> tuple[str, ...]:
        """The variables of the table of baseline characteristics, in order."""
        every = [name for name, kind in self.kinds.items() if kind not in ("text", "date")]
        hidden = [*self.measured, *self.private_variables, *KINDS]
        return self.analysis.baseline_table or tuple(n for n in every if n not in hidden)

    def variable(self, name: str) -> AnyVariable | Derived:
        """The variable or derived variable of that name."""
        return self.variables.get(name) or self.derived[name]

    def comparison(self, name: str) -> Comparison:
        """A comparison that the study declares, or that of the cohorts that a name joins by AND."""
        if name in self.comparisons:
            return self.comparisons[name]
        cohorts = tuple(name.split(AND))
        label = AND.join(self.cohorts[cohort].label for cohort in cohorts)
        return Comparison(label=label, cohorts=cohorts)

    def group(self, name: str) -> str:
        """The label of a cohort, or of a comparison of cohorts."""
        return self.cohorts[name].label if name in self.cohorts else self.comparison(name).label

    def unit(self, name: str) -> str | None:
        """The unit of a variable or derived variable, if it has one."""
        return getattr(self.variable(name), "unit", None)

    def levels_of(self, grade: Grade) -> dict[str, str]:
        """The levels of a grade, in order, with their labels."""
        return self.levels(next(iter(grade.at.values())))

    def levels(self, name: str) -> dict[str, str]:
        """The levels of a category or set variable, with their labels."""
        variable = self.variables[name]
        if isinstance(variable, LevelledVariable):
            return variable.told_apart
        raise TypeError(f"{name} is a {variable.type}, and has no levels")

    def first_of_two_levels(self, name: str) -> str:
        """The label of the first level of a category with two, or nothing of anything else."""
        levels = self.levels(name) if self.kinds[name] == "category" else {}
        return next(iter(levels.values())) if len(levels) == 2 else ""
