"""The programs that papers name, and what each does by default: which test, which quartiles.

What the tests are is for `statistics/programs`, and what quantiles are for `statistics/describe`.
"""

from collections.abc import Collection, Mapping

from casebook.data.results import BY_CONVENTION
from casebook.data.vocabulary import Family, Method
from casebook.statistics.terms import Program, QuantileType, RankSumConvention

RANK_SUM_BY: Mapping[RankSumConvention, Method] = {
    "r-4.5": Method.RANK_SUM_R_4_5,
    "r-4.6": Method.RANK_SUM_R_4_6,
    "jasp": Method.RANK_SUM_R_4_5,
    "scipy": Method.RANK_SUM_SCIPY,
    "sas": Method.RANK_SUM_CORRECTED,
    "spss": Method.RANK_SUM_NORMAL,
    "stata": Method.RANK_SUM_NORMAL,
    "coin": Method.RANK_SUM_NORMAL,
    "prism": Method.RANK_SUM_EXACT,
    "exact": Method.RANK_SUM_EXACT,
    "normal": Method.RANK_SUM_CORRECTED,
}
"""Among the tests of two groups, the method that a study chooses by `analysis.rank_sum`."""
QUANTILES_BY: Mapping[Program, QuantileType] = {
    "r-4.5": 7,
    "r-4.6": 7,
    "coin": 7,
    "jasp": 7,
    "scipy": 7,
    "spss": 6,
    "prism": 6,
    "sas": 2,
    "stata": 2,
}
"""The definition of quartiles by Hyndman and Fan's number.

R's `quantile`, on which JASP since 0.10 and `coin` rest, and NumPy, on which SciPy rests; HAVERAGE
of SPSS's FREQUENCIES; Prism's column statistics; PCTLDEF=5 of SAS; Stata's `summarize, detail`.
"""
PROGRAM_NAMES: Mapping[Program, str] = {
    "r-4.5": "R up to 4.5",
    "r-4.6": "R 4.6",
    "scipy": "SciPy",
    "spss": "SPSS",
    "sas": "SAS",
    "stata": "Stata",
    "prism": "Prism",
    "jasp": "JASP",
    "coin": "coin",
}

INTERVAL_BY: Mapping[Program, str] = {
    program: f"interval by {name}" for program, name in PROGRAM_NAMES.items() if program != "jasp"
} | {"jasp": f"interval by {PROGRAM_NAMES['r-4.5']}"}
"""What is called the interval of a shift that a program gives; JASP's is R's."""

IN_PROGRAM: Mapping[str, Method] = {
    f"{family} in {name}": methods[program]
    for family, methods in ((Family.SIGNED_RANK, BY_CONVENTION), (Family.RANK_SUM, RANK_SUM_BY))
    for program, name in PROGRAM_NAMES.items()
}
"""The method that a paper names with its program, by how a claim says so: signed-rank in SPSS."""


DEFAULTS = frozenset(
    {
        *BY_CONVENTION.values(),
        *RANK_SUM_BY.values(),
        *INTERVAL_BY.values(),
        *(f"quantile type {kind}" for kind in QUANTILES_BY.values()),
        Method.SAMPLE_SD,
        Method.PAIRED_T,
        *(Method.WELCH_T, Method.STUDENT_T, Method.ANOVA),
        *(Method.CHI_SQUARED_YATES, Method.BY_EXPECTED),
        Method.ONE_SAMPLE_T,
        Method.PEARSON,
        *(Method.SPEARMAN_R, Method.SPEARMAN_T, Method.KENDALL_TAU_R, Method.KENDALL_TAU_NORMAL),
    }
)
"""What common programs do if they are not told otherwise."""


def of_same_programs(methods: Collection[str]) -> list[Method]:
    """The tests of groups by the programs whose tests of pairs these are, and the reverse.

    Args:
        methods: Any methods; those that are no program's test of pairs or groups are passed over.
    """
    both = ((BY_CONVENTION, RANK_SUM_BY), (RANK_SUM_BY, BY_CONVENTION))
    return [
        other[program]
        for these, other in both
        for program in PROGRAM_NAMES
        if these[program] in methods
    ]


def made_by(method: str) -> str:
    """The method with the programs that make it by default, where its name does not say them."""
    programs = [
        name
        for methods in (BY_CONVENTION, RANK_SUM_BY)
        for program, name in PROGRAM_NAMES.items()
        if methods[program] == method and name not in method
    ]
    return f"{method} ({', '.join(programs)})" if programs else method


ONLY_WHERE_NAMED = frozenset(
    {
        Method.SIGNED_RANK_SCIPY,
        Method.SIGNED_RANK_SAS,
        Method.SIGNED_RANK_PRISM,
        Method.RANK_SUM_SCIPY,
    }
)
"""What the audit tries only for a paper that names the program.

The rules of these programs come to tests that have a name of their own, or to values that nobody
else prints; tried on every p-value, they would agree with a wrong one by chance.
"""
