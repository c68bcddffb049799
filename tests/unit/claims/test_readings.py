from collections.abc import Callable
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from arms import ARMS, CONDITION, HARMS, RESPONDERS
from casebook.base.printed import whole
from casebook.claims.checked import CHECKS, Check
from casebook.claims.compared import ComparedDifference, ComparedTest
from casebook.claims.examples import example_of
from casebook.claims.language import read_reading
from casebook.claims.over_visits import VisitsTest
from casebook.claims.readings import (
    COMBINED,
    COMPARISONS,
    PERCENTILE,
    SHARES,
    STATISTICS,
    TESTS,
    UNIVERSAL,
    VALUES,
    Combined,
    Comparison,
    Reading,
    ReadingError,
    ResultRow,
)
from casebook.claims.tested import CORRELATION, EFFECT
from casebook.study.load import load_study
from followed import STUDY as STUDY_OF_FOUR_VISITS

Read = Callable[[str], Reading]
CLAIMS = ["C001", "C002", "C003"]
VARIABLES = (
    "age, sex, drugs, start, remark, score_baseline, score_followup, drug_count, score_change,"
    " patient"
)

YEARS = (("  age:\n", "  years:\n"), ("select: age >= 65", "select: years >= 65"))
"""A study without the usual names."""
WITH_TWO = "compare with ==, not with a single ="


@pytest.fixture
def read(make_study: Callable[..., Path]) -> Read:
    """Reads a reading of the small study, in a file of three claims."""
    study = load_study(make_study())
    return lambda source: read_reading(source, study, CLAIMS)


def told(reading: Reading) -> tuple[str, dict[str, Any]]:
    """The sort of a reading and what it holds, with expressions as texts."""
    held = {each.name: getattr(reading, each.name) for each in fields(reading)}
    return type(reading).__name__, {k: getattr(v, "source", v) for k, v in held.items()}


def refusal(read: Read, source: str) -> str:
    with pytest.raises(ReadingError) as error:
        read(source)
    return str(error.value)


def test_a_reading_may_have_2000_characters_and_name_99_claims(read: Read) -> None:
    longest = f'none("{"x" * 1992}")'

    assert len(longest) == 2000
    assert told(read(longest)) == ("NotPublished", {"reason": "x" * 1992})
    assert "is not a reading" in refusal(read, longest.replace("x", "xx", 1))
    assert len(told(read(f"total({', '.join(['C001'] * 99)})"))[1]["claims"]) == 99


def test_of_a_private_column_only_counts_and_conditions_are_read(
    make_study: Callable[..., Path],
) -> None:
    study = load_study(make_study(("    unit: years\n", "    unit: years\n    private: true\n")))
    refused = [*(f"{name}(age) in older" for name in ("mean", "min", "value", "list"))]
    allowed = ["n(age) in older", "n_missing(age) in older", "count(age > 70) in older"]

    for source in refused:
        with pytest.raises(ReadingError, match="'age' is private, and this would show it"):
            read_reading(source, study, CLAIMS)
    assert all(read_reading(source, study, CLAIMS) for source in allowed)
    assert read_reading("mean(drug_count, age > 70) in older", study, CLAIMS)


def test_how_responders_are_counted_is_told_where_a_threshold_is_named(
    make_study: Callable[..., Path],
) -> None:
    threshold = "{ half: { label: Half, improvement: 50, unit: percent, source: Protocol } }"
    edit = ("    better: lower", f"    better: lower\n    responders: {threshold}")
    study = load_study(make_study(edit))

    with pytest.raises(ReadingError) as error:
        read_reading("count(half) in older", study, CLAIMS)

    reading = 'result(cohort=older, variable=score, context="responders", level=half, '
    assert str(error.value).startswith("'half' is not known; known: ")
    assert str(error.value).endswith(f"; count responders as in {reading}statistic=count)")
    assert read_reading(f"{reading}statistic=count)", study, CLAIMS)


@pytest.mark.parametrize("name", STATISTICS)
def test_a_statistic_of_a_column_is_read(read: Read, name: str) -> None:
    assert told(read(f"{name}(age) in older")) == (
        "ColumnStatistic",
        {"name": name, "expression": "age", "where": "True", "cohort": "older"},
    )


@pytest.mark.parametrize(
    ("source", "name", "where"),
    [
        ("percentile(age, 10) in older", "p10", "True"),
        ("percentile(age, 2.50, sex == 'F') in older", "p2.5", "sex == 'F'"),
        ("percentile(age, 25) in older", "p25", "True"),
    ],
)
def test_any_percentile_is_a_statistic(read: Read, source: str, name: str, where: str) -> None:
    expected = {"name": name, "expression": "age", "where": where, "cohort": "older"}

    assert told(read(source)) == ("ColumnStatistic", expected)


@pytest.mark.parametrize("percent", ["0", "100", "-5", "age", "'10'"])
def test_a_percentile_lies_between_0_and_100(read: Read, percent: str) -> None:
    assert "is not a number between 0 and 100; write percentile(x, 10); the ends are min(x)" in (
        refusal(read, f"percentile(age, {percent}) in older")
    )


@pytest.mark.parametrize(
    ("source", "expression", "where"),
    [
        ('min(age, "HCQ" in drugs) in older', "age", "'HCQ' in drugs"),
        ("mean(count(drugs)) in older", "count(drugs)", "True"),
        ("mean(score_change, known(age)) in older", "score_change", "known(age)"),
        (
            "max(score_followup - score_baseline) in older",
            "score_followup - score_baseline",
            "True",
        ),
        ('mean(sex == "F") in older', "sex == 'F'", "True"),
        ("mean(age, (sex == 'F' and age > 3)) in older", "age", "sex == 'F' and age > 3"),
        ("n(patient) in older", "patient", "True"),
        ("n(sex) in older", "sex", "True"),
        ("mean (age)  in  older", "age", "True"),
        ("mean(\n  age\n) in older", "age", "True"),
    ],
)
def test_a_column_may_be_an_expression_and_have_a_condition(
    read: Read, source: str, expression: str, where: str
) -> None:
    _, held = told(read(source))

    assert (held["expression"], held["where"]) == (expression, where)


@pytest.mark.parametrize("name", ["ratio", "less"])
def test_two_readings_are_combined(read: Read, name: str) -> None:
    reading = read(f'{name}(median(age, sex == "F") in older, percent(age > 70) in everyone)')

    assert isinstance(reading, Combined)
    assert told(reading.first) == told(read('median(age, sex == "F") in older'))
    assert told(reading.second) == told(read("percent(age > 70) in everyone"))


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("ratio(mean(age) in older)", "ratio(...) takes 2 arguments"),
        ("ratio(mean(age) in older, mean(agee) in older)", "did you mean 'age'?"),
        ("ratio(mean(age), mean(age)) in older", "ratio(...) takes no cohort"),
        ("less(mean(age), mean(age))", "mean(...) needs a cohort"),
        ("less(mean(age) in older, list(age) in older)", "is not a number of patients' values, as"),
        ("less(mean(age) in older, value(sex) in older)", "gives no number, which less(...) needs"),
        ("less(mean(age) in older, same(C001))", "is not a number of patients' values, as in less"),
        ("less(mean(age) in older, 3)", "'3' is not a reading; write one as in: "),
    ],
)
def test_what_cannot_be_combined_is_told(read: Read, source: str, said: str) -> None:
    assert said in refusal(read, source)


@pytest.mark.parametrize("name", TESTS)
def test_a_paired_test_of_an_outcome_is_read(read: Read, name: str) -> None:
    assert told(read(f"{name}(score) in everyone")) == (
        "PairedTest",
        {
            "name": name,
            "outcome": "score",
            "cohort": "everyone",
            "contrast": "change",
            "test": "",
            "where": "True",
            "side": "two-sided",
        },
    )


@pytest.mark.parametrize(
    ("name", "method"),
    [
        ("r", "r from z"),
        ("Cohen's d_z", "Cohen's d_z"),
        ("rank-biserial", "matched-pairs rank-biserial correlation"),
    ],
)
def test_an_effect_size_is_a_row_of_the_results(read: Read, name: str, method: str) -> None:
    reading = read(f'effect(score, "{name}") in older')

    assert isinstance(reading, ResultRow)
    assert (reading.keys["method"], reading.keys["contrast"]) == (method, "change")


@pytest.mark.parametrize("name", SHARES)
def test_a_share_of_the_patients_is_read(read: Read, name: str) -> None:
    assert told(read(f"{name}(score_followup < score_baseline) in everyone")) == (
        "Share",
        {
            "name": name,
            "condition": "score_followup < score_baseline",
            "where": "True",
            "cohort": "everyone",
        },
    )
    among = read(f'{name}(score_followup < score_baseline, sex == "F") in everyone')
    assert told(among)[1]["where"] == "sex == 'F'"


@pytest.mark.parametrize(
    ("source", "expression", "where", "kind"),
    [
        ('value(age, patient == "a") in older', "age", "patient == 'a'", "number"),
        ("list(sex, age > 3) in older", "sex", "age > 3", "category"),
        ("list(start) in older", "start", "True", "date"),
        ("members(drugs) in older", "drugs", "True", "set"),
        ("members(marked(drugs), age > 3) in older", "marked(drugs)", "age > 3", "set"),
    ],
)
def test_values_of_patients_are_read(
    read: Read, source: str, expression: str, where: str, kind: str
) -> None:
    name = source.partition("(")[0]

    assert told(read(source)) == (
        "Values",
        {
            "name": name,
            "expression": expression,
            "where": where,
            "cohort": "older",
            "kind": kind,
        },
    )


def test_a_row_of_the_results_is_read(read: Read) -> None:
    source = 'result(cohort=older, variable=score, context="after all", statistic=n, level=4)'

    expected = {"cohort": "older", "variable": "score", "context": "after all", "statistic": "n"}
    assert told(read(source)) == ("ResultRow", {"keys": expected | {"level": "4"}, "where": "True"})


@pytest.mark.parametrize(
    ("source", "name", "claims", "text"),
    [
        ("same(C001)", "same", ("C001",), ""),
        ("same(C001, C002)", "same", ("C001", "C002"), ""),
        ("total(C001, C002, C003)", "total", ("C001", "C002", "C003"), ""),
        ("between(C002,C001)", "between", ("C002", "C001"), ""),
        ("label(C001, C003)", "label", ("C001", "C003"), ""),
        ('says(C001, "in the title; or (not)")', "says", ("C001",), "in the title; or (not)"),
    ],
)
def test_a_comparison_of_claims_is_read(
    read: Read, source: str, name: str, claims: tuple[str, ...], text: str
) -> None:
    assert told(read(source)) == ("Comparison", {"name": name, "claims": claims, "text": text})


@pytest.mark.parametrize(
    ("source", "name", "arguments"),
    [
        ("grim(n=10)", "grim", {"n": "10"}),
        ("grim(n=C001, items=4)", "grim", {"n": "C001", "items": "4"}),
        ("grimmer(mean=10.5, n=10)", "grimmer", {"mean": "10.5", "n": "10"}),
        ("debit(mean=C002, n=C001)", "debit", {"mean": "C002", "n": "C001"}),
        ("percent_of(count=3, n=10)", "percent_of", {"count": "3", "n": "10"}),
        (
            "p_from(test=t, statistic=-2.1, df=9)",
            "p_from",
            {"test": "t", "statistic": "-2.1", "df": "9"},
        ),
        ("p_from(test=z, statistic=C001)", "p_from", {"test": "z", "statistic": "C001"}),
    ],
)
def test_a_check_of_printed_numbers_is_read(
    read: Read, source: str, name: str, arguments: dict[str, str]
) -> None:
    check = read(source)

    assert isinstance(check, Check)
    numbers = {part: str(number.low) for part, (number,) in check.given.items()}
    test = {"test": check.test} if check.test else {}
    assert (check.name, {**numbers, **check.claims, **test}) == (name, arguments)


def test_degrees_of_freedom_may_be_several_numbers(read: Read) -> None:
    check = read('p_from(test=F, statistic=3.1, df="2, 14")')

    assert isinstance(check, Check)
    assert check.given["df"] == [whole(2), whole(14)]


@pytest.mark.parametrize(
    "reason", ["the table has no dates", "it is (as they say) open", "a ; b", "häufig, 3–4 ≥ 2"]
)
def test_a_reason_why_there_is_none_is_read(read: Read, reason: str) -> None:
    assert told(read(f'none("{reason}")')) == ("NotPublished", {"reason": reason})


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("maen(age) in everyone", ("'maen' is not known", "did you mean 'mean'?")),
        ("medain(age) in everyone", ("'medain' is not known", "did you mean 'median'?")),
        ("p_vlaue(score) in everyone", ("'p_vlaue' is not known", "did you mean 'p_value'?")),
        ("sem(age) in older", ("'sem' is not known", "did you mean 'se'?")),
        ("avg(age) in older", ("'avg' is not known", "did you mean 'mean'?")),
        ("totl(C001)", ("'totl' is not known", "did you mean 'total'?")),
        ("percent_off(count=3, n=4)", ("'percent_off'", "did you mean 'percent_of'?")),
        ("mean(agee) in everyone", (f"'agee' is not known; known: {VARIABLES}; ", "'age'?")),
        ("mean(age, dugs == 3) in older", ("'dugs' is not known", "did you mean 'drugs'?")),
        ("count('HCQ' in drug) in older", ("'drug' is not known", "did you mean 'drugs'?")),
        (
            "mean(score) in older",
            (
                "'score' is an outcome; write which of its values is meant: score_baseline,"
                " score_followup, score_change",
            ),
        ),
        (
            "count(sex == F) in older",
            ("'F' is not known", 'write "F", in quotation marks, for the level'),
        ),
        ("mean(a + b) in older", ("'a' is not known", "; 'b' is not known")),
        ("count(sex == 'W') in older", ("'W' is not a level of sex; allowed: F, M",)),
        ("count('HQC' in drugs) in older", ("'HQC' is not a level of drugs", "mean 'HCQ'?")),
        ("mean(age) in oldr", ("'oldr' is not a cohort; known: older, everyone", "'older'?")),
        ("mean(age) in nobody", ("'nobody' is not a cohort; known: older, everyone",)),
        ("mean(age) in Everyone", ("'Everyone' is not a cohort", "did you mean 'everyone'?")),
        ("p_value(scor) in older", ("'scor' is not an outcome; known: score; did you mean",)),
        ("p_value(age) in older", ("'age' is not an outcome; known: score",)),
        ("n_pairs(score_baseline) in older", ("'score_baseline' is not an outcome",)),
        ("same(C01)", ("'C01' is not a claim; known: C001, C002, C003; did you mean 'C001'?",)),
        ("total(C001, C009)", ("'C009' is not a claim",)),
        ("says(X, 'text')", ("'X' is not a claim; known: C001, C002, C003",)),
        ("p_value(score, test='paired t') in older", ("'paired t' is not a test", "t-test'?")),
        ("effect(score, 'Cohen d_z') in older", ("is not an effect size", "Cohen's d_z")),
        ("effect(scor, 'r') in older", ("'scor' is not an outcome", "did you mean 'score'?")),
        ("effect(score, 'r', chnge) in older", ("'chnge' is not a contrast", "mean 'change'?")),
        ("grim(n=C01)", ("'C01' is not a claim", "did you mean 'C001'?")),
        ("grim(n='1e400')", ("'1e400' is not a number or a claim; known: C001",)),
        ("p_from(test=T, statistic=2)", ("'T' is not a test statistic; known: t, z", "mean 't'?")),
        ("p_from(test=t, statistic=C01)", ("'C01' is not a claim", "did you mean 'C001'?")),
    ],
)
def test_a_name_that_does_not_exist_is_told_with_those_that_do(
    read: Read, source: str, said: tuple[str, ...]
) -> None:
    message = refusal(read, source)

    assert all(part in message for part in said), message


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("mean(sex) in older", "'sex' is a category, where mean needs a number"),
        ("sd(remark) in older", "'remark' is a text, where sd needs a number"),
        ("median(drugs) in older", "'drugs' is a set, where median needs a number"),
        ("max(start) in older", "'start' is a date, where max needs a number"),
        ("mean(patient) in older", "'patient' is a text, where mean needs a number"),
        (
            'mean("age") in older',
            "\"'age'\" is a quoted text, where mean needs a number; write age without quotation"
            " marks",
        ),
        ("min([1, 2]) in older", "'[1, 2]' is a list, where min needs a number"),
        (
            "mean(age, age) in older",
            "'age' is a number, where mean needs a condition; write a condition, as in age > 3",
        ),
        (
            "list(age, drugs) in older",
            "'drugs' is a set, where list needs a condition; write count(drugs) > 0 for any,"
            ' "HCQ" in drugs for one',
        ),
        (
            "count(drugs) in older",
            "'drugs' is a set, where count needs a condition; write count(count(drugs) > 0) for"
            ' any, count("HCQ" in drugs) for one',
        ),
        (
            "percent(sex) in older",
            "'sex' is a category, where percent needs a condition; write a condition, as in"
            ' percent(sex == "F")',
        ),
        ("members(age) in older", "'age' is a number, where members needs a set"),
        ("members(count(drugs)) in older", "'count(drugs)' is a number, where members needs a set"),
    ],
)
def test_an_expression_of_the_wrong_kind_is_told(read: Read, source: str, message: str) -> None:
    assert refusal(read, source) == message


@pytest.mark.parametrize("source", ["mean(age + sex) in older", "count(age > 'x') in older"])
def test_an_expression_that_makes_no_sense_is_told(read: Read, source: str) -> None:
    assert "makes no sense" in refusal(read, source)


@pytest.mark.parametrize(
    "source",
    [
        *(f"{name}(age)" for name in (*STATISTICS, *SHARES, *VALUES)),
        *(f"{name}(score)" for name in TESTS),
    ],
)
def test_a_cohort_that_is_missing_is_told(read: Read, source: str) -> None:
    assert refusal(read, source).endswith(f"(...) needs a cohort, as in: {source} in older")


@pytest.mark.parametrize(
    "source",
    [*(f"{name}(C001)" for name in COMPARISONS), "none('x')", "grim(n=10)", "result(cohort=older)"],
)
def test_a_cohort_where_there_should_be_none_is_told(read: Read, source: str) -> None:
    assert "(...) takes no cohort" in refusal(read, f"{source} in older")


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("mean() in older", "mean(...) takes 1 or 2 arguments"),
        ("mean(age, age > 3, age < 9) in older", "mean(...) takes 1 or 2 arguments"),
        ("percentile(age) in older", "percentile(...) takes 2 or 3 arguments"),
        ("list() in older", "list(...) takes 1 or 2 arguments"),
        ("count() in older", "count(...) takes 1 or 2 arguments"),
        ("count(age > 3, age < 9, age) in older", "count(...) takes 1 or 2 arguments"),
        (
            "p_value(score, test=t) in older",
            'p_value(...) needs a text in quotation marks, as in "t"',
        ),
        (
            "n_pairs(score, test='sign test') in older",
            f"n_pairs(...) takes 1 to 3 arguments, and by name where; {WITH_TWO}",
        ),
        ("effect(score) in older", "effect(...) takes 2 to 4 arguments"),
        ("effect(score, r) in older", 'effect(...) needs a text in quotation marks, as in "r"'),
        ("p_value() in older", "p_value(...) takes 1 to 3 arguments"),
        ("n_pairs(score, change, 3) in older", "'3' is a number, where n_pairs needs a condition"),
        ("none()", "none(...) takes 1 argument"),
        ("none('a', 'b')", "none(...) takes 1 argument"),
        ("none(unknown)", 'none(...) needs a text in quotation marks, as in "unknown"'),
        ("none('')", "none(...) needs a text in quotation marks"),
        ("none(' ')", "none(...) needs a text in quotation marks"),
        ("none(5)", "none(...) needs a text in quotation marks"),
        ("none(f'{1}')", "none(...) needs a text in quotation marks"),
        ("none(b'a')", "none(...) needs a text in quotation marks"),
        ("between(C001)", "between(...) takes 2 arguments"),
        ("between(C001, C002, C003)", "between(...) takes 2 arguments"),
        ("says(C001)", "says(...) takes 2 arguments"),
        ("says(C001, '')", "says(...) needs a text in quotation marks"),
        ("says('text')", "says(...) takes 2 arguments"),
        ("says(C001, C002, 'x')", "says(...) takes 2 arguments"),
        ("same()", "same(...) takes 1 to 99 arguments"),
        (f"total({', '.join(['C001'] * 100)})", "total(...) takes 1 to 99 arguments"),
        (
            "count(age = 3) in older",
            f"count(...) takes 1 or 2 arguments, and by name where; {WITH_TWO}",
        ),
        ("grim(n=1, n=2)", "grim(...) is given an argument twice"),
        (r"none('a\x00b')", "none(...) needs a text in quotation marks"),
    ],
)
def test_arguments_that_are_missing_or_too_many_are_told(
    read: Read, source: str, message: str
) -> None:
    told, _, example = refusal(read, source).partition("; write it as in: ")

    assert told == message
    assert bool(example) == ("(...) takes " in message)


@pytest.mark.parametrize("edits", [(), YEARS])
def test_the_example_of_each_reading_is_one(
    make_study: Callable[..., Path], edits: tuple[tuple[str, str], ...]
) -> None:
    study = load_study(make_study(*edits))
    names = (*STATISTICS, *TESTS, *SHARES, *COMBINED, *CHECKS, PERCENTILE, CORRELATION, EFFECT)
    examples = [example_of(name, study) for name in (*names, *UNIVERSAL, *VALUES, "none")]
    claims = ["C003", "C004", "C005", "C010", "C041", "C042", "C150"]

    read = [read_reading(each, study, claims) for each in examples]
    of_claims = [read_reading(example_of(name, study), study, claims) for name in COMPARISONS]

    assert len(read) == len(examples)
    assert [each.name for each in of_claims if isinstance(each, Comparison)] == [*COMPARISONS]


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("result(cohrt=older)", ("'cohrt' is not an argument of result", "mean 'cohort'?")),
        ("result(stat=n)", ("'stat' is not an argument of result; known: cohort, variable",)),
        ("grim(mean=3)", ("'mean' is not an argument of grim; known: n, items",)),
        ("percent_of(cuont=3, n=4)", ("'cuont' is not an argument", "did you mean 'count'?")),
        ("result()", ("result(...) needs cohort, variable, context, statistic",)),
        ("result(cohort=older, variable=age, statistic=n)", ("result(...) needs context",)),
        ("grimmer(mean=3)", ("grimmer(...) needs n; it takes mean=..., n=..., items=...",)),
        ("p_from(test=t)", ("p_from(...) needs statistic",)),
        ("grim(10)", ("grim(...) takes its arguments by name: n=..., items=...",)),
        ("result(older)", ("result(...) takes its arguments by name: cohort=..., variable=...",)),
        ("grim(10, n=10)", ("grim(...) takes its arguments by name: n=..., items=...",)),
    ],
)
def test_a_form_with_names_tells_which_it_takes(
    read: Read, source: str, said: tuple[str, ...]
) -> None:
    message = refusal(read, source)

    assert all(part in message for part in said), message


@pytest.mark.parametrize(
    "source",
    [
        *("", " ", "()", "(age)", "mean", "mean(", "mean)", "mean in older", "mean(age in older"),
        *("mean(age) in", "mean(age) in every one", "mean(age) + 1 in older"),
        *("mean(age) in older in older", "mean(age).x in older", "age > 3", "lambda: 1", "{}", "5"),
        *("\0", "mean[age] in older"),
    ],
)
def test_what_is_no_reading_is_told_with_an_example_of_one(read: Read, source: str) -> None:
    assert refusal(read, source).startswith(f"{source!r} is not a reading; write one as in: ")


@pytest.mark.parametrize(
    "source",
    [
        *(
            "mean(age)) in older",
            "mean((age) in older",
            "mean(age > ) in older",
            "mean(,) in older",
        ),
        *("mean(age)(age) in older", "mean(age).sd(age) in older", "mean(age)\n(age) in older"),
        *("mean(age) ; sd(age) in older", "mean(age), sd(age) in older", "none('a')('b')"),
        *("none('it's so')", "none(“so”)", "none('a') and ('b')", "same(C001)(C002)", 'none(")'),
        *("mean(a\0ge) in older", "none('\ud800')", "mean(a ge) in older", "mean(007) in older"),
        pytest.param(f"mean({'(' * 300}age{')' * 300}) in older", id="many brackets"),
    ],
)
def test_what_is_not_well_formed_is_told(read: Read, source: str) -> None:
    assert refusal(read, source).startswith(f"{source!r} is not well-formed; ")


@pytest.mark.parametrize(
    ("source", "hint"),
    [
        ("count(sex == “F”) in older", "put text in straight quotation marks"),
        ("count(age ≥ 65) in older", "write <=, >= and !="),
        (
            "mean(score baseline) in older",
            "names are those of study.yaml, as score_baseline, and text stands in quotation marks",
        ),
    ],
)
def test_how_to_write_what_is_not_well_formed_is_told(read: Read, source: str, hint: str) -> None:
    assert refusal(read, source) == f"{source!r} is not well-formed; {hint}"


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ('__import__("os")', "'__import__' is not known"),
        ('__import__("os") in older', "'__import__' is not known"),
        ("eval('1')", "'eval' is not known"),
        ("mean(__import__('os')) in older", "uses the function '__import__'"),
        ("mean(age.__class__) in older", "uses 'age.__class__'"),
        ("mean(drugs[0]) in older", "uses 'drugs[0]'"),
        ("mean((lambda: 1)()) in older", "uses a call of this form"),
        ("mean(lambda: age) in older", "uses 'lambda: age'"),
        ("mean(f'{age}') in older", "uses \"f'{age}'\""),
        ("mean((age := 3)) in older", "uses '(age := 3)'"),
        ("mean([x for x in drugs]) in older", "uses '[x for x in drugs]'"),
        ("mean(age for age in drugs) in older", "uses '(age for age in drugs)'"),
        (
            "mean(mean(age)) in older",
            "uses the function 'mean' of one value (known: abs, count, known, marked)",
        ),
        ("mean(median(age) in older) in older", "uses the function 'median'"),
        ("mean(*age) in older", "not a well-formed expression"),
        ("mean(age, None) in older", "uses the constant None"),
        ("mean(1e999) in older", "a number that is too large"),
        ("mean(ağe) in older", "'ağe' is not known"),
        ("p_value(__import__('os')) in older", "is not an outcome"),
        ("same(__import__('os'))", "is not a claim"),
        ("same(*C001)", "'*C001' is not a claim"),
        ("says(C001, f'{1}')", "needs a text in quotation marks"),
        ("grim(n=1+1)", "'1+1' is not a number or a claim"),
        ("grim(n=__import__('os'))", "is not a number or a claim"),
        ("result(**{'cohort': 1})", "result(...) takes its arguments by name"),
        ("mean(age) in every\0one", "is not a cohort"),
        ("ｍean(age) in older", "'ｍean' is not known"),
        pytest.param(f"mean(age) in {'x' * 5000}", "is not a reading", id="long cohort"),
        pytest.param(f"{'x' * 5000}(age) in older", "is not a reading", id="long name"),
        pytest.param(f"grim(n={'9' * 5000})", "is not a reading", id="many digits"),
        pytest.param(f"mean({'1+' * 330}age) in older", "is nested too deeply", id="deep"),
    ],
)
def test_nothing_but_the_language_can_be_written(read: Read, source: str, said: str) -> None:
    assert said in refusal(read, source)


PIECES = [
    *(
        "mean",
        "n",
        "count",
        "value",
        "same",
        "says",
        "none",
        "result",
        "grim",
        "age",
        "drugs",
        "C001",
    ),
    *(
        "in",
        "older",
        "score",
        "n=10",
        "(",
        ")",
        ",",
        " ",
        "==",
        "'",
        '"',
        "\\",
        "\n",
        "#",
        ";",
        "=",
        "-",
    ),
    *(
        "*",
        "[",
        "]",
        "{",
        "}",
        ":",
        "lambda",
        "f'",
        "not",
        "0",
        "1e9",
        "\0",
        "é",
        "“",
        ".",
        "@",
        "await ",
    ),
]


@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::SyntaxWarning")
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
@example("mean(age)\\")
@example("none('\\N{x}')")
def test_any_text_is_read_or_refused(read: Read, source: str) -> None:
    for text in (source, f"mean({source}) in older", f"same({source})", f"grim(n={source})"):
        try:
            read(text)
        except ReadingError as error:
            assert str(error)


@pytest.fixture
def between(make_study: Callable[..., Path]) -> Read:
    """Reads a reading of a small study with two arms."""
    three = "  three: { label: Three, cohorts: [placebo, active, older] }\ncohorts:\n"
    edits = (RESPONDERS, HARMS, ARMS, ("cohorts:\n", three))
    study = load_study(make_study(CONDITION, *edits))
    return lambda source: read_reading(source, study, CLAIMS)


@pytest.mark.parametrize(
    ("source", "variable", "level", "visit"),
    [
        ("p_value(score_change) between arms", "score", "", "change"),
        ("significant(score_baseline) between arms", "score", "", "baseline"),
        ("p_value(high_followup) between arms", "high", "", "followup"),
        ("p_value(high_change) between arms", "high", "", "change"),
        ("difference(high_change, gained) between arms", "high", "gained", ""),
        ("difference(score_change, ten) between arms", "score", "ten", ""),
        ("p_value(harms_serious) between arms", "harms_serious", "", ""),
        ("conf_low('HCQ' in harms) between arms", "harms", "HCQ", ""),
    ],
)
def test_what_is_compared_between_cohorts_is_named(
    between: Read, source: str, variable: str, level: str, visit: str
) -> None:
    reading = between(source)
    assert isinstance(reading, ComparedTest | ComparedDifference)
    of = reading.compared
    assert (of.variable, of.level, of.visit) == (variable, level, visit)
    assert reading.comparison == "arms"


@pytest.mark.parametrize(
    ("source", "problem"),
    [
        ("p_value(score_change) between placebo", "'placebo' is not a comparison; known: arms"),
        ("p_value(score_change) between placebo", "of one cohort write ... in placebo"),
        ("n_pairs(score_change) between arms", "'n_pairs' is not a reading between cohorts"),
        ("mean(score_change) between arms", "of one cohort write mean(score_change) in placebo"),
        ("p_value(score) between arms", "'score' is not what is compared between cohorts; write"
         " which of these is meant: score_baseline, score_followup, score_change"),
        ("difference(score_change) in older", "needs a comparison, as in: difference(score_change)"
         " between arms; of the change in one cohort write result(cohort=placebo, variable=score,"
         ' context="estimate", method="Hodges-Lehmann", statistic=estimate)'),
        ("difference(age)", "needs a comparison, as in: difference(age) between arms"),
        ("difference(sex) between arms", 'write difference(sex == "F")'),
        ('effect(sex, "phi") between arms', 'write effect(sex == "F", "phi")'),
        ('result(cohort=arms, variable=sex, level=F, context="balance at baseline",'
         " statistic=p_value)", "sex has one test at baseline, of all levels: leave out level"),
        ("p_value(drugs) between arms", 'write p_value("HCQ" in drugs) of one member, or'
         " p_value(count(drugs) > 0) of any"),
        ("p_value(agee) between arms", "did you mean 'age'?"),
        ("p_value(age) between placebo and activ", "did you mean 'active'?"),
        ("p_value(age) between placebo and placebo", "is not two to 7 different cohorts"),
        ("student_t(age) between arms", 'write p_value(age, test="Student\'s t-test") between'),
        ("rho(age, drug_count) in active", 'write correlation(age, drug_count, method="spearman")'),
        ("p_value(age) in active", "between two cohorts write p_value(age) between a and b"),
        ('p_value(high, test="sign test") in active', "of a condition at two visits write p_value("
         "high, change) in placebo"),
        ("significant(high) in active", "write p_value(high, change) in placebo"),
        ("mcnemar(high) in active", "write p_value(high, change) in placebo"),
        ("p_value(high, early) in active", "'early' is not a contrast of high; known: change"),
        ("p_value(friedman(score)) in active", "is a p-value itself: write friedman(score)"),
        ("anova(age) between three", 'write p_value(age, test="one-way ANOVA") between three'),
        ("difference(score)", "needs a comparison, as in: difference(score_change) between arms"),
        ("difference(high)", "needs a comparison, as in: difference(high_baseline) between arms"),
        ("difference(sex)", "needs a comparison, as in: difference(score_change) between arms"),
        ("p_value(score_change) in arms", "write p_value(score_change) between arms"),
        ("p_value(score) in arms", "write p_value(score_change) between arms"),
        ("mean(age) in arms", "arms is a comparison, of whose cohorts write one, as in placebo"),
        ("p_value(score_change) in active", "'score_change' is not an outcome; known: score; write"
         " p_value(score) for the change between two visits"),
        ('effect(score_change, "r") in active', 'write effect(score, "...") for the change'),
        ("count(harms) in active", "write count(count(harms) > 0) for any, count("),
        ('count("Rash") in active', 'of an adverse event write count("Rash" in harms)'),
        ("cohens_d(score_change) between arms", 'write effect(score_change, "Cohen\'s d") between'),
        ("OR(high_followup)", 'write effect(high_followup, "odds ratio") between arms'),
        ('effect(high_change, "epsilon squared") between arms',
         'write effect(high_change, "rank-biserial") between arms'),
        ("t_test(score) in active", 'write p_value(score, test="paired t-test") in active'),
        ("t_test(score_change) between arms", 'test="Welch\'s t-test") between arms'),
        ("range(age) in active", "write min(age) in active and max(age) in active, each on a line"),
        ("ci(score_change) between arms", "write conf_low(score_change) between arms and conf_"),
        ("responders(score) in active", 'context="responders", level=ten, statistic=count)'),
        ("rate(harms) in active", 'variable=harms, context="harm", statistic=rate)'),
        ("hazard_ratio(score) between arms", "write none('hazard ratio'), as it is not computed"),
        ("size(active)", "write n(patient) in active"),
        ("size()", "write n(patient) in placebo"),
        ("p_value(scor_change) between arms", "; score_change; score_change, ten; "),
        ("p-value(score) in active", "is not a reading; write p_value(score) in active"),
        ("mean(age) of active", "is not a reading; write mean(age) in active"),
        ("mean(age) in active, placebo", "write mean(age) in active, and the other cohort on"),
        ("n in active", "is not a reading; write n(patient) in active"),
        ("proportion(age > 60) in active", "did you mean 'percent'?"),
        ("difference(score_change) between three", "compares more than two cohorts; only tests"),
        ("conf_low(high_change) between arms", "has no difference; write conf_low(high_change,"
         " gained) of those who gained it, or conf_low(high_change, lost) of those who lost it"),
    ],
)  # fmt: skip
def test_what_is_not_compared_is_told(between: Read, source: str, problem: str) -> None:
    assert problem in refusal(between, source)


RESULT = "result(cohort=active, variable={}, {}, statistic=conf_low)"


@pytest.mark.parametrize(
    ("short", "long"),
    [
        ("conf_low(mean(score_change)) in active",
         RESULT.format("score", 'context=estimate, method="mean difference"')),
        ("conf_low(median(score_change, age > 60)) in active",
         RESULT.format("score", 'context=estimate, method="median difference", where=age > 60')),
        ("conf_low(percent(sex=='F')) in active",
         RESULT.format("sex", "level=F, context=characteristic, method=Wilson")),
        ("conf_low(count('HCQ' in drugs)) in active",
         RESULT.format("drugs", "level=HCQ, context=characteristic, method=Wilson")),
        ("conf_low(percent(score_change <= -10)) in active",
         RESULT.format("score", "level=ten, context=responders, method=Wilson")),
        ("conf_low(percent(high_followup)) in active",
         RESULT.format("high", "visit=followup, context=condition, method=Wilson")),
        ("p_value(mean(score_change)) in active", "p_value(score) in active"),
        ('significant(median(score_change, age > 60), test="sign test") in active',
         'significant(score, age > 60, test="sign test") in active'),
        ("p_value(median(age)) between arms", "p_value(age) between arms"),
        ('result(cohort=arms, variable=age, level="-", context="balance at baseline",'
         " statistic=p_value)", "p_value(age) between arms"),
        ("p_value(high, change, age > 60) in active", RESULT.replace("conf_low", "p_value").format(
            "high", "context=condition, contrast=change, method=\"McNemar's exact test\","
            " where=age > 60")),
        ('p_value(difference(score_change), side="less") between arms',
         'p_value(score_change, side="less") between arms'),
    ],
)  # fmt: skip
def test_what_is_asked_of_an_estimate_is_what_results_have_of_it(
    between: Read, short: str, long: str
) -> None:
    assert between(short) == between(long)


@pytest.mark.parametrize(
    ("source", "problem"),
    [
        ("conf_low(mean(age)) in active", "the results have no interval of mean(age) in active"),
        ("conf_low(mean(agee)) in active", "did you mean 'age'?"),
        ("conf_low(score_change) in active", "conf_low(...) needs a comparison"),
        ("conf_low(mean(score_change)) in arms", "'arms' is not a cohort"),
        ("conf_low(mean(score_change), 3) in active", "takes 1 argument"),
        ('difference(effect(score, "d")) in active', "difference(...) needs a comparison"),
        ("p_value(mean(age)) in active", "'age' is not a change, which is what is tested"),
    ],
)
def test_what_results_do_not_have_of_an_estimate_is_told(
    between: Read, source: str, problem: str
) -> None:
    assert problem in refusal(between, source)


def test_without_a_comparison_nothing_is_between(read: Read) -> None:
    assert "declares no comparison" in refusal(read, "p_value(score_change) between arms")


COMPUTED = (
    "contrasts:\n",
    """\
  double:
    label: Double
    at: { baseline: 2 * score_baseline, month3: 2 * score_month3, month6: 2 * score_month6 }
    range: [0, 2000]
    better: lower
contrasts:
""",
)
"""An outcome that follows from another one at three visits."""


@pytest.mark.parametrize(
    ("source", "problem"),
    [
        ("count(high) in older", "'high' is a condition; write which visit is meant:"
         " 'high_baseline' or 'high_followup'"),
        ("count(high_basline) in older", "did you mean 'high_baseline'?"),
        ("mean(high_baseline == 'F') in older", "cannot compare"),
    ],
)  # fmt: skip
def test_a_condition_is_named_at_a_visit(between: Read, source: str, problem: str) -> None:
    counted = between("count(high_baseline, high_followup) in older")

    assert told(counted)[1]["condition"] == "high_baseline"
    assert told(counted)[1]["where"] == "high_followup"
    assert told(between("p_value(score, high_baseline) in older"))[1]["where"] == "high_baseline"
    assert problem in refusal(between, source)


def test_what_a_condition_is_is_told_where_another_value_has_its_name(
    make_study: Callable[..., Path],
) -> None:
    at = "at: { followup: score_followup > 3 }"
    named = ("outcomes:\n", f"conditions:\n  drug:\n    label: Drug\n    {at}\noutcomes:\n")
    study = load_study(make_study(named, ("  remark:\n", "  drug_followup:\n")))

    with pytest.raises(ReadingError, match="the condition drug at followup is score_followup > 3"):
        read_reading("count(drug_followup) in older", study, CLAIMS)
    with pytest.raises(ReadingError, match="write which visit is meant: 'score_followup > 3'"):
        read_reading("count(drug) in older", study, CLAIMS)


@pytest.fixture
def followed(make_study: Callable[..., Path]) -> Read:
    """Reads a reading of a small study of four visits, with a condition and a grade."""
    study = load_study(make_study(COMPUTED, text=STUDY_OF_FOUR_VISITS))
    return lambda source: read_reading(source, study, CLAIMS)


@pytest.mark.parametrize(
    ("source", "variable", "method", "statistic"),
    [
        ("friedman(score) in a", "score", "Friedman's test, chi-square", "p_value"),
        ("friedman(dyspnoea, statistic) in a", "dyspnoea", "Friedman's test, chi-square", ""),
        ("page(score, n) in a", "score", "", "n"),
        ("page(double) in a", "double", "Page's test, normal", "p_value"),
        ("cochran(well) in a", "well", "Cochran's Q, chi-square", "p_value"),
        ("kendalls_w(score) in a", "score", "Kendall's W", "estimate"),
    ],
)
def test_what_is_said_of_all_visits_is_a_row_of_the_results(
    followed: Read, source: str, variable: str, method: str, statistic: str
) -> None:
    reading = followed(source)

    assert isinstance(reading, ResultRow | VisitsTest)
    assert (reading.row if isinstance(reading, VisitsTest) else reading.keys) == {
        "cohort": "a",
        "variable": variable,
        "context": "all visits",
        "method": method,
        "statistic": statistic or "statistic",
    }


@pytest.mark.parametrize(
    ("source", "problem"),
    [
        (
            "friedman(well) in a",
            "'well' is not what friedman(...) can be of; known: score, double, dysp",
        ),
        ("cochran(score) in a", "'score' is not what cochran(...) can be of; known: well"),
        ("kendalls_w(score, p_value) in a", "'p_value' is not a statistic of kendalls_w(...)"),
        ("friedman(score)", "needs a cohort"),
        (
            "count(dyspnoea == 'mild') in a",
            "'dyspnoea' is a grade; write which visit is meant:"
            " 'grade0' or 'grade1' or 'grade3' or 'grade6'",
        ),
        ("count(dyspnoea_month3 == 'mild') in a", "'dyspnoea_month3' is not known; write grade3"),
        ("friedman(score) in b", "'b' is not a cohort"),
    ],
)
def test_what_was_not_seen_at_all_visits_is_told(followed: Read, source: str, problem: str) -> None:
    assert problem in refusal(followed, source)


def test_of_two_visits_nothing_is_said_of_all_visits(read: Read) -> None:
    assert "nothing that friedman(...) could be of has three visits" in refusal(
        read, "friedman(score) in older"
    )
