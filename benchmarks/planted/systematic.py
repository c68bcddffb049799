"""Every single slip in every number of the bundled paper's claims, each judged in the whole paper.

A slip is another digit in any place, two neighbouring digits exchanged, one more or less, or the
decimal point moved, lost or a zero added. Its claim stands among all others as they are printed, so
that the conventions which the paper follows are known as a reader of the paper knows them.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise

from casebook.audit.data import Data
from casebook.audit.followed import find_followed
from casebook.audit.paper import Paper, read_paper
from casebook.audit.trial import Trial
from casebook.base.printed import read_printed
from casebook.claims.listed import Claim, read_claims
from casebook.data.patients import read_rows
from casebook.data.results import read_results
from casebook.data.slices import read_slices
from casebook.data.verdicts import OTHER_CONVENTION, REPRODUCED, Verdict
from casebook.data.vocabulary import Kind
from planted.studies import BUNDLED
from planted.studies import Paper as Analysed


@dataclass(frozen=True)
class Slip:
    """A claim as it is printed, and its verdict with a slip in it."""

    claim: Claim
    verdict: Verdict

    @property
    def called_right(self) -> bool:
        """Whether the wrong number is called right."""
        return self.verdict.verdict in (REPRODUCED, OTHER_CONVENTION)


def bundled_claims(analysed: Analysed) -> Paper:
    """The bundled paper with its own claims."""
    folder, model = analysed.folder, analysed.model
    slices = read_slices(sorted((folder / "cohorts").glob("*.csv")), model.kinds)
    rows = read_rows(folder / "patients.csv")
    data = Data(model, slices, read_results(folder / "results.csv"), rows)
    return read_paper(data, read_claims(BUNDLED / "claims.tsv", model))


def every_slip(paper: Paper) -> Iterator[Slip]:
    """The verdict on every slip in the claims that are right by some convention.

    A slip that a rounding of the right value hides is none.
    """
    for claim in paper.claims:
        trial, right = paper.trials.get(claim.name), paper.verdict(claim)
        if trial is None or right.verdict not in (REPRODUCED, OTHER_CONVENTION):
            continue
        if trial.is_loose:
            continue
        for text in slips(f"{trial.printed.low:f}"):
            printed = read_printed(text)
            if printed is None or printed.gives(trial.base.value) or printed == trial.printed:
                continue
            wrong = replace(claim, printed=text, number=printed)
            misprinted = replace(trial, claim=wrong, printed=printed)
            yield Slip(claim, with_trial(paper, misprinted).verdict(wrong))


def with_trial(paper: Paper, misprinted: Trial) -> Paper:
    """The paper with another number in the place of the printed one."""
    name = misprinted.claim.name
    trials = {**paper.trials, name: misprinted}
    directions = [each for each in paper.conventions if each.kind == Kind.DIFFERENCE]
    return replace(
        paper,
        claims=[misprinted.claim if each.name == name else each for each in paper.claims],
        trials=trials,
        conventions=[*find_followed(trials.values()), *directions],
    )


def slips(text: str) -> list[str]:
    """What a slip makes of a number in digits, each once."""
    whole, _, decimals = text.partition(".")
    moved = [*points_moved(text), f"{whole}{decimals}", f"{text}0"]
    found = [*digits_changed(text), *digits_exchanged(text), *one_off(text), *moved]
    return [other for other in dict.fromkeys(found) if other != text and is_plain(other)]


def is_plain(text: str) -> bool:
    """Whether a number has neither a minus sign nor a zero before other digits."""
    return not re.match(r"-|0\d", text)


def digits_changed(text: str) -> list[str]:
    """A number with another digit in each place, and as it is."""
    places = [place for place, letter in enumerate(text) if letter.isdigit()]
    return [text[:p] + digit + text[p + 1 :] for p in places for digit in "0123456789"]


def digits_exchanged(text: str) -> list[str]:
    """A number with each two neighbouring digits exchanged."""
    found = []
    for one, other in pairwise(place for place, letter in enumerate(text) if letter.isdigit()):
        letters = list(text)
        letters[one], letters[other] = text[other], text[one]
        found.append("".join(letters))
    return found


def one_off(text: str) -> list[str]:
    """A number that is one more or less, also in its last decimal."""
    number, last = Decimal(text), Decimal(1).scaleb(-len(text.partition(".")[2]))
    return [f"{number + step:f}" for step in (1, -1, last, -last)]


def points_moved(text: str) -> list[str]:
    """A number ten times as large, and a tenth of it."""
    return [f"{Decimal(text).scaleb(places):f}" for places in (1, -1)]
