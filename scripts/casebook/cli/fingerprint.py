"""What `casebook fingerprint` tells: the programs that may have made the numbers of a paper.

They were found by the audit of the last run, whose tables are read here; nothing is made.
"""

from collections.abc import Iterator
from pathlib import Path

from casebook.base.errors import UserError
from casebook.data.spoken import read_speakers, read_spoken
from casebook.study.folder import CLAIMS, STUDY
from casebook.study.load import load_study
from casebook.wording.programs import programs_words


class NoAuditError(UserError):
    """The study has no audit, or none yet."""


def in_words(study: Path, results: Path) -> Iterator[str]:
    """What is told of a study, line by line.

    Args:
        study: The folder of the study.
        results: The folder of its results.

    Raises:
        NoAuditError: the paper's claims are not listed, or were not yet audited.
    """
    if not (study / CLAIMS).is_file():
        raise NoAuditError(f"{study} has no {CLAIMS}: list there what the paper prints")
    tables = results / "programs.csv", results / "programs-together.csv"
    if not all(table.is_file() for table in tables):
        call = f"snakemake --cores 4 --config 'studies=[{study.name}]'"
        raise NoAuditError(f"{study.name} has no audit yet: call `{call}` first")
    found = programs_words(read_spoken(tables[0]), read_speakers(tables[1]))
    if found is None and not load_study(study / STUDY).source.has_table:
        yield (
            "The paper prints summaries alone. Without its table none of its numbers can be"
            " recomputed, so that nothing tells which programs made them."
        )
        return
    if found is None:
        yield "The paper prints no quartile and no p-value of a Wilcoxon test that a program gives."
        return
    yield from found.sentences
    yield ""
    for each in found.claims:
        given = "; ".join(f"{shown} by {programs}" for shown, programs in each.given)
        yield f"{each.claim} ({each.place}): printed {each.printed}; {given}"
