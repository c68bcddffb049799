"""The page of several studies: what each found in a line or two, and where its report is.

It is made of what the reports have left, when all of them are there, and computes nothing. What a
study found is worded by its report; the page says no more than that.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from casebook.base.files import write_text
from casebook.data.findings import read_findings, told, without_texts
from casebook.data.patients import read_rows
from casebook.report.render import render
from casebook.study.load import load_study


@dataclass(frozen=True, slots=True)
class Line:
    """A study as the page lists it.

    Attributes:
        name: Its folder, which its report is in as well.
        title: Its title.
        found: What its tests and its audit came to, in a sentence or two.
        patients: How many patients it has; None of a paper that prints summaries alone.
        findings: How many findings of its tables there are of each severity.
    """

    name: str
    title: str
    found: str
    patients: int | None
    findings: dict[str, int]


def overview(
    studies: Sequence[Path], results: Sequence[Path], mistaken: Sequence[str], page: Path
) -> None:
    """Write the page of several studies.

    Args:
        studies: The study.yaml of each study that was made.
        results: What is read of their results, in folders of their names.
        mistaken: The names of those that were not, for mistakes in their files.
        page: The file to write, in the folder of all results.
    """
    read = {(path.parent.name, path.name): path for path in results}
    lines = [_line(study, read) for study in studies]
    earlier = [name for name in mistaken if (page.parent / name / "report.html").is_file()]
    text = render("overview.html", lines=lines, mistaken=mistaken, earlier=earlier)
    write_text(page, text)


def _line(study: Path, read: Mapping[tuple[str, str], Path]) -> Line:
    name, described = study.parent.name, load_study(study)
    has_table, private = described.source.has_table, described.private_columns
    found = read_findings(read[name, "findings.csv"]) if has_table else []
    return Line(
        name=name,
        title=described.title,
        found=read[name, "verdict.txt"].read_text(encoding="utf-8").strip(),
        patients=len(read_rows(read[name, "patients.csv"])) if has_table else None,
        findings=Counter(severity for severity, _ in told(without_texts(found, private))),
    )
