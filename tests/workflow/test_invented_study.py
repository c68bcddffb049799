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

from casebook.data.verdicts import CONTRADICTED, OTHER_CONVENTION, WRONG, read_verdicts
from workflow import INVENTED, ROOT, Workflow

ORACLE = ROOT / "tests" / "oracle" / "invented_arms_claims.tsv"


def test_its_tables_are_those_that_its_script_draws(tmp_path: Path) -> None:
    folder = ROOT / "resources" / INVENTED
    script = shutil.copy2(folder / "make_tables.py", tmp_path)

    subprocess.run([sys.executable, script], check=True)

    for table in ("visits.tsv", "events.tsv"):
        assert (tmp_path / table).read_bytes() == (folder / table).read_bytes()


@pytest.mark.slow
def test_its_report_shows_all_that_a_study_of_visits_arms_and_harms_can_have(
    fresh: Workflow,
) -> None:
    workflow = replace(fresh, study=INVENTED)

    run = workflow.snakemake("--config", f"studies=[{INVENTED}]")
    again = workflow.snakemake("--config", f"studies=[{INVENTED}]")

    assert run.status == 0, run.text
    assert again.jobs == []
    _shows_all(workflow)
    _each_verdict_is_that_of_r(workflow)


def _shows_all(workflow: Workflow) -> None:
    page = workflow.result("report.html").read_text(encoding="utf-8")
    text = " ".join(unescape(re.sub("<[^>]+>", "", page)).split())
    for section in ("Response to treatment", "Comparisons", "Harms", "Time on treatment"):
        assert section in _headings(page)
    for shown in (
        *("First visit after the start: the first of", "Last visit seen: the last of"),
        *("Best visit: the best of", "Mean of weeks 12 and 24: the mean of"),
        "but the earlier value minus the later one of Itch, day and night",
        *(
            "Kruskal-Wallis, exact: Skin score, Week 4",
            "Fisher's exact test: Clear or almost clear",
        ),
        "a p-value of a characteristic tests what is known to be true",
        *("Injection site reaction", "one-sided for a decrease", "Page's test", "Cochran's Q"),
        "No serious adverse event was recorded in 20 patients of Placebo",
        *("13 better, 0 worse, 2 unchanged", "Gained, of those without it, Week 24"),
    ):
        assert shown in text
    assert workflow.result("tables/comparison-arms.docx").exists()
    assert workflow.result("tables/comparison-doses.docx").exists()
    assert workflow.result("tables/each-two-doses.docx").exists()
    assert {path.stem for path in workflow.result("figures").glob("*.svg")} >= {
        *("forest", "retention", "swimmer", "differences"),
        *("paired-skin", "paired-itch", "trajectories-skin", "multiples-skin"),
        "transitions-severity",
    }
    later = {4, 12, 24}
    contrasts = {"change": {24}, "early": {4}, "last_seen": later, "best_seen": later}
    assert _pairs(workflow) == {
        (cohort, contrast): len(
            {row["Patient"] for row in _visits(weeks) if cohort in (row["Arm"], row["Dose"])}
        )
        for cohort in ("drug", "placebo", "low", "middle", "high")
        for contrast, weeks in contrasts.items()
    }


def _each_verdict_is_that_of_r(workflow: Workflow) -> None:
    """R found what each claim should print, from the two tables alone.

    Of C31 it found that the chi-squared test gives it. casebook holds the paper to Fisher's exact
    test, which it follows for its other shares, and by which p is 0.052: with expected counts of
    2.2 and 2.8 no rule that chooses between both tests by these takes chi-squared there.
    """
    verdicts = {each.claim: each for each in read_verdicts(workflow.result("audit.csv"))}
    with ORACLE.open(encoding="utf-8", newline="") as file:
        oracle = {row["claim"]: row for row in csv.DictReader(file, delimiter="\t")}
    short = {OTHER_CONVENTION: "other convention"}
    assert {name: short.get(each.verdict, each.verdict) for name, each in verdicts.items()} == {
        name: row["expected"] for name, row in oracle.items()
    } | {"C31": CONTRADICTED}
    assert verdicts["C31"].nearest_by == "chi-squared, without correction"
    assert sum(each.verdict in WRONG for each in verdicts.values()) == 10
    for name, each in verdicts.items():
        if each.recomputed and each.kind != "significant":
            assert float(each.recomputed) == pytest.approx(float(oracle[name]["recomputed"]))


def _pairs(workflow: Workflow) -> dict[tuple[str, str], int]:
    """How many patients each cohort has with both visits of each contrast, by the results."""
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
