"""The report: one HTML file, whole without a network, made of tables, figures and findings.

It puts together what other steps made; it computes no statistic.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from casebook.base.files import sha256, write_text
from casebook.base.version import VERSION
from casebook.data.differences import read_differences
from casebook.data.findings import Finding, read_findings, told, without_texts
from casebook.data.harms import read_harms
from casebook.data.memberships import MEMBER, OPEN, Membership, read_memberships
from casebook.data.patients import read_rows
from casebook.data.places import read_places
from casebook.data.results import TOGETHER, Key, Results, read_shown_results
from casebook.data.spoken import read_speakers, read_spoken
from casebook.data.verdicts import Verdict, read_followed, read_verdicts
from casebook.doubts.disclosure import disclosed
from casebook.history.earlier import keep
from casebook.history.snapshots import by_name
from casebook.provenance.record import read_record, versions
from casebook.report import audit_section, changes_section, comparisons
from casebook.report.appendix import Trace
from casebook.report.checklists import checklists
from casebook.report.effects import estimates_table, responders_table, sensitivity_table
from casebook.report.first_cohorts import cohorts_beside, of_first, with_first_cohorts
from casebook.report.grades import category_tables
from casebook.report.harm_comparisons import harm_comparison_tables
from casebook.report.harms import events_of, harm_findings, harm_tables
from casebook.report.inline_svg import Drawing, drawing
from casebook.report.limit_notes import limits_told, with_limits
from casebook.report.links import Links
from casebook.report.main_findings import main_findings
from casebook.report.manuscript import Table, baseline_table, outcomes_table, response_table
from casebook.report.methods import methods, references
from casebook.report.numbers_studied import numbers_studied
from casebook.report.over_visits import (
    attrition_table,
    contrasts_table,
    over_visits_table,
)
from casebook.report.raw_tables import events_table, raw_table
from casebook.report.render import render, script
from casebook.report.retention import retention_table
from casebook.report.who_is_analysed import who_is_analysed
from casebook.study.load import load_study
from casebook.study.model import Study
from casebook.wording.paired_tests import in_one_line, paired_tests
from casebook.wording.programs import programs_words
from casebook.wording.traces import anchor_of_key, pieces


@dataclass(frozen=True)
class Parts:
    """What a report is put together from, and the file to write.

    Attributes:
        study: The study.yaml.
        results: The results of all cohorts.
        cells: The raw table.
        places: Where in it the patients' texts are, if it has no row for each patient.
        patients: The patients, with the rows of the raw table that they stand in.
        figures: SVG files, in the order of the page.
        findings: Findings in the raw data.
        membership: Which patient is in which cohort.
        records: What the jobs that computed the results say of themselves.
        changes: What moved since the last report.
        sources: What the study consists of, to be told with their digests.
        page: The file to write.
        verdict: A file to write with the main finding in one line.
        earlier: A folder in which to keep what the report is made of, for the next one.
        harms: The adverse events of all patients, for a study that describes some.
        events: The cells of the table of adverse events, for a study that has one.
        verdicts: The audit's verdicts, for a study whose paper's claims are listed.
        followed: The conventions that the paper follows, with the verdicts.
        programs: What each program gives in the place of a claim, with the verdicts.
        together: How many of the claims each program gives, with the verdicts.
        conventions: The figure of the conventions, with the verdicts.
    """

    study: Path
    results: Path
    cells: Path
    patients: Path
    figures: Sequence[Path]
    findings: Path
    membership: Path
    records: Sequence[Path]
    changes: Path
    sources: Sequence[Path]
    page: Path
    verdict: Path
    earlier: Path
    harms: Path | None = None
    events: Path | None = None
    verdicts: Path | None = None
    followed: Path | None = None
    programs: Path | None = None
    together: Path | None = None
    conventions: Path | None = None
    places: Path | None = None

    @property
    def kept(self) -> list[Path]:
        """What the next results are compared with."""
        made = [self.results, self.cells, self.patients, self.findings]
        return [self.study, *made, *filter(None, [self.verdicts, self.places, self.events])]


def report(parts: Parts) -> None:
    """Write the report of a study."""
    model, memberships = load_study(parts.study), read_memberships(parts.membership)
    findings = read_findings(parts.findings)
    verdicts = read_verdicts(parts.verdicts) if parts.verdicts else []
    figures = [drawing(path) for path in parts.figures]
    conventions = drawing(parts.conventions) if parts.conventions else None
    shown = _shown([*figures, *([conventions] if conventions else [])], verdicts)
    rows, count = read_shown_results(parts.results, shown)
    results = Results(rows)
    members, undecided = (_by_cohort(model, memberships, each) for each in (MEMBER, OPEN))
    numbers = {row: patient for patient, row in read_rows(parts.patients).items()}
    together = {patient for each in members.values() for patient in each}
    compared = {
        name: [patient for cohort in comparison.cohorts for patient in members[cohort]]
        for name, comparison in model.comparisons.items()
    }
    everyone = {TOGETHER: [patient for patient in numbers.values() if patient in together]}
    places = read_places(parts.places) if parts.places else None
    raw = raw_table(model, parts.cells, numbers, findings, places)
    harms = read_harms(parts.harms) if parts.harms else []
    events = events_table(model, parts.events, harms, findings) if parts.events else None
    trace = Trace(model, raw, rows, members | everyone | compared, verdicts, events)
    paragraph = methods(model, versions(map(read_record, parts.records)))
    main = main_findings(model, rows, results)
    values: dict[str, object] = {
        "study": model,
        "first_findings": [
            *disclosed(findings),
            *numbers_studied(model, results),
            *limits_told(findings),
            *who_is_analysed(model, list(numbers.values()), memberships, findings),
            *main.first,
        ],
        "grids": main.grids,
        "last_findings": [
            *main.hanging,
            *harm_findings(model, results),
        ],
        **_tables_of_cohorts(model, results, findings),
        "more_cohorts": cohorts_beside(model),
        "events": events_of(model, harms),
        "members": members,
        "comparisons": comparisons.comparison_tables(model, rows, results),
        "figures": figures,
        "findings": told(without_texts(findings, model.private_columns)),
        "audit": parts.followed
        and audit_section.audit_words(verdicts, read_followed(parts.followed)),
        "programs": parts.programs
        and parts.together
        and programs_words(read_spoken(parts.programs), read_speakers(parts.together)),
        "conventions": conventions,
        "changes": changes_section.change_words(
            model, rows, read_differences(parts.changes), count
        ),
        "undecided": undecided,
        "methods": paragraph,
        "references": references(paragraph),
        "checklists": checklists(model),
        "sources": [(path.name, sha256(path)) for path in parts.sources],
        "version": VERSION,
        "trace": trace,
    }
    sections = render("sections.html", **values)
    links = Links(sections, rows, raw.patients.values(), [each.claim for each in verdicts])
    appendix = render("trace.html", links=links, **values)
    page = {"sections": links.page, "appendix": appendix, "script": script("report.js")}
    write_text(parts.page, render("report.html", **page, **values))
    verdict = [
        in_one_line(paired_tests(model, rows)),
        *comparisons.in_one_line(model, rows, results),
    ]
    write_text(parts.verdict, f"{' '.join(verdict)}{audit_section.in_one_line(verdicts)}\n")
    keep(parts.earlier, by_name(parts.kept))


def _shown(figures: Iterable[Drawing], verdicts: Iterable[Verdict]) -> Callable[[Key], bool]:
    """Whether figures show the number of a result, or an audit has recomputed it."""
    texts = (text for figure in figures for text in (figure.description, figure.svg))
    names = {name for text in texts for name, _ in pieces(text)}
    recomputed = {verdict.result for verdict in verdicts}
    return lambda key: key in recomputed or anchor_of_key(key) in names


def _tables_of_cohorts(
    study: Study, results: Results, findings: Sequence[Finding]
) -> dict[str, object]:
    """The cohorts that are listed, and the tables of them by the sections that they stand in."""
    listed = with_first_cohorts(study)
    baseline = with_limits(listed, baseline_table(listed, results), findings)
    of_sections: dict[str, Iterable[Table | None]] = {
        "outcomes": _outcome_tables(listed, results, findings),
        "harms": harm_tables(listed, results),
        "retention": [retention_table(listed, results)],
        "patients": [baseline, attrition_table(listed, results)],
        "sensitivity": [sensitivity_table(listed, results)] if study.changes else [],
    }
    tables = {section: of_first(study, found) for section, found in of_sections.items()}
    tables["harms"] += harm_comparison_tables(study, results)
    return {"cohorts": listed.cohorts, **tables}


def _outcome_tables(study: Study, results: Results, findings: Sequence[Finding]) -> Iterator[Table]:
    """The tables of what was measured, those of changes first."""
    if study.changes:
        yield with_limits(study, response_table(study, results), findings)
        yield estimates_table(study, results)
    at_visits = outcomes_table(study, results, "outcomes")
    if at_visits.rows:
        yield with_limits(study, at_visits, findings)
    of_visits = (over_visits_table, contrasts_table, responders_table)
    yield from filter(None, (table(study, results) for table in of_visits))
    yield from category_tables(study, results)


def _by_cohort(
    study: Study, memberships: Sequence[Membership], member: str
) -> dict[str, list[str]]:
    """The patients of each cohort who are in it, or of whom that is open."""
    found: dict[str, list[str]] = {name: [] for name in study.cohorts}
    for each in memberships:
        if each.member == member:
            found[each.cohort].append(each.patient)
    return found
