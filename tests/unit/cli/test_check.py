"""`casebook check` tells what a run would tell, without one."""

import csv
import json
import runpy
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from casebook import mistakes as mistaken
from casebook.base.yamlfile import ModelFileError
from casebook.cli.main import main
from casebook.mistakes import mistakes
from casebook.prepare import cleaning, ingest
from casebook.prepare.tables import file_and_sheet, place
from casebook.study.config import study_names
from casebook.study.unreviewed import REVIEW
from workflow import ROOT

Make = Callable[..., Path]
Output = pytest.CaptureFixture[str]
AGE = ("range: [18, 120]", "range: [18, 50]")


def test_a_study_without_mistakes_ends_with_0(make_study: Make, capsys: Output) -> None:
    make_study()

    code = main(["check", "study"])

    assert code == 0
    assert capsys.readouterr().out.startswith("study: no mistakes found")


def test_a_table_is_read_and_cleaned_once(
    make_study: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_study()
    counted = (mistaken.load_study, ingest.read_table, cleaning.lay_out)
    done: list[str] = []

    def counting(call: Any) -> Any:
        return lambda *given, **more: done.append(call.__name__) or call(*given, **more)

    for module, call in zip((mistaken, ingest, cleaning), counted, strict=True):
        monkeypatch.setattr(module, call.__name__, counting(call))

    main(["check", "study"])

    assert done == ["load_study", "read_table", "lay_out"]


def test_mistakes_are_told_as_a_run_tells_them_and_end_with_1(
    make_study: Make, capsys: Output
) -> None:
    study = make_study(("type: category", "type: categry"), AGE)

    code = main(["check", "study"])

    assert code == 1
    told, _, last = capsys.readouterr().out.removesuffix("\n").rpartition("\n")
    assert told == mistakes(study)
    assert last.startswith("study: more may be found once these mistakes are corrected")


def test_json_has_the_cell_of_a_mistake_in_fields_of_their_own(
    make_study: Make, capsys: Output
) -> None:
    make_study(AGE)

    code = main(["check", "study/study.yaml", "--json"])

    (study,) = json.loads(capsys.readouterr().out)
    first = study["findings"][0]
    assert code == 1
    assert study["folder"] == "study"
    assert (first["severity"], first["file"], first["sheet"]) == ("error", "study/table.csv", "")
    assert (first["row"], first["column"], first["value"]) == (2, "Age", "70")
    assert first["allowed"] == "a number from 18 to 50 years"
    assert first["hint"] == "correct it in corrections.tsv, or widen the range in study.yaml"


def test_json_has_the_line_and_the_key_of_a_mistake_in_study_yaml(
    make_study: Make, capsys: Output
) -> None:
    study = make_study(("better: lower", "better: lwer"))
    line = study.read_text(encoding="utf-8").splitlines().index("    better: lwer") + 1

    main(["check", "study", "--json"])

    (found,) = json.loads(capsys.readouterr().out)[0]["findings"]
    assert (found["file"], found["row"]) == ("study/study.yaml", line)
    assert found["key"].endswith(".better")
    assert found["hint"].startswith("'lwer' is not allowed; allowed: 'lower' or 'higher'")


def test_warnings_are_told_of_a_study_without_mistakes(make_study: Make, capsys: Output) -> None:
    study = make_study()
    table = study.with_name("table.csv")
    first = table.read_text(encoding="utf-8").splitlines()[1].partition(",")[0]
    table.write_text(table.read_text(encoding="utf-8").replace(f"{first},", "Total,"), "utf-8")

    code = main(["check", "study"])

    out = capsys.readouterr().out
    assert code == 0
    assert "study: no mistakes found; 1 warning:\n  study/table.csv, row 2, column 'ID'" in out


@pytest.mark.parametrize("mistake", [AGE, ("better: lower", "better: lwer")])
def test_warnings_and_notes_are_told_beside_mistakes(
    make_study: Make, capsys: Output, mistake: tuple[str, str]
) -> None:
    study = make_study(mistake)
    study.with_name("old.csv").write_text("of last year", encoding="utf-8")
    table = study.with_name("table.csv")
    table.write_text(table.read_text(encoding="utf-8").replace("\na,", "\nSchÃ¤fer,"), "utf-8")

    main(["check", "study"])
    words = capsys.readouterr().out
    main(["check", "study", "--json"])
    found = json.loads(capsys.readouterr().out)[0]["findings"]

    warning = "study/table.csv, row 2, column 'ID': found 'SchÃ¤fer'"
    assert f"\nstudy: 1 warning:\n  {warning}" in words
    assert "\nstudy: 1 note:\n  study/old.csv: not used: nothing in study.yaml names it" in words
    assert [each["severity"] for each in found][-2:] == ["warning", "note"]


def test_of_many_notes_the_first_are_told_and_the_others_counted(
    make_study: Make, capsys: Output
) -> None:
    study = make_study()
    for number in range(9):
        study.with_name(f"old{number}.csv").write_text("of last year", encoding="utf-8")

    main(["check", "study"])
    lines = capsys.readouterr().out.splitlines()
    main(["check", "study", "--all"])
    whole = capsys.readouterr().out.splitlines()

    assert lines[:2] == ["study: no mistakes found", "study: 9 notes:"]
    assert lines[-2].startswith("  study/old4.csv: ")
    assert lines[-1] == "  and 4 more notes: add --all"
    assert len(whole) == 11
    assert whole[-1].startswith("  study/old8.csv: ")


def test_what_may_follow_from_a_mistake_in_study_yaml_is_no_warning(
    make_study: Make, capsys: Output
) -> None:
    make_study(("column: Age", "colum: Age"))

    main(["check", "study"])

    assert "not used" not in capsys.readouterr().out


def test_guesses_that_nobody_has_reviewed_are_a_warning(make_study: Make, capsys: Output) -> None:
    study = make_study(("better: lower", "better: lower # review: most scores fall"))
    text = study.read_text(encoding="utf-8")
    study.write_text(f"# Look at every line with '{REVIEW}'\n{text}", encoding="utf-8")
    line = text[: text.index(REVIEW)].count("\n") + 2

    code = main(["check", "study"])

    told = f"1 guess of the draft is not reviewed yet (first: line {line}); delete `# review:`"
    assert code == 0
    assert f"1 warning:\n  study/study.yaml: {told} where you agree\n" in capsys.readouterr().out


def test_claims_that_nobody_has_reviewed_are_a_warning(make_study: Make, capsys: Output) -> None:
    columns = ["claim", "place", "words", "printed", "computed_as", "review"]
    sizes = ["Text", "in all 3", "3", "n(patient) in everyone"]
    lines = [["C1", *sizes, ""], ["C2", *sizes, "as C1"], ["C3", *sizes, "nothing"]]
    text = "".join("\t".join(line) + "\n" for line in [columns, *lines])
    make_study().with_name("claims.tsv").write_text(text, encoding="utf-8")

    assert main(["check", "study"]) == 0

    told = "1 claim of the draft is not reviewed yet (first: line 4); empty `review` where you"
    assert f"  study/claims.tsv: {told} agree\n" in capsys.readouterr().out


def test_a_study_is_found_by_its_name_and_all_by_config_yaml(
    make_study: Make, capsys: Output
) -> None:
    study = make_study()
    Path("resources").mkdir()
    study.parent.rename("resources/ours")
    Path("config.yaml").write_text("studies: [ours]\n", encoding="utf-8")

    codes = main(["check", "ours"]), main(["check"])

    assert codes == (0, 0)
    assert capsys.readouterr().out.count("resources/ours: no mistakes found") == 2


@pytest.mark.parametrize("argument", ["Mein Stück", "resources/Mein Stück"])
def test_a_name_that_a_run_refuses_is_told_in_its_words(
    make_study: Make, capsys: Output, argument: str
) -> None:
    study = make_study()
    Path("resources").mkdir()
    study.parent.rename("resources/Mein Stück")
    with pytest.raises(ModelFileError) as refused:
        study_names({"studies": ["Mein Stück"]}, Path("resources"))

    code = main(["check", argument])

    told = str(refused.value).removeprefix("config.yaml: studies.0: ")
    assert code == 1
    assert capsys.readouterr().out.startswith(f"resources/Mein Stück: {told}\n")

    Path("resources/Mein Stück").rename("Mein Stück")

    code = main(["check", "Mein Stück"])

    moved = (
        f"  Mein Stück: rename the folder before it is moved into resources/, for a run: {told}\n"
    )
    assert code == 0
    assert moved in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["ors"], "ors: no folder with a study.yaml in it, here or in resources; studies in"),
        ([], "no config.yaml here that names studies; name a study, or the folder that it is in"),
    ],
)
def test_a_study_that_is_not_there_ends_with_2(
    make_study: Make, capsys: Output, arguments: list[str], told: str
) -> None:
    study = make_study()
    Path("resources").mkdir()
    study.parent.rename("resources/ours")

    code = main(["check", *arguments])

    assert code == 2
    assert capsys.readouterr().err.startswith(told)


def test_the_module_of_the_command_runs_as_a_program(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["casebook", "check", "missing"])

    with pytest.raises(SystemExit) as end:
        runpy.run_path(str(ROOT / "scripts/casebook/cli/main.py"), run_name="__main__")

    assert end.value.code == 2


def test_the_name_of_a_sheet_is_told_apart_from_that_of_its_file() -> None:
    for sheet in ("Data", "it's", 'a "b" \\ c', ""):
        assert file_and_sheet(place(Path("x, sheet y.xlsx"), sheet)) == ("x, sheet y.xlsx", sheet)


def test_it_takes_no_longer_than_its_checks_as_it_loads_nothing_for_runs_and_figures() -> None:
    code = "import sys; from casebook.cli.main import main; code = main(['check', sys.argv[1]])\n"
    code += "assert not {'snakemake', 'pandas', 'matplotlib', 'scipy'} & {*sys.modules}\n"
    study = ROOT / "resources/upadacitinib-myositis"

    run = subprocess.run(
        [sys.executable, "-c", code, study],
        cwd=ROOT / "scripts",
        capture_output=True,
        text=True,
        check=False,
    )

    assert run.returncode == 0, run.stderr
    assert "no mistakes found" in run.stdout


@pytest.mark.parametrize(
    ("private", "told"), [("", "1 warning"), ("    private: true\n", "2 notes")]
)
def test_a_hidden_column_is_told_as_a_run_tells_it_and_is_meant_so_where_it_is_private(
    make_study: Make, capsys: Output, private: str, told: str
) -> None:
    study = make_study(
        ("table.csv", "table.xlsx"), ("    unit: years\n", f"    unit: years\n{private}")
    )
    book = openpyxl.Workbook()
    for row in csv.reader(study.with_name("table.csv").read_text("utf-8").splitlines()):
        book.active.append(row)
    book.active.column_dimensions["B"].hidden = True
    book.save(study.with_name("table.xlsx"))

    main(["check", "study"])

    assert (
        f"{told}:\n  study/table.xlsx, column 'Age': a column that is hidden"
        in capsys.readouterr().out
    )


def test_a_row_that_was_entered_twice_is_told_once(make_study: Make, capsys: Output) -> None:
    study = make_study()
    table = study.with_name("table.csv")
    lines = table.read_text(encoding="utf-8").splitlines()
    table.write_text("\n".join([*lines, lines[1], ""]), encoding="utf-8")

    main(["check", "study"])

    row = f"row {len(lines) + 1}, column"
    assert capsys.readouterr().out.count(row) == 1
