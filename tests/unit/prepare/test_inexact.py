"""Values as clinics write them: limits, ranges, units, marks, several forms of dates."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from casebook.base.yamlfile import ModelFileError
from casebook.data.findings import DataError
from casebook.report.methods import methods
from casebook.study.load import load_study

COMMAS = '  patient: ID\n  thousands: ","\n  decimal: "."\n'
UNIT = "    unit: points\n    range: [0, 100]\n    better: lower\n"
Table = Callable[..., str]


def with_keys(keys: str) -> tuple[str, str]:
    """Keys beside the columns of the outcome."""
    return (UNIT, f"{UNIT}    {keys}\n")


def errors(error: pytest.ExceptionInfo[DataError]) -> list[tuple[str, str]]:
    return [(each.value, each.hint) for each in error.value.findings if each.severity == "error"]


@pytest.mark.parametrize(
    ("rule", "values", "told"),
    [
        ("{ below: limit }", [5, 2], "counted as that limit"),
        ("['<', '>']", [5, 2], "counted as that limit"),
        ("{ below: half }", [2.5, 1], "counted as half of it"),
        ("{ below: missing }", [None, None], "taken as missing"),
    ],
)
def test_a_rule_says_what_is_used_for_values_below_a_limit(
    clean_study: Callable[..., object],
    table_of: Table,
    rule: str,
    values: list[float | None],
    told: str,
) -> None:
    table = table_of({"Before": "<5"}, {"Before": "<= 2"}, {"Before": "7"})

    cleaned = clean_study(with_keys(f"censored: {rule}"), table=table)

    assert [each.values["score_baseline"] for each in cleaned.patients] == [*values, 7]
    (note,) = [each for each in cleaned.findings if "limit" in each.hint]
    assert (note.severity, note.about, note.value) == ("note", "limit", "<5, <= 2")
    assert note.hint == (
        "Score: 2 of 6 values (Baseline: 2, Follow-up: 0) below the limit of measurement were"
        f" {told}"
    )


def test_values_that_are_not_known_are_not_counted(
    clean_study: Callable[..., object], table_of: Table
) -> None:
    table = table_of({"Before": "<5"}, {"Before": "NA"}, {"Before": "7"})

    cleaned = clean_study(with_keys("censored: { below: limit }"), table=table)

    (note,) = [each for each in cleaned.findings if each.about == "limit"]
    assert note.hint.startswith("Score: 1 of 5 values (")


def test_a_value_above_a_limit_needs_a_rule_of_its_own(
    clean_study: Callable[..., object], table_of: Table
) -> None:
    table = table_of({"Before": ">20"}, {"Before": "<5"})

    with pytest.raises(DataError) as error:
        clean_study(with_keys("censored: { below: half }"), table=table)

    assert errors(error) == [
        (
            ">20",
            "a value above or below a limit is not a number: say what to use for it beside the"
            " column in study.yaml, as in censored: { above: limit }, or list this text under"
            " missing",
        )
    ]
    both = clean_study(with_keys("censored: { below: half, above: limit }"), table=table)
    assert [each.values["score_baseline"] for each in both.patients] == [20, 2.5]


def test_measurements_say_which_of_them_are_inexact(
    clean_study: Callable[..., Any], table_of: Table
) -> None:
    table = table_of({"ID": "a", "Before": "<5"}, {"ID": "b", "Before": "7", "After": "NA"})

    folder = clean_study(with_keys("censored: { below: half }"), table=table).folder

    header, *rows = (folder / "measurements.csv").read_text().splitlines()
    assert header == "patient,outcome,visit,value,form"
    assert rows[0] == "a,score,baseline,2.5,below"
    assert rows[2:] == ["b,score,baseline,7,", "b,score,followup,,"]


def test_a_patient_whose_numbers_are_all_limits_is_no_row_to_leave_out(
    clean_study: Callable[..., object], table_of: Table
) -> None:
    usual = [{"Before": f"{n}", "After": f"{n * n}"} for n in (3, 5, 9)]
    table = table_of({"Age": "", "Before": "<5", "After": ">20"}, *usual)

    with pytest.raises(DataError) as error:
        clean_study(table=table)

    told = errors(error)
    assert [value for value, _ in told] == ["<5", ">20"]
    assert "as in censored: { below: half }" in told[0][1]
    assert "as in censored: { above: limit }" in told[1][1]
    assert not any("leave_out" in each.hint for each in error.value.findings)


def test_half_of_a_limit_has_to_be_in_range(
    clean_study: Callable[..., object], table_of: Table
) -> None:
    keys = with_keys("censored: { below: half }")
    keys = (keys[0], keys[1].replace("[0, 100]", "[4, 100]"))

    with pytest.raises(DataError) as error:
        clean_study(keys, table=table_of({"Before": "<5", "After": "9"}))

    assert [value for value, _ in errors(error)] == ["<5"]


def test_the_hint_at_a_unit_can_be_followed(
    clean_study: Callable[..., object], table_of: Table
) -> None:
    table = table_of({"Before": "10 mg"}, {"Before": "12mg"}, {"Before": "7"})

    with pytest.raises(DataError) as error:
        clean_study(table=table)
    hint = errors(error)[0][1]

    assert hint == (
        "the unit of the column is points: convert the number in corrections.tsv if 'mg' is another"
        " unit; if it is not, to read the number before 'mg', add strip_unit: mg beside the column"
        " in study.yaml"
    )
    cleaned = clean_study(with_keys("strip_unit: mg"), table=table)
    assert [each.values["score_baseline"] for each in cleaned.patients] == [10, 12, 7]


def test_a_unit_in_other_letters_is_read_once_it_is_listed_too(
    clean_study: Callable[..., object], table_of: Table
) -> None:
    table = table_of({"Before": "10 mM"}, {"Before": "15 mm"})

    with pytest.raises(DataError) as error:
        clean_study(with_keys("strip_unit: mM"), table=table)

    ((value, hint),) = errors(error)
    assert value == "15 mm"
    assert "if 'mm' is the same unit, write strip_unit: [mM, mm] beside the column" in hint
    assert clean_study(with_keys("strip_unit: [mM, mm]"), table=table)


def test_several_units_of_one_column_are_told_with_a_warning(
    clean_study: Callable[..., object], table_of: Table
) -> None:
    table = table_of({"Before": "10 mg"}, {"Before": "20 g"}, {"Before": "12mg"})

    cleaned = clean_study(with_keys("strip_unit: [mg, g]"), table=table)

    (told,) = [each for each in cleaned.findings if "strip_unit" in each.hint]
    assert (told.severity, told.row, told.column, told.value) == ("warning", 3, "Before", "20 g")
    assert (
        "several units stand behind these numbers, 'g' (1 cell) and 'mg' (2 cells), and"
        in told.hint
    )


def test_another_unit_is_not_left_out(clean_study: Callable[..., object], table_of: Table) -> None:
    table = table_of({"Before": "10 mg"}, {"Before": "1 g"})

    with pytest.raises(DataError) as error:
        clean_study(with_keys("strip_unit: [mg, µg]"), table=table)

    assert [value for value, _ in errors(error)] == ["1 g"]


def test_a_unit_within_another_is_not_left_out(
    clean_study: Callable[..., object], table_of: Table
) -> None:
    with pytest.raises(DataError) as error:
        clean_study(
            with_keys("strip_unit: g"), table=table_of({"Before": "10 g"}, {"Before": "1 kg"})
        )

    ((value, hint),) = errors(error)
    assert value == "1 kg"
    assert hint.startswith("the column has more than one unit, 'g' and 'kg': convert the number")
    assert "strip_unit" not in hint


def test_dates_in_several_forms_are_read_unless_they_can_be_two_days(
    clean_study: Callable[..., object], table_of: Table
) -> None:
    dates = (
        "    type: date\n",
        '    type: date\n    format: ["%d.%m.%Y", "%m/%d/%Y", "%d/%m/%Y"]\n',
    )
    table = table_of({"Start": "31.01.2024"}, {"Start": "01/31/2024"}, {"Start": "2024-01-31"})

    cleaned = clean_study(dates, table=table)

    assert {f"{each.values['start']}" for each in cleaned.patients} == {"2024-01-31"}
    with pytest.raises(DataError) as error:
        clean_study(dates, table=table_of({"Start": "01/02/2024"}))
    assert errors(error) == [
        (
            "01/02/2024",
            "it is 2024-01-02 by %m/%d/%Y and 2024-02-01 by %d/%m/%Y: write which in"
            " corrections.tsv, in the form 2024-02-29",
        )
    ]


def test_no_advice_on_thousands_goes_against_the_sign_that_the_study_has(
    clean_study: Callable[..., object], table_of: Table
) -> None:
    table = table_of({"Before": '"1,250"'.strip('"')}, {"Before": "2 300"}, {"Before": "2 400"})
    edits = (UNIT, UNIT.replace("100]", "5000]")), ("  patient: ID\n", COMMAS)

    with pytest.raises(DataError) as error:
        clean_study(*edits, table=table)

    told = (
        "it is a number with ' ' between thousands, where source.thousands of study.yaml says ',':"
        " write it without such a sign in corrections.tsv"
    )
    assert errors(error) == [("2 300", told), ("2 400", told)]


def test_commas_between_thousands_are_never_led_to_be_decimals(
    clean_study: Callable[..., object], table_of: Table
) -> None:
    table = table_of({"Before": '"1,250"'.strip('"')}, {"Before": "2 300"}, {"Before": "1'040"})

    with pytest.raises(DataError) as error:
        clean_study((UNIT, UNIT.replace("100]", "5000]")), table=table)

    assert errors(error) == [
        (
            text,
            f'it is a number with decimal: "." and thousands: "{sign}", under source in study.yaml',
        )
        for text, sign in (("1,250", ","), ("2 300", " "), ("1'040", "'"))
    ]


def test_an_empty_cell_that_means_none_is_no_missing_value(
    clean_study: Callable[..., object], table_of: Table
) -> None:
    cleaned = clean_study(("none: [none]", 'none: [""]'), table=table_of({"Drugs": ""}))

    assert cleaned.patients[0].values["drugs"] == ()


def test_the_methods_say_what_is_used(make_study: Callable[..., Path]) -> None:
    keys = "censored: { below: half, above: missing }\n    from_to: midpoint"
    study = load_study(make_study(with_keys(keys)))

    sentences = [sentence for sentence, _ in methods(study, {})]

    below, above = (
        f"Values of Score {side} the limit of measurement were" for side in ("below", "above")
    )
    assert f"{below} counted as half of it" in sentences
    assert f"{above} taken as missing" in sentences
    assert "Values of Score given as a range were counted as its midpoint" in sentences


@pytest.mark.parametrize(("other", "doubted"), [("7", ["<1.250"]), ("7.5", []), ("<0.5", [])])
def test_a_point_in_a_limit_that_can_mean_two_things_is_told(
    clean_study: Callable[..., object], table_of: Table, other: str, doubted: list[str]
) -> None:
    keys = with_keys("censored: { below: limit }")
    table = table_of({"Before": "<1.250", "After": "9"}, {"Before": other, "After": "9"})

    found: list[tuple[str, str]] = []
    try:
        clean_study(keys, table=table)
    except DataError as error:
        found = [(each.value, each.hint) for each in error.findings]

    assert [value for value, _ in found] == doubted
    assert all("1250 with decimal" in hint for _, hint in found)


@pytest.mark.parametrize(
    ("rule", "values", "told"),
    [
        ("lower", [30, 0.1], "counted as its lower end"),
        ("midpoint", [35, 0.15], "counted as its midpoint"),
        ("upper", [40, 0.2], "counted as its upper end"),
        ("missing", [None, None], "taken as missing"),
    ],
)
def test_a_rule_says_what_is_used_for_a_range(
    clean_study: Callable[..., Any],
    table_of: Table,
    rule: str,
    values: list[float | None],
    told: str,
) -> None:
    table = table_of({"Before": "30–40"}, {"Before": "0.1 to 0.2"}, {"Before": "7"})

    cleaned = clean_study(with_keys(f"from_to: {rule}"), table=table)

    assert [each.values["score_baseline"] for each in cleaned.patients] == [*values, 7]
    note, *cells = [each for each in cleaned.findings if "range" in each.hint]
    assert (note.severity, note.about, note.value) == ("note", "limit", "30–40, 0.1 to 0.2")
    assert note.hint == (
        f"Score: 2 of 6 values (Baseline: 2, Follow-up: 0) given as a range were {told}"
    )
    assert [(each.row, each.column, each.value) for each in cells] == [
        (2, "Before", "30–40"),
        (3, "Before", "0.1 to 0.2"),
    ]
    assert {each.hint for each in cells} == {f"a range, {told} (from_to in study.yaml)"}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("40–30", "a range begins with its smaller number: correct it in corrections.tsv"),
        ("30–300", "correct it in corrections.tsv, or widen the range in study.yaml"),
        ("-3–1", "correct it in corrections.tsv, or widen the range in study.yaml"),
        ("30,5–31", 'it is a number with decimal: ",", under source in study.yaml'),
    ],
)
def test_both_ends_of_a_range_have_to_be_right(
    clean_study: Callable[..., object], table_of: Table, text: str, told: str
) -> None:
    with pytest.raises(DataError) as error:
        clean_study(with_keys("from_to: midpoint"), table=table_of({"Before": text}))

    assert errors(error) == [(text, told)]


@pytest.mark.parametrize(
    ("rule", "value", "told"),
    [("value", 18, "counted without it"), ("missing", None, "taken as missing")],
)
def test_a_rule_says_what_is_used_for_a_number_with_its_spread(
    clean_study: Callable[..., Any],
    table_of: Table,
    rule: str,
    value: float | None,
    told: str,
) -> None:
    table = table_of({"Before": "18 ± 2"}, {"Before": "7"})

    cleaned = clean_study(with_keys(f"plus_minus: {rule}"), table=table)

    assert [each.values["score_baseline"] for each in cleaned.patients] == [value, 7]
    note, cell = [each for each in cleaned.findings if "spread" in each.hint]
    assert note.hint == (
        f"Score: 1 of 4 values (Baseline: 1, Follow-up: 0) given with a spread was {told}"
    )
    assert (cell.row, cell.value) == (2, "18 ± 2")


def test_marks_are_left_out_on_either_side_of_number_unit_and_limit(
    clean_study: Callable[..., Any], table_of: Table
) -> None:
    texts = ["40*", "~10", "12 mg*", "12* mg", "<.5*", "30–40*", "NA*", "7"]
    keys = ("marks: ['*', '~']", "strip_unit: mg", "censored: { below: limit }", "from_to: lower")

    of_table = ("  licence: CC0", "  licence: CC0\n  leading_zero: false")
    table = table_of(*({"Before": text} for text in texts))

    cleaned = clean_study(with_keys("\n    ".join(keys)), of_table, table=table)

    read = [each.values["score_baseline"] for each in cleaned.patients]
    assert read == [40, 10, 12, 12, 0.5, 30, None, 7]
    note, *cells = [each for each in cleaned.findings if " mark" in each.hint]
    assert (note.severity, note.about) == ("note", "")
    assert note.hint == (
        "Score: 6 of 15 values (Baseline: 6, Follow-up: 0) with a mark ('*' and '~') were read"
        " without it"
    )
    assert [each.value for each in cells] == texts[:6]


def test_words_are_read_as_the_numbers_that_the_study_says_and_told(
    clean_study: Callable[..., Any], table_of: Table
) -> None:
    table = table_of({"Before": "nil"}, {"Before": "NIL"}, {"Before": "7"}, {"Before": "lots"})

    # Listed for the whole table as missing, a word is a value of this column all the same.
    of_table = ("missing: [NA]", "missing: [NA, nil]")
    cleaned = clean_study(with_keys("values: { nil: 0, Lots: 50 }"), of_table, table=table)

    assert [each.values["score_baseline"] for each in cleaned.patients] == [0, 0, 7, 50]
    (note,) = [each for each in cleaned.findings if "in words" in each.hint]
    assert note.hint == (
        "Score: 3 of 8 values (Baseline: 3, Follow-up: 0) written in words ('nil': 0 and"
        " 'lots': 50) were read as numbers"
    )


def test_a_word_for_a_number_out_of_range_is_told(
    clean_study: Callable[..., object], table_of: Table
) -> None:
    with pytest.raises(DataError) as error:
        clean_study(with_keys("values: { lots: 5000 }"), table=table_of({"Before": "lots"}))

    ((value, hint),) = errors(error)
    assert value == "lots"
    assert hint.startswith("values in study.yaml says that it is 5000")


def test_a_mark_alone_is_no_missing_value(
    clean_study: Callable[..., object], table_of: Table
) -> None:
    with pytest.raises(DataError) as error:
        clean_study(with_keys("marks: '*'"), table=table_of({"Before": "*"}, {"Before": "4*1"}))

    assert [value for value, _ in errors(error)] == ["*", "4*1"]


@pytest.mark.parametrize("sign", ["<", "-", "±", "5", ".", "a1"])
def test_what_can_be_part_of_a_number_is_no_mark(
    make_study: Callable[..., Path], sign: str
) -> None:
    with pytest.raises(ModelFileError, match=r"marks.*is not a mark: .* can be part of a number"):
        load_study(make_study(with_keys(f"marks: '{sign}'")))
