"""What SciPy says of the samples by default: `wilcoxon` and `mannwhitneyu`, into tables beside R's.

SciPy goes through all signs of up to 13 pairs with ties, which takes minutes for all samples; hence
the tables. Run from the repository's root: python tests/oracle/scipy_wilcoxon.py
"""

import csv
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

import scipy
from scipy import stats

HERE = Path(__file__).parent
ALTERNATIVES = ("two-sided", "greater", "less")


def main() -> None:
    """Write the p-values, and the version of SciPy."""
    pairs = read("paired_samples", "difference")
    groups = read("group_samples", "value")
    write(
        "scipy_signed_rank",
        ("sample", "alternative", "scipy"),
        (
            (name, side, repr(float(stats.wilcoxon(sample[""], alternative=side).pvalue)))
            for name, sample in pairs.items()
            for side in ALTERNATIVES
        ),
    )
    write(
        "scipy_rank_sum",
        ("sample", "alternative", "scipy"),
        (
            (name, side, repr(float(stats.mannwhitneyu(*two.values(), alternative=side).pvalue)))
            for name, two in groups.items()
            for side in ALTERNATIVES
        ),
    )
    write("versions_scipy", ("software", "version"), [("SciPy", scipy.__version__)])


def read(name: str, value: str) -> dict[str, dict[str, list[float]]]:
    """The numbers of each sample, by group where there are groups."""
    samples: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    with (HERE / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            samples[row["sample"]][row.get("group", "")].append(float(row[value]))
    return samples


def write(name: str, header: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> None:
    """Write a table."""
    with (HERE / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


if __name__ == "__main__":
    main()
