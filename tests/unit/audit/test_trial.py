"""One claim against what was tried, where it stands exactly at a boundary."""

from dataclasses import replace
from decimal import Decimal

import pytest

from casebook.audit.followed import Habits, find_followed, habits_of, kind_followed
from casebook.audit.search import LIMIT, Judgement, Reason, judge, reason_for
from casebook.audit.slips import CHANGED, has_two_digits, misprint, slips
from casebook.audit.trial import Trial, decision_error
from casebook.audit.variant import Variant
from casebook.base.printed import read_printed
from casebook.claims.among import EVERYONE
from casebook.claims.compared import Compared, ComparedTest
from casebook.claims.listed import Claim
from casebook.claims.readings import ColumnStatistic, PairedTest, Reading
from casebook.data.verdicts import (
    BY_CHANCE,
    CONTRADICTED,
    CUT_OFF,
    OTHER_CONVENTION,
    REPRODUCED,
)
from casebook.data.vocabulary import Change, Family, Method
from casebook.study.expressions import parse

ALPHA = 0.0625
"""The level, and the exact p-value of five patients who all improved."""


def trial_of(printed: str, reading: Reading, *tried: Variant) -> Trial:
    read = read_printed(printed)
    assert read is not None
    claim = Claim(2, "C1", "Results", "some words", printed, read, [], "", reading, {}, "", "")
    return Trial(claim, read, tried)


def of_test(printed: str, p_value: float) -> Trial:
    return trial_of(
        printed, PairedTest("p_value", "score", "everyone"), Variant(Change.OWN, "exact", p_value)
    )


def judged_with(trial: Trial) -> Judgement:
    return judge(trial, Habits(), fails=False, fails_cut_off=False)


def doing(trial: Trial, *conventions: str) -> Habits:
    """A paper that follows these for claims of this kind, whatever it calls them."""
    names = {(each, trial.claim.convention) for each in conventions}
    return Habits({kind_followed(trial.claim.reading): conventions}, misnomers=names)


def of_mean(printed: str, *tried: Variant) -> Trial:
    return trial_of(printed, ColumnStatistic("mean", parse("age"), EVERYONE, "everyone"), *tried)


@pytest.mark.parametrize(
    ("printed", "p_value", "error"),
    [
        ("<0.0625", ALPHA, "significant as printed, not significant when recomputed (p = 0.0625)"),
        ("<0.0625", 0.0624, ""),
        (">0.0625", ALPHA, ""),
        (">0.0625", 0.01, "not significant as printed, significant when recomputed (p = 0.01)"),
        ("<0.07", 0.9, ""),
        (">0.06", 0.01, ""),
        ("0.0625", 0.01, ""),
        ("0.061", ALPHA, "significant as printed, not significant when recomputed (p = 0.0625)"),
        ("0.07", ALPHA, ""),
        ("0.062", ALPHA, ""),
    ],
)
def test_a_p_value_of_exactly_the_level_is_not_significant(
    printed: str, p_value: float, error: str
) -> None:
    assert decision_error(of_test(printed, p_value), ALPHA, []) == error


def test_a_number_of_pairs_is_no_decision() -> None:
    trial = trial_of(
        "5", PairedTest("n_pairs", "score", "everyone"), Variant(Change.OWN, "pairs", 5)
    )

    assert decision_error(trial, ALPHA, []) == ""


@pytest.mark.parametrize(("number", "two"), [("9", False), ("10", True), ("0.1", False)])
def test_a_number_has_two_digits_from_ten_on(number: str, two: bool) -> None:
    assert has_two_digits(Decimal(number)) is two


def test_what_is_cut_off_is_another_convention_and_what_is_right_is_none() -> None:
    cut, right = (
        of_mean("1.27", Variant(Change.OWN, "mean", 1.278)),
        of_mean("1.28", Variant(Change.OWN, "m", 1.278)),
    )

    for trial, verdict, name in ((cut, OTHER_CONVENTION, CUT_OFF), (right, REPRODUCED, "m")):
        judged = judge(trial, Habits(), fails=False, fails_cut_off=False)
        assert (judged.verdict, judged.reproduced_by) == (verdict, (name,))


OWN = Variant(Change.OWN, "mean", 10.0)
MEDIAN = Variant(Change.AVERAGE, "median", 13.0)
OF_ALL = Variant(Change.DENOMINATOR, "of all", 13.0)
OLDER = Variant(Change.COHORT, "in Older", 13.0)
MARKED = Variant(Change.MARK, "as marked(x)", 13.0)


@pytest.mark.parametrize(
    ("other", "papers", "reproduced_by", "ruled_out"),
    [
        (MEDIAN, [], (), ("median",)),
        (MEDIAN, ["median"], ("median",), ()),
        (OF_ALL, [], ("of all",), ()),
    ],
)
def test_a_number_that_cannot_be_is_excused_by_other_patients_or_the_papers_own_way(
    other: Variant, papers: list[str], reproduced_by: tuple[str, ...], ruled_out: tuple[str, ...]
) -> None:
    trial = of_mean("13", OWN, other)

    checked = judge(trial, doing(trial, *papers), fails=True, fails_cut_off=True)
    unchecked = judge(trial, doing(trial, *papers), fails=False, fails_cut_off=False)

    assert (checked.reproduced_by, checked.ruled_out) == (reproduced_by, ruled_out)
    assert (unchecked.reproduced_by, unchecked.ruled_out) == ((other.convention,), ())


def test_cut_off_is_no_excuse_for_a_word_a_p_value_or_where_a_check_fails() -> None:
    word, number = (
        of_mean(t, Variant(Change.OWN, "mean", n)) for t, n in (("one", 1.9), ("12", 12.9))
    )
    smaller = of_test("0.04", 0.049)

    judged = [
        judge(word, Habits(), fails=False, fails_cut_off=False),
        judge(smaller, Habits(), fails=False, fails_cut_off=False),
        judge(number, Habits(), fails=True, fails_cut_off=True),
    ]

    assert {(each.verdict, each.would_fit) for each in judged} == {(CONTRADICTED, (CUT_OFF,))}
    excused = judge(number, Habits(), fails=True, fails_cut_off=False)
    assert (excused.reproduced_by, excused.would_fit) == ((CUT_OFF,), ())


@pytest.mark.parametrize(
    ("printed", "reproduced_by", "would_fit"),
    [
        ("13", ("median",), ("in Older",)),
        ("13.0", ("median",), ("in Older",)),
        ("14", (), ()),
        (">12", (), ()),
    ],
)
def test_other_patients_give_a_number_by_chance_and_anything_gives_a_bound(
    printed: str, reproduced_by: tuple[str, ...], would_fit: tuple[str, ...]
) -> None:
    judged = judged_with(of_mean(printed, OWN, MEDIAN, OLDER))

    assert (judged.reproduced_by, judged.would_fit) == (reproduced_by, would_fit)


def test_what_only_other_patients_give_is_a_verdict_of_its_own_but_not_of_one_digit() -> None:
    two, one = of_mean("14", OWN, replace(OLDER, value=14.0)), replace(OLDER, value=3.0)

    assert judged_with(two).verdict == BY_CHANCE
    assert judged_with(of_mean("3", OWN, one)) == Judgement(CONTRADICTED)


def test_that_another_test_is_significant_too_is_no_agreement() -> None:
    own = Variant(Change.OWN, "exact", 0.0)
    trial = trial_of(
        "1", PairedTest("significant", "score", "everyone"), own, Variant(Change.TEST, "normal", 1)
    )

    assert judged_with(trial).reproduced_by == ()


def test_of_a_short_number_a_way_for_which_nothing_speaks_is_chance() -> None:
    """Of the 11 slips in 5 one is too many, of the 30 in 10.5 it is not; 17.3 is no slip of it."""
    short = judged_with(of_mean("3", replace(OWN, value=5.0), replace(MARKED, value=3.0)))
    long = judged_with(of_mean("12.5", replace(OWN, value=10.5), replace(MARKED, value=12.5)))

    assert (short.verdict, short.would_fit) == (BY_CHANCE, ("as marked(x)",))
    assert (long.verdict, long.reproduced_by) == (OTHER_CONVENTION, ("as marked(x)",))
    assert (short.slips_fit, long.slips_fit) == (1 / 11, 1 / 30)
    assert short.slips_fit > LIMIT > long.slips_fit

    two = [replace(MARKED, value=12.5), replace(MARKED, value=10.6), replace(MARKED, value=17.3)]
    slip, other = (
        judged_with(of_mean(p, replace(OWN, value=10.5), *two)) for p in ("12.5", "17.3")
    )
    assert (slip.slips_fit, slip.verdict) == (2 / 30, BY_CHANCE)
    assert (other.slips_fit, other.verdict) == (2 / 30, OTHER_CONVENTION)


def test_a_fair_reading_counts_however_short_the_number_is() -> None:
    judged = judged_with(of_mean("3", OWN, Variant(Change.READING, "median(age) in older", 3.0)))

    assert (judged.verdict, judged.reproduced_by) == (OTHER_CONVENTION, ("median(age) in older",))


def test_a_paper_with_a_convention_did_not_compute_one_number_by_another() -> None:
    trial = of_mean("13", OWN, MEDIAN, Variant(Change.AVERAGE, "trimmed", 11.0))

    outlier = judge(trial, doing(trial, "trimmed"), fails=False, fails_cut_off=False)

    assert (outlier.verdict, outlier.would_fit) == (BY_CHANCE, ("median",))


@pytest.mark.parametrize(
    ("by_expected", "verdict"), [(0.031, OTHER_CONVENTION), (0.052, BY_CHANCE)]
)
def test_a_paper_may_choose_between_chi_squared_and_fishers_test_by_the_expected_counts(
    by_expected: float, verdict: str
) -> None:
    """Three p-values are Fisher's, as small counts are expected, and one is by chi-squared: right
    where large ones are.
    """
    exact, chi_squared = Method.FISHER, Method.CHI_SQUARED

    def share(name: str, printed: str, by_fisher: float, by_rule: float, other: float) -> Trial:
        reading = ComparedTest("p_value", Compared(name, name, name, of_shares=True), "arms")
        values = (by_fisher, other, by_rule)
        tried = zip((exact, chi_squared, Method.BY_EXPECTED), values, strict=True)
        changes = (Change.OWN, Change.TEST, Change.TEST)
        of = [Variant(each, *way) for each, way in zip(changes, tried, strict=True)]
        trial = trial_of(printed, reading, *of)
        return replace(trial, claim=replace(trial.claim, source=name, name=name))

    small = [share(p, p, float(p), float(p), 0.2) for p in ("0.014", "0.002", "0.024")]
    one = share("other", "0.031", 0.052, by_expected, 0.031)
    trials = [*small, one]

    judged = judge(one, habits_of(trials, find_followed(trials)), fails=False, fails_cut_off=False)

    assert judged.verdict == verdict


def test_the_reasons_for_a_way_go_from_what_the_paper_says_to_nothing() -> None:
    ways = {
        OWN: Reason.STATED,
        MEDIAN: Reason.OTHER,
        Variant(Change.QUANTILE, "quantile type 6", 1.0): Reason.DEFAULT,
        Variant(Change.READING, "median(age) in older", 1.0): Reason.FAIR,
        Variant(Change.ALL, "of all in Everyone", 1.0): Reason.FAIR,
        OLDER: Reason.CHANCE,
        Variant(Change.REVERSED, "the other way round", -10.0): Reason.CHANCE,
    }
    trial = of_mean("9", *ways)

    assert {way: reason_for(trial, way, Habits()) for way in ways} == ways
    assert reason_for(trial, MEDIAN, doing(trial, "median")) == Reason.FOLLOWED


@pytest.mark.parametrize(
    ("convention", "verdicts"),
    [
        ("", [OTHER_CONVENTION, BY_CHANCE, BY_CHANCE]),
        ("signed-rank", [BY_CHANCE, BY_CHANCE, BY_CHANCE]),
        ("signed-rank in R 4.6", [BY_CHANCE, BY_CHANCE, BY_CHANCE]),
        ("rank-sum", [BY_CHANCE, REPRODUCED, BY_CHANCE]),
        ("signed-rank, exact, one-sided for a decrease", [BY_CHANCE, BY_CHANCE, REPRODUCED]),
    ],
)
def test_another_test_than_is_named_a_test_of_groups_and_half_a_p_value_are_no_agreement(
    convention: str, verdicts: list[str]
) -> None:
    tried = [
        Variant(Change.OWN, "signed-rank, exact", 0.03125),
        Variant(Change.TEST, "signed-rank, default rule of R 4.6", 0.03125),
        Variant(Change.TEST, "paired t-test", 0.0092),
        Variant(Change.TEST, "rank-sum, exact", 0.0411),
        Variant(Change.SIDES, "signed-rank, exact, one-sided for a decrease", 0.015625),
    ]
    for printed, verdict in zip(("0.0092", "0.0411", "0.0156"), verdicts, strict=True):
        trial = trial_of(printed, PairedTest("p_value", "score", "everyone"), *tried)
        named = replace(trial, claim=replace(trial.claim, convention=convention))

        assert judged_with(named).verdict == verdict
        # A paper that does so throughout is not known to do anything else.
        fits = next(each.convention for each in tried if trial.right(each))
        papers = judge(trial, doing(trial, fits), fails=False, fails_cut_off=False)
        assert papers.verdict == OTHER_CONVENTION


def test_what_the_paper_names_for_a_claim_comes_before_what_it_does_elsewhere() -> None:
    unnamed = of_mean("13", OWN, Variant(Change.AVERAGE, "median difference", 13.0), OLDER)
    named = replace(unnamed, claim=replace(unnamed.claim, convention=Family.MEDIAN))

    assert named.shown(["in Older"]).convention == "median difference"
    assert unnamed.shown(["in Older"]) == OLDER
    assert unnamed.shown([]) == OWN


def test_a_decision_is_that_of_the_test_that_the_paper_names_for_the_claim() -> None:
    exact = Variant(Change.OWN, "signed-rank, exact", 0.07)
    t_test = Variant(Change.TEST, "paired t-test", 0.03)
    unnamed = trial_of("<0.05", PairedTest("p_value", "score", "everyone"), exact, t_test)
    named = replace(unnamed, claim=replace(unnamed.claim, convention=Family.PAIRED_T))

    assert decision_error(named, 0.05, [exact.convention]) == ""
    assert decision_error(unnamed, 0.05, [exact.convention]) != ""


def test_only_a_p_value_that_can_be_recomputed_can_be_a_wrong_decision() -> None:
    mean, untried = of_mean("0.04", Variant(Change.OWN, "mean", 0.9)), of_test("0.04", 0.9)

    assert decision_error(mean, ALPHA, []) == ""
    assert decision_error(replace(untried, tried=()), ALPHA, []) == ""
    assert decision_error(untried, ALPHA, []) != ""


@pytest.mark.parametrize(
    ("printed", "value", "told"),
    [
        ("21.5", 12.5, "12.5 with two digits exchanged"),
        ("12.6", 12.5, "12.5 with one digit changed"),
        ("21.6", 12.5, ""),
        ("12.5", 12.5, ""),
        ("6", 5, ""),
        ("15", 10, "10 with one digit changed"),
        ("<21", 12, ""),
        ("3 × 10^2", 400, ""),
        ("105", 10.5, "10.5 with its decimal point moved"),
        ("1.05", 10.5, "10.5 with its decimal point moved"),
        ("0.003", 0.000311, "0.0003 with its decimal point moved"),
        ("0.003", 0.0413, ""),
        ("a third", 66.7, ""),
        ("19", 20, "20, off by one"),
        ("20.0", 19.93, "19.9, off by one in the last digit"),
        ("367.0", 366.947, "366.9, off by one in the last digit, as if rounded twice"),
        ("12.5", 12.447, "12.4, off by one in the last digit, as if rounded twice"),
    ],
)
def test_a_slip_changes_a_digit_exchanges_two_or_moves_the_point(
    printed: str, value: float, told: str
) -> None:
    read = read_printed(printed)

    assert read is not None
    assert misprint(read, value) == told


def test_every_slip_of_a_number_is_known_once() -> None:
    made = slips(Decimal("10.5"))

    # A digit changed, but not to a zero in front; 15.0; 9.5; and 105 and 1.05.
    assert len(made) == (8 + 9 + 9) + 1 + 1 + 2
    assert all(
        str(slip.low) in ("15.0", "9.5", "105", "1.05") for slip in made if made[slip] != CHANGED
    )
