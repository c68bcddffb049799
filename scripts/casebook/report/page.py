"""The report: one HTML file, whole without a network, made of tables, figures and findings.

It puts together what other steps made; it computes no statistic.
"""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from casebook.base.files import sha256, write_text
from casebook.base.version import VERSION
from casebook.data.differences import read_differences
from casebook.data.findings import Finding, told, without_texts
from casebook.data.memberships import MEMBER, OPEN
from casebook.data.results import Results
from casebook.data.spoken import read_speakers, read_spoken
from casebook.data.verdicts import read_followed
from casebook.doubts.disclosure import disclosed
from casebook.history.earlier import keep
from casebook.history.snapshots import by_name
from casebook.provenance.record import read_record, versions
from casebook.report import audit_section, changes_section, comparisons
from casebook.report.appendix import Trace
from casebook.report.checklists import checklists
from casebook.report.effects import effect_sizes_table, responders_table, sensitivity_table
from casebook.report.first_cohorts import cohorts_beside, of_first, with_first_cohorts
from casebook.report.grades import category_tables
from casebook.report.harm_comparisons import harm_comparison_tables
from casebook.report.harms import events_of, harm_findings, harm_tables
from casebook.report.limit_notes import limits_told, with_limits
from casebook.report.links import Links, to_named
from casebook.report.main_findings import main_findings
from casebook.report.manuscript import Table, baseline_table, outcomes_table, response_table
from casebook.report.material import Material, Parts, read_material
from casebook.report.methods import methods, references
from casebook.report.numbers_studied import numbers_studied
from casebook.report.over_visits import (
    attrition_table,
    contrasts_table,
    over_visits_table,
)
from casebook.report.render import breakable, render, script, unbroken
from casebook.report.retention import retention_table
from casebook.report.tested_cells import map_of_cells
from casebook.report.who_is_analysed import who_is_analysed
from casebook.study.model import Study
from casebook.study.unreviewed import not_reviewed
from casebook.wording.paired_tests import in_one_line, paired_tests
from casebook.wording.programs import programs_words
from casebook.wording.visit_notes import visit_notes


def report(parts: Parts) -> None:
    """Write the report of a study, what it found in one line, and what the next one compares."""
    read = read_material(parts)
    values = {**_findings(read), **_tables(read), **_told(read)}
    sections = to_named(breakable(unbroken(render("sections.html", **values))))
    claims = [each.claim for each in read.verdicts]
    links = Links(sections, read.rows, read.raw.patients.values(), claims)
    appendix = render("trace.html", links=links, **values)
    page = {"sections": links.page, "appendix": appendix, "script": script("report.js")}
    write_text(parts.page, render("report.html", **page, **values))
    write_text(parts.verdict, f"{_in_one_line(read)}\n")
    keep(parts.earlier, by_name(parts.kept))


def _findings(read: Material) -> dict[str, object]:
    """The main findings: what was found, grids of the tests, and how far it can be trusted."""
    study, results, findings = read.study, read.results, read.findings
    main = main_findings(study, read.rows, results)
    patients = list(read.patients_by_row.values())
    return {
        "found": [
            *_not_reviewed(read.parts.study),
            *disclosed(findings),
            *numbers_studied(study, results),
            *who_is_analysed(study, patients, read.memberships, findings),
            *main.found,
            *harm_findings(study, results),
        ],
        "grids": main.grids,
        "limits": [*visit_notes(study, study.visits), *limits_told(findings), *main.limits],
    }


def _not_reviewed(study: Path) -> Iterator[str]:
    """A sentence on the guesses of a draft, if the study rests on some that nobody looked at."""
    if told := not_reviewed(study):
        yield f"{told}: what a column means, or which direction is better, may be wrong."


def _tables(read: Material) -> dict[str, object]:
    """The tables of all sections, the figures among them."""
    return {
        **_tables_of_cohorts(read.study, read.results, read.findings),
        "more_cohorts": cohorts_beside(read.study),
        "events": events_of(read.study, read.harms),
        "members": read.of_cohorts(MEMBER),
        "undecided": read.of_cohorts(OPEN),
        "comparisons": comparisons.comparison_tables(read.study, read.rows, read.results),
        "figures": read.figures,
        "conventions": read.conventions,
    }


def _told(read: Material) -> dict[str, object]:
    """The study itself, its audit, what has changed, and how and from what it was made."""
    study, parts = read.study, read.parts
    paragraph = methods(study, versions(map(read_record, parts.records)))
    changes = read_differences(parts.changes)
    return {
        "study": study,
        "findings": told(without_texts(read.findings, study.private_columns)),
        "audit": parts.followed
        and audit_section.audit_words(read.verdicts, read_followed(parts.followed)),
        "tested": map_of_cells(
            study, read.verdicts, read.rows, read.of_groups, read.patients_by_row
        ),
        "programs": parts.programs
        and parts.together
        and programs_words(read_spoken(parts.programs), read_speakers(parts.together)),
        "changes": changes_section.change_words(study, read.rows, changes, read.count),
        "methods": paragraph,
        "references": references(paragraph),
        "checklists": checklists(study),
        "sources": [(path.name, sha256(path)) for path in parts.sources],
        "version": VERSION,
        "trace": Trace(study, read.raw, read.rows, read.of_groups, read.verdicts, read.events),
    }


def _in_one_line(read: Material) -> str:
    """What a run prints of the report."""
    lines = [
        in_one_line(paired_tests(read.study, read.rows)),
        *comparisons.in_one_line(read.study, read.rows, read.results),
    ]
    return f"{' '.join(lines)}{audit_section.in_one_line(read.verdicts)}"


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
        yield effect_sizes_table(study, results)
    at_visits = outcomes_table(study, results, "outcomes")
    if at_visits.rows:
        yield with_limits(study, at_visits, findings)
    of_visits = (over_visits_table, contrasts_table, responders_table)
    yield from filter(None, (table(study, results) for table in of_visits))
    yield from category_tables(study, results)
