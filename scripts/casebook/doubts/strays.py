"""Rows of a raw table that are perhaps no patients: totals, means, a legend, a second header.

Signs are looked for that such a row gives, and each is told in words; what follows from them is
for cleaning, and whether the row is a patient is for the user to say. Two rows of one patient are
the business of `identifiers`.
"""

import re
from collections import Counter, defaultdict
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

_LEFT_OUT = re.compile(
    r"\b(?:excluded|withdrawn|withdrew|drop(?:ped)?[ -]?out|screen(?:ing)?[ -]?fail(?:ed|ure)?"
    r"|duplicate|deleted|dummy|not enrolled|ineligible|ausgeschlossen|studienabbruch|dublette"
    r"|exclu(?:e|ido|ida)?|retir[ée]e?)\b",
    re.IGNORECASE,
)
"""What is written behind the identifier of a patient who is not, or no more, in a study."""

_DIGITS = re.compile(r"\d+")
_LAST = 5
"""How many rows at the end may be a summary."""
_FEW_BELOW = 3
"""How many rows below an empty one may be no patients, for its place to tell anything."""


@dataclass(frozen=True)
class Rows:
    """What the rows that are read as patients' show, from the top of the table.

    Attributes:
        numbers: The numbers of the rows.
        identifiers: What identifies the patient in each; empty where it is missing.
        labels: The identifier; without one, what the first column has in it, unless it is a number.
        contents: The texts of each column that is read, but for the identifier.
        bare: The rows that have nothing beside the label.
        below_empty: The rows whose row above is empty.
        unmeasured: The rows with nothing in the cells of outcomes.
        values: The numbers that are written in each column, by name, those out of range too; None
            where they are missing.
        unreadable: How many cells of a row hold neither a number nor a limit, as in <5, where a
            number should be, if any.
    """

    numbers: Sequence[int]
    identifiers: Sequence[str]
    labels: Sequence[str]
    contents: Sequence[Sequence[str]]
    bare: Collection[int]
    below_empty: Collection[int]
    unmeasured: Collection[int]
    values: Mapping[str, Sequence[float | None]]
    unreadable: Mapping[int, int]


def signs(rows: Rows) -> dict[int, str]:
    """Why rows may be no patients, by the number of the row, for each that gives a sign."""
    numbers, labels = rows.numbers, _Labels(rows.labels)
    found: defaultdict[int, list[str]] = defaultdict(list)
    usual = labels.usual()
    for place in usual:
        told = f"{rows.labels[place]!r} is a usual label for a row of totals, means or the like"
        found[numbers[place]].append(told)
    for place, identifier in enumerate(rows.identifiers):
        if identifier and not any(map(str.isalnum, identifier)):
            told = f"{identifier!r} has neither a letter nor a digit"
            found[numbers[place]].append(told)
    left_out = {
        n: each[0] for n, text in enumerate(rows.labels) if (each := _LEFT_OUT.search(text))
    }
    for place, word in left_out.items() if len(left_out) <= len(numbers) / 2 else ():
        found[numbers[place]].append(f"{rows.labels[place]!r} says {word!r}")
    for row, told in _in_the_cells(rows):
        found[row].append(told)
    for row in _below_the_others(rows, labels):
        found[row].append("it is below an empty row")
    strange = {place for place, row in enumerate(numbers) if row in found}
    summed_up = {*usual}
    for place, what in summaries(len(numbers), rows.values, strange).items():
        found[numbers[place]].append(f"its numbers are the {what} of the others")
        strange.add(place)
        summed_up.add(place)
    if below := _below_a_summary(len(numbers), summed_up):
        codes = labels.codes(place for place in range(len(numbers)) if place not in strange)
        for place in below:
            if numbers[place] not in found and _shape(rows.labels[place]) not in codes:
                found[numbers[place]].append("it is below a row of totals, means or the like")
    return {row: ", and ".join(told) for row, told in found.items()}


def usual_labels(labels: Sequence[str]) -> list[int]:
    """The places of labels that rows of totals, means and the like have, among those of a table."""
    return _Labels(labels).usual()


class _Labels:
    """What all labels of a table have in common, against which each is held, by its place.

    Those that differ in numbers alone are looked at together: P12 is as P0.
    """

    def __init__(self, labels: Sequence[str]) -> None:
        self.half = len(labels) / 2
        # No label has a line break; thousands of them together are read in one go.
        self.plain = _without_numbers("\n".join(labels)).split("\n")
        self.numbered = Counter(self.plain)
        self.counts: Counter[str] = Counter()
        for plain, count in self.numbered.items():
            self.counts.update(dict.fromkeys(_words(plain), count))
        nameless = sum(count for plain, count in self.numbered.items() if "0" in plain)
        self.are_names = len(labels) - nameless > self.half
        # Which quarter a Q1 names stands in the number.
        self.statistics = {at for at, label in enumerate(labels) if _STATISTIC.search(label)}
        self.are_statistics = len(self.statistics) > self.half
        self.last = {*takewhile(self._may_end, reversed(range(len(labels))))}
        """The rows at the end that have but words for statistics, be they names or not."""

    def usual(self) -> list[int]:
        """The places of labels that rows of totals, means and the like have."""
        names = {plain for plain in self.numbered if self._has_name(plain, _NAMES)}
        last = {plain for plain in self.numbered if self._has_name(plain)}
        return [
            place
            for place, plain in enumerate(self.plain)
            if plain in (last if place in self.last else names) or self._has_statistic(place)
        ]

    def codes(self, places: Iterable[int]) -> set[str]:
        """The shapes of the labels at these places that have a number in them."""
        plain = {self.plain[place] for place in places}
        return {shape for shape in map(_shape, plain) if "0" in shape}

    def _may_end(self, place: int) -> bool:
        plain = self.plain[place]
        return self._has_word(plain) or _is_short(plain) or self._has_statistic(place)

    def _has_name(self, plain: str, names: Collection[str] = ()) -> bool:
        names = names if self.are_names else ()
        return self._has_word(plain, names) or (_is_short(plain) and not self.are_names)

    def _has_word(self, plain: str, names: Collection[str] = ()) -> bool:
        # A word that most patients have in their identifier is the name of something else.
        words = [word for word in _words(plain) if word in _WORDS and word not in names]
        return any(self.counts[word] <= self.half for word in words)

    def _has_statistic(self, place: int) -> bool:
        # Of patients who are Q1 to Q12, four are called as quartiles are.
        are_codes = self.numbered[self.plain[place]] > self.half
        return place in self.statistics and not (are_codes or self.are_statistics)


def _is_short(label: str) -> bool:
    """Whether a label is made of what may be initials; s.d. is a word as well."""
    words = [] if re.search(r"\d", label) else _words(label)
    return bool(words) and ({*words} <= _SHORT_WORDS or "".join(words) in _SHORT_WORDS)


def _words(label: str) -> list[str]:
    return re.findall(r'[^\W\d_]+(?:"[^\W\d_]+|\u0304)?|∑', folded(label))


def _in_the_cells(rows: Rows) -> Iterator[tuple[int, str]]:
    """What the cells of rows tell of them, with the number of the row."""
    without = _without_values(rows)
    readable = (len(rows.numbers) - len(without)) * 2 >= len(rows.numbers)
    for row in rows.bare:
        yield row, "there is nothing beside it"
    for row in rows.unmeasured:
        if row not in rows.bare:
            yield row, "it has no outcome at all"
    for row, unreadable in rows.unreadable.items():
        if readable and unreadable > 1 and row in without:
            yield row, "none of its numbers can be read"


def _without_values(rows: Rows) -> set[int]:
    """The rows that have no number at all."""
    places: Sequence[int] = range(len(rows.numbers))
    for values in rows.values.values():
        places = [place for place in places if values[place] is None]
    return {rows.numbers[place] for place in places}


def _below_a_summary(count: int, summaries: Container[int]) -> Sequence[int]:
    """The places of the last rows below one that sums up the others, if they are few."""
    start = max(count // 2, count - _LAST - 1)
    last = list(dropwhile(lambda place: place not in summaries, range(start, count)))
    return last[1:]


def _without_numbers(label: str) -> str:
    """A label with 0 for every number in it: P12 is P0."""
    return _DIGITS.sub("0", label)


def _shape(label: str) -> str:
    """A label with 0 for every number in it and a for every word: P12 is a0."""
    return re.sub(r"[^\W\d_]+", "a", _without_numbers(label))


def _below_the_others(rows: Rows, labels: _Labels) -> list[int]:
    """The last row, or a few that have no codes, if no other has an empty row above it."""
    numbers = rows.numbers
    gaps = [place for place, row in enumerate(numbers) if place and row in rows.below_empty]
    if len(gaps) != 1 or len(numbers) - gaps[0] > min(_FEW_BELOW, gaps[0]):
        return []
    below = range(gaps[0], len(numbers))
    codes = labels.codes(range(gaps[0]))
    return [
        numbers[place]
        for place in below
        if len(below) == 1 or _shape(rows.labels[place]) not in codes
    ]
