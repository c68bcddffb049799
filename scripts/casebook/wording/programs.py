"""Which programs may have made a paper's numbers, in words for the report and the command line.

What each program gives is found by `audit/fingerprint`; nothing is compared here.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from casebook.base.lists import enumerated
from casebook.data.programs import PROGRAM_NAMES
from casebook.data.spoken import Speaker, Spoken
from casebook.data.vocabulary import Kind
from casebook.wording.numbers import with_minus
from casebook.wording.sentences import IN_A_SENTENCE, ending


@dataclass(frozen=True)
class Programs:
    """What is told of programs.

    Attributes:
        sentences: What the numbers say together.
        speakers: How many numbers each program gives.
        claims: The claims of which programs give different numbers, with what each gives.
    """

    sentences: tuple[str, ...]
    speakers: Sequence[Speaker]
    claims: Sequence["Differing"]


@dataclass(frozen=True)
class Differing:
    """A claim of which programs give different numbers.

    Attributes:
        claim: Its name.
        place: Where it stands in the paper.
        printed: What the paper prints.
        given: What is given, and by which programs, that which is printed first.
    """

    claim: str
    place: str
    printed: str
    given: Sequence[tuple[str, str]]


def programs_words(rows: Sequence[Spoken], speakers: Sequence[Speaker]) -> Programs | None:
    """Word what programs give for a paper; None where it prints nothing on which they differ."""
    if not any(each.by_any for each in speakers):
        return None
    claims = [_differing(rows, name) for name in dict.fromkeys(r.claim for r in rows if r.tells)]
    sentences = (
        *_together(rows, speakers),
        *_hanging(rows),
        *_unknown(rows),
        "Each program is taken with its defaults. One with other options, or another version, may"
        " have given the same.",
    )
    return Programs(sentences, speakers, claims)


def _differing(rows: Sequence[Spoken], name: str) -> Differing:
    of_claim = [row for row in rows if row.claim == name]
    given: dict[tuple[bool, str], list[str]] = {}
    for row in of_claim:
        given.setdefault((row.gives != "yes", row.shown), []).append(row.program)
    first = of_claim[0]
    by = [
        (with_minus(shown), ", ".join(programs)) for (_, shown), programs in sorted(given.items())
    ]
    return Differing(name, first.place, first.printed, by)


def _together(rows: Sequence[Spoken], speakers: Sequence[Speaker]) -> Iterator[str]:
    """Which programs give all numbers, which none, and what the nearest one misses."""
    by_any, telling, claims = speakers[0].by_any, speakers[0].telling, speakers[0].claims
    verb = "is" if by_any == 1 else "are"
    which = f"All of them {verb}" if by_any == claims else f"{by_any} of them {verb}"
    about = (
        "Programs differ in the quartiles, Wilcoxon tests and intervals of shifts that they print."
        " The paper prints"
        f" {claims} such numbers. {which} what some program gives by its defaults"
    )
    speaking = [each.program for each in speakers]
    every = [each.program for each in speakers if each.all]
    if not telling:
        yield f"{about}, but they do not tell the programs apart."
        return
    if every:
        verb = "give" if len(every) > 1 else "gives"
        yield f"{about}; {_among(speaking, every)} {verb} all of these."
    else:
        most = max(each.gives for each in speakers)
        nearest = [each.program for each in speakers if each.gives == most]
        given_by = _among(speaking, nearest)
        yield f"{about}; no program gives all of these, and {given_by} the most: {most}."
        missed = {r.claim: r for r in rows if r.program == nearest[0] and not r.gives and r.tells}
        told = [
            f"{r.claim}, {with_minus(r.shown)} in place of {r.printed}" for r in missed.values()
        ]
        yield f"Not as {nearest[0]} would print it{ending(told, 'in the table')}"
    none = [each.program for each in speakers if each.none]
    if none:
        verb = "give" if len(none) > 1 else "gives"
        yield f"Of the {telling} that tell programs apart, {_among(speaking, none)} {verb} none."


def _hanging(rows: Sequence[Spoken]) -> Iterator[str]:
    """The claims whose significance another program would reverse."""
    told = []
    for name in dict.fromkeys(row.claim for row in rows if row.significant):
        by = {row.program: row.significant for row in rows if row.claim == name}
        below = [program for program, significant in by.items() if significant == "yes"]
        if 0 < len(below) < len(by):
            which = _among([*by], below)
            told.append(f"{name} (significant only by {which})")
    if told:
        yield f"Whether p is below the level hangs on the program{ending(told, 'in the table')}"
    elif any(row.significant for row in rows):
        yield "No conclusion on significance hangs on the program."


def _unknown(rows: Sequence[Spoken]) -> Iterator[str]:
    """Of which programs an interval is known; what the others print is not held against them."""
    known = {row.program for row in rows if row.kind == Kind.DIFFERENCE}
    if known:
        programs = [name for name in PROGRAM_NAMES.values() if name in known]
        which = _among([*PROGRAM_NAMES.values()], programs)
        yield f"Which intervals a program prints is known only of {which}."


def _among(every: Sequence[str], these: Sequence[str]) -> str:
    """These programs, or of too many for a sentence the others."""
    if len(these) <= IN_A_SENTENCE:
        return enumerated(these)
    others = [program for program in every if program not in these]
    return f"all programs but {enumerated(others)}" if others else "all programs"
