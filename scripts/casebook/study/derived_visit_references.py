"""What must be right about visits that follow from others, such as the last of several.

It is a part of `visit_references`, which has all that is not about these.
"""

from collections.abc import Container, Iterable, Iterator, Mapping

from casebook.base.modelfile import Place, Problem, one_of
from casebook.study.derived_visits import Followed, also_there
from casebook.study.expressions import LONGEST
from casebook.study.model import Study
from casebook.study.visits import DeclaredContrast, Visit

_NEEDED = {
    "first_of": "nothing has a value at two or more of its visits",
    "last_of": "nothing has a value at two or more of its visits",
    "best_of": "no outcome and no grade has a value at two or more of its visits",
    "mean_of": "no outcome has a value at every one of its visits",
}


def derived_visit_problems(study: Study) -> Iterator[Problem]:
    """Visits that follow from none, from themselves or for nothing; values that are given twice."""
    derived = [name for name, visit in study.visits.items() if visit.rule]
    if not derived:
        return
    problems = [each for name in derived for each in _order_problems(study.visits, name)]
    yield from problems or _without_values(study, derived)
    yield from _expression_problems(study)
    for name, contrast in study.contrasts.items():
        yield from _best_against_one_of_its_own(study, name, contrast)


def _order_problems(visits: Mapping[str, Visit], name: str) -> Iterator[Problem]:
    """Visits that a visit cannot follow from: unknown, listed twice, itself, or below it."""
    visit, above = visits[name], [*visits][: [*visits].index(name)]
    place: Place = ("visits", name, str(visit.rule))
    for position, other in enumerate(visit.others):
        at = (*place, position)
        if other in visit.others[:position]:
            yield Problem(at, f"{other!r} is listed twice")
        elif other == name or other not in visits:
            yield from one_of(at, other, above, f"a visit above {name!r}")
        elif other not in above and name in _behind(visits, other):
            yield Problem(
                at, f"{name!r} and {other!r} follow from each other; take one of them out"
            )
        elif other not in above:
            problem = f"{other!r} stands below; write {name} below it, as it follows from it"
            yield Problem(at, problem)


def _behind(visits: Mapping[str, Visit], name: str) -> set[str]:
    """All visits that a visit follows from, over however many steps."""
    found, left = set[str](), [name]
    while left:
        new = {*visits[left.pop()].others} & visits.keys() - found
        found |= new
        left += new
    return found


def _without_values(study: Study, derived: Iterable[str]) -> Iterator[Problem]:
    """Visits at which no outcome, condition or grade has a value."""
    there: list[Container[str]] = [each.visits for each in study.outcomes.values()]
    there += [each.at for each in study.conditions.values()]
    there += [each.at for each in study.grades.values()]
    for name in derived:
        if not any(name in visits for visits in there):
            rule = str(study.visits[name].rule)
            problem = f"{_NEEDED[rule]}; add these, or take the visit away"
            yield Problem(("visits", name, rule), problem)


def _best_against_one_of_its_own(
    study: Study, name: str, contrast: DeclaredContrast
) -> Iterator[Problem]:
    """A visit compared with the best of several of which it is one."""
    both = contrast.visit, contrast.against
    for best, other in (both, both[::-1]):
        visit = study.visits.get(best)
        if visit and visit.rule == "best_of" and other in _behind(study.visits, best):
            problem = (
                f"{best!r} is the best of several visits, {other!r} among them, and so never worse"
                f" than that; take {other} out of best_of, or compare other visits"
            )
            yield Problem(("contrasts", name), problem)


def _expression_problems(study: Study) -> Iterator[Problem]:
    """What is said of a visit although it follows from others, and what is too long to be said."""
    following = also_there(
        study.visits,
        {name: _as_seen(study, each) for name, each in study.outcomes.items()},
        {name: _as_seen(study, each) for name, each in study.conditions.items()},
        {name: _as_seen(study, each) for name, each in study.grades.items()},
        study.variables,
    )
    for part, there in following.items():
        for name, each in there.items():
            for visit, expression in getattr(study, part)[name].at.items():
                if expression != each.at.get(visit):
                    yield from _given_there(study, (part, name, "at", visit))
                elif visit not in study.seen_at(each.at) and len(expression) > LONGEST:
                    problem = (
                        f"what {name!r} is there would be longer than {LONGEST} characters; give"
                        " parts of its expressions names under derived"
                    )
                    yield Problem(("visits", visit), problem)
    for name, outcome in study.outcomes.items():
        for visit in outcome.columns:
            yield from _given_there(study, ("outcomes", name, "columns", visit))
    for name, dose in study.doses.items():
        for visit in dose.at:
            yield from _given_there(study, ("doses", name, "at", visit))


def _given_there(study: Study, place: Place) -> Iterator[Problem]:
    """That a value is given at a visit, the last key of its place, at which it follows."""
    visit = study.visits.get(str(place[-1]))
    if visit and visit.rule:
        problem = (
            f"{place[-1]!r} follows from other visits, by {visit.rule}, and nothing is measured"
            " there; take this away, or give it a visit of its own"
        )
        yield Problem(place, problem)


def _as_seen(study: Study, followed: Followed) -> Followed:
    """The same without expressions at visits that follow from others."""
    at = {visit: followed.at[visit] for visit in study.seen_at(followed.at)}
    return followed.model_copy(update={"at": at})
