"""The invented study: two arms, four visits, a grade and adverse events, up to the page."""

import csv
import re
import shutil
import subprocess
import sys
from collections.abc import Collection
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest

from workflow import INVENTED, ROOT, Workflow


def test_its_tables_are_those_that_its_script_draws(tmp_path: Path) -> None:
    folder = ROOT / "resources" / INVENTED
    script = shutil.copy2(folder / "make_tables.py", tmp_path)

    subprocess.run([sys.executable, script], check=True)

    for table in ("visits.tsv", "events.tsv"):
        assert (tmp_path / table).read_bytes() == (folder / table).read_bytes()


@pytest.mark.slow
def test_its_report_shows_contrasts_comparisons_visits_and_harms(fresh: Workflow) -> None:
    workflow = replace(fresh, study=INVENTED)

    run = workflow.snakemake("--config", f"studies=[{INVENTED}]")
    again = workflow.snakemake("--config", f"studies=[{INVENTED}]")

    assert run.status == 0, run.text
    assert again.jobs == []
    page = workflow.result("report.html").read_text(encoding="utf-8")
    for section in ("Response to treatment", "Comparisons", "Harms", "Time on treatment"):
        assert section in _headings(page)
    assert workflow.result("tables/comparison-arms.docx").exists()
    assert {path.stem for path in workflow.result("figures").glob("*.svg")} >= {
        *("forest", "retention", "swimmer"),
        *("paired-skin", "trajectories-skin", "multiples-skin", "transitions-severity"),
    }
    contrasts = {"change": {24}, "early": {4}, "last_seen": {4, 12, 24}}
    assert _pairs(workflow) == {
        (arm, contrast): len({row["Patient"] for row in _visits(weeks) if row["Arm"] == arm})
        for arm in ("drug", "placebo")
        for contrast, weeks in contrasts.items()
    }


def _pairs(workflow: Workflow) -> dict[tuple[str, str], int]:
    """How many patients each arm has with both visits of each contrast, by the results."""
    with workflow.result("results.csv").open(encoding="utf-8", newline="") as file:
        return {
            (row["group1_level"], row["contrast"]): int(row["stat"])
            for row in csv.DictReader(file)
            if (row["variable"], row["context"], row["stat_name"])
            == ("skin", "paired test", "n_pairs")
        }


def _visits(weeks: Collection[int]) -> list[dict[str, str]]:
    """The rows of the table that are of a visit in these weeks."""
    path, visits = ROOT / "resources" / INVENTED / "visits.tsv", {f"Week {n}" for n in weeks}
    with path.open(encoding="utf-8", newline="") as file:
        return [row for row in csv.DictReader(file, delimiter="\t") if row["Visit"] in visits]


def _headings(page: str) -> list[str]:
    found = re.findall(r"<h[23][^>]*>(.*?)</h[23]>", page, re.DOTALL)
    return [unescape(re.sub("<[^>]+>", "", text)) for text in found]
