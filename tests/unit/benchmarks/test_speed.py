"""`make bench` at its smallest sizes, and what CI is told of a small run that has become slower."""

import os
import sys
from pathlib import Path

import pytest
from speed import kernel_case, kernels
from speed.aims import ratio, too_slow
from speed.drawings import draw
from speed.inputs import write_study
from speed.measure import cost
from speed.page import page
from speed.rows import Row, Rows, read_rows, write_rows
from speed.small_run import MONOLITH, NOTHING, PART, SNAKEMAKE
from speed.suite import by_folder, by_step, measure_checks

from casebook.data.findings import read_findings
from casebook.prepare.clean import Files, clean
from casebook.prepare.ingest import ingest
from workflow import ROOT, Workflow

DOCS = ROOT / "docs"


def _rows(from_nothing: float, one_process: float) -> Rows:
    runs = ((SNAKEMAKE, from_nothing), (MONOLITH, one_process))
    return Rows([Row(PART, NOTHING, tool, cpu=seconds) for tool, seconds in runs])


def test_a_small_run_with_a_ratio_half_as_much_again_as_documented_is_too_slow() -> None:
    documented = _rows(30, 20)

    assert too_slow(_rows(46, 20), documented) == (
        "A run from nothing costs 2.30 times what its steps cost in one process; documented are "
        "1.50 times, and 2.25 would do. Either something has become slower, or `make bench` has "
        "to document why."
    )
    assert too_slow(_rows(44, 20), documented) is None
    assert too_slow(_rows(88, 40), documented) is None


def test_nothing_to_compare_with_is_no_success() -> None:
    with pytest.raises(ValueError, match="no ratio"):
        too_slow(_rows(46, 20), Rows([]))


def test_what_is_documented_has_a_ratio_to_compare_with() -> None:
    assert ratio(read_rows(DOCS / "performance.csv"))


def test_a_command_costs_what_all_its_processes_cost(tmp_path: Path) -> None:
    child = "import time; held = bytearray(10**8)\nwhile time.process_time() < 0.3: pass"
    parent = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {child!r}])"

    measured = cost(Workflow(tmp_path), sys.executable, "-c", parent)

    assert measured.cpu and 0.3 < measured.cpu < 1
    assert measured.mb and 95 < measured.mb < 150


def test_a_command_that_takes_too_long_is_ended_and_says_so(tmp_path: Path) -> None:
    measured = cost(Workflow(tmp_path), sys.executable, "-c", "while True: pass", limit=0.1)

    assert measured.row("part", "case", "tool").note == "not finished in 0.1 s"


def test_a_command_that_fails_is_not_taken_for_fast(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match="failed"):
        cost(Workflow(tmp_path), "false")


def test_every_kernel_gives_something_and_what_scipy_gives(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kernel_case, "LONG_ENOUGH", 0)
    values = {
        (tool, kernel): kernel_case.time_calls(get(kernel), 10, "ties" in kernel)[1]
        for tool, get, of in (
            ("casebook", kernel_case.casebook, kernels.KERNELS),
            ("SciPy", kernel_case.scipy, kernels.IN_SCIPY),
        )
        for kernel in of
    }

    for kernel in ("signed-rank", "rank-sum"):
        assert values["casebook", kernel] == pytest.approx(values["SciPy", kernel], rel=1e-12)
    assert values["casebook", kernels.EVERY_ROW] > 100


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_a_synthetic_study_is_one_without_mistakes(tmp_path: Path, form: str) -> None:
    study = tmp_path / "study"
    write_study(study, cohorts=2, patients=3, outcomes=2, form=form)
    out = [tmp_path / f"{name}.csv" for name in ("cells", "remarks")]
    names = ("patients", "measurements", "therapies", "findings", "harms")
    written = [tmp_path / f"{name}.csv" for name in names]

    ingest(study / "study.yaml", study / f"table.{form}", *out)
    clean(Files(study / "study.yaml", *out, [], *written))

    assert len(written[0].read_text().splitlines()) == 1 + 6
    assert not [each for each in read_findings(written[3]) if each.severity == "error"]


def test_rows_are_read_as_they_were_written(tmp_path: Path) -> None:
    rows = [Row("a", "b", "c"), Row("a", "b", "d", 10, 0.5, 1.0, 20.0, 3, "a note, with a comma")]

    write_rows(tmp_path / "rows.csv", rows)

    assert list(read_rows(tmp_path / "rows.csv")) == rows


def test_the_time_of_tests_is_added_up_by_folder_the_longest_first(tmp_path: Path) -> None:
    cases = (("unit.base.test_a", 1), ("unit.base.test_b", 2.5), ("report.test_print", 4))
    told = "".join(f'<testcase classname="tests.{name}" time="{time}"/>' for name, time in cases)
    (tmp_path / "tests.xml").write_text(f"<testsuites><testsuite>{told}</testsuite></testsuites>")

    rows = list(by_folder(tmp_path / "tests.xml"))

    assert [(row.case, row.wall, row.jobs) for row in rows] == [
        ("tests/report", 4, 1),
        ("tests/unit/base", 3.5, 2),
    ]


def _checks(root: Path, script: str) -> None:
    (root / ".ci").mkdir()
    (root / ".ci/run").write_text(f"#!/usr/bin/env bash\n{script}\n")
    (root / ".ci/run").chmod(0o755)


def test_all_checks_are_measured_by_the_times_that_they_end_with(tmp_path: Path) -> None:
    step = "env PYTEST_ADDOPTS=--hypothesis-profile=thorough make test"
    told = f'"3 s  no step" "All of it took 12 s:" "9 s  make" "2 s  {step}"'
    _checks(tmp_path, f'printf "%s\\n" {told}')

    rows = list(measure_checks(tmp_path))

    assert [(row.case, row.wall) for row in rows] == [("all of it", 12), ("make", 9), (step, 2)]


def test_checks_that_fail_or_tell_no_time_are_not_measured(tmp_path: Path) -> None:
    _checks(tmp_path, 'printf "%s\\n" "All of it took 12 s:" "9 s  make"; false')

    with pytest.raises(RuntimeError, match=r"\.ci/run failed with status 1"):
        next(measure_checks(tmp_path))
    with pytest.raises(ValueError, match="did not end with what its steps took"):
        next(by_step("All of it took 12 s:\n9 s  make\nand more\n"))


def test_checks_find_neither_the_python_nor_the_modules_of_the_benchmark(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = str(Path(sys.executable).parent)
    monkeypatch.setenv("PATH", f"{own}:{os.environ['PATH']}")
    monkeypatch.setenv("PYTHONPATH", "scripts")
    _checks(tmp_path, 'printf "%s\\n" "All of it took 1 s:" "1 s  $PATH" "1 s  .${PYTHONPATH-}"')

    _, path, modules = measure_checks(tmp_path)

    assert own not in path.case.split(":")
    assert modules.case == "."


def test_a_run_that_did_not_finish_has_no_number() -> None:
    rows = Rows([Row("a", "b", "c", cpu=1), Row("a", "b", "c", note="not finished in 5 s")])

    assert rows.middle("b", "c") is None


def test_the_page_on_speed_and_its_figures_are_those_of_its_measurements(tmp_path: Path) -> None:
    rows = read_rows(DOCS / "performance.csv")

    draw(rows, tmp_path)

    told = "run `python benchmarks/performance.py --draw`"
    assert page(rows) == (DOCS / "performance.md").read_text(encoding="utf-8"), told
    drawn = sorted(tmp_path.iterdir())
    assert drawn
    for figure in drawn:
        assert figure.read_bytes() == (DOCS / "images" / figure.name).read_bytes(), told
