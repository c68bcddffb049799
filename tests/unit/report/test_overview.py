"""The page that lists several studies."""

import re
import shutil
from pathlib import Path

import pytest

from casebook.data.findings import Finding, write_findings
from casebook.report.overview import overview

CASES = Path(__file__).parents[2] / "cases"
RESOURCES = Path(__file__).parents[3] / "resources"


@pytest.fixture
def studies(tmp_path: Path) -> list[Path]:
    """The descriptions of two studies; what their reports left."""
    for name, last in (("invented-arms", "Age"), ("upadacitinib-myositis", "CK")):
        results = tmp_path / name
        results.mkdir()
        (results / "patients.csv").write_text("patient,row\na,2\nb,3\n", encoding="utf-8")
        (results / "verdict.txt").write_text("1 of the 2 tests gave p < 0.05.\n")
        found = [Finding("warning", "t.csv", n, of, "101") for n, of in ((2, "Age"), (3, last))]
        write_findings(results / "findings.csv", found)
    return [RESOURCES / name / "study.yaml" for name in ("invented-arms", "upadacitinib-myositis")]


def _results(folder: Path) -> list[Path]:
    return sorted(folder.glob("*/*"))


def _rows(page: Path) -> list[str]:
    """The words of each row of the table."""
    rows = re.findall(r"<tr>(.*?)</tr>", page.read_text(encoding="utf-8"), re.DOTALL)[1:]
    return [" ".join(re.sub("<[^>]*>", " ", row).split()) for row in rows]


def test_each_study_has_its_title_what_was_found_and_links(
    studies: list[Path], tmp_path: Path
) -> None:
    page = tmp_path / "index.html"

    overview(studies, _results(tmp_path), [], page)

    found = "1 of the 2 tests gave p &lt; 0.05."
    links = "results , findings , changes"
    assert _rows(page) == [
        f"An invented trial of two arms 2 {found} 1 warning {links}",
        f"Upadacitinib in refractory inflammatory myositis 2 {found} 2 warnings {links}",
    ]
    text = page.read_text(encoding="utf-8")
    assert "<h1>2 studies</h1>" in text
    assert "Not made" not in text
    assert 'href="invented-arms/report.html"' in text


def test_a_paper_that_prints_summaries_alone_has_no_patients_and_a_link_to_its_audit(
    tmp_path: Path,
) -> None:
    page = tmp_path / "index.html"
    (tmp_path / "summaries-alone").mkdir()
    (tmp_path / "summaries-alone/verdict.txt").write_text("29 claims: 7 contradicted.\n")

    overview([CASES / "summaries-alone/study.yaml"], _results(tmp_path), [], page)

    title = "Light against itch, a trial that prints summaries alone"
    assert _rows(page) == [f"{title} – 29 claims: 7 contradicted. – audit , changes"]


def test_a_study_with_mistakes_is_named_with_its_earlier_report(
    studies: list[Path], tmp_path: Path
) -> None:
    page = tmp_path / "index.html"
    shutil.copytree(tmp_path / "invented-arms", tmp_path / "earlier")
    (tmp_path / "earlier/report.html").touch()

    overview(studies[:1], _results(tmp_path), ["earlier", "new"], page)

    text = page.read_text(encoding="utf-8")
    assert "<h1>3 studies</h1>" in text
    assert "<strong>new</strong>: there are mistakes in its files" in text
    assert re.findall(r'href="([^"]*)">report of an earlier run', text) == ["earlier/report.html"]
