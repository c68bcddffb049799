"""What a program does by default when it is asked for Wilcoxon's signed-rank or rank-sum test.

The same name stands for different tests: what is done with zeros and ties, and from which size on
an approximation takes the place of the exact distribution, each program decides in its own way.
Which of these rules were compared with the program itself, and which are taken from its manual,
docs/statistics.md says. The tests are made in `signed_rank` and `rank_sum`.
"""

from dataclasses import dataclass
from typing import Literal

from casebook.statistics.terms import Convention, RankSumConvention

SignedRankDistribution = Literal["exact", "normal", "t"]
RankSumDistribution = Literal["exact", "exact-doubled", "normal"]
Zeros = Literal["wilcoxon", "pratt"]

_R_EXACT_BELOW = 50
_SCIPY_EXACT_TO = 50
_SCIPY_ALL_SIGNS_TO = 13
_SCIPY_EXACT_GROUP_TO = 8
_SAS_EXACT_TO = 20
_PRISM_EXACT_BELOW = 200


@dataclass(frozen=True, slots=True)
class SignedRankChoices:
    """The choices that make a signed-rank test, as `signed_rank.signed_rank` takes them."""

    distribution: SignedRankDistribution
    zeros: Zeros = "wilcoxon"
    continuity: bool = False


@dataclass(frozen=True, slots=True)
class RankSumChoices:
    """The choices that make a rank-sum test, as `rank_sum.rank_sum` takes them."""

    distribution: RankSumDistribution
    continuity: bool = False


_EXACT = SignedRankChoices("exact")
_EXACT_PRATT = SignedRankChoices("exact", zeros="pratt")
_NORMAL = SignedRankChoices("normal")
_NORMAL_PRATT = SignedRankChoices("normal", zeros="pratt")
_CORRECTED = SignedRankChoices("normal", continuity=True)


def signed_rank_choices(
    convention: Convention, n: int, zeros: int, *, ties: bool
) -> SignedRankChoices:
    """What a convention chooses for the signed-rank test of a sample.

    "exact" leaves zeros out, "exact-pratt" ranks them; "normal" leaves them out and has both
    corrections. The programs:

    - "r-4.5", "jasp": exact with fewer than 50 differences, none tied or zero, otherwise "normal".
    - "r-4.6": "exact-pratt" with fewer than 50 differences, zeros counted, otherwise "normal".
    - "scipy": exact with up to 13 differences, or with up to 50, none tied or zero; otherwise
      normal without continuity correction.
    - "spss": normal without continuity correction.
    - "sas": exact with up to 20 differences that are not zero, otherwise Student's t.
    - "stata", "coin": normal without continuity correction, zeros ranked.
    - "prism": exact with fewer than 200 differences, otherwise "normal".

    Args:
        convention: The name.
        n: Number of differences, zeros counted.
        zeros: How many of them are zero.
        ties: Whether two that are not zero are of one size.
    """
    untied = not ties and not zeros
    match convention:
        case "exact":
            return _EXACT
        case "exact-pratt":
            return _EXACT_PRATT
        case "r-4.6" if n < _R_EXACT_BELOW:
            return _EXACT_PRATT
        case "r-4.5" | "jasp" if n < _R_EXACT_BELOW and untied:
            return _EXACT
        case "scipy":
            exact = n <= _SCIPY_ALL_SIGNS_TO or (n <= _SCIPY_EXACT_TO and untied)
            return _EXACT if exact else _NORMAL
        case "spss":
            return _NORMAL
        case "sas":
            return _EXACT if n - zeros <= _SAS_EXACT_TO else SignedRankChoices("t")
        case "stata" | "coin":
            return _NORMAL_PRATT
        case "prism" if n < _PRISM_EXACT_BELOW:
            return _EXACT
    return _CORRECTED


def rank_sum_choices(
    convention: RankSumConvention, sizes: tuple[int, int], *, ties: bool
) -> RankSumChoices:
    """What a convention chooses for the rank-sum test of two groups.

    "normal" has both corrections. The programs:

    - "r-4.5", "jasp": exact with fewer than 50 values in each group and no ties, otherwise normal
      with continuity correction.
    - "r-4.6": exact with fewer than 50 values in each group, twice the smaller tail with ties;
      otherwise normal with continuity correction.
    - "scipy": exact with up to 8 values in one of the groups and no ties, otherwise normal with
      continuity correction.
    - "sas": normal with continuity correction.
    - "spss", "stata", "coin": normal without continuity correction.
    - "prism": exact, for up to 100 values in the smaller group; its manual does not say which
      approximation it takes for more.

    Args:
        convention: The name.
        sizes: How many values each group has.
        ties: Whether two values are equal.
    """
    few = max(sizes) < _R_EXACT_BELOW
    match convention:
        case "r-4.6" if few and ties:
            return RankSumChoices("exact-doubled")
        case "r-4.5" | "r-4.6" | "jasp" if few and not ties:
            return RankSumChoices("exact")
        case "scipy" if min(sizes) <= _SCIPY_EXACT_GROUP_TO and not ties:
            return RankSumChoices("exact")
        case "spss" | "stata" | "coin":
            return RankSumChoices("normal")
        case "exact" | "prism":
            return RankSumChoices("exact")
    return RankSumChoices("normal", continuity=True)
