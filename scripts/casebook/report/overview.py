"""The page of several studies: what each found in a line or two, and where its report is.

It is made of what the reports have left, when all of them are there, and computes nothing. What a
study found is worded by its report; the page says no more than that.
"""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

from casebook.base.files import write_text
from casebook.data.findings import read_findings
from casebook.data.patients import read_rows
from casebook.data.verdicts import VERDICTS, read_verdicts
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
        claims: How many claims of its paper have each verdict, if an audit was made.
        findings: How many findings of its tables there are of each severity.
    """

    name: str
    title: str
    found: str
    patients: int | None
    claims: dict[str, int]
    findings: dict[str, int]


def overview(
    studies: Sequence[Path], results: Sequence[Path], mistaken: Sequence[str], page: Path
) -> None:
    """Write the page of several studies.

    Args:
        studies: The study.yaml of each study that was made.
        results: What is read of their results, which are beside the page; a study without an
            audit has no `audit.csv`.
        mistaken: The names of those that were not, for mistakes in their files.
        page: The file to write, in the folder of all results.
    """
    read = {path for path in results if path.is_file()}
    lines = [_line(study, page.parent / study.parent.name, read) for study in studies]
    earlier = [name for name in mistaken if (page.parent / name / "report.html").is_file()]
    text = render("overview.html", lines=lines, mistaken=mistaken, earlier=earlier)
    write_text(page, text)


def _line(study: Path, results: Path, read: Collection[Path]) -> Line:
    verdicts = results / "audit.csv"
    judged = read_verdicts(verdicts) if verdicts in read else []
    claims = Counter(each.verdict for each in judged)
    described = load_study(study)
    has_table = described.source.has_table
    findings = read_findings(results / "findings.csv") if has_table else []
    return Line(
        name=results.name,
        title=described.title,
        found=(results / "verdict.txt").read_text(encoding="utf-8").strip(),
        patients=len(read_rows(results / "patients.csv")) if has_table else None,
        claims={verdict: claims[verdict] for verdict in VERDICTS if claims[verdict]},
        findings=Counter(each.severity for each in findings),
    )
