"""What a sentence has said so far, and whether a number goes on with it: elsewhere, or of another.

What else names the statistic of a number is for `measured`.
"""

import re
from dataclasses import dataclass, replace

from casebook.claims.moved import change_in
from casebook.quoting.around import Around
from casebook.quoting.meanings import Meaning, Sort
from casebook.quoting.moves import changes_in_percent, contrasts_at


@dataclass(frozen=True)
class Frame:
    """What the sentence has said so far: the statistic, and of what."""

    statistic: str = ""
    column: str = ""
    centre: str = ""
    counts: tuple[str, ...] = ()
    spread: str = ""
    """The statistic that is promised in brackets behind each centre, as by median (IQR)."""
    told: tuple[str, ...] = ()
    """The readings of what was counted last."""
    is_by_value: bool = False
    """Whether the words name another column, which does not give the numbers."""

    @property
    def is_in_percent(self) -> bool:
        """Whether it is of the patients' changes in percent."""
        return self.column.endswith(" * 100")


@dataclass(frozen=True)
class GoingOn(Around):
    """A number, with what was said so far."""

    frame: Frame

    def of_another_outcome(self) -> Frame | None:
        """The statistic that was said last, of what "that of" names: and that of sleep 4.1."""
        that_of = re.search(rf"\b(?:{self.language.that_of})\s", self.left, re.I)
        since = self.number.start - len(self.left) + (that_of.end() if that_of else len(self.left))
        outcome = next(
            (
                each.meaning.name
                for each in self.named
                if each.meaning.sort == Sort.OUTCOME and since <= each.start < self.number.start
            ),
            "",
        )
        if not (outcome and self.frame.centre and self.frame.column):
            return None
        is_change = self.frame.column in self.study.changes
        column = self.column_at(outcome, is_change=is_change)
        return Frame(self.frame.centre, column, self.frame.centre, spread=self.frame.spread)

    def elsewhere(self) -> Frame | None:
        """The statistic that was said last, at another visit or of another group.

        So is 3 in "a median of 6 in eczema and 3 in psoriasis"; where none was named before, as in
        "22 months, that is 35 months in severe disease", its unit tells that it goes on.
        """
        frame, text, start = self.frame, self.sentence.text, self.number.start
        if not (
            frame.statistic and frame.centre and frame.column
        ) or self.language.statistic.search(self.left):
            return None
        since = start - len(self.left)
        names = [each for each in self.named if since <= each.start and each.end <= start]
        if any(each.meaning.sort in (Sort.OUTCOME, Sort.COLUMN) for each in names):
            return None
        for sort in (Sort.VISIT, Sort.COHORT):
            before = [each for each in names if each.meaning.sort == sort]
            behind = self._led_to(sort)
            links = rf",?\s*(?:(?:{self.language.versus}|{self.language.compared})\s*)?"
            is_listed = before and re.fullmatch(links, text[before[-1].end : start].lstrip())
            is_linked = sort == Sort.VISIT and not names and self._is_linked
            # "Its mean change was -9.9 (...): -12.1 in eczema" tells of the groups.
            is_in_unit = sort == Sort.COHORT and not names and self._is_told_apart
            is_in_unit = is_in_unit or (
                sort == Sort.COHORT and not names and frame.column in self.by_unit()
            )
            if (
                behind
                and (is_listed or is_linked or is_in_unit)
                and behind != [each.meaning for each in before[-1:]]
            ):
                return replace(frame, statistic=frame.centre, column=self._column_there(sort))
        return None

    @property
    def _is_told_apart(self) -> bool:
        """Whether only a colon stands between, behind which it is told of groups: 9 (1-12): 12."""
        return re.fullmatch(r"[)\]]*:\s*", self.left) is not None

    @property
    def _is_linked(self) -> bool:
        """Whether only a p-value stands between: by 9 at week 2 (p = 0.01) and by 2 at week 6."""
        links = rf"[)\]]?,?\s*(?:{self.language.also})(?:\s+[^\W\d]+){{0,4}}\s*"
        # "And for ten at week 6" counts them.
        of_some = re.search(rf"\b(?:{self.language.not_counted})\s+$", self.left, re.IGNORECASE)
        return of_some is None and re.fullmatch(links, self.left, re.IGNORECASE) is not None

    def _led_to(self, sort: Sort) -> list[Meaning]:
        """What is named behind the number, as a visit or in whom it was measured."""
        place = next(
            (
                e.start
                for e in self.named
                if e.meaning in self.behind(sort)[:1] and e.start >= self.number.end
            ),
            None,
        )
        between = self.sentence.text[self.number.end : place]
        leads = rf"{self.language.not_counted}|{self.language.had_by}|{self.language.during}"
        is_led = place is not None and self.language.says(leads, between)
        return self.behind(sort)[:1] if is_led else []

    def _column_there(self, sort: Sort) -> str:
        """The column that was spoken of last, at the visit that is named behind the number."""
        column = self.frame.column
        if sort != Sort.VISIT:
            return column
        of_each = re.match(r"\((\w+)_", column)
        if self.frame.is_in_percent and of_each:
            visit = self.behind(Sort.VISIT)[0].name
            ways = changes_in_percent(self.study, of_each[1], visit, self.before, self.language)
            return next(ways, (column, ""))[0]
        is_change = column in self.study.changes
        outcome = self.study.changes[column][0] if is_change else column.rpartition("_")[0]
        # "A gain of 9 at week 2, but had fallen back to 53 at week 6" is no change.
        to = rf"\b(?:{self.language.goes_to})\s+$"
        is_change = is_change and re.search(to, self.left, re.IGNORECASE) is None
        return self.column_at(outcome, is_change=is_change)

    def goes_on_with_a_change(self) -> bool:
        """Whether a change was spoken of, and nothing else that is measured is named since."""
        since = self.number.start - len(self.left)
        sorts = (Sort.OUTCOME, Sort.COLUMN, Sort.VISIT)
        is_named = any(
            each.meaning.sort in sorts and since <= each.start < self.number.start
            for each in self.named
        )
        return self.frame.column in self.study.changes and not is_named

    def column_at(self, column: str, *, is_change: bool, follows: bool = False) -> str:
        """A column, of an outcome at the visit that is named or as its change."""
        if column not in self.study.outcomes:
            return column
        visit = self._visit(column, follows=follows)
        if not is_change:
            return f"{column}_{visit}"
        contrasts = contrasts_at(self.study, column, visit)
        return change_in(self.study, column, contrasts[0]) if contrasts else ""

    def _visit(self, outcome: str, *, follows: bool) -> str:
        """The visit that an outcome is of; of the second of two numbers its last one."""
        visits = self.study.visits_of(outcome)
        if named := [each.name for each in self.behind(Sort.VISIT)]:
            return named[0]
        if respective := self.respective(Sort.VISIT):
            return respective
        to_the_last = follows and not (self.respective(Sort.COHORT) or self.conditions)
        if (to_the_last or self.language.ended_at.search(self.left)) and len(visits) > 1:
            return visits[-1]
        if self.language.says(self.language.starts, self.left):
            return visits[0]
        near = self.nearest(Sort.VISIT)
        return near[0].name if near else visits[0]
