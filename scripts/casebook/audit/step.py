"""The audit of a whole paper: a verdict for each claim, and the conventions that the paper follows.

A convention is the paper's when it reproduces every claim of its kind that any convention
reproduces. One that was found for a single claim by trying many is not.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from casebook.audit import direction
from casebook.audit.behind import behind, unknown_patients, why_not_computable
from casebook.audit.checks import checks, printed_together
from casebook.audit.comparisons import Compared, compare_claims, compare_values
from casebook.audit.data import Data
from casebook.audit.fingerprint import speakers, spoken
from casebook.audit.repeated import printed_otherwise
from casebook.audit.rows import check_compared, find_row, other_statistics
from casebook.audit.trial import Trial, decision_error, judge, misprint
from casebook.audit.turned import row_number
from casebook.audit.variants import Variant
from casebook.claims.checked import Check
from casebook.claims.compared import ComparedDifference, ComparedTest
from casebook.claims.listed import Claim, read_claims
from casebook.claims.over_visits import VisitsTest
from casebook.claims.readings import (
    Comparison,
    NotPublished,
    PairedTest,
    Reading,
    ReadingError,
    ResultRow,
    Values,
)
from casebook.data.findings import Finding, stop_at_errors
from casebook.data.patients import read_rows
from casebook.data.results import Result, read_results
from casebook.data.slices import read_slices
from casebook.data.spoken import write_speakers, write_spoken
from casebook.data.verdicts import (
    CONTRADICTED,
    NOT_COMPUTABLE,
    Followed,
    Tried,
    Verdict,
    write_followed,
    write_tried,
    write_verdicts,
)
from casebook.data.vocabulary import OF_STATISTIC, Kind, family
from casebook.study.load import load_study

_KINDS: Mapping[str, Kind] = {
    "p25": Kind.QUARTILE,
    "p75": Kind.QUARTILE,
    "p_value": Kind.P_VALUE,
    "sd": Kind.SPREAD,
}
"""The kinds of claim by what their readings ask for."""
_FOLLOWS = {**_KINDS, "significant": Kind.P_VALUE}
"""The kind whose convention a claim follows: a decision follows that of the p-values."""
_P_VALUES: Mapping[type[Reading], Kind] = {
    ComparedTest: Kind.P_BETWEEN,
    VisitsTest: Kind.P_OVER_VISITS,
}
"""The kinds of p-value for which other tests are made than of pairs."""
_FEWEST_CLAIMS = 2


@dataclass(frozen=True)
class Files:
    """The files of an audit.

    Attributes:
        study: The study.yaml.
        claims: The claims.tsv.
        patients: All patients, and the rows where they stand.
        slices: The patients of all cohorts, in one file or several.
        results: The results of all cohorts.
        verdicts: Table to write, a row a claim.
        tried: Table to write, a row for each claim and convention.
        followed: Table to write, a row for each convention that the paper may follow.
        programs: Table to write, a row for each claim and program.
        together: Table to write, a row a program.
    """

    study: Path
    claims: Path
    patients: Path
    slices: Sequence[Path]
    results: Path
    verdicts: Path
    tried: Path
    followed: Path
    programs: Path
    together: Path


def audit(files: Files) -> None:
    """Judge every claim of a paper.

    Raises:
        DataError: with every mistake in the claims.
    """
    model = load_study(files.study)
    cohorts = read_slices(files.slices, model.kinds)
    data = Data(model, cohorts, read_results(files.results), read_rows(files.patients))
    read = read_claims(files.claims, model)
    stop_at_errors(_without_row(data, read, str(files.claims)), "the claims")
    trials, directions = direction.trials(data, read)
    conventions = [*find_followed(trials.values()), *directions]
    turned = direction.as_in_the_paper(data, directions)
    write_verdicts(files.verdicts, judged(turned, read, trials, conventions))
    write_tried(files.tried, (row for each in trials.values() for row in _tried(each)))
    write_followed(files.followed, conventions)
    by_programs = list(spoken(turned, read))
    write_spoken(files.programs, by_programs)
    write_speakers(files.together, speakers(by_programs))


def _without_row(data: Data, claims: Sequence[Claim], file: str) -> Iterator[Finding]:
    """The claims whose reading names a row that the results do not have."""
    for claim in claims:
        for source, reading in {claim.source: claim.reading, **claim.otherwise}.items():
            column = "computed_as" if reading is claim.reading else "otherwise"
            try:
                if isinstance(reading, ResultRow):
                    find_row(data, reading)
                elif isinstance(reading, ComparedTest | ComparedDifference):
                    check_compared(data, reading)
            except ReadingError as problem:
                yield Finding("error", file, claim.line, column, source, "", str(problem))


def find_followed(trials: Collection[Trial]) -> Iterator[Followed]:
    """How many claims of its kind each convention reproduces, and whether it is the paper's."""
    for kind in (*dict.fromkeys(_KINDS.values()), *_P_VALUES.values()):
        of_kind = _printed_once(t for t in trials if _kind(t.claim.reading) == kind)
        if len(of_kind) < _FEWEST_CLAIMS:
            continue
        reproducible = [t for t in of_kind if any(t.right(v) for v in _definitions(t).values())]
        names = dict.fromkeys(name for t in of_kind for name in _definitions(t))
        for name in names:
            count = sum(
                name in found and each.right(found[name])
                for each in reproducible
                for found in [_definitions(each)]
            )
            every = len(reproducible) >= _FEWEST_CLAIMS and count == len(reproducible)
            yield Followed(
                kind, name, count, len(reproducible), len(of_kind), "yes" if every else ""
            )


def _printed_once(trials: Iterable[Trial]) -> list[Trial]:
    """The claims that print a number, what is printed several times alike once.

    A bound is none of them: among many tests some agree with it by chance.
    """
    found = {
        (trial.claim.source, trial.printed): trial
        for trial in trials
        if trial.printed.relation == "=" and _definitions(trial)
    }
    return list(found.values())


def _kind(reading: Reading, kinds: Mapping[str, Kind] = _KINDS) -> str:
    name: str = getattr(reading, "name", "")
    kind: str = kinds.get(name, name)
    return _P_VALUES.get(type(reading), kind) if kind == Kind.P_VALUE else kind


def _definitions(trial: Trial) -> dict[str, Variant]:
    """What a claim would be under each definition of its statistic, its own first."""
    return {v.convention: v for v in trial.tried if v.change in OF_STATISTIC}


def judged(
    data: Data,
    claims: Sequence[Claim],
    trials: Mapping[str, Trial],
    conventions: Sequence[Followed],
) -> Iterator[Verdict]:
    """A verdict for each claim, in their order."""
    by_name = {claim.name: claim for claim in claims}
    together, elsewhere = printed_together(claims), printed_otherwise(claims)
    for claim in claims:
        checked = list(checks(data, claim, by_name, together))
        found = Verdict(
            **{name: getattr(claim, name) for name in ("place", "words", "printed", "note")},
            claim=claim.name,
            computed_as=claim.source,
            statistic=getattr(claim.reading, "name", ""),
            kind=_kind(claim.reading),
            decimals=claim.number.decimals if claim.number else 0,
            verdict=NOT_COMPUTABLE,
            elsewhere=elsewhere.get(claim.name, ()),
            checks=tuple(str(each) for each in checked if not each.failed),
            failed_checks=tuple(str(each) for each in checked if each.failed),
            **asdict(behind(data, claim.reading)),
        )
        if claim.name in trials:
            papers = [
                each.convention
                for each in conventions
                if each.followed and each.kind == _kind(claim.reading, _FOLLOWS)
            ]
            cut = checks(data, claim, by_name, together, rounding="truncated")
            fails_cut_off = any(each.failed for each in cut)
            yield _of_number(data, found, trials[claim.name], papers, fails_cut_off=fails_cut_off)
        else:
            compared = _compared(data, claim, by_name, trials, failed=bool(found.failed_checks))
            yield replace(found, **asdict(compared))


def _compared(
    data: Data,
    claim: Claim,
    claims: Mapping[str, Claim],
    trials: Mapping[str, Trial],
    *,
    failed: bool,
) -> Compared:
    match claim.reading:
        case Comparison() as reading:
            return compare_claims(claim, reading, claims, trials)
        case Check():
            verdict = CONTRADICTED if failed else NOT_COMPUTABLE
            return Compared(verdict, reason="there are no raw data to compute it from")
        case NotPublished(reason=reason):
            return Compared(NOT_COMPUTABLE, reason=reason)
        case Values() as reading:
            return compare_values(data, claim, reading)
    raise AssertionError(f"{claim.name} has a reading of another kind")


def _of_number(
    data: Data, found: Verdict, trial: Trial, papers: Sequence[str], *, fails_cut_off: bool
) -> Verdict:
    if not trial.tried:
        return replace(found, reason=why_not_computable(data, trial.claim.reading))
    unknown = unknown_patients(data, trial)
    if unknown:
        return replace(found, reason=f"it is not known for {', '.join(unknown)}")
    if trial.without_named:
        fitting = (v.convention for v in trial.tried if trial.right(v))
        return replace(found, reason=_not_made(trial), would_fit=tuple(dict.fromkeys(fitting)))
    fails = bool(found.failed_checks)
    judged = judge(trial, papers, fails=fails, fails_cut_off=fails_cut_off)
    contradicted = judged.verdict == CONTRADICTED
    shown, elsewhere = trial.shown(papers) if contradicted else trial.base, trial.papers(papers)
    test = _tests(data, trial).get(shown.convention)
    found = replace(
        found,
        **asdict(judged),
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
        nearest_by=nearest.convention,
        misprint=misprint(trial.printed, shown.value),
        reason=_meant_instead(data, trial),
    )


def _not_made(trial: Trial) -> str:
    """That the test which the paper names was not made of these values, and which were."""
    families = {family(name): None for name in _definitions(trial)}
    made = ", ".join(name for name in families if name)
    return f"{trial.claim.convention}, which the paper names, was not made of these; made: {made}"


def _meant_instead(data: Data, trial: Trial) -> str:
    """Which other statistic of the same place gives what is printed, were it meant, in words.

    It says nothing of the paper, but perhaps that claims.tsv names the wrong row of the results.
    """
    if not isinstance(trial.claim.reading, ResultRow) or trial.printed.relation != "=":
        return ""
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
    """The results of the tests that a claim can be of, by their names."""
    match trial.claim.reading:
        case PairedTest(cohort=cohort, outcome=outcome, contrast=contrast):
            return data.tests(cohort, outcome, contrast)
        case ComparedTest() as reading:
            return data.tests_between(reading)
    return {}


def _tried(trial: Trial) -> Iterator[Tried]:
    kind = _kind(trial.claim.reading)
    for variant in trial.tried:
        yield Tried(
            trial.claim.name,
            kind,
            variant.change,
            variant.convention,
            repr(variant.value),
            trial.fit(variant) or "",
        )
