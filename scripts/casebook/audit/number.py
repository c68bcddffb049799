"""What becomes of a claim of a number, with all that a reader is told of it.

Which convention agrees, and whether that is an excuse, is for `search`.
"""

from collections.abc import Mapping
from dataclasses import asdict, replace

from casebook.audit.among import among, in_results
from casebook.audit.asked import is_asked
from casebook.audit.behind import why_not_computable
from casebook.audit.counted import of_known, why_open
from casebook.audit.data import Data
from casebook.audit.followed import Habits, definitions
from casebook.audit.of_pairs import of_pairs
from casebook.audit.rows import find_row, other_statistics
from casebook.audit.search import judge
from casebook.audit.slips import misprint
from casebook.audit.trial import Trial, decision_error
from casebook.audit.turned import row_number
from casebook.audit.universal import against
from casebook.audit.variant import Variant
from casebook.audit.variants import variants
from casebook.claims.compared import ComparedTest
from casebook.claims.readings import ColumnStatistic, PairedTest, ResultRow, Share, Universal
from casebook.data.patients import DIRECTIONS
from casebook.data.results import Result
from casebook.data.verdicts import WRONG, Verdict
from casebook.data.vocabulary import Change, family

_OTHER_END = {"min": "max", "max": "min"}


def of_number(
    data: Data,
    found: Verdict,
    trial: Trial,
    habits: Habits,
    *,
    fails_cut_off: bool,
) -> Verdict:
    """The verdict on a claim of a number.

    Args:
        data: The data, with differences the way round in which the paper takes them.
        found: What is known of the claim without its number: what it says, its failed checks.
        trial: What was tried for it.
        habits: What is known of the paper.
        fails_cut_off: As in `judge`.
    """
    if (reason := _why_not_judged(data, trial)) is not None:
        return replace(found, reason=reason)
    if trial.without_named:
        fitting = (v.name for v in trial.tried if trial.right(v))
        return replace(found, reason=_not_made(trial), would_fit=tuple(dict.fromkeys(fitting)))
    fails = bool(found.failed_checks)
    judged = judge(trial, habits, fails=fails, fails_cut_off=fails_cut_off)
    is_wrong, papers = judged.verdict in WRONG, habits.of(trial)
    shown, elsewhere = trial.shown(papers) if is_wrong else trial.base, trial.papers(papers)
    test = _tests(data, trial).get(shown.convention)
    found = replace(
        found,
        **asdict(judged) | {"slips_fit": "" if trial.is_loose else f"{judged.slips_fit:.4f}"},
        reason=of_known(data, trial),
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
    return _with_how_wrong(data, found, trial, shown, elsewhere) if is_wrong else found


def _with_how_wrong(
    data: Data, found: Verdict, trial: Trial, shown: Variant, elsewhere: Variant | None
) -> Verdict:
    """The verdict on a number that is not right, with how far off it is, and what may explain it.

    Args:
        data: As in `of_number`.
        found: The verdict without that.
        trial: What was tried.
        shown: What should have been printed.
        elsewhere: What the convention gives that the paper follows elsewhere, if it follows one.
    """
    nearest = trial.nearest()
    expected = [shown.value, *([elsewhere.value] if elsewhere else [])]
    return replace(
        found,
        distance=repr(trial.printed.distance(shown.value)),
        nearest=repr(nearest.value),
        nearest_by=nearest.name,
        misprint=next(filter(None, (misprint(trial.printed, each) for each in expected)), ""),
        reason=_why_not(data, trial, shown.value) or found.reason,
    )


def _why_not_judged(data: Data, trial: Trial) -> str | None:
    """Why there is nothing to judge a number by; None if there is something."""
    if not trial.tried or _is_open(trial):
        return why_not_computable(data, trial.claim.reading)
    return why_open(data, trial) or None


def _is_open(trial: Trial) -> bool:
    """Whether it is open what is said of everyone or nobody, and no other fair reading holds."""
    is_universal = isinstance(trial.claim.reading, Universal)
    gives_none = trial.base.change == Change.READING
    return is_universal and gives_none and not any(map(trial.right, trial.tried))


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
    reading = trial.claim.reading
    if trial.printed.relation != "=":
        return ""
    data = among(data, reading)
    taken = next((way for way in DIRECTIONS if way == trial.direction), data.differences)
    data = replace(data, differences=taken)
    if isinstance(reading, ColumnStatistic) and reading.name in _OTHER_END:
        return _other_end(data, trial, reading)
    if isinstance(reading, Share | ColumnStatistic):
        return next(of_pairs(data, trial.printed, reading), "")
    if not isinstance(reading, ResultRow):
        return ""
    own = find_row(data, reading)
    found = [
        _statistic(row)
        for row in other_statistics(data, own)
        if (value := row_number(data, row)) is not None and trial.printed.gives(value)
    ]
    would = f"{' or '.join(found)} would give what is printed"
    return f"in claims.tsv {_statistic(own)} is asked for; {would}" if found else ""


def _other_end(data: Data, trial: Trial, reading: ColumnStatistic) -> str:
    """That the largest value would give what is printed, and not the smallest, or the reverse."""
    other = _OTHER_END[reading.name]
    if not trial.printed.gives(next(variants(data, replace(reading, name=other))).value):
        return ""
    of = f", of {trial.direction}" * bool(trial.direction)
    asked = f"in claims.tsv {reading.name}(...) is asked for{of}"
    return f"{asked}; {other}(...) would give what is printed"


def _statistic(row: Result) -> str:
    return f"statistic={row.stat_name} ({row.stat_label})"


def _tests(data: Data, trial: Trial) -> Mapping[str, Result]:
    """The results of the tests that a claim can be of, by their names; none has those of a part."""
    if not in_results(data.study, trial.claim.reading) or is_asked(trial.claim.reading):
        return {}
    match trial.claim.reading:
        case PairedTest(cohort=cohort, outcome=outcome, contrast=contrast):
            return data.tests(cohort, outcome, contrast)
        case ComparedTest() as reading:
            return data.tests_between(reading)
    return {}
