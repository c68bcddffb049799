"""What the numbers of a printed table correspond to, by the headers of their row and column.

A row says what is measured and how it is summed up, as in "CDASI, median (IQR)"; a column, or a
title within the table, a visit, a cohort or a p-value.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from casebook.claims.intervals import ends_of
from casebook.claims.moved import change_in
from casebook.claims.printed_as import decision
from casebook.claims.together import CONF_HIGH, CONF_LOW
from casebook.data.cells import folded
from casebook.quoting.between import counted_as, described_as
from casebook.quoting.guesses import UNKNOWN, Guess, Spot, ValueOf, chosen, everyone, gives, nothing
from casebook.quoting.listed import ListReader
from casebook.quoting.meanings import Meaning, Sort
from casebook.quoting.moves import contrasts_at, in_contrasts, response_in
from casebook.quoting.names import Names
from casebook.quoting.numbers import Number, ends_of_range, numbers_in, without_notes
from casebook.quoting.turned import as_taken
from casebook.quoting.written import Written
from casebook.reading.papers import PrintedTable
from casebook.study.model import Study

_PAIR = 2
_EITHER: Mapping[str, Sequence[str]] = {
    "centre": ("median", "mean"),
    "lower": ("p25", "min"),
    "upper": ("p75", "max"),
}
"""What a number can be that only its place in a cell tells something of: 12 (7-27)."""
_SIZE = re.compile(r"\(?\bn\s*=\s*(\d+)\)?", re.IGNORECASE)


@dataclass(frozen=True)
class _Header:
    """What a header says: what is measured, how it is summed up, when and of whom."""

    columns: tuple[str, ...] = ()
    outcome: str = ""
    levels: tuple[str, ...] = ()
    moves: tuple[Meaning, ...] = ()
    statistics: tuple[str, ...] = ()
    visit: str = ""
    cohort: str = ""
    is_p_value: bool = False
    is_change: bool = False
    size: str = ""
    comparison: str = ""
    """The comparison whose cohorts the columns of its table are."""
    is_by_size: bool = False
    """Whether only its size tells which cohort it is."""

    @property
    def measures(self) -> bool:
        """Whether it names what is measured."""
        return bool(self.columns or self.outcome)

    def within(self, other: "_Header") -> "_Header":
        """What is said here, and of what is not, what the other says."""
        # A row of ages below a title that names an outcome is of ages.
        measured = self if self.measures else other
        counted = self if self.levels or self.moves else other
        return _Header(
            measured.columns,
            measured.outcome,
            counted.levels,
            counted.moves,
            self.statistics or other.statistics,
            self.visit or other.visit,
            self.cohort or other.cohort,
            self.is_p_value or other.is_p_value,
            self.is_change or other.is_change,
            self.size or other.size,
            self.comparison or other.comparison,
            self.is_by_size or other.is_by_size,
        )


@dataclass(frozen=True)
class TableReader:
    """Guesses what the numbers of a paper's tables are, for a study.

    `legend` has the limits of p-values for which marks such as * stand.
    """

    study: Study
    names: Names
    written: Written
    value_of: ValueOf
    legend: Mapping[str, str]

    def of_table(self, table: PrintedTable) -> Iterator[Guess]:
        """A guess for each number of a table; nothing of the raw table itself."""
        if not table.rows or self._is_raw(table.rows[0]):
            return
        of_patients = self._lists.of_rows(table)
        columns = [self._by_size(self._header(text)) for text in table.rows[0]]
        # What all rows are of may be told by a title of changes, though not all columns are.
        whole, title = replace(self._header(table.title), is_change=False), _Header()
        whole = replace(whole, comparison=self._comparison(columns))
        words = " ".join(table.rows[0])
        for column in columns:
            if column.size:
                yield self._size(table.place, words, column)
        # What all rows are, as "median (IQR)", may stand in the corner.
        above = columns[0].statistics if columns else ()
        for place, row in enumerate(table.rows[1:], start=1):
            if place in of_patients:
                yield from of_patients[place]
                continue
            header, cells = row[0], row[1:]
            own, words = self._header(header), " ".join(" ".join(row).split())
            if not any(cells):
                title = own
            said = own.within(title).within(_Header(statistics=above))
            if self._is_of_its_own(header) and not own.is_p_value:
                said = said.within(replace(whole, columns=(), outcome=""))
            else:
                said = said.within(whole)
            # What a title above says of all rows is printed once.
            if own.size:
                yield self._size(table.place, words, said)
            for number, text in enumerate(cells, start=1):
                column = columns[number] if number < len(columns) else _Header()
                yield from self._of_cell(table.place, words, text, column, said)

    @property
    def _lists(self) -> ListReader:
        return ListReader(self.study, self.names, self.written, self.value_of)

    def _by_size(self, header: _Header) -> _Header:
        """A header with the one cohort that has its size, if it names none."""
        if not header.size or header.cohort:
            return header
        sizes = {name: self.value_of(f"n(patient) in {name}") for name in self.study.cohorts}
        fitting = [name for name, size in sizes.items() if gives(size, header.size)]
        if len(fitting) != 1:
            return header
        return replace(header, cohort=fitting[0], is_by_size=True)

    def _comparison(self, columns: Sequence[_Header]) -> str:
        """The comparison whose cohorts the columns are, if these are of no visits."""
        named = {column.cohort for column in columns}
        found = (
            name
            for name, comparison in self.study.comparisons.items()
            if named.issuperset(comparison.cohorts) and not any(each.visit for each in columns)
        )
        return next(found, "")

    def _is_raw(self, header: Sequence[str]) -> bool:
        """Whether this is the table that the study is of."""
        own = {folded(each) for each in self.study.headers}
        return sum(folded(each) in own for each in header) > len(header) / 2

    def _header(self, text: str) -> _Header:
        label = re.split(r"[,(]", text)[0]
        named = [each.meaning for each in self.names.named_in(text)]
        named = named or response_in(self.study, label, self.written.language)
        named = named or self.names.one_labelled_with(label)
        cohorts = self.names.together_in(text, Sort.COHORT)

        def of(*sorts: Sort) -> tuple[str, ...]:
            return tuple(each.name for each in named if each.sort in sorts)

        language, size = self.written.language, _SIZE.search(text)
        # The level of an interval is no percentage of patients.
        named_interval = rf"(?:\d+\s?%[\s-]?)?\b(?:{language.interval})(?:\b|(?=\d))"
        interval = re.search(named_interval, text, re.IGNORECASE)
        plain = re.sub(named_interval, "", text, flags=re.IGNORECASE).casefold()
        statistics = [
            (found.start(), name)
            for name, words in language.headers.items()
            if (found := re.search(words, plain))
        ]
        if interval:
            statistics.append((interval.start(), f"{CONF_LOW} {CONF_HIGH}"))
        events = of(Sort.SET) if language.says(language.any_of, text) else ()
        visit = next(iter(of(Sort.VISIT)), "")
        if re.fullmatch(rf"(?:{language.patients})?[^\w%]*\bn\b[^\w%]*", text, re.I):
            statistics.append((0, "size"))
        ordered = dict.fromkeys(each for _, names in sorted(statistics) for each in names.split())
        return _Header(
            of(Sort.COLUMN),
            next(iter(of(Sort.OUTCOME)), ""),
            (*of(Sort.LEVEL, Sort.CONDITION), *(f"count({each}) > 0" for each in events)),
            tuple(each for each in named if each.sort == Sort.MOVE),
            tuple(ordered),
            visit,
            self._cohort(text, cohorts),
            self._is_p_value(text),
            language.says(language.change, text),
            size[1] if size else "",
        )

    def _cohort(self, text: str, named: Sequence[Meaning]) -> str:
        """The cohort that a header names, which may be all patients, where one is of all."""
        whole = everyone(self.study)
        is_all = self.written.language.says(self.written.language.everyone, text)
        if not named and is_all and not self.study.cohorts[whole].select:
            return whole
        return named[0].name if named else ""

    def _is_of_its_own(self, header: str) -> bool:
        """Whether a header names what the study does not have, and not what its table is of."""
        language, label = self.written.language, re.split(r"[,(]", header)[0]
        if self.names.named_in(header) or self.names.one_labelled_with(label):
            return False
        known = "|".join([*language.headers.values(), language.patients, r"\bn\b"])
        return re.search(r"[^\W\d_]{2}", re.sub(known, "", label, flags=re.I)) is not None

    def _is_p_value(self, text: str) -> bool:
        language = self.written.language
        against = rf"(?:{language.against}|{language.compared})\s+\w+(?:\s\w+)?"
        words = rf"\bp\b[\s-]*{language.p_value}\s*(?:[,;:(].*|{against})?"
        return re.fullmatch(words, text.strip(), re.IGNORECASE) is not None

    def _size(self, place: str, words: str, said: _Header) -> Guess:
        cohort = said.cohort or everyone(self.study)
        readings = [f"n_pairs({said.outcome}) in {cohort}"] if said.outcome else []
        readings.append(f"n(patient) in {cohort}")
        # Of a visit it may be the number of those with a value there.
        readings += [
            f"n({of}_{said.visit}) in {cohort}"
            for of in self.study.outcomes
            if said.visit in self.study.visits_of(of)
        ]
        size = self._chosen(place, words, said.size, readings)
        return _by_its_value(size) if said.is_by_size else size

    def _of_cell(
        self, place: str, words: str, text: str, column: _Header, row: _Header
    ) -> Iterator[Guess]:
        # Who is counted is said by the row; a column that names a level says of whom.
        said, counted = column.within(row), row if row.levels or row.moves else column
        moved = (
            c for each in counted.moves for c in in_contrasts(self.study, each, said.visit)[:1]
        )
        said = replace(said, levels=(*self._counted(counted, row), *moved))
        cohort = said.cohort or everyone(self.study)
        numbers = numbers_in(without_notes(text), self.written)
        # A row of p-values below the cohorts has a test within each.
        tests = self._tests(said, cohort, within=row.is_p_value and bool(column.cohort))
        if said.is_p_value and decision(text) is not None:
            decided = [each.replace("p_value(", "significant(", 1) for each in tests]
            yield self._chosen(place, words, text.strip(), decided)
        if said.is_p_value:
            for number in numbers:
                yield self._chosen(place, words, number.printed, tests, text)
            return
        if not said.statistics and said.measures:
            said = replace(said, statistics=_by_shape(text, is_counted=bool(said.levels)))
        plain, language = self.written.in_english(without_notes(text)), self.written.language
        spots = [
            Spot(plain, text, number.start, number.end, language)
            for number in numbers
            for _ in ends_of_range(number.printed)
        ]
        for spot, (printed, statistic) in zip(spots, _statistics(numbers, said), strict=True):
            readings = self._readings(said, statistic, cohort) if statistic else []
            guess = self._chosen(place, words, printed, readings, text)
            guess = _by_its_value(guess) if said.is_by_size else guess
            yield replace(guess, spot=spot)
        mark = re.search(r"[*†‡]+$", text.strip())
        if mark and mark[0] in self.legend:
            yield self._chosen(place, words, self.legend[mark[0]], tests, mark[0])

    def _counted(self, counted: _Header, row: _Header) -> tuple[str, ...]:
        """Who is counted; the patients of a column are not, where the row says what is measured."""
        select = self.study.cohorts[counted.cohort].select if counted.cohort else None
        measures = counted is not row and row.measures
        return tuple(each for each in counted.levels if not (measures and each == select))

    def _tests(self, said: _Header, cohort: str, *, within: bool) -> list[str]:
        """The test of an outcome that a p-value of the table is of."""
        if said.comparison and not within:
            counted = counted_as(self.study, said.levels)
            tested = self._columns(said) if said.outcome else counted
            tested = tested or [*described_as(self.study, [*said.columns, *said.levels])]
            return [f"p_value({each}) between {said.comparison}" for each in tested]
        if not said.outcome:
            return []
        contrasts = contrasts_at(self.study, said.outcome, said.visit)
        names = (f", {e.name}" for e in contrasts[:1] if said.visit and e.visit == said.visit)
        told = next(names, "")
        told = "" if contrasts and contrasts[0] == self.study.every_contrast[0] else told
        return [f"p_value({said.outcome}{told}) in {cohort}"]

    def _readings(self, said: _Header, statistic: str, cohort: str) -> list[str]:
        """What a number of this statistic can be."""
        if statistic == "size":
            measured = [f"n({said.outcome}_{said.visit}) in {cohort}"] if said.visit else []
            return [*(measured if said.outcome else ()), f"n(patient) in {cohort}"]
        if statistic in (CONF_LOW, CONF_HIGH):
            centres = [each for each in said.statistics if each not in (CONF_LOW, CONF_HIGH)]
            estimates = (
                estimate
                for each in centres or ("mean", "median")
                for estimate in self._readings(said, each, cohort)
            )
            ends = [each for of in estimates for each in ends_of(self.study, of, statistic)]
            known = [each for each in ends if self.value_of(each) is not None]
            return known or ends
        if statistic in ("count", "percent"):
            return [f"{statistic}({each}) in {cohort}" for each in said.levels]
        return [
            f"{name}({column}) in {cohort}"
            for name in _EITHER.get(statistic, (statistic,))
            for column in self._columns(said)
        ]

    def _columns(self, said: _Header) -> list[str]:
        """The columns that are measured: of an outcome that at a visit, or its change."""
        if not said.outcome:
            return list(said.columns)
        if said.is_change:
            contrasts = contrasts_at(self.study, said.outcome, said.visit)
            return [change_in(self.study, said.outcome, each) for each in contrasts[:1]]
        return [f"{said.outcome}_{said.visit or next(iter(self.study.visits))}"]

    def _chosen(
        self, place: str, words: str, printed: str, readings: Sequence[str], shown: str = ""
    ) -> Guess:
        guess = (
            chosen(place, words, printed, readings, self.value_of)
            if readings
            else nothing(place, words, printed, UNKNOWN)
        )
        return replace(as_taken(self.study, guess, self.value_of), shown=shown)


def _by_shape(text: str, *, is_counted: bool) -> tuple[str, ...]:
    """The statistics of a cell that nothing names, as 12 (7-27), 4.1 (2.0) or 455 (85)."""
    number = r"\d+(?:[.·∙⋅]\d+)?"
    decimals = re.search(r"\d[.·∙⋅]\d+\s*\(\d+[.·∙⋅]\d+\)", text)
    whole = None if is_counted else re.fullmatch(r"\d+\s*\(\d+\)", text.strip())
    if "±" in text or decimals or whole:
        return ("mean", "sd")
    has_ends = re.search(rf"{number}\s*[(\[]{number}\s?(?:[–-]|to|;|,)\s?{number}", text)
    return ("centre", "lower", "upper") if has_ends else ()


def _by_its_value(guess: Guess) -> Guess:
    """A guess for which only its value speaks, as the words do not say of which cohort it is."""
    return replace(guess, rests_on="value") if guess.rests_on == "words and value" else guess


def _statistics(numbers: Sequence[Number], said: _Header) -> Iterator[tuple[str, str]]:
    """The numbers of a cell, ranges as their two ends, each with the statistic that it is.

    "12 (7-27)" has three, as "median (IQR)" says; "3 (30%)" a count and a percentage.
    """
    printed = [part for number in numbers for part in ends_of_range(number.printed)]
    statistics = said.statistics
    if statistics in (("count",), ("count", "percent"), ("percent",), ()) and said.levels:
        # "n (%)" above "3 (30)", and "%" above "30".
        is_pair = len(printed) == _PAIR and ("percent" in statistics or not statistics)
        for place, each in enumerate(printed):
            is_bare_share = place > 0 if is_pair else statistics == ("percent",)
            yield each, "percent" if each.endswith("%") or is_bare_share else "count"
        return
    for place, each in enumerate(printed):
        yield each, statistics[place] if place < len(statistics) else ""
