"""A number that may be a value of one patient: one whom the sentence names, or of a pair of values.

Counts and statistics of several patients are for `sentences`.
"""

import re

from casebook.claims.moved import change_in
from casebook.claims.readings import PATIENT
from casebook.quoting.clauses import is_apposed
from casebook.quoting.grouped import counted
from casebook.quoting.guesses import everyone, gives, has_telling_digits
from casebook.quoting.meanings import Sort
from casebook.quoting.moves import contrasts_at
from casebook.quoting.single import value_of, values_of, values_of_pair
from casebook.quoting.tested import Tested


class Individual(Tested):
    """A number that may be of one patient, with what was said so far."""

    def one_of_a_pair(self) -> list[str]:
        """One of the numbers of such a pair: a value of a patient, or an end of a range."""
        if (found := self.pair) is None:
            return []
        pair, is_first = found
        return (
            self._centres(*pair, is_first=is_first)
            or self._values(*pair, is_first=is_first)
            or self._ends(*pair, is_first=is_first)
        )

    def of_one_patient(self) -> list[str]:
        """A value of the patient whom the sentence names, or goes on to speak of."""
        patient = self.sentence.patient_at(self.number.start)
        if not patient or self.number.is_percentage:
            return []
        rest = self.sentence.text[: self.number.start].rpartition(patient)[2]
        if re.search(rf"\b(?:{self.language.others})\s+$", rest, re.IGNORECASE):
            others = f'count({PATIENT} != "{patient}") in {everyone(self.study)}'
            # Not all who were studied need be among them: of some a value may be missing.
            is_so = self.value_of(others) is None or self.fits_here(others)
            return [others] if is_so else []
        is_count = self.language.after_count.match(self.right) or self.is_part
        # "Patient 3 stopped, the other 13 patients had" says nothing more of that patient.
        if is_count or self.language.says(self.language.others, rest):
            return []
        if changed := self._change_of(patient):
            return changed
        if (found := self.pair) is None:
            printed, beside = self.number.printed, self.columns_beside()
            values = values_of(self.study, patient, printed, beside, self.fits)
            # "For 10 days" is no value in another unit, or in none.
            is_in_a_unit = self.language.joined.match(self.right.lstrip())
            if values or is_in_a_unit:
                return values
            return value_of(self.study, patient, printed, self.fits)
        pair, is_first = found
        named = [each.meaning.name for each in self.named if each.meaning.sort == Sort.OUTCOME]
        pairs = values_of_pair(self.study, patient, named, pair, self.fits)
        return [first if is_first else last for first, last in pairs]

    def _change_of(self, patient: str) -> list[str]:
        """By how much an outcome changed in a patient: walked 17 m less, improved by one point."""
        if not (self.is_of_fewer or self.language.by_how_much.search(self.left)):
            return []
        outcomes = [each.name for each in self.nearest(Sort.OUTCOME)] or self.outcomes_by_unit()
        readings = [
            f'value({change_in(self.study, name, contrast)}, "{patient}") in {everyone(self.study)}'
            for name in outcomes
            for contrast in contrasts_at(self.study, name, "")
        ]
        values = {each: self.value_of(each) for each in readings}
        return [
            e for e, v in values.items() if v is not None and gives(abs(v), self.number.printed)
        ]

    def of_those_told(self) -> list[str]:
        """A value of those counted last, told of them beside: one patient, a woman of 66 years."""
        if not is_apposed(self.sentence.text, self.number.start, self.language):
            return []
        return [
            f"value({column}, {condition}) in {everyone(self.study)}"
            for column in self.by_unit()
            for condition in counted(self.frame.told)
        ]

    def of_compared(self) -> list[str]:
        """The mean or median of one of two cohorts that is not called so: in A than B (66 v 45)."""
        cohort = self.respective(Sort.COHORT)
        if not cohort or self.number.is_percentage or not has_telling_digits(self.number.printed):
            return []
        named = self.nearest(Sort.OUTCOME, Sort.COLUMN)[:1]
        columns = [self.column_at(each.name, is_change=False) for each in named]
        centres = (f"{name}({of}) in {cohort}" for of in columns for name in ("mean", "median"))
        return list(filter(self.fits_here, centres))

    def _centres(self, first: str, last: str, *, is_first: bool) -> list[str]:
        """The mean or median at a visit that is not called so, where both numbers are these."""
        return [
            pair[0 if is_first else 1]
            for outcome in self.nearest(Sort.OUTCOME)[:1]
            for contrast in contrasts_at(self.study, outcome.name, "")
            for name in ("mean", "median")
            for pair in [
                [f"{name}({outcome.name}_{at}) in {self.cohort}" for at in contrast.visits]
            ]
            if has_telling_digits(first) and has_telling_digits(last)
            if all(map(self.fits, pair, (first, last)))
        ]

    def _values(self, first: str, last: str, *, is_first: bool) -> list[str]:
        """A single value of an outcome, by the patient's value at another visit."""
        found = []
        for outcome in self.nearest(Sort.OUTCOME)[:1]:
            if [first, last] == [f"{end:g}" for end in self.study.outcomes[outcome.name].range]:
                return []
            visits = (each.name for each in self.behind(Sort.VISIT))
            for contrast in contrasts_at(self.study, outcome.name, next(visits, "")):
                earlier, later = (f"{outcome.name}_{visit}" for visit in contrast.visits)
                asked, of, given = (earlier, later, last) if is_first else (later, earlier, first)
                found.append(f"value({asked}, {of} == {given}) in {everyone(self.study)}")
        is_known = any(self.fits(each, first if is_first else last) for each in found)
        is_named = any(each.meaning.sort == Sort.OUTCOME for each in self.named)
        return found if is_named or is_known else []

    def _ends(self, least: str, most: str, *, is_first: bool) -> list[str]:
        """The ends of a range that only the unit tells what it is of, and both its values."""
        whole = everyone(self.study)
        return [
            f"{'min' if is_first else 'max'}({each}) in {whole}"
            for each in self.by_unit()
            if self.fits(f"min({each}) in {whole}", least)
            and self.fits(f"max({each}) in {whole}", most)
        ]

    def fits_here(self, reading: str) -> bool:
        """Whether a reading gives the number."""
        return self.fits(reading, self.number.printed)

    def value_of(self, reading: str) -> float | None:
        """What a reading gives, if that is known."""
        return self.sentence.reader.value_of(reading)
