"""Rows of tests: the study's own, the others that could have been made, and how stable they are."""

from collections.abc import Iterator, Mapping

from casebook.analysis.catalogue import PAIRED_TESTS, Made, make_tests
from casebook.analysis.pairs import Pairs
from casebook.analysis.topic import Topic
from casebook.data.results import (
    BY_CONVENTION,
    OTHER_TESTS,
    PAIRED_TEST,
    SENSITIVITY,
    WITHOUT_A_PATIENT,
    Result,
)
from casebook.data.vocabulary import Method
from casebook.statistics.programs import SignedRankDistribution, signed_rank_choices
from casebook.statistics.sensitivity import leave_one_out
from casebook.statistics.terms import Convention, NotComputable, TestResult
from casebook.statistics.values import tied
from casebook.study.model import Study

_FEWEST_INFORMATIVE = 6
# Each patient left out takes an exact distribution of its own: four seconds in all at this size.
_MOST_LEFT_OUT = 500

_SMALLEST_P = "Smallest p-value that the test could have given"
_DISTRIBUTIONS: Mapping[SignedRankDistribution, str] = {
    "exact": "exact",
    "normal": "normal approximation",
    "t": "approximation by Student's t",
}
# What is said of the study's test beside its null distribution.
_ADDED: Mapping[Convention, str] = {
    "exact": "",
    "exact-pratt": ", Pratt's zeros",
    "normal": "",
    "r-4.5": " (default rule of R up to 4.5)",
    "r-4.6": " (default rule of R 4.6)",
    "scipy": " (default rule of SciPy)",
    "spss": " (as in SPSS)",
    "sas": " (default rule of SAS)",
    "stata": ", Pratt's zeros (as in Stata)",
    "prism": " (default rule of Prism)",
    "jasp": " (default rule of JASP)",
    "coin": ", Pratt's zeros (as in R's coin)",
}
_SMALLER_THAN_EXACT = "the approximation gives a smaller p-value than the exact test ever could"
_TURNED = "Test statistic of the differences turned round"
_STANDARDISED = "Test statistic, standardised"
_EXACT_LABELS = {
    "exact_p_value": "Exact p-value, two-sided",
    "smallest_exact_p": "Smallest p-value that the exact test could have given",
}


def tests(study: Study, cohort: str, outcome: str, pairs: Pairs) -> Iterator[Result]:
    """The study's own test, the others of the same pairs, and how stable its conclusion is."""
    topic = Topic(cohort, outcome, PAIRED_TEST, contrast=pairs.contrast)
    made = make_tests(pairs)
    primary, exact = made[BY_CONVENTION[study.analysis.signed_rank]], made[Method.SIGNED_RANK_EXACT]
    if isinstance(primary, NotComputable):
        (first, label), *rest = _labels(pairs).items()
        yield topic.row(first, label, len(pairs.changes))
        for name, label in rest:
            yield topic.failed(name, label, str(primary))
    else:
        yield from _primary(study, topic, primary, exact, pairs)
    yield from _exact(topic, exact)
    yield from _others(study.analysis.alpha, topic._replace(context=OTHER_TESTS), made)
    if isinstance(primary, TestResult):
        topic = topic._replace(context=SENSITIVITY)
        yield from _by_test(study, topic, primary, made)
        yield from _by_patient(study, topic, primary, pairs)


def _labels(pairs: Pairs) -> dict[str, str]:
    """What the statistics of the study's test are called; what is above 0 is a rise, or a fall."""
    above, below = ("increases", "decreases")[:: pairs.sign]
    return {
        "n_pairs": "Pairs",
        "n_informative": "Pairs that the test rests on",
        "statistic": f"Sum of the ranks of the {above}",
        "p_value": "p-value, two-sided",
        "smallest_p": _SMALLEST_P,
        "statistic_turned": f"Sum of the ranks of the {below}",
        "z": f"Sum of the ranks of the {above}, standardised",
        "n_tied": "Pairs whose change is as large as another's",
        "n_zero": "Pairs without a change",
    }


def _primary(
    study: Study, topic: Topic, test: TestResult, exact: Made, pairs: Pairs
) -> Iterator[Result]:
    convention = study.analysis.signed_rank
    chosen = signed_rank_choices(convention, test.n, test.zeros, ties=test.ties)
    correction = " with continuity correction" if chosen.continuity else ""
    distribution = f"{_DISTRIBUTIONS[chosen.distribution]}{correction}"
    topic = topic.by(f"Wilcoxon signed-rank test, {distribution}{_ADDED[convention]}")
    warnings, labels = _warnings(study.analysis.alpha, test, exact), _labels(pairs)
    yield topic.row("n_pairs", labels["n_pairs"], test.n)
    yield topic.row("n_informative", labels["n_informative"], test.n_informative)
    yield topic.row("statistic", labels["statistic"], test.statistic)
    yield topic.row("p_value", labels["p_value"], test.p_value, *warnings)
    yield topic.row("smallest_p", labels["smallest_p"], test.smallest_p)
    yield from of_statistic(topic, test, labels["statistic_turned"], labels["z"])
    yield topic.row("n_tied", labels["n_tied"], tied(pairs.ranked_changes))
    yield topic.row("n_zero", labels["n_zero"], test.zeros)


def of_statistic(
    topic: Topic, test: TestResult, turned: str = _TURNED, z: str = _STANDARDISED
) -> Iterator[Result]:
    """What else is printed of a test statistic, as far as this one has it, by these labels."""
    if test.turned is not None:
        yield topic.row("statistic_turned", turned, test.turned)
    if test.z is not None:
        yield topic.row("z", z, test.z)
    if test.degrees is not None:
        yield topic.row("degrees_of_freedom", "Degrees of freedom", test.degrees)


def _warnings(alpha: float, test: TestResult, exact: Made) -> list[str]:
    return [*test_warnings(alpha, test), *beside_exact(alpha, test, exact)]


def beside_exact(alpha: float, test: TestResult, exact: Made) -> list[str]:
    """What a reader of an approximate p-value must be warned of, given the exact test."""
    warnings = []
    if isinstance(exact, TestResult) and not test.exact:
        if exact.smallest_p >= alpha > test.smallest_p:
            warnings.append(f"p < {alpha:g} could not have been reached by the exact test")
        if test.p_value < exact.smallest_p:
            warnings.append(_SMALLER_THAN_EXACT)
    return warnings


def test_warnings(alpha: float, test: TestResult) -> list[str]:
    """What a reader of the p-value of any test must be warned of."""
    warnings = out_of_reach(alpha, test)
    if test.n_informative < _FEWEST_INFORMATIVE:
        count = test.n_informative
        warnings.append(f"rests on {count} pair{'s' * (count != 1)} with a difference")
    return warnings


def out_of_reach(alpha: float, test: TestResult) -> list[str]:
    """A warning where the test could not have reached the study's level."""
    return [f"p < {alpha:g} could not have been reached"] if test.smallest_p >= alpha else []


def _exact(topic: Topic, exact: Made) -> Iterator[Result]:
    """The exact test beside the study's own, with the least that it could have given."""
    topic = topic.by("Wilcoxon signed-rank test, exact")
    if isinstance(exact, NotComputable):
        for name, label in _EXACT_LABELS.items():
            yield topic.failed(name, label, str(exact))
    else:
        values = (exact.p_value, exact.smallest_p)
        for (name, label), value in zip(_EXACT_LABELS.items(), values, strict=True):
            yield topic.row(name, label, value)


def _others(alpha: float, topic: Topic, made: Mapping[Method, Made]) -> Iterator[Result]:
    for method, test in made.items():
        named = topic.by(method)
        if isinstance(test, NotComputable):
            yield named.failed("p_value", "p-value", str(test))
        else:
            yield named.row("statistic", "Test statistic", test.statistic)
            yield named.row("p_value", "p-value", test.p_value, *test_warnings(alpha, test))
            yield named.row("smallest_p", _SMALLEST_P, test.smallest_p)
            yield from of_statistic(named, test)


def _by_test(
    study: Study, topic: Topic, primary: TestResult, made: Mapping[Method, Made]
) -> Iterator[Result]:
    """Which other two-sided tests of the pairs lead to another conclusion, equal ones once."""
    alpha = study.analysis.alpha
    changing: dict[float, tuple[Method, TestResult]] = {}
    for name in PAIRED_TESTS:
        test = made[name]
        if isinstance(test, TestResult) and (test.p_value < alpha) != (primary.p_value < alpha):
            changing.setdefault(test.p_value, (name, test))
    topic = topic.by(OTHER_TESTS)
    label = "Tests of the same pairs that change the conclusion"
    yield topic.row("n_changing", label, len(changing))
    for name, test in changing.values():
        approximate = "" if test.exact else "approximate"
        named = topic._replace(level=name)
        yield named.row("p_value", "p-value, two-sided", test.p_value, approximate)


def _by_patient(study: Study, topic: Topic, primary: TestResult, pairs: Pairs) -> Iterator[Result]:
    """Without which patients the conclusion changes."""
    topic = topic.by(WITHOUT_A_PATIENT)
    label = "Patients without whom the conclusion changes"
    if primary.exact and len(pairs.changes) > _MOST_LEFT_OUT:
        reason = f"not done with the exact test of more than {_MOST_LEFT_OUT} pairs"
        yield topic.failed("n_changing", label, reason)
        return
    analysis = study.analysis
    variations = leave_one_out(analysis.signed_rank, pairs.ranked_changes, alpha=analysis.alpha)
    patients = [patient for patient, _, _ in pairs.complete]
    changing = {
        patient: variation.p_value
        for patient, variation in zip(patients, variations, strict=True)
        if variation.changes_conclusion
    }
    yield topic.row("n_changing", label, len(changing))
    for patient, p_value in changing.items():
        without = topic._replace(level=patient)
        if p_value is None:
            yield without.failed("p_value", "p-value, two-sided", "no other patient changed")
        else:
            yield without.row("p_value", "p-value, two-sided", p_value)
