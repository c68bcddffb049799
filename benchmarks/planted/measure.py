"""The audit's verdicts on correct claims and on planted errors, and whether it names the cause.

Of each study some correct claims are judged together, and then some errors of each kind and
statistic. They are drawn at random from a fixed seed, so that the verdicts are always the same.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from casebook.audit.step import Files, audit
from casebook.claims.listed import COLUMNS
from casebook.data.verdicts import OTHER_CONVENTION, REPRODUCED, Verdict
from casebook.data.verdicts import read_verdicts as read
from planted.errors import DECISION, MISPRINT, Claim, chosen, correct, errors, is_right
from planted.studies import Paper
from planted.truth import facts

SEED = 20240607


@dataclass(frozen=True)
class Judged:
    """A claim and its verdict."""

    claim: Claim
    verdict: Verdict

    @property
    def found(self) -> bool:
        """Whether the audit finds an error."""
        return self.verdict.verdict != REPRODUCED

    @property
    def fails_check(self) -> bool:
        """Whether a check that needs no raw data finds the claim to be impossible."""
        return bool(self.verdict.failed_checks)

    @property
    def explanations(self) -> list[str]:
        """What the audit gives as the cause, if the true one is among it."""
        claim, verdict = self.claim, self.verdict
        if claim.cause == MISPRINT:
            right = verdict.misprint.partition(" with ")[0]
            return [right] if right and is_right(right, claim.fact.value) else []
        if claim.cause == DECISION:
            return [DECISION] if verdict.decision_error else []
        names = [*verdict.reproduced_by, *verdict.would_fit, *verdict.ruled_out]
        return names if self._named(names) else []

    def _named(self, names: Sequence[str]) -> bool:
        """Whether the cause is among these."""
        return any(self.claim.cause and name.startswith(self.claim.cause) for name in names)

    @property
    def called_right(self) -> bool:
        """Whether the wrong number is found right by a convention that is not the cause."""
        agreed = self.verdict.verdict == OTHER_CONVENTION
        return agreed and not self._named(self.verdict.reproduced_by)


@dataclass
class Measured:
    """Verdicts on correct claims and on planted errors."""

    correct: list[Judged] = field(default_factory=list)
    planted: list[Judged] = field(default_factory=list)

    @property
    def false_alarms(self) -> list[Judged]:
        """Correct claims that were not reproduced."""
        return [each for each in self.correct if each.verdict.verdict != REPRODUCED]

    @property
    def missed(self) -> list[Judged]:
        """Planted errors that were not found."""
        return [each for each in self.planted if not each.found]


def measure(papers: Iterable[Paper], most: int, each: int) -> Measured:
    """Judge so many correct claims of each study, and so many errors of each kind and statistic."""
    random = np.random.default_rng(SEED)
    found = Measured()
    for paper in papers:
        known = list(facts(paper))
        right = list(correct(known, random))
        found.correct += judge(paper, chosen(right, most, random))
        groups: dict[tuple[str, str], list[Claim]] = {}
        for claim in errors(known, right, random):
            if not claim.hidden:
                groups.setdefault((claim.kind, claim.fact.statistic), []).append(claim)
        planted = [claim for group in groups.values() for claim in chosen(group, each, random)]
        # What one claim names as its convention is believed of others of the same number.
        named = [claim for claim in planted if claim.convention]
        unnamed = [claim for claim in planted if not claim.convention]
        for batch in filter(None, (unnamed, named)):
            found.planted += judge(paper, batch)
    return found


def judge(paper: Paper, claims: Sequence[Claim]) -> Iterator[Judged]:
    """Have the audit judge claims, through its files."""
    lines = [list(COLUMNS)]
    for place, claim in enumerate(claims):
        others = [f"C{place}x{number}" for number, _ in enumerate(claim.of)]
        lines.append(line(f"C{place}", claim, others))
        lines += [line(name, other, []) for name, other in zip(others, claim.of, strict=True)]
    file, folder = paper.folder / "claims.tsv", paper.folder
    file.write_text("".join("\t".join(each) + "\n" for each in lines), encoding="utf-8")
    slices = sorted((folder / "cohorts").glob("*.csv"))
    names = ("verdicts", "tried", "followed", "programs", "together")
    written = [folder / f"{name}.csv" for name in names]
    data = (folder / "patients.csv", slices, folder / "results.csv")
    audit(Files(folder / "study.yaml", file, *data, *written))
    verdicts = {verdict.claim: verdict for verdict in read(written[0])}
    return (Judged(claim, verdicts[f"C{place}"]) for place, claim in enumerate(claims))


def line(name: str, claim: Claim, others: Sequence[str]) -> list[str]:
    """The cells of a claim in claims.tsv."""
    reading = claim.fact.reading.format(*others)
    return [name, "Results", "words", claim.printed, reading, "", claim.convention, "", ""]
