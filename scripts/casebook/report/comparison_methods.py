"""What the methods paragraph says of comparisons between cohorts, and what it cites for it."""

from collections.abc import Iterator, Mapping

from casebook.statistics.terms import RankSumConvention
from casebook.study.comparisons import Comparison
from casebook.study.model import Study
from casebook.wording.numbers import level_text
from casebook.wording.sentences import Sentence

_MANN_WHITNEY = (
    "Mann HB, Whitney DR. On a test of whether one of two random variables is stochastically larger"
    " than the other. Ann Math Stat 1947;18:50-60."
)
HODGES_LEHMANN = (
    "Hodges JL, Lehmann EL. Estimates of location based on rank tests. Ann Math Stat"
    " 1963;34:598-611."
)
_KRUSKAL_WALLIS = (
    "Kruskal WH, Wallis WA. Use of ranks in one-criterion variance analysis. J Am Stat Assoc"
    " 1952;47:583-621."
)
_TOMCZAK = (
    "Tomczak M, Tomczak E. The need to report effect size estimates revisited. An overview of some"
    " recommended measures of effect size. Trends Sport Sci 2014;21:19-25."
)
_CRAMER = "Cramér H. Mathematical methods of statistics. Princeton University Press, 1946."
_FREEMAN_HALTON = (
    "Freeman GH, Halton JH. Note on an exact treatment of contingency, goodness of fit and other"
    " problems of significance. Biometrika 1951;38:141-9."
)
_EMERSON_MOSES = (
    "Emerson JD, Moses LE. A note on the Wilcoxon-Mann-Whitney test for 2 x k ordered tables."
    " Biometrics 1985;41:303-9."
)
_MIETTINEN_NURMINEN = (
    "Miettinen O, Nurminen M. Comparative analysis of two rates. Stat Med 1985;4:213-26."
)
_CHAN_ZHANG = (
    "Chan ISF, Zhang Z. Test-based exact confidence intervals for the difference of two binomial"
    " proportions. Biometrics 1999;55:1202-9."
)
_AUSTIN = (
    "Austin PC. Balance diagnostics for comparing the distribution of baseline covariates between"
    " treatment groups in propensity-score matched samples. Stat Med 2009;28:3083-107."
)

_RANK_SUMS: Mapping[RankSumConvention, str] = {
    "exact": "exact, given the observed ranks, where they were small enough",
    "normal": "always the normal approximation with continuity correction",
    "r-4.5": (
        "exact with fewer than 50 patients in each cohort and no ties, and otherwise the normal"
        " approximation with continuity correction, as wilcox.test does by default in R up to 4.5"
    ),
    "r-4.6": (
        "exact, given the observed ranks, with fewer than 50 patients in each cohort, the p-value"
        " being twice the smaller tail, and otherwise the normal approximation with continuity"
        " correction, as wilcox.test does by default in R 4.6"
    ),
    "jasp": (
        "exact with fewer than 50 patients in each cohort and no ties, and otherwise the normal"
        " approximation with continuity correction, as JASP does"
    ),
    "scipy": (
        "exact with up to 8 patients in one of the cohorts and no ties, and otherwise the normal"
        " approximation with continuity correction, as SciPy's mannwhitneyu does by default"
    ),
    "sas": (
        "always the normal approximation with continuity correction, as PROC NPAR1WAY of SAS does"
    ),
    "spss": "always the normal approximation without continuity correction, as in SPSS",
    "stata": "always the normal approximation without continuity correction, as in Stata",
    "coin": (
        "always the normal approximation without continuity correction, as wilcox_test of the R"
        " package coin does by default"
    ),
    "prism": (
        "exact, given the observed ranks, where they were small enough, as in GraphPad Prism"
    ),
}
"""What a rank-sum test is, by convention; all of these are two-sided."""


def compared(study: Study) -> Iterator[Sentence]:
    """The sentences, without their full stops, and the references that each cites."""
    comparisons = study.comparisons.values()
    of_study = bool(study.outcomes or study.grades or _changing(study))
    ranked = {
        each.two for each in comparisons if of_study or _tests_at_start(study, each, numbers=True)
    }
    if True in ranked:
        yield from _of_two(study)
    if False in ranked:
        yield from _of_several(study)
    if comparisons and (what := _changing(study)):
        yield (
            f"Changes of {' and '.join(what)} from visit to visit were compared in the same way, by"
            f" {' and '.join(what.values())}",
            (_EMERSON_MOSES,),
        )
    yield from _of_counts(study)
    if any(each.two for each in comparisons) and study.reported:
        yield (
            "How alike cohorts were in their characteristics is given as standardised differences",
            (_AUSTIN,),
        )


def _of_two(study: Study) -> Iterator[Sentence]:
    """How the values of two cohorts are compared."""
    convention = study.analysis.rank_sum
    yield (
        "Two cohorts were compared with the rank-sum test (Mann-Whitney), two-sided,"
        f" {_RANK_SUMS[convention]}",
        (_MANN_WHITNEY,),
    )
    if convention != "exact":
        yield (
            "Its p-value is reported together with that of the exact test, given the observed"
            " ranks, and the smallest p-value that the exact test could have given",
            (),
        )
    if study.outcomes:
        yield (
            f"Their difference is the Hodges-Lehmann estimate with its exact {_level(study)}"
            " confidence interval and the coverage that the interval attains",
            (HODGES_LEHMANN,),
        )


def _of_several(study: Study) -> Iterator[Sentence]:
    """How the values of more than two cohorts are compared."""
    yield (
        "More than two cohorts were compared with the Kruskal-Wallis test, exact where they"
        " were small enough",
        (_KRUSKAL_WALLIS,),
    )
    told = "How much they differ is given as ε², which is H/(n - 1) of that test"
    if study.outcomes:
        each_two = (
            f"Hodges-Lehmann estimates of each two with exact {_level(study)} confidence intervals,"
            " not adjusted for their number"
        )
        yield f"{told}, and as {each_two}", (_TOMCZAK, HODGES_LEHMANN)
    else:
        yield told, (_TOMCZAK,)


def _of_counts(study: Study) -> Iterator[Sentence]:
    """How counts of the patients of cohorts are compared."""
    comparisons = study.comparisons.values()
    responders = any(each.responders for each in study.outcomes.values())
    counted = bool(study.conditions or responders or study.harms)
    if any(counted or _tests_at_start(study, each, numbers=False) for each in comparisons):
        yield "Counts of patients were compared with Fisher's exact test", (_FREEMAN_HALTON,)
    if counted and any(each.two for each in comparisons):
        yield (
            f"Differences of percentages are given with Miettinen and Nurminen's {_level(study)}"
            " score interval and with Chan and Zhang's exact one",
            (_MIETTINEN_NURMINEN, _CHAN_ZHANG),
        )
    if counted and any(not each.two for each in comparisons):
        yield (
            "How unevenly more than two cohorts are divided is given as Cramér's V",
            (_CRAMER,),
        )


def _level(study: Study) -> str:
    return level_text(study.analysis.confidence_level)


def _tests_at_start(study: Study, comparison: Comparison, *, numbers: bool) -> bool:
    """Whether a comparison tests characteristics that are numbers, or that are not."""
    kinds = {study.kinds[variable] == "number" for variable in study.reported}
    return comparison.baseline_p_values and numbers in kinds


def _changing(study: Study) -> dict[str, str]:
    """What of grades and conditions a study has at two visits that are compared, and its ranks."""
    found = {}
    if any(study.contrasts_of(each.at) for each in study.grades.values()):
        found["grades"] = "the number of levels that each patient rose or fell"
    if any(study.contrasts_of(each.at) for each in study.conditions.values()):
        found["conditions"] = "whether each patient lost it, gained it or neither"
    return found
