"""What an outcome did, as a condition of claims with places for its change and the value before."""

from casebook.study.model import Study
from casebook.study.outcomes import Outcome, Responder
from casebook.study.visits import FIRST, Contrast


def change_in(study: Study, outcome: str, contrast: Contrast) -> str:
    """What the change of an outcome in a contrast is called."""
    is_first = contrast == study.every_contrast[0]
    return f"{outcome}_{FIRST if is_first else contrast.name}"


def of_responder(outcome: Outcome, responder: Responder) -> str:
    """The condition that is true of responders."""
    is_percent = responder.unit == "percent"
    return moved(outcome, outcome.better == "lower", f"{responder.improvement:g}", is_percent, "=")


def moved(outcome: Outcome, falls: bool, amount: str, is_percent: bool, sign: str) -> str:
    """That an outcome fell, or rose, by so much; by anything if no amount is given."""
    is_less = falls == (outcome.change == "later - earlier")
    relation = f"{'<' if is_less else '>'}{sign}"
    if not amount:
        return f"{{change}} {relation} 0"
    least = f"{float(amount) / 100:g} * {{before}}" if is_percent else amount
    return f"{{change}} {relation} {'-' * is_less}{least}"
