"""How figures mark a value that its cell says inexactly, such as <5, for which 5 is drawn."""

from collections.abc import Iterable, Iterator

from matplotlib.lines import Line2D

from casebook.base.inexact import Form
from casebook.figures.measured import Forms
from casebook.figures.style import BLACK, Look
from casebook.study.inexact import GIVEN, USED
from casebook.study.outcomes import Outcome

_SIGNS: dict[Form, tuple[str, str]] = {
    "below": ("v", "a triangle that points down"),
    "above": ("^", "a triangle that points up"),
    "from_to": ("s", "a square"),
    "plus_minus": ("p", "a pentagon"),
}
"""The marker of each form, and what it is called."""
_LARGER = 2
"""Points that a mark is larger than the point of a value, which it hides."""


def marks(
    outcome: Outcome, forms: Forms, points: Iterable[tuple[int, float, float]], size: float
) -> Iterator[Line2D]:
    """An open mark over each of a patient's values that is inexact.

    Args:
        outcome: The outcome.
        forms: The form of each value.
        points: The place of each value that is drawn among the forms, and where it stands.
        size: How large the points of the values are.
    """
    for visit, x, y in points:
        if form := forms[visit]:
            mark = _look(outcome, form).line([x], [y], max(2, size) + _LARGER)
            mark.set_zorder(3)
            yield mark


def legend_of(outcome: Outcome, forms: Iterable[Form | None]) -> list[Line2D]:
    """What the legend says of the marks that there are."""
    return [_look(outcome, form).line([], [], 4) for form in _in_order(forms)]


def what_marks_mean(outcome: Outcome, forms: Iterable[Form | None]) -> Iterator[str]:
    """What the marks mean, in sentences for who cannot see them."""
    for form in _in_order(forms):
        yield f"Marked by {_SIGNS[form][1]}: {_words(outcome, form)}."


def _in_order(forms: Iterable[Form | None]) -> list[Form]:
    found = {*forms}
    return [form for form in _SIGNS if form in found]


def _look(outcome: Outcome, form: Form) -> Look:
    return Look(_words(outcome, form), BLACK, filled=False, marker=_SIGNS[form][0])


def _words(outcome: Outcome, form: Form) -> str:
    return f"{GIVEN[form]}, {USED[outcome.rule(form)]}"
