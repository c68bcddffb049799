"""One test or estimate by one package at growing sizes, in a process that may be ended at any time.

Prints a line per size as soon as it is known: the size, processor seconds of one call, and what it
gives. Called by `kernels`, as is `kernels.R`, which does the same with R.
"""

import itertools
import math
import sys
import time
from collections.abc import Callable

import numpy as np

from casebook.statistics.terms import NotComputable
from speed.inputs import differences

Kernel = Callable[[np.ndarray], float]
LONG_ENOUGH = 0.2


def casebook(kernel: str) -> Kernel:
    """What casebook gives: a p-value, or the lower end of an interval."""
    from casebook.statistics.estimate import hodges_lehmann
    from casebook.statistics.rank_sum import rank_sum
    from casebook.statistics.signed_rank import signed_rank

    match kernel:
        case "signed-rank" | "signed-rank, ties":
            return lambda sample: signed_rank(sample, distribution="exact").p_value
        case "rank-sum":
            return lambda sample: rank_sum(*halves(sample), distribution="exact").p_value
        case "Hodges-Lehmann":
            return lambda sample: hodges_lehmann(sample).low
        case "every row of results":
            return every_row()
    raise ValueError(kernel)


def every_row() -> Kernel:
    """All rows of results.csv of one contrast of an outcome in a cohort; gives their number."""
    from casebook.analysis.cohort import analyse_contrast
    from casebook.analysis.pairs import Pairs
    from casebook.study.model import Study

    columns = {"baseline": "b", "followup": "f"}
    outcome = {"label": "o", "columns": columns, "range": [0, 132], "better": "lower"}
    study = Study.model_validate(
        {
            "title": "Benchmark",
            "source": {"table": "none", "citation": "none", "licence": "none"},
            "outcomes": {"o": outcome},
            "cohorts": {"c": {"label": "c"}},
        }
    )

    def rows(sample: np.ndarray) -> float:
        before = np.random.default_rng(0).uniform(10, 50, sample.size).round(1)
        names = [str(number) for number in range(sample.size)]
        pairs = Pairs(names, before.tolist(), (before + sample).round(1).tolist())
        return len(list(analyse_contrast(study, "c", "o", study.every_contrast[0], pairs)))

    return rows


def scipy(kernel: str) -> Kernel:
    """What SciPy gives."""
    from scipy.stats import mannwhitneyu, wilcoxon

    if kernel == "rank-sum":
        return lambda sample: float(mannwhitneyu(*halves(sample), method="exact").pvalue)
    return lambda sample: float(wilcoxon(sample, method="exact").pvalue)


def halves(sample: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """A sample as two groups."""
    middle = sample.size // 2
    return sample[:middle], sample[middle:]


def time_calls(call: Kernel, size: int, ties: bool) -> tuple[float, float]:
    """Processor seconds of one call, on samples that were not seen before; the first result.

    It is NaN where there is none. The clock may tick but a hundred times a second.
    """
    samples = differences(size, ties=ties)
    results: list[float] = []
    spent = 0.0
    while not results or spent < LONG_ENOUGH:
        batch = list(itertools.islice(samples, max(1, 5000 // size)))
        start = time.process_time()
        try:
            results += [call(sample) for sample in batch]
        except NotComputable:
            return time.process_time() - start, math.nan
        spent += time.process_time() - start
    return spent / len(results), results[0]


def main(tool: str, kernel: str, sizes: list[int]) -> None:
    """Time a kernel at each size."""
    call = {"casebook": casebook, "SciPy": scipy}[tool](kernel)
    call(next(differences(7)))
    for size in sizes:
        seconds, value = time_calls(call, size, "ties" in kernel)
        print(f"{size},{seconds!r},{value!r}", flush=True)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], [int(size) for size in sys.argv[3:]])
