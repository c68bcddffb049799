"""A whole paper: all its claims, the conventions that it follows, and a verdict for each claim.

What is tried for a claim is in `trial`, which conventions are the paper's in `followed`, and what
agrees in `search`. Here these are put together, with all that a reader is told of a claim.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from functools import cached_property

from casebook.audit import direction
from casebook.audit.agreement import decisions, doubted
from casebook.audit.among import among
from casebook.audit.asked import is_asked
from casebook.audit.behind import behind, why_not_computable
from casebook.audit.checked import Checked
from casebook.audit.checks import checks, printed_together
from casebook.audit.comparisons import Compared, compare_claims, compare_values
from casebook.audit.counted import of_known, why_open
from casebook.audit.data import Data
from casebook.audit.exchanged import exchanged
from casebook.audit.followed import definitions, find_followed, kind_followed, kind_of, misnomers
from casebook.audit.known import Together
from casebook.audit.named_checks import decision_of_printed
from casebook.audit.repeated import printed_otherwise, with_named_elsewhere
from casebook.audit.rows import find_row, other_statistics
from casebook.audit.search import judge
from casebook.audit.shares import share_answers
from casebook.audit.slips import misprint
from casebook.audit.sums import sums
from casebook.audit.trial import Trial, decision_error
from casebook.audit.turned import row_number
from casebook.audit.universal import against
from casebook.claims.among import EVERYONE
from casebook.claims.checked import Check
from casebook.claims.compared import ComparedTest
from casebook.claims.giving import is_p_value
from casebook.claims.listed import Claim
from casebook.claims.readings import (
    Comparison,
    NotPublished,
    PairedTest,
    ResultRow,
    Share,
    Universal,
    Values,
)
from casebook.data.patients import DIRECTIONS
from casebook.data.programs import beside
from casebook.data.results import Result
from casebook.data.verdicts import CONTRADICTED, NOT_COMPUTABLE, WRONG, Followed, Verdict
from casebook.data.vocabulary import Change, family
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
        """What has to hold and gives a number: of a p-value the paper's test as well."""
        trial = self.trials.get(claim.name)
        if trial is None or trial.reproduced:
            return trial.base.convention if trial else ""
        papers = trial.papers(self.followed_for(claim)) if is_p_value(claim.reading) else None
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

    def followed_for(self, claim: Claim) -> list[str]:
        """The conventions that the paper follows for claims of this kind, or for this number."""
        kind, trial = kind_followed(claim.reading), self.trials[claim.name]
        followed = {e.convention for e in self.conventions if e.followed and e.kind == kind}
        found = [
            way.convention
            for way in trial.tried
            if way.convention in followed
            and (
                not trial.names_another_than(way)
                or (way.convention, claim.convention) in self.misnomers
            )
        ]
        named = trial.named_elsewhere
        return [*found, *([named.convention] if named else [])]

    @cached_property
    def misnomers(self) -> frozenset[tuple[str, str]]:
        """The conventions that the paper calls by the name of another test, with that name."""
        return misnomers(self.trials.values())

    @cached_property
    def by_programs(self) -> Sequence[str]:
        """The tests of the programs whose conventions the paper follows for other tests."""
        return beside([each.convention for each in self.conventions if each.followed])

    def verdict(self, claim: Claim) -> Verdict:
        """What becomes of a claim."""
        found = self.judged[claim.name]
        if said := self.exchanged.get(claim.name):
            found = replace(found, reason="; ".join(filter(None, (said, found.reason))))
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
            checks=tuple(str(each) for each in checked if not each.failed),
            failed_checks=tuple(str(each) for each in checked if each.failed),
            **asdict(behind(self.data, claim.reading)),
        )
        if isinstance(claim.reading, Check) and claim.number:
            alpha = self.data.study.analysis.alpha
            flips = decision_of_printed(claim.reading, self.by_name, claim.number, alpha)
            found = replace(found, decision_error=flips)
        if claim.name not in self.trials:
            compared = _compared(self, claim, failed=bool(found.failed_checks))
            return replace(found, **asdict(compared))
        cut = checks(self.data, claim, self.by_name, self.together, rounding="truncated")
        return _of_number(
            self.data,
            found,
            self.trials[claim.name],
            self.followed_for(claim),
            self.by_programs,
            fails_cut_off=any(each.failed for each in cut),
        )


def read_paper(data: Data, claims: Sequence[Claim]) -> Paper:
    """Try all claims, and find the conventions that the paper follows."""
    if not data.study.source.has_table:
        return Paper(data, claims, {}, [])
    claims = with_named_elsewhere(claims)
    trials, directions = direction.trials(data, claims)
    conventions = [*find_followed(trials.values()), *directions]
    return Paper(direction.as_in_the_paper(data, directions), claims, trials, conventions)


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


def _of_number(
    data: Data,
    found: Verdict,
    trial: Trial,
    papers: Sequence[str],
    by_programs: Sequence[str],
    *,
    fails_cut_off: bool,
) -> Verdict:
    if not trial.tried or _is_open(trial):
        return replace(found, reason=why_not_computable(data, trial.claim.reading))
    if open_count := why_open(data, trial):
        return replace(found, reason=open_count)
    if trial.without_named:
        fitting = (v.name for v in trial.tried if trial.right(v))
        return replace(found, reason=_not_made(trial), would_fit=tuple(dict.fromkeys(fitting)))
    fails = bool(found.failed_checks)
    check = {"fails": fails, "fails_cut_off": fails_cut_off}
    judged = asdict(judge(trial, papers, **check, by_programs=by_programs))
    share, contradicted = judged.pop("slips_fit"), judged["verdict"] in WRONG
    shown, elsewhere = trial.shown(papers) if contradicted else trial.base, trial.papers(papers)
    test = _tests(data, trial).get(shown.convention)
    found = replace(
        found,
        **judged,
        reason=of_known(data, trial),
        slips_fit="" if trial.is_loose else f"{share:.4f}",
        result=test.key if test else found.result,
        recomputed=repr(shown.value),
        recomputed_by=shown.convention,
        rounding=trial.fit(shown) or "",
        direction=trial.direction,
        n_tried=len(trial.tried),
        n_values=trial.at_printed_precision(),
        decision_error=decision_error(trial, data.study.analysis.alpha, papers),
    )
    if elsewhere is not None and elsewhere.value != shown.value:
        value, name = repr(elsewhere.value), elsewhere.convention
        found = replace(found, papers_value=value, papers_convention=name)
    if not contradicted:
        return found
    nearest = trial.nearest()
    return replace(
        found,
        distance=repr(trial.printed.distance(shown.value)),
        nearest=repr(nearest.value),
        nearest_by=nearest.name,
        misprint=misprint(trial.printed, shown.value)
        or (misprint(trial.printed, elsewhere.value) if elsewhere else ""),
        reason=_why_not(data, trial, shown.value) or found.reason,
    )


def _is_open(trial: Trial) -> bool:
    """Whether it is open what is said of everyone or nobody, and no other fair reading holds."""
    is_universal = isinstance(trial.claim.reading, Universal)
    gives_none = trial.base.change == Change.READING
    return is_universal and gives_none and not any(map(trial.right, trial.tried))


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


def _not_made(trial: Trial) -> str:
    """That the test which the paper names was not made of these values, and which were."""
    families = {family(each.convention): None for each in definitions(trial)}
    made = ", ".join(name for name in families if name)
    return f"{trial.claim.convention}, which the paper names, was not made of these; made: {made}"


def _why_not(data: Data, trial: Trial, expected: float) -> str:
    """Who speaks against what is said of everyone or nobody, or what else is amiss, in words."""
    reading = trial.claim.reading
    if isinstance(reading, Universal):
        return against(data, reading)
    if trial.printed.relation == "=" and trial.printed.gives(-expected):
        return "the size is right, but the sign is not"
    return _meant_instead(data, trial)


def _meant_instead(data: Data, trial: Trial) -> str:
    """Which other statistic of the same place gives what is printed, were it meant, in words.

    It says nothing of the paper, but perhaps that claims.tsv names the wrong row of the results.
    """
    if not isinstance(trial.claim.reading, ResultRow) or trial.printed.relation != "=":
        return ""
    data = among(data, trial.claim.reading)
    taken = next((way for way in DIRECTIONS if way == trial.direction), data.differences)
    data = replace(data, differences=taken)
    own = find_row(data, trial.claim.reading)
    found = [
        _statistic(row)
        for row in other_statistics(data, own)
        if (value := row_number(data, row)) is not None and trial.printed.gives(value)
    ]
    would = f"{' or '.join(found)} would give what is printed"
    return f"in claims.tsv {_statistic(own)} is asked for; {would}" if found else ""


def _statistic(row: Result) -> str:
    return f"statistic={row.stat_name} ({row.stat_label})"


def _tests(data: Data, trial: Trial) -> Mapping[str, Result]:
    """The results of the tests that a claim can be of, by their names; none has those of a part."""
    is_of_part = getattr(trial.claim.reading, "where", EVERYONE) is not EVERYONE
    if is_of_part or is_asked(trial.claim.reading):
        return {}
    match trial.claim.reading:
        case PairedTest(cohort=cohort, outcome=outcome, contrast=contrast):
            return data.tests(cohort, outcome, contrast)
        case ComparedTest() as reading:
            return data.tests_between(reading)
    return {}
