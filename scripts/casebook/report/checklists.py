"""Reporting checklists, filled in as far as a study's description and results go.

CARE is for case reports (Gagnier et al. 2013; Riley et al. 2017), SAMPL for statistics (Lang &
Altman 2015). What neither the study nor the results hold is listed as missing, to be written.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from casebook.base.lists import enumerated
from casebook.base.texts import capital
from casebook.base.version import VERSION
from casebook.data.results import HOLM
from casebook.doubts.disclosure import is_called_birth
from casebook.report.visit_methods import kinds_adjusted
from casebook.study.model import Study
from casebook.study.outcomes import Condition, Grade
from casebook.wording.numbers import level_text
from casebook.wording.sentences import listed

Answer = Callable[[Study], str]

_NOTHING_TESTED = "Nothing is tested"


@dataclass(frozen=True)
class Item:
    """An item of a checklist: what it asks for, and where the report answers it, or nothing."""

    number: str
    topic: str
    asks: str
    answer: str

    @property
    def missing(self) -> bool:
        """Whether the manuscript has to supply it."""
        return not self.answer


@dataclass(frozen=True)
class Checklist:
    """A checklist with its source."""

    name: str
    citation: str
    items: tuple[Item, ...]

    @property
    def missing(self) -> int:
        """How many items the manuscript has to supply."""
        return sum(item.missing for item in self.items)


def checklists(study: Study) -> list[Checklist]:
    """Both checklists, filled in for a study."""
    care = (
        "Gagnier JJ, Kienle G, Altman DG, et al. The CARE guidelines: consensus-based clinical case"
        " report guideline development. J Clin Epidemiol 2014;67:46-51."
    )
    sampl = (
        "Lang TA, Altman DG. Basic statistical reporting for articles published in biomedical"
        " journals: the SAMPL guidelines. Int J Nurs Stud 2015;52:5-9."
    )
    return [
        Checklist("CARE", care, tuple(_items(study, _CARE))),
        Checklist("SAMPL", sampl, tuple(_items(study, _SAMPL))),
    ]


def _items(study: Study, asked: tuple[tuple[str, str, Answer], ...]) -> Iterator[Item]:
    for number, (topic, asks, answer) in enumerate(asked, start=1):
        yield Item(str(number), topic, asks, answer(study))


def _nothing(_: Study) -> str:
    return ""


def _title(study: Study) -> str:
    """The title, if it has the words that the item asks for."""
    named = re.search(r"\bcase\s+(report|series)\b", study.title, re.IGNORECASE)
    return f"Title of this report: {study.title}" if named else ""


def _patients(study: Study) -> str:
    labels = [study.variable(name).label for name in study.reported]
    return f"Table of characteristics: {', '.join(listed(labels))}" if labels else ""


def _therapies(study: Study) -> str:
    labels = [study.variable(name).label for name in study.therapies]
    return f"Recorded: {', '.join(listed(labels))}" if labels else ""


def _outcomes(study: Study) -> str:
    named = [
        outcome.label + (f" ({outcome.description})" if outcome.description else "")
        for outcome in study.outcomes.values()
    ]
    told = [f"Table of outcomes, and figures: {', '.join(listed(named))}"] if named else []
    told += ["adverse events: section Harms"] if study.harms else []
    return capital("; ".join(told))


def _dates(study: Study) -> str:
    dates = {name: each.label for name, each in study.variables.items() if each.type == "date"}
    labels = [label for name, label in dates.items() if not is_called_birth(study, name)]
    return f"Dates recorded: {', '.join(listed(labels))}" if labels else ""


def _thresholds(study: Study) -> str:
    named = [
        f"{outcome.label}: {responder.label} ({responder.source.rstrip('.')})"
        for outcome in study.outcomes.values()
        for responder in outcome.responders.values()
    ]
    return "; ".join(listed(named))


def _tables_of_tests(study: Study) -> list[str]:
    """The tables of tests that a study has, in the order of the report."""
    followed: dict[str, Mapping[str, Condition | Grade]] = {
        "conditions": study.conditions,
        "grades": study.grades,
    }
    changed = [
        kind
        for kind, every in followed.items()
        if any(study.contrasts_of(each.at) for each in every.values())
    ]
    measured = [
        *(each.visits for each in study.outcomes.values()),
        *(each.at for every in followed.values() for each in every.values()),
    ]
    tables = ["table of outcomes before and after"] if study.changes else []
    if changed:
        tables.append(f"table of changes of {' and '.join(changed)}")
    if any(map(study.visits_over, measured)):
        tables.append("table of all visits at once")
    if study.comparisons and measured:
        tables.append("tables under Comparisons")
    if study.comparisons and study.harms:
        tables.append("tables of harms compared")
    return tables


def _tests(study: Study) -> str:
    tables = enumerated([f"the {table}" for table in _tables_of_tests(study)])
    return f"Notes of {tables}; methods" if tables else _NOTHING_TESTED


def _assumptions(study: Study) -> str:
    """By what the tests are, and where others of the same values are."""
    if not _tables_of_tests(study):
        return _NOTHING_TESTED
    otherwise = ["Sensitivity"] if study.changes else []
    if study.comparisons and (study.outcomes or study.conditions or study.grades):
        otherwise.append("Comparisons")
    others = f"; other tests under {enumerated(otherwise)}" if otherwise else ""
    # Without these, every test is one of counts.
    ranked = study.changes or study.grades or (study.comparisons and study.outcomes)
    return f"{'Ranks and exact' if ranked else 'Exact'} distributions{others}"


def _p_values(study: Study) -> str:
    return capital(enumerated(_tables_of_tests(study))) or _NOTHING_TESTED


def _effect_sizes(study: Study) -> str:
    """Where intervals of effects are; nothing where there is none."""
    tables = ["table of how large the change is"] if study.changes else []
    if any(comparison.two for comparison in study.comparisons.values()):
        tables += ["tables under Comparisons"] if study.outcomes or study.conditions else []
        tables += ["tables of harms compared"] if study.harms else []
    level = f"{level_text(study.analysis.confidence_level)} intervals"
    return f"{capital(enumerated(tables))}, {level}" if tables else ""


def _family(study: Study) -> str:
    """Of the family that the study declares, and of several contrasts; nothing without either."""
    told = []
    if count := len(study.analysis.family):
        tests = f"{count} test{'s' * (count > 1)}"
        told.append(f"{tests}, adjusted by {HOLM}'s method; by others in results.csv")
    if kinds := kinds_adjusted(study):
        told.append(f"contrasts of one {kinds} in one cohort, adjusted by {HOLM}'s method")
    return capital("; ".join(told))


_CARE: tuple[tuple[str, str, Answer], ...] = (
    ("Title", "the words “case report” or “case series”, and the area of focus", _title),
    ("Key words", "two to five key words", _nothing),
    ("Abstract", "introduction, patients' main concerns, diagnoses, outcomes, lessons", _nothing),
    ("Introduction", "why the cases are unique, with references", _nothing),
    ("Patient information", "de-identified demographics, history, past interventions", _patients),
    ("Clinical findings", "relevant physical examination", _nothing),
    ("Timeline", "important dates and times of each case", _dates),
    ("Diagnostic assessment", "methods, challenges, reasoning, prognosis", _nothing),
    ("Therapeutic intervention", "types, administration, changes of therapy", _therapies),
    ("Follow-up and outcomes", "outcomes, test results, adherence, adverse events", _outcomes),
    ("Discussion", "strengths and limitations, literature, conclusions", _nothing),
    ("Patient perspective", "the patients' own view, where possible", _nothing),
    ("Informed consent", "whether the patients consented", _nothing),
)
_SAMPL: tuple[tuple[str, str, Answer], ...] = (
    (
        "Numbers",
        "reported with fitting precision, numerators with percentages",
        lambda _: "Every table; unrounded values in results.csv",
    ),
    (
        "Sample sizes",
        "total and group sizes for each analysis",
        lambda _: "Headings of the tables; n where visits are missing",
    ),
    (
        "Descriptive statistics",
        "medians and quartiles for what is not normally distributed; no standard errors",
        lambda s: f"Medians and quartiles, definition {s.analysis.quantile_type}",
    ),
    ("Missing data", "how many, and how they were treated", lambda _: "Left out, pair by pair"),
    (
        "Purpose of the analysis",
        "hypotheses, and which analyses were planned and which exploratory",
        _nothing,
    ),
    ("Clinical importance", "the smallest difference considered important", _thresholds),
    (
        "Name of the test",
        "which test for which comparison, paired or not, one- or two-sided",
        _tests,
    ),
    (
        "Assumptions",
        "that the data meet the assumptions of the tests",
        _assumptions,
    ),
    ("Level", "alpha", lambda s: f"{s.analysis.alpha:g}, two-sided"),
    (
        "Effect sizes",
        "a measure of precision for each main result, as a confidence interval",
        _effect_sizes,
    ),
    ("p-values", "exact values, equalities where possible", _p_values),
    ("Multiple comparisons", "whether and how adjusted for", _family),
    (
        "Outlying values",
        "how they were treated",
        lambda _: "None removed; corrections and findings under Data",
    ),
    ("Software", "package and version", lambda _: f"casebook {VERSION}"),
)
