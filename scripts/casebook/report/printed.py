"""The report of a paper that prints summaries alone: which of them can be, and what was checked.

It has the audit, what has changed in it, and no section on patients, of whom there are no data.
Nothing is judged here.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from casebook.base.files import sha256, write_text
from casebook.base.version import VERSION
from casebook.data.differences import read_differences
from casebook.data.verdicts import CONTRADICTED, NOT_COMPUTABLE, REPRODUCED, Verdict, read_verdicts
from casebook.history.earlier import keep
from casebook.history.snapshots import by_name
from casebook.report.audit_section import Audit, Told, audit_words
from casebook.report.changes_section import change_words
from casebook.report.render import render
from casebook.study.load import load_study
from casebook.study.model import Study
from casebook.study.outcomes import Outcome
from casebook.study.unreviewed import not_reviewed
from casebook.study.variables import NumberVariable
from casebook.wording.numbers import number_text


@dataclass(frozen=True, slots=True)
class Described:
    """What study.yaml says of a value: its name, unit, ends and step, as texts."""

    label: str
    unit: str
    ends: str
    step: str


@dataclass(frozen=True, slots=True)
class Judged:
    """The claims by what could be said of them, each in the order of the paper."""

    contradicted: Sequence[Told]
    agreeing: Sequence[Told]
    checked: Sequence[Told]
    unchecked: dict[str, list[Verdict]]

    def __str__(self) -> str:
        """How many claims there are of each sort."""
        unchecked = sum(map(len, self.unchecked.values()))
        told = {
            "contradicted": len(self.contradicted),
            "in agreement with other claims": len(self.agreeing),
            "checked without a contradiction": len(self.checked),
            "not checked": unchecked,
        }
        counts = ", ".join(f"{count} {words}" for words, count in told.items() if count)
        total = sum(told.values())
        return f"{total} claim{'s' * (total != 1)} of a paper that prints summaries alone: {counts}"


def printed(
    study: Path,
    verdicts: Path,
    changes: Path,
    sources: Sequence[Path],
    page: Path,
    verdict: Path,
    earlier: Path,
) -> None:
    """Write the report of a paper that prints summaries alone, and what it found in one line.

    Args:
        study: The study.yaml.
        verdicts: The verdicts of the audit.
        changes: What has changed since earlier results.
        sources: What the study consists of, to be told with their digests.
        page: The page to write.
        verdict: The file to write with one line.
        earlier: A folder in which to keep what the report is made of, for the next one.
    """
    described, audit = load_study(study), audit_words(read_verdicts(verdicts), [])
    found = _judged(audit)
    text = render(
        "printed.html",
        study=described,
        judged=found,
        sentences=[*_sentence(not_reviewed(study)), *audit.sentences[1:]],
        values=_values(described),
        changes=change_words(described, [], read_differences(changes), 0),
        sources=[(path.name, sha256(path)) for path in sources],
        version=VERSION,
    )
    write_text(page, text)
    write_text(verdict, f"{found}.\n")
    keep(earlier, by_name([study, verdicts]))


def _sentence(text: str) -> list[str]:
    return [f"{text}: what is said of them may be wrong."] if text else []


def _judged(audit: Audit) -> Judged:
    left = audit.rows[NOT_COMPUTABLE]
    unchecked: dict[str, list[Verdict]] = {}
    for told in left:
        if not _checks(told.verdict):
            unchecked.setdefault(told.verdict.reason, []).append(told.verdict)
    checked = [told for told in left if _checks(told.verdict)]
    return Judged(audit.rows[CONTRADICTED], audit.rows[REPRODUCED], checked, unchecked)


def _checks(verdict: Verdict) -> tuple[str, ...]:
    return verdict.failed_checks + verdict.checks


def _values(study: Study) -> list[Described]:
    """The outcomes and the numbers among the variables."""
    numbers = [each for each in study.variables.values() if isinstance(each, NumberVariable)]
    described: list[Outcome | NumberVariable] = [*study.outcomes.values(), *numbers]
    return [
        Described(
            each.label,
            each.unit or "",
            " to ".join(number_text(end, 6) for end in each.range),
            each.step or "any",
        )
        for each in described
    ]
