"""The report: one HTML file, whole without a network, made of tables, figures and findings.

It puts together what other steps made and words the main findings; it computes no statistic.
"""

import base64
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

from markupsafe import Markup

from casebook.display import number_text, p_words
from casebook.findings import read_findings
from casebook.memberships import OPEN, read_memberships
from casebook.pages import render
from casebook.results import CHANGE, OUTCOME, PAIRED_TEST, Result, Results, read_results
from casebook.study import Study, load_study

_TITLE = "{http://www.w3.org/2000/svg}title"
_DESCRIPTION = "{http://purl.org/dc/elements/1.1/}description"


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure as the page embeds it: an image with its title, and its description in words."""

    name: str
    title: str
    description: str
    source: str


def report(
    study: Path,
    results: Path,
    tables: Sequence[Path],
    figures: Sequence[Path],
    findings: Path,
    membership: Path,
    page: Path,
) -> None:
    """Write the report of a study.

    Args:
        study: The study.yaml.
        results: The results of all cohorts.
        tables: Tables as pieces of HTML, in the order of the page.
        figures: SVG files, in the order of the page.
        findings: Findings in the raw data.
        membership: Which patient is in which cohort.
        page: The file to write.
    """
    model = load_study(study)
    html = render(
        "report.html",
        study=model,
        main_findings=list(main_findings(model, Results(read_results(results)))),
        tables=[Markup(path.read_text(encoding="utf-8")) for path in tables],  # noqa: S704
        figures=[_figure(path) for path in figures],
        findings=read_findings(findings),
        undecided=[
            f"{each.patient}: {model.cohorts[each.cohort].label}"
            for each in read_memberships(membership)
            if each.member == OPEN
        ],
    )
    page.write_text(html, encoding="utf-8", newline="\n")


def main_findings(study: Study, results: Results) -> Iterator[str]:
    """What the paired tests say, and what they cannot say, in plain sentences."""
    tests = [
        _Test(
            f"{outcome.label}, {cohort.label}",
            results.get(cohort_name, name, PAIRED_TEST, "p_value"),
            results.get(cohort_name, name, PAIRED_TEST, "smallest_p"),
            results.get(cohort_name, name, PAIRED_TEST, "n_pairs"),
            results.get(cohort_name, name, OUTCOME, "median", visit=CHANGE),
            study.analysis.alpha,
        )
        for cohort_name, cohort in study.cohorts.items()
        for name, outcome in study.outcomes.items()
    ]
    alpha = study.analysis.alpha
    made = [test for test in tests if not test.p_value.error]
    reached = [test for test in made if test.p_value.number < alpha]
    hopeless = [test for test in made if test.smallest.number >= alpha]
    missed = [test for test in made if test not in reached and test not in hopeless]
    level = f"p < {number_text(alpha, 4)}"
    if reached or len(made) > 1:
        yield f"{_of(reached, made)} gave {level}{_listed(test.in_full for test in reached)}"
    if hopeless:
        yield (
            f"{_of(hopeless, made)} could not have given {level}, even had every change been in the"
            f" same direction, because too few patients changed{_listed(map(str, hopeless))}"
        )
    if missed:
        yield f"{_of(missed, made)} could have given {level} and did not{_listed(map(str, missed))}"
    untested = [test for test in tests if test.p_value.error]
    if untested:
        reasons = (f"{test.where} ({test.p_value.error})" for test in untested)
        yield f"Not tested{_listed(reasons)}"
    yield (
        f"A test without {level} does not show that nothing changed. The p-values are not adjusted"
        " for the number of tests, and without a comparison group no change can be ascribed to the"
        " treatment alone."
    )


@dataclass(frozen=True, slots=True)
class _Test:
    """The paired test of an outcome in a cohort, as far as sentences speak of it."""

    where: str
    p_value: Result
    smallest: Result
    pairs: Result
    change: Result
    alpha: float

    def __str__(self) -> str:
        return f"{self.where} ({p_words(self.p_value, self.alpha)})"

    @property
    def in_full(self) -> str:
        """With its number of pairs and their median change."""
        pairs, change = number_text(self.pairs.number), number_text(self.change.number)
        words = p_words(self.p_value, self.alpha)
        return f"{self.where} (median change {change} in {pairs} patients, {words})"


def _of(tests: Sequence[_Test], made: Sequence[_Test]) -> str:
    if len(made) == 1:
        return "The only test"
    return f"{len(tests) or 'None'} of the {len(made)} tests"


def _listed(items: Iterable[str]) -> str:
    text = "; ".join(items)
    return f": {text}." if text else "."


def _figure(path: Path) -> Figure:
    root = ElementTree.parse(path).getroot()  # noqa: S314 - a file that casebook drew
    encoded = base64.b64encode(path.read_bytes()).decode("ascii")
    return Figure(
        path.stem,
        root.findtext(_TITLE, default=path.stem),
        root.findtext(f".//{_DESCRIPTION}", default=""),
        f"data:image/svg+xml;base64,{encoded}",
    )
