"""Which programs give the numbers of a paper."""

from collections.abc import Callable

from arms import ARMS, arms_table
from casebook.wording.programs import Programs
from claimlines import Audited, claim

Found = Callable[[], Programs | None]
DEFAULTS = "Each program is taken with its defaults."


def told(found: Programs | None) -> str:
    assert found is not None
    return " ".join(found.sentences)


def test_quartiles_tell_r_from_spss(audited: Audited, programs: Found) -> None:
    """R: quantile(c(8, 10, 12.5, 20, 40), c(0.25, 0.75)) is 10 and 20; by type 6 it is 9 and 30."""
    audited(
        claim("C1", "10", "p25(score_baseline) in everyone"),
        claim("C2", "20", "p75(score_baseline) in everyone"),
    )
    found = programs()

    assert found is not None
    assert "The paper prints 2 such numbers. All of them are" in told(found)
    assert "all programs but SPSS and Prism give all of these." in told(found)
    assert "SPSS and Prism give none." in told(found)
    assert ("30", "SPSS, Prism") in found.claims[1].given


def test_zeros_tell_r_4_6_from_r_4_5(audited: Audited, programs: Found) -> None:
    """Differences 24, 0, 0, 4, 0: R 4.5 gives 0.371, R 4.6 gives 0.5 (docs/statistics.md)."""
    rows = zip("abcde", (30, 20, 20, 20, 20), (6, 20, 20, 16, 20), strict=True)
    lines = [f"{name},50,F,none,2024-01-31,,{before},{after}" for name, before, after in rows]
    table = "\n".join(["ID,Age,Sex,Drugs,Start,Remark,Before,After", *lines, ""])

    audited(claim("C1", "0.371", "p_value(score) in everyone"), table=table)

    assert "R up to 4.5 and JASP give all of these." in told(programs())


def test_r_is_named_though_its_floats_lose_ties(audited: Audited, programs: Found) -> None:
    """R 4.2: wilcox.test(after, before, paired = TRUE) is 0.1094, of rounded changes 0.1058."""
    before, after = (1, 2, 4, 7, 11, 3, 22), (3, 4, 6, 4, 16, 9, 29)
    rows = zip("abcdefg", before, after, strict=True)
    lines = [f"{name},50,F,none,2024-01-31,,{b / 10},{a / 10}" for name, b, a in rows]
    table = "\n".join(["ID,Age,Sex,Drugs,Start,Remark,Before,After", *lines, ""])

    found = audited(claim("C1", "0.109", "p_value(score) in everyone"), table=table)

    assert "R up to 4.5, R 4.6, SciPy and JASP" in told(programs())
    assert found["C1"].verdict == "reproduced under another convention"
    assert all("ties lost to floating-point subtraction" in by for by in found["C1"].reproduced_by)


def test_a_number_that_no_program_gives_does_not_hide_the_program(
    audited: Audited, programs: Found
) -> None:
    audited(
        claim("C1", "9", "p25(score_baseline) in everyone"),
        claim("C2", "29", "p75(score_baseline) in everyone"),
    )

    assert "2 such numbers. 1 of them is" in told(programs())
    assert "SPSS and Prism give all of these." in told(programs())


def test_numbers_of_two_programs_are_told_with_what_the_nearest_would_print(
    audited: Audited, programs: Found
) -> None:
    """By type 6 the upper quartile is 30, by type 7 it is 20; the lower ones are 9 and 10."""
    audited(
        claim("C1", "9", "p25(score_baseline) in everyone"),
        claim("C2", "20", "p75(score_baseline) in everyone"),
        claim("C3", "44.5", "p25(age) in everyone"),
    )

    assert "no program gives all of these" in told(programs())


def test_a_conclusion_that_hangs_on_the_program_is_told(audited: Audited, programs: Found) -> None:
    """Five patients who all improve: exact p is 0.0625, by the normal approximation 0.0431."""
    rows = zip("abcde", (30, 20, 25, 20, 28), (6, 15, 18, 16, 20), strict=True)
    lines = [f"{name},50,F,none,2024-01-31,,{before},{after}" for name, before, after in rows]
    table = "\n".join(["ID,Age,Sex,Drugs,Start,Remark,Before,After", *lines, ""])

    audited(claim("C1", "not significant", "significant(score) in everyone"), table=table)

    hanging = "Whether p is below the level hangs on the program: C1 (significant only by SPSS,"
    assert hanging in told(programs())


def test_a_rank_sum_test_between_arms_is_told_by_its_program(
    audited: Audited, programs: Found
) -> None:
    line = claim("C1", "0.008", "p_value(score_change) between arms")
    audited(line, table=arms_table(), edits=(ARMS,))

    assert "Prism" in told(programs())


SHIFT = 'result(cohort=everyone, variable=score, context=estimate, statistic={}, method="{}")'
CDASI = zip("abcdefgh", (12, 7, 27, 50, 2, 8, 9, 14), (4, 1, 5, 31, 0, 1, 0, 7), strict=True)
CDASI_TABLE = "\n".join(
    [
        "ID,Age,Sex,Drugs,Start,Remark,Before,After",
        *(f"{name},50,F,none,2024-01-31,,{before},{after}" for name, before, after in CDASI),
        "",
    ]
)


def test_an_interval_tells_r_4_5_from_r_4_6(audited: Audited, programs: Found) -> None:
    """wilcox.test(conf.int = TRUE): R 4.2 gives -15.5 and -4.5, R 4.6 -15 and -4.5."""
    low = claim("C1", "-15.5", SHIFT.format("conf_low", "Hodges-Lehmann"))
    high = claim("C2", "-4.5", SHIFT.format("conf_high", "Hodges-Lehmann"))

    audited(low, high, table=CDASI_TABLE)
    found = programs()

    assert found is not None
    assert "R up to 4.5 and JASP give all of these." in told(found)
    assert "SciPy and coin give none." in told(found)
    assert "known only of R up to 4.5, R 4.6, SciPy, JASP and coin." in told(found)
    assert found.claims[0].given == [
        ("\N{MINUS SIGN}15.5", "R up to 4.5, JASP"),
        ("\N{MINUS SIGN}15.0", "R 4.6"),
        ("none", "SciPy, coin"),
    ]


def test_an_end_that_a_program_gives_by_its_own_rule_is_no_contradiction(audited: Audited) -> None:
    """R 4.6 ends at -15, where the exact interval and that of R 4.2 end at -15.5."""
    end = claim("C1", "-15.0", SHIFT.format("conf_low", "Hodges-Lehmann"))

    verdict = audited(end, table=CDASI_TABLE)["C1"]

    assert verdict.verdict == "reproduced under another convention"
    assert verdict.reproduced_by == ("interval by R 4.6",)


def test_an_interval_that_is_not_known_of_a_program_does_not_rule_it_out(
    audited: Audited, programs: Found
) -> None:
    audited(
        claim("C1", "0.012", "p_value(score) in everyone"),
        claim("C2", "-15.5", SHIFT.format("conf_low", "Hodges-Lehmann")),
        table=CDASI_TABLE,
    )

    assert "SPSS and Stata give all of these." in told(programs())


def test_an_interval_of_a_mean_tells_nothing(audited: Audited, programs: Found) -> None:
    audited(claim("C1", "-15.6", SHIFT.format("conf_low", "mean difference")), table=CDASI_TABLE)

    assert programs() is None


def test_a_paper_without_such_numbers_has_no_fingerprint(audited: Audited, programs: Found) -> None:
    audited(
        claim("C1", "18.1", "mean(score_baseline) in everyone"),
        claim("C2", "0.9", "p_value(score) in everyone", convention="paired t-test"),
    )

    assert programs() is None
