"""What the parts of a study must agree on: names that others declare, kinds of values, units.

Each function gives the mistakes of one sort, each at its place. What a single key may hold is in
`model` and `fields`.
"""

from collections.abc import Generator, Iterator, Mapping

from casebook.base.errors import listed, nearest
from casebook.base.modelfile import Place, Problem, all_of, one_of
from casebook.data.cells import folded
from casebook.data.patients import Kind, measurement
from casebook.study.comparisons import mistakes
from casebook.study.day_references import day_problems
from casebook.study.expressions import Expression, parse, shown
from casebook.study.harm_references import (
    Wanted,
    harm_expressions,
    harm_problems,
    unknown_terms,
)
from casebook.study.kinds import ExpressionError
from casebook.study.long_references import long_problems
from casebook.study.model import Study
from casebook.study.named_conditions import conditions_at_visits
from casebook.study.summary_references import summary_problems
from casebook.study.treatment import TIME_ON_TREATMENT
from casebook.study.variables import LevelledVariable, SetVariable
from casebook.study.visit_references import named_test_problems, visit_problems
from casebook.study.visits import seen

_TIME_IS_NAMED = (
    "this is the name of the time from treatment.start to treatment.end: give yours another one, or"
    " name it as treatment.duration in place of end"
)
_SAID = {"boolean": "condition, such as age >= 65"}


def references(study: Study) -> Iterator[Problem]:
    """Mistakes that show only when the parts of a study are held against each other."""
    yield from _twice(study)
    yield from _labelled_alike(study)
    yield from _numbers_of_one_column(study)
    yield from _contradictions(study)
    yield from _private_but_shown(study)
    yield from visit_problems(study)
    yield from summary_problems(study)
    yield from long_problems(study)
    kinds = yield from _kinds(study)
    yield from day_problems(study)
    yield from harm_problems(study)
    yield from _of_kind(study, harm_expressions(study), kinds)
    conditions = {place: (source, "boolean") for place, source in _condition_sources(study).items()}
    yield from _of_kind(study, conditions, kinds | (study.harms.kinds if study.harms else {}))
    numbers = [n for n, kind in kinds.items() if kind == "number" and n not in study.measured]
    yield from _treatment(study, numbers)
    yield from _doses(study, numbers)
    yield from _grades(study)
    yield from mistakes(study.comparisons, study.cohorts)
    yield from named_test_problems(study)
    yield from _therapies_and_baseline(study)


def _kinds(study: Study) -> Generator[Problem, None, dict[str, Kind]]:
    """Mistakes in expressions that give values; returns the kind of every value by its name."""
    kinds = study.kinds_in_table
    yield from _computed(study, kinds)
    for name, derived in study.derived.items():
        at: Place = ("derived", name, "expression")
        kind = yield from _expression(study, at, derived.expression, kinds)
        if kind not in ("number", "boolean", None):
            yield Problem(at, f"must give a number or a condition, but gives a {kind}")
        for key in ("unit", "range"):
            if kind == "boolean" and getattr(derived, key) is not None:
                problem = f"{name!r} is a condition, and only a number can have a {key}"
                yield Problem(("derived", name, key), problem)
        kinds[name] = "boolean" if kind == "boolean" else "number"
    return kinds


def _of_kind(study: Study, wanted: Wanted, kinds: Mapping[str, Kind]) -> Iterator[Problem]:
    """Expressions with mistakes, and those that give something else than is wanted."""
    for place, (source, kind_wanted) in wanted.items():
        kind = yield from _expression(study, place, source, kinds)
        if kind not in (kind_wanted, None):
            said = _SAID.get(kind_wanted, kind_wanted)
            yield Problem(place, f"must be a {said}, but gives a {kind}")


def _therapies_and_baseline(study: Study) -> Iterator[Problem]:
    """Therapies that are no sets, and values that no table can show."""
    sets = [name for name, each in study.variables.items() if each.type == "set"]
    yield from all_of(("therapies",), study.therapies, sets, "a set variable")
    tabled = [n for n, each in study.variables.items() if each.type not in ("text", "date")]
    yield from all_of(
        ("analysis", "baseline_table"),
        study.analysis.baseline_table,
        [*tabled, *study.derived],
        "a number, category, set or derived variable",
    )


def _computed(study: Study, kinds: dict[str, Kind]) -> Iterator[Problem]:
    """Mistakes in the expressions of outcomes; the values that they give are added to `kinds`."""
    for name, each in study.computed.items():
        outcome, visit = study.measured[name]
        if study.visits[visit].rule:
            kinds[name] = "number"
            continue
        at: Place = ("outcomes", outcome, "at", visit)
        kind = yield from _expression(study, at, each.expression, kinds)
        if kind not in ("number", None):
            yield Problem(at, f"must give a number, but gives a {kind}")
        if kind is not None:
            for private in sorted(each.parsed.names.intersection(study.private_variables)):
                hint = "take 'private' away, or the outcome"
                yield Problem(at, f"{private!r} is private, and this would show it; {hint}")
        kinds[name] = "number"


def _treatment(study: Study, numbers: list[str]) -> Iterator[Problem]:
    if study.treatment and not study.treatment.end:
        place = ("treatment", "duration")
        yield from one_of(place, study.treatment.duration, numbers, "a number")
    elif study.treatment:
        time = study.treatment.time_between(study.dates)
        if time and not time.items() <= study.derived.items():
            yield Problem(("derived", TIME_ON_TREATMENT), _TIME_IS_NAMED)


def _doses(study: Study, numbers: list[str]) -> Iterator[Problem]:
    for name, dose in study.doses.items():
        units: dict[str, str] = {}
        for visit, value in dose.at.items():
            place = ("doses", name, "at", visit)
            earlier = [each for each in units if dose.at[each] == value]
            if unknown := list(one_of(place, value, numbers, "a number")):
                yield from unknown
                continue
            units[visit] = study.unit(value) or "no unit"
            first = next(iter(units))
            if earlier:
                yield Problem(place, f"{value!r} is already the dose at {earlier[0]}")
            elif units[visit] != units[first]:
                yield Problem(place, f"is in {units[visit]}, and at {first} in {units[first]}")


def _grades(study: Study) -> Iterator[Problem]:
    """Grades that are no categories, or whose levels are not the same at each visit."""
    categories = [name for name, each in study.variables.items() if each.type == "category"]
    for name, grade in study.grades.items():
        known: dict[str, str] = {}
        for visit, value in _written(study, grade.at).items():
            place = ("grades", name, "at", visit)
            if unknown := list(one_of(place, value, categories, "a category variable")):
                yield from unknown
                continue
            if earlier := [each for each in known if grade.at[each] == value]:
                yield Problem(place, f"{value!r} is already the grade at {earlier[0]}")
            known[visit] = value
            first = next(iter(known))
            levels, others = ([*study.levels(grade.at[each]).items()] for each in (visit, first))
            if levels != others:
                problem = (
                    f"the levels of {value!r} are not those of {known[first]!r}, in their order"
                )
                yield Problem(place, problem)


def _written(study: Study, at: Mapping[str, str]) -> dict[str, str]:
    """What is said at visits, without what follows from others."""
    following = study.visits.keys() - seen(study.visits)
    return {visit: value for visit, value in at.items() if visit not in following}


def _contradictions(study: Study) -> Iterator[Problem]:
    """What would have to mean two things."""
    for row in study.source.keep.keys() & study.source.leave_out.keys():
        yield Problem(("source", "keep", row), f"row {row} is already left out")
    numerals = study.source.numerals
    if numerals.thousands == numerals.decimal:
        other = {".": ",", ",": "."}[numerals.decimal]
        problem = f"{numerals.decimal!r} is the decimal sign, unless source.decimal is {other!r}"
        yield Problem(("source", "thousands"), problem)
    for name, variable in study.variables.items():
        missing = {folded(text) for text in (*study.source.missing, *variable.missing)}
        levels = {folded(level) for level in getattr(variable, "levels", ())}
        for key in ("levels", "none"):
            for text in getattr(variable, key, ()):
                if folded(text) in missing:
                    problem = f"{text!r} already means 'not available', under missing"
                    yield Problem(("variables", name, key), problem)
                elif key == "none" and folded(text) in levels:
                    problem = f"{text!r} is already a member, under levels"
                    yield Problem(("variables", name, key), problem)


def places_of_columns(study: Study) -> dict[Place, str]:
    """The column that is named at each place of study.yaml that names one."""
    columns: dict[Place, str] = {}
    for table, form in study.source.tables.items():
        at: Place = ("source", "joined", table) if table else ("source",)
        columns |= {(*at, "fill_down", i): text for i, text in enumerate(form.fill_down)}
        columns |= {(*at, key): text for key, text in form.keys.items()}
        columns |= {(*at, "rows_with", text): text for text in form.rows_with}
    for name, variable in study.variables.items():
        if variable.column:
            columns["variables", name, "column"] = variable.column
        if isinstance(variable, SetVariable):
            columns |= {
                ("variables", name, "columns", level): header
                for level, header in variable.columns.items()
            }
            if variable.asked:
                columns["variables", name, "asked"] = variable.asked
            for i, header in enumerate(variable.unknown):
                columns["variables", name, "unknown", i] = header
    for name, outcome in study.outcomes.items():
        for visit, at_visit in outcome.columns.items():
            columns["outcomes", name, "columns", visit] = at_visit.column
    return columns


def _private_but_shown(study: Study) -> Iterator[Problem]:
    """Places that would show each patient's text of a private column, or what was counted of it."""
    for place, column in places_of_columns(study).items():
        if place[0] != "variables" and column in study.private_columns:
            yield Problem(place, f"the column {column!r} is private, and this would show it")
    names: dict[Place, str] = {("therapies", i): name for i, name in enumerate(study.therapies)}
    names |= {
        ("analysis", "baseline_table", i): name
        for i, name in enumerate(study.analysis.baseline_table)
    }
    names |= {
        (part, name, "at", visit): value
        for part, each in (("grades", study.grades), ("doses", study.doses))
        for name, followed in each.items()
        for visit, value in followed.at.items()
    }
    if study.treatment:
        names["treatment", "duration"] = study.treatment.duration
    for place, name in names.items():
        if name in study.private_variables:
            hint = "name a derived value, or take 'private' away"
            yield Problem(place, f"{name!r} is private, and this would show it; {hint}")


def _twice(study: Study) -> Iterator[Problem]:
    """Names that two values of a patient would share."""
    seen: dict[str, Place] = {name: ("variables", name) for name in study.variables}
    for name, (outcome, _) in (study.measured | study.changes).items():
        if name in seen:
            yield Problem(
                ("variables", name), f"the outcome {outcome!r} already has the value {name!r}"
            )
        seen[name] = ("outcomes", outcome)
    of_treatment = study.treatment.time_between(study.dates) if study.treatment else {}
    for part in ("outcomes", "derived", "conditions", "grades"):
        for name in getattr(study, part):
            if name in seen and part == "derived" and name in of_treatment:
                yield Problem(seen[name], _TIME_IS_NAMED)
            elif name in seen:
                yield Problem((part, name), f"there is already a value {name!r}")
            seen[name] = (part, name)


def _labelled_alike(study: Study) -> Iterator[Problem]:
    """Parts of one sort with one label, which a reader of the report could not tell apart."""
    for part in ("visits", "contrasts", "outcomes", "conditions", "grades", "cohorts"):
        seen: dict[str, str] = {}
        for name, each in getattr(study, part).items():
            other = seen.setdefault(folded(each.label), name) if each.label else name
            if other != name:
                problem = f"{each.label!r} is the label of {other!r} too, and readers see labels"
                yield Problem((part, name, "label"), f"{problem}; say how they differ")


def _numbers_of_one_column(study: Study) -> Iterator[Problem]:
    """Numbers that are read from the same cells in the same way, so that one has a slip."""
    seen: dict[object, str] = {}
    for name, each in study.variables.items():
        if each.type == "number":
            other = seen.setdefault((each.column, each.pattern, each.visit, each.measure), name)
            if other != name:
                problem = f"the number {other!r} is read from the column {each.column!r} as well"
                hint = "name the column of each, or give each a pattern for its part of the cell"
                yield Problem(("variables", name, "column"), f"{problem}; {hint}")


def _condition_sources(study: Study) -> dict[Place, str]:
    """Everything in a study that must be a condition, by its place."""
    sources: dict[Place, str] = {
        ("conditions", name, "at", visit): expression
        for name, condition in study.conditions.items()
        for visit, expression in _written(study, condition.at).items()
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
    problems += [*_unknown_levels(study, expression), *unknown_terms(study, expression)]
    return (None if problems else kind), problems


def _unknown(study: Study, name: str, known: list[str]) -> str:
    """What is wrong with a name that is none, which may be a text without quotation marks."""
    if any(name in getattr(variable, "levels", ()) for variable in study.variables.values()):
        return f'{name!r} is not known; write "{name}", in quotation marks, for the level'
    if name in study.outcomes:
        values = {**study.measured, **study.changes}
        meant = [each for each, (outcome, _) in values.items() if outcome == name and each in known]
        return f"{name!r} is an outcome; write which of its values is meant: {', '.join(meant)}"
    if told := _at_visits(study, name, known):
        return told
    columns = {each.column: variable for variable, each in study.variables.items()}
    for outcome, described in study.outcomes.items():
        for visit, each in described.columns.items():
            columns[each.column] = measurement(outcome, visit)
    if name in study.changes:
        outcome, contrast = study.changes[name]
        against, at_visit = (measurement(outcome, visit) for visit in contrast.visits)
        return f"{name!r} is not known; write {at_visit} - {against}"
    if columns.get(name) in known:
        return f"{name!r} is the header of a column; write {columns[name]}"
    hint = "; a column of the table must first be given a name under variables"
    return f"{name!r} is not known; known: {listed(known, name)}{hint * (not nearest(name, known))}"


def _at_visits(study: Study, name: str, known: list[str]) -> str:
    """What to write in place of the name of a condition or grade, or of one at a visit."""
    usable = conditions_at_visits(study).keys() & known
    for what, followed in (("condition", study.conditions), ("grade", study.grades)):
        for of, each in followed.items():
            named = {measurement(of, visit): shown(source) for visit, source in each.at.items()}
            if name in named:
                return f"{name!r} is not known; write {named[name]}"
            if name == of:
                meant = [repr(n if n in usable else source) for n, source in named.items()]
                return f"{name!r} is a {what}; write which visit is meant: {' or '.join(meant)}"
    return ""


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
