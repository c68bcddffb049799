"""Where sentences and clauses of a text end, and which names in them belong together.

What the names are, and what is counted by them, is not asked here.
"""

import re
from collections.abc import Iterator, Sequence

from casebook.quoting.languages import Language
from casebook.quoting.meanings import Named

_END = re.compile(r"(?<=[.!?])\s+(?=[A-ZÄÖÜÀÉ(])")
_LONGEST = 1000


def sentences_in(text: str, language: Language) -> Iterator[str]:
    """The sentences of a text; one that is too long, as a table of a PDF is, in parts.

    Each number of a sentence looks at all of it. A day of a month ends none, as in 3. Juni 2023.
    """
    dates = [found.span() for found in re.finditer(language.date, text)]
    start = 0
    for found in [*_END.finditer(text), None]:
        if found and any(begin < found.start() < end for begin, end in dates):
            continue
        end = found.start() if found else len(text)
        while end - start > _LONGEST:
            space = text.rfind(" ", start, start + _LONGEST)
            cut = space if space > start else start + _LONGEST
            yield text[start:cut].strip()
            start = cut
        yield text[start:end].strip()
        start = found.end() if found else end


def clause(text: str, language: Language) -> str:
    """What follows a count or a share to the end of the clause, with what stands in brackets.

    Behind a count that is its share or a patient, and behind a share the count, as in (7/14).
    What more is told of patients between commas, as "both with acne", is left out.
    """
    part = rf"\d+\s?(?:/|(?:{language.of_these})\s)\s?\d+"
    beside = rf"\((?:[^)]*%[^)]*|{part}|[A-Za-z]{{1,4}}-?\d{{1,4}})\)"
    share = re.match(rf"\s*(?:[^\W\d]+\s+){{0,3}}{beside}", text)
    start = share.end() if share else apposition(text, language)
    # "13 with branch (BRVO) and nine" only tells how it is called.
    plain = re.sub(r"\(([A-Z][\w-]*[A-Z0-9])\)", r" \1 ", text[start:])
    end = language.clause_end.search(plain)
    return text[: start + end.start()] if end else text


def apposition(text: str, language: Language) -> int:
    """Where that ends which is told of patients between commas, as "both with acne"; or 0."""
    found = re.match(rf"\s+(?:[^\W\d]+\s+)??{_apposed(language)}", text, re.IGNORECASE)
    return found.end() if found else 0


def is_apposed(text: str, place: int, language: Language) -> bool:
    """Whether a place of a sentence is within what is told of patients between commas."""
    told = re.finditer(rf"\b{_apposed(language)}", text, re.IGNORECASE)
    return any(each.start() <= place < each.end() for each in told)


def _apposed(language: Language) -> str:
    who = rf"{language.patients}|{'|'.join(language.members)}"
    return rf"(?:{who}),\s+(?:{language.apposed})\b[^,;:()]*,\s"


def joined(text: str, named: Sequence[Named]) -> Iterator[int]:
    """Where names begin that follow one another directly, as in anti-MDA5 classic DM."""
    end = None
    for each in named:
        if end is not None and each.start >= end and text[end : each.start].strip():
            return
        if end is None or each.start >= end:
            yield each.start
            end = each.end
