"""A language in which papers are read: the patterns by which its words tell what numbers are.

The words are those of its `vocabulary`: `english`, `german` and `french`. What is made of them is
the same in all. How a paper is written, in which language and with which decimal sign, is for
`written`.
"""

import re
from collections.abc import Mapping
from functools import cached_property

from casebook.quoting.vocabulary import Vocabulary

# A dash behind a number, as in 50%-60%, is that of a range.
_SIGNED = r"(?:(?<![\w)])\N{MINUS SIGN}|(?<![\w)%\]])(?<![\d%)]\s)[-\N{EN DASH}])?"
_WHOLE = r"(?:\d{1,3}(?:,\d{3})+|\d+)"
_DIGITS = rf"{_SIGNED}(?:{_WHOLE}(?:[.·∙⋅]\d+)?|(?<![\w.])[.·∙⋅]\d+)"
_POWER = r"(?:\s?[×x]\s?10\^?[-\N{MINUS SIGN}\N{EN DASH}]?\d+)?"
_UNITS = {
    **dict.fromkeys(("y", "yr", "yrs", "year", "years"), "year"),
    **dict.fromkeys(("mo", "mos", "month", "months"), "month"),
    **dict.fromkeys(("w", "wk", "wks", "week", "weeks"), "week"),
    **dict.fromkeys(("d", "day", "days"), "day"),
    **dict.fromkeys(("point", "points"), "point"),
}
"""Units as study.yaml writes them."""
_RANGE = r"(?:\s?[\N{EN DASH}-]\s?(?:\d+(?:[.·∙⋅]\d+)?))?"


class Language(Vocabulary):
    """A language by its words, with the patterns in which these stand in sentences and tables."""

    def unit(self, name: str) -> str:
        """A unit of study.yaml as it stands there, or as texts write it out."""
        written = self.units.get(_UNITS.get(name, ""))
        return re.escape(name) + (f"|{written}" if written else "")

    def says(self, words: str, text: str) -> bool:
        """Whether a text has one of these words."""
        return re.search(rf"\b(?:{words})\b", text, re.IGNORECASE) is not None

    def says_last(self, words: str, text: str) -> bool:
        """Whether a text ends with one of these words, up to three others behind it."""
        pattern = rf"\b(?:{words})(?:\s+[^\W\d]+){{0,3}}\s*$"
        return re.search(pattern, text, re.IGNORECASE) is not None

    @cached_property
    def number(self) -> re.Pattern[str]:
        """A number in digits with its relation, or in words."""
        relation = rf"(?:[<>≤≥]\s*|(?:{'|'.join(self.relations)})\s+|~\s*)?"
        word = f"(?:{'|'.join(self.numbers)})"
        # "Two hundred and five" is one number.
        more = rf"(?:(?:[\s-]+|(?<!\s))(?:{self.multiples})\b(?:\s+(?:and\s+)?{word})?)"
        return re.compile(
            rf"(?P<relation>{relation})(?:(?P<digits>(?:{_DIGITS}){_POWER}{_RANGE}(?:\s*%)?)"
            rf"|\b(?:(?P<share>{'|'.join(self.shares)})|(?P<word>{word}{more}?(?:\s+per\s?cent)?))\b)",
            re.IGNORECASE,
        )

    @cached_property
    def joined(self) -> re.Pattern[str]:
        """A unit that stands directly behind its number."""
        return re.compile(rf"(?:mg|kg|g|ml|mm|cm|-?(?:{'|'.join(self.units.values())}))\b")

    @cached_property
    def before_p_value(self) -> re.Pattern[str]:
        """What stands before a p-value."""
        return re.compile(rf"\bp\b[\s-]*{self.p_value}\s*[=:]?\s*$", re.IGNORECASE)

    @cached_property
    def statistic(self) -> re.Pattern[str]:
        """The name of a statistic, as a group of its own."""
        signs = {"sd": r"|\N{PLUS-MINUS SIGN}"}
        parts = (
            rf"(?P<{name}>\b(?:{words})\b{signs.get(name, '')})"
            for name, words in self.statistics.items()
        )
        return re.compile("|".join(parts), re.IGNORECASE)

    @cached_property
    def after_count(self) -> re.Pattern[str]:
        """Patients who are counted by the number before."""
        return re.compile(
            rf"\s*(?:(?!(?:{self.not_counted})\b)\w+\s+){{0,2}}?(?:{self.patients})\b",
            re.IGNORECASE,
        )

    @cached_property
    def before_size(self) -> re.Pattern[str]:
        """What stands between the name of a cohort and its size."""
        return re.compile(rf"\b(?:{self.consists})\s*$", re.IGNORECASE)

    @cached_property
    def the_others(self) -> str:
        """Those who are left of two groups, of whom one was named; the number is none of it."""
        known = rf"(?:{self.the})\s+(?:{self.others})"
        was = "|".join(self.was)
        # "Of the eight who were not" is of no others if something follows that they were not.
        who = rf"(?:{self.whose})\s+(?:{was})\s+(?:{self.denies})(?=\s*[.,;()])"
        who = rf"(?:{self.others})\s+(?:{self.patients})\b|{who}"
        return rf"\b(?:{known}\b(?!\s+[^\W\d])|{known}(?=\s+(?:{self.number.pattern})\b)|{who})"

    @cached_property
    def second(self) -> re.Pattern[str]:
        """All that stands between two numbers of one statistic."""
        behind_unit = rf"(?:[^\W\d]+\s?){{0,5}},?\s*(?:{self.compared})"
        # A unit such as ng/L may stand behind the first one.
        unit = r"(?:[^\W\d]+(?:/[^\W\d]+)+[\s)\]]+)?"
        return re.compile(rf"^[\s)\]]*{unit}(?:{self.goes_to}|{self.versus}|{behind_unit})\s*$")

    @cached_property
    def with_spread(self) -> re.Pattern[str]:
        """The name of a statistic with that of its spread in brackets: median (IQR), mean [SD]."""
        centres = "|".join(rf"(?P<{name}>{self.statistics[name]})" for name in ("median", "mean"))
        spreads = (rf"(?P<{name}>{self.statistics[name]})" for name in ("sd", "p25", "min"))
        return re.compile(
            rf"\b(?:{centres})\s*[(\[]\s*(?:{'|'.join(spreads)})\s*[)\]]", re.IGNORECASE
        )

    @cached_property
    def onwards(self) -> re.Pattern[str]:
        """What stands before a further number, behind the visit of the one before it."""
        also = rf"(?:(?:{self.also})\s+)?(?:{self.goes_to})"
        return re.compile(rf"^[\s)\]]*(?:[\w']+\s+){{1,6}}{also}\s*$", re.IGNORECASE)

    @cached_property
    def last_of_each(self) -> re.Pattern[str]:
        """What stands behind the numbers of which each has a name of its own."""
        return re.compile(rf"\b(?:{self.respectively})\b", re.IGNORECASE)

    @cached_property
    def ended_at(self) -> re.Pattern[str]:
        """What stands before the value at the end of a change: fell to a median of."""
        moves = "|".join(self.moves.values())
        words = r"(?:\s+[^\W\d]+){0,4}"
        return re.compile(rf"\b(?:{moves})\s+(?:{self.goes_to}){words}\s*$", re.IGNORECASE)

    @cached_property
    def before_second(self) -> re.Pattern[str]:
        """What stands before a number that may be the second of one statistic."""
        return re.compile(rf"\b(?:{self.goes_to}|{self.versus})\s*$")

    @cached_property
    def phrase_end(self) -> re.Pattern[str]:
        """The end of the phrase that a number stands in."""
        # "À six mois" goes to no number.
        to_a_number = rf"(?:{self.goes_to})\s+(?:[^\W\d]+\s+){{0,4}}\d"
        ends = rf"(?:(?:{self.also}|{self.compared})\b|{to_a_number})"
        return re.compile(rf"[,;:]|\.\s|\b{ends}")

    @cached_property
    def before_who(self) -> re.Pattern[str]:
        """All that stands between what patients had and how many had it."""
        return re.compile(
            rf"\s+(?:[^\W\d]+\s+){{0,3}}?(?:{self.had_by})\s+(?:{self._all_but}\s+)?"
            r"|\s*\(n\s*=\s*",
            re.IGNORECASE,
        )

    @property
    def _all_but(self) -> str:
        """What stands before the number of those who are left out."""
        return rf"(?:{self.everybody}){self._of_whom},?\s+(?:{self.but})"

    @property
    def _of_whom(self) -> str:
        """The group of whom all but some are spoken of: patients with long disease."""
        who = rf"(?:(?:\s+[^\W\d]+){{0,2}}?\s+(?:{self.patients}))?"
        return rf"(?P<group>{who}(?:\s+(?:{self.not_counted})\s+[^,;:.()\d]{{1,40}}?)?)"

    @cached_property
    def before_left_out(self) -> re.Pattern[str]:
        """The end of a text before the number of those who are left out: all but."""
        return re.compile(rf"\b{self._all_but}\s+$", re.IGNORECASE)

    @cached_property
    def left_out(self) -> re.Pattern[str]:
        """What stands before the first number of those who are left out, wherever it is."""
        return re.compile(rf"\b{self._all_but}\s+(?={self._count})", re.IGNORECASE)

    @cached_property
    def of_a_group(self) -> re.Pattern[str]:
        """One of several groups who are left out, with what leads to the next: three men and."""
        return re.compile(
            rf"(?:{self._count})\s+(?P<who>\S[^,;:]{{0,40}}?)"
            rf"(?:,\s+(?:(?:{self.versus})\s+)?|\s+(?:{self.versus})\s+)",
            re.IGNORECASE,
        )

    @property
    def _count(self) -> str:
        """A number of patients, in digits or words."""
        return rf"\d+\b|(?:{'|'.join(self.numbers)})\b"

    @cached_property
    def exceptions(self) -> re.Pattern[str]:
        """What follows "all" or "none" where it is not so of some: of the patients but two."""
        whom = rf"(?:\s+(?:{self.of_these}))?(?:\s+[^\W\d]+)?(?:\s+(?:{self.patients}))?"
        return re.compile(
            rf"{whom}{self._of_whom},?\s+(?:{self.but})\s+(?:\d|(?:{'|'.join(self.numbers)})\b)",
            re.IGNORECASE,
        )

    @cached_property
    def other_limit(self) -> re.Pattern[str]:
        """What follows those who did by another amount what others did: 13 (62%) at least 10."""
        least = "|".join(
            word for word, english in self.relations.items() if (english or word) == "at least"
        )
        return re.compile(
            rf"\s*(?:\([^()]*%\)\s*)?(?:{least})\s+(?P<value>\d+(?:\.\d+)?)(?!\s*%)", re.IGNORECASE
        )

    @cached_property
    def before_those(self) -> re.Pattern[str]:
        """All that stands between a number of patients and what tells who they are."""
        few = r"(?:[^\W\d]+\s+){0,2}"
        return re.compile(
            rf"\s*(?:(?:{self.patients})\s+)?(?:(?:{self.whose})\s.*|(?:{self.not_counted})\s+{few})$",
            re.IGNORECASE,
        )

    @cached_property
    def who_have(self) -> re.Pattern[str]:
        """What may stand before what patients have: patients with."""
        return re.compile(rf"(?:[^\W\d]+\s+){{1,2}}(?:{self.not_counted})\s+", re.IGNORECASE)

    @cached_property
    def definite(self) -> re.Pattern[str]:
        """A word that says of which ones something is."""
        return re.compile(rf"\b(?:{self.the})\b", re.IGNORECASE)

    @cached_property
    def before_known(self) -> re.Pattern[str]:
        """The end of a text before the number of those whose values are known, or missing."""
        links = rf"(?:\s+[\w-]+){{0,4}}?\s+(?:{self.had_by}|{self.not_counted})\s+$"
        return re.compile(
            rf"\b(?:(?P<missing>{self.missing})|(?P<available>{self.available})){links}",
            re.IGNORECASE,
        )

    @cached_property
    def part_of(self) -> re.Pattern[str]:
        """All that stands between a count and the number of those who are counted.

        Its share may be there as well, as in two (40%) of the five.
        """
        share = r"(?:\s*\((?:\d+(?:\.\d+)?\s?%\))?|\))?"
        return re.compile(rf"(?:{share})\s*(?:/|(?:{self.of_these})\s)\s*", re.IGNORECASE)

    @cached_property
    def begins_with(self) -> re.Pattern[str]:
        """The beginning of a sentence that says of whom a part is counted: of five with acne."""
        return re.compile(
            rf"(?:{self.among})\s+(?:[^\W\d]+\s+)?(?:{self._count})(?P<whom>[^,;:]+),[^,;:\d]*$",
            re.IGNORECASE,
        )

    @cached_property
    def by_how_much(self) -> re.Pattern[str]:
        """All that stands between what an outcome did and by how much it did so."""
        moves = "|".join(self.moves.values())
        return re.compile(
            rf"\b(?:{moves})\b[^.;]{{0,80}}?\b(?:{self.moved_by})\b(?:\s+[^\W\d]+){{0,4}}\s*$",
            re.IGNORECASE,
        )

    @cached_property
    def centre_before(self) -> re.Pattern[str]:
        """The spread of a number that by this is a median or a mean: (IQR, (SD, ±."""
        return re.compile(
            rf"(?:\s[^\W\d]+)?\s*(?:\(\s*(?:(?P<quartiles>{self.statistics['p25']})|"
            rf"(?:{self.statistics['sd']}))\b|\N{{PLUS-MINUS SIGN}})",
            re.IGNORECASE,
        )

    @cached_property
    def beside(self) -> re.Pattern[str]:
        """A bracket with the spread of the number before."""
        spreads = (self.statistics[each] for each in ("sd", "p25", "min"))
        return re.compile(rf"\s*\((?:{'|'.join(spreads)})\b", re.IGNORECASE)

    @cached_property
    def clause_end(self) -> re.Pattern[str]:
        """The end of the clause that follows a number."""
        number = rf"(?:\d|(?:{'|'.join(self.numbers)})\b)"
        return re.compile(rf"[,;:(]|\b(?:{self.including})\b|\s(?:{self.also})\s+{number}")

    def in_claims(self, found: re.Match[str], group: str, words: Mapping[str, str]) -> str:
        """What was found of these words, as claims.tsv prints it."""
        said = found[group].rstrip()
        for written, english in words.items():
            same = re.compile(written, re.IGNORECASE).match(found.string, found.start(group))
            if english and same and same[0] == said:
                return english
        return said
