"""Readings that count patients, by what the words around a number name.

Which names belong to a number is found here too: those of the clause behind it, or what stands
before "in five". What a statistic is of is for `sentences`.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from casebook.quoting.around import Around
from casebook.quoting.clauses import clause, joined
from casebook.quoting.guesses import everyone
from casebook.quoting.meanings import Meaning, Named, Sort
from casebook.quoting.moves import contrasts_at, in_contrasts
from casebook.study.model import Study

_SORTS = (Sort.COHORT, Sort.LEVEL, Sort.CONDITION, Sort.MOVE, Sort.SET)
_NEAR = 50
_DOSE = re.compile(r"(?:[mkµμ]?g|mcg|IU|U|units?)\b(?!\s*/\s*(?:d?l|ml)\b)", re.IGNORECASE)
"""The unit of a dose, and not of a concentration."""
Fits = Callable[[str], bool]
"""Whether a reading gives the number."""


def counts_of(at: Around, fits: Fits) -> list[str]:
    """What patients are counted by, each way in which the words can be meant."""
    whole = f"n(patient) in {everyone(at.study)}"
    if at.sentence.is_of_all and fits(whole):
        return [whole]
    after = _in_clause(at)
    if at.is_whole_of_part:
        return _sizes(at, after)
    if at.is_part:
        return _denied(at, _of_part(at, after))
    before = [
        each.meaning
        for each in at.named
        if each.meaning.sort == Sort.COHORT and each.end <= at.number.start
    ]
    if before and at.language.before_size.search(at.left):
        return [f"n(patient) in {before[-1].name}"]
    if had := at.had_by():
        return _denied(at, _counted(at, had, after))
    if measured := [*_stopped(at), *_at_a_value(at)]:
        return measured
    if not after:
        said = _said_before(at)
        is_size = re.search(r"\bn\s*=\s*$", at.left) or at.language.after_count.match(at.right)
        is_whole = is_size and fits(whole)
        return _denied(at, _counted(at, said, ())) if said else [whole] if is_whole else []
    places = list(joined(at.sentence.text, after))
    between = at.sentence.text[at.number.end : places[0]]
    ceased = at.language.says(at.language.ceased, between)
    if ceased and at.language.says(at.language.cause, between):
        return []
    if any(each.meaning.sort == Sort.MOVE for each in after):
        did = [each.meaning for each in after if each.meaning.sort == Sort.MOVE]
        return _denied(at, _counted(at, did[:1], after))
    options = [_ordered(at, (m.meaning for m in after if m.start == place)) for place in places]
    if len(options) == 1:
        return _denied(at, _counts_by(at, options[0], between, ceased=ceased))
    return _denied(at, [count_of_all(at.study, [meanings[0] for meanings in options])])


def counts_of_all(at: Around) -> list[str]:
    """What is said of all patients, as counts; of those with something, in their cohort."""
    after = _in_clause(at)
    starts = list(dict.fromkeys(each.start for each in after))
    between = at.sentence.text[at.number.end : starts[0]] if starts else ""
    counted = at.language.after_count.match(between)
    rest = between[counted.end() :] if counted else ""
    if not re.match(rf"\s+(?:{at.language.not_counted})\b", rest):
        moves = [each.meaning for each in after if each.meaning.sort == Sort.MOVE]
        return _counted(at, moves[:1] or [m.meaning for m in after if m.start == starts[0]], ())
    said = [each for each in after if each.start in starts[1:2]]
    return _counted(at, [each.meaning for each in said], after) if said else []


def _stopped(at: Around) -> Iterator[str]:
    """The counts of those who stopped what is measured as a dose: three could stop prednisone."""
    for dose in _in_clause(at, (Sort.OUTCOME,)):
        between = at.sentence.text[at.number.end : dose.start]
        is_dose = _DOSE.match(at.study.outcomes[dose.meaning.name].unit or "")
        if is_dose and at.language.says(at.language.ceased, between):
            for contrast in contrasts_at(at.study, dose.meaning.name, ""):
                earlier, later = (f"{dose.meaning.name}_{visit}" for visit in contrast.visits)
                yield f"count({earlier} > 0 and {later} == 0) in {everyone(at.study)}"


def _at_a_value(at: Around) -> Iterator[str]:
    """The counts of those with a value of an outcome, rather a later one: 3 had an itch of 0."""
    of = rf"(?:\s+[^\W\d]+)?\s+(?:{at.language.consists})\s+(\d+(?:\.\d+)?)(?![\d.,]*\d|\s*%)"
    for outcome in _in_clause(at, (Sort.OUTCOME,)):
        between = at.sentence.text[at.number.end : outcome.start]
        if at.language.says(at.language.change, between) or at.language.statistic.search(between):
            continue
        if value := re.match(of, at.sentence.text[outcome.end :], re.IGNORECASE):
            said = [each.name for each in at.behind(Sort.VISIT) or at.nearest(Sort.VISIT)]
            for visit in said[:1] or reversed(at.study.visits_of(outcome.meaning.name)):
                column = f"{outcome.meaning.name}_{visit}"
                yield f"count({column} == {value[1]}) in {everyone(at.study)}"


def _in_clause(at: Around, sorts: Sequence[Sort] = _SORTS) -> list[Named]:
    """What of whom is named in the clause behind the number."""
    whole = at.language.number.search(at.sentence.text, at.number.end) if at.is_part else None
    start = whole.end() if whole else at.number.end
    end = start + len(clause(at.sentence.text[start:], at.language))
    return [
        each
        for each in at.named
        if each.meaning.sort in sorts and at.number.end <= each.start and each.end <= end
    ]


def _of_part(at: Around, after: Sequence[Named]) -> list[str]:
    """The counts of those who are a part of others: two of three women had acne."""
    starts = list(dict.fromkeys(each.start for each in after))
    places = [[each.meaning for each in after if each.start == start] for start in starts]
    had = at.had_by() or _said_before(at)
    if not places:
        return _counted(at, had, ())
    if places[1:]:
        return _within(at, places[0], places[-1], after)
    whole = at.language.number.search(at.sentence.text, at.number.end)
    between = at.sentence.text[whole.end() if whole else at.number.end : starts[0]]
    restricts = rf"\s*(?:{at.language.patients})?\s*\b(?:{at.language.not_counted})\b"
    if not re.match(restricts, between):
        return _counted(at, places[0], after)
    moves = [each for each in at.named if each.meaning.sort == Sort.MOVE]
    later = [each.meaning for each in moves if at.number.end <= each.start]
    did = had or later[:1] or [each.meaning for each in moves[-1:]]
    return _within(at, places[0], did, after) if did else []


def _within(
    at: Around, whole: Sequence[Meaning], part: Sequence[Meaning], after: Sequence[Named]
) -> list[str]:
    """The counts of those of some patients who had or did something."""
    if any(each.sort in (Sort.MOVE, Sort.SET) for each in part):
        return _counted(at, part, after)
    return [count_of_all(at.study, [*_ordered(at, whole)[:1], *_ordered(at, part)[:1]])]


def _sizes(at: Around, after: Sequence[Named]) -> list[str]:
    """How many those may be of whom a part is counted."""
    cohorts = [each.meaning.name for each in after if each.meaning.sort == Sort.COHORT][:1]
    outcomes = [each.name for each in at.nearest(Sort.OUTCOME)]
    pairs = [
        f"n_pairs({each}{'' if contrast == at.study.every_contrast[0] else f', {contrast.name}'})"
        f" in {at.cohort}"
        for each in outcomes
        for contrast in contrasts_at(at.study, each, "")
    ]
    others = (at.cohort, everyone(at.study))
    sizes = [f"n(patient) in {each}" for each in dict.fromkeys(others)]
    return [f"n(patient) in {each}" for each in cohorts] or [*sizes, *pairs]


def _said_before(at: Around) -> list[Meaning]:
    """What was said last before a share, or before a part of a number of patients."""
    has_share = re.match(r"\s*\([^)]*%\)", at.sentence.text[at.number.end :][:_NEAR])
    is_share = at.number.is_percentage or at.number.kind == "share"
    if not (at.is_part or is_share or has_share):
        return []
    moves = [
        each for each in at.named if each.meaning.sort == Sort.MOVE and each.end <= at.number.start
    ]
    return [each.meaning for each in moves[-1:]]


def _counted(at: Around, meanings: Sequence[Meaning], after: Sequence[Named]) -> list[str]:
    """The counts of those who had or did something, in the cohort that the clause names."""
    moves = [each for each in meanings if each.sort == Sort.MOVE]
    if not meanings:
        return []
    if not moves:
        return _counts_by(at, _ordered(at, meanings), at.language.had_by, ceased=False)
    visits = at.behind(Sort.VISIT) or at.nearest(Sort.VISIT)
    named = [each.meaning.name for each in after if each.meaning.sort == Sort.COHORT]
    cohort = next(iter(named), at.cohort)
    conditions = in_contrasts(at.study, moves[0], visits[0].name if visits else "")
    return [f"count({each}) in {cohort}" for each in conditions]


def _counts_by(at: Around, meanings: Sequence[Meaning], between: str, *, ceased: bool) -> list[str]:
    """Each count that a name may stand for; of what has ceased, those who no longer have it."""
    cohorts = [each.name for each in meanings if each.sort == Sort.COHORT]
    if cohorts:
        return [f"n(patient) in {name}" for name in cohorts]
    whole = everyone(at.study)
    sets = [each.name for each in meanings if each.sort == Sort.SET]
    if sets:
        # "Two adverse events" are not two patients.
        none = at.language.says(at.language.without, between)
        is_of_patients = re.search(r"\w", between) is not None
        if at.number.is_nobody:
            is_of_patients = not is_of_patients or bool(at.language.after_count.match(between))
        relation = "==" if none else ">"
        return [f"count(count({name}) {relation} 0) in {whole}" for name in sets if is_of_patients]
    conditions = [each.name for each in meanings]
    if ceased:
        conditions = [re.sub(r'^("[^"]*") in ', r"\1 not in ", each) for each in conditions]
    return [f"count({each}) in {whole}" for each in conditions]


def _denied(at: Around, counts: Sequence[str]) -> list[str]:
    """The counts of all the others, of a number of whom they are left out: all but two."""
    if not re.search(rf"\b(?:{at.language.all_but})\s+$", at.left[-_NEAR:], re.IGNORECASE):
        return list(counts)
    return [re.sub(r"^count\((.*)\) in", r"count(not (\1)) in", each) for each in counts]


def _ordered(at: Around, meanings: Iterable[Meaning]) -> list[Meaning]:
    """Those first for which the words of the sentence speak."""
    said = at.sentence.said
    visits = {meaning.name for meaning in at.nearest(Sort.VISIT)}

    def speaks(meaning: Meaning) -> tuple[bool, int, bool]:
        of = at.study.variables.get(meaning.of)
        label = at.sentence.reader.names.words_of(of.label) if of else frozenset()
        is_cohort = meaning.sort == Sort.COHORT
        return not is_cohort, -len(label & said), meaning.of not in visits

    return sorted(meanings, key=speaks)


def count_of_all(study: Study, meanings: Iterable[Meaning]) -> str:
    """The count of those of whom all names are true."""
    conditions = (
        study.cohorts[each.name].select if each.sort == Sort.COHORT else each.name
        for each in meanings
        if each.sort != Sort.SET
    )
    both = " and ".join(f"({each})" if " or " in each else each for each in conditions if each)
    return f"count({both}) in {everyone(study)}"


def shares_of(study: Study, counts: Iterable[str]) -> list[str]:
    """The percentages that belong to counts; there is none to that of everyone."""
    return [share for each in counts if (share := _share(study, each))]


def universal(study: Study, name: str, counts: Iterable[str]) -> list[str]:
    """That what is counted is `always` or `never` true."""
    return [re.sub(r"^percent", name, share) for share in shares_of(study, counts)]


def _share(study: Study, count: str) -> str:
    whole = re.fullmatch(r"n\(patient\) in (\w+)", count)
    condition = study.cohorts[whole[1]].select if whole else ""
    if condition:
        return f"percent({condition}) in {everyone(study)}"
    return "" if whole else count.replace("count(", "percent(", 1)
