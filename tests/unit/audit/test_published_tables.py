"""Papers that print their patients' values: correct numbers are confirmed, wrong ones are not.

The verdicts were decided from the tables, by hand or with R, before casebook's were looked at.
"""

from collections.abc import Callable
from pathlib import Path

import pytest

from casebook.data.verdicts import (
    BY_CHANCE,
    CONTRADICTED,
    OTHER_CONVENTION,
    REPRODUCED,
    Verdict,
)

CASES = Path(__file__).parents[2] / "cases"


@pytest.fixture
def judged(audited: Callable[..., dict[str, Verdict]]) -> Callable[[str], dict[str, Verdict]]:
    """Judges the claims of a case; gives the verdicts by the claims' names."""

    def run(name: str) -> dict[str, Verdict]:
        folder = CASES / name
        (table,) = folder.glob("table*")
        text = (folder / "study.yaml").read_text(encoding="utf-8")
        _, *lines = (folder / "claims.tsv").read_text(encoding="utf-8").splitlines()
        text = text.replace(table.name, "table.csv")
        # They were written before there was a column for drafts.
        lines = [f"{line}\t" for line in lines]
        return audited(*lines, text=text, table=table.read_text(encoding="utf-8"))

    return run


# Claims that are not listed for a case are reproduced.
EXPECTED: dict[str, dict[str, str]] = {
    # Seven of nine gained strength; "no improvement" means that by 20%, which is claim C06.
    "infliximab": {"C08": CONTRADICTED},
    # The paper's SD of 2.30 is 3.54, by which its own effect sizes are computed.
    "stroke-wide": {"C32": CONTRADICTED},
    # 12.755, 14.167 and 15.264 are cut off; CRP is that of nine patients, and CD34 nobody's.
    "one-visit": {
        **dict.fromkeys(("C04", "C10", "C16"), OTHER_CONVENTION),
        **dict.fromkeys(("C27", "C28", "C29", "C30", "C33"), BY_CHANCE),
        **dict.fromkeys(("C34", "C35", "C36"), CONTRADICTED),
    },
    # A textbook's V, t and interval, with the later value subtracted from the earlier one.
    "direction": {"C06": OTHER_CONVENTION},
    # Student's SDs have n in the denominator; the p-value is R's, the study's own is exact.
    "cushny": dict.fromkeys(("C03", "C04", "C06", "C08"), OTHER_CONVENTION),
}


@pytest.mark.parametrize("case", EXPECTED)
def test_a_published_table_is_judged_as_it_is_by_hand(
    judged: Callable[[str], dict[str, Verdict]], case: str
) -> None:
    found = {name: verdict.verdict for name, verdict in judged(case).items()}

    assert found == {name: EXPECTED[case].get(name, REPRODUCED) for name in found}


def test_what_a_paper_left_out_is_named_though_it_is_no_agreement(
    judged: Callable[[str], dict[str, Verdict]],
) -> None:
    verdicts = judged("one-visit")

    assert all("without B1" in verdicts[name].would_fit for name in ("C27", "C28", "C29", "C30"))
