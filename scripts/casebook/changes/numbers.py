"""What differs between two sets of results: cohorts and outcomes, conclusions, and single numbers.

A number differs if it does so beyond rounding: by more than a billionth of itself.
"""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from casebook.data.differences import (
    ADDED,
    COHORT,
    CONCLUSION,
    MAIN_NUMBER,
    OUTCOME,
    REMOVED,
    RESULT,
    VARIABLE,
    Difference,
)
from casebook.data.results import (
    EACH_PATIENT,
    PAIRED_TEST,
    TOGETHER,
    WITHOUT_A_PATIENT,
    Key,
    Result,
)
from casebook.study.choices import TestKey
from casebook.wording.conclusions import Conclusion, conclusions, main_numbers
from casebook.wording.more_conclusions import Concluded
from casebook.wording.paired_tests import PairedTest, in_one_line

_RELATIVE = 1e-9
# A mean of zeros may come out as 1e-17, and nobody tells p-values below this apart.
_ABSOLUTE = 1e-12


def with_present_names(rows: Sequence[Result], names: Mapping[str, str]) -> list[Result]:
    """Earlier results, those that are named after patients by the names that these have now."""
    return [
        replace(row, variable_level=names.get(row.variable_level, row.variable_level))
        if row.method == WITHOUT_A_PATIENT or row.context == EACH_PATIENT
        else row
        for row in rows
    ]


def with_present_labels(rows: Sequence[Result], labels: Mapping[str, str]) -> list[Result]:
    """Earlier results, the reasons that name visits by the labels that these have now."""
    renamed = {f"“{old}”": f"“{new}”" for old, new in labels.items() if old != new}
    found = []
    for row in rows:
        old = next((each for each in renamed if each in row.variable_level), "")
        level = row.variable_level.replace(old, renamed[old]) if old else row.variable_level
        found.append(replace(row, variable_level=level) if old else row)
    return found


def conclusion_differences(
    before: Sequence[PairedTest], after: Sequence[PairedTest]
) -> Iterator[Difference]:
    """The conclusions whose answer is another one; the first row counts those of all tests."""
    tallies = [in_one_line(tests) for tests in (before, after)]
    if tallies[0] != tallies[1]:
        yield Difference(CONCLUSION, what="all tests", before=tallies[0], after=tallies[1])
    for old, new in _in_both(before, after):
        yield from _other_answers(new.key, conclusions(old), conclusions(new))


def more_conclusion_differences(
    before: Mapping[TestKey, Concluded], after: Mapping[TestKey, Concluded]
) -> Iterator[Difference]:
    """The conclusions beside those of paired tests whose answer is another one."""
    for key, new in after.items():
        if key in before:
            yield from _other_answers(key, before[key].answers, new.answers)


def _other_answers(
    key: TestKey, before: Mapping[str, Conclusion], after: Mapping[str, Conclusion]
) -> Iterator[Difference]:
    """The questions on both sides whose answer is another one, but for those always left open."""
    cohort, variable, contrast = key
    for question, was in before.items():
        now = after.get(question)
        if now and now.answer != was.answer and not (was.is_open and now.is_open):
            yield Difference(
                CONCLUSION,
                cohort=cohort,
                variable=variable,
                contrast=contrast,
                what=question,
                before=was.words,
                after=now.words,
            )


def main_number_differences(
    before: Sequence[PairedTest], after: Sequence[PairedTest]
) -> Iterator[Difference]:
    """The numbers that readers look for first, where they are shown as another text."""
    for old, new in _in_both(before, after):
        shown = main_numbers(old)
        for name, text in main_numbers(new).items():
            if shown.get(name, "") != text:
                yield Difference(
                    MAIN_NUMBER,
                    cohort=new.cohort,
                    variable=new.outcome,
                    contrast=new.contrast.name,
                    what=name,
                    before=shown.get(name, ""),
                    after=text,
                )


def part_differences(before: Sequence[Result], after: Sequence[Result]) -> Iterator[Difference]:
    """Cohorts, outcomes and other variables of which there are results on one side only."""
    # All patients together are no cohort.
    old, new = ([name for name in _cohorts(rows) if name != TOGETHER] for rows in (before, after))
    yield from (Difference(COHORT, cohort=name, what=ADDED) for name in new if name not in old)
    yield from (Difference(COHORT, cohort=name, what=REMOVED) for name in old if name not in new)
    kinds, present = _variables(before), _variables(after)
    for name, kind in present.items():
        if name not in kinds:
            yield Difference(kind, variable=name, what=ADDED)
    for name, kind in kinds.items():
        if name not in present:
            yield Difference(kind, variable=name, what=REMOVED)


def result_differences(before: Sequence[Result], after: Sequence[Result]) -> Iterator[Difference]:
    """Single numbers, of the cohorts and variables that are on both sides."""
    cohorts = _cohorts(before).keys() & _cohorts(after).keys()
    variables = _variables(before).keys() & _variables(after).keys()
    old, new = (
        {r.key: r for r in rows if r.group1_level in cohorts and r.variable in variables}
        for rows in (before, after)
    )
    methods = _other_methods(old, new)
    for key, result in new.items():
        yield from _difference(old.get(key) or methods.get(key), result)
    used = {result.key for result in methods.values()}
    for key, result in old.items():
        if key not in new and key not in used:
            yield Difference(
                RESULT,
                result.group1_level,
                result.variable,
                result.contrast,
                what=result.key.in_words,
                before=result.stat,
                remark=REMOVED,
            )


def _in_both(
    before: Sequence[PairedTest], after: Sequence[PairedTest]
) -> Iterator[tuple[PairedTest, PairedTest]]:
    known = {test.key: test for test in before}
    for test in after:
        if test.key in known:
            yield known[test.key], test


def _cohorts(rows: Sequence[Result]) -> dict[str, None]:
    return dict.fromkeys(row.group1_level for row in rows)


def _variables(rows: Sequence[Result]) -> dict[str, str]:
    """The variables of results, and the kind of difference that one more or less of them is."""
    tested = {row.variable for row in rows if row.context == PAIRED_TEST}
    return {row.variable: OUTCOME if row.variable in tested else VARIABLE for row in rows}


def _other_methods(old: Mapping[Key, Result], new: Mapping[Key, Result]) -> dict[Key, Result]:
    """By the key of a result, what it was by another method, where there is just one each."""
    gone, come = _single_methods(old.keys() - new.keys()), _single_methods(new.keys() - old.keys())
    return {key: old[gone[any_method]] for any_method, key in come.items() if any_method in gone}


def _single_methods(keys: Iterable[Key]) -> dict[Key, Key]:
    """Those keys that no other differs from in the method alone, by what they are without it."""
    found: dict[Key, list[Key]] = {}
    for key in keys:
        found.setdefault(key._replace(method=""), []).append(key)
    return {any_method: same[0] for any_method, same in found.items() if len(same) == 1}


def _difference(old: Result | None, new: Result) -> Iterator[Difference]:
    remark = _remark(old, new)
    if old is None or remark or not _close(old, new):
        yield Difference(
            RESULT,
            new.group1_level,
            new.variable,
            new.contrast,
            what=new.key.in_words,
            before=old.stat if old else "",
            after=new.stat,
            remark=remark,
        )


def _remark(old: Result | None, new: Result) -> str:
    """What is to be said of a result beside its value."""
    if old is None:
        return ADDED
    if new.error and not old.error:
        return f"no longer computable: {new.error}"
    if old.error and not new.error:
        return f"computable now; before: {old.error}"
    return "" if old.method == new.method else f"before by another method: {old.method}"


def _close(old: Result, new: Result) -> bool:
    if old.stat == new.stat:
        return True
    return math.isclose(old.number, new.number, rel_tol=_RELATIVE, abs_tol=_ABSOLUTE)
