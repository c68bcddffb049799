"""What a report is put together from: what other steps wrote, read once.

What a page tells of it is for `page`.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from casebook.data.findings import Finding, read_findings
from casebook.data.harms import Harm, read_harms
from casebook.data.memberships import MEMBER, Membership, read_memberships
from casebook.data.patients import read_rows
from casebook.data.places import read_places
from casebook.data.results import TOGETHER, Key, Result, Results, read_shown_results
from casebook.data.verdicts import Verdict, read_verdicts
from casebook.report.inline_svg import Drawing, drawing
from casebook.report.raw_tables import Events, RawTable, events_table, raw_table
from casebook.study.load import load_study
from casebook.study.model import Study
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


@dataclass(frozen=True)
class Material:
    """What other steps wrote, as a report uses it.

    Attributes:
        parts: The files.
        study: The study.
        rows: The results that a page can show, in their order.
        count: How many results there are in all.
        results: The same results by their keys.
        memberships: Which patient is in which cohort.
        findings: Findings in the raw data.
        figures: The figures, in the order of the page.
        conventions: The figure of the conventions that the paper follows.
        verdicts: The audit's verdicts.
        harms: The adverse events of all patients.
        patients_by_row: The patients, by the row of the raw table that each stands in.
        raw: The raw table.
        events: The table of adverse events.
    """

    parts: Parts
    study: Study
    rows: Sequence[Result]
    count: int
    results: Results
    memberships: Sequence[Membership]
    findings: Sequence[Finding]
    figures: Sequence[Drawing]
    conventions: Drawing | None
    verdicts: Sequence[Verdict]
    harms: Sequence[Harm]
    patients_by_row: Mapping[int, str]
    raw: RawTable
    events: Events | None

    def of_cohorts(self, member: str) -> dict[str, list[str]]:
        """The patients of each cohort who are in it, or of whom that is open."""
        found: dict[str, list[str]] = {name: [] for name in self.study.cohorts}
        for each in self.memberships:
            if each.member == member:
                found[each.cohort].append(each.patient)
        return found

    @property
    def of_groups(self) -> dict[str, list[str]]:
        """The patients of each cohort and each comparison, and of all cohorts together."""
        members = self.of_cohorts(MEMBER)
        in_any = {patient for each in members.values() for patient in each}
        compared = {
            name: [patient for cohort in comparison.cohorts for patient in members[cohort]]
            for name, comparison in self.study.comparisons.items()
        }
        everyone = [patient for patient in self.patients_by_row.values() if patient in in_any]
        return members | {TOGETHER: everyone} | compared


def read_material(parts: Parts) -> Material:
    """Read what a report is put together from."""
    study, findings = load_study(parts.study), read_findings(parts.findings)
    verdicts = read_verdicts(parts.verdicts) if parts.verdicts else []
    figures = [drawing(path) for path in parts.figures]
    conventions = drawing(parts.conventions) if parts.conventions else None
    shown = _shown([*figures, *([conventions] if conventions else [])], verdicts)
    rows, count = read_shown_results(parts.results, shown)
    patients = {row: patient for patient, row in read_rows(parts.patients).items()}
    places = read_places(parts.places) if parts.places else None
    harms = read_harms(parts.harms) if parts.harms else []
    return Material(
        parts,
        study,
        rows,
        count,
        Results(rows),
        read_memberships(parts.membership),
        findings,
        figures,
        conventions,
        verdicts,
        harms,
        patients,
        raw_table(study, parts.cells, patients, findings, places),
        events_table(study, parts.events, harms, findings) if parts.events else None,
    )


def _shown(figures: Iterable[Drawing], verdicts: Iterable[Verdict]) -> Callable[[Key], bool]:
    """Whether figures show the number of a result, or an audit has recomputed it."""
    texts = (text for figure in figures for text in (figure.description, figure.svg))
    names = {name for text in texts for name, _ in pieces(text)}
    recomputed = {verdict.result for verdict in verdicts}
    return lambda key: key in recomputed or anchor_of_key(key) in names
