"""Which way round a study takes changes, in words: one sign for each outcome."""

from casebook.study.model import Study
from casebook.wording.sentences import listed

_RISES = "later minus earlier value"
_FALLS = "earlier minus later value"


def _labels(study: Study) -> tuple[list[str], list[str]]:
    """The outcomes whose changes are rises, and those whose changes are falls."""
    changed = dict.fromkeys(outcome for outcome, _ in study.changes.values())
    outcomes = [study.outcomes[name] for name in changed]
    rises, falls = ([o.label for o in outcomes if o.sign == sign] for sign in (1, -1))
    return rises, falls


def subtraction(study: Study) -> str:
    """What a change is, in short, as a sentence says it."""
    rises, falls = _labels(study)
    if not falls:
        return _RISES
    return f"{_RISES}, but {_FALLS} of {', '.join(listed(falls))}" if rises else _FALLS


def change_words(study: Study) -> str:
    """What a change is, as the rest of a sentence."""
    rises, falls = _labels(study)
    if not falls:
        return "the later value minus the earlier one"
    if not rises:
        return "the earlier value minus the later one"
    return (
        "the later value minus the earlier one, but the earlier value minus the later one of"
        f" {', '.join(falls)}"
    )


def sign_words(study: Study) -> str:
    """What a change is and what its sign says, in a sentence."""
    rises, falls = _labels(study)
    rose = "above 0 the outcome rose, below 0 it fell"
    fell = "above 0 the outcome fell, below 0 it rose"
    if rises and falls:
        told = f"{rose} ({', '.join(rises)}); {fell} ({', '.join(falls)})"
    else:
        told = fell if falls else rose
    return f"Changes are {change_words(study)}: {told}."
