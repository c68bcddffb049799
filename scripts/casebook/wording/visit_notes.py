"""What a visit that follows from others is, in words: the last of week 4 and week 12.

They stand wherever a reader meets such a visit, as its label does not say it.
"""

from collections.abc import Container, Iterable, Iterator, Sequence
from itertools import groupby

from casebook.base.lists import enumerated
from casebook.study.derived_visits import in_order
from casebook.study.headings import Rule
from casebook.study.model import Study
from casebook.study.visits import Contrast
from casebook.wording.sentences import IN_A_SENTENCE

_SAID: dict[Rule, str] = {
    "first_of": "the first of {} that was measured",
    "last_of": "the last of {} that was measured",
    "best_of": "the best of {} that was measured; the best of several is better than one of them by"
    " chance alone",
    "mean_of": "the mean of {}, of patients with a value at each of them",
}


def visits_compared(contrasts: Iterable[Contrast]) -> set[str]:
    """The visits of some contrasts."""
    return {visit for contrast in contrasts for visit in contrast.visits}


def visit_notes(study: Study, visits: Container[str]) -> Iterator[str]:
    """A sentence on each of these visits that follows from others, in the order of the study."""
    return (f"{label}: {words}." for label, words in visits_in_words(study, visits))


def visits_in_words(study: Study, visits: Container[str]) -> Iterator[tuple[str, str]]:
    """The label of each of these visits that follows from others, and what it is of a patient."""
    for name, visit in study.visits.items():
        if name in visits and visit.rule:
            others = in_order(study.visits, visit.others)
            yield visit.label, _SAID[visit.rule].format(visits_listed(study, others))


def visits_listed(study: Study, others: Sequence[str]) -> str:
    """These visits; more than a sentence lists by the first and the last, and what is left out.

    Where those left out are many, too, it is told which follow one another; if that would make a
    long list as well, only how many they are.
    """
    if len(others) <= IN_A_SENTENCE:
        return enumerated([study.visits[each].label for each in others])
    first, *_, last = in_order(study.visits, others)
    every = [name for name, visit in study.visits.items() if name in others or not visit.rule]
    between = every[every.index(first) : every.index(last) + 1]
    left_out = [study.visits[each].label for each in between if each not in others]
    ends = f"visits from {study.visits[first].label} to {study.visits[last].label}"
    if len(left_out) > IN_A_SENTENCE:
        runs = [*_runs(study, between, others)]
        if len(runs) > IN_A_SENTENCE:
            return f"{len(others)} of the {len(between)} {ends} (study.yaml says which)"
        return enumerated(runs)
    told = f"the {len(others)} {ends}"
    return f"{told} other than {enumerated(left_out)}" if left_out else told


def _runs(study: Study, among: Sequence[str], visits: Container[str]) -> Iterator[str]:
    """Those among some visits, of which those that follow one another are told by their ends."""
    for is_one, run in groupby(among, visits.__contains__):
        first, *others = (study.visits[each].label for each in run)
        if is_one:
            yield f"{first} to {others[-1]}" if others else first
