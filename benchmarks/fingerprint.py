"""Let programs analyse invented tables, and count how often the audit tells which one it was.

Prints a page in Markdown. The programs are those that can be run: R up to 4.5 as `Rscript`, with
coin, R 4.6 as the command in $CURRENT_R, and SciPy. Run from the repository's root:

    PYTHONPATH=scripts python benchmarks/fingerprint.py > docs/fingerprint.md
"""

import csv
import io
import math
import os
import shlex
import subprocess
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import numpy as np
import scipy
from planted.studies import analysed
from scipy.stats import mannwhitneyu, wilcoxon

from casebook.audit.data import Data
from casebook.audit.fingerprint import speakers, spoken
from casebook.claims.listed import COLUMNS, read_claims
from casebook.data.patients import read_rows
from casebook.data.results import read_results
from casebook.data.slices import read_slices

TABLES = 200
SEED = 1908
STUDY = """\
title: Invented
source: { table: table.csv, patient: ID, citation: none, licence: none }
variables:
  arm: { label: Arm, column: Arm, type: category, levels: { a: A, b: B } }
outcomes:
  score: { label: Score, columns: { baseline: Before, followup: After }, unit: points,
    range: [0, 60], better: lower }
cohorts:
  a: { label: A, select: arm == "a" }
  b: { label: B, select: arm == "b" }
comparisons:
  arms: { label: Arms, cohorts: [a, b] }
analysis: { bootstrap: 0 }
"""
INTRODUCTION = f"""\
# How often the audit tells which program was used

{TABLES} invented tables of two arms with 5 to 20 patients each were analysed by the programs that
can be run here, each by its defaults: R {{old}}, R {{new}}, R's package coin, and SciPy {{scipy}}.
In every other table scores have one decimal, so that these programs, which subtract floats as they
are, find fewer ties among the changes than there are on paper. What they gave was printed as in a
paper: eight quartiles with one decimal more than the scores; three p-values, of the signed-rank
test in each arm and of the rank-sum test between them, with three decimals; and the ends of the
intervals of the shift that go with these tests, as the quartiles. Of these coin gives one, that
between the arms, SciPy none, and R 4.6 some without an end, which was not printed. The audit was
then asked which of nine programs gives [all of it](audit.md#which-program). The other five are
those of SPSS, SAS, Stata, Prism and JASP by their manuals. Of the first four of these it is not
known what they give as an interval, so that none rules them out. `make fingerprint` writes this
page again.

- **named**: tables for which the program that was used is among those that are named.
- **programs named**: of nine, on average; and for how many tables it was one alone. JASP calls R,
  so that it is never told from R up to 4.5 by its defaults.
- **named with a misprint**: the same where one number, drawn at random, has its last digit one too
  high.

| program | numbers | tables | named | programs named | one alone | named with a misprint |
|:--|:--|--:|--:|--:|--:|--:|
"""
P_VALUES, QUARTILES = "p-values alone", "quartiles and p-values"
INTERVALS, ALL = "p-values and intervals", "quartiles, p-values and intervals"
_SHIFT = 'variable=score, context=estimate, statistic={}, method="Hodges-Lehmann"'
ENDS = {
    f"end {place} {of}": f"{end}(score_change) {of}"
    if "between" in of
    else f"result(cohort={of[-1]}, {_SHIFT.format(end)})"
    for place, end in enumerate(("conf_low", "conf_high"), start=1)
    for of in ("in a", "in b", "between arms")
}
"""How claims.tsv asks for the ends of intervals, by what programs.R calls them."""


@dataclass(frozen=True)
class Sample:
    """The patients of one table: their arms, and their scores at both visits."""

    arm: Sequence[str]
    baseline: Sequence[float]
    followup: Sequence[float]

    def rows(self) -> Iterator[tuple[str, float, float]]:
        """A row a patient."""
        return zip(self.arm, self.baseline, self.followup, strict=True)

    def changes(self, arm: str) -> list[float]:
        """The later score less the earlier one of each patient of an arm."""
        return [after - before for of, before, after in self.rows() if of == arm]


Numbers = Mapping[str, float]
"""What a program makes of a table, by how claims.tsv asks for it."""


def main() -> None:
    """Print the page."""
    tables = samples()
    current = shlex.split(os.environ["CURRENT_R"])
    by = {
        "R up to 4.5": asked(["Rscript"], "stats", tables),
        "R 4.6": asked(current, "stats", tables),
        "coin": asked(["Rscript"], "coin", tables),
        "SciPy": [by_scipy(table) for table in tables],
    }
    versions = (version(["Rscript"]), version(current), scipy.__version__)
    print(INTRODUCTION.format(**dict(zip(("old", "new", "scipy"), versions, strict=True))), end="")
    random = np.random.default_rng(SEED)
    with tempfile.TemporaryDirectory() as folder:
        data = [read(Path(folder, f"{i}"), table) for i, table in enumerate(tables)]
        for program, of_tables in by.items():
            has_ends = any(what in of for of in of_tables for what in ENDS.values())
            for numbers in (QUARTILES, P_VALUES, *((ALL, INTERVALS) if has_ends else ())):
                print(line(program, numbers, data, of_tables, random))


def samples() -> list[Sample]:
    """Tables with ties, in which some patients do not change; every other one with a decimal."""
    random = np.random.default_rng(SEED)
    found = []
    for place in range(TABLES):
        parts = 10 if place % 2 else 1
        sizes = random.integers(5, 21, 2)
        arm = ["a"] * sizes[0] + ["b"] * sizes[1]
        before = random.integers(8, 40, len(arm))
        fall = random.poisson(4, len(arm)) - random.integers(0, 4)
        after = (before - fall).clip(0)
        found.append(Sample(arm, (before / parts).tolist(), (after / parts).tolist()))
    return found


def asked(command: Sequence[str], package: str, tables: Sequence[Sample]) -> list[Numbers]:
    """What R gives."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(["table", "arm", "baseline", "followup"])
    writer.writerows([i, *row] for i, table in enumerate(tables) for row in table.rows())
    script = (Path(__file__).parent / "programs.R").read_text(encoding="utf-8")
    call = [*command, "-e", script, package]
    told = subprocess.run(call, input=text.getvalue(), capture_output=True, text=True, check=True)
    found: list[dict[str, float]] = [{} for _ in tables]
    for table, what, value in csv.reader(io.StringIO(told.stdout)):
        if math.isfinite(float(value)):
            found[int(table)][ENDS.get(what, what)] = float(value)
    return found


def version(command: Sequence[str]) -> str:
    """The version of R that a command runs."""
    call = [*command, "-e", "cat(format(getRversion()))"]
    return subprocess.run(call, capture_output=True, text=True, check=True).stdout


def by_scipy(table: Sample) -> Numbers:
    """What SciPy and NumPy give."""
    found = {}
    for arm in ("a", "b"):
        for visit in ("baseline", "followup"):
            values = [
                v for of, v in zip(table.arm, getattr(table, visit), strict=True) if of == arm
            ]
            p25, p75 = np.percentile(values, [25, 75])
            found |= {f"p25(score_{visit}) in {arm}": p25, f"p75(score_{visit}) in {arm}": p75}
        found[f"p_value(score) in {arm}"] = wilcoxon(table.changes(arm)).pvalue
    between = mannwhitneyu(table.changes("b"), table.changes("a"))
    return found | {"p_value(score_change) between arms": between.pvalue}


def read(folder: Path, table: Sample) -> Data:
    """A table that casebook has analysed."""
    lines = [f"p{i},{arm},{b},{f}" for i, (arm, b, f) in enumerate(table.rows())]
    paper = analysed(folder, STUDY, "\n".join(["ID,Arm,Before,After", *lines, ""]), {})
    slices = read_slices(sorted((folder / "cohorts").glob("*.csv")), paper.model.kinds)
    rows = read_rows(folder / "patients.csv")
    return Data(paper.model, slices, read_results(folder / "results.csv"), rows)


def line(
    program: str,
    numbers: str,
    data: Sequence[Data],
    of_tables: Sequence[Numbers],
    random: np.random.Generator,
) -> str:
    """The row of a program."""
    named, misprinted = [], []
    for place, (each, found) in enumerate(zip(data, of_tables, strict=True)):
        wanted = {what: value for what, value in found.items() if is_printed(what, numbers)}
        decimals = 1 + place % 2
        printed = {what: in_print(what, value, decimals) for what, value in wanted.items()}
        named.append(programs(each, printed))
        slip = str(random.choice(list(printed)))
        misprinted.append(programs(each, printed | {slip: one_higher(printed[slip])}))
    right = sum(program in each for each in named)
    size = sum(map(len, named)) / len(named)
    alone = sum(each == [program] for each in named)
    still = sum(program in each for each in misprinted)
    return f"| {program} | {numbers} | {len(data)} | {right} | {size:.1f} | {alone} | {still} |"


def is_printed(what: str, numbers: str) -> bool:
    """Whether a number is among those that are printed."""
    if what in ENDS.values():
        return numbers in (ALL, INTERVALS)
    return what.startswith("p_value") or numbers in (ALL, QUARTILES)


def in_print(what: str, value: float, decimals: int) -> str:
    """A number as a paper prints it, with so many decimals if it is no p-value."""
    last = Decimal(1).scaleb(-3 if what.startswith("p_value") else -decimals)
    text = f"{Decimal(f'{value:.12g}').quantize(last, ROUND_HALF_UP)}"
    return text if float(text) or not what.startswith("p_value") else "<0.001"


def one_higher(printed: str) -> str:
    """A misprint of a number: its last digit is one too high."""
    number = Decimal(printed.removeprefix("<"))
    return f"{number + Decimal(1).scaleb(int(number.as_tuple().exponent))}"


def programs(data: Data, printed: Mapping[str, str]) -> list[str]:
    """The programs that give all that any program gives."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "claims.tsv")
        lines = [
            "\t".join([f"C{i}", "Table", "words", shown, what, *[""] * 4])
            for i, (what, shown) in enumerate(printed.items())
        ]
        path.write_text("\n".join(["\t".join(COLUMNS), *lines, ""]), encoding="utf-8")
        claims = read_claims(path, data.study)
    return [each.program for each in speakers(list(spoken(data, claims))) if each.all]


if __name__ == "__main__":
    main()
