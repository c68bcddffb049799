"""Every single slip in the numbers of papers that print summaries alone, drawn at random.

Two groups have ratings from 0 to 10; printed are mean, SD, median, smallest and largest value, how
many and what percentage are women, and Welch's p. What is correct is computed by the standard
library and SciPy. Nothing can be recomputed: a slip is noticed where some claim becomes impossible.
"""

import random
import statistics
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

from scipy import stats

from casebook.audit.data import Data
from casebook.audit.paper import Paper, read_paper
from casebook.base.printed import read_printed
from casebook.claims.listed import COLUMNS, read_claims
from casebook.data.verdicts import CONTRADICTED
from casebook.study.load import load_study
from planted.systematic import slips

SIZES = (8, 15, 40)
_DRAWN = 3
STUDY = """\
title: Drawn at random
source: {{ table: none }}
variables:
  sex: {{ label: Sex, type: category, levels: {{ F: Women, M: Men }} }}
outcomes:
  score: {{ label: Score, range: [0, 10], step: 1, better: lower }}
cohorts:
  a: {{ label: A, n: {n} }}
  b: {{ label: B, n: {n} }}
comparisons:
  arms: {{ label: Arms, cohorts: [a, b] }}
"""


@dataclass(frozen=True)
class SummarySlip:
    """A slip in a summary of so many patients, and whether some claim is then contradicted."""

    size: int
    statistic: str
    noticed: bool


def summary_papers(folder: Path) -> Iterator[tuple[int, Paper]]:
    """Papers with correct summaries, each with the size of its groups."""
    drawn = random.Random(2018)  # noqa: S311 - the same ones every time
    for size in SIZES:
        for number in range(_DRAWN):
            place = folder / f"{size}-{number}"
            place.mkdir()
            lines = ["\t".join(COLUMNS), *_claims(size, drawn)]
            (place / "claims.tsv").write_text("\n".join([*lines, ""]), encoding="utf-8")
            (place / "study.yaml").write_text(STUDY.format(n=size), encoding="utf-8")
            study = load_study(place / "study.yaml")
            data = Data(study, dict.fromkeys(study.cohorts, ()), (), {})
            yield size, read_paper(data, read_claims(place / "claims.tsv", study))


def _claims(size: int, drawn: random.Random) -> Iterator[str]:
    groups = {name: [round(drawn.triangular(0, 10, mode)) for _ in range(size)]
              for name, mode in (("a", 3), ("b", 7))}  # fmt: skip
    number = 0
    for name, values in groups.items():
        women = drawn.randint(1, size - 1)
        for printed, reading in (
            (_printed(statistics.mean(values), 2), "mean(score_baseline)"),
            (_printed(statistics.stdev(values), 2), "sd(score_baseline)"),
            (_printed(statistics.median(values), 1), "median(score_baseline)"),
            (str(min(values)), "min(score_baseline)"),
            (str(max(values)), "max(score_baseline)"),
            (str(women), 'count(sex == "F")'),
            (f"{_printed(100 * women / size, 0)}%", 'percent(sex == "F")'),
        ):
            number += 1
            yield _line(number, printed, f"{reading} in {name}")
    p_value = stats.ttest_ind(groups["a"], groups["b"], equal_var=False).pvalue
    test = 'p_value(score_baseline, test="Welch\'s t-test") between arms'
    yield _line(number + 1, _printed(p_value, 3), test)


def _line(number: int, printed: str, reading: str) -> str:
    given = {"claim": f"C{number:02}", "place": "Table", "words": "-", "printed": printed}
    given["computed_as"] = reading
    return "\t".join(given.get(column, "") for column in COLUMNS)


def _printed(value: float, decimals: int) -> str:
    return str(Decimal(str(value)).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP))


def every_summary_slip(papers: Sequence[tuple[int, Paper]]) -> Iterator[SummarySlip]:
    """Every slip in every number, judged among all others as they are."""
    for size, paper in papers:
        for claim in paper.claims:
            right = claim.number
            for text in slips(f"{right.low:f}") if right else ():
                printed = read_printed(text)
                if printed is None or (right and printed.low == right.low):
                    continue
                wrong = replace(claim, printed=text, number=printed)
                claims = [wrong if each is claim else each for each in paper.claims]
                noticed = any_contradicted(replace(paper, claims=claims))
                yield SummarySlip(size, getattr(claim.reading, "name", ""), noticed)


def any_contradicted(paper: Paper) -> bool:
    """Whether some claim of a paper is contradicted."""
    return any(paper.verdict(claim).verdict == CONTRADICTED for claim in paper.claims)
