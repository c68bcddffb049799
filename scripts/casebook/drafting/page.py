"""A sketch as the text of a study.yaml, with a comment beside each guess: what it rests on.

What its cells hold is written by `guessed`, the files by `source`; nothing is guessed here.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, pairwise, starmap
from typing import NamedTuple

from casebook.base.lists import enumerated
from casebook.base.texts import quoted
from casebook.drafting.baseline import characteristics
from casebook.drafting.guessed import lines_of
from casebook.drafting.harmlines import harms
from casebook.drafting.parts import Cohort, Grade, Outcome, Sketch, Variable
from casebook.drafting.source import source
from casebook.drafting.tableread import Reading
from casebook.drafting.visitnames import When
from casebook.drafting.yamltext import below, inner, line, listed, mark, part, plain
from casebook.study.unreviewed import REVIEW
from casebook.study.visits import EACH_LATER

_OF_MEASURE = "a text in the column of measures"
_COUNTS = "the first counts where no contrast is named, the others are in order of time"


class Title(NamedTuple):
    """The title of a study, and where it is from."""

    text: str
    reason: str


def page(sketch: Sketch, title: Title, read: Reading, joined: Sequence[Reading] = ()) -> str:
    """The text of a study.yaml.

    Args:
        sketch: What the tables seem to hold.
        title: The title of the study.
        read: How the table was read.
        joined: How the tables were read that are joined to it.
    """
    visits, outcomes = sketch.visits, sketch.outcomes
    lines = [
        *_opening([read.table, *(each.table for each in joined)]),
        f"title: {plain(title.text)}{mark(title.reason)}",
        f"description: A case series. {REVIEW} who was studied, in a sentence or two",
        "",
        *source(sketch, read, joined),
        *part(f"visits: {REVIEW} whether they are all, and in order", map(_visit, visits)),
        *_contrasts(outcomes, visits),
        *part("variables:", chain.from_iterable(map(_variable, sketch.variables))),
        *part("grades:", chain.from_iterable(map(_grade, sketch.grades))),
        *harms(sketch.harms, read.table, sketch.variables),
        *part("outcomes:", chain.from_iterable(map(_outcome, outcomes))),
        *part("cohorts:", map(_cohort, sketch.cohorts)),
        *_comparison(sketch.cohorts),
        *part("analysis:", _analysis(sketch)),
        *_left(sketch.left),
    ]
    return "\n".join(lines).rstrip("\n") + "\n"


def _opening(tables: Sequence[str]) -> Iterator[str]:
    named = enumerated([*dict.fromkeys(tables)])
    yield f"# A draft of what the columns of {named} mean, and what is analysed."
    yield f"# Each guess says what it rests on. Look at every line with '{REVIEW}', correct it"
    yield "# where it is wrong, and remove the mark; `casebook check` tells what does not fit."
    yield "# docs/study.md explains every key."
    yield ""


def _visit(when: When) -> str:
    months = f", months: {when.months:g}" if when.months is not None else ""
    told = listed(when.values) if when.values[1:] else "".join(map(inner, when.values))
    value = f", value: {told}" if told else ""
    window = f", window: {when.window}" if when.window else ""
    if not months + value + window:
        return f"{when.name}: {plain(when.label)}"
    whole = f"{{ label: {inner(when.label)}{months}{value}{window} }}"
    return f"{when.name}: {whole}{mark(when.reason)}"


def _contrasts(outcomes: Sequence[Outcome], visits: Sequence[When]) -> Iterator[str]:
    """The contrast of each pair of first and last visits, where no single one serves all.

    Otherwise, where there are visits between, what would compare these as well, as a comment.
    """
    placed = [each.columns for each in outcomes if each.columns]
    # A visit is one by its name: each outcome may call it otherwise, as "baseline" and "start".
    ends = dict.fromkeys((columns[0].when.name, columns[-1].when.name) for columns in placed)
    if placed and {*ends} != {(visits[0].name, visits[-1].name)}:
        heading = f"contrasts: {REVIEW} the last visit of each outcome against its first"
        heading += f"; {_COUNTS}" if len(ends) > 1 else ""
        yield from part(heading, starmap(_contrast, enumerate(_in_time(ends, visits))))
    elif len(visits) > 2:
        compared = "each later visit with the first, not the last alone"
        yield f"# To compare {compared} {REVIEW} remove the sign, if that was planned; the last"
        yield "# visit then still comes first, as what counts where no contrast is named:"
        yield f"# contrasts: {EACH_LATER}"
        yield ""


def _in_time(ends: Iterable[tuple[str, str]], visits: Sequence[When]) -> list[tuple[str, str]]:
    """Pairs of first and last visits, the first pair first and the others in order of time."""
    order = [when.name for when in visits]
    first, *others = ends
    return [first, *sorted(others, key=lambda pair: [order.index(each) for each in pair[::-1]])]


def _contrast(place: int, ends: tuple[str, str]) -> str:
    first, last = ends
    name = "change" if place == 0 else f"change_{place + 1}"
    return f"{name}: {{ visit: {last}, against: {first} }}"


def _variable(each: Variable) -> Iterator[str]:
    column = plain(each.column) if each.column else ""
    yield from below(
        f"{each.name}:",
        [
            f"label: {plain(each.label)}",
            *line("column", column),
            *line("measure", plain(each.measure) if each.measure else "", _OF_MEASURE),
            *line("type", each.guess.type, each.guess.reason),
            *lines_of(each.guess),
        ],
    )


def _grade(each: Grade) -> Iterator[str]:
    at = (f"{when.name}: {name}" for when, name in each.at.items())
    yield from below(
        f"{each.name}:",
        [
            f"label: {plain(each.label)}",
            *below(f"at:{mark(each.reason)}", at),
            *line("better", "last" if each.better.way == "higher" else "first", each.better.reason),
        ],
    )


def _outcome(each: Outcome) -> Iterator[str]:
    yield from below(
        f"{each.name}:",
        [
            f"label: {plain(each.label)}",
            *_where(each),
            *lines_of(each.guess),
            *line("better", each.better.way, each.better.reason),
        ],
    )


def _where(outcome: Outcome) -> Iterator[str]:
    """Where an outcome stands."""
    columns = []
    for at in outcome.columns:
        found = f"{{ column: {inner(at.column)}, pattern: {quoted(at.pattern)} }}"
        columns.append(f"{at.when.name}: {found if at.pattern else plain(at.column)}")
    measure, column = outcome.measure, outcome.column
    yield from line("measure", plain(measure) if measure else "", outcome.reason)
    yield from line("column", plain(column) if column else "", outcome.reason)
    yield from below(f"columns:{mark(outcome.reason)}", columns)


def _cohort(each: Cohort) -> str:
    select = f", select: {quoted(each.select)}" if each.select else ""
    return f"{each.name}: {{ label: {inner(each.label)}{select} }}{mark(each.reason)}"


def _comparison(cohorts: Sequence[Cohort]) -> Iterator[str]:
    """What would compare the first two cohorts of some patients, as a comment."""
    named = [each.name for each in cohorts if each.select]
    for first, second in [*pairwise(named)][:1]:
        yield f"# To compare them with one another {REVIEW} remove the signs, if that was planned:"
        yield "# comparisons:"
        yield f"#   groups: {{ label: Groups, cohorts: [{first}, {second}] }}"
        yield ""


def _analysis(sketch: Sketch) -> Iterator[str]:
    """The table of characteristics, where that of all variables would have others than these."""
    found = characteristics(sketch)
    without = []
    if found.later:
        without.append(f"what is known only later, as {enumerated(found.later)}")
    if found.selecting:
        without.append(f"{enumerated(found.selecting)}, by which cohorts are selected")
    if found.at_start and without:
        told = f"without {', and '.join(without)}"
        names = (f"- {plain(name)}" for name in found.at_start)
        yield from below(f"baseline_table:{mark(told)}", names)


def _left(left: Mapping[str, str]) -> Iterator[str]:
    told = (f"#   {plain(header)}: {reason}" for header, reason in left.items())
    if left:
        yield f"# Not described {REVIEW} whether these columns are needed:"
        yield from told
