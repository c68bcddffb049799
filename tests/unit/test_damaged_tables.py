"""Whatever becomes of a table or a study.yaml is told at its place, or values are as before.

The cases stand in tests/cases/damaged; while one works, one in thirteen is tried.
"""

import csv
import io
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

import pytest

from casebook.cli.check import checked, in_words
from casebook.data.patients import Value
from casebook.prepare.clean import Files, clean
from casebook.prepare.ingest import ingest
from casebook.study.load import load_study
from read_back import read_patients

CASES = Path(__file__).parents[1] / "cases/damaged"
TABLE = (CASES / "table.csv").read_text(encoding="utf-8")
STUDY = (CASES / "study.yaml").read_text(encoding="utf-8")

Values = dict[str, dict[str, Value]]
"""The values of each patient, by name."""


@dataclass(frozen=True)
class Case:
    """A line of the cases, as their notes.md explains it."""

    name: str
    where: str
    old: str
    new: str
    told: str


def _cases() -> Iterator[Case]:
    for line in (CASES / "cases.jsonl").read_text(encoding="utf-8").splitlines():
        yield Case(*json.loads(line))


def _rows() -> list[list[str]]:
    return list(csv.reader(io.StringIO(TABLE)))


def _written(rows: list[list[str]]) -> str:
    file = io.StringIO()
    csv.writer(file, lineterminator="\n").writerows(rows)
    return file.getvalue()


def _replaced(text: str, case: Case) -> str:
    assert case.old in text
    return text.replace(case.old, case.new, 1)


def _damaged(case: Case) -> tuple[str, str]:
    """The table and the study.yaml of a case."""
    if case.where == "study":
        return TABLE, _replaced(STUDY, case)
    if case.where in ("table", "file"):
        return case.new if case.where == "file" else _replaced(TABLE, case), STUDY
    rows = _rows()
    if case.where == "column":
        column = rows[0].index(case.old)
        for row in rows[1:]:
            row[column] = case.new.replace("*", row[column])
    else:
        number, _, header = case.where.partition(" ")
        row, column = rows[int(number) - 1], rows[0].index(header)
        assert row[column] == case.old
        row[column] = case.new
    return _written(rows), STUDY


def _values(study: Path) -> Values:
    """What is read of a study's table."""
    out = study.parent.parent / "out"
    names = ("cells", "remarks", "patients", "measurements", "therapies", "findings", "harms")
    cells, remarks, *written = (out / f"{name}.csv" for name in names)
    ingest(study, study.parent / "table.csv", cells, remarks)
    clean(Files(study, cells, remarks, [], *written))
    patients = read_patients(written[0], load_study(study).kinds)
    return {patient.id: dict(patient.values) for patient in patients}


@pytest.fixture
def study(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str, str], Path]:
    """Writes a table and a study.yaml in a folder; gives the path of the latter."""
    monkeypatch.chdir(tmp_path)
    folder = Path("damaged")
    folder.mkdir()

    def write(table: str, described: str) -> Path:
        (folder / "table.csv").write_bytes(table.encode())
        (folder / "study.yaml").write_text(described, encoding="utf-8")
        return folder / "study.yaml"

    return write


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Values:
    """What is read where nothing is damaged."""
    folder = tmp_path_factory.mktemp("sound") / "damaged"
    folder.mkdir()
    for name, text in (("table.csv", TABLE), ("study.yaml", STUDY)):
        (folder / name).write_text(text, encoding="utf-8")
    return _values(folder / "study.yaml")


@pytest.mark.parametrize(
    "case",
    [
        pytest.param(case, id=case.name, marks=[pytest.mark.slow] * bool(number % 13))
        for number, case in enumerate(_cases())
    ],
)
def test_what_is_damaged_is_told_or_read_as_before(
    case: Case, study: Callable[[str, str], Path], sound: Values
) -> None:
    written = study(*_damaged(case))
    severity, _, expected = case.told.partition(": ")

    found = checked(written.parent)
    told = in_words([found])

    if severity in ("error", "warning"):
        assert bool(found.wrong) == (severity == "error"), told
        for part in expected.split(" … "):
            assert part in told
    else:
        assert told == "damaged: no mistakes found"
        _assert_read(case, _values(written), sound)


def _assert_read(case: Case, values: Values, sound: Values) -> None:
    """Hold what is read against what was there before."""
    kind, _, expected = case.told.partition(": ")
    if kind == "same":
        assert values == sound
        return
    number, _, header = case.where.partition(" ")
    patient = _rows()[int(number) - 1][0]
    others = {name: of for name, of in values.items() if name != patient}
    if header == "ID":
        assert values == {expected if n == patient else n: of for n, of in sound.items()}
        return
    assert others == {name: of for name, of in sound.items() if name != patient}
    changed = {n: v for n, v in values[patient].items() if v != sound[patient][n]}
    assert {_text(value) for value in changed.values()} == {expected}
    assert len(changed) == 1


def _text(value: Value) -> str:
    """A value as the cases write it."""
    if isinstance(value, tuple):
        return "; ".join(member.name for member in value) or "(none)"
    return "" if value is None else f"{value:.15g}" if isinstance(value, float) else str(value)


_SIGNS = "0123456789.,;-+/*?<>% \"'\u00a0\u2212\u2013OlxNn\t"
_TRIALS = 150


def _mutated(random: Random) -> tuple[str, bool]:
    """A table with a slip, and whether it is one in the cells of a single row."""
    rows = _rows()
    row, other = random.sample(range(1, len(rows)), 2)
    column, beside = random.sample(range(len(rows[0])), 2)
    cell = rows[row][column]
    place = random.randrange(len(cell) + 1)
    match random.choice(
        ["sign", "sign", "sign", "swap", "twice", "gone", "shift", "line", "header"]
    ):
        case "sign":
            cut = random.randrange(2)
            rows[row][column] = cell[:place] + random.choice(_SIGNS) + cell[place + cut :]
        case "swap":
            rows[row][column], rows[row][beside] = rows[row][beside], rows[row][column]
        case "twice":
            rows.insert(other, list(rows[row]))
        case "gone":
            del rows[row][column]
        case "shift":
            rows[row].insert(column, "")
        case "line":
            rows.insert(row, [random.choice(["Group", "", "see below", "n = 4"])])
        case "header":
            rows[0][column], rows[0][beside] = rows[0][beside], rows[0][column]
    return _written(rows), rows[0] == _rows()[0] and len(rows) == len(_rows())


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(2))
def test_any_slip_is_told_or_changes_no_more_than_its_own_row(
    seed: int, study: Callable[[str, str], Path], sound: Values
) -> None:
    random = Random(seed)
    told = 0

    for _ in range(_TRIALS):
        table, of_one_row = _mutated(random)
        written = study(table, STUDY)
        found = checked(written.parent)
        if found.wrong or found.remarks:
            told += 1
            for finding in found.wrong.findings:
                assert finding.file.startswith("damaged/")
                assert finding.hint or finding.allowed
        elif of_one_row:
            values = _values(written)
            assert sum(values.get(name) != of for name, of in sound.items()) <= 1, table

    assert told > _TRIALS / 2
