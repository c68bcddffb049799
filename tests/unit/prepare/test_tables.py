from collections.abc import Callable
from pathlib import Path

from casebook.prepare.tables import file_and_sheet, names_of_patients
from casebook.study.load import load_study


def test_findings_name_the_table_of_a_document(make_study: Callable[..., Path]) -> None:
    path = make_study(("table: table.csv", "table: t.docx\n  sheet: 2"), name="t.docx")
    study = load_study(path)

    (name,) = names_of_patients(study, Path("study"))

    assert name == "study/t.docx, table '2'"
    assert file_and_sheet(name) == ("study/t.docx", "2")
