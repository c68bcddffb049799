"""That half of a limit stands in place of what was not measured, wherever its numbers are read."""

from collections.abc import Callable
from pathlib import Path

import docx

from casebook.data.findings import read_findings
from casebook.report.export import tables
from casebook.report.limit_notes import limits_told

HALF = ("    unit: points\n", "    unit: points\n    censored: { below: half }\n")
TOLD = (
    "Score: 1 of 6 values (Baseline: 1, Follow-up: 0) below the limit of measurement was counted as"
    " half of it."
)


def test_tables_and_main_findings_say_which_numbers_were_not_measured(
    results_of: Callable[..., Path], table_of: Callable[..., str]
) -> None:
    out = results_of(HALF, table=table_of({"Before": "<5"}, {"Before": "6"}, {"Before": "7"}))

    tables(Path("study/study.yaml"), out / "results.csv", out / "findings.csv", out / "tables")

    word = docx.Document(str(out / "tables/response.docx"))
    assert TOLD in [each.text for each in word.paragraphs]
    assert TOLD in (out / "tables/response.html").read_text("utf-8")
    assert TOLD not in (out / "tables/baseline.html").read_text("utf-8")
    assert [*limits_told(read_findings(out / "findings.csv"))] == [TOLD]
