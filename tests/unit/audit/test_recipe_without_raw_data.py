"""The recipe for a paper without raw data gives the verdicts that it says."""

from pathlib import Path

from casebook.audit.step import Files, audit
from casebook.data.verdicts import CONTRADICTED, NOT_COMPUTABLE, read_verdicts
from claimlines import HEADER, claim
from pages import blocks, sections, tables

RECIPE = sections("docs/recipes.md")["A paper without raw data"]


def test_summaries_that_cannot_be_are_contradicted(tmp_path: Path) -> None:
    (listed,), (text,) = tables(RECIPE), blocks(RECIPE, "yaml")
    lines = [claim(each.pop("claim"), **each) for each in listed]
    study, claims = tmp_path / "study.yaml", tmp_path / "claims.tsv"
    study.write_text(text, encoding="utf-8")
    claims.write_text("\n".join([HEADER, *lines, ""]), encoding="utf-8")

    audit(Files(study, claims, None, [], None, *(tmp_path / f"{name}.csv" for name in "abcde")))

    found = {verdict.claim: verdict for verdict in read_verdicts(tmp_path / "a.csv")}
    wrong = {name for name, each in found.items() if each.verdict == CONTRADICTED}
    assert wrong == {"P02", "P07", "P10"}
    assert {found[name].verdict for name in found.keys() - wrong} == {NOT_COMPUTABLE}
    assert "no count of 14 is 46%" in str(found["P02"].failed_checks)
    assert "p = 0.0002" in str(found["P07"].failed_checks)
    assert "and not 34.1" in str(found["P10"].failed_checks)
    assert "SPRITE passes" in str(found["P04"].checks)
    assert "for instance 1, 1, 1, 1, 2" in str(found["P04"].checks)
    assert not found["P09"].checks
