"""What a paper prints: right values in every correct way, and the same with an error planted.

A right value may be rounded half up, half to even, or as a program prints a half that is a little
less in binary; and it may be spelled in other ways. An error that leaves the printed number right
is said to be hidden, and is not planted.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import TypeVar

import numpy as np

from planted.truth import Error, Fact

T = TypeVar("T")
MINUS = "\N{MINUS SIGN}"
WORDS = ("Zero", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten")
SAID = {
    True: ("statistically significant", "a significant improvement", "significantly better"),
    False: (
        *("not statistically significant", "no significant difference", "nonsignificant"),
        *("none of the changes was significant", "failed to reach statistical significance"),
    ),
}
MISPRINT, DECISION = "misprint", "decision"  # causes that are not another convention
NAMED = {"sd": "sd", "p_value": "signed-rank"}
"""What a paper may call a statistic of which there is more than one."""


class Correct(StrEnum):
    """Kinds of correct claim."""

    HALF_UP = "rounded half up"
    HALF_EVEN = "rounded half to even, where that differs"
    BINARY = "rounded by a program, where that differs from both"
    SPELLING = "in another spelling"
    STATED = "significance in words"
    AGREEING = "repeated, or a sum"


@dataclass(frozen=True)
class Claim:
    """What a paper prints in the place of a fact: right, or with an error of some kind.

    A fact about other claims has `{}` in its reading for each of them.
    """

    kind: Correct | Error
    fact: Fact
    printed: str
    cause: str = ""
    convention: str = ""
    of: "tuple[Claim, ...]" = ()

    @property
    def hidden(self) -> bool:
        """Whether the printed number, if it is one in digits, is right all the same."""
        return bool(IN_DIGITS.fullmatch(self.printed)) and is_right(self.printed, self.fact.value)


IN_DIGITS = re.compile(rf"[-{MINUS}]?[\d,]*[.·]?\d+%?")
ZERO_FIRST = re.compile(rf"[-{MINUS}]?0[\d,]")


def is_right(text: str, value: Decimal) -> bool:
    """Whether a number in digits is a value, rounded to the same decimals."""
    plain = text.replace(MINUS, "-").replace("·", ".").replace(",", "").removesuffix("%")
    return Decimal(plain) in map(Decimal, roundings(value, len(plain.partition(".")[2])))


def roundings(value: Decimal, decimals: int) -> dict[str, Correct]:
    """A value as it is rounded half up, half to even, and by a program."""
    up, even = (rounded(value, decimals, mode) for mode in (ROUND_HALF_UP, ROUND_HALF_EVEN))
    binary = f"{float(value):.{decimals}f}"
    return {binary: Correct.BINARY, even: Correct.HALF_EVEN, up: Correct.HALF_UP}


def rounded(value: Decimal, decimals: int, mode: str = ROUND_HALF_UP) -> str:
    """A value with so many decimals."""
    return f"{value.quantize(Decimal(1).scaleb(-decimals), mode):f}"


def decimals_of(fact: Fact) -> tuple[int, ...]:
    """With how many decimals a number can be printed."""
    usual = {"n": (0,), "count": (0,), "percent": (0, 1, 2), "p_value": (2, 3, 4)}
    return usual.get(fact.statistic, (0, 1, 2, 3))


def chosen(options: Sequence[T], most: int, random: np.random.Generator) -> list[T]:
    """Some of the options, in their order."""
    places = random.permutation(len(options))[:most]
    return [options[place] for place in sorted(places.tolist())]


def correct(facts: Sequence[Fact], random: np.random.Generator) -> Iterator[Claim]:
    """Correct claims: each fact in several printings, and some that repeat or add up others."""
    claims = [claim for fact in facts for claim in printings(fact, random)]
    yield from claims
    plain = [claim for claim in claims if claim.kind == Correct.HALF_UP]
    for claim in chosen(plain, 40, random):
        same = Fact("same({})", "same", Decimal(claim.printed))
        yield Claim(Correct.AGREEING, same, claim.printed, of=(claim,))
    counts = [claim for claim in plain if claim.fact.statistic == "count"]
    for one, other in zip(chosen(counts, 40, random), chosen(counts, 40, random), strict=True):
        total = Fact("total({}, {})", "total", one.fact.value + other.fact.value)
        yield Claim(Correct.AGREEING, total, f"{total.value}", of=(one, other))


def printings(fact: Fact, random: np.random.Generator) -> Iterator[Claim]:
    """The correct claims of one fact: at two numbers of decimals, or in words."""
    if fact.statistic == "significant":
        yield from (Claim(Correct.STATED, fact, words) for words in SAID[bool(fact.value)])
        return
    for decimals in chosen(decimals_of(fact), 2, random):
        for text, kind in roundings(fact.value, decimals).items():
            yield Claim(kind, fact, text)
        for text in chosen(list(spellings(fact, rounded(fact.value, decimals))), 1, random):
            yield Claim(Correct.SPELLING, fact, text)


def spellings(fact: Fact, text: str) -> Iterator[str]:
    """Other ways to print the same."""
    if text.startswith("-"):
        yield MINUS + text[1:]
    if "." in text:
        yield text.replace(".", "·")
    if fact.value >= 1000:
        thousands, point, rest = text.partition(".")
        yield f"{int(thousands):,}{point}{rest}"
    if fact.statistic == "percent":
        yield f"{text}%"
    if fact.statistic in ("n", "count") and fact.value < len(WORDS):
        yield WORDS[int(fact.value)]
    if fact.statistic == "p_value":
        yield from (text.removeprefix("0"), "<0.05" if fact.value < Decimal("0.05") else "≥0.05")
        digits, power = f"{fact.value:.1e}".split("e")
        yield f"{digits} × 10^{int(power)}"


def errors(
    facts: Sequence[Fact], right: Sequence[Claim], random: np.random.Generator
) -> Iterator[Claim]:
    """Every claim with an error, hidden ones among them."""
    for fact in facts:
        yield from mistaken(fact, random)
    for claim in right:
        if claim.kind in (Correct.HALF_UP, Correct.SPELLING) and IN_DIGITS.fullmatch(claim.printed):
            yield from slips(claim, random)
        if claim.fact.statistic == "same":
            texts = [digit_changed(claim.printed, random)]
            if "." in claim.printed:
                texts.append(claim.printed[:-1].removesuffix("."))
            yield from (replace(claim, kind=Error.REPEATED, printed=text) for text in texts)
        if claim.fact.statistic == "total":
            yield replace(claim, kind=Error.SUM, printed=f"{claim.fact.value + 1}")


def mistaken(fact: Fact, random: np.random.Generator) -> Iterator[Claim]:
    """The opposite of what is so, other numbers in the place of the right one, or that cut off."""
    if fact.statistic == "significant":
        for words in SAID[not fact.value]:
            yield Claim(Error.FLIPPED, fact, words, DECISION)
        return
    if fact.statistic == "p_value":
        bound = "≥0.05" if fact.value < Decimal("0.05") else "<0.05"
        yield Claim(Error.FLIPPED, fact, bound, DECISION)
    options, named = decimals_of(fact), NAMED.get(fact.statistic, "")
    for kind, cause, value in fact.wrong:
        claim = Claim(kind, fact, rounded(value, int(random.choice(options))), cause)
        yield claim
        if named and cause.startswith(f"{named},"):
            yield replace(claim, convention=named)
    for decimals in options:
        yield Claim(Error.CUT, fact, rounded(fact.value, decimals, ROUND_DOWN), Error.CUT)


def slips(claim: Claim, random: np.random.Generator) -> Iterator[Claim]:
    """Slips of the pen."""
    for kind, text, cause in (
        (Error.DIGIT, digit_changed(claim.printed, random), MISPRINT),
        (Error.EXCHANGED, digits_exchanged(claim.printed, random), MISPRINT),
        (Error.SIGN, claim.printed.lstrip(f"-{MINUS}"), "size without its sign"),
    ):
        if text != claim.printed:
            yield replace(claim, kind=kind, printed=text, cause=cause)


def digit_changed(text: str, random: np.random.Generator) -> str:
    """Another digit at one place; the first of several is not made a zero."""
    place = int(random.choice([i for i, letter in enumerate(text) if letter.isdigit()]))
    digits = [digit for digit in "0123456789" if digit != text[place]]
    options = [text[:place] + digit + text[place + 1 :] for digit in digits]
    return str(random.choice([option for option in options if not ZERO_FIRST.match(option)]))


def digits_exchanged(text: str, random: np.random.Generator) -> str:
    """Two digits that stand side by side exchanged, where there are any."""
    places = [match.start() for match in re.finditer(r"\d(?=\d)", text)]
    options = [text[:i] + text[i + 1] + text[i] + text[i + 2 :] for i in places]
    possible = [option for option in options if not ZERO_FIRST.match(option)]
    return str(random.choice(possible)) if possible else text
