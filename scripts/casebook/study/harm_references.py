"""What a study's harms must agree on with its other parts: names, kinds, tables, labels."""

from collections.abc import Iterator, Mapping
from contextlib import suppress

from casebook.base.modelfile import Place, Problem, all_of, one_of
from casebook.base.texts import quoted
from casebook.data.harms import KINDS
from casebook.study.expressions import Expression
from casebook.study.harms import HarmTable, HarmTerm
from casebook.study.kinds import ExpressionError
from casebook.study.model import Study
from casebook.study.treatment import Treatment

Wanted = Mapping[Place, tuple[str, str]]
"""An expression at a place of study.yaml, and the kind of what it must give."""


def harm_problems(study: Study) -> Iterator[Problem]:
    """What of the harms does not fit the rest of the study, expressions left aside."""
    if study.treatment:
        yield from _days_of_treatment(study, study.treatment)
    if study.harms is None:
        return
    sets = [name for name, each in study.variables.items() if each.type == "set"]
    unknown = list(all_of(("harms", "sets"), study.harms.sets, sets, "a set variable"))
    yield from unknown
    for position, name in enumerate(study.harms.sets):
        if name in study.private_variables:
            told = f"{name!r} is private, and this would show it"
            yield Problem(("harms", "sets", position), told)
    for name, term in study.harms.terms.items():
        yield from _private_grade(study, name, term)
    for name in study.harms.kinds:
        if name in (*study.kinds_in_table, *study.derived, *study.conditions):
            told = f"the value {name!r} follows from them: give yours another name"
            yield Problem(("harms",), told)
    if not unknown:
        yield from _two_labels(study)
    if study.harms.table:
        yield from _table(study, study.harms.table)


def _days_of_treatment(study: Study, treatment: Treatment) -> Iterator[Problem]:
    """What is wrong with the days on which the treatment began and ended."""
    yield from all_of(("treatment", "end"), treatment.end, study.dates, "a date variable")
    if not treatment.start:
        return
    place = ("treatment", "start")
    yield from one_of(place, treatment.start, study.dates, "a date variable")
    for position, name in enumerate(treatment.end):
        if name == treatment.start:
            told = f"{name!r} is the start; name the date variable with the day of the end"
            yield Problem(("treatment", "end", position), told)
    if treatment.start in study.private_variables:
        told = f"{treatment.start!r} is private, and follows from the days of the harms"
        hint = "leave it out here, or take 'private' away"
        if treatment.end:
            hint = (
                "name a derived value with the time between the dates as duration, in place of"
                " start and end, or take 'private' away"
            )
        yield Problem(place, f"{told} and their times; {hint}")


def harm_expressions(study: Study) -> Wanted:
    """The expressions of the harms, by their places, each with what it must give."""
    found: dict[Place, tuple[str, str]] = {}
    terms: Mapping[str, HarmTerm] = study.harms.terms if study.harms else {}
    for name, term in terms.items():
        for key in ("condition", "serious", "related", "grade"):
            if source := getattr(term, key):
                kind = "number" if key == "grade" else "boolean"
                found["harms", "terms", name, key] = source, kind
    return found


def unknown_terms(study: Study, expression: Expression) -> Iterator[str]:
    """What is wrong with the adverse events that an expression names."""
    if study.harms is None:
        return
    for name, constant in expression.comparisons():
        if KINDS.get(name) != "set" or not isinstance(constant, str):
            continue
        if constant in study.harm_terms:
            continue
        if study.harms.is_open:
            yield (
                f"whether {constant!r} is an adverse event of the table is not known: name its"
                " terms, under levels in harms.table, so that none can be misspelt"
            )
        else:
            known = ", ".join(study.harm_terms)
            yield f"{constant!r} is not an adverse event of {name}; known: {known}"


def _private_grade(study: Study, name: str, term: HarmTerm) -> Iterator[Problem]:
    """The private values that the grade of a term would show."""
    names: frozenset[str] = frozenset()
    # An expression that is not well-formed is told by whoever checks expressions.
    with suppress(ExpressionError):
        names = term.graded.names if term.graded else names
    for value in sorted(names.intersection(study.private_variables)):
        told = f"{value!r} is private, and this would show it"
        hint = "name a derived value, or take 'private' away"
        yield Problem(("harms", "terms", name, "grade"), f"{told}; {hint}")


def _two_labels(study: Study) -> Iterator[Problem]:
    """Terms of one name that readers would be told by different labels."""
    harms = study.harms
    if harms is None:
        return
    places: dict[Place, Mapping[str, str]] = {
        ("harms", "sets", i): study.levels(name) for i, name in enumerate(harms.sets)
    }
    places["harms", "terms"] = {name: term.label for name, term in harms.terms.items()}
    if harms.table and harms.table.category:
        places["harms", "table", "levels"] = harms.table.category.told_apart
    first: dict[str, str] = {}
    for place, terms in places.items():
        for name, label in terms.items():
            if first.setdefault(name, label) != label:
                told = f"{name!r} is {label!r} here, and {first[name]!r} elsewhere"
                yield Problem(place, f"{told}: one adverse event has one label")


def _table(study: Study, table: HarmTable) -> Iterator[Problem]:
    chosen = table.rows_without or (table.rows_with and study.source.rows_with)
    if study.is_one_table and not chosen:
        empty = f'rows_without: {{ {quoted(table.columns.term)}: "" }}'
        told = (
            "this is the table of patients: name another file, or another sheet of the workbook;"
            f" or, if an event stands in the row of a visit, write {empty} here; or, if events have"
            " rows of their own, say under rows_with, here and in source, which they are"
        )
        yield Problem(("harms", "table", "table"), told)
    elif study.is_one_table:
        for key in ("encoding", "catalogue", "header", "names"):
            if getattr(table, key) and getattr(table, key) != getattr(study.source, key):
                told = f"this is the table of patients: say it in source.{key} alone, for both"
                yield Problem(("harms", "table", key), told)
    if table.times == "since start" and study.treatment is None:
        told = "times that count from the beginning of the treatment need a treatment"
        yield Problem(("harms", "table", "times"), told)
    headers = [*table.header_of.values()]
    for name, header in table.header_of.items():
        if headers.count(header) > 1:
            told = f"the column {header!r} cannot be two things"
            yield Problem(("harms", "table", "columns", name), told)
    for row in table.keep.keys() & table.leave_out.keys():
        yield Problem(("harms", "table", "keep", row), f"row {row} is already left out")
