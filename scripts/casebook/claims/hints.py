"""The form to write in place of a reading that is refused, by what was probably meant."""

import re
from collections.abc import Mapping

from casebook.base.errors import listed
from casebook.claims.compared import COMPARED_TESTS, compared_names
from casebook.claims.effects import COHENS_D, HEDGES_G, OF_TWO_COHORTS, OTHER_NAMES, R, by_one_name
from casebook.claims.over_visits import OVER_VISITS
from casebook.claims.readings import PATIENT, SHARES, UNIVERSAL, ReadingError
from casebook.claims.tested import EFFECT
from casebook.data.harms import HARMS
from casebook.data.results import CHANGE, ESTIMATE, HARM, SHIFT
from casebook.data.vocabulary import Family
from casebook.study.model import Study
from casebook.study.visits import Contrast

_LONG = 60
"""What is longer is not written out again."""


def _plain(name: str) -> str:
    """A name without case, spaces and signs, as names are compared here."""
    return re.sub(r"\W|_", "", name).casefold()


_EFFECTS: Mapping[str, str] = {
    **{_plain(name): by_one_name(name) for name in (*OF_TWO_COHORTS, *OTHER_NAMES) if name != R},
    **dict.fromkeys(("cohend", "smd"), COHENS_D),
    "hedgeg": HEDGES_G,
}
"""The effect sizes that a name can mean, but for r, which is rather a correlation."""
_TESTS: Mapping[str, tuple[Family, Family]] = {
    **dict.fromkeys(("ttest", "t", "pairedttest"), (Family.PAIRED_T, Family.WELCH_T)),
    **dict.fromkeys(
        ("student", "studentt", "studentttest", "studentsttest"), (Family.STUDENT_T,) * 2
    ),
    **dict.fromkeys(("welch", "welcht", "welchttest", "welchsttest"), (Family.WELCH_T,) * 2),
    **dict.fromkeys(("wilcoxon", "signedrank"), (Family.SIGNED_RANK, Family.RANK_SUM)),
    **dict.fromkeys(("mannwhitney", "mannwhitneyu", "ranksum"), (Family.RANK_SUM,) * 2),
    **dict.fromkeys(("fisher", "fisherexact", "fishersexact"), (Family.FISHER,) * 2),
    **dict.fromkeys(("chisquared", "chisquare", "chi2", "chisq"), (Family.CHI_SQUARED,) * 2),
    **dict.fromkeys(("kruskalwallis", "kruskal"), (Family.KRUSKAL_WALLIS,) * 2),
}
"""The tests that a name can mean within a cohort, and between cohorts."""
_CORRELATIONS: Mapping[str, str] = {
    **dict.fromkeys(("spearman", "spearmanr", "spearmanrho", "spearmansrho", "rho"), "spearman"),
    **dict.fromkeys(("pearson", "pearsonr", "pearsonsr", "r"), "pearson"),
    **dict.fromkeys(("kendall", "kendalltau", "kendallstau", "tau"), "kendall"),
}
"""The correlations that a name can mean, as a reading names them."""
_MCNEMAR = ("mcnemar", "mcnemartest", "mcnemarstest")


def refuse_name(name: str, inner: str, place: str, study: Study, known: list[str]) -> ReadingError:
    """What is wrong with a name that is no reading's.

    Args:
        name: The name.
        inner: What stands in its brackets.
        place: What stands behind them, as in `in dm`.
        study: The study.
        known: The names of all readings.
    """
    plain, of = _plain(name), short(inner)
    spoken = name.replace("_", " ")
    somewhere = place or f"in {next(iter(study.cohorts))}"
    told = ""
    if plain in _EFFECTS:
        told = f'effect({of}, "{_EFFECTS[plain]}") {place or _between(study)}'
    elif plain in _TESTS:
        test = _TESTS[plain][place.startswith("between")]
        told = f'p_value({of}, test="{test}") {somewhere}'
    elif plain in _CORRELATIONS:
        told = f'correlation({of}, method="{_CORRELATIONS[plain]}") {somewhere}'
    elif plain in _MCNEMAR and study.conditions:
        condition = inner if inner in study.conditions else next(iter(study.conditions))
        told = _of_mcnemar(study, condition)
    elif plain == "range":
        told = f"min({of}) {somewhere} and max({of}) {somewhere}, each on a line of its own"
    elif plain in ("ci", "confint", "confidenceinterval"):
        ends = (f"{end}({of}) {_between(study)}" for end in ("conf_low", "conf_high"))
        told = f"{' and '.join(ends)}, each on a line of its own"
    elif plain in ("responders", "responder"):
        told = _of_responders(study)
    elif plain in ("size", "patients", "npatients"):
        told = f"n({PATIENT}) {f'in {inner}' if inner in study.cohorts else somewhere}"
    elif plain in ("rate", "incidence"):
        told = f'result(cohort=..., variable={of}, context="{HARM}", statistic=rate)'
    elif plain in ("anova", "onewayanova") and place.startswith("between"):
        told = f'p_value({of}, test="{Family.ANOVA}") {place}'
    elif plain in ("hazardratio", "hr", "auc", "anova", "logrank"):
        told = f"none({spoken!r}), as it is not computed"
    hint = f"; write {told}" if told else f"; known: {listed(known, name)}"
    return ReadingError(f"{name!r} is not known{hint}")


def refuse_text(source: str, study: Study) -> ReadingError:
    """What is wrong with a text that is no reading at all."""
    cohort = next(iter(study.cohorts))
    if size := re.fullmatch(r"[nN]\s+(?:in|of)\s+(\w+)", source.strip()):
        told = f"n({PATIENT}) in {size[1]}"
    elif several := re.fullmatch(r"(.+\))\s+in\s+(\w+)\s*(?:,|and)\s*\w+", source.strip()):
        told = f"{several[1]} in {several[2]}, and the other cohort on a line of its own"
    elif of := re.fullmatch(r"(\w+\(.+\))\s+(?:of|for|at|among)\s+(\w+)", source.strip()):
        told = f"{of[1]} in {of[2]}"
    elif dashed := re.fullmatch(r"([A-Za-z]+-\w+)(\(.+)", source.strip()):
        told = f"{dashed[1].replace('-', '_').casefold()}{dashed[2]}"
    else:
        example = next((f"median({name})" for name in study.measured), f"n({PATIENT})")
        told = f'one as in: {example} in {cohort}; or none("why") of what the table cannot give'
    return ReadingError(f"{source[:40]!r} is not a reading; write {told[:200]}")


def refuse_place(name: str, inner: str, study: Study, *, of_two: bool = False) -> ReadingError:
    """What is wrong with a reading that lacks a cohort, or a comparison of two.

    Args:
        name: Its name.
        inner: What stands in its brackets.
        study: The study.
        of_two: Whether it is of two cohorts.
    """
    of = short(inner)
    if not of_two:
        cohort = next(iter(study.cohorts))
        return ReadingError(f"{name}(...) needs a cohort, as in: {name}({of}) in {cohort}")
    form = f"{name}({_compared(study, inner)}) {_between(study)}"
    told = f"{name}(...) needs a comparison, as in: {form}"
    if not study.comparisons:
        told += ", and the study declares none"
    outcome, contrast = inner, ""
    if inner in study.changes:
        outcome, compared = study.changes[inner]
        contrast = f", contrast={compared.name}" * (compared != _first_contrast(study))
    if outcome in study.outcomes:
        statistic = {"difference": "estimate"}.get(name, name)
        told += (
            f"; of the change in one cohort write result(cohort={next(iter(study.cohorts))},"
            f' variable={outcome}{contrast}, context="{ESTIMATE}", method="{SHIFT}",'
            f" statistic={statistic})"
        )
    return ReadingError(told)


def check_cohort(study: Study, cohort: str, name: str, inner: str, *, may_compare: bool) -> None:
    """Make sure that a cohort is one, and tell what to write of a comparison.

    Args:
        study: The study.
        cohort: Its name as it is written.
        name: The name of the reading.
        inner: What stands in its brackets.
        may_compare: Whether the reading can be between cohorts.

    Raises:
        ReadingError: there is no such cohort.
    """
    if cohort in study.cohorts:
        return
    told = f"{cohort!r} is not a cohort; known: {listed(list(study.cohorts), cohort)}"
    if cohort in study.comparisons and may_compare:
        told += f"; write {name}({_compared(study, inner)}) between {cohort}"
    elif cohort in study.comparisons:
        one = study.comparisons[cohort].cohorts[0]
        told += f"; {cohort} is a comparison, of whose cohorts write one, as in {one}"
    raise ReadingError(told)


def check_outcome(study: Study, outcome: str, name: str) -> None:
    """Make sure that an outcome is one, and tell what to write of a change of it.

    Args:
        study: The study.
        outcome: Its name as it is written.
        name: The name of the reading.

    Raises:
        ReadingError: there is no such outcome.
    """
    if outcome in study.outcomes:
        return
    of, contrast = "", ""
    if outcome in study.changes:
        of, change = study.changes[outcome]
        contrast = f", {change.name}" * (change != _first_contrast(study))
    elif outcome in study.measured:
        of, _ = study.measured[outcome]
    told = f"{outcome!r} is not an outcome; known: {listed(list(study.outcomes), outcome)}"
    effect = ', "..."' * (name == EFFECT)
    form = f"{name}({of}{effect}{contrast})"
    hint = f"; write {form} for the change between two visits" if of else ""
    raise ReadingError(told + (hint or _of_another_test(study, outcome, name)))


def _of_another_test(study: Study, tested: str, name: str) -> str:
    """How a test is written that is not of an outcome in a cohort, or nothing."""
    condition = next((each for each in study.conditions if tested.startswith(each)), "")
    if name not in COMPARED_TESTS:
        return ""
    if within := re.match(rf"({'|'.join(OVER_VISITS)})\(", tested):
        form = tested if name == "p_value" else f"{name}({tested})"
        return f"; {within[1]}(...) is a p-value itself: write {form}"
    if condition:
        return f"; of a condition at two visits write {_of_mcnemar(study, condition)}"
    if study.kinds.get(tested) in ("number", "boolean", "category"):
        return f"; between two cohorts write {name}({tested}) between a and b"
    return ""


def _of_mcnemar(study: Study, condition: str) -> str:
    """The reading of the test of how a condition changed."""
    contrasts = study.contrasts_of(study.conditions[condition].at)
    names = ", ".join([condition, *(each.name for each in contrasts[:1])])
    return f"p_value({names}) in {next(iter(study.cohorts))}"


def of_condition(study: Study, source: str, kind: str | None, name: str) -> str:
    """How a condition is written of what is none, or nothing where that is not known.

    Args:
        study: The study.
        source: What is written in place of a condition.
        kind: What kind of value it is.
        name: The name of the reading.
    """
    form = "{}({})" if name in (*SHARES, *UNIVERSAL) else "{1}"
    first = next(iter(getattr(study.variables.get(source), "levels", ()) or ["Rash"]))
    if kind == "set":
        any_of, one = f"count({source}) > 0", f'"{first}" in {source}'
        return f"; write {form.format(name, any_of)} for any, {form.format(name, one)} for one"
    if kind in ("number", "category") and re.search("[a-z]", source, re.IGNORECASE):
        condition = f"{short(source)} > 3" if kind == "number" else f'{source} == "{first}"'
        return f"; write a condition, as in {form.format(name, condition)}"
    if kind == "quoted text" and study.harms:
        event = f'"{source[1:-1]}" in {HARMS}'
        return f"; of an adverse event write {form.format(name, event)}"
    return ""


def _first_contrast(study: Study) -> Contrast | None:
    return next(iter(study.contrast_named.values()), None)


def _of_responders(study: Study) -> str:
    for outcome, each in study.outcomes.items():
        for level in each.responders:
            of = f"cohort={next(iter(study.cohorts))}, variable={outcome}"
            return f'result({of}, context="responders", level={level}, statistic=count)'
    return "count(...) of a condition"


def _compared(study: Study, inner: str) -> str:
    """What is compared between cohorts: what is named, or something of it, or else anything."""
    known = compared_names(study)
    is_compared = inner in known or study.kinds.get(inner) in ("number", "boolean")
    if is_compared or not inner.isidentifier():
        return short(inner)
    of_it = (name for name, each in known.items() if each.variable == inner)
    likely = [f"{inner}_{CHANGE}"] if f"{inner}_{CHANGE}" in study.changes else []
    return next(iter([*likely, *of_it, *study.changes, *known]), inner)


def _between(study: Study) -> str:
    return f"between {next(iter(study.comparisons), 'arms')}"


def short(inner: str) -> str:
    """What stands in brackets, or three dots in place of what is too long."""
    return inner if 0 < len(inner) <= _LONG else "..."
