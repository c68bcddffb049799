"""The steps of a run, as the benchmark gives them to one process and to GNU make."""

import shutil

from speed.steps import makefile, steps_of, write_steps

from workflow import ROOT, Workflow


def test_one_process_makes_what_snakemake_makes_and_make_knows_all_of_it(
    finished: Workflow,
) -> None:
    steps = steps_of(finished)
    made = finished.results()

    (finished.folder / "steps.mk").write_text(makefile(steps), encoding="utf-8")
    make = finished.command("make", "--no-print-directory", "-f", "steps.mk")
    # Within `make test` it calls itself make[1].
    told = make.text.partition(": ")[2]
    assert (make.status, told) == (0, "Nothing to be done for 'all'.\n"), make.text

    write_steps(finished.folder / "steps.json", steps[:2])
    shutil.rmtree(finished.folder / "results")
    one = finished.command("python", str(ROOT / "benchmarks/monolith.py"), "steps.json")

    assert one.status == 0, one.text
    assert [line.partition(",")[0] for line in one.text.splitlines()] == ["ingest", "clean"]
    now = {file: digest for file, digest in finished.results().items() if "/records/" not in file}
    assert {file.rpartition("/")[2] for file in now} > {"cells.csv", "patients.csv"}
    assert now.items() <= made.items()
