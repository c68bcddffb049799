"""What is told of a count where it is not known of some patients whether they belong to it.

Whether the count agrees with what is printed is for `search`.
"""

from collections.abc import Sequence

from casebook.audit.data import Data
from casebook.audit.shares import named, not_known_for, share_answers, share_members
from casebook.audit.trial import Trial
from casebook.claims.readings import Share
from casebook.data.patients import Patient


def why_open(data: Data, trial: Trial) -> str:
    """Why it is open whether a count is right, in words; nothing if the data decide.

    A count that is printed to be of those of whom it is known says nothing of the others, and is
    not open.
    """
    reading = _count(trial)
    if reading is None or trial.reproduced:
        return ""
    answers, unknown = share_answers(data, reading), _unknown(data, reading)
    printed, yes = int(trial.printed.low), answers.count(True)
    leaves_out = trial.claim.of == len(answers) - len(unknown)
    if leaves_out or not yes < trial.printed.low <= yes + len(unknown):
        return ""
    if len(unknown) == 1:
        needed = f"patient {unknown[0].id} is one of them"
    else:
        needed = f"{printed - yes} of {named(unknown)} are among them"
    return f"{_of_known(answers)}; {printed} only if {needed}"


def of_known(data: Data, trial: Trial) -> str:
    """Of how many a count is known, in words; nothing of what is no count, or known of all."""
    reading = _count(trial)
    unknown = _unknown(data, reading) if reading else []
    if reading is None or not unknown:
        return ""
    return f"{_of_known(share_answers(data, reading))}; {not_known_for(unknown)}"


def _count(trial: Trial) -> Share | None:
    reading = trial.claim.reading
    return reading if isinstance(reading, Share) and reading.name == "count" else None


def _unknown(data: Data, reading: Share) -> list[Patient]:
    everyone = zip(share_members(data, reading), share_answers(data, reading), strict=True)
    return [patient for patient, answer in everyone if answer is None]


def _of_known(answers: Sequence[bool | None]) -> str:
    known = len(answers) - answers.count(None)
    return f"{answers.count(True)} of the {known} who {'is' if known == 1 else 'are'} known"
