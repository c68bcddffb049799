"""What is stale among the results of a study, and why."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from casebook.base.files import sha256, write_text
from casebook.provenance.record import Record, code_digests, write_record
from casebook.provenance.stale import Misfit, Reruns, Why, is_vouched_for, reruns, stale
from casebook.provenance.study_digest import study_digest
from casebook.provenance.verify import VerifyError, verify
from casebook.study.load import load_study
from casebook.study.model import Study

RESULTS, SOURCES, CODE = Path("results/a"), Path("resources/a"), Path("code")
STUDY, TABLE = SOURCES / "study.yaml", SOURCES / "table.csv"
PATIENTS, REPORT, MODULE = RESULTS / "patients.csv", RESULTS / "report.html", "scripts/clean.py"
NOW = 2000


def record_of(job: str) -> Path:
    return RESULTS / f"records/{job}.json"


CLEAN, LAST = record_of("clean"), record_of("manifest")
PAGE = record_of("report")


@pytest.fixture(autouse=True)
def study(make_study: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> Study:
    """A study with the results of three jobs, the last of which vouches for all."""
    for path, text in {
        STUDY: make_study().read_text(encoding="utf-8"),
        TABLE: "ID\n",
        CODE / MODULE: "pass\n",
        CODE / "rules/clean.smk": "rule clean:\n",
        PATIENTS: "patient\n",
        REPORT: "<p>",
        RESULTS / "manifest.json": "{}",
    }.items():
        write_text(path, text)
    study = load_study(STUDY)
    digest = study_digest(study, "clean")
    module = {MODULE: sha256(CODE / MODULE)}
    write_record(CLEAN, Record("clean", digest, _digests(TABLE), module, _made(PATIENTS)))
    write_record(PAGE, Record("report", "", _digests(PATIENTS), {}, _made(REPORT)))
    read = _digests(STUDY, TABLE, CLEAN, PAGE)
    made = _made(RESULTS / "manifest.json")
    write_record(LAST, Record("manifest", "", read, code_digests(CODE), made))
    return study


def _digests(*paths: Path) -> dict[str, str]:
    return {path.as_posix(): sha256(path) for path in paths}


def _made(path: Path) -> dict[str, str]:
    return {path.relative_to(RESULTS).as_posix(): sha256(path)}


def _read(file: Path | str, why: Why = Why.CHANGED) -> Misfit:
    return Misfit(True, str(file), why)


def _wrote(file: Path | str, why: Why = Why.CHANGED) -> Misfit:
    return Misfit(False, str(file), why)


def _edit(path: Path) -> None:
    path.write_text(path.read_text(encoding="utf-8") + "# other\n", encoding="utf-8")


def test_nothing_is_stale_as_long_as_all_is_as_it_was(study: Study) -> None:
    assert stale(RESULTS, study, code_digests(CODE)) == {}


def test_another_table_is_noticed_whatever_its_date(study: Study) -> None:
    _edit(TABLE)
    os.utime(TABLE, (0, 0))

    assert stale(RESULTS, study, code_digests(CODE)) == {
        CLEAN: [_read(TABLE)],
        LAST: [_read(TABLE)],
    }


def test_a_module_concerns_the_jobs_that_loaded_it_and_the_last_one(study: Study) -> None:
    _edit(CODE / MODULE)

    assert stale(RESULTS, study, code_digests(CODE)) == {
        CLEAN: [_read(MODULE)],
        LAST: [_read(MODULE)],
    }


def test_all_other_code_concerns_the_last_job_alone(study: Study) -> None:
    _edit(CODE / "rules/clean.smk")
    write_text(CODE / "envs/clean.yaml", "name: clean\n")

    assert stale(RESULTS, study, code_digests(CODE)) == {
        LAST: [_read("envs/clean.yaml", Why.NEW), _read("rules/clean.smk")]
    }


def test_a_comment_in_the_study_concerns_only_what_shows_its_digest(study: Study) -> None:
    _edit(STUDY)

    assert stale(RESULTS, load_study(STUDY), code_digests(CODE)) == {LAST: [_read(STUDY)]}


def test_a_part_of_the_study_that_a_job_uses_is_noticed(study: Study) -> None:
    text = STUDY.read_text(encoding="utf-8")
    STUDY.write_text(text.replace("range: [18, 120]", "range: [17, 120]"), encoding="utf-8")

    found = stale(RESULTS, load_study(STUDY), code_digests(CODE))

    assert found == {CLEAN: [_read(STUDY)], LAST: [_read(STUDY)]}


def test_a_study_that_cannot_be_read_counts_as_a_file(study: Study) -> None:
    STUDY.write_text("cohorts: [", encoding="utf-8")

    assert stale(RESULTS, None, code_digests(CODE)) == {LAST: [_read(STUDY)]}


@pytest.mark.parametrize(
    ("name", "jobs"), [("claims.tsv", [PAGE, LAST]), ("corrections.tsv", [CLEAN, PAGE, LAST])]
)
def test_claims_and_corrections_that_are_new_are_noticed_by_all_that_read_them(
    study: Study, name: str, jobs: list[Path]
) -> None:
    write_text(SOURCES / name, "")

    new = [_read(SOURCES / name, Why.NEW)]
    assert stale(RESULTS, study, code_digests(CODE)) == dict.fromkeys(jobs, new)


def test_a_configuration_that_is_new_is_noticed_by_the_job_that_vouches_for_all(
    study: Study,
) -> None:
    own = Path("config.yaml")
    write_text(own, "")

    assert stale(RESULTS, study, code_digests(CODE)) == {LAST: [_read(own, Why.NEW)]}
    assert not _is_vouched_for()


def test_a_link_that_leads_nowhere_is_no_file_of_the_library() -> None:
    before = code_digests(CODE)

    (CODE / "scripts/.#clean.py").symlink_to("nowhere")

    assert code_digests(CODE) == before


def test_a_result_that_was_edited_is_made_again_before_it_is_read(study: Study) -> None:
    _edit(PATIENTS)

    assert stale(RESULTS, study, code_digests(CODE)) == {CLEAN: [_wrote(PATIENTS)]}


def test_a_result_that_was_removed_is_missing(study: Study) -> None:
    REPORT.unlink()

    assert stale(RESULTS, study, code_digests(CODE)) == {PAGE: [_wrote(REPORT, Why.MISSING)]}


def test_what_was_made_of_others_than_the_present_results_is_stale(study: Study) -> None:
    read = {PATIENTS.as_posix(): "12ab"}
    write_record(PAGE, Record("report", "", read, {}, _made(REPORT)))

    assert stale(RESULTS, study, code_digests(CODE)) == {
        PAGE: [_read(PATIENTS)],
        LAST: [_read(PAGE)],
    }


def test_a_record_that_is_damaged_is_to_blame_itself(study: Study) -> None:
    PAGE.write_text("{", encoding="utf-8")

    assert stale(RESULTS, study, code_digests(CODE)) == {PAGE: [_wrote(PAGE)], LAST: [_read(PAGE)]}


def test_what_a_command_takes_from_the_study_is_asked_once_for_all_its_jobs(
    study: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    for cohort in range(20):
        write_record(record_of(f"summarise-{cohort}"), Record("summarise", "of the study"))
    asked: list[str] = []
    monkeypatch.setattr(
        "casebook.provenance.stale.study_digest", lambda _, command: str(asked.append(command))
    )

    stale(RESULTS, study, code_digests(CODE))

    assert sorted(asked) == ["clean", "summarise"]


def _is_vouched_for() -> bool:
    return is_vouched_for(RESULTS, code_digests(CODE))


def test_what_was_made_to_its_end_of_what_is_there_now_needs_no_check() -> None:
    assert _is_vouched_for()


@pytest.mark.parametrize("path", [STUDY, TABLE, CODE / MODULE, CODE / "rules/clean.smk"], ids=str)
def test_what_has_changed_since_is_checked_again(path: Path) -> None:
    _edit(path)

    assert not _is_vouched_for()


@pytest.mark.parametrize("name", ["claims.tsv", "corrections.tsv"])
def test_what_has_come_to_the_sources_since_is_checked_too(name: str) -> None:
    (SOURCES / name).touch()

    assert not _is_vouched_for()


@pytest.mark.parametrize("text", ["", "{", "[]", '{"command": 1, "files": {"a": 2}}'])
def test_a_broken_record_vouches_for_nothing(text: str) -> None:
    LAST.write_text(text, encoding="utf-8")

    assert not _is_vouched_for()


def test_results_that_were_not_made_to_their_end_are_not_vouched_for() -> None:
    LAST.unlink()

    assert not _is_vouched_for()


def _reruns(study: Study, noted: float | None = NOW - 1, **dates: int) -> Reruns:
    """The jobs that run again at a time when Snakemake has noted an end of all of them."""
    for path in RESULTS.rglob("*.*"):
        date = dates.get(path.stem, NOW - 1)
        os.utime(path, (date, date))
    jobs = [CLEAN, PAGE, LAST, record_of("swimmer")]
    return reruns(RESULTS, study, code_digests(CODE), jobs, lambda _: noted, NOW)


def test_nothing_runs_again_as_long_as_all_is_as_it_was(study: Study) -> None:
    assert _reruns(study) == Reruns(frozenset(), [], [], [])


def test_the_last_job_follows_each_that_runs_again_and_the_reasons_are_told(study: Study) -> None:
    _edit(TABLE)
    _edit(REPORT)

    found = _reruns(study)

    assert found.records == {CLEAN, PAGE, LAST}
    assert (found.changed, found.edited) == ([str(TABLE)], [str(REPORT)])


def test_what_jobs_made_of_each_other_is_no_news_of_the_study(study: Study) -> None:
    PAGE.write_text("{", encoding="utf-8")

    assert _reruns(study).changed == []


@pytest.mark.parametrize(
    ("noted", "elsewhere"),
    [
        pytest.param(NOW - 1, False, id="noted"),
        pytest.param(NOW - 0.995, False, id="rounded-by-a-server"),
        pytest.param(NOW - 0.5, False, id="copied-without-fractions"),
        pytest.param(NOW, True, id="of-another-run"),
        pytest.param(None, True, id="not-noted"),
    ],
)
def test_a_job_that_snakemake_knows_nothing_of_or_at_another_time_runs_again(
    study: Study, noted: float | None, elsewhere: bool
) -> None:
    found = _reruns(study, noted)

    assert found.records == set(found.elsewhere) == ({CLEAN, PAGE, LAST} if elsewhere else set())


@pytest.mark.parametrize("file", ["patients", "clean"])
def test_a_job_of_which_a_file_is_dated_later_than_now_runs_again(study: Study, file: str) -> None:
    assert CLEAN in _reruns(study, **{file: NOW + 1}).records


def test_a_job_that_began_and_did_not_end_runs_again(study: Study) -> None:
    write_text(RESULTS / "logs/swimmer.log", "")

    assert _reruns(study).records == {record_of("swimmer")}


def test_results_as_they_were_written_are_told_so(capsys: pytest.CaptureFixture[str]) -> None:
    verify([RESULTS], [], CODE)

    assert "results/a: all 3 files are as they were written" in capsys.readouterr().out


def _told(*pages: Path) -> list[str]:
    with pytest.raises(VerifyError) as error:
        verify([RESULTS], pages, CODE)
    *found, hint = str(error.value).splitlines()
    assert hint == "`snakemake --cores 4` makes again what does not fit"
    return found


def test_verify_tells_everything_that_does_not_fit_at_once_and_each_once(study: Study) -> None:
    _edit(PATIENTS)
    REPORT.unlink()
    STUDY.write_text("cohorts: [", encoding="utf-8")
    write_text(SOURCES / "claims.tsv", "")
    TABLE.unlink()
    _edit(CODE / MODULE)

    assert _told() == [
        "results/a/patients.csv: changed since the results were made",
        "results/a/report.html: missing",
        "resources/a/claims.tsv: new since the results were made",
        "resources/a/study.yaml: changed since the results were made",
        "resources/a/table.csv: missing",
        "scripts/clean.py: changed since the results were made",
    ]


def test_verify_holds_a_manifest_against_the_record_of_it() -> None:
    _edit(RESULTS / "manifest.json")

    assert _told() == ["results/a/manifest.json: changed since the results were made"]


def test_verify_vouches_for_nothing_where_the_last_job_has_not_run() -> None:
    LAST.unlink()

    assert _told() == ["results/a: not all of it was made, so nothing is known of these results"]


def test_verify_vouches_for_nothing_where_a_job_has_no_record() -> None:
    PAGE.unlink()

    assert _told() == ["results/a/records/report.json: missing"]


def _overview() -> Path:
    """The page of several studies, with its record."""
    page, manifest = Path("results/index.html"), RESULTS / "manifest.json"
    write_text(page, "<p>")
    made = {"index.html": sha256(page)}
    record = Record("overview", "", _digests(manifest), {MODULE: sha256(CODE / MODULE)}, made)
    write_record(Path("results/records/overview.json"), record)
    return page


def test_the_page_of_several_studies_is_held_against_its_record(
    capsys: pytest.CaptureFixture[str],
) -> None:
    page = _overview()
    verify([RESULTS], [page], CODE)
    assert "results/index.html: as it was written" in capsys.readouterr().out

    _edit(page)

    assert _told(page) == ["results/index.html: changed since the results were made"]


def test_a_page_of_several_studies_without_a_record_is_not_vouched_for() -> None:
    told = _told(Path("results/index.html"))

    assert told == ["results/index.html: it has not been made, so nothing is known of it"]


def test_a_link_to_another_version_of_casebook_is_noticed(study: Study) -> None:
    write_text(Path("other") / MODULE, "")
    CODE.rename("before")
    CODE.symlink_to("other")

    assert _read(MODULE) in stale(RESULTS, study, code_digests(CODE))[CLEAN]
