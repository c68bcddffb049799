"""A whole paper: all its claims, the conventions that it follows, and a verdict for each claim.

What is tried for a claim is in `trial`, which conventions are the paper's in `followed`, and what
becomes of a number in `number`. Here these are put together.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from functools import cached_property

from casebook.audit import direction
from casebook.audit.agreement import decisions, doubted
from casebook.audit.behind import behind
from casebook.audit.checked import Checked
from casebook.audit.checks import checks, printed_together
from casebook.audit.comparisons import Compared, compare_claims, compare_values
from casebook.audit.data import Data
from casebook.audit.exchanged import exchanged
from casebook.audit.followed import Habits, find_followed, habits_of, kind_of
from casebook.audit.known import Together
from casebook.audit.named_checks import decision_of_printed
from casebook.audit.number import of_number
from casebook.audit.repeated import printed_otherwise, with_named_elsewhere
from casebook.audit.shares import share_answers
from casebook.audit.sums import sums
from casebook.audit.trial import Trial
from casebook.audit.two_visits import of_more_patients
from casebook.claims.checked import Check
from casebook.claims.giving import is_p_value
from casebook.claims.listed import Claim
from casebook.claims.readings import (
    Comparison,
    NotPublished,
    Share,
    Values,
)
from casebook.data.verdicts import CONTRADICTED, CUT_OFF, NOT_COMPUTABLE, Followed, Verdict
from casebook.wording.sentences import in_brief

_COPIED = ("place", "words", "printed", "note", "review")
"""What a verdict says as the claim does."""


@dataclass(frozen=True)
class Paper:
    """The claims of a paper, what was tried for each, and the conventions that it follows.

    `data` have differences the way round in which the paper takes them.
    """

    data: Data
    claims: Sequence[Claim]
    trials: Mapping[str, Trial]
    conventions: Sequence[Followed]

    @cached_property
    def by_name(self) -> dict[str, Claim]:
        """The claims by their names."""
        return {claim.name: claim for claim in self.claims}

    @cached_property
    def together(self) -> Together:
        """What is printed of the same values."""
        return printed_together(self.claims)

    @cached_property
    def elsewhere(self) -> dict[str, tuple[str, ...]]:
        """The claims that print another value of the same."""
        right = {claim.name: self._right_by(claim) for claim in self.claims}
        return printed_otherwise(self.claims, right)

    def _right_by(self, claim: Claim) -> str:
        """The convention that has to hold, if it gives the claim's number, or else nothing.

        Of a p-value it may also be the test that the paper follows elsewhere.
        """
        trial = self.trials.get(claim.name)
        if trial is None:
            return ""
        if trial.reproduced:
            return trial.base.convention
        papers = trial.papers(self.habits.of(trial)) if is_p_value(claim.reading) else None
        return papers.convention if papers and trial.right(papers) else ""

    @cached_property
    def sums(self) -> dict[str, list[Checked]]:
        """Whether the parts of a whole add up, by the names of the claims that print them."""
        return sums(self.data, self.claims, self.together)

    @cached_property
    def decisions(self) -> dict[str, list[Checked]]:
        """Of summaries alone, whether p-values and words agree, by the names of the claims."""
        is_alone = not self.data.study.source.has_table
        return decisions(self.claims, self.data.study.analysis.alpha) if is_alone else {}

    @cached_property
    def checks(self) -> dict[str, list[Checked]]:
        """The checks of each claim alone, by its name."""
        return {
            claim.name: [*checks(self.data, claim, self.by_name, self.together)]
            for claim in self.claims
        }

    @cached_property
    def doubted(self) -> dict[str, tuple[str, ...]]:
        """Of summaries alone, the claims of which one must be wrong, by the name of each."""
        if self.data.study.source.has_table:
            return {}
        return doubted(self.checks, (self.sums, self.decisions), self.elsewhere)

    @cached_property
    def judged(self) -> dict[str, Verdict]:
        """What becomes of each claim by itself, by its name."""
        return {claim.name: self._judged(claim) for claim in self.claims}

    @cached_property
    def exchanged(self) -> dict[str, str]:
        """What is said of claims whose numbers stand in each other's place, by their names."""
        return exchanged(self.data.study, self.claims, self.judged)

    @cached_property
    def of_more_patients(self) -> dict[str, str]:
        """What is said of claims of more patients than another visit beside them is of."""
        return of_more_patients(self.data, self.claims, self.judged)

    @cached_property
    def habits(self) -> Habits:
        """How the paper computes its numbers."""
        return habits_of(self.trials.values(), self.conventions)

    def verdict(self, claim: Claim) -> Verdict:
        """What becomes of a claim."""
        found = self.judged[claim.name]
        said = (self.exchanged.get(claim.name), self.of_more_patients.get(claim.name))
        found = replace(found, reason="; ".join(filter(None, (*said, found.reason))))
        added = [*self.sums.get(claim.name, ()), *self.decisions.get(claim.name, ())]
        if claim.of is not None and found.verdict != NOT_COMPUTABLE:
            found = _of_printed_many(self.data, claim, found)
        if (names := self.doubted.get(claim.name)) and found.verdict == NOT_COMPUTABLE:
            reason = f"{in_brief(names)} cannot all be right"
            found = replace(found, verdict=CONTRADICTED, reason=reason)
        return replace(
            found,
            checks=(*found.checks, *(str(each) for each in added if not each.failed)),
            failed_checks=(*found.failed_checks, *(str(each) for each in added if each.failed)),
        )

    def _judged(self, claim: Claim) -> Verdict:
        checked = self.checks[claim.name]
        found = Verdict(
            **{name: getattr(claim, name) for name in _COPIED},
            claim=claim.name,
            computed_as=claim.source,
            statistic=getattr(claim.reading, "name", ""),
            kind=kind_of(claim.reading),
            decimals=claim.number.decimals if claim.number else 0,
            verdict=NOT_COMPUTABLE,
            elsewhere=self.elsewhere.get(claim.name, ()),
            **asdict(behind(self.data, claim.reading)),
        )
        found = _with_checks(found, checked)
        if isinstance(claim.reading, Check) and claim.number:
            alpha = self.data.study.analysis.alpha
            flips = decision_of_printed(claim.reading, self.by_name, claim.number, alpha)
            found = replace(found, decision_error=flips)
        if claim.name not in self.trials:
            compared = _compared(self, claim, failed=bool(found.failed_checks))
            return replace(found, **asdict(compared))
        if_cut = [*checks(self.data, claim, self.by_name, self.together, rounding="truncated")]
        judged = of_number(
            self.data,
            found,
            self.trials[claim.name],
            self.habits,
            fails_cut_off=any(each.failed for each in if_cut),
        )
        if judged.reproduced_by != (CUT_OFF,):
            return judged
        # That it could not have been rounded to what is printed says nothing of what was cut off.
        return _with_checks(judged, [replace(e, title=f"{e.title}, if cut off,") for e in if_cut])


def read_paper(data: Data, claims: Sequence[Claim]) -> Paper:
    """Try all claims, and find the conventions that the paper follows."""
    if not data.study.source.has_table:
        return Paper(data, claims, {}, [])
    claims = with_named_elsewhere(claims)
    trials, directions = direction.trials(data, claims)
    conventions = [*find_followed(trials.values()), *directions]
    return Paper(direction.as_in_the_paper(data, directions), claims, trials, conventions)


def _with_checks(found: Verdict, made: Sequence[Checked]) -> Verdict:
    failed, passed = ([str(e) for e in made if e.failed is way] for way in (True, False))
    return replace(found, checks=tuple(passed), failed_checks=tuple(failed))


def _compared(paper: Paper, claim: Claim, *, failed: bool) -> Compared:
    match claim.reading:
        case Comparison() as reading:
            return compare_claims(claim, reading, paper.by_name, paper.trials)
        case NotPublished(reason=reason):
            return Compared(NOT_COMPUTABLE, reason=reason)
        case reading if isinstance(reading, Check) or not paper.data.study.source.has_table:
            if failed:
                return Compared(CONTRADICTED)
            return Compared(NOT_COMPUTABLE, reason="there are no raw data to compute it from")
        case Values() as reading:
            return compare_values(paper.data, claim, reading)
    raise AssertionError(f"{claim.name} has a reading of another kind")


def _of_printed_many(data: Data, claim: Claim, found: Verdict) -> Verdict:
    """The verdict on a count, which is contradicted if it is not of as many as the paper says."""
    reading = claim.reading
    if not isinstance(reading, Share):
        return found
    answers = share_answers(data, reading)
    known, members = len(answers) - answers.count(None), len(answers)
    if claim.of in (known, members, len(data.cohorts[reading.cohort])):
        return found
    of_members = f" of {members}" if known < members else ""
    reason = f"it is printed to be of {claim.of}, but it is known of {known}{of_members}"
    return replace(found, verdict=CONTRADICTED, reason=reason)
