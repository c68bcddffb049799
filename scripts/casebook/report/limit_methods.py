"""What a study uses for values that are not said as one number, as sentences of its methods.

How many values there are is a finding of cleaning.
"""

from collections import defaultdict
from collections.abc import Iterator

from casebook.base.inexact import Form
from casebook.study.inexact import GIVEN, USED
from casebook.study.model import Study
from casebook.study.outcomes import Outcome
from casebook.study.variables import NumberVariable
from casebook.wording.sentences import Sentence, in_brief


def of_limits(study: Study) -> Iterator[Sentence]:
    """A sentence for each form of such values and each rule, with what it applies to."""
    labels: defaultdict[tuple[Form, str], list[str]] = defaultdict(list)
    numbers = [each for each in study.variables.values() if isinstance(each, NumberVariable)]
    every: list[NumberVariable | Outcome] = [*numbers, *study.outcomes.values()]
    for each in every:
        for form, rule in each.rules:
            labels[form, rule].append(each.label)
    for (form, rule), labelled in labels.items():
        yield f"Values of {in_brief(labelled)} {GIVEN[form]} were {USED[rule]}", ()
