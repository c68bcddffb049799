"""What a run shows of Snakemake's log, record by record."""

import logging
from pathlib import Path

import pytest

from casebook.progress import Progress


@pytest.fixture
def progress() -> Progress:
    return Progress(at_rest=lambda: "The report of mine is results/mine/report.html")


def _shown(progress: Progress, text: str = "", **told: object) -> str:
    """What is shown of a record; nothing of one that is kept from the terminal."""
    record = logging.makeLogRecord({"msg": text, "levelno": logging.INFO, **told})
    return progress.format(record) if progress.filter(record) else ""


def _begin(progress: Progress, jobid: int, message: str) -> str:
    return _shown(progress, event="job_info", jobid=jobid, rule_msg=message, rule_name="rule")


def _fail(progress: Progress, jobid: int, *logs: Path) -> str:
    names = [str(log) for log in logs]
    told = {"rule_name": "forest", "jobid": jobid, "log": names, "aux": {}}
    return _shown(progress, event="job_error", **told)


def test_each_step_is_one_line_with_its_number(progress: Progress) -> None:
    counted = _shown(progress, "Job stats", event="run_info", stats={"ingest": 1, "total": 12})

    first = _begin(progress, 4, "Reading the raw table of mine")
    done = _shown(progress, event="progress", done=1, total=13)
    second = _begin(progress, 3, "Checking every cell of mine")

    assert (counted, done) == ("", "")
    assert first == "[ 1/12] Reading the raw table of mine"
    assert second == "[ 2/13] Checking every cell of mine"


def test_a_step_that_is_tried_again_keeps_its_number(progress: Progress) -> None:
    lines = [_begin(progress, job, f"job {job}") for job in (7, 8, 7)]

    assert lines == ["[1/1] job 7", "[2/2] job 8", "[1/2] job 7"]


def test_a_step_that_failed_shows_what_it_said_and_where(
    progress: Progress, tmp_path: Path
) -> None:
    log = tmp_path / "forest.log"
    log.write_text("The font is missing.\nInstall it.\n")
    _begin(progress, 5, "Drawing the estimates of mine")
    command = (
        f"CalledProcessError in file rules/figures.smk, line 78:\nCommand 'x > {log}' returned"
    )
    stack = _shown(progress, f"RuleException:\n{command} non-zero exit status 1.", event="error")

    shown = _fail(progress, 5, log)

    assert stack == ""
    assert shown.split("\n") == [
        "",
        "Failed: Drawing the estimates of mine",
        "  | The font is missing.",
        "  | Install it.",
        f"  (rule forest; its log: {log})",
        "",
    ]
    assert progress.failed == ["Drawing the estimates of mine"]


@pytest.mark.parametrize(
    "ended", ["returned non-zero exit status 137.", "died with <Signals.SIGKILL: 9>."]
)
def test_a_step_that_was_killed_is_told_as_such(
    progress: Progress, tmp_path: Path, ended: str
) -> None:
    log = tmp_path / "forest.log"
    log.touch()
    _shown(progress, f"RuleException:\nCommand 'x > {log}' {ended}", event="error")

    killed, other = _fail(progress, 5, log), _fail(progress, 6, log.with_name("none"))

    assert "it said nothing\n  It was killed, perhaps for want of memory." in killed
    assert "its log cannot be read: No such file or directory" in other
    assert "It was killed" not in other


def test_what_is_told_at_the_end_is_not_told_before(tmp_path: Path) -> None:
    progress = Progress(at_rest=str, told_later=["forest"])

    assert _fail(progress, 5, tmp_path / "forest.log") == ""
    assert progress.failed == []


def test_other_errors_and_warnings_are_shown_as_they_are(progress: Progress) -> None:
    for text in ("Creating conda environment envs/clean.yaml...", "MissingInputException in x"):
        assert _shown(progress, text) == text
    for error in (
        "MissingRuleException:\nNo rule",
        "WorkflowError:\nNo such image. Details:\nCommand 'x' returned non-zero exit status 1.",
    ):
        assert error in _shown(progress, error, event="error")


def test_a_run_with_nothing_to_do_says_where_the_report_is(progress: Progress) -> None:
    shown = _shown(progress, "Nothing to be done (all requested files are present).")

    assert shown.endswith("\nThe report of mine is results/mine/report.html")
