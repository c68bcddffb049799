"""Rows of a raw table that are perhaps no patients: totals, means, a legend, a second header.

Signs are looked for that such a row gives, and each is told in words; what follows from them is
for cleaning, and whether the row is a patient is for the user to say. Two rows of one patient are
the business of `identifiers`.
"""

import re
from collections import Counter
from collections.abc import Collection, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import dropwhile, takewhile

from casebook.data.cells import folded
from casebook.doubts.summary_rows import summaries

_WORDS = frozenset(
    """
    total totals subtotal mean means average averages median medians overall deviation legend
    abbreviations footnote count counts variance quartile quartiles range iqr stdev stddev minimum
    maximum change changes difference differences percent percentage percentages reference unit
    units everyone responders wilcoxon
    gesamt gesamtsumme gesamtergebnis ergebnis insgesamt summe zwischensumme mittelwert mittelwerte
    durchschnitt standardabweichung legende anzahl varianz spannweite prozent differenz einheit
    einheiten referenz normbereich normwerte
    moyenne moyennes médiane médian somme effectif écart légende ensemble
    media mediana promedio suma desviación leyenda totale totali somma mediane medie deviazione
    soma média desvio totais
    totaal gemiddelde gemiddeld mediaan standaarddeviatie
    gennemsnit gjennomsnitt middelværdi totalt totalsum totalsumma hovedtotal sammenlagt
    snitt summa medelvärde medel standardavvikelse
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
    n p m sd se sem sum min max all alle ci ki ic std dev stdabw avg mw sw ds dp dt et tot med
    mittel som moy gem gjsn patients patienten сред ср σ ∑ ø μ x̄
    """.split()  # noqa: SIM905
)
"""What may be a patient's initials, where the others are initials or names as well."""

_NAMES = frozenset({"mean", "media", "medie", "suma"})
"""What of these words may be a name."""

_STATISTIC = re.compile(
    r"±|\+/-|%|\b[np]\s*[=<>≤]\s*[\d.,]|\bp[ -]?(?:values?|werte?)\b|\bq[1-4]\b|\b[ck]i ?95\b"
    r"|^[*†‡§¶][^\d]*$|^[^\W\d_]+ ?:",
    re.IGNORECASE,
)
"""What stands in the label of a statistic, and before a note."""

_LAST = 5
"""How many rows at the end may be a summary."""
_FEW_BELOW = 3
"""How many rows below an empty one may be no patients, for its place to tell anything."""


@dataclass(frozen=True)
class Row:
    """What a row that is read as a patient's shows.

    Attributes:
        identifier: What identifies the patient; empty where it is missing.
        label: The identifier; without one, what the first column has in it, unless it is a number.
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
    labels = _Labels({number: row.label for number, row in rows.items()})
    readable = sum(bool(row.numbers) for row in rows.values()) * 2 >= len(rows)
    apart = _below_the_others(rows)
    found = {
        number: [
            *labels.signs(number, row.label),
            *_in_the_cells(row, readable),
            *(["it is below an empty row"] if number in apart else []),
        ]
        for number, row in rows.items()
    }
    numbers = list(rows)
    strange = {number for number, told in found.items() if told}
    summed_up = {number for number, row in rows.items() if any(labels.signs(number, row.label))}
    for number, what in summaries({n: row.numbers for n, row in rows.items()}, strange).items():
        found[number].append(f"its numbers are the {what} of the others")
        strange.add(number)
        summed_up.add(number)
    codes = _codes(row for number, row in rows.items() if number not in strange)
    for number in _below_a_summary(numbers, summed_up):
        if not found[number] and _shape(rows[number].label) not in codes:
            found[number].append("it is below a row of totals, means or the like")
    return {number: ", and ".join(told) for number, told in found.items() if told}


class _Labels:
    """What all labels of a table have in common, against which each is held."""

    def __init__(self, labels: Mapping[int, str]) -> None:
        self.half = len(labels) / 2
        self.counts = Counter(word for label in labels.values() for word in {*_words(label)})
        self.are_names = sum(not re.search(r"\d", label) for label in labels.values()) > self.half
        self.numbered = Counter(map(_without_numbers, labels.values()))
        self.are_statistics = sum(map(bool, map(_STATISTIC.search, labels.values()))) > self.half
        self.last = {*takewhile(lambda number: self._may_end(labels[number]), reversed([*labels]))}
        """The rows at the end that have but words for statistics, be they names or not."""

    def signs(self, number: int, label: str) -> Iterator[str]:
        """What the label of a row tells of it."""
        names = _NAMES if self.are_names and number not in self.last else frozenset()
        short = _is_short(label) and not self.are_names
        if self._has_word(label, names) or short or self._has_statistic(label):
            yield f"{label!r} is a usual label for a row of totals, means or the like"

    def _may_end(self, label: str) -> bool:
        return self._has_word(label) or _is_short(label) or self._has_statistic(label)

    def _has_word(self, label: str, names: Collection[str] = ()) -> bool:
        # A word that most patients have in their identifier is the name of something else.
        words = [word for word in _words(label) if word in _WORDS and word not in names]
        return any(self.counts[word] <= self.half for word in words)

    def _has_statistic(self, label: str) -> bool:
        # Of patients who are Q1 to Q12, four are called as quartiles are.
        are_codes = self.numbered[_without_numbers(label)] > self.half
        return bool(_STATISTIC.search(label)) and not (are_codes or self.are_statistics)


def _is_short(label: str) -> bool:
    """Whether a label is made of what may be initials; s.d. is a word as well."""
    words = [] if re.search(r"\d", label) else _words(label)
    return bool(words) and ({*words} <= _SHORT_WORDS or "".join(words) in _SHORT_WORDS)


def _words(label: str) -> list[str]:
    return re.findall(r'[^\W\d_]+(?:"[^\W\d_]+|\u0304)?|∑', folded(label))


def _in_the_cells(row: Row, readable: bool) -> Iterator[str]:
    if row.bare:
        yield "there is nothing beside it"
    elif not row.measured:
        yield "it has no outcome at all"
    if readable and row.unreadable > 1 and not row.numbers:
        yield "none of its numbers can be read"


def _below_a_summary(numbers: Sequence[int], summaries: Container[int]) -> Sequence[int]:
    """The last rows below one that sums up the others, if they are few."""
    start = max(len(numbers) // 2, len(numbers) - _LAST - 1)
    last = list(dropwhile(lambda number: number not in summaries, numbers[start:]))
    return last[1:]


def _without_numbers(label: str) -> str:
    """A label with 0 for every number in it: P12 is P0."""
    return re.sub(r"\d+", "0", label)


def _shape(label: str) -> str:
    """A label with 0 for every number in it and a for every word: P12 is a0."""
    return re.sub(r"[^\W\d_]+", "a", _without_numbers(label))


def _codes(rows: Iterable[Row]) -> set[str]:
    """The shapes of the labels that have a number in them."""
    return {shape for row in rows if "0" in (shape := _shape(row.label))}


def _below_the_others(rows: Mapping[int, Row]) -> list[int]:
    """The last row, or a few that have no codes, if no other has an empty row above it."""
    numbers = list(rows)
    gaps = [place for place in range(1, len(rows)) if rows[numbers[place]].follows_empty]
    if len(gaps) != 1 or len(rows) - gaps[0] > min(_FEW_BELOW, gaps[0]):
        return []
    above, below = numbers[: gaps[0]], numbers[gaps[0] :]
    codes = _codes(rows[number] for number in above)
    return [n for n in below if len(below) == 1 or _shape(rows[n].label) not in codes]
