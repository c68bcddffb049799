from collections.abc import Callable
from pathlib import Path
from time import process_time

import pytest

from casebook.claims.listed import COLUMNS, Claim, decision, read_claims
from casebook.claims.naming import named_conventions
from casebook.data.findings import DataError
from casebook.study.load import load_study

Read = Callable[..., list[Claim]]
HEADER = "\t".join(COLUMNS) + "\n"
NUMBER = "allowed: a number, as in 10.5, 30%, <0.05, three, 3–4"
NAME = "allowed: a name of letters and digits, as in C001"
DECISION = "allowed: a text with 'significant' or 'differ', and 'not' if it is not; or NS"
CONVENTIONS = (
    "allowed: nothing, or mean, median, sd, standard error, signed-rank, rank-sum, sign test,"
    " paired t-test, one-sample t-test, permutation test of the mean, Welch's t-test,"
    " Student's t-test, Kruskal-Wallis, one-way ANOVA, Fisher's exact test, Boschloo's test,"
    " chi-squared, chi-squared or Fisher's exact test,"
    " risk difference, Pearson's correlation,"
    " Spearman's correlation, Kendall's tau, Friedman's test, Page's test,"
    " Cochran's Q, follow-up minus baseline, baseline minus follow-up, or a rank test with its"
    " program, as in signed-rank in SPSS, or a test as results.csv names it, as in signed-rank,"
    " exact"
)


def claim(name: str = "C001", **cells: str) -> str:
    """A line of claims.tsv, without fault but for what is given."""
    usual = {"claim": name, "place": "Abstract", "words": "10 patients", "printed": "10"}
    usual |= {"computed_as": "n(patient) in everyone"}
    return "\t".join((dict.fromkeys(COLUMNS, "") | usual | cells).values()) + "\n"


@pytest.fixture
def read(make_study: Callable[..., Path]) -> Read:
    """Reads the claims of the small study from these lines, below the header."""
    study = load_study(make_study())

    def run(*lines: str, header: str = HEADER, encoding: str = "utf-8") -> list[Claim]:
        path = Path("claims.tsv")
        path.write_bytes("".join([header, *lines]).encode(encoding))
        return read_claims(path, study)

    return run


def errors(read: Read, *lines: str, **how: str) -> list[str]:
    with pytest.raises(DataError) as error:
        read(*lines, **how)
    return [str(each).removeprefix("claims.tsv, ") for each in error.value.findings]


def test_a_claim_is_read_with_all_its_cells(read: Read) -> None:
    (found,) = read(
        claim(
            printed="10.5",
            computed_as="mean(age) in older",
            convention="median",
            note="Hinges on the cohort; see there.",
        )
    )

    assert (found.line, found.name, found.place, found.words) == (
        2, "C001", "Abstract", "10 patients",
    )  # fmt: skip
    assert (found.printed, found.source) == ("10.5", "mean(age) in older")
    assert (found.convention, found.note) == ("median", "Hinges on the cohort; see there.")
    assert found.otherwise == {}


def test_claims_are_read_in_their_order_with_their_lines(read: Read) -> None:
    found = read(claim("C2"), "\n", claim("C10"), "\t" * 7 + "\n", claim("a_b"))

    assert [(each.line, each.name) for each in found] == [(2, "C2"), (4, "C10"), (6, "a_b")]


def test_other_readings_are_read_by_how_they_are_written(read: Read) -> None:
    otherwise = "mean(age) in older ; median(age, age > 3) in everyone"

    (found,) = read(claim(otherwise=otherwise))

    assert list(found.otherwise) == otherwise.split(" ; ")


def test_an_other_reading_that_is_the_same_as_the_first_says_nothing(read: Read) -> None:
    (found,) = read(claim(otherwise="n(patient) in everyone"))

    assert found.otherwise == {}


def test_a_claim_may_name_one_that_stands_below_it(read: Read) -> None:
    found = read(claim("C001", computed_as="same(C002)"), claim("C002"))

    assert [each.name for each in found] == ["C001", "C002"]


def test_a_claim_that_cannot_be_read_is_still_one_that_others_may_name(read: Read) -> None:
    (found,) = errors(
        read,
        claim("C001", computed_as="maen(age) in older"),
        claim("C002", computed_as="same(C001)"),
    )

    assert found.startswith("row 2, column 'computed_as'")


@pytest.mark.parametrize(
    ("printed", "computed_as"),
    [
        ("10.5", "mean(age) in older"),
        ("3–4", "mean(count(drugs)) in older"),
        ("Three", "count(age > 3) in older"),
        ("30.0%", "percent(age > 3) in older"),
        ("<0.05", "p_value(score) in older"),
        ("none", "n_pairs(score) in older"),
        ("not statistically significant", "significant(score) in older"),
        ("12", 'value(age, patient == "a") in older'),
        ("Female", 'value(sex, patient == "a") in older'),
        ("HCQ, MTX and others", "members(drugs) in older"),
        ("Wilcoxon Rank-Sum test", "label(A, B)"),
        ("20", "total(A, B)"),
        ("10", "between(A, B)"),
        ("ten", "same(A)"),
        ("June 2023", 'none("the table has no dates")'),
        ("a title, in words", 'says(A, "title")'),
    ],
)
def test_what_is_printed_may_be_what_its_reading_gives(
    read: Read, printed: str, computed_as: str
) -> None:
    *_, found = read(claim("A"), claim("B"), claim(printed=printed, computed_as=computed_as))

    assert found.printed == printed


@pytest.mark.parametrize(
    "content",
    [
        f"\ufeff{HEADER}{claim()}",
        f"{HEADER}{claim()}".replace("\n", "\r\n"),
        f"{HEADER}{claim()}".removesuffix("\n"),
        HEADER + claim(printed=" 10 ", computed_as="n(patient)\xa0in  everyone"),
        HEADER + claim().replace("10 patients", '"10 patients"'),
    ],
    ids=["byte order mark", "CRLF", "no last line end", "spaces", "quotes"],
)
def test_claims_are_the_same_however_the_file_was_saved(read: Read, content: str) -> None:
    (found,) = read(header=content)

    assert (found.words, found.printed, found.source) == (
        "10 patients", "10", "n(patient) in everyone",
    )  # fmt: skip


def test_a_cell_with_quotation_marks_is_read_as_spreadsheets_write_it(read: Read) -> None:
    bare = claim("C001", computed_as='none("no dates, so there")')
    quoted = claim("C002", computed_as='"none(""no dates, so there"")"')

    first, second = read(bare, quoted)

    assert first.source == second.source == 'none("no dates, so there")'


def test_a_file_that_is_not_utf_8_is_told(read: Read) -> None:
    (found,) = errors(read, claim(words="naïve"), encoding="latin-1")

    assert found.startswith("row 2, column 'words': found 'naïve'; allowed: UTF-8 text; it reads")


def test_a_wrong_header_is_told_with_the_right_one(read: Read) -> None:
    (found,) = errors(read, claim(), header=HEADER.replace("printed", "value"))

    assert found.startswith("row 1: found 'claim, place, words, value, computed_as")
    assert found.endswith(f"; allowed: {', '.join(COLUMNS)}, with tabs between")


def test_columns_that_are_usually_empty_may_be_left_out(read: Read) -> None:
    short = "claim\tplace\twords\tprinted\tcomputed_as\n"

    (found,) = read("C001\tText\tthree of them\tthree\tn(patient) in everyone\n", header=short)

    assert (found.otherwise, found.convention, found.note) == ({}, "", "")


@pytest.mark.parametrize("line", ["C002\n", "C002\tAbstract\t10\n", claim("C002").rstrip() + "\n"])
def test_a_line_with_too_few_cells_is_told(read: Read, line: str) -> None:
    (found,) = errors(read, claim("C001"), line)

    assert found.startswith("row 3: found 'C002")
    assert found.endswith(f"; allowed: {', '.join(COLUMNS)}, with tabs between")


@pytest.mark.parametrize("name", ["1", "C 1", "C-1", "C1.", "_C1", "é1", "C١"])
def test_a_name_that_is_no_name_is_told(read: Read, name: str) -> None:
    assert errors(read, claim(name)) == [f"row 2, column 'claim': found {name!r}; {NAME}"]


def test_a_claim_without_a_name_is_told(read: Read) -> None:
    assert errors(read, claim("")) == [f"row 2, column 'claim': {NAME}"]


def test_a_name_of_two_claims_is_told_at_both(read: Read) -> None:
    allowed = "column 'claim': found 'C001'; allowed: a name that no other claim has"

    assert errors(read, claim("C001"), claim("C002"), claim("C001")) == [
        f"row 2, {allowed}",
        f"row 4, {allowed}",
    ]


@pytest.mark.parametrize("column", ["place", "words"])
def test_a_text_that_is_missing_is_told(read: Read, column: str) -> None:
    assert errors(read, claim(**{column: ""})) == [
        f"row 2, column {column!r}: allowed: a text; it must not be empty"
    ]


@pytest.mark.parametrize("printed", ["4 (50%)", "10.5 ± 3.2", "4/8"])
def test_several_numbers_in_one_claim_are_told_to_be_several_claims(
    read: Read, printed: str
) -> None:
    (found,) = errors(read, claim(printed=printed))

    assert found == (
        f"row 2, column 'printed': found {printed!r}; {NUMBER};"
        " each number is a claim of its own, on a line of its own; only what follows from a mean,"
        " median, count, percentage, difference, effect size or correlation may stand beside it"
    )


def test_what_is_wrong_with_a_mean_and_its_sd_is_told_once(read: Read) -> None:
    wrong = claim(printed="18 ± 2", computed_as="mean(agee) in older", place="")
    taken = claim("C002", printed="18 ± 2", computed_as="mean(age) in older"), claim("C002_sd")

    found = errors(read, wrong, *taken)

    assert [each.partition(":")[0] for each in found] == [
        *("row 2, column 'place'", "row 2, column 'computed_as'"),
        *("row 3, column 'claim'", "row 4, column 'claim'"),
    ]


def test_a_reading_that_is_missing_is_told(read: Read) -> None:
    (found,) = errors(read, claim(computed_as=""))

    assert "column 'computed_as'" in found
    assert found.endswith(
        "'' is not a reading; write one as in: median(score_baseline) in older; or none(\"why\")"
        " of what the table cannot give"
    )


@pytest.mark.parametrize("printed", ["ten men", "nan", "4–3", "1.2.3", "statistics"])
@pytest.mark.parametrize(
    "computed_as",
    [
        "mean(age) in older",
        "count(age > 3) in older",
        "p_value(score) in older",
        "n_pairs(score) in older",
        "result(cohort=older, variable=score, context=x, statistic=n)",
        "total(A, B)",
        "between(A, B)",
        "grim(n=10)",
    ],
)
def test_a_text_in_place_of_a_number_is_told(read: Read, printed: str, computed_as: str) -> None:
    line = claim(printed=printed, computed_as=computed_as)

    assert errors(read, claim("A"), claim("B"), line) == [
        f"row 4, column 'printed': found {printed!r}; {NUMBER}"
    ]


@pytest.mark.parametrize("printed", ["0,014", "<0,05", "10,5", "1,23"])
def test_a_decimal_comma_is_told_with_what_to_write(read: Read, printed: str) -> None:
    (found,) = errors(read, claim(printed=printed, computed_as="p_value(score) in older"))

    assert found.endswith("write a decimal comma as a point, 0.014 for 0,014")


@pytest.mark.parametrize("name", ["mean", "mean, sd"])
def test_decimal_commas_of_several_numbers_are_never_taken_for_numbers_apart(
    read: Read, name: str
) -> None:
    (found,) = errors(read, claim(printed="12,4 (3,1)", computed_as=f"{name}(age) in older"))

    assert found.endswith("0.014 for 0,014, and a space behind a comma between two numbers")


@pytest.mark.parametrize(
    ("computed_as", "allowed"),
    [
        ("mean(score_change) in older", True),
        ("result(cohort=older, variable=score, context=x, statistic=mean)", True),
        ('value(score_change, patient == "a") in older', True),
        ("p_value(score) in older", False),
        ("count(age > 3) in older", False),
        ('list(score_change, patient == "a") in older', False),
    ],
)
def test_a_claim_of_values_can_name_the_direction_of_its_differences(
    read: Read, computed_as: str, allowed: bool
) -> None:
    line = claim(computed_as=computed_as, convention="baseline minus follow-up")

    if allowed:
        assert [each.convention for each in read(line)] == ["baseline minus follow-up"]
    else:
        assert "column 'convention'" in errors(read, line)[0]


def test_a_text_that_is_no_decision_is_told(read: Read) -> None:
    line = claim(printed="p<0.05", computed_as="significant(score) in older")

    assert errors(read, line) == [f"row 2, column 'printed': found 'p<0.05'; {DECISION}"]


def test_all_but_one_is_not_printed_of_everyone(read: Read) -> None:
    line = claim(printed="All but one", computed_as="always(age > 60) in older")

    (found,) = errors(read, line)

    assert "found 'always(age > 60) in older'; allowed: count(...) of the condition" in found


def test_a_label_that_names_no_convention_is_told(read: Read) -> None:
    (found,) = errors(read, claim("A"), claim(printed="IQR", computed_as="label(A)"))

    assert found.startswith("row 3, column 'printed': found 'IQR'; allowed: a text that names one")


def test_other_readings_are_numbers_beside_a_number(read: Read) -> None:
    line = claim(computed_as='none("open")', otherwise="mean(age) in older")

    found = errors(read, line)

    assert len(found) == 1
    assert "column 'otherwise'" in found[0]
    assert "allowed: only readings that give a number, as computed_as does" in found[0]


def test_a_claim_cannot_be_its_own_proof(read: Read) -> None:
    found = errors(read, claim("C001", computed_as="same(C001)"), claim("C002"))

    assert found == ["row 2, column 'computed_as': found 'same(C001)'; it rests on itself"]


def test_a_check_cannot_take_what_its_own_claim_prints(read: Read) -> None:
    (found,) = errors(read, claim("C001", printed="20", computed_as="grim(n=C001)"), claim("C002"))

    assert found.endswith("found 'grim(n=C001)'; it rests on itself")


def test_checks_may_take_what_each_other_print(read: Read) -> None:
    checks = [("A", "grimmer(mean=B, n=10)"), ("B", "grim(n=A)")]

    assert len(read(*(claim(name, computed_as=check) for name, check in checks))) == 2


def test_each_circle_of_claims_is_told_once_where_it_begins(read: Read) -> None:
    rests = {"A": "B", "B": "C", "C": "B", "D": "C", "E": "F", "F": "E", "G": "H", "H": "I"}

    found = errors(
        read,
        *(claim(name, computed_as=f"same({other})") for name, other in rests.items()),
        claim("I"),
    )

    assert found == [
        "row 3, column 'computed_as': found 'same(C)'; it rests on itself, by way of C",
        "row 6, column 'computed_as': found 'same(F)'; it rests on itself, by way of F",
    ]


def test_a_circle_of_thousands_of_claims_is_told_in_a_line(read: Read) -> None:
    names = [f"C{i}" for i in range(1, 3001)]
    circle = [
        claim(name, computed_as=f"same({following})")
        for name, following in zip(names, [*names[1:], names[0]], strict=True)
    ]
    begin = process_time()

    (found,) = errors(read, *circle)

    assert process_time() - begin < 2
    assert found.endswith("by way of C2, C3, C4, C5, C6, C7, C8, C9, C10, C11, and 2,989 more")


def test_a_convention_is_one_of_its_reading(read: Read) -> None:
    found = errors(read, claim(computed_as="sd(age) in older", convention="median"))

    assert "allowed: nothing for this reading or sd or standard error" in found[0]


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("Mean", "; did you mean 'mean'?"),
        ("rank sum", "; did you mean 'rank-sum'?"),
        ("signedrank", "; did you mean 'signed-rank'?"),
        ("Wilcoxon", "; did you mean 'signed-rank'?"),
        ("signed rank in Spss", "; did you mean 'signed-rank in SPSS'?"),
        ("quartiles", ""),
    ],
)
def test_a_convention_that_is_not_known_is_told_with_those_that_are(
    read: Read, name: str, hint: str
) -> None:
    assert errors(read, claim(convention=name)) == [
        f"row 2, column 'convention': found {name!r}; {CONVENTIONS}{hint}"
    ]


@pytest.mark.parametrize(
    ("computed_as", "convention", "fitting"),
    [
        ("mean(age) in older", "rank-sum", " or mean or median"),
        ("p_value(score) in older", "median", " or signed-rank or rank-sum or sign test"),
        ("n(patient) in older", "mean", ""),
        ('none("open")', "mean", ""),
    ],
)
def test_a_convention_of_another_sort_of_number_is_told(
    read: Read, computed_as: str, convention: str, fitting: str
) -> None:
    (found,) = errors(read, claim(computed_as=computed_as, convention=convention))

    told = f"row 2, column 'convention': found {convention!r}; allowed: nothing for this reading"
    assert found.startswith(told + fitting)


def test_a_correlation_by_a_named_method_is_told_to_write_its_subtraction_out(read: Read) -> None:
    reading = 'correlation(age, score_change, method="spearman") in older'

    (found,) = errors(read, claim(computed_as=reading, convention="baseline minus follow-up"))

    assert "write the subtraction out in computed_as, as in correlation(age," in found


def test_both_of_two_other_readings_are_told(read: Read) -> None:
    first, second = errors(read, claim(otherwise="maen(age) in older ; mean(agee) in older"))

    assert all("row 2, column 'otherwise'" in found for found in (first, second))
    assert "'maen' is not known" in first
    assert "'agee' is not known" in second


def test_a_line_that_cannot_be_read_is_no_claim_to_name(read: Read) -> None:
    first, second = errors(read, "C001\tAbstract\n", claim("C002", computed_as="same(C001)"))

    assert first.startswith("row 2: found 'C001, Abstract'")
    assert "row 3, column 'computed_as'" in second
    assert "'C001' is not a claim" in second


def test_every_mistake_is_told_at_once_with_its_line(read: Read) -> None:
    found = errors(
        read,
        claim("1"),
        claim("C2", printed="x", convention="Mean"),
        claim("C3", words="", computed_as="maen(age) in older"),
        "\n",
        claim("C4", otherwise="mean(age) in oldr"),
        claim("C2"),
        "C5\n",
        claim("C6"),
    )

    assert sorted(tuple(each.split(": ")[0].split(", column ")) for each in found) == [
        ("row 2", "'claim'"),
        ("row 3", "'claim'"),
        ("row 3", "'convention'"),
        ("row 3", "'printed'"),
        ("row 4", "'computed_as'"),
        ("row 4", "'words'"),
        ("row 6", "'otherwise'"),
        ("row 7", "'claim'"),
        ("row 8",),
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("statistically significant", True),
        ("Significant", True),
        ("significantly better", True),
        ("a statistical difference", True),
        ("not statistically significant", False),
        ("NOT SIGNIFICANT", False),
        ("No significant difference", False),
        ("non-significant", False),
        ("insignificant", False),
        ("without statistical significance", False),
        ("neither of them significant", False),
        ("did not reach statistical significance", False),
        ("statistically", True),
        ("not only clinically but statistically significant", True),
        ("significant (p not adjusted)", True),
        ("nonsignificant", False),
        ("wasn’t significant", False),
        ("none of the changes was significant", False),
        ("failed to reach statistical significance", False),
        ("NS", False),
        ("n.s.", False),
        ("(ns)", False),
        ("insulin", None),
        ("p<0.05", None),
        ("better", None),
        ("", None),
    ],
)
def test_a_text_says_whether_a_result_is_significant(text: str, said: bool | None) -> None:
    assert decision(text) is said


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Wilcoxon Rank-Sum test", ["rank-sum"]),
        ("Mann–Whitney U test", ["rank-sum"]),
        ("Wilcoxon signed rank", ["signed-rank"]),
        ("Student's paired t-test", ["paired t-test"]),
        ("sign test", ["sign test"]),
        ("Average", ["mean"]),
        ("mean (SD)", ["mean", "sd"]),
        ("median (IQR)", ["median"]),
        ("SEM", ["standard error"]),
        (
            "Fisher’s exact test or chi‐square tests",
            ["Fisher's exact test", "chi-squared", "chi-squared or Fisher's exact test"],
        ),
        ("permutation test", ["permutation test of the mean"]),
        ("IQR", []),
    ],
)
def test_a_label_names_conventions(text: str, names: list[str]) -> None:
    assert named_conventions(text) == names


def test_the_claims_of_the_bundled_study_are_read_without_a_mistake(bundled_study: Path) -> None:
    path = bundled_study.parent / "claims.tsv"

    names = [each.name for each in read_claims(path, load_study(bundled_study))]

    assert names == [line.split("\t")[0] for line in path.read_text("utf-8").splitlines()[1:]]
    assert len(names) == len(set(names))


def test_thousands_of_claims_that_name_none_are_told_in_no_time(read: Read) -> None:
    lines = [claim(f"C{i}", computed_as=f"same(D{i})") for i in range(2500)]
    begin = process_time()

    found = errors(read, *lines)

    assert process_time() - begin < 2
    assert found[1].startswith("row 3, column 'computed_as': found 'same(D1)'; 'D1' is not a claim")


def test_a_thousand_different_mistakes_are_told_in_a_page_and_counted(read: Read) -> None:
    lines = [claim(f"C{i}", computed_as=f"median(x{i}) in everyone") for i in range(1000)]

    with pytest.raises(DataError) as error:
        read(*lines)

    text = str(error.value)
    assert text.startswith("1,000 errors in the claims:")
    assert text.endswith("column 'computed_as': and 940 more errors like these")
    assert len(text) < 25_000
    assert len(error.value.findings) == 1000


SHARE = {"printed": "4 (40%)", "computed_as": "count(age > 3) in older"}
REPEAT = "as C001: the words around it, and its value"


@pytest.mark.parametrize(
    ("first", "second", "review"),
    [
        ({}, {}, "reviewed as C001"),
        ({}, {"printed": "ten"}, "reviewed as C001"),
        ({"review": "its value alone"}, {}, REPEAT),
        ({}, {"printed": "10.0"}, REPEAT),
        ({}, {"computed_as": "n(patient) in older"}, REPEAT),
        ({"otherwise": "n(age) in older"}, {}, REPEAT),
        ({}, {"review": "as C003: its value alone"}, "as C003: its value alone"),
    ],
)
def test_a_repeat_counts_as_reviewed_once_the_first_is_and_both_still_say_the_same(
    first: dict[str, str], second: dict[str, str], review: str, read: Read
) -> None:
    _, repeat = read(claim(**first), claim("C002", **{"review": REPEAT, **second}))

    assert repeat.review == review


@pytest.mark.parametrize(
    ("second", "review"),
    [
        ({}, "reviewed as C001"),
        ({"computed_as": 'value(score_baseline, "c") in everyone'}, "as C001"),
        ({"computed_as": 'value(age, "c") in older'}, "as C001"),
        ({"otherwise": 'value(score_baseline, "c") in everyone'}, "as C001"),
    ],
)
def test_a_value_of_another_patient_is_reviewed_with_the_first_of_its_column(
    second: dict[str, str], review: str, read: Read
) -> None:
    column = (
        {"computed_as": 'value(age, "a") in everyone'},
        {"computed_as": 'value(age, "c") in everyone'},
    )

    _, other = read(
        claim(**column[0]),
        claim("C002", **{"printed": "34", "review": "as C001", **column[1], **second}),
    )

    assert other.review == review


@pytest.mark.parametrize(
    ("second", "reviews"),
    [
        (SHARE, ["reviewed as C001", "reviewed as C001_percent"]),
        (
            SHARE | {"printed": "four (40)", "computed_as": "count, percent(age > 3) in older"},
            ["reviewed as C001", "reviewed as C001_percent"],
        ),
        (SHARE | {"printed": "4 (41%)"}, ["reviewed as C001", "as C001_percent"]),
        (SHARE | {"printed": "4"}, ["reviewed as C001"]),
        ({"printed": "4 (95% CI 1 to 7)", "computed_as": "mean(score_change) in older"},
         ["as C001", "as C001_conf_low", "as C001_conf_high"]),
    ],
)  # fmt: skip
def test_each_number_of_a_repeat_is_reviewed_with_that_number_of_the_first(
    second: dict[str, str], reviews: list[str], read: Read
) -> None:
    _, _, *found = read(claim(**SHARE), claim("C002", review="as C001", **second))

    assert [each.review for each in found] == reviews


def test_a_number_without_a_guess_needs_a_reason_once_it_is_reviewed(read: Read) -> None:
    unsaid = 'none("to be said by whoever reviews it")'

    (draft,) = read(claim(computed_as=unsaid, review="nothing"))
    assert draft.review == "nothing"
    assert errors(read, claim(computed_as=unsaid)) == [
        f"row 2, column 'computed_as': found '{unsaid}'; allowed: a reading, or none(...) with the"
        " reason why there is none"
    ]


def test_of_thousands_of_claims_that_cannot_be_read_the_first_are_told(read: Read) -> None:
    told = errors(read, *(claim(f"C{n}", computed_as=f"n(nobody{n}) in all") for n in range(5000)))

    assert len(told) == 1001
    assert (
        told[-1] == "row 1002: this line and those below are looked at once the others are mended"
    )
