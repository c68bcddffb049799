"""The methods of a study's analysis as a paragraph for a manuscript, with its references.

Every sentence follows from the settings in study.yaml; which results came out is not its concern.
"""

from collections.abc import Iterator, Mapping, Sequence

from casebook.base.lists import enumerated
from casebook.base.version import VERSION
from casebook.report.comparison_methods import HODGES_LEHMANN, compared
from casebook.report.harm_methods import CLOPPER_PEARSON, of_harms, of_retention
from casebook.report.limit_methods import of_limits
from casebook.report.visit_methods import HOLM, of_contrasts, of_visits
from casebook.statistics.terms import Convention
from casebook.study.model import Study
from casebook.study.outcomes import Condition, Grade, Outcome
from casebook.wording.numbers import level_text
from casebook.wording.paired_tests import of_contrast
from casebook.wording.sentences import IN_A_SENTENCE, Sentence, in_brief, listed
from casebook.wording.subtractions import change_words
from casebook.wording.visit_notes import visits_in_words

_QUANTILES = "Hyndman RJ, Fan Y. Sample quantiles in statistical packages. Am Stat 1996;50:361-5."
_SIGNED_RANK = "Wilcoxon F. Individual comparisons by ranking methods. Biometrics Bull 1945;1:80-3."
_PRATT = (
    "Pratt JW. Remarks on zeros and ties in the Wilcoxon signed rank procedures. J Am Stat Assoc"
    " 1959;54:655-67."
)
_IMAN = (
    "Iman RL. Use of a t-statistic as an approximation to the exact distribution of the Wilcoxon"
    " signed ranks test statistic. Commun Stat 1974;3:795-806."
)
_SHIFT_ALGORITHM = (
    "Streitberg B, Röhmel J. Exact distributions for permutation and rank tests. Stat Softw Newsl"
    " 1986;12:10-7."
)
_BOOTSTRAP = "Efron B. Better bootstrap confidence intervals. J Am Stat Assoc 1987;82:171-85."
_WILSON = (
    "Wilson EB. Probable inference, the law of succession, and statistical inference. J Am Stat"
    " Assoc 1927;22:209-12."
)
_MCNEMAR = (
    "McNemar Q. Note on the sampling error of the difference between correlated proportions or"
    " percentages. Psychometrika 1947;12:153-7."
)
_NULL_DISTRIBUTIONS: Mapping[Convention, tuple[str, tuple[str, ...]]] = {
    "exact": ("always exact, given the observed ranks; zero changes were left out", ()),
    "exact-pratt": (
        "always exact, given the observed ranks; zero changes were ranked and then left out",
        (_PRATT,),
    ),
    "normal": (
        "always the normal approximation with continuity correction; zero changes were left out",
        (),
    ),
    "r-4.5": (
        "exact with fewer than 50 pairs and neither ties nor zero changes, and otherwise the normal"
        " approximation with continuity correction, as wilcox.test does by default in R up to 4.5",
        (),
    ),
    "r-4.6": (
        "exact with fewer than 50 pairs, zero changes being ranked and then left out, and otherwise"
        " the normal approximation with continuity correction and zero changes left out before"
        " ranking, as wilcox.test does by default in R 4.6",
        (_PRATT,),
    ),
    "jasp": (
        "exact with fewer than 50 pairs and neither ties nor zero changes, and otherwise the normal"
        " approximation with continuity correction, as JASP does",
        (),
    ),
    "scipy": (
        "exact with up to 13 pairs, or with up to 50 and neither ties nor zero changes, and"
        " otherwise the normal approximation without continuity correction, as SciPy's wilcoxon"
        " does by default; zero changes were left out",
        (),
    ),
    "spss": (
        "always the normal approximation without continuity correction, as in SPSS; zero changes"
        " were left out",
        (),
    ),
    "sas": (
        "exact with up to 20 pairs that changed, and otherwise an approximation by Student's t, as"
        " PROC UNIVARIATE of SAS does; zero changes were left out",
        (_IMAN,),
    ),
    "stata": (
        "always the normal approximation without continuity correction, as in Stata; zero changes"
        " were ranked and then left out",
        (_PRATT,),
    ),
    "coin": (
        "always the normal approximation without continuity correction, as wilcoxsign_test of the"
        " R package coin does by default; zero changes were ranked and then left out",
        (_PRATT,),
    ),
    "prism": (
        "exact with fewer than 200 pairs, and otherwise the normal approximation with continuity"
        " correction, as in GraphPad Prism; zero changes were left out",
        (),
    ),
}


_COMPUTED_WITH = {"numpy": "NumPy", "scipy": "SciPy"}


def methods(study: Study, versions: Mapping[str, Sequence[str]]) -> list[Sentence]:
    """The sentences of the methods paragraph.

    Args:
        study: The study.
        versions: The versions of each package that the results were computed with.
    """
    settings = [*_primary(study), *_computed(study), *of_limits(study), *_described(study)]
    if study.changes:
        settings += [*_compared(study), *_tested(study)]
    settings += _adjusted(study)
    if study.changes:
        settings += _estimated(study)
    settings += [
        *_counted(study),
        *of_visits(study),
        *compared(study),
        *of_harms(study),
        *of_retention(study),
    ]
    return [*settings, _made(versions)]


def references(sentences: Sequence[Sentence]) -> list[str]:
    """What these sentences cite, in the order of their numbers."""
    return list(dict.fromkeys(reference for _, cited in sentences for reference in cited))


def _primary(study: Study) -> Iterator[Sentence]:
    """What the study declares as primary."""
    followed: Mapping[str, Outcome | Condition | Grade] = {
        **study.outcomes,
        **study.conditions,
        **study.grades,
    }
    told = []
    for name, measured, contrast in study.primary:
        label = of_contrast(study, followed[measured].label, study.contrast_named[contrast])
        if name in study.cohorts:
            told.append(f"the change in {label} in {study.cohorts[name].label}")
        else:
            told.append(f"the change in {label}, compared between {_cohorts(study, name)}")
    if told:
        several = len(told) > 1
        yield f"The primary outcome{'s were' if several else ' was'} {'; '.join(listed(told))}", ()


def _cohorts(study: Study, comparison: str) -> str:
    compared = study.comparisons[comparison]
    if len(compared.cohorts) > IN_A_SENTENCE:
        return f"the {len(compared.cohorts)} cohorts of {compared.label}"
    return enumerated([study.cohorts[each].label for each in compared.cohorts])


def _described(study: Study) -> Iterator[Sentence]:
    kind = study.analysis.quantile_type
    yield (
        "Numbers are summarised as medians with lower and upper quartiles"
        f" (definition {kind} of Hyndman and Fan)",
        (_QUANTILES,),
    )


def _computed(study: Study) -> Iterator[Sentence]:
    measured = study.measured
    for name, each in study.computed.items():
        _, visit = measured[name]
        if study.visits[visit].rule is None:
            at = study.visits[visit].label
            yield f"{each.label} at the visit {at} was computed as {each.parsed.source}", ()
    for label, words in visits_in_words(study, study.visits):
        yield f"{label} is {words}", ()


def _compared(study: Study) -> Iterator[Sentence]:
    if len(study.visits) > 2:
        yield from of_contrasts(study)
    yield (
        f"The change of an outcome is {change_words(study)}, in patients with both visits;"
        f" missing values were left out, not imputed{_but_for(study)}",
        (),
    )


def _but_for(study: Study) -> str:
    """The visits at which others stand in for those that were missed."""
    rules = ("first_of", "last_of", "best_of")
    labels = [visit.label for visit in study.visits.values() if visit.rule in rules]
    told = f", but at {in_brief(labels)} what was measured stands for what was missed"
    return told if labels else ""


def _tested(study: Study) -> Iterator[Sentence]:
    analysis = study.analysis
    distribution, cited = _NULL_DISTRIBUTIONS[analysis.signed_rank]
    yield (
        "Changes were tested with Wilcoxon's signed-rank test for paired data, two-sided,"
        f" {distribution}",
        (_SIGNED_RANK, *cited),
    )
    for outcome in study.outcomes.values():
        if outcome.rounding:
            yield (
                f"Changes in {outcome.label} were rounded to {outcome.rounding} significant"
                f" digit{'s' * (outcome.rounding > 1)} before they were ranked",
                (),
            )
    beside = (
        ""
        if analysis.signed_rank == "exact"
        else " that of the exact conditional test, which takes ties into account, and"
    )
    yield (
        f"The p-value is reported together with{beside} the smallest p-value that the exact test"
        " could have given",
        (_SHIFT_ALGORITHM,),
    )
    yield f"p < {analysis.alpha:g} was considered significant", ()


def _adjusted(study: Study) -> Iterator[Sentence]:
    if count := len(study.analysis.family):
        yield (
            f"The p-values of {count} tests were adjusted for multiple testing by Holm's method",
            (HOLM,),
        )


def _estimated(study: Study) -> Iterator[Sentence]:
    analysis = study.analysis
    level = level_text(analysis.confidence_level)
    yield (
        "The size of a change is given as the Hodges-Lehmann estimate with its exact"
        f" {level} confidence interval and the coverage that the interval attains",
        (HODGES_LEHMANN,),
    )
    if analysis.bootstrap:
        yield (
            f"Intervals of mean and median changes were computed by BCa bootstrap with"
            f" {analysis.bootstrap:,} resamples (seed {analysis.seed})",
            (_BOOTSTRAP,),
        )


def _counted(study: Study) -> Iterator[Sentence]:
    if any(study.contrasts_of(condition.at) for condition in study.conditions.values()):
        yield "Changes of yes-or-no conditions were tested with McNemar's exact test", (_MCNEMAR,)
    if study.conditions or any(outcome.responders for outcome in study.outcomes.values()):
        yield (
            "Proportions of patients are given with Wilson and Clopper-Pearson intervals",
            (_WILSON, CLOPPER_PEARSON),
        )


def _made(versions: Mapping[str, Sequence[str]]) -> Sentence:
    used = [
        f"{name} {' and '.join(versions[package])}"
        for package, name in _COMPUTED_WITH.items()
        if package in versions
    ]
    libraries = f" ({', '.join(used)})" if used else ""
    return f"All results were computed by casebook {VERSION}{libraries}", ()
