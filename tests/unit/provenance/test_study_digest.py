"""What a command takes from a study is in its digest, and nothing else reaches its files."""

import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel

import followed
from casebook.analysis.cohort import summarise
from casebook.analysis.family import collect
from casebook.analysis.harms import harms
from casebook.figures.convention_table import conventions
from casebook.figures.differences import differences
from casebook.figures.doses import doses
from casebook.figures.forest import forest
from casebook.figures.outcome import figures
from casebook.figures.over_visits import over_visits
from casebook.figures.retention import retention
from casebook.figures.swimmer import swimmer
from casebook.figures.therapies import therapies
from casebook.figures.transitions import transitions
from casebook.prepare.clean import Files, clean
from casebook.prepare.cohorts import cohorts
from casebook.prepare.events import events
from casebook.prepare.ingest import ingest
from casebook.provenance.study_digest import _UNUSED, _WORDLESS, study_digest
from casebook.study.fields import WORDING
from casebook.study.load import load_study
from casebook.study.model import Study

BUNDLED = Path(__file__).parents[3] / "resources/upadacitinib-myositis"

CLEANED = ("patients", "measurements", "therapies", "findings", "harms")
RUN_TWICE = ("events", "harms", "differences", "cohorts")
"""What writes files that the bundled study has none of, or as many as there are cohorts."""

OF_MORE_VISITS = ("trajectories", "transitions")
"""What the bundled study, of two visits and without grades, has none of."""


def _run(command: str, study: Path, made: Path, out: Path) -> None:
    """Call the step with what was made before, to write into `out`."""
    slices = sorted((made / "cohorts").glob("*.csv"))
    calls: dict[str, Callable[[], None]] = {
        "ingest": lambda: ingest(
            study, study.with_name("table1.tsv"), out / "cells.csv", out / "remarks.csv"
        ),
        "events": lambda: events(study, study.with_name("harms.tsv"), out / "e.csv", out / "r.csv"),
        "harms": lambda: harms(study, slices, made / "harms.csv", out / "h.csv"),
        "clean": lambda: clean(
            Files(
                study,
                made / "cells.csv",
                made / "remarks.csv",
                [],
                *(out / f"{name}.csv" for name in CLEANED),
            )
        ),
        "cohorts": lambda: cohorts(
            study, made / "patients.csv", out / "cohorts", out / "membership.csv"
        ),
        "summarise": lambda: summarise(study, slices[0], out / "summaries" / slices[0].name),
        "collect": lambda: collect(
            study,
            slices,
            [made / "summaries" / path.name for path in slices],
            out / "together.csv",
            out / "results.csv",
        ),
        "figures": lambda: figures(
            study,
            "cdasi",
            slices,
            made / "results.csv",
            [out / "paired-cdasi.svg", out / "waterfall-cdasi.svg"],
        ),
        "trajectories": lambda: over_visits(
            study, "score", slices, made / "results.csv", [out / "t.svg", out / "m.svg"]
        ),
        "transitions": lambda: transitions(
            study, "dyspnoea", slices, made / "results.csv", out / "f.svg"
        ),
        "differences": lambda: differences(study, made / "results.csv", out / "f.svg"),
        "forest": lambda: forest(study, made / "results.csv", out / "forest.svg"),
        "swimmer": lambda: swimmer(
            study, slices, made / "together.csv", made / "harms.csv", out / "swimmer.svg"
        ),
        "retention": lambda: retention(study, made / "results.csv", out / "retention.svg"),
        "therapies": lambda: therapies(study, slices, made / "together.csv", out / "therapies.svg"),
        "doses": lambda: doses(
            study, "prednisone", slices, made / "together.csv", out / "dose-prednisone.svg"
        ),
        "conventions": lambda: conventions(
            study,
            made / "audit.csv",
            made / "tried.csv",
            made / "results.csv",
            out / "conventions.svg",
        ),
    }
    calls[command]()


def _without_words(value: Any) -> Any:
    """The same part of a study with other words for readers."""
    if isinstance(value, dict):
        return {key: _without_words(each) for key, each in value.items()}
    if isinstance(value, tuple):
        return tuple(_without_words(each) for each in value)
    if not isinstance(value, BaseModel):
        return value
    fields = type(value).model_fields.items()
    parts = {name: _without_words(getattr(value, name)) for name, _ in fields}
    words = {name: "other words" for name, field in fields if WORDING in field.metadata}
    return value.model_copy(update=parts | words)


def _cut_down(study: Study, command: str) -> Study:
    """The study as the digest of the command sees it: asking for another part is an error."""
    parts = {name: _without_words(getattr(study, name)) for name in _WORDLESS.get(command, ())}
    left = study.model_copy(update=parts)
    for name in _UNUSED[command]:
        del left.__dict__[name]
    return left


@pytest.mark.usefixtures("svg_alone")
@pytest.mark.parametrize("command", [each for each in _UNUSED if each not in OF_MORE_VISITS])
def test_a_command_writes_the_same_without_what_its_digest_leaves_out(
    command: str, bundled: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    study = _with_harms(tmp_path) if command == "events" else BUNDLED / "study.yaml"
    if command in RUN_TWICE:
        _run(command, study, bundled, tmp_path / "whole")
        whole = _files(tmp_path / "whole")
    else:
        whole = _files(bundled)

    part = _without_what_is_left_out(command, study, bundled, tmp_path / "part", monkeypatch)

    assert part
    assert part == {name: whole[name] for name in part}


@pytest.mark.usefixtures("svg_alone")
@pytest.mark.parametrize("command", OF_MORE_VISITS)
def test_a_figure_of_more_visits_is_the_same_without_what_its_digest_leaves_out(
    command: str, results_of: Callable[..., Path], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    made = results_of(text=followed.STUDY, table=followed.table(*followed.cohort(8)))

    study = Path("study/study.yaml")
    _run(command, study, made, tmp_path / "whole")

    part = _without_what_is_left_out(command, study, made, tmp_path / "part", monkeypatch)

    assert part == _files(tmp_path / "whole")


def _without_what_is_left_out(
    command: str, study: Path, made: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> dict[str, bytes]:
    """The files of a step that sees no more of the study than the digest of its command."""
    cut = _cut_down(load_study(study), command)
    for name, module in list(sys.modules.items()):
        if name.startswith("casebook.") and hasattr(module, "load_study"):
            monkeypatch.setattr(module, "load_study", lambda _: cut)
    _run(command, study, made, out)
    return _files(out)


def _with_harms(folder: Path) -> Path:
    """The bundled study with a table of adverse events."""
    study = Path(shutil.copytree(BUNDLED, folder / "study")) / "study.yaml"
    table = "\nharms: { table: { table: harms.tsv, columns: { patient: ID, term: Event } } }\n"
    study.write_text(study.read_text(encoding="utf-8") + table, encoding="utf-8")
    study.with_name("harms.tsv").write_text("ID\tEvent\nP01\tRash\n", encoding="utf-8")
    return study


def _files(folder: Path) -> dict[str, bytes]:
    found = (path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): path.read_bytes() for path in found}


def test_a_comment_in_a_study_is_no_change_and_a_label_is_one_for_readers_alone(
    make_study: Callable[..., Path],
) -> None:
    before = load_study(make_study())
    comment = load_study(make_study(("cohorts:", "# a comment\ncohorts:")))
    label = load_study(make_study(("label: Score", "label: The score")))

    visits = "visits: { baseline: B, followup: F }\n"
    contrast = "contrasts: { change: { label: C, visit: followup, against: baseline } }\n"
    visit = load_study(make_study(("cohorts:", f"{visits}cohorts:")))
    named, other = (
        load_study(make_study(("cohorts:", f"{text}cohorts:")))
        for text in (contrast, contrast.replace("label: C", "label: D"))
    )

    for command in ("clean", "summarise", "forest", "report"):
        assert study_digest(before, command) == study_digest(comment, command)
    for command in ("clean", "summarise"):
        assert study_digest(named, command) == study_digest(other, command)
    # It holds the label of a visit against its months.
    assert study_digest(before, "clean") != study_digest(visit, "clean")
    # It names the visit at which a patient has no value.
    assert study_digest(before, "summarise") != study_digest(visit, "summarise")
    assert study_digest(before, "summarise") == study_digest(label, "summarise")
    assert study_digest(before, "forest") != study_digest(label, "forest")


def test_a_level_of_the_analysis_reaches_the_statistics_and_not_the_table(
    make_study: Callable[..., Path],
) -> None:
    before = load_study(make_study())
    after = load_study(make_study(("cohorts:", "analysis: { alpha: 0.01 }\ncohorts:")))

    assert study_digest(before, "clean") == study_digest(after, "clean")
    assert study_digest(before, "summarise") != study_digest(after, "summarise")
