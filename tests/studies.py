"""Small studies in a folder of their own, and the bundled study taken through all its steps."""

import csv
import io
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock
from matplotlib.figure import Figure

import drawing
import followed
from casebook.analysis.cohort import analyse, summarise
from casebook.analysis.family import collect
from casebook.analysis.harms import harms
from casebook.audit.step import Files as AuditFiles
from casebook.audit.step import audit
from casebook.data.differences import COMPARED, Difference
from casebook.data.findings import Finding, read_findings
from casebook.data.patients import Patient, Value
from casebook.data.results import Result, Results, read_results
from casebook.figures.convention_table import conventions
from casebook.figures.doses import doses
from casebook.figures.forest import forest
from casebook.figures.outcome import figures
from casebook.figures.over_visits import over_visits
from casebook.figures.retention import retention
from casebook.figures.swimmer import swimmer
from casebook.figures.therapies import therapies
from casebook.figures.transitions import transitions
from casebook.history.earlier import files_in
from casebook.prepare.clean import Files, clean
from casebook.prepare.cohorts import cohorts
from casebook.prepare.events import events
from casebook.prepare.ingest import ingest
from casebook.report import export
from casebook.report.page import Parts, report
from casebook.study.load import load_study
from read_back import read_patients
from states import Moved, State, compare

_CLEANED = ("patients", "measurements", "therapies", "findings", "harms")
BUNDLED = Path(__file__).parents[1] / "resources" / "upadacitinib-myositis"

STUDY = (
    drawing.START
    + """\
  missing: [NA]
variables:
  age:
    label: Age
    column: Age
    type: number
    unit: years
    range: [18, 120]
  sex:
    label: Sex
    column: Sex
    type: category
    levels: { F: Female, M: Male }
  drugs:
    label: Drugs
    column: Drugs
    type: set
    mark: "*"
    none: [none]
    levels: { HCQ: Hydroxychloroquine, MTX: Methotrexate }
  start:
    label: Start
    column: Start
    type: date
  remark:
    label: Remark
    column: Remark
    type: text
therapies: [drugs]
derived:
  drug_count:
    label: Number of drugs
    expression: count(drugs)
outcomes:
  score:
    label: Score
    columns:
      baseline: Before
      followup: After
    unit: points
    range: [0, 100]
    better: lower
cohorts:
  older:
    label: 65 or older
    select: age >= 65
  everyone:
    label: Everyone
"""
)

TABLE = """\
ID,Age,Sex,Drugs,Start,Remark,Before,After
a,70,F,"HCQ*, MTX",2024-01-31,well,12.5,3
b,NA,M,none,2024-02-01,,20,25
c,34,f,,,tired,8,NA
"""


MadeOnce = Callable[[str, Callable[[Path], None]], Path]
"""Takes a name and what makes a folder, which all processes that test then have in common."""


@dataclass(frozen=True)
class Cleaned:
    """What cleaning a small study gave."""

    patients: list[Patient]
    findings: list[Finding]
    folder: Path


@pytest.fixture
def make_study(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Path]:
    """Writes study/study.yaml with some texts replaced, and its table; gives the path."""
    monkeypatch.chdir(tmp_path)

    def make(
        *edits: tuple[str, str],
        table: str | bytes | None = TABLE,
        name: str = "table.csv",
        text: str = STUDY,
    ) -> Path:
        for old, new in edits:
            assert old in text, f"{old!r} is not in the study"
            text = text.replace(old, new)
        folder = Path("study")
        folder.mkdir(exist_ok=True)
        (folder / "study.yaml").write_text(text, encoding="utf-8")
        if table is not None:
            content = table.encode() if isinstance(table, str) else table
            (folder / name).write_bytes(content)
        return folder / "study.yaml"

    return make


@pytest.fixture
def clean_study(make_study: Callable[..., Path]) -> Callable[..., Cleaned]:
    """Ingests and cleans a small study, with the texts of its further files."""

    def run(
        *edits: tuple[str, str],
        table: str | bytes = TABLE,
        corrections: str | bytes | None = None,
        text: str = STUDY,
        harms: str | None = None,
        joined: Mapping[str, str] | None = None,
    ) -> Cleaned:
        study, out = make_study(*edits, table=table, text=text), Path("out")
        for name, content in (joined or {}).items():
            (study.parent / name).write_text(content, encoding="utf-8")
        paths = []
        if corrections is not None:
            content = corrections.encode() if isinstance(corrections, str) else corrections
            paths = [study.parent / "corrections.tsv"]
            paths[0].write_bytes(content)
        read = [out / "cells.csv", out / "remarks.csv"]
        if harms is not None:
            (study.parent / "harms.csv").write_text(harms, encoding="utf-8")
        source = load_study(study).source
        further = [study.parent / each.table for each in source.joined.values()]
        ingest(study, study.parent / source.table, *read, further)
        written = [out / f"{n}.csv" for n in _CLEANED]
        of_harms = [out / "events.csv", out / "event-remarks.csv"]
        if harms is not None:
            events(study, study.parent / "harms.csv", *of_harms)
        with_harms = dict(zip(("events", "event_remarks"), of_harms, strict=True))
        of_events = with_harms if harms is not None else {}
        clean(Files(study, *read, paths, *written, **of_events, places=out / "places.csv"))
        kinds = load_study(study).kinds
        return Cleaned(read_patients(written[0], kinds), read_findings(written[3]), out)

    return run


@pytest.fixture
def table_of() -> Callable[..., str]:
    """Makes a table of patients; cells that are not given are those of a patient without fault."""
    usual = {"ID": "", "Age": "70", "Sex": "F", "Drugs": "HCQ", "Start": "2024-01-31"}
    usual |= {"Remark": "", "Before": "12", "After": "3"}

    def make(*patients: Mapping[str, str]) -> str:
        file = io.StringIO()
        writer = csv.DictWriter(file, list(usual), lineterminator="\n")
        writer.writeheader()
        writer.writerows(usual | {"ID": f"p{i}"} | each for i, each in enumerate(patients, 1))
        return file.getvalue()

    return make


@pytest.fixture
def rows_of(make_study: Callable[..., Path]) -> Callable[..., list[Result]]:
    """The rows of a cohort with these scores before and after; other values for all."""

    def run(
        pairs: Sequence[tuple[float | None, float | None]],
        *edits: tuple[str, str],
        **values: Value,
    ) -> list[Result]:
        study = load_study(make_study(*edits))
        usual: dict[str, Value] = dict.fromkeys(study.kinds)
        patients = [
            Patient(f"p{i}", usual | {"score_baseline": b, "score_followup": a} | values)
            for i, (b, a) in enumerate(pairs, start=1)
        ]
        return analyse(study, "everyone", patients)

    return run


@pytest.fixture
def analysed(rows_of: Callable[..., list[Result]]) -> Callable[..., Results]:
    """The same rows, to be looked up."""

    def run(
        pairs: Sequence[tuple[float | None, float | None]],
        *edits: tuple[str, str],
        **values: Value,
    ) -> Results:
        return Results(rows_of(pairs, *edits, **values))

    return run


@pytest.fixture
def results_of(clean_study: Callable[..., Cleaned]) -> Callable[..., Path]:
    """Takes a small study as far as its results; gives the folder that holds them."""

    def run(*edits: tuple[str, str], **files: str) -> Path:
        out = clean_study(*edits, **files).folder
        _analyse(Path("study/study.yaml"), out)
        return out

    return run


@pytest.fixture
def moved(results_of: Callable[..., Path]) -> Moved:
    """What differs between two states of a small study, without the row that says so."""

    def run(before: State, after: State) -> list[Difference]:
        study, old = Path("study/study.yaml"), Path("old")
        left = files_in(results_of(*before.edits, **before.files)).values()
        old.mkdir(exist_ok=True)
        named = [Path(shutil.copy(path, old)) for path in (study, *left)]
        out = results_of(*after.edits, **after.files)
        compared, *found = compare(study, out, *named)
        assert compared.kind == COMPARED
        return found

    return run


@pytest.fixture
def draw(results_of: Callable[..., Path]) -> Callable[..., drawing.Figure]:
    """Draws a figure, by its name, of a study with these patients; gives its SVG."""

    def run(
        name: str, *patients: Mapping[str, str], edits: Sequence[tuple[str, str]] = ()
    ) -> drawing.Figure:
        out = results_of(*edits, text=drawing.STUDY, table=drawing.table(*patients))
        with _svg_alone():
            drawing.drawings(Path("study/study.yaml"), out)[name](out / f"{name}.svg")
        return drawing.read(out / f"{name}.svg")

    return run


@pytest.fixture(scope="session")
def made_once(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> MadeOnce:
    """Takes a name and what makes a folder: one of the processes that test makes it, all get it."""
    own = tmp_path_factory.getbasetemp()
    shared = own if worker_id == "master" else own.parent

    def run(name: str, make: Callable[[Path], None]) -> Path:
        folder, half = shared / name, shared / f"{name}-half"
        with FileLock(shared / f"{name}.lock"):
            if not folder.exists():
                shutil.rmtree(half, ignore_errors=True)
                make(half)
                half.rename(folder)
        return folder

    return run


@pytest.fixture(scope="session")
def synthetic_followed(made_once: MadeOnce) -> Callable[[int], Path]:
    """The folder with the results of so many synthetic patients of several visits."""

    @cache
    def make(size: int) -> Path:
        table = followed.table(*followed.cohort(size))
        return made_once(f"followed-{size}", partial(_analysed, followed.STUDY, table))

    return make


@pytest.fixture(scope="session")
def synthetic_twice_seen(made_once: MadeOnce) -> Callable[[int], Path]:
    """The folder with the results of so many synthetic patients of two visits."""

    @cache
    def make(size: int) -> Path:
        table = drawing.table(*drawing.cohort(size))
        return made_once(f"synthetic-{size}", partial(_analysed, drawing.STUDY, table))

    return make


@pytest.fixture(scope="session")
def synthetic(
    synthetic_twice_seen: Callable[[int], Path], synthetic_followed: Callable[[int], Path]
) -> Callable[[int], drawing.Drawings]:
    """What draws each figure of so many synthetic patients."""

    @cache
    def make(size: int) -> drawing.Drawings:
        folder, visits = synthetic_twice_seen(size), synthetic_followed(size)
        return drawing.drawings(folder / "study.yaml", folder) | followed.drawings(
            visits / "study.yaml", visits
        )

    return make


@pytest.fixture(scope="session")
def drawn(
    made_once: MadeOnce, synthetic: Callable[[int], drawing.Drawings]
) -> Callable[[str, int], Path]:
    """The SVG of a figure, by its name, of so many synthetic patients; the PNG is beside it."""

    def make(name: str, size: int) -> Path:
        def draw(folder: Path) -> None:
            with _only(".svg", ".png"):
                synthetic(size)[name](folder / "drawn.svg")

        return made_once(f"{name}-{size}", draw) / "drawn.svg"

    return make


@pytest.fixture
def report_of(results_of: Callable[..., Path]) -> Callable[..., str]:
    """Takes a small study as far as its report, without figures and Word; gives the page."""

    def run(*edits: tuple[str, str], **files: str) -> str:
        out = results_of(*edits, **files)
        with pytest.MonkeyPatch.context() as patch:
            # Half of the time, and no part of the page; it has tests of its own.
            patch.setattr(export, "write_document", lambda path, _: path.touch())
            _present(Path("study/study.yaml"), out, figures=[])
        return (out / "report.html").read_text(encoding="utf-8")

    return run


@pytest.fixture
def illustrated_report_of(results_of: Callable[..., Path]) -> Callable[..., Path]:
    """Takes a small study as far as its report with all figures; gives the file."""

    def run(*edits: tuple[str, str], **files: str) -> Path:
        out = results_of(*edits, **files)
        study = Path("study/study.yaml")
        _present(study, out, _draw(study, out))
        return out / "report.html"

    return run


@pytest.fixture(scope="session")
def take_through() -> Callable[[Path, Path], None]:
    """Makes everything of a study in a folder, to its report with all figures."""

    def run(study: Path, out: Path) -> None:
        out.mkdir(exist_ok=True)
        _prepare(study, out)
        _analyse(study, out)
        _present(study, out, _draw(study, out))

    return run


@pytest.fixture(scope="session")
def bundled(made_once: MadeOnce, take_through: Callable[[Path, Path], None]) -> Path:
    """The folder with everything that is made of the bundled study; no test changes it."""
    return made_once("bundled", partial(take_through, BUNDLED / "study.yaml"))


@pytest.fixture(scope="session")
def bundled_results(bundled: Path) -> Results:
    """The results of the bundled study."""
    return Results(read_results(bundled / "results.csv"))


@pytest.fixture(scope="session")
def bundled_study() -> Path:
    """The study.yaml of the bundled study."""
    return BUNDLED / "study.yaml"


@pytest.fixture
def svg_alone() -> Iterator[None]:
    """Figures are drawn as SVG alone in this test."""
    with _svg_alone():
        yield


def _svg_alone() -> AbstractContextManager[None]:
    """Leaves PDF and PNG of figures empty: they take most of the time, and the SVG says the same.

    How they look is for the tests of figures' images and style, and of the workflow.
    """
    return _only(".svg")


@contextmanager
def _only(*formats: str) -> Iterator[None]:
    """Leaves the files of other formats of figures empty."""
    whole = Figure.savefig

    def savefig(figure: Figure, path: Path, **options: Any) -> None:
        if path.suffix in formats:
            whole(figure, path, **options)
        else:
            path.touch()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Figure, "savefig", savefig)
        yield


def _prepare(study: Path, out: Path) -> None:
    read = [out / "cells.csv", out / "remarks.csv"]
    ingest(study, study.parent / load_study(study).source.table, *read)
    written = [out / f"{n}.csv" for n in _CLEANED]
    clean(Files(study, *read, [], *written, places=out / "places.csv"))


def _analysed(study: str, table: str, out: Path) -> None:
    """A folder with a study, its table, and its results."""
    out.mkdir()
    (out / "study.yaml").write_text(study, encoding="utf-8")
    (out / "table.csv").write_text(table, encoding="utf-8")
    _prepare(out / "study.yaml", out)
    _analyse(out / "study.yaml", out)


def _analyse(study: Path, out: Path) -> None:
    cohorts(study, out / "patients.csv", out / "cohorts", out / "membership.csv")
    slices = sorted((out / "cohorts").glob("*.csv"))
    summaries = [out / "summaries" / path.name for path in slices]
    for each, summary in zip(slices, summaries, strict=True):
        summarise(study, each, summary)
    of_harms = out / "harm-results.csv" if load_study(study).harms else None
    if of_harms:
        harms(study, slices, out / "harms.csv", of_harms)
    collect(study, slices, summaries, out / "together.csv", out / "results.csv", of_harms)


def _present(study: Path, out: Path, figures: Sequence[Path]) -> None:
    model = load_study(study)
    export.tables(study, out / "results.csv", out / "findings.csv", out / "tables")
    slices = sorted((out / "cohorts").glob("*.csv"))
    audited: dict[str, Path] = {}
    if (study.parent / "claims.tsv").exists():
        names = {name: name for name in ("tried", "followed", "programs")}
        names |= {"verdicts": "audit", "together": "programs-together"}
        audited = {name: out / f"{file}.csv" for name, file in names.items()}
        data = (out / "patients.csv", slices, out / "results.csv")
        of_harms = out / "harms.csv" if model.harms else None
        audit(AuditFiles(study, study.parent / "claims.tsv", *data, **audited, harms=of_harms))
        tried, audited["conventions"] = audited.pop("tried"), out / "conventions.svg"
        drawn_of = (audited["verdicts"], tried, out / "results.csv")
        with _svg_alone():
            conventions(study, *drawn_of, audited["conventions"])
    compare(study, out)
    report(
        Parts(
            study,
            out / "results.csv",
            out / "cells.csv",
            out / "patients.csv",
            figures,
            out / "findings.csv",
            out / "membership.csv",
            [],
            out / "changes.csv",
            [study, study.parent / model.source.table],
            out / "report.html",
            out / "verdict.txt",
            out / "earlier",
            harms=out / "harms.csv",
            events=out / "events.csv" if model.harms and model.harms.table else None,
            places=out / "places.csv",
            **audited,
        )
    )


def _draw(study: Path, out: Path) -> list[Path]:
    """All figures of a study, in the order of the report, as SVG alone."""
    with _svg_alone():
        return _drawn(study, out)


def _drawn(study: Path, out: Path) -> list[Path]:
    model, results = load_study(study), out / "results.csv"
    slices = sorted((out / "cohorts").glob("*.csv"))
    changed = dict.fromkeys(outcome for outcome, _ in model.changes.values())
    for outcome in changed:
        files = [out / f"{name}-{outcome}.svg" for name in ("paired", "waterfall")]
        figures(study, outcome, slices, results, files)
    drawn = [out / f"{n}-{o}.svg" for n in ("paired", "waterfall") for o in changed]
    for outcome, measured in model.outcomes.items():
        if model.visits_over(measured.visits):
            drawn += [out / f"{name}-{outcome}.svg" for name in ("trajectories", "multiples")]
            over_visits(study, outcome, slices, results, drawn[-2:])
    for grade in model.grades:
        drawn.append(out / f"transitions-{grade}.svg")
        transitions(study, grade, slices, results, drawn[-1])
    if changed:
        forest(study, results, out / "forest.svg")
        drawn.append(out / "forest.svg")
    if model.treatment:
        swimmer(study, slices, out / "together.csv", out / "harms.csv", out / "swimmer.svg")
        drawn.append(out / "swimmer.svg")
    if model.treatment and model.treatment.ongoing:
        retention(study, results, out / "retention.svg")
        drawn.append(out / "retention.svg")
    if model.therapies:
        therapies(study, slices, out / "together.csv", out / "therapies.svg")
        drawn.append(out / "therapies.svg")
    for dose in model.doses:
        doses(study, dose, slices, out / "together.csv", out / f"dose-{dose}.svg")
        drawn.append(out / f"dose-{dose}.svg")
    return drawn
