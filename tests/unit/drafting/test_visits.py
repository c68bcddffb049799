"""Which columns are one measurement at several visits, and what identifies the patients."""

import pytest

from casebook.drafting.columns import Column
from casebook.drafting.identifier import identifier
from casebook.drafting.visits import both_visits, series_among


@pytest.mark.parametrize(
    ("headers", "stem", "visits"),
    [
        (["CDASI pre", "CDASI post"], "CDASI", ["baseline", "after"]),
        (["CDASI, current", "CDASI, pre-UPA"], "CDASI", ["baseline", "current"]),
        (["mmt_0", "mmt_3", "mmt_6"], "mmt", ["visit0", "visit3", "visit6"]),
        (["Before", "After"], "", ["baseline", "after"]),
        (["W0", "W12"], "", ["week0", "week12"]),
        (["Skin, week 12", "Skin, week 4"], "Skin", ["week4", "week12"]),
        (["bdi.pre", "bdi.2m", "bdi.8m"], "bdi", ["baseline", "month2", "month8"]),
        (["Prewt", "Postwt"], "wt", ["baseline", "after"]),
        (["HAQ at baseline", "HAQ at 6 months"], "HAQ", ["baseline", "month6"]),
        (["Pain D0", "Pain D28"], "Pain", ["day0", "day28"]),
        (["CRP V1", "CRP V2"], "CRP", ["visit1", "visit2"]),
        (["Dose (daily), pre", "Dose (daily), end"], "Dose (daily)", ["baseline", "end"]),
        (["6MWD vorher", "6MWD nachher"], "6MWD", ["baseline", "after"]),
        (["FM Pre", "FM Post", "FM FU 3"], "FM", ["baseline", "after", "followup3"]),
        (["pre.1", "post.1", "fup.1"], "1", ["baseline", "after", "followup"]),
    ],
)
def test_columns_are_one_measurement_by_their_headers(
    headers: list[str], stem: str, visits: list[str]
) -> None:
    (series,) = series_among(["Age", *headers, "Sex"])

    assert series.stem == stem
    assert [each.name for each in series.visits] == visits
    assert {*series.columns} == {*headers}


@pytest.mark.parametrize(
    "headers",
    [
        ["Prednisone", "Postcode", "Age (current)"],
        ["rx___1", "rx___2"],
        ["item1", "item2", "item3", "item4", "item5"],
        ["Skin Δ post", "Skin Δ FU 3"],
        ["ph.ecog", "ph.karno", "pat.karno"],
        ["After", "Drug"],
    ],
)
def test_other_columns_are_not(headers: list[str]) -> None:
    assert series_among(headers) == []


def test_a_header_can_say_that_each_cell_holds_two_visits() -> None:
    label, (first, second) = both_visits("CK before/after") or ("", (None, None))

    assert label == "CK"
    assert first is not None and second is not None
    assert (first.name, second.name) == ("baseline", "after")
    assert both_visits("Blood pressure") is None


def columns(**texts: list[str]) -> list[Column]:
    return [Column(n, name, cells) for n, (name, cells) in enumerate(texts.items(), start=1)]


@pytest.mark.parametrize("header", ["ID", "Patient", "record_id", "PatientID", "Pat. Nr.", "No."])
def test_the_identifier_is_known_by_its_header(header: str) -> None:
    found = identifier(columns(Age=["50", "60"]) + columns(**{header: ["a", "b"]}))

    assert (found.column, found.rows) == (header, 1)


def test_codes_in_the_first_column_are_identifiers_and_measurements_are_not() -> None:
    assert identifier(columns(Kürzel=["K1", "K2", "K7"])).column == "Kürzel"
    assert identifier(columns(Score=["12", "31", "7"])).column == ""


def test_a_column_in_which_a_patient_has_no_code_does_not_identify_them() -> None:
    for text in ("", "#DIV/0!"):
        assert identifier(columns(Age=["50", "60"], ID=["a", text])).column == ""


def test_a_long_table_is_known_by_identifiers_that_come_again() -> None:
    found = identifier(
        columns(ID=["1", "1", "2", "2"], Visit=["a", "b", "a", "b"], Score=["7", "8", "9", "7"])
    )

    assert (found.column, found.rows, found.of_visits) == ("ID", 2, "Visit")
