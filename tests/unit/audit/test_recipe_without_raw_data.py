"""The recipe for a paper without raw data gives the verdicts that it says."""

from collections.abc import Callable

from casebook.data.verdicts import CONTRADICTED, NOT_COMPUTABLE, REPRODUCED, Verdict
from claimlines import claim
from pages import blocks, sections, tables

RECIPE = sections("docs/recipes.md")["A paper without raw data"]


def test_summaries_that_cannot_be_are_contradicted(
    audited: Callable[..., dict[str, Verdict]],
) -> None:
    (listed,), (study,), (table,) = tables(RECIPE), blocks(RECIPE, "yaml"), blocks(RECIPE, "csv")
    lines = [claim(each.pop("claim"), **each) for each in listed]

    found = audited(*lines, text=study, table=table)

    assert {name: each.verdict for name, each in found.items()} == {
        "P01": REPRODUCED, "P02": REPRODUCED, "P03": NOT_COMPUTABLE, "P04": NOT_COMPUTABLE,
        "P05": CONTRADICTED, "P06": NOT_COMPUTABLE,
    }  # fmt: skip
    assert all("passes" in str(found[name].checks) for name in ("P03", "P04", "P06"))
    assert "6 of 14 is 43%" in str(found["P05"].failed_checks)
