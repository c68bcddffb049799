"""What the claims of the bundled paper deserve, decided from it without casebook, and by R.

Where casebook judges otherwise, both reasons stand in paper_claims.tsv.
"""

import csv
from pathlib import Path

import pytest

from casebook.data.verdicts import OTHER_CONVENTION, Verdict, read_verdicts

ORACLE = Path(__file__).parents[2] / "oracle"
Rows = dict[str, dict[str, str]]


@pytest.fixture(scope="module")
def verdicts(bundled: Path) -> dict[str, Verdict]:
    """Casebook's verdicts by the claims."""
    return {each.claim: each for each in read_verdicts(bundled / "audit.csv")}


@pytest.fixture(scope="module")
def decided() -> Rows:
    """The verdicts that were decided from the paper, each with its reason."""
    return rows("paper_claims.tsv", "\t")


@pytest.fixture(scope="module")
def by_r() -> Rows:
    """What R makes of the numbers, from the raw table."""
    return rows("paper_numbers.csv", ",")


def rows(name: str, delimiter: str) -> Rows:
    with (ORACLE / name).open(encoding="utf-8", newline="") as file:
        return {row["claim"]: row for row in csv.DictReader(file, delimiter=delimiter)}


def short(verdict: Verdict) -> str:
    return "other convention" if verdict.verdict == OTHER_CONVENTION else verdict.verdict


def reason(verdict: Verdict) -> str:
    """Why casebook says so."""
    by = [f"by {name}" for name in verdict.reproduced_by]
    return "; ".join(filter(None, (verdict.recomputed, *by, verdict.reason, verdict.note)))


def test_each_claim_has_a_verdict_that_was_decided_from_the_paper(
    verdicts: dict[str, Verdict], decided: Rows
) -> None:
    assert decided.keys() == verdicts.keys()
    assert len(decided) > 200
    assert [name for name, row in decided.items() if not row["reason"]] == []


def test_casebook_agrees_or_both_reasons_stand_in_the_file(
    verdicts: dict[str, Verdict], decided: Rows
) -> None:
    differing = {
        name: (short(each), reason(each))
        for name, each in verdicts.items()
        if short(each) != decided[name]["expected"]
    }

    told = {
        name: (row["casebook"], row["casebook_reason"])
        for name, row in decided.items()
        if row["casebook"] or row["casebook_reason"]
    }
    assert differing == told


def test_the_verdicts_on_numbers_are_those_of_r(decided: Rows, by_r: Rows) -> None:
    assert {name: row["verdict"] for name, row in by_r.items()} == {
        name: decided[name]["expected"] for name in by_r
    }


def test_every_number_is_recomputed_as_r_does(verdicts: dict[str, Verdict], by_r: Rows) -> None:
    recomputed = {
        name: float(each.recomputed)
        for name, each in verdicts.items()
        if each.n_tried and each.statistic != "significant"
    }

    assert len(recomputed) > 90
    for name in recomputed.keys() - {"C072"}:  # R leaves it open.
        assert recomputed[name] == pytest.approx(float(by_r[name]["value"]), rel=1e-9), name
