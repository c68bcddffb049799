"""Plant errors in correct claims, and count those that the audit finds.

Prints a page in Markdown, the same one every time. Run from the repository's root:

    PYTHONPATH=scripts python benchmarks/planted_errors.py > docs/planted-errors.md
"""

import statistics
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from planted.cells import Judged as InCell
from planted.cells import Kind, Notice, judge_cells
from planted.errors import Correct
from planted.measure import Judged, Measured, measure
from planted.studies import papers
from planted.summaries import (
    SIZES,
    SummarySlip,
    any_contradicted,
    every_summary_slip,
    summary_papers,
)
from planted.systematic import Slip, bundled_claims, every_slip
from planted.truth import Error

from casebook.data.verdicts import OTHER_CONVENTION, WRONG

INTRODUCTION = """\
# How many planted errors the audit finds

The audit was given correct numbers of four studies: the bundled one, and three drawn at random with
8, 15 and 40 patients. Then it was given the same numbers with one error in each. What is correct
was computed without casebook's statistics. An error that rounding hides, so that the printed number
is right all the same, was not planted. Numbers whose convention the paper names were judged apart
from those where it does not. `make planted-errors` writes this page again.

- **planted**: numbers with an error of this kind.
- **found**: those that the audit does not confirm. It calls them contradicted, says that they fit
  only by chance, or finds them right by another convention.
- **cause named**: those for which the audit also says what went wrong, among other explanations
  that fit. A dash is where it has no name for the cause.
- **only that**: those for which it gives this explanation and no other.
- **called right**: those that the audit says are right by a convention which is not the cause. A
  number with a slip can agree with another convention by chance. What only another visit, another
  cohort or other patients give is never called right: it fits only by chance, and is named as a
  cause.
"""
NOT_NAMED = """\
The cause is not named where it would be a guess. Of a number with a single digit the audit does not
say that the digit is wrong; nor, if it is 0.02 for instance, that it is of another visit or cohort
or lacks a patient: one in ten fits by chance. A number that another convention gives is not called
a slip.
"""
CORRECT = """\
- **not confirmed**: correct numbers that the audit calls contradicted, or right only by another
  convention.
- **fail a check**: correct numbers that a check without raw data, such as GRIM, finds impossible.
"""
SEARCH = """\
The audit tries other conventions on every number. The more it tries, the more often one fits by
chance. So many numbers with a changed digit, or two exchanged, were called right:

- **tried**: how many conventions the audit tries on such a number, on average.
- **different**: how many different numbers these give, with as many decimals as are printed.
"""
SYSTEMATIC = """\
Every number of the bundled paper that is right, in its
[claims.tsv](../resources/upadacitinib-myositis/claims.tsv), was printed with every single slip:
another digit in each place, two neighbouring digits exchanged, one more or less, the decimal point
moved or lost, a zero added. Each was judged among all other claims as they are printed.
"""
EXCUSED = """\
These are the ones called right. Most are fair readings that claims.tsv allows for the sentence; a
number that they give is not known to be wrong.
"""
SUMMARIES = """\
Papers that print summaries alone were drawn at random: two groups of 8, 15 or 40 ratings from 0 to
10, with mean, SD, median, smallest and largest value, how many and what percentage are women, and
Welch's p. Every number was printed with every single slip, among all others as they are. In
percent, so many slips were noticed, as some claim cannot be:
"""
CELLS = """\
The numbers of the bundled paper stayed as they are printed, and one slip was made in its
[table](../resources/upadacitinib-myositis/table1.tsv) at a time: in every cell that the study reads
one of each kind that the cell allows, drawn from a fixed seed. The table was cleaned and analysed,
and all claims were judged by it. Each slip is counted once, by what noticed it first:

- **refused**: the run stops, and names what is wrong.
- **warned of**: there is a warning or a note on the cell, its row or its column.
- **contradicts a claim**: some claim is contradicted, or fits only by chance, which was not before.
- **weakens a claim**: the verdict on some claim is worse than it was, but it is not called wrong.
- **on the map alone**: the report's map of values says that no claim rests on this one.
- **by nothing**: some claim rests on the value, but no verdict is worse.

An empty cell is no mistake: its value is not known, as where the table has NA.
"""
UNNOTICED = """\
Of {untested} of these slips the map says that no claim rests on the value; the audit noticed
{noticed} of them. The map says what claims rest on, not that every slip there would be noticed.
These slips were not, although some claim rests on the value: a smallest value or a median may be
another patient's, a count may ask only whether a value is above 0, and rounding may hide a change.
A claim that is contradicted by the right table can be confirmed by a wrong one.
"""
RANDOM = """\
These are the errors of the first table that are called right, of all four studies. Behind each are
the conventions that the audit gives for it.
"""
UNNAMED = (Error.COUNT, Error.REPEATED, Error.SUM)
STOPPED = (Notice.REFUSED, Notice.WARNED)
"""What notices a slip before any claim is judged."""
KINDS = {
    "count or size": ("n", "count"),
    "percentage": ("percent",),
    "mean, SD, median, smallest, largest": ("mean", "sd", "median", "min", "max"),
    "quartile": ("p25", "p75"),
    "p-value": ("p_value",),
}


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        bundled, *drawn = papers(Path(folder))
        slips = list(every_slip(bundled_claims(bundled)))
        alone = list(summary_papers(Path(folder)))
        in_summaries = list(every_summary_slip(alone))
        found = measure([bundled, *drawn], most=600, each=15)
        (work := Path(folder) / "cells").mkdir()
        in_cells = judge_cells(work, kinds=len(Kind))
    print(INTRODUCTION)
    print_table(
        "error", ("planted", "found", "cause named", "only that", "called right"), errors(found)
    )
    print(f"\n{NOT_NAMED}\n## Missed\n")
    print_claims(found.missed)
    print(f"\n## Called right\n\n{RANDOM}")
    print_called_right(found.planted)
    print(f"\n## False alarms\n\n{CORRECT}")
    print_table("correct", ("judged", "not confirmed", "fail a check"), alarms(found))
    print()
    print_claims(found.false_alarms)
    print(f"\n## What the search costs\n\n{SEARCH}")
    print_table("slip in", ("planted", "called right", "tried", "different"), costs(found))
    print(f"\n## Every slip in the bundled paper\n\n{SYSTEMATIC}")
    print_table("slip in", ("planted", "called right", "in percent"), systematic(slips))
    print(f"\n{EXCUSED}")
    for each in filter(lambda slip: slip.called_right, slips):
        by = " or ".join(f"`{name}`" for name in each.verdict.reproduced_by)
        print(f"- {each.claim.name}: `{each.claim.printed}` as `{each.verdict.printed}`, by {by}")
    print(f"\n## Every slip in summaries alone\n\n{SUMMARIES}")
    columns = ("planted", *(f"{size} a group" for size in SIZES))
    print_table("slip in", columns, noticed(in_summaries))
    wrong = sum(any_contradicted(paper) for _, paper in alone) or "none"
    print(f"\nOf the {len(alone)} papers without a slip {wrong} had a claim contradicted.")
    print_cells(in_cells)


Rows = Iterator[tuple[str, Sequence[object]]]


def print_table(first: str, columns: Sequence[str], rows: Rows) -> None:
    """A table in Markdown."""
    print(f"| {first} | {' | '.join(columns)} |\n|:--|{'--:|' * len(columns)}")
    for name, cells in rows:
        print(f"| {name} | {' | '.join(map(str, cells))} |")


def errors(found: Measured) -> Rows:
    """What was found of each kind of error."""
    for kind in Error:
        lines = [each for each in found.planted if each.claim.kind == kind]
        named = [each.explanations for each in lines if each.explanations]
        causes: list[object] = [len(named), sum(len(names) == 1 for names in named)]
        called_right = sum(each.called_right for each in lines)
        shown = ["–", "–"] if kind in UNNAMED else causes
        yield kind, [len(lines), sum(each.found for each in lines), *shown, called_right]


def alarms(found: Measured) -> Rows:
    """How many correct claims of each kind were called wrong."""
    wrong = Counter(each.claim.kind for each in found.false_alarms)
    for kind in Correct:
        lines = [each for each in found.correct if each.claim.kind == kind]
        yield kind, [len(lines), wrong[kind], sum(each.fails_check for each in lines)]


def costs(found: Measured) -> Rows:
    """How often a slip gives the number of another convention, by what the slip is in."""
    slips = [each for each in found.planted if each.claim.kind in (Error.DIGIT, Error.EXCHANGED)]
    for name, kinds in KINDS.items():
        lines = [each for each in slips if each.claim.fact.statistic in kinds]
        called_right = statistics.mean(100 * each.called_right for each in lines)
        tried = statistics.mean(each.verdict.n_tried for each in lines)
        different = statistics.mean(each.verdict.n_values for each in lines)
        yield name, [len(lines), f"{called_right:.0f}%", f"{tried:.0f}", f"{different:.0f}"]


def systematic(slips: Sequence[Slip]) -> Rows:
    """How many of all single slips were called right, by what they are in, and of all together."""
    kinds = {name: (*of, "value") if name.startswith("mean") else of for name, of in KINDS.items()}
    kinds["count or size"] = ("n", "count", "n_pairs")
    for name, of in (kinds | {"all": sum(kinds.values(), ())}).items():
        lines = [each for each in slips if each.verdict.statistic in of]
        called_right = sum(each.called_right for each in lines)
        yield name, [len(lines), called_right, f"{100 * called_right / len(lines):.1f}%"]


def noticed(slips: Sequence[SummarySlip]) -> Rows:
    """Which part of all slips in summaries was noticed, by what they are in and the size."""
    for name in dict.fromkeys(each.statistic for each in slips):
        of = [each for each in slips if each.statistic == name]
        by_size = [[each.noticed for each in of if each.size == size] for size in SIZES]
        yield name, [len(of), *(f"{100 * statistics.mean(each):.0f}" for each in by_size)]


def print_called_right(judged: Sequence[Judged]) -> None:
    """The planted errors that are called right, each kind together."""
    for kind in Error:
        lines = [each for each in judged if each.claim.kind == kind and each.called_right]
        if lines:
            print(f"- {kind}:")
        for each in lines:
            by = " or ".join(f"`{name}`" for name in each.verdict.reproduced_by)
            fact = each.claim.fact
            print(f"  - `{fact.reading}` is {fact.value:.6g}; `{each.claim.printed}`, by {by}")


def print_cells(judged: Sequence[InCell]) -> None:
    """What noticed the slips in cells, and those that nothing did."""
    print(f"\n## Every cell of the bundled paper's table\n\n{CELLS}")
    columns = list(dict.fromkeys(each.planted.header for each in judged))
    for first, names in (("slip", [*Kind]), ("in the column", columns)):
        print_table(first, ("planted", *Notice), by_notice(judged, names))
        print()
    untested = [each for each in judged if each.notice not in STOPPED and not each.was_tested]
    noticed = sum(each.notice != Notice.MAP for each in untested) or "none"
    print(UNNOTICED.format(untested=len(untested), noticed=noticed))
    unnoticed: dict[tuple[str, str], dict[str, None]] = {}
    for each in judged:
        if each.notice == Notice.NOTHING:
            why = (each.planted.header, why_unnoticed(each))
            unnoticed.setdefault(why, {})[each.planted.told] = None
    for (header, why), slips in unnoticed.items():
        print(f"- {header}; {why}: {'; '.join(slips)}")


def by_notice(judged: Sequence[InCell], names: Sequence[str]) -> Rows:
    """What noticed the slips of each kind, or in each column, and all together."""
    for name in (*names, "all"):
        of = [e for e in judged if name in (e.planted.kind, e.planted.header, "all")]
        notices = Counter(each.notice for each in of)
        yield name, [notices.total(), *(notices[notice] for notice in Notice)]


def why_unnoticed(judged: InCell) -> str:
    """What the claims give that rest on the value, in words."""
    if not judged.changed:
        named = [f"{each.claim} (`{each.computed_as}`)" for each in judged.resting[:1]]
        named += [f"{len(judged.resting) - 1} more"] * (len(judged.resting) > 1)
        return f"{' and '.join(named)} give{'s' * (len(judged.resting) == 1)} the same"
    told = []
    for old, new in judged.changed:
        claim = f"{new.claim} (`{new.computed_as}`)"
        if new.verdict != old.verdict:
            told.append(f"{claim} was {old.verdict} by the right table, and is {new.verdict}")
        elif new.verdict in WRONG or not new.n_tried:
            told.append(f"{claim} gives another value, and is {new.verdict} as before")
        elif new.verdict == OTHER_CONVENTION:
            told.append(f"{claim} is right by `{new.reproduced_by[0]}`, as before")
        else:
            value, before = (f"{float(each.recomputed):.4g}" for each in (new, old))
            told.append(f"{claim} gives {value}, not {before}; `{new.printed}` agrees with both")
    return "; ".join(told)


def print_claims(judged: Sequence[Judged]) -> None:
    """What the audit got wrong, claim by claim, with how it came to its verdict."""
    for each in judged:
        claim, verdict = each.claim, each.verdict
        reading = claim.fact.reading.format(*(other.printed for other in claim.of))
        print(
            f"- `{claim.printed}` for `{reading}`, which is {claim.fact.value:.6g} ({claim.kind}):"
        )
        print(f"  {verdict.verdict} ({verdict.rounding or verdict.reproduced_by or 'by nothing'})")
    if not judged:
        print("None.")


if __name__ == "__main__":
    main()
