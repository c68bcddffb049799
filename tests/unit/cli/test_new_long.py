"""Drafts of tables with dates, measures, thousands and answers of yes or no fit their tables."""

import re
from pathlib import Path

import pytest

from casebook.cli.check import checked, in_words
from casebook.cli.main import main
from casebook.mistakes import mistakes
from casebook.study.load import load_study
from casebook.study.model import Study
from casebook.study.unreviewed import REVIEW

DATED = """\
ID;Seen;First dose;CRP;Sex
1;02.01.2023;05.01.2023;40,5;f
1;01.02.2023;05.01.2023;22;f
1;06.04.2023;05.01.2023;10;f
2;10.02.2023;10.02.2023;31,2;m
2;12.03.2023;10.02.2023;20;m
3;01.03.2023;03.03.2023;55;f
3;01.04.2023;03.03.2023;30;f
3;05.06.2023;03.03.2023;12,5;f
"""
MEASURED = """\
ID,Seen,Test,Result
1,2023-01-02,pain,5
1,2023-01-02,walk,400
1,2023-04-02,pain,3
1,2023-04-02,walk,450
2,2023-01-12,pain,7
2,2023-01-12,walk,300
2,2023-04-15,pain,2
"""
ANALYTES = """\
Subject,Marker,Value,Units
1,CRP,12,mg/l
1,Ferritin,"1,002",µg/l
1,ANA,pos,
2,CRP,<5,mg/l
2,Ferritin,120,µg/l
2,ANA,neg,
3,CRP,33,mg/l
3,Ferritin,300,µg/l
3,ANA,pos,
"""
BEFORE_AND_AFTER = """\
Pat,X,vorher,nachher
1,PASI,20,5
1,DLQI,15,3
2,PASI,12,6
2,DLQI,10,9
3,PASI,31,2
3,DLQI,22,
"""
ANSWERS = """\
record_id,redcap_event_name,pain,relapse,in_remission,x
1,baseline_arm_1,7,1,0,1
1,month_3_arm_1,4,0,1,0
2,baseline_arm_1,6,0,0,0
2,month_3_arm_1,5,1,0,1
3,baseline_arm_1,9,1,0,1
3,month_3_arm_1,2,0,1,
"""
SEVERAL_IN_A_CELL = """\
ID,EASI Woche 0/4/12,Can walk (pre),Can walk (post)
1,20/12/5,no,yes
2,31/22/10,no,yes
3,18/9/2,yes,yes
4,25/20/18,no,no
"""


def drafted(text: str) -> tuple[Study, str]:
    """The draft of a table, which fits it, and its text."""
    Path("table.csv").write_text(text, encoding="utf-8")
    assert main(["new", "table.csv"]) == 0
    file = Path("resources/table/study.yaml")
    assert mistakes(file) == ""
    return load_study(file), file.read_text(encoding="utf-8")


def test_dates_are_visits_with_windows_after_the_start() -> None:
    study, text = drafted(DATED)

    source = study.source
    assert (source.visit, source.start, source.date_format) == ("Seen", "First dose", ("%d.%m.%Y",))
    assert {name: each.window for name, each in study.visits.items()} == {
        "baseline": "-17 to 13 days", "month1": "14 to 44 days", "month3": "61 to 124 days",
    }  # fmt: skip
    assert study.variables["first_dose"].type == "date"
    told = [line for line in text.splitlines() if "window:" in line or "start:" in line]
    assert len(told) == 4
    assert all(REVIEW in line for line in told)


def test_measures_with_dates_are_outcomes_at_visits() -> None:
    study, _ = drafted(MEASURED)

    assert (study.source.start, study.source.measure) == ("Seen", "Test")
    assert [*study.visits] == ["baseline", "month3"]
    better = {name: (each.measure, each.better) for name, each in study.outcomes.items()}
    assert better == {"pain": ("pain", "lower"), "walk": ("walk", "higher")}


def test_measures_without_visits_are_variables_with_their_units() -> None:
    study, text = drafted(ANALYTES)

    assert study.source.visit is None
    found = {name: (each.type, each.measure) for name, each in study.variables.items()}
    assert found == {
        "crp": ("number", "CRP"), "ferritin": ("number", "Ferritin"), "ana": ("category", "ANA"),
    }  # fmt: skip
    assert "unit: µg/l # review: in the column 'Units'" in text
    assert "thousands: \",\" # review: '1,002' is taken for 1002, not 1.002: no cell tells" in text


def test_measures_with_columns_of_visits_are_outcomes() -> None:
    study, _ = drafted(BEFORE_AND_AFTER)

    pasi = study.outcomes["pasi"]
    assert (pasi.measure, pasi.range) == ("PASI", (0, 72))
    assert {visit: at.column for visit, at in pasi.columns.items()} == {
        "baseline": "vorher", "after": "nachher",
    }  # fmt: skip


def test_rows_of_teeth_are_told_as_such_and_a_few_are_drafted_that_leave_out_no_patient(
    capsys: pytest.CaptureFixture[str],
) -> None:
    teeth = {"a": (16, 26, 36), "b": (26, 46), "c": (11, 21)}
    rows = [(who, tooth) for who, each in teeth.items() for tooth in each]
    cells = "".join(f"{who},50,{n},{n % 7 + 2},{n % 9 + 2}\n" for who, n in rows)

    study, text = drafted(f"ID,Age,Tooth,Depth before,Depth after\n{cells}")

    told = capsys.readouterr().out
    assert "Each row is one 'Tooth' of a patient, and casebook counts patients" in told
    assert "Tooth: 4 more of its texts are in no variable or outcome" in told
    assert {each.measure for each in study.outcomes.values()} == {"26", "11"}
    assert "no row of this patient" not in in_words([checked(Path("resources/table"))])
    assert "# - one alone: rows_with: { Tooth: ['16'] } in place of measure" in text


def test_one_eye_of_each_patient_is_chosen_as_the_draft_says() -> None:
    rows = "1,60,left,9,7\n1,60,right,8,6\n2,70,left,5,4\n2,70,right,3,2\n"
    _, text = drafted(f"Patient,Age,Eye,VA before,VA after\n{rows}")

    told = re.search("one alone: (rows_with: .*) in place", text)
    assert told
    alone = re.sub("^    measure: .*\n", "", text, flags=re.MULTILINE)
    Path("resources/table/study.yaml").write_text(alone.replace("measure: Eye", told[1]))

    found = checked(Path("resources/table"))
    assert "no mistakes found" in in_words([found])


@pytest.mark.parametrize(
    ("second", "visits"), [("2,Wo 12,5", ["baseline", "woche_12"]),
                           ("1,Wo 12,5", ["baseline", "woche_12", "wo_12"])]
)  # fmt: skip
def test_two_spellings_of_a_visit_are_one_where_no_patient_has_both(
    second: str, visits: list[str]
) -> None:
    rows = f"1,Baseline,9,w,\n1,Woche 12,4,w,ja\n2,Baseline,8,weibl.,\n{second},weibl.,nein\n"
    rows += "3,BL,7,m,\n3,Woche 12,3,m,nein\n4,Baseline,6,m,\n4,Woche 12,2,m,nein\n"

    study, text = drafted(f"ID,Visite,PASI,Geschl.,SAE\n{rows}")

    assert [*study.visits] == visits
    assert ("whether 'Wo 12' is 'Woche 12', written otherwise" in text) == (len(visits) == 2)
    assert study.visits["baseline"].value == ("Baseline", "BL")
    assert not study.grades


def test_answers_at_visits_are_grades_whose_direction_is_told_or_left_to_a_person() -> None:
    study, text = drafted(ANSWERS)

    better = {name: each.better for name, each in study.grades.items()}
    assert better == {"relapse": "first", "in_remission": "last", "x": "first"}
    assert [*study.outcomes] == ["pain"]
    assert study.reported == ("relapse_baseline", "in_remission_baseline", "x_baseline")
    unknown = "not known: nothing in the label tells whether yes or no is better;"
    assert text.count(f"better: first # review: {unknown} the first level is no") == 1


@pytest.mark.parametrize(
    ("header", "texts", "slip", "is_of_patients"),
    [
        ("Age", ("58", "41", "63", "37"), "68", True),
        ("Diagnosis", ("RA", "PsA", "RA", "SpA"), "Lupus", True),
        ("Smoker", ("yes", "no"), "no", True),
        ("Flare", ("yes", "no"), "no", False),
        ("Switched", ("no",), "yes", False),
    ],
)
def test_a_single_slip_in_what_is_of_patients_is_told_and_makes_it_no_measurement(
    header: str, texts: tuple[str, ...], slip: str, is_of_patients: bool
) -> None:
    first = texts[0]
    cells = [(who, visit, texts[who % len(texts)]) for who in range(8) for visit in (0, 6)]
    cells[1] = (0, 6, slip)
    rows = [f"{who},Month {visit},{text},{who + visit}" for who, visit, text in cells]
    Path("table.csv").write_text("\n".join([f"ID,Visit,{header},Score", *rows]), encoding="utf-8")

    code = main(["new", "table.csv"])

    file = Path("resources/table/study.yaml")
    study, text = load_study(file), file.read_text(encoding="utf-8")
    assert code == (1 if is_of_patients else 0)
    assert (header.lower() in study.variables) == is_of_patients
    assert header.lower() not in study.outcomes
    assert (f"but patient '0' has '{first}' and then '{slip}'" in text) == is_of_patients
    told = f"found '{first}'; allowed: one text in all rows of a patient; row 3 has '{slip}'"
    assert (told in mistakes(file)) == is_of_patients


def test_cells_with_three_visits_and_answers_before_and_after_are_read() -> None:
    study, _ = drafted(SEVERAL_IN_A_CELL)

    assert [*study.outcomes["easi"].columns] == ["week0", "week4", "week12"]
    assert study.grades["can_walk"].better == "last"


def test_two_rows_of_a_patient_and_day_are_told_before_anything_is_written(
    capsys: pytest.CaptureFixture[str],
) -> None:
    Path("table.csv").write_text(f"{DATED}3;05.06.2023;03.03.2023;12,5;f\n", encoding="utf-8")

    assert main(["new", "table.csv"]) == 2
    told = capsys.readouterr().err
    assert "'Seen' would tell the rows of each apart, but for rows 9 and 10" in told


@pytest.mark.parametrize(
    ("texts", "days", "order"),
    [
        ("m12 m3 baseline", "xxx", "baseline m3 m12"),
        ("V10 V2 V1", "xxx", "v1 v2 v10"),
        # What has no name for a time stays where it is.
        ("m12 relapse m3", "xxx", "m3 relapse m12"),
        ("stop lull entry", "863", "entry lull stop"),
    ],
)
def test_visits_are_drafted_in_the_order_of_time_that_their_names_or_days_tell(
    texts: str, days: str, order: str
) -> None:
    table = "ID,Visit,Seen,CRP\n" + "".join(
        f"{patient},{text},{day}.{patient}.2023,{patient}{number}\n".replace("x.", f"{number}0-")
        for patient in (1, 2, 3)
        for number, (text, day) in enumerate(zip(texts.split(), days, strict=True))
    )
    Path("table.csv").write_text(table, encoding="utf-8")

    assert main(["new", "table.csv"]) == 0

    assert [*load_study(Path("resources/table/study.yaml")).visits] == order.split()


def test_dates_with_years_of_two_digits_tell_rows_apart_with_the_century_to_look_at() -> None:
    Path("table.csv").write_text(DATED.replace(".2023", ".23"), encoding="utf-8")

    assert main(["new", "table.csv"]) == 0

    file = Path("resources/table/study.yaml")
    source = load_study(file).source
    assert (source.visit, source.date_format) == ("Seen", ("%d.%m.%y",))
    assert source.two_digit_years_from == 1930
    assert "two_digit_years_from: 1930 # review: " in file.read_text(encoding="utf-8")
    assert mistakes(file) == ""


def test_a_table_of_dates_joins_one_whose_visits_have_no_window(
    capsys: pytest.CaptureFixture[str],
) -> None:
    visits = DATED.replace("First dose", "Started")
    Path("visits.csv").write_text(visits.replace(";m", ";").replace(";f", ";"), encoding="utf-8")
    base = "ID;Age;HAQ pre;HAQ post\n1;50;2;1\n2;61;1,5;1\n3;44;2,5;0,5\n"
    Path("base.csv").write_text(base, encoding="utf-8")

    assert main(["new", "base.csv", "visits.csv"]) == 0
    file = Path("resources/base/study.yaml")
    study = load_study(file)
    assert mistakes(file) == ""
    assert study.source.joined["visits"].start == "Started"
    assert [*study.outcomes] == ["crp"]
    assert "HAQ pre: it is at a visit without a window" in capsys.readouterr().out


def test_adverse_events_in_the_rows_of_visits_are_a_set_of_each_visit() -> None:
    visits = (("BL", 9, ""), ("W4", 5, "nausea"), ("W8", 2, "rash; nausea"))
    rows = [f"{n},{visit},{score + n},{text}" for n in (1, 2, 3) for visit, score, text in visits]
    Path("t.csv").write_text("\n".join(["ID,Visit,PASI,Side effects", *rows, ""]))

    main(["new", "t.csv"])

    study = load_study(Path("resources/t/study.yaml"))
    assert study.harms and study.harms.sets == ("side_effects_w4", "side_effects_w8")
    assert mistakes(Path("resources/t/study.yaml")) == ""
