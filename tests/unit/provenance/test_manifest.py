"""The manifest of a study's results."""

import json
from pathlib import Path

import pytest

from casebook.base.files import sha256, write_text
from casebook.provenance.manifest import StaleError, manifest, read_manifest
from casebook.provenance.record import Record, write_record

RESULTS = Path("results/study")
MANIFEST = RESULTS / "manifest.json"
STUDY = Path("resources/study/study.yaml")


@pytest.fixture(autouse=True)
def workflow(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder with a study, a piece of code, and the results of two jobs."""
    monkeypatch.chdir(tmp_path)
    for path, text in {
        STUDY: "title: A study\n",
        STUDY.with_name("table.csv"): "ID\n",
        Path("scripts/clean.py"): "pass\n",
        RESULTS / "patients.csv": "patient\n",
        RESULTS / "report.html": "<p>",
    }.items():
        write_text(path, text)
    record("clean", "patients.csv", numpy="2.3.5")
    record("report", "report.html", numpy="2.4.0")


def record(job: str, *files: str, **versions: str) -> Path:
    path = RESULTS / f"records/{job}.json"
    outputs = {name: sha256(RESULTS / name) for name in files}
    write_record(path, Record(job, outputs=outputs, versions=versions))
    write_text(RESULTS / f"logs/{job}.log", "")
    return path


def finish(*jobs: str) -> None:
    kept = [RESULTS / f"records/{job}.json" for job in jobs or ("clean", "report")]
    manifest([STUDY, STUDY.with_name("table.csv")], kept, "snakemake --cores 4", Path(), MANIFEST)


def test_a_manifest_says_what_the_results_rest_on() -> None:
    finish()

    found = read_manifest(MANIFEST)

    assert list(found.inputs) == ["resources/study/study.yaml", "resources/study/table.csv"]
    assert found.code == {"scripts/clean.py": sha256(Path("scripts/clean.py"))}
    assert found.outputs["report.html"] == sha256(RESULTS / "report.html")
    assert found.versions == {"numpy": ["2.3.5", "2.4.0"]}
    assert found.run["command"] == "snakemake --cores 4"


def test_earlier_results_elsewhere_that_were_compared_with_belong_to_the_sources() -> None:
    named = Path("../may/results.csv")
    write_text(named, "cohort\n")
    manifest(
        [STUDY, named.resolve()], [RESULTS / "records/clean.json"], "snakemake", Path(), MANIFEST
    )

    assert list(read_manifest(MANIFEST).inputs) == ["../may/results.csv", str(STUDY)]


def test_a_source_that_was_another_one_when_it_was_read_is_told_as_it_was_read() -> None:
    read = {"resources/study/table.csv": "12ab"}
    write_record(RESULTS / "records/clean.json", Record("clean", files=read))

    finish()

    assert read_manifest(MANIFEST).inputs["resources/study/table.csv"] == "12ab"


def test_results_that_were_made_of_older_ones_get_no_manifest() -> None:
    read = {"results/study/patients.csv": "12ab"}
    outputs = {"report.html": sha256(RESULTS / "report.html")}
    write_record(RESULTS / "records/report.json", Record("report", files=read, outputs=outputs))

    with pytest.raises(StaleError, match=r"made again after it was read: .*/patients\.csv; call"):
        finish()


def test_what_the_study_no_longer_has_is_cleared_away_and_nothing_else() -> None:
    write_text(RESULTS / "audit.csv", "claim\n")
    write_text(RESULTS / "figures/.unfinished-12-old.svg", "<sv")
    write_text(RESULTS / "notes.txt", "mine")
    record("audit", "audit.csv", "report.html")

    finish()

    left = {str(path.relative_to(RESULTS)) for path in RESULTS.rglob("*") if path.is_file()}
    assert left == {
        "logs/clean.log", "logs/report.log", "manifest.json", "notes.txt", "patients.csv",
        "records/clean.json", "records/report.json", "report.html",
    }  # fmt: skip


def test_what_a_job_left_that_the_study_no_longer_has_goes_without_its_record_too() -> None:
    write_text(RESULTS / "audit.csv", "claim\n")
    failed = record("audit", "audit.csv")
    finish("clean", "report", "audit")
    failed.unlink()

    finish()

    assert not (RESULTS / "audit.csv").exists()


def test_a_manifest_that_names_files_elsewhere_has_none_of_them_removed() -> None:
    finish()
    told = json.loads(MANIFEST.read_text())
    write_text(
        MANIFEST, json.dumps(told | {"outputs": {"../../resources/study/table.csv": "12ab"}})
    )

    finish()

    assert Path("resources/study/table.csv").exists()


@pytest.mark.parametrize("text", ["", "{", "{}", "[]", '{"outputs": {}}'])
def test_a_damaged_manifest_is_written_anew(text: str) -> None:
    write_text(MANIFEST, text)

    finish()

    assert read_manifest(MANIFEST).outputs.keys() == {"patients.csv", "report.html"}
