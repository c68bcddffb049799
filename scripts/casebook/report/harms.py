"""Harms for a reader: who had which adverse event, how often, and what no event can exclude.

Tables and sentences show rows of results, each number traced to its own, and compute nothing.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from casebook.base.lists import enumerated
from casebook.data.harms import GRADES, HARMS, RELATED, SERIOUS, SEVERE, WORST, YES, Harm
from casebook.data.results import BOUND, HARM, RATE, TOGETHER, Result, Results
from casebook.report.manuscript import Row, Table, shared_note
from casebook.study.harms import Harms
from casebook.study.model import Study
from casebook.wording import places
from casebook.wording.columns import Column, exceptions, telling
from casebook.wording.harms import NAMED
from casebook.wording.numbers import NOT_COMPUTED, count_text, level_text, percent_text
from casebook.wording.sentences import IN_A_SENTENCE, ending, in_brief
from casebook.wording.traces import plain, traced, traced_number

MEASURES = {
    HARMS: "Any",
    SERIOUS: "Serious",
    RELATED: "Related to the treatment",
    WORST: f"Grade {SEVERE} or higher",
}
"""What is counted of patients with adverse events, for readers."""

_EXACT = "Clopper-Pearson"
_IN_HARMS = f"in the {places.HARMS}"
_EXCLUDED = "What can be excluded"


def harm_tables(study: Study, results: Results) -> list[Table]:
    """The tables on harms; none for a study that describes none."""
    if study.harms is None:
        return []
    tables = [harms_table(study, results), _shares(study, study.harms, results)]
    if study.treatment:
        tables.append(_rates(study, study.harms, results))
    return tables


def harms_table(study: Study, results: Results) -> Table:
    """Patients with adverse events, by term and worst grade, a column for each cohort."""
    harms = _harms(study)
    columns = [
        f"{cohort.label} (n = {traced_number(results.size(name))})"
        for name, cohort in study.cohorts.items()
    ]
    rows = [Row("Patients with an adverse event")]
    rows += [Row(MEASURES[name], _counts(study, results, name), level=1) for name in harms.kinds]
    missing = [_row(results, each, HARMS, "n_missing") for each in study.cohorts]
    if any(each.number for each in missing):
        rows.append(Row("Not known whether any", tuple(map(traced_number, missing)), level=1))
    if graded := list(_grades(study, results, "")):
        rows += [Row("By worst grade"), *graded]
    absent = _absent(study, results)
    terms = {t: label for t, label in terms_of(study, results).items() if t not in absent}
    rows += [Row("By event")] if terms else []
    for term, label in terms.items():
        rows.append(Row(label, _counts(study, results, HARMS, term), level=1))
        rows += _grades(study, results, term, level=2)
    return Table(
        "harms",
        f"{harms.label}, by cohort",
        ("Adverse event", *columns),
        tuple(rows),
        (*_notes(study, harms, [*absent.values()]), *shared_note(study, results)),
    )


def harm_findings(study: Study, results: Results) -> Iterator[str]:
    """What is to be said of harms first: who had how many, and what no event can exclude.

    Cohorts that are compared are told side by side, and so are all cohorts where they are few and
    share no patient; whoever is not in those is told with all patients, each counted once.
    """
    if study.harms is None:
        return
    for cohorts in _side_by_side(study, results):
        yield from _findings_of(study, study.harms, results, cohorts)


def _side_by_side(study: Study, results: Results) -> Iterator[list[str]]:
    """The cohorts that one sentence tells; `TOGETHER` stands for all patients."""
    everyone = results.size(TOGETHER).number
    compared = [each.cohorts for each in study.comparisons.values()]
    if not compared and len(study.cohorts) <= IN_A_SENTENCE:
        compared = [(*study.cohorts,)] if _total(results, study.cohorts) == everyone else []
    if compared:
        yield list(dict.fromkeys(chain(*compared)))
    if not any(_total(results, cohorts) == everyone for cohorts in compared):
        yield [TOGETHER]


def _total(results: Results, cohorts: Iterable[str]) -> float:
    """The sizes of cohorts, which add up to all patients if none is in two and none is left out."""
    return sum(results.size(cohort).number for cohort in cohorts)


def _findings_of(
    study: Study, harms: Harms, results: Results, cohorts: Sequence[str]
) -> Iterator[str]:
    known = [each for each in cohorts if _row(results, each, HARMS, "n").number]
    spared = [each for each in known if not _row(results, each, HARMS, "count").number]
    told = []
    for name in harms.kinds:
        counts = {each: _row(results, each, name, "count") for each in cohorts}
        sizes = {each: _row(results, each, name, "n") for each in cohorts}
        if any(count.number for count in counts.values()):
            shares = (f"{_label(study, each)} {_of(counts[each], sizes[each])}" for each in cohorts)
            told.append(f"{harms.label}, {MEASURES[name].lower()}{ending(shares, _IN_HARMS)}")
        # Without any there is none of any kind.
        asked = [each for each in cohorts if name == HARMS or each not in spared]
        none = [each for each in asked if sizes[each].number and not counts[each].number]
        if none:
            yield _none_of(study, results, none, name)
    yield from told


def events_of(study: Study, harms: Sequence[Harm]) -> dict[str, str]:
    """The adverse events of each patient in words, in the order of their beginning."""
    found: dict[str, list[str]] = {}
    for harm in harms:
        if harm.happened == YES:
            label = study.harm_terms.get(harm.term, harm.term)
            grade = f"grade {harm.grade}" if harm.grade else ""
            serious = "serious" if harm.serious == YES else ""
            related = "related" if harm.related == YES else ""
            times = f"{harm.start or '?'} to {harm.end or '?'}" if harm.start or harm.end else ""
            more = ", ".join(filter(None, [grade, serious, related, times, harm.outcome]))
            row = f", row {harm.row}" if harm.row else ""
            found.setdefault(harm.patient, []).append(f"{label} ({more}{row})" if more else label)
    return {patient: "; ".join(texts) for patient, texts in found.items()}


def _harms(study: Study) -> Harms:
    if study.harms is None:
        raise ValueError("the study has no harms")
    return study.harms


def _row(
    results: Results, cohort: str, name: str, stat: str, method: str = "", term: str = ""
) -> Result:
    return results.get(cohort, name, HARM, stat, method=method, level=term)


def terms_of(study: Study, results: Results) -> dict[str, str]:
    """All terms with their labels, the most frequent first; those alike as study.yaml has them."""
    patients: dict[str, float] = {}
    for cohort in study.cohorts:
        for row in results.levels(cohort, HARMS, HARM, "count"):
            patients[row.variable_level] = patients.get(row.variable_level, 0) + row.number
    ordered = sorted(patients, key=lambda term: -patients[term])
    return {term: study.harm_terms.get(term, term) for term in ordered}


def _absent(study: Study, results: Results) -> dict[str, str]:
    """The terms that no patient of any cohort had, though they were looked for, with labels."""
    return {
        term: label
        for term, label in terms_of(study, results).items()
        if not any(_row(results, c, HARMS, "count", term=term).number for c in study.cohorts)
    }


def _counts(study: Study, results: Results, name: str, level: str = "") -> tuple[str, ...]:
    return tuple(counted(results, cohort, name, level) for cohort in study.cohorts)


def counted(results: Results, cohort: str, name: str, term: str = "") -> str:
    """How many patients of a cohort had such an adverse event, of a term or of any."""
    count = results.get(cohort, name, HARM, "count", level=term)
    percent = results.get(cohort, name, HARM, "percent", level=term, method="Wilson")
    return count_text(count, percent, traced)


def _grades(study: Study, results: Results, term: str, level: int = 1) -> Iterator[Row]:
    """How many patients had each worst grade, those that nobody had left out."""
    stats = {f"count_grade_{grade}": f"Grade {grade}" for grade in GRADES}
    stats["count_no_grade"] = "Grade not known"
    if WORST not in _harms(study).kinds:
        return
    for stat, label in stats.items():
        counts = [results.get(c, HARMS, HARM, stat, level=term) for c in study.cohorts]
        if any(count.number for count in counts):
            yield Row(label, tuple(map(traced_number, counts)), level)


def _is_timed(study: Study, harms: Harms) -> bool:
    """Whether it may be known when on the treatment an event began."""
    if study.treatment is None or harms.table is None or harms.table.columns.start is None:
        return False
    return harms.table.times == "since start" or study.treatment.start is not None


def _notes(study: Study, harms: Harms, absent: Sequence[str]) -> Iterator[str]:
    graded = WORST in harms.kinds
    yield (
        "Counts are patients, with the percentage of those of whom it is known; a patient with"
        f" several events counts once in each row{', under the worst grade' if graded else ''}."
    )
    if _is_timed(study, harms):
        yield (
            "Events that began before the treatment are not counted; those after its end are, but"
            " not in rates."
        )
    if graded:
        yield "Grades are those of the Common Terminology Criteria for Adverse Events (CTCAE)."
    if absent:
        told = ending(absent, f"in the table {_EXCLUDED}", between=", ")
        yield f"Looked for and found in none of these cohorts{told}"


def _shares(study: Study, harms: Harms, results: Results) -> Table:
    level = level_text(study.analysis.confidence_level)
    asked = [(MEASURES[name], name, "") for name in harms.kinds]
    asked += [(label, HARMS, term) for term, label in _absent(study, results).items()]
    of = [
        (label, [_Share(results, cohort, name, term) for cohort in study.cohorts])
        for label, name, term in asked
    ]
    shown = telling(_share_columns(level), [share for _, shares in of for share in shares])
    rows = []
    for label, shares in of:
        rows.append(Row(label))
        for share in shares:
            cells = tuple(column.cell(share) for column in shown)
            rows.append(Row(study.cohorts[share.cohort].label, cells, level=1))
    columns = ("Adverse event and cohort", *(column.heading for column in shown))
    notes = (
        "The interval and the one-sided bound are exact (Clopper-Pearson). They say which shares of"
        " all such patients are compatible with what was seen: that nobody had an event does not"
        " show that nobody will.",
    )
    return Table("harm-shares", _EXCLUDED, columns, tuple(rows), notes)


@dataclass(frozen=True, slots=True)
class _Share:
    """The patients of a cohort who had an adverse event of a kind, or of a term."""

    results: Results
    cohort: str
    name: str
    term: str

    def row(self, stat: str, method: str = "") -> Result:
        return _row(self.results, self.cohort, self.name, stat, method, self.term)

    @property
    def interval(self) -> str:
        if not self.row("n").number:
            return NOT_COMPUTED
        low, high = (traced_number(self.row(end, _EXACT), 0) for end in ("conf_low", "conf_high"))
        return f"{low} to {high}"

    @property
    def bound(self) -> str:
        known = self.row("n").number
        return _percent(self.row("conf_high", BOUND)) if known else NOT_COMPUTED


def _share_columns(level: str) -> Iterator[Column[_Share]]:
    yield Column("Patients", lambda share: _of(share.row("count"), share.row("n")))
    yield Column(f"{level} interval, %", lambda share: share.interval)
    yield Column(f"Compatible with up to, one-sided {level}", lambda share: share.bound)
    yield exceptions("Not known", lambda share: share.row("n_missing"))


def _rates(study: Study, harms: Harms, results: Results) -> Table:
    unit = _unit(study)
    rows = []
    for name in harms.kinds:
        rows.append(Row(MEASURES[name]))
        for cohort, described in study.cohorts.items():
            rows.append(Row(described.label, _rate(results, cohort, name), level=1))
    columns = (
        "Adverse event and cohort",
        "Patients with a known time",
        f"Time on treatment, patient-{unit}",
        "Events",
        f"Events per 100 patient-{unit} (confidence interval)",
    )
    notes = [
        "The interval is exact for events that come independently of each other (Garwood); where"
        " one patient had many of them, it is too narrow.",
    ]
    if any(
        _row(results, cohort, name, "rate", RATE).warning
        for name in harms.kinds
        for cohort in study.cohorts
    ):
        notes.append(
            "Some patients had an event and may have had others, of which it is not known: only"
            " those that are known count, so that a rate may be too low (results.csv says where)."
        )
    if harms.sets or harms.terms:
        notes.append("Of columns that say only whether it happened, a patient counts once a term.")
    if _is_timed(study, harms):
        notes.append(
            "Of events after a patient's time on treatment none is in the rate; those of which it"
            " is not known when they began count as events in that time."
        )
    title = f"{harms.label} per time on treatment"
    return Table("harm-rates", title, columns, tuple(rows), tuple(notes))


def _rate(results: Results, cohort: str, name: str) -> tuple[str, ...]:
    n, time, events = (
        traced_number(_row(results, cohort, name, stat))
        for stat in ("n_exposed", "exposure", "n_events")
    )
    rate = _row(results, cohort, name, "rate", RATE)
    if rate.error:
        return (n, time, events, NOT_COMPUTED)
    ends = (_row(results, cohort, name, stat, RATE) for stat in ("conf_low", "conf_high"))
    low, high = (traced_number(end) for end in ends)
    return (n, time, events, f"{traced_number(rate)} ({low} to {high})")


def _unit(study: Study) -> str:
    """The unit of the time on treatment, in the plural as studies give it."""
    duration = study.treatment.duration if study.treatment else ""
    return (study.unit(duration) if duration else None) or "time"


def _none_of(study: Study, results: Results, cohorts: Sequence[str], name: str) -> str:
    """That some cohorts had no such event, and what is compatible with that."""
    level = level_text(study.analysis.confidence_level)
    first = _first(cohorts)
    highs = [_percent(_row(results, each, name, "conf_high", _EXACT)) for each in first]
    bounds = [_percent(_row(results, each, name, "conf_high", BOUND)) for each in first]
    whose = [
        f"{_patients(_row(results, each, name, 'n'))}"
        f" {f'of {_label(study, each)}' if each else 'in all'}"
        for each in cohorts
    ]
    alike = 1 < len(cohorts) == len(first) and all(
        len({*map(plain, each)}) == 1 for each in (highs, bounds)
    )
    high, bound = (each[0] if alike else enumerated(each) for each in (highs, bounds))
    which = " in each" if alike else ", respectively" if len(first) > 1 else ""
    others = f"; the others are {_IN_HARMS}" if first != cohorts else ""
    return (
        f"No {NAMED[name]} was recorded in {in_brief(whose)}, which is compatible with up to"
        f" {high} of such patients having one{which} ({level} interval; one-sided {bound}){others}."
    )


def _first(items: Sequence[str]) -> Sequence[str]:
    """As many as a sentence lists, with a number of the others if there are any."""
    if len(items) <= IN_A_SENTENCE:
        return items
    one_more = len(items) == IN_A_SENTENCE + 1
    return items[: IN_A_SENTENCE - one_more]


def _patients(n: Result) -> str:
    return f"{traced_number(n)} patient{'s' * (n.number != 1)}"


def _label(study: Study, cohort: str) -> str:
    return study.cohorts[cohort].label if cohort else "all patients"


def _of(count: Result, n: Result) -> str:
    return f"{traced_number(count)} of {traced_number(n)}"


def _percent(result: Result) -> str:
    return NOT_COMPUTED if result.error else traced(percent_text(result.number), result)
