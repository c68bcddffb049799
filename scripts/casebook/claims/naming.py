"""What papers write for methods, and how a claim names the test that its paper names.

A test is named by its family, as in rank-sum, by its family with a program, or exactly, as the
results have it: that is how a one-sided one is told apart.
"""

import re
from collections.abc import Mapping

from casebook.data.programs import IN_PROGRAM
from casebook.data.vocabulary import Family, Method, family

_CHI_SQUARED = ("chi-squared", "chi-square", "chi squared", "chi square")
_EITHER = tuple(
    name
    for chi_squared in (
        f"{each}{test}" for each in _CHI_SQUARED for test in ("", " test", " tests")
    )
    for fisher in ("fisher's exact", "fisher exact")
    for name in (f"{chi_squared} or {fisher}", f"{fisher} test or {chi_squared}")
)
_OF_TWO_SAMPLES = ("unpaired t", "two-sample t", "independent t", "independent-samples t")
NAMES: Mapping[Family, tuple[str, ...]] = {
    Family.MEAN: ("mean", "average"),
    Family.MEDIAN: ("median",),
    Family.SD: ("sd", "standard deviation"),
    Family.STANDARD_ERROR: ("standard error", "sem"),
    Family.SIGNED_RANK: ("signed-rank", "signed rank"),
    Family.RANK_SUM: ("rank-sum", "rank sum", "ranksum", "mann-whitney"),
    Family.SIGN: ("sign test",),
    Family.PAIRED_T: ("paired t-test", "paired t test", "paired t", "paired student's t"),
    Family.ONE_SAMPLE_T: ("one-sample t-test", "one-sample t", "one sample t"),
    Family.PERMUTATION: ("permutation",),
    Family.WELCH_T: ("welch", *_OF_TWO_SAMPLES),
    Family.STUDENT_T: ("student's t", *_OF_TWO_SAMPLES),
    Family.KRUSKAL_WALLIS: ("kruskal-wallis", "kruskal wallis"),
    Family.ANOVA: ("one-way anova", "one way anova", "anova", "analysis of variance"),
    Family.FISHER: ("fisher",),
    Family.BOSCHLOO: ("boschloo",),
    Family.CHI_SQUARED: _CHI_SQUARED,
    Family.CHI_SQUARED_OR_FISHER: _EITHER,
    Family.FRIEDMAN: ("friedman",),
    Family.PAGE: ("page's", "page test", "page trend"),
    Family.COCHRAN: ("cochran's q", "cochran q"),
    Family.PEARSON: ("pearson",),
    Family.SPEARMAN: ("spearman", "rank correlation"),
    Family.KENDALL_TAU: ("kendall's tau", "kendall tau", "kendall's rank"),
    Family.RISK_DIFFERENCE: ("risk difference", "difference in risk", "difference in proportions"),
}
"""What papers write for each family of methods."""
TESTS = (
    *(Family.SIGNED_RANK, Family.RANK_SUM, Family.SIGN, Family.PAIRED_T, Family.PERMUTATION),
    *(Family.WELCH_T, Family.STUDENT_T, Family.KRUSKAL_WALLIS, Family.ANOVA),
    *(Family.FISHER, Family.BOSCHLOO, Family.CHI_SQUARED, Family.CHI_SQUARED_OR_FISHER),
)
"""The families of tests of two visits or two cohorts."""
OF_ONE_SAMPLE = (Family.SIGNED_RANK, Family.SIGN, Family.ONE_SAMPLE_T, Family.PERMUTATION)
"""The families of tests of one sample against a value."""
CORRELATIONS = (Family.PEARSON, Family.SPEARMAN, Family.KENDALL_TAU)
"""The families of correlations of two values."""
_NAMED = (*TESTS, Family.ONE_SAMPLE_T)
EXACTLY = tuple(method for method in map(str, Method) if family(method) in _NAMED)
"""The same tests as the results call them."""
NAMED_TESTS: tuple[str, ...] = tuple(dict.fromkeys([*map(str, _NAMED), *IN_PROGRAM, *EXACTLY]))
"""All names of a test that a claim can give."""
NAMED_CORRELATIONS = tuple(method for method in map(str, Method) if family(method) in CORRELATIONS)
"""The correlations, and their tests exactly, as a claim can name them."""


def names_method(said: str, method: str) -> bool:
    """Whether a claim that says this of its convention means a method, or the family it is of."""
    return family(method) == said or method in (said, IN_PROGRAM.get(said))


def named_conventions(text: str) -> list[Family]:
    """The families of methods that a text names."""
    plain = re.sub("[\N{HYPHEN}\N{NON-BREAKING HYPHEN}\N{EN DASH}]", "-", text.casefold())
    plain = plain.replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")
    return [
        name
        for name, words in NAMES.items()
        if any(re.search(rf"\b{re.escape(word)}s?\b", plain) for word in words)
    ]
