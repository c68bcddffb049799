"""No sentence lists more than five items, of a study with many visits, cohorts and outcomes."""

import re
from collections import Counter
from collections.abc import Callable, Iterable
from itertools import combinations, pairwise
from pathlib import Path

import pytest

from casebook.report.checklists import checklists
from casebook.report.comparisons import titled
from casebook.report.manuscript import contrast_notes
from casebook.report.methods import methods
from casebook.study.load import load_study
from casebook.study.model import Study
from casebook.wording.sentences import IN_A_SENTENCE
from casebook.wording.subtractions import sign_words, subtraction
from casebook.wording.visit_notes import visit_notes
from drawing import START

MANY = range(1, 9)
VISITS = [f"v{place}" for place in MANY]
ITEM = re.compile(r"\b(?P<kind>[A-Z]\w+)-\d+")


def lines(made: Iterable[str], part: str) -> str:
    return "\n".join([f"{part}:", *(f"  {each}" for each in made)]) + "\n"


def outcome(place: int) -> str:
    columns = ", ".join(f"{visit}: O{place} {visit}" for visit in VISITS)
    change = "earlier" if place < max(MANY) - 1 else "later"
    other = {"earlier": "later", "later": "earlier"}[change]
    return (
        f"o{place}: {{ label: Outcome-{place}, columns: {{ {columns} }}, range: [0, 9],"
        f" better: lower, change: {change} - {other} }}"
    )


STUDY = START + "".join(
    [
        lines(
            [
                *(f"{visit}: Visit-{place}" for place, visit in enumerate(VISITS, 1)),
                *(f"d{place}: {{ label: Derived-{place}, last_of: [v2, v3] }}" for place in MANY),
                f"most: {{ label: Most, best_of: [{', '.join(VISITS[2:])}] }}",
            ],
            "visits",
        ),
        lines(
            (
                f"n{place}: {{ label: Number-{place}, column: N{place}, type: number,"
                " range: [0, 9], censored: { below: half } }"
                for place in MANY
            ),
            "variables",
        ),
        lines(map(outcome, MANY), "outcomes"),
        lines((f"c{p}: {{ label: Cohort-{p}, select: n1 == {p} }}" for p in MANY), "cohorts"),
        lines(["seven: { label: Seven, cohorts: [c1, c2, c3, c4, c5, c6, c7] }"], "comparisons"),
        lines(
            [
                "primary:",
                "  - { cohort: seven, outcome: o1 }",
                *(f"  - {{ cohort: c1, outcome: o{place} }}" for place in MANY),
            ],
            "analysis",
        ),
    ]
)


def pairs_of(pairs: Iterable[tuple[str, str]], label: str = "") -> str:
    return lines(
        (
            f"p{place}: {{ visit: {later}, against: {earlier}{label.format(later[1:])} }}"
            for place, (earlier, later) in enumerate(pairs, 1)
        ),
        "contrasts",
    )


CONTRASTS = {
    "each later": "contrasts: each_later\n",
    "all": pairs_of(combinations(VISITS, 2)),
    "one after the other": pairs_of(pairwise(VISITS)),
    "named by the later visit": pairs_of(
        (("v1", visit) for visit in VISITS[1:]), ", label: Visit-{}"
    ),
}


@pytest.fixture
def many(make_study: Callable[..., Path]) -> Callable[[str], Study]:
    return lambda contrasts: load_study(make_study(text=STUDY + CONTRASTS[contrasts]))


@pytest.mark.parametrize("contrasts", CONTRASTS)
def test_no_sentence_on_a_study_lists_more_than_five_items(
    many: Callable[[str], Study], contrasts: str
) -> None:
    study = many(contrasts)
    (seven,) = study.comparisons.values()

    sentences = [
        *(sentence for sentence, _ in methods(study, {})),
        *(item.answer for each in checklists(study) for item in each.items),
        *contrast_notes(study),
        *visit_notes(study, study.visits),
        *(titled(study, seven), sign_words(study), subtraction(study)),
    ]

    assert any(map(ITEM.search, sentences))
    for sentence in sentences:
        found = {each[0]: each["kind"] for each in ITEM.finditer(sentence)}
        for kind, listed in Counter(found.values()).items():
            # One more may be what is told of them, as the visit that others are compared with.
            assert listed <= IN_A_SENTENCE + 1, (kind, sentence)


@pytest.mark.parametrize(
    ("contrasts", "told"),
    [
        ("each later", ["Each later visit was compared with Visit-1"]),
        ("named by the later visit", ["Each later visit was compared with Visit-1"]),
        (
            "all",
            [
                "Visit-1 was compared with the 7 visits from Visit-2 to Visit-8",
                "Visit-2 was compared with the 6 visits from Visit-3 to Visit-8",
                "Visit-3 was compared with Visit-4, Visit-5, Visit-6, Visit-7 and Visit-8",
            ],
        ),
    ],
)
def test_many_contrasts_are_told_by_their_visits(
    many: Callable[[str], Study], contrasts: str, told: list[str]
) -> None:
    every = [sentence for sentence, _ in methods(many(contrasts), {})]

    compared = [each for each in every if " compared with " in each]
    assert compared[: len(told)] == told


def test_where_most_outcomes_are_subtracted_the_other_way_the_rest_are_named(
    many: Callable[[str], Study],
) -> None:
    study = many("each later")

    assert subtraction(study) == (
        "earlier minus later value, but later minus earlier value of Outcome-7, Outcome-8"
    )
    assert sign_words(study).endswith(
        ": above 0 the outcome fell, below 0 it rose; but of Outcome-7, Outcome-8 above 0 the"
        " outcome rose, below 0 it fell."
    )
