"""What `casebook new none` does: a study of a paper that prints summaries alone, to be filled in.

There is no table to guess from, so that every line is an example, and marked for review.
"""

from collections.abc import Iterator
from pathlib import Path

from casebook.base.files import write_text
from casebook.cli.new import refuse_existing
from casebook.cli.next_steps import called, check_step, report_steps, told_name
from casebook.study.folder import CLAIMS, STUDY
from casebook.study.unreviewed import REVIEW

_STUDY = """\
# A paper that prints summaries alone: what the checks rest on. What it prints stands in claims.tsv.
title: The title of the paper # review: as it is printed
source: { table: none, citation: The paper } # review: how it is cited

# A range has the lowest and the highest value that is possible. A step is 1 of whole numbers, 1/3
# of averages of three; without it any value is possible, and fewer checks can be made.
variables:
  age: # review: who was let in
    { label: Age, type: number, unit: years, range: [18, 100], step: 1 }
  sex: # review: the groups that the paper counts
    { label: Sex, type: category, levels: { F: Women, M: Men } }

# What was measured before and after, which claims call score_baseline, score_followup and
# score_change, the later value minus the earlier one.
outcomes:
  score: # review: the ends of its scale, its steps, and which values are better
    { label: Score, unit: points, range: [0, 10], step: 1, better: lower }

cohorts:
  treated: { label: Treated, n: 10 } # review: how many patients it has
  control: { label: Control, n: 10 } # review: the same, or none where there is one group

comparisons:
  arms: # review: nothing where there is one group
    { label: Treated and control, cohorts: [control, treated] }
"""


def begin_printed(folder: Path) -> None:
    """Write a new folder with a study.yaml of examples.

    Args:
        folder: The folder to make.

    Raises:
        NotBegunError: it is there already.
    """
    refuse_existing(folder, "study")
    write_text(folder / STUDY, _STUDY)


def next_steps(folder: Path) -> Iterator[str]:
    """What was written, and what comes next."""
    name = told_name(folder)
    yield f"{folder / STUDY} describes a paper that prints summaries alone, by examples."
    yield f"1. Say in the lines marked '{REVIEW}' what the paper has, and delete the marks."
    yield f"2. {called('casebook')} claims PAPER {name}"
    yield f"3. Look at the lines of {CLAIMS}, and empty their cells under review."
    steps = [check_step(folder), *report_steps(folder)]
    yield from (f"{number}. {step}" for number, step in enumerate(steps, start=4))
