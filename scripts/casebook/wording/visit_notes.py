"""What a visit that follows from others is, in words: the last of week 4 and week 12.

They stand wherever a reader meets such a visit, as its label does not say it.
"""

from collections.abc import Container, Iterable, Iterator, Sequence

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
            yield visit.label, _SAID[visit.rule].format(_listed(study, others))


def _listed(study: Study, others: Sequence[str]) -> str:
    """These visits; more than a sentence lists by the first and the last, and what is left out.

    All are listed where those left out between the first and the last are many, too.
    """
    labels = [study.visits[each].label for each in others]
    every = [name for name, visit in study.visits.items() if name in others or not visit.rule]
    between = every[every.index(others[0]) : every.index(others[-1]) + 1]
    left_out = [study.visits[each].label for each in between if each not in others]
    if len(others) <= IN_A_SENTENCE or len(left_out) > IN_A_SENTENCE:
        return enumerated(labels)
    told = f"the {len(others)} visits from {labels[0]} to {labels[-1]}"
    return f"{told} other than {enumerated(left_out)}" if left_out else told
