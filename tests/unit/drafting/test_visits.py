"""Which columns are one measurement at several visits, and what identifies the patients."""

import pytest

from casebook.drafting.columns import Column
from casebook.drafting.identifier import identifier
from casebook.drafting.visits import series_among, visits_in_cells


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
        (["PASI vor", "PASI 3 Mon.", "PASI 6 Mo"], "PASI", ["baseline", "month3", "month6"]),
        (["PASI vor Therapie", "PASI nach 6 Mo"], "PASI", ["baseline", "month6"]),
        (["Score pre-op", "Score 6wk post-op"], "Score", ["baseline", "week6"]),
        (
            ["HbA1c (Baseline)", "HbA1c M3", "HbA1c (Month 6)"],
            "HbA1c",
            ["baseline", "month3", "month6"],
        ),
        (["0W", "4W", "12W"], "", ["week0", "week4", "week12"]),
        (["BDI week 0", "week 4", "week 8"], "BDI", ["week0", "week4", "week8"]),
        (["BMI before", "after 3 months"], "BMI", ["baseline", "month3"]),
        (
            ["Seizures/month pre", "3 mo", "6 mo"],
            "Seizures/month",
            ["baseline", "month3", "month6"],
        ),
        (
            ["Anfälle pro Monat vor", "M3", "M6"],
            "Anfälle pro Monat",
            ["baseline", "month3", "month6"],
        ),
        (["Crises/mois avant", "3 mois"], "Crises/mois", ["baseline", "month3"]),
        (["CRP BL", "W4"], "CRP", ["baseline", "week4"]),
        (
            ["Pain day -7", "Pain baseline", "Pain day 7"],
            "Pain",
            ["day_minus_7", "baseline", "day7"],
        ),
        (["Crises J0", "Crises J15", "Crises M6"], "Crises", ["day0", "day15", "month6"]),
        (["Poids à l'inclusion", "Poids à S12"], "Poids", ["baseline", "week12"]),
        (["Dolor antes", "Dolor a los 3 meses"], "Dolor", ["baseline", "month3"]),
        (["Peso inicial", "Peso después del tratamiento"], "Peso", ["baseline", "after"]),
        (["Smerte før", "Smerte efter 12 uger"], "Smerte", ["baseline", "week12"]),
        (
            ["Kraft Jan", "Kraft März", "Kraft Okt."],
            "Kraft",
            ["calendar_month_1", "calendar_month_3", "calendar_month_10"],
        ),
        (["pre-VAS", "post-VAS"], "VAS", ["baseline", "after"]),
        (["FEV1 2019", "FEV1 2021"], "FEV1", ["visit2019", "visit2021"]),
        (["MMT8 week 4", "MMT8 EOT"], "MMT8", ["week4", "eot"]),
        (["T0 grip", "T1 grip"], "grip", ["time0", "time1"]),
        (["painBaseline", "painMonth3"], "pain", ["baseline", "month3"]),
        (["HADS 1st visit", "HADS second visit"], "HADS", ["visit1", "visit2"]),
        (["VAS Sitzung 1", "VAS Sitzung 5"], "VAS", ["session1", "session5"]),
        (
            ["Dyspnoe präop", "Dyspnoe postop", "Dyspnoe Entlassung"],
            "Dyspnoe",
            ["baseline", "after", "entlassung"],
        ),
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
        ["S1", "S2", "S3", "S4", "S5"],
        ["10m walk", "6m walk test"],
        ["May", "Mayo score"],
    ],
)
def test_other_columns_are_not(headers: list[str]) -> None:
    assert series_among(headers) == []


@pytest.mark.parametrize(
    ("header", "stem", "visits"),
    [
        ("CK before/after", "CK", ["baseline", "after"]),
        ("ODI % pre/post", "ODI %", ["baseline", "after"]),
        ("PASI vor / 3 Mon.", "PASI", ["baseline", "month3"]),
        ("Score pre-op/post-op", "Score", ["baseline", "after"]),
        ("VAS T0, T1", "VAS", ["time0", "time1"]),
        ("EASI Woche 0/4/12", "EASI", ["week0", "week4", "week12"]),
        ("CK (0/12 weeks)", "CK", ["week0", "week12"]),
        ("DLQI M0 → M3", "DLQI", ["month0", "month3"]),
        ("Douleur avant/après", "Douleur", ["baseline", "after"]),
    ],
)
def test_a_header_can_say_that_each_cell_holds_several_visits(
    header: str, stem: str, visits: list[str]
) -> None:
    told, whens = visits_in_cells(header) or ("", [])

    assert (told, [each.name for each in whens]) == (stem, visits)


@pytest.mark.parametrize("header", ["Blood pressure", "CK mg/l", "Age/sex", "Before/sex", "1/2"])
def test_other_headers_do_not(header: str) -> None:
    assert visits_in_cells(header) is None


def columns(**texts: list[str]) -> list[Column]:
    return [Column(n, name, cells) for n, (name, cells) in enumerate(texts.items(), start=1)]


@pytest.mark.parametrize(
    "header", ["ID", "Patient", "record_id", "PatientID", "Pat. Nr.", "No.", "Pt no"]
)
def test_the_identifier_is_known_by_its_header(header: str) -> None:
    found = identifier(columns(Age=["50", "60"]) + columns(**{header: ["a", "b"]}))

    assert (found.column, found.rows) == (header, 1)


def test_codes_in_the_first_column_are_identifiers_and_measurements_are_not() -> None:
    assert identifier(columns(Kürzel=["K1", "K2", "K7"])).column == "Kürzel"
    assert identifier(columns(Score=["12", "31", "7"])).column == ""


def test_a_column_of_codes_identifies_patients_though_one_was_entered_twice() -> None:
    codes = ["HS1", "HS2", "HS3", "HS4", "HS2"]
    found = identifier(columns(**{"Initials": ["A", "B", "C", "D", "B"], "Pat. No": codes}))

    assert (found.column, found.rows) == ("Pat. No", 1)
    assert "'HS2'" in found.reason


def test_a_column_in_which_a_patient_has_no_code_does_not_identify_them() -> None:
    for text in ("", "#DIV/0!"):
        assert identifier(columns(Age=["50", "60"], ID=["a", text])).column == ""


def test_a_long_table_is_known_by_identifiers_that_come_again() -> None:
    found = identifier(
        columns(ID=["1", "1", "2", "2"], Visit=["a", "b", "a", "b"], Score=["7", "8", "9", "7"])
    )

    assert (found.column, found.rows, found.of_visits) == ("ID", 2, "Visit")
