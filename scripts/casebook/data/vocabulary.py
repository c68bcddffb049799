"""The words by which results, claims and verdicts are joined: methods, kinds of claim, conventions.

Tables hold a word as its text, and readers see it so. What a word means is for the rooms that
compute and judge; what a paper may write for it is for `claims`.
"""

from enum import StrEnum


class Family(StrEnum):
    """What a paper can call a method: all methods of a family have the one name."""

    MEAN = "mean"
    MEDIAN = "median"
    SD = "sd"
    STANDARD_ERROR = "standard error"
    SIGNED_RANK = "signed-rank"
    RANK_SUM = "rank-sum"
    SIGN = "sign test"
    PAIRED_T = "paired t-test"
    ONE_SAMPLE_T = "one-sample t-test"
    PERMUTATION = "permutation test of the mean"
    WELCH_T = "Welch's t-test"
    STUDENT_T = "Student's t-test"
    KRUSKAL_WALLIS = "Kruskal-Wallis"
    ANOVA = "one-way ANOVA"
    FISHER = "Fisher's exact test"
    BOSCHLOO = "Boschloo's test"
    CHI_SQUARED = "chi-squared"
    CHI_SQUARED_OR_FISHER = "chi-squared or Fisher's exact test"
    RISK_DIFFERENCE = "risk difference"
    PEARSON = "Pearson's correlation"
    SPEARMAN = "Spearman's correlation"
    KENDALL_TAU = "Kendall's tau"
    FRIEDMAN = "Friedman's test"
    PAGE = "Page's test"
    COCHRAN = "Cochran's Q"


class Method(StrEnum):
    """How a number is computed, where several ways have one name in papers."""

    family: Family

    def __new__(cls, text: str, family: Family) -> "Method":
        """A method by what it is called, and its family."""
        member = str.__new__(cls, text)
        member._value_, member.family = text, family
        return member

    MEAN = "mean", Family.MEAN
    MEAN_DIFFERENCE = "mean difference", Family.MEAN
    MEAN_BOOTSTRAP = "mean difference, BCa bootstrap", Family.MEAN
    MEDIAN = "median", Family.MEDIAN
    MEDIAN_DIFFERENCE = "median difference", Family.MEDIAN
    MEDIAN_BOOTSTRAP = "median difference, BCa bootstrap", Family.MEDIAN
    SAMPLE_SD = "sd, n - 1 in the denominator", Family.SD
    POPULATION_SD = "sd, n in the denominator", Family.SD
    STANDARD_ERROR = "standard error", Family.STANDARD_ERROR
    SIGNED_RANK_R_4_5 = "signed-rank, default rule of R up to 4.5", Family.SIGNED_RANK
    SIGNED_RANK_R_4_5_RISE = (
        "signed-rank, default rule of R up to 4.5, one-sided for an increase",
        Family.SIGNED_RANK,
    )
    SIGNED_RANK_R_4_5_FALL = (
        "signed-rank, default rule of R up to 4.5, one-sided for a decrease",
        Family.SIGNED_RANK,
    )
    SIGNED_RANK_R_4_6 = "signed-rank, default rule of R 4.6", Family.SIGNED_RANK
    SIGNED_RANK_EXACT = "signed-rank, exact", Family.SIGNED_RANK
    SIGNED_RANK_EXACT_RISE = "signed-rank, exact, one-sided for an increase", Family.SIGNED_RANK
    SIGNED_RANK_EXACT_FALL = "signed-rank, exact, one-sided for a decrease", Family.SIGNED_RANK
    SIGNED_RANK_EXACT_PRATT = "signed-rank, exact, Pratt's zeros", Family.SIGNED_RANK
    SIGNED_RANK_CORRECTED = "signed-rank, normal with continuity correction", Family.SIGNED_RANK
    SIGNED_RANK_NORMAL = "signed-rank, normal", Family.SIGNED_RANK
    SIGNED_RANK_NORMAL_PRATT = "signed-rank, normal, Pratt's zeros", Family.SIGNED_RANK
    SIGNED_RANK_SCIPY = "signed-rank, default rule of SciPy", Family.SIGNED_RANK
    SIGNED_RANK_SAS = "signed-rank, default rule of SAS", Family.SIGNED_RANK
    SIGNED_RANK_PRISM = "signed-rank, default rule of Prism", Family.SIGNED_RANK
    SIGNED_RANK_WITHOUT_TIES = "signed-rank, normal without tie correction", Family.SIGNED_RANK
    SIGN = "sign test", Family.SIGN
    PAIRED_T = "paired t-test", Family.PAIRED_T
    ONE_SAMPLE_T = "one-sample t-test", Family.ONE_SAMPLE_T
    PERMUTATION = "permutation test of the mean", Family.PERMUTATION
    RANK_SUM_R_4_5 = "rank-sum, default rule of R up to 4.5", Family.RANK_SUM
    RANK_SUM_R_4_6 = "rank-sum, default rule of R 4.6", Family.RANK_SUM
    RANK_SUM_SCIPY = "rank-sum, default rule of SciPy", Family.RANK_SUM
    RANK_SUM_CORRECTED = "rank-sum, normal with continuity correction", Family.RANK_SUM
    RANK_SUM_NORMAL = "rank-sum, normal", Family.RANK_SUM
    RANK_SUM_EXACT = "rank-sum, exact", Family.RANK_SUM
    WELCH_T = "Welch's t-test", Family.WELCH_T
    STUDENT_T = "Student's t-test", Family.STUDENT_T
    KRUSKAL_WALLIS_EXACT = "Kruskal-Wallis, exact", Family.KRUSKAL_WALLIS
    KRUSKAL_WALLIS_CHI_SQUARED = "Kruskal-Wallis, chi-squared", Family.KRUSKAL_WALLIS
    ANOVA = "one-way ANOVA", Family.ANOVA
    FISHER = "Fisher's exact test", Family.FISHER
    BOSCHLOO = "Boschloo's test", Family.BOSCHLOO
    CHI_SQUARED = "chi-squared, without correction", Family.CHI_SQUARED
    CHI_SQUARED_YATES = "chi-squared, Yates's correction", Family.CHI_SQUARED
    BY_EXPECTED = (
        "chi-squared or Fisher's exact test, by expected counts",
        Family.CHI_SQUARED_OR_FISHER,
    )
    BY_EXPECTED_YATES = (
        "chi-squared or Fisher's exact test, by expected counts, Yates's correction",
        Family.CHI_SQUARED_OR_FISHER,
    )
    BY_COCHRANS_RULE = (
        "chi-squared or Fisher's exact test, by Cochran's rule",
        Family.CHI_SQUARED_OR_FISHER,
    )
    MEANS_APART = "mean difference between cohorts, Welch", Family.MEAN
    RISK_DIFFERENCE = "risk difference, Miettinen-Nurminen", Family.RISK_DIFFERENCE
    RISK_DIFFERENCE_EXACT = "risk difference, Chan-Zhang exact", Family.RISK_DIFFERENCE
    PEARSON = "Pearson's correlation", Family.PEARSON
    SPEARMAN = "Spearman's correlation", Family.SPEARMAN
    SPEARMAN_R = "Spearman's correlation, default rule of R", Family.SPEARMAN
    SPEARMAN_EXACT = "Spearman's correlation, exact", Family.SPEARMAN
    SPEARMAN_T = "Spearman's correlation, Student's t", Family.SPEARMAN
    KENDALL_TAU = "Kendall's tau", Family.KENDALL_TAU
    KENDALL_TAU_R = "Kendall's tau, default rule of R", Family.KENDALL_TAU
    KENDALL_TAU_NORMAL = "Kendall's tau, normal", Family.KENDALL_TAU
    KENDALL_TAU_CORRECTED = "Kendall's tau, normal with continuity correction", Family.KENDALL_TAU


class Effect(StrEnum):
    """A number that says how large a change is, beside the estimates with their intervals.

    Attributes:
        label: What it is called in the results.
        heading: What it is called at the head of a column; empty where no table shows it.
        meaning: What is said of it below a table.
        turns: Whether its sign is another one where differences are taken the other way round.
    """

    label: str
    heading: str
    meaning: str
    turns: bool

    def __new__(cls, text: str, label: str, heading: str, meaning: str, turns: bool) -> "Effect":
        """An effect by the name of its method."""
        member = str.__new__(cls, text)
        member._value_, member.label, member.heading = text, label, heading
        member.meaning, member.turns = meaning, turns
        return member

    RANK_BISERIAL = (
        "matched-pairs rank-biserial correlation",
        "Effect size, from -1 to 1",
        "Rank-biserial correlation",
        "the rank-biserial correlation goes from −1 (every change was below 0) to 1 (every one"
        " was above 0), patients without a change aside",
        True,
    )
    COHENS_DZ = (
        "Cohen's d_z",
        "Mean difference in standard deviations",
        "Cohen's d_z",
        "Cohen's d_z is the mean change divided by the standard deviation of the changes",
        True,
    )
    R_FROM_Z = "r from z", "z divided by the root of the number of pairs", "", "", True
    BASELINE_SDS = (
        "mean change over baseline SD",
        "Mean change in standard deviations at baseline",
        "",
        "",
        True,
    )


class Among(StrEnum):
    """A number that says how much three cohorts or more differ, from 0 to 1.

    Attributes:
        label: What it is called in the results.
        symbol: What stands before it in a table.
    """

    label: str
    symbol: str

    def __new__(cls, text: str, label: str, symbol: str) -> "Among":
        """A number by the name of its method."""
        member = str.__new__(cls, text)
        member._value_, member.label, member.symbol = text, label, symbol
        return member

    EPSILON_SQUARED = (
        "epsilon squared",
        "Share of the variation of ranks that is between cohorts",
        "ε²",
    )
    CRAMERS_V = "Cramér's V", "How much shares differ between cohorts, from 0 to 1", "V"


class OverVisits(StrEnum):
    """How all visits of an outcome are looked at together."""

    family: Family | None

    def __new__(cls, text: str, family: Family | None) -> "OverVisits":
        """A method by what it is called, and its family."""
        member = str.__new__(cls, text)
        member._value_, member.family = text, family
        return member

    FRIEDMAN_EXACT = "Friedman's test, exact", Family.FRIEDMAN
    FRIEDMAN_CHI_SQUARE = "Friedman's test, chi-square", Family.FRIEDMAN
    PAGE_EXACT = "Page's test, exact", Family.PAGE
    PAGE_NORMAL = "Page's test, normal", Family.PAGE
    KENDALL = "Kendall's W", None
    COCHRAN_EXACT = "Cochran's Q, exact", Family.COCHRAN
    COCHRAN_CHI_SQUARE = "Cochran's Q, chi-square", Family.COCHRAN


_FAMILIES: dict[str, Family | None] = {each: each.family for each in (*Method, *OverVisits)}


def family(name: str) -> Family | None:
    """The family of a method or convention by what it is called, if it has one."""
    return _FAMILIES.get(name)


class OfGrades(StrEnum):
    """How the grades at two visits are compared."""

    SIGN = "sign test of better and worse"
    STUART_MAXWELL_EXACT = "Stuart-Maxwell test, exact"
    STUART_MAXWELL_CHI_SQUARE = "Stuart-Maxwell test, chi-square"


class Kind(StrEnum):
    """A kind of claim for which a paper follows one convention throughout."""

    QUARTILE = "quartile"
    P_VALUE = "p-value"
    P_BETWEEN = "p-value between cohorts"
    P_OF_SHARES = "p-value of shares between cohorts"
    P_OVER_VISITS = "p-value over all visits"
    P_OF_CORRELATION = "p-value of a correlation"
    CORRELATION = "correlation"
    SPREAD = "standard deviation"
    PERCENT = "percent"
    DIFFERENCE = "difference"

    @property
    def plural(self) -> str:
        """Several such claims, as in p-values between cohorts."""
        if self == Kind.PERCENT:
            return "percentages"
        noun, of, rest = self.partition("p-value")
        return f"{noun}{of}s{rest}"


class Change(StrEnum):
    """What a convention changes of how a number was computed."""

    OWN = "own"
    QUANTILE = "quantile definition"
    TEST = "test"
    SIDES = "number of sides"
    AVERAGE = "average"
    SPREAD = "spread"
    STATISTIC = "statistic"
    METHOD = "method"
    ADJUSTMENT = "adjustment"
    ALL = "everyone as the denominator"
    DENOMINATOR = "denominator"
    LARGER_COHORT = "a larger cohort as the denominator"
    SIGN = "sign"
    DIRECTION = "direction"
    REVERSED = "reverse of the paper's direction"
    BOTH_VISITS = "both visits"
    MARK = "mark"
    VISIT = "visit"
    CONTRAST = "contrast"
    COHORT = "cohort"
    PATIENTS = "patients"
    READING = "reading"


OF_STATISTIC = (
    *(Change.OWN, Change.QUANTILE, Change.TEST, Change.SIDES),
    *(Change.AVERAGE, Change.SPREAD, Change.STATISTIC),
)
"""What concerns the statistic itself, and not the values that it is of."""
OTHER_VALUES = (*(Change.VISIT, Change.CONTRAST, Change.COHORT, Change.PATIENTS, Change.REVERSED),)
"""Where the values of other visits or of other patients are taken, or the reverse differences."""
