"""What the parts of a study must agree on: names that others declare, kinds of values, units.

Each function gives the mistakes of one sort, each at its place. What a single key may hold is in
`model` and `fields`.
"""

from collections.abc import Generator, Iterator, Mapping

from casebook.base.errors import listed, nearest
from casebook.base.modelfile import Place, Problem, all_of, one_of
from casebook.data.cells import folded
from casebook.data.patients import VISITS, Kind, change, measurement
from casebook.study.expressions import Expression, parse
from casebook.study.kinds import ExpressionError
from casebook.study.model import Study
from casebook.study.variables import LevelledVariable


def references(study: Study) -> Iterator[Problem]:
    """Mistakes that show only when the parts of a study are held against each other."""
    yield from _twice(study)
    yield from _contradictions(study)
    yield from _private_but_shown(study)
    for name, outcome in study.outcomes.items():
        if outcome.baseline == outcome.followup:
            problem = (
                f"the column {outcome.followup!r} is already the baseline; each visit needs a"
                " column of its own: in a copy of the table, split a column whose cells hold both"
                " values, and reshape a table with a row for each visit into one for each patient"
            )
            yield Problem(("outcomes", name, "followup"), problem)
    kinds = study.kinds_in_table
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
    for place, source in _condition_sources(study).items():
        kind = yield from _expression(study, place, source, kinds)
        if kind not in ("boolean", None):
            yield Problem(place, f"must be a condition, such as age >= 65, but gives a {kind}")
    measured = study.measurements
    numbers = [n for n, kind in kinds.items() if kind == "number" and n not in measured]
    yield from _treatment(study, numbers)
    yield from _doses(study, numbers)
    for position, member in enumerate(study.analysis.family):
        place = ("analysis", "family", position)
        yield from one_of((*place, "cohort"), member.cohort, list(study.cohorts), "a cohort")
        yield from one_of((*place, "outcome"), member.outcome, list(study.outcomes), "an outcome")
        if member in study.analysis.family[:position]:
            yield Problem(place, f"{member.outcome} of {member.cohort} is listed twice")
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
            yield Problem(place, f"{dose.followup!r} is already the baseline")
        elif not unknown and study.unit(dose.baseline) != study.unit(dose.followup):
            units = [study.unit(each) or "no unit" for each in (dose.baseline, dose.followup)]
            yield Problem(place, f"is in {units[1]}, and the baseline in {units[0]}")


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
    patient = study.source.patient
    columns: dict[Place, str] = {("source", "patient"): patient} if patient else {}
    columns |= {("variables", name, "column"): v.column for name, v in study.variables.items()}
    for name, outcome in study.outcomes.items():
        columns |= {("outcomes", name, visit): getattr(outcome, visit) for visit in VISITS}
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
        ("doses", name, visit): getattr(dose, visit)
        for name, dose in study.doses.items()
        for visit in VISITS
    }
    if study.treatment:
        names["treatment", "duration"] = study.treatment.duration
    for place, name in names.items():
        if name in study.private_variables:
            hint = "name a derived value, or take 'private' away"
            yield Problem(place, f"{name!r} is private, and this would show it; {hint}")


def _twice(study: Study) -> Iterator[Problem]:
    """Names that two values of a patient would share."""
    seen = set(study.variables)
    for outcome in study.outcomes:
        for name in (*(measurement(outcome, visit) for visit in VISITS), change(outcome)):
            if name in seen:
                yield Problem(
                    ("variables", name), f"the outcome {outcome!r} already has the value {name!r}"
                )
            seen.add(name)
    for part in ("outcomes", "derived", "conditions"):
        for name in getattr(study, part):
            if name in seen:
                yield Problem((part, name), f"there is already a value {name!r}")
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
    hint = "; a column of the table must first be given a name under variables"
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
