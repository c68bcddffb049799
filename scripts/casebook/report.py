"""The report: one HTML file, whole without a network, made of tables, figures and findings.

It puts together what other steps made; it computes no statistic.
"""

import base64
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

from markupsafe import Markup

from casebook.auditwords import Audit, audit_words
from casebook.findings import read_findings
from casebook.memberships import MEMBER, OPEN, Membership, read_memberships
from casebook.pages import render
from casebook.results import Results, read_results
from casebook.sentences import main_findings
from casebook.study import load_study
from casebook.verdicts import read_followed, read_verdicts

_TITLE = "{http://www.w3.org/2000/svg}title"
_DESCRIPTION = "{http://purl.org/dc/elements/1.1/}description"


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure as the page embeds it: an image with its title, and its description in words."""

    name: str
    title: str
    description: str
    source: str


@dataclass(frozen=True)
class Parts:
    """What a report is put together from, and the file to write.

    Attributes:
        study: The study.yaml.
        results: The results of all cohorts.
        response: Table of the outcomes, as a piece of HTML.
        baseline: Table of the patients' characteristics, as a piece of HTML.
        figures: SVG files, in the order of the page.
        findings: Findings in the raw data.
        membership: Which patient is in which cohort.
        page: The file to write.
        verdicts: The audit's verdicts, for a study whose paper's claims are listed.
        followed: The conventions that the paper follows, with the verdicts.
        conventions: The figure of the conventions, with the verdicts.
    """

    study: Path
    results: Path
    response: Path
    baseline: Path
    figures: Sequence[Path]
    findings: Path
    membership: Path
    page: Path
    verdicts: Path | None = None
    followed: Path | None = None
    conventions: Path | None = None


def report(parts: Parts) -> None:
    """Write the report of a study."""
    model, memberships = load_study(parts.study), read_memberships(parts.membership)
    html = render(
        "report.html",
        study=model,
        main_findings=list(main_findings(model, Results(read_results(parts.results)))),
        members={name: _patients(memberships, name, MEMBER) for name in model.cohorts},
        response=_piece(parts.response),
        baseline=_piece(parts.baseline),
        figures=[_figure(path) for path in parts.figures],
        findings=read_findings(parts.findings),
        audit=_audit(parts.verdicts, parts.followed),
        conventions=parts.conventions and _figure(parts.conventions),
        undecided={name: _patients(memberships, name, OPEN) for name in model.cohorts},
    )
    parts.page.write_text(html, encoding="utf-8", newline="\n")


def _piece(path: Path) -> Markup:
    return Markup(path.read_text(encoding="utf-8"))  # noqa: S704 - HTML that casebook wrote


def _audit(verdicts: Path | None, followed: Path | None) -> Audit | None:
    if verdicts is None or followed is None:
        return None
    return audit_words(read_verdicts(verdicts), read_followed(followed))


def _patients(memberships: Sequence[Membership], cohort: str, member: str) -> list[str]:
    return [m.patient for m in memberships if (m.cohort, m.member) == (cohort, member)]


def _figure(path: Path) -> Figure:
    root = ElementTree.parse(path).getroot()  # noqa: S314 - a file that casebook drew
    encoded = base64.b64encode(path.read_bytes()).decode("ascii")
    return Figure(
        path.stem,
        root.findtext(_TITLE, default=path.stem),
        root.findtext(f".//{_DESCRIPTION}", default=""),
        f"data:image/svg+xml;base64,{encoded}",
    )
