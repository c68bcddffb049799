"""Drafts of odd tables: each fits its table but for slips, or says why there is none."""

import csv
from pathlib import Path
from random import Random

import pytest

from casebook.cli.main import main
from casebook.mistakes import wrong_with

HEADERS = (
    *("ID", "Patient", "Age", "Age, sex", "CK [U/l]", "CDASI pre", "CDASI post", "W0", "W12"),
    *("x_1", "x_2", "class", "None", "change", "true", "Δ", "Größe (cm)", "a: b", "# no", "'q'"),
    *("{a}", "Visit", "row", "1", "", "Score before/after", "Note\nmore", "null", "import", "a;b"),
)
CELLS = (
    *("1", "2", "3.5", "7,25", "12", "NA", "", "-", "yes", "no", "f", "M", "50, F", "39, M"),
    *("10 mg", "5 mg daily", "<5", "30–40", "18 ± 2", "40*", "MTX; HCQ", "MTX*, AZA", "none"),
    *("2024-02-29", "29.02.2024", "03/04/2024", "1,250", "1.250", "999", "-9", "80%", "(none)"),
    *("a;b", "x*", "'", '"q"', "# c", "a: b", "- x", "{", "[", "null", "~", "true", "12/7", "3/–"),
    *("ß", "e\u0301", "\u200b", "1e400", "00012", "=1+1", "#N/A", "#DIV/0!", "+", "\x00", "٣", "½"),
)


def column(random: Random, rows: int) -> list[str]:
    """The cells of a column: few different ones, numbers, codes, or anything."""
    few = random.sample(CELLS, random.randint(1, 3))
    return random.choice(
        [
            [random.choice(few) for _ in range(rows)],
            [str(round(random.uniform(0, 100), random.choice([0, 1]))) for _ in range(rows)],
            [f"P{row}" for row in range(rows)],
            [random.choice(CELLS) for _ in range(rows)],
        ]
    )


def write(path: Path, random: Random) -> None:
    headers = random.sample(HEADERS, random.randint(1, 9))
    rows = random.randint(1, 14)
    columns = [column(random, rows) for _ in headers]
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([headers, *zip(*columns, strict=True)])


@pytest.mark.parametrize(
    "seeds", [range(5), pytest.param(range(5, 300), marks=pytest.mark.slow)], ids=["few", "many"]
)
def test_a_draft_fits_its_table_or_there_is_none(
    seeds: range, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for seed in seeds:
        write(Path("t.csv"), Random(seed))

        code = main(["new", "t.csv", "--name", f"s{seed}"])

        folder = Path(f"resources/s{seed}")
        assert (code, folder.exists()) in ((0, True), (1, True), (2, False)), seed
        if folder.exists():
            wrong = wrong_with(folder / "study.yaml")
            assert not wrong.described, seed
            # Slips among numbers are for whoever made them.
            assert all("a number from" in each.allowed for each in wrong.findings), seed
            assert code == bool(wrong), seed
