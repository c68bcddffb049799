"""Which way round a study takes changes, in words: one sign for each outcome."""

from dataclasses import dataclass, replace

from casebook.study.model import Study
from casebook.wording.sentences import IN_A_SENTENCE, listed


@dataclass(frozen=True, slots=True)
class _Way:
    """A way to take changes.

    Attributes:
        short: What a change is, in short.
        words: What it is, as the rest of a sentence.
        sign: What its sign says.
        labels: The outcomes whose changes are taken so.
    """

    short: str
    words: str
    sign: str
    labels: tuple[str, ...] = ()

    @property
    def of(self) -> str:
        """The outcomes, in a sentence."""
        return ", ".join(listed(self.labels))


_RISES = _Way(
    "later minus earlier value",
    "the later value minus the earlier one",
    "above 0 the outcome rose, below 0 it fell",
)
_FALLS = _Way(
    "earlier minus later value",
    "the earlier value minus the later one",
    "above 0 the outcome fell, below 0 it rose",
)


def _ways(study: Study) -> tuple[_Way, _Way | None]:
    """The usual way of a study, and that of the other outcomes if there are any.

    The others are those that a sentence can list.
    """
    changed = dict.fromkeys(outcome for outcome, _ in study.changes.values())
    outcomes = [study.outcomes[name] for name in changed]
    rises, falls = (
        replace(way, labels=tuple(o.label for o in outcomes if o.sign == sign))
        for way, sign in ((_RISES, 1), (_FALLS, -1))
    )
    if not falls.labels:
        return rises, None
    if not rises.labels:
        return falls, None
    is_shorter = len(rises.labels) <= IN_A_SENTENCE < len(falls.labels)
    return (falls, rises) if is_shorter else (rises, falls)


def subtraction(study: Study) -> str:
    """What a change is, in short, as a sentence says it."""
    usual, other = _ways(study)
    return f"{usual.short}, but {other.short} of {other.of}" if other else usual.short


def change_words(study: Study) -> str:
    """What a change is, as the rest of a sentence."""
    usual, other = _ways(study)
    return f"{usual.words}, but {other.words} of {other.of}" if other else usual.words


def sign_words(study: Study) -> str:
    """What a change is and what its sign says, in a sentence."""
    usual, other = _ways(study)
    told = usual.sign
    if other and len(usual.labels) + len(other.labels) <= IN_A_SENTENCE:
        told = f"{usual.sign} ({usual.of}); {other.sign} ({other.of})"
    elif other:
        told = f"{usual.sign}; but of {other.of} {other.sign}"
    return f"Changes are {change_words(study)}: {told}."
