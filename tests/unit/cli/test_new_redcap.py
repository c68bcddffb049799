"""Drafts of exports of REDCap: events, checkboxes, forms that repeat, and the data dictionary."""

import csv
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from casebook.cli.main import main
from casebook.mistakes import mistakes
from casebook.study.load import load_study
from casebook.study.model import Study
from casebook.study.variables import CategoryVariable, NumberVariable, SetVariable
from pages import ROOT, blocks, text_of

OF_TUTORIAL = ROOT / "docs/tutorial/redcap"
EXPORT = OF_TUTORIAL / "psoriasis.csv"
DICTIONARY = OF_TUTORIAL / "psoriasis_DataDictionary.csv"
Rows = list[list[str]]
Draft = Callable[..., Study]

LABELS = {
    "record_id": "Record ID",
    "redcap_event_name": "Event Name",
    "redcap_repeat_instrument": "Repeat Instrument",
    "redcap_repeat_instance": "Repeat Instance",
    "prior_rx___mtx": "Earlier treatment (choice=Methotrexate)",
    "prior_rx___cic": "Earlier treatment (choice=Ciclosporin)",
    "prior_rx___bio": "Earlier treatment (choice=A biologic)",
    "prior_rx___unk": "Earlier treatment (choice=Not known)",
    "pasi": "PASI",
}
TEXTS = {
    "sex": {"1": "Male", "2": "Female"},
    "start_complete": {"0": "Incomplete", "2": "Complete"},
    **{f"prior_rx___{each}": {"0": "Unchecked", "1": "Checked"}
       for each in ("mtx", "cic", "bio", "unk")},
}  # fmt: skip


@pytest.fixture
def draft() -> Draft:
    """Drafts the export of the tutorial, its slip corrected; with its dictionary, or without."""

    def run(
        change: Callable[[Rows], Rows] = lambda rows: rows, *more: str, beside: bool = True
    ) -> Study:
        text = EXPORT.read_text(encoding="utf-8").replace(",122,", ",12.2,")
        rows = list(csv.reader(text.splitlines()))
        with Path("export.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(change(rows))
        if beside:
            shutil.copy(DICTIONARY, "fields.csv")
        code = main(["new", "export.csv", *more])
        assert (code, mistakes(Path("resources/export/study.yaml"))) == (0, "")
        return load_study(Path("resources/export/study.yaml"))

    return run


def in_labels(rows: Rows, headers: Sequence[str] = ()) -> Rows:
    """The same as REDCap exports labels."""
    names = rows[0]
    told = [[TEXTS.get(n, {}).get(t, t) for n, t in zip(names, row, strict=True)]
            for row in rows[1:]]  # fmt: skip
    return [[LABELS.get(name, name) if headers else name for name in names], *told]


def test_a_draft_has_the_types_labels_and_limits_of_the_dictionary(draft: Draft) -> None:
    study = draft()

    assert study.source.dictionary == "fields.csv"
    assert Path("resources/export/fields.csv").is_file()
    sex, age = study.variables["sex"], study.variables["age"]
    assert isinstance(sex, CategoryVariable) and isinstance(age, NumberVariable)
    assert (sex.label, sex.levels) == ("Sex", {"1": "Male", "2": "Female"})
    assert (age.unit, age.range) == ("years", (18, 100))
    assert [each.range for each in study.outcomes.values()] == [(0, 72), (0, 30)]


def test_a_value_beyond_the_limits_of_the_dictionary_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["new", str(EXPORT), "--into", str(tmp_path / "psoriasis")]) == 1

    assert "row 25, column 'pasi': found '122'; allowed: a number from 0 to 72" in "".join(
        capsys.readouterr()
    )


def test_a_draft_takes_visits_from_events_boxes_as_a_set_and_harms_from_a_repeating_form(
    draft: Draft,
) -> None:
    study = draft()

    assert study.source.rows_with == {"redcap_repeat_instrument": ("",)}
    assert {n: (v.label, v.value) for n, v in study.visits.items()} == {
        "baseline": ("Baseline", ("baseline_arm_1",)),
        "week_12": ("Week 12", ("week_12_arm_1",)),
        "week_24": ("Week 24", ("week_24_arm_1",)),
    }
    earlier = study.variables["earlier_treatment"]
    assert isinstance(earlier, SetVariable)
    assert earlier.columns == {
        "methotrexate": "prior_rx___mtx",
        "ciclosporin": "prior_rx___cic",
        "a_biologic": "prior_rx___bio",
    }
    assert (earlier.visit, earlier.unknown) == ("baseline", ("prior_rx___unk",))
    assert (earlier.asked, earlier.not_asked) == ("start_complete", ("0", "Incomplete"))
    table = study.table_of_harms
    assert table.rows_with == {"redcap_repeat_instrument": ("adverse_events",)}
    assert table.header_of == {
        "patient": "record_id",
        "term": "ae_term",
        "grade": "ae_grade",
        "start": "ae_start",
        "serious": "ae_serious",
    }


def test_a_form_with_other_texts_was_asked_though_its_status_is_that_of_one_not_begun(
    draft: Draft,
) -> None:
    def with_age(rows: Rows) -> Rows:
        place = rows[0].index("age")
        row = next(each for each in rows if each[:2] == ["9", "baseline_arm_1"])
        row[place] = "50"
        return rows

    earlier = draft(with_age).variables["earlier_treatment"]

    assert isinstance(earlier, SetVariable)
    assert (earlier.asked, earlier.not_asked) == ("start_complete", ())


def test_an_export_of_labels_is_drafted_alike(draft: Draft) -> None:
    study = draft(lambda rows: in_labels(rows, ["labels"]))

    earlier, sex = study.variables["earlier_treatment"], study.variables["sex"]
    assert isinstance(earlier, SetVariable) and isinstance(sex, CategoryVariable)
    assert earlier.columns["ciclosporin"] == "Earlier treatment (choice=Ciclosporin)"
    assert earlier.not_asked == ("0", "Incomplete")
    assert sex.levels == {"Female": "Female", "Male": "Male"}
    assert study.source.visit == "Event Name"
    assert study.table_of_harms.rows_with == {"Repeat Instrument": ("adverse_events",)}


def test_without_a_dictionary_boxes_and_rows_are_told_by_their_headers(draft: Draft) -> None:
    study = draft(beside=False)

    earlier = study.variables["prior_rx"]
    assert isinstance(earlier, SetVariable)
    assert earlier.columns == {
        "mtx": "prior_rx___mtx",
        "cic": "prior_rx___cic",
        "bio": "prior_rx___bio",
    }
    assert (earlier.unknown, earlier.not_asked) == (("prior_rx___unk",), ("0", "Incomplete"))
    assert study.source.dictionary is None
    assert study.table_of_harms.columns.term == "ae_term"


def test_a_dictionary_can_be_named_and_one_of_another_table_is_not_taken(
    draft: Draft, capsys: pytest.CaptureFixture[str]
) -> None:
    header = DICTIONARY.read_text(encoding="utf-8").splitlines()[0]
    Path("other.csv").write_text(f"{header}\nx1,start,,text,X,,,,,,,,,,,,,\n", encoding="utf-8")

    assert draft(beside=False).source.dictionary is None
    assert main(["new", "export.csv", "--name", "b", "--dictionary", "other.csv"]) == 2
    told = capsys.readouterr().err
    assert "other.csv: allowed: the dictionary of export.csv" in told


def test_events_of_several_arms_are_one_visit_each(draft: Draft) -> None:
    def with_arms(rows: Rows) -> Rows:
        odd = [[t.replace("_arm_1", "_arm_2") for t in r] if r[0] in "13579" else r for r in rows]
        return [rows[0], *odd[1:]]

    study = draft(with_arms)

    assert {n: (v.label, v.value) for n, v in study.visits.items()} == {
        "baseline": ("Baseline", ("baseline_arm_2", "baseline_arm_1")),
        "week_12": ("Week 12", ("week_12_arm_2", "week_12_arm_1")),
        "week_24": ("Week 24", ("week_24_arm_2", "week_24_arm_1")),
    }
    assert study.variables["earlier_treatment"].visit == "baseline"


def test_a_code_for_missing_data_is_no_level(draft: Draft) -> None:
    def with_code(rows: Rows) -> Rows:
        place = rows[0].index("sex")
        row = next(each for each in rows if each[:2] == ["9", "baseline_arm_1"])
        row[place] = "NASK"
        return rows

    sex = draft(with_code).variables["sex"]

    assert isinstance(sex, CategoryVariable)
    assert (sex.levels, sex.missing) == ({"1": "Male", "2": "Female"}, ("NASK",))


def test_boxes_that_are_0_at_events_without_their_form_are_no_visits_of_the_set(
    draft: Draft,
) -> None:
    def with_zeros(rows: Rows) -> Rows:
        places = [at for at, name in enumerate(rows[0]) if "___" in name]
        for row in rows[1:]:
            for place in places:
                row[place] = row[place] or "0"
        return rows

    sets = [v for v in draft(with_zeros).variables.values() if isinstance(v, SetVariable)]

    assert [(each.label, each.visit) for each in sets] == [("Earlier treatment", "baseline")]


def test_events_that_repeat_as_a_whole_are_told(capsys: pytest.CaptureFixture[str]) -> None:
    rows = ["record_id,redcap_event_name,redcap_repeat_instrument,redcap_repeat_instance,pain"]
    for n in range(1, 5):
        rows += [f"{n},start_arm_1,,,{n}", f"{n},later_arm_1,,1,{n + 3}", f"{n},later_arm_1,,2,3"]
    Path("export.csv").write_text("\n".join(rows), encoding="utf-8")

    code = main(["new", "export.csv"])

    told = capsys.readouterr().err
    assert code == 2
    assert "Its events repeat, and 'redcap_repeat_instance' counts them" in told


def test_boxes_are_called_by_numbers_where_nothing_tells_their_labels(
    capsys: pytest.CaptureFixture[str],
) -> None:
    rows = ["record_id,redcap_repeat_instrument,redcap_repeat_instance,age,rx___1,rx___2,crp"]
    rows += ["1,,,50,1,0,", "2,,,61,1,1,", "3,,,47,0,0,", "1,labs,1,,,,12", "1,labs,2,,,,3"]
    Path("export.csv").write_text("\n".join(rows), encoding="utf-8")

    code = main(["new", "export.csv"])

    drugs = load_study(Path("resources/export/study.yaml")).variables["rx"]
    assert isinstance(drugs, SetVariable)
    assert (code, drugs.columns) == (0, {"1": "rx___1", "2": "rx___2"})
    assert "crp: it is filled in rows of the form 'labs'; docs/study.md" in capsys.readouterr().out


def test_a_box_for_none_is_no_member_and_tells_an_empty_set_from_a_missing_one() -> None:
    rows = ["ID,age,Drugs (choice=MTX),Drugs (choice=HCQ),Drugs (choice=None of these)"]
    rows += ["a,50,Checked,Unchecked,Unchecked", "b,61,Unchecked,Unchecked,Checked"]
    rows += ["c,47,Unchecked,Unchecked,Unchecked"]
    Path("export.csv").write_text("\n".join(rows), encoding="utf-8")

    main(["new", "export.csv"])

    file = Path("resources/export/study.yaml")
    study = load_study(file)
    (drugs,) = (each for each in study.variables.values() if isinstance(each, SetVariable))
    assert [*drugs.levels.values()] == ["MTX", "HCQ"]
    assert drugs.asked == "Drugs (choice=None of these)"
    assert drugs.not_asked == ("0", "Unchecked")
    assert "without another tick, nobody answered; 1 row has no tick" in file.read_text("utf-8")
    assert mistakes(file) == ""


def test_the_tutorial_shows_the_draft_as_it_is() -> None:
    main(["new", str(EXPORT)])

    text = Path("resources/psoriasis/study.yaml").read_text(encoding="utf-8")
    for shown in blocks(text_of("docs/tutorial-redcap.md"), "yaml"):
        assert shown in text


def test_the_status_of_the_form_with_boxes_is_the_next_of_columns_with_one_header() -> None:
    header = "Record ID,Age,Complete?,Rx (choice=MTX),Rx (choice=HCQ),Note,Complete?"
    rows = ["1,50,Complete,Checked,Unchecked,x,Complete"]
    rows += [f"{n},5{n},Complete,Unchecked,Unchecked,,Incomplete" for n in (2, 3)]
    Path("t.csv").write_text("\n".join([header, *rows, ""]))

    main(["new", "t.csv"])

    boxes = load_study(Path("resources/t/study.yaml")).variables["rx"]
    assert isinstance(boxes, SetVariable)
    assert (boxes.asked, boxes.not_asked) == ("Complete? 2", ("0", "Incomplete"))
    assert mistakes(Path("resources/t/study.yaml")) == ""
