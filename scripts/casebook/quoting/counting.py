"""Readings that count patients, by what the words around a number name.

Which names belong to a number is found here too: those of the clause behind it, or what stands
before "in five". What a statistic is of is for `sentences`.
"""

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise, product

from casebook.data.results import TRANSITIONS
from casebook.quoting.around import Around
from casebook.quoting.attributed import (
    is_of_a_cause,
    is_of_no_patients,
    is_some_of_them,
    is_unknown_part,
)
from casebook.quoting.behind import SORTS, clause_start, in_clause
from casebook.quoting.clauses import joined
from casebook.quoting.conditions import (
    any_condition,
    as_said,
    by_place,
    conditions_of,
    left_out,
    moved,
)
from casebook.quoting.grouped import of_both, of_none, of_the_others
from casebook.quoting.guesses import everyone
from casebook.quoting.known import Fits, analysed, known, pairs
from casebook.quoting.meanings import Meaning, Named, Sort
from casebook.quoting.moves import contrasts_at, with_limit
from casebook.quoting.valued import DOSE, at_a_value, stopped, with_events
from casebook.study.model import Study

_NEAR = 50


def counts_of(at: Around, fits: Fits) -> list[str]:
    """What patients are counted by, each way in which the words can be meant."""
    if (
        at.has_exceptions
        or is_of_a_cause(at)
        or DOSE.match(at.right.lstrip())
        or is_of_no_patients(at)
    ):
        return []
    whole = f"n(patient) in {everyone(at.study)}"
    if at.sentence.is_of_all and fits(whole):
        return [whole]
    after = in_clause(at)
    if at.is_whole_of_part:
        return _sizes(at, after, fits)
    if sizes := [*known(at), *of_none(at), *of_both(at), *of_the_others(at)] or analysed(at, fits):
        return sizes
    if (listed := _by_turn(at)) is not None:
        return listed
    if at.is_share and (of_group := _of_those_in_a_share(at, after)) is not None:
        return of_group
    measured = [*stopped(at), *with_events(at), *at_a_value(at, fits)]
    if at.is_part or at.leaves_out:
        return [] if at.leaves_out and measured else measured or _of_part(at, after)
    before = [
        each.meaning
        for each in at.named
        if each.meaning.sort == Sort.COHORT and each.end <= at.number.start
    ]
    if before and at.language.before_size.search(at.left):
        return [f"n(patient) in {before[-1].name}"]
    if had := at.had_by():
        return _counted(at, had, after)
    if measured:
        return measured
    if not after:
        said = _said_before(at)
        is_n = re.search(r"\bn\s*=\s*$", at.left)
        if is_n and not (said or fits(whole)):
            return [each for each in pairs(at, at.cohort) if fits(each)][:1]
        is_size = is_n or at.language.after_count.match(at.right)
        is_whole = is_size and fits(whole)
        return _counted(at, said, ()) if said else [whole] if is_whole else []
    counts = [*_of_those_at_the_beginning(at, after), *_counts_behind(at, after)]
    is_one_of_several = is_some_of_them(at, after) and not any(map(fits, counts))
    return [] if is_one_of_several else counts


def _by_turn(at: Around) -> list[str] | None:
    """The counts of those with what "respectively" gives the number to; None if it gives nothing.

    There are none if a unit follows, as of ages, and it is for a cohort to say who else is counted.
    """
    given = at.given_to(Sort.LEVEL, Sort.CONDITION)
    if given and at.has_a_unit:
        return []
    if given and not any(each.sort == Sort.COHORT for each in at.given_to(*SORTS) or given):
        return _counts_by(at, given, at.language.had_by, ceased=False)
    return None


def _of_those_in_a_share(at: Around, after: Sequence[Named]) -> list[str] | None:
    """The counts of those of a group who had or did something: a third of the responders relapsed.

    None if no group stands directly behind the share.
    """
    of = rf"\s*(?:{at.language.of_these})\s+(?:(?:{at.language.the})\s+)?"
    found = re.compile(of, re.IGNORECASE).match(at.sentence.text, at.number.end)
    if found is None or not after or after[0].start != found.end():
        return None
    first, rest = by_place(after)[0], [e for e in after if e.start >= after[0].end]
    return _within(at, moved(rest) or by_place(rest)[0], first, rest) if rest else []


def _of_those_at_the_beginning(at: Around, after: Sequence[Named]) -> list[str]:
    """The counts of a part of those with whom the sentence begins: of the five with acne, two."""
    begun = at.language.begins_with.match(at.sentence.text[: at.number.start])
    if begun is None:
        return []
    low, high = begun.span("whom")
    whom = [each for each in at.named if low <= each.start and each.end <= high]
    of = moved(whom) or next(
        iter(by_place([each for each in whom if each.meaning.sort in SORTS])), []
    )
    part = moved(after) or by_place(after)[0]
    return _within(at, part, of, after) if of and of != part else []


def _counts_behind(at: Around, after: Sequence[Named]) -> list[str]:
    """The counts of those who had or did what the clause behind the number names."""
    places = list(joined(at.sentence.text, after))
    between = at.sentence.text[at.number.end : places[0]]
    ceased = at.language.says(at.language.ceased, between)
    if ceased and at.language.says(at.language.cause, between):
        return []
    if did := moved(after):
        return _counted(at, did, after)
    options = [as_said(at, (m.meaning for m in after if m.start == place)) for place in places]
    if further := _who_also(at, after, places):
        base = conditions_of(at, options[0][0])
        return [
            f"count({one} and {each}) in {everyone(at.study)}" for one in base for each in further
        ]
    if either := _either(at, after):
        return [f"count({either}) in {everyone(at.study)}"]
    if len(options) == 1:
        return _counts_by(at, options[0], between, ceased=ceased)
    return _counts_of_both(at, options)


def _either(at: Around, after: Sequence[Named]) -> str:
    """What is true of those with one of two levels: treated with methotrexate or ciclosporin."""
    levels = [each for each in after if each.meaning.sort == Sort.LEVEL]
    link = rf"\s+(?:{at.language.either})\s+"
    for first, second in pairwise(levels):
        is_one = first.meaning.of == second.meaning.of != ""
        if is_one and re.fullmatch(link, at.sentence.text[first.end : second.start]):
            return f"{first.meaning.name} or {second.meaning.name}"
    return ""


def _who_also(at: Around, after: Sequence[Named], places: Sequence[int]) -> list[str]:
    """What else is true of those with a name: patients with lupus who had anti-Ro and anti-La.

    Of two it may be that each had one of them, or all had both.
    """
    end = max(each.end for each in after if each.start in places)
    behind = [e for e in after if e.start >= end and e.meaning.sort in (Sort.LEVEL, Sort.CONDITION)]
    who = re.compile(rf"\s+(?:{at.language.whose})\s", re.IGNORECASE)
    if not behind or not who.match(at.sentence.text, end):
        return []
    names = list(dict.fromkeys(each.meaning.name for each in behind))
    return names if len(names) == 1 else [f"({' or '.join(names)})", " and ".join(names)]


def counts_of_all(at: Around) -> list[str]:
    """What is said of all patients, as counts; of those with something, among these."""
    if at.has_exceptions:
        return []
    return list(known(at)) or _of_part(at, in_clause(at))


def _of_part(at: Around, after: Sequence[Named]) -> list[str]:
    """The counts of those who are a part of others, as two of three women had acne.

    All patients with something are the whole of such a part, and those whom "all but two men"
    leaves out are one too.
    """
    places, had = by_place(after), at.had_by()
    if not had and is_unknown_part(at, after):
        return []
    of = _those(at, after, is_told=bool(had) or at.leaves_out)
    did = moved(after)
    if of:
        said = had or (places[-1] if places[1:] else _said_before(at) or _moves_elsewhere(at, of))
        return _within(at, said, of, after)
    if not (had or did) and places[1:]:
        return _counts_of_both(at, [as_said(at, each) for each in (places[0], places[-1])])
    named = did or (places[0] if places else _said_before(at))
    return _within(at, had or named, (), after)


def _those(at: Around, after: Sequence[Named], *, is_told: bool) -> list[Meaning]:
    """Who they are of whom a part is counted: the three women, the five whose itch fell.

    Of "two of three responded" it is everyone.

    Args:
        at: The number of the part, or of all of them.
        after: What is named behind it.
        is_told: Whether it may be all that is named, as what the part had was said before.
    """
    if not after:
        return []
    start, language = after[0].start, at.language
    first, *others = by_place(after)
    between = at.sentence.text[clause_start(at) : start]
    if language.before_those.fullmatch(between):
        return first
    sorts = {each.sort for each in first}
    # "Three of five responded in eczema" are no part of five responders.
    is_verb = Sort.MOVE in sorts and all(m.sort == Sort.COHORT for each in others for m in each)
    # "The five patients suffering from acne" are such as well.
    is_close = not between.strip() or language.before_those.search(between)
    is_noun = is_close and not is_verb and Sort.SET not in sorts
    return first if is_noun and (is_told or others) else []


def _moves_elsewhere(at: Around, of: Sequence[Meaning]) -> list[Meaning]:
    """What an outcome is said to have done behind the number; of a part also before it."""
    moves = [each for each in at.named if each.meaning.sort == Sort.MOVE and each.meaning not in of]
    later = [each.meaning for each in moves if at.number.end <= each.start]
    return later[:1] or [each.meaning for each in moves[-1:] if at.is_part]


def _within(
    at: Around, part: Sequence[Meaning], of: Sequence[Meaning], after: Sequence[Named]
) -> list[str]:
    """The counts of those of some patients, or of all, who had or did something."""
    those = next(iter(as_said(at, of)), None)
    if those is None and not at.leaves_out:
        return _counted(at, part, after)
    # "Three men, two women and one with acne": the last one need not be a woman.
    cohort = everyone(at.study) if at.is_a_further_group else _cohort_of(at, part, after)
    cohort = at.of_whom_all_but or cohort
    among = [""]
    if those and those.sort == Sort.COHORT:
        cohort = those.name
    elif those:
        among = [f", {each}" for each in conditions_of(at, those)]
    return [
        f"count({left_out(at, each)}{of_them}) in {cohort}"
        for each, of_them in product(any_condition(at, part), among)
    ]


def _cohort_of(at: Around, meanings: Sequence[Meaning], after: Sequence[Named]) -> str:
    """The cohort in which it is counted who did something; who had something is in everyone."""
    named = [each.meaning.name for each in after if each.meaning.sort == Sort.COHORT]
    if any(each.sort == Sort.MOVE for each in meanings):
        return next(iter(named), at.cohort)
    # "Acne in two of the five women with long disease" is of these.
    return (
        next(iter(named), everyone(at.study)) if at.is_part and at.had_by() else everyone(at.study)
    )


def _sizes(at: Around, after: Sequence[Named], fits: Fits) -> list[str]:
    """How many those may be of whom a part is counted; where none is, those with a value."""
    sizes = _sizes_said(at, after)
    if any(map(fits, sizes)):
        return sizes
    cohorts = (re.fullmatch(r"n\(patient\) in (\w+)", each) for each in sizes)
    known = (each for of in cohorts if of for each in pairs(at, of[1]) if fits(each))
    return [*sizes, *[*known][:1]]


def _sizes_said(at: Around, after: Sequence[Named]) -> list[str]:
    """How many those are of whom a part is counted, by what is said of them."""
    those = as_said(at, _those(at, after, is_told=True))[:1]
    within = [each.meaning.name for each in after if each.meaning.sort == Sort.COHORT]
    named = [
        f"count({condition}) in {cohort}"
        for each in those
        for cohort in (*within[:1], everyone(at.study))
        for condition in conditions_of(at, each)
    ]
    if those and those[0].sort == Sort.COHORT:
        named = [f"n(patient) in {those[0].name}"]
    if named and _those(at, after, is_told=False):
        return named
    moves = [each.meaning.of for each in at.named if each.meaning.sort == Sort.MOVE]
    graded = [
        f"result(cohort={at.cohort}, variable={each}, context={TRANSITIONS}, statistic=n_pairs)"
        for each in moves[:1]
        if each in at.study.grades
    ]
    behind = [e.meaning.of for e in after if e.meaning.sort == Sort.MOVE]
    moved_ones = [each for each in (*behind[:1], *moves[-1:]) if each in at.study.outcomes][:1]
    # "Pain was worse, and two of the 19 lost weight" are 19 whose weight is known.
    spoken_of = [each.name for each in at.nearest(Sort.OUTCOME)]
    outcomes = [] if graded else (moved_ones if behind else spoken_of) or spoken_of or moved_ones
    both = graded or [
        f"n_pairs({each}{'' if contrast == at.study.every_contrast[0] else f', {contrast.name}'})"
        f" in {at.cohort}"
        for each in outcomes
        for contrast in contrasts_at(at.study, each, "")
    ]
    # "Three of six had long disease" is of no six with long disease.
    had = {each.meaning.name for each in after if each.meaning.sort == Sort.COHORT}
    cohort = everyone(at.study) if at.cohort in had and not moved(after) else at.cohort
    sizes = [f"n(patient) in {each}" for each in dict.fromkeys((cohort, everyone(at.study)))]
    return [*named, *sizes, *both]


def _said_before(at: Around) -> list[Meaning]:
    """What was said last before a share, or before a part of a number of patients."""
    has_share = re.match(r"\s*\([^)]*%\)", at.sentence.text[at.number.end :][:_NEAR])
    is_share = at.number.is_percentage or at.number.kind == "share"
    limit = at.language.other_limit.match(at.sentence.text, at.number.end)
    if not (at.is_part or is_share or has_share or limit):
        return []
    moves = [
        each for each in at.named if each.meaning.sort == Sort.MOVE and each.end <= at.number.start
    ]
    said = [each.meaning for each in moves[-1:]]
    return [with_limit(each, limit["value"]) for each in said] if limit else said


def _counted(at: Around, meanings: Sequence[Meaning], after: Sequence[Named]) -> list[str]:
    """The counts of those who had or did something, in the cohort that the clause names."""
    if any(each.sort == Sort.MOVE for each in meanings):
        cohort = _cohort_of(at, meanings, after)
        return [f"count({each}) in {cohort}" for each in any_condition(at, meanings)]
    return _counts_by(at, as_said(at, meanings), at.language.had_by, ceased=False)


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


def _counts_of_both(at: Around, places: Sequence[Sequence[Meaning]]) -> list[str]:
    """The count of those of whom all is true that several places name, by the first of each."""
    named = [conditions_of(at, each) for first in places for each in first[:1]]
    both = product(*filter(None, named))
    conditions = (
        " and ".join(f"({each})" if " or " in each else each for each in ways) for ways in both
    )
    return [f"count({left_out(at, each)}) in {everyone(at.study)}" for each in conditions if each]


def shares_of(study: Study, counts: Iterable[str]) -> list[str]:
    """The percentages that belong to counts; there is none to that of everyone."""
    return [share for each in counts if (share := _share(study, each))]


def universal(study: Study, name: str, counts: Iterable[str]) -> list[str]:
    """That what is counted is `always` or `never` true."""
    return [re.sub(r"^percent", name, share) for share in shares_of(study, counts)]


def _share(study: Study, count: str) -> str:
    if known := re.fullmatch(r"(n|n_missing)\((?!patient\))(\w+)\) in (\w+)", count):
        what = f"known({known[2]})" if known[1] == "n" else f"not known({known[2]})"
        return f"percent({what}) in {known[3]}"
    whole = re.fullmatch(r"n\(patient\) in (\w+)", count)
    condition = study.cohorts[whole[1]].select if whole else ""
    if condition:
        return f"percent({condition}) in {everyone(study)}"
    return "" if whole else count.replace("count(", "percent(", 1)
