"""Rows of a raw table that are perhaps no patients: totals, means, a legend, a second header.

Signs are looked for that such a row gives, and each is told in words; what follows from them is
for cleaning, and whether the row is a patient is for the user to say. Two rows of one patient are
the business of `identifiers`.
"""

import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from casebook.cells import folded

_WORDS = frozenset(
    """
    total totals subtotal mean means average averages median medians overall deviation legend
    abbreviations footnote
    gesamt gesamtsumme insgesamt summe zwischensumme mittelwert mittelwerte durchschnitt
    standardabweichung legende
    moyenne moyennes médiane médian somme effectif écart légende ensemble
    media mediana promedio suma desviación leyenda totale totali somma mediane medie deviazione
    soma média desvio totais
    totaal gemiddelde gemiddeld mediaan standaarddeviatie
    gennemsnit gjennomsnitt middelværdi totalt summa medelvärde medel standardavvikelse
    standardavvik samtals meðaltal yhteensä keskiarvo mediaani keskihajonta
    razem średnia průměr celkem medián součet spolu priemer összesen átlag szórás
    ukupno prosjek medijan toplam ortalama medyan
    σύνολο μέσος διάμεσος итого всего среднее медиана сумма всього середнє
    المجموع المتوسط الإجمالي סה"כ ממוצע חציון
    合计 总计 总数 平均 平均值 均值 中位数 标准差 合計 計 総計 中央値 標準偏差
    합계 평균 총계 중앙값 표준편차
    """.split()  # noqa: SIM905 - one line a language can be read
)
"""What only a line of totals, means or the like is called, and a legend."""

_SHORT_WORDS = frozenset(
    """
    n p m sd se sem sum min max all alle iqr ci ki ic std stdev avg mw sw ds dp dt et range tot med
    mittel som moy minimum maximum σ ∑ ø μ
    """.split()  # noqa: SIM905
)
"""What may be a patient's initials, where the others are initials or names as well."""

_STATISTIC = re.compile(r"±|\+/-|\b[np]\s*[=<>≤]\s*[\d.,]", re.IGNORECASE)
_FEWEST = 3
"""How many values a column must have for its sum or mean to tell anything."""


@dataclass(frozen=True)
class Row:
    """What a row that is read as a patient's shows.

    Attributes:
        identifier: What identifies the patient; empty where it is missing.
        label: The identifier; without a column of identifiers, the first text in the row.
        contents: The texts of all columns that are read, but for the identifier.
        bare: Whether nothing stands beside the label.
        follows_empty: Whether the row above is empty.
        measured: Whether anything stands in the cells of outcomes.
        numbers: The numbers that are written in it, by name, those out of range too; those that
            are missing are left out.
        unreadable: How many cells hold something else where a number should be.
    """

    identifier: str
    label: str
    contents: tuple[str, ...]
    bare: bool
    follows_empty: bool
    measured: bool
    numbers: Mapping[str, float]
    unreadable: int


def signs(rows: Mapping[int, Row]) -> dict[int, str]:
    """Why rows may be no patients, by the number of the row, for each that gives a sign.

    Args:
        rows: The rows that are read as patients, by number, from the top.
    """
    labels = _Labels([row.label for row in rows.values()])
    readable = sum(bool(row.numbers) for row in rows.values()) * 2 >= len(rows)
    apart = _below_the_others(rows)
    found = {
        number: [
            *labels.signs(row.label),
            *_in_the_cells(row, readable),
            *(["it stands below an empty row"] if number in apart else []),
        ]
        for number, row in rows.items()
    }
    strange = {number for number, told in found.items() if told}
    for number in {min(rows), max(rows)} if rows else ():
        others = [row for other, row in rows.items() if other not in strange | {number}]
        found[number] += _summary(rows[number], others)
    return {number: ", and ".join(told) for number, told in found.items() if told}


class _Labels:
    """What all labels of a table have in common, against which each is held."""

    def __init__(self, labels: Sequence[str]) -> None:
        self.half = len(labels) / 2
        self.counts = Counter(word for label in labels for word in {*_words(label)})
        self.are_names = sum(not re.search(r"\d", label) for label in labels) > self.half

    def signs(self, label: str) -> Iterator[str]:
        """What a label tells of its row."""
        words = _words(label)
        # A word that most patients have in their identifier is the name of something else.
        whole = any(word in _WORDS and self.counts[word] <= self.half for word in words)
        short = bool(words) and not (re.search(r"\d", label) or {*words} - _SHORT_WORDS)
        if whole or (short and not self.are_names) or _STATISTIC.search(label):
            yield f"{label!r} is what a line of totals, means or the like is called"


def _words(label: str) -> list[str]:
    return re.findall(r'[^\W\d_]+(?:"[^\W\d_]+)?|∑', folded(label))


def _in_the_cells(row: Row, readable: bool) -> Iterator[str]:
    if row.bare:
        yield "nothing stands beside it"
    elif not row.measured:
        yield "it has no outcome at all"
    if readable and row.unreadable > 1 and not row.numbers:
        yield "none of its numbers can be read"


def _below_the_others(rows: Mapping[int, Row]) -> list[int]:
    """The last rows, if they are few and the only ones with an empty row above them."""
    numbers = list(rows)
    gaps = [place for place in range(1, len(rows)) if rows[numbers[place]].follows_empty]
    below = numbers[gaps[-1] :] if gaps else []
    return below if len(gaps) == 1 and len(below) <= min(_FEWEST, gaps[0]) else []


def _summary(row: Row, others: Sequence[Row]) -> list[str]:
    """Whether the numbers of a row are the sums or the means of those of the others."""
    sums = means = compared = 0
    finer = False
    for name, number in row.numbers.items():
        column = [other.numbers[name] for other in others if name in other.numbers]
        if len(column) < _FEWEST or len({*column}) == 1:
            continue
        decimals = _decimals(number)
        tolerance = 0.5 * 10**-decimals
        compared += 1
        sums += number > max(column) and abs(number - math.fsum(column)) <= tolerance
        means += abs(number - math.fsum(column) / len(column)) <= tolerance
        finer = finer or decimals > max(map(_decimals, column))
    if sums and sums + means == compared:
        return ["its numbers are the sums of the others"]
    # The mean of a few whole numbers is often some patient's value as well.
    if means == compared and means >= (2 if finer else _FEWEST):
        return ["its numbers are the means of the others"]
    return []


def _decimals(number: float) -> int:
    exponent = Decimal(repr(number)).normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0
