"""Where a text names what a study describes: its outcomes, visits, cohorts, levels and therapies.

Labels, keys and headers of study.yaml are looked for as words, with the abbreviations that the
paper itself explains. What is claimed of them is not asked here.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from casebook.base.printed import read_printed
from casebook.claims.moved import of_responder
from casebook.data.harms import HARMS
from casebook.data.patients import measurement
from casebook.quoting.abbreviations import abbreviations_in
from casebook.quoting.english import ENGLISH
from casebook.quoting.languages import Language
from casebook.quoting.meanings import Meaning, Named, Sort
from casebook.quoting.treatments import WRITTEN_OUT
from casebook.study.model import Study
from casebook.study.variables import LevelledVariable

_SORTS = {"number": Sort.COLUMN, "boolean": Sort.CONDITION, "set": Sort.SET}
_WORD = re.compile(r"[^\W_]+(?:[-'][^\W_]+)*")
_ELIDED = re.compile(r"^[dl]'")
_SHORT = re.compile(r"\(([A-Z][\w-]*[A-Z0-9])\)$")
_SCALE = re.compile(r"^(?:VAS|NRS)[\s:-]+|[\s,-]+(?:VAS|NRS)$")
_LETTERS = re.compile(r"[^\W\d_]{4,}")
_ANSWERS = {"yes": ("yes", "ja", "oui", "y", "j"), "no": ("no", "nein", "non", "n")}
"""How the levels of a category are called that is yes or no."""
_STEM = 4
"""How many letters of a word tell that another one is of the same."""
_PAIR = 2
_SHORTEST = 3
"""Of how many letters a word has an ending at least, without the ending."""


@dataclass(frozen=True)
class Names:
    """All that a study names, by the words for it, and the abbreviations of a paper."""

    phrases: Mapping[tuple[str, ...], Sequence[Meaning]]
    language: Language
    abbreviations: Mapping[str, Sequence[str]] = field(default_factory=dict)

    @cached_property
    def _by_first(self) -> Mapping[str, Sequence[tuple[str, ...]]]:
        """The phrases by their first word, so that each word of a text is looked up once."""
        found: dict[str, list[tuple[str, ...]]] = {}
        for phrase in self.phrases:
            found.setdefault(phrase[0], []).append(phrase)
        return found

    @cached_property
    def _numbers(self) -> Mapping[str, str]:
        """Words for numbers in digits, as three months is a visit that is called 3 months."""
        written = ((word, english or word) for word, english in self.language.numbers.items())
        return {word: f"{number.low:f}" for word, said in written if (number := read_printed(said))}

    def named_in(self, text: str) -> list[Named]:
        """Every name in a text, in order; of names within one another the longest."""
        tokens = list(self._tokens(text))
        found = [
            Named(meaning, tokens[i][1], tokens[i + len(words) - 1][2], len(words))
            for i in range(len(tokens))
            for words in self._by_first.get(tokens[i][0], ())
            if tuple(token[0] for token in tokens[i : i + len(words)]) == words
            for meaning in self.phrases[words]
        ]
        return [
            each
            for each in found
            if not any(
                other.words > each.words and other.start <= each.start and each.end <= other.end
                for other in found
            )
        ]

    def one_labelled_with(self, text: str) -> list[Meaning]:
        """The one outcome or column whose label has all words of a text; nothing of several."""
        words = self.words_of(text)
        sorts = (Sort.OUTCOME, Sort.COLUMN)
        found = dict.fromkeys(
            meaning
            for phrase, meanings in self.phrases.items()
            if words and words.issubset(phrase)
            for meaning in meanings
            if meaning.sort in sorts
        )
        return list(found) if len(found) == 1 else []

    def together_in(self, text: str, sort: Sort) -> list[Meaning]:
        """What a text has all words of, in any order, that with the most words first."""
        words = {token for token, *_ in self._tokens(text)}
        found = [
            (len(phrase), meaning)
            for phrase, meanings in self.phrases.items()
            if words.issuperset(phrase)
            for meaning in meanings
            if meaning.sort == sort
        ]
        return [meaning for _, meaning in sorted(found, key=lambda each: -each[0])]

    def words_of(self, text: str) -> frozenset[str]:
        """The words of a text as they are compared."""
        return frozenset(token for token, *_ in self._tokens(text))

    def _tokens(self, text: str) -> Iterator[tuple[str, int, int]]:
        """The words of a text that count, abbreviations written out, with their places."""
        for found in _WORD.finditer(text):
            for word in self.abbreviations.get(found[0].upper(), [found[0]]):
                for plain in self._plain(word):
                    yield plain, *found.span()

    def _plain(self, word: str) -> list[str]:
        """A word in the form in which it is compared; nothing of one that says nothing."""
        # In French an article may be joined to its noun: l'anakinra.
        parts = _ELIDED.sub("", word.lower().removesuffix("'s")).split("-")
        return [self._root(part) for part in parts if part and part not in self.language.silent]

    def _root(self, word: str) -> str:
        """A word without its ending, or a number in digits; non-smokers are not smokers."""
        if word == "non":
            return "not"
        if (number := self._numbers.get(word)) is not None:
            return number
        for ending in self.language.endings:
            is_ending = word.endswith(ending) and not word.endswith("ss")
            if is_ending and len(word) >= len(ending) + _SHORTEST:
                return word.removesuffix(ending)
        return word


def names_of(study: Study, text: str, language: Language = ENGLISH) -> Names:
    """The names of a study, with the abbreviations that a text in this language explains."""
    names = Names({}, language, abbreviations_in(text))
    found: dict[tuple[str, ...], list[Meaning]] = {}
    for said, meaning in _said(study, language):
        words = tuple(token for token, *_ in names._tokens(said))
        # A visit may be called Week 12; a level that is called 0 or mg names nothing in a text.
        says_nothing = all(word.isdigit() or word in language.silent_alone for word in words)
        if not words or (says_nothing and (meaning.sort != Sort.VISIT or len(words) == 1)):
            continue
        if meaning not in found.setdefault(words, []):
            found[words].append(meaning)
    turned = _turned(found, language)
    return Names({**_by_tails(names, found), **turned, **found}, language, names.abbreviations)


def _turned(
    found: Mapping[tuple[str, ...], Sequence[Meaning]], language: Language
) -> dict[tuple[str, ...], list[Meaning]]:
    """What a label of two words is called as a sentence: the macula was dry, of a dry macula."""
    sorts = (Sort.COHORT, Sort.LEVEL, Sort.CONDITION)
    return {
        (phrase[1], verb, phrase[0]): own
        for phrase, meanings in found.items()
        if len(phrase) == _PAIR and (own := [each for each in meanings if each.sort in sorts])
        for verb in language.was
    }


def _by_tails(
    names: Names, found: Mapping[tuple[str, ...], Sequence[Meaning]]
) -> dict[tuple[str, ...], list[Meaning]]:
    """What abbreviations of a paper stand for by which one label alone ends: functional class."""
    tails = {tuple(token for token, *_ in names._tokens(short)) for short in names.abbreviations}
    fitting = {
        tail: {
            meaning
            for phrase, meanings in found.items()
            if phrase[-len(tail) :] == tail
            for meaning in meanings
            if meaning.sort in (Sort.OUTCOME, Sort.GRADE)
        }
        for tail in sorted(tails)
        if tail
    }
    return {tail: [*meanings] for tail, meanings in fitting.items() if len(meanings) == 1}


def _said(study: Study, language: Language) -> Iterator[tuple[str, Meaning]]:
    """Every text that names something of a study."""
    yield from _events(study, language)
    for name, outcome in study.outcomes.items():
        for said in (name, *_headings(outcome.label)):
            yield said, Meaning(Sort.OUTCOME, name)
        for responder in outcome.responders.values():
            yield responder.label, Meaning(Sort.MOVE, of_responder(outcome, responder), name)
    for name, grade in study.grades.items():
        for said in _headings(grade.label):
            yield said, Meaning(Sort.GRADE, name)
    for name in (*study.variables, *study.derived):
        sort = _SORTS.get(study.kinds[name])
        if sort and not _is_of_harms(study, name, language):
            for said in _headings(study.variable(name).label):
                yield said, Meaning(sort, name)
    yield from _ages(study, language)
    yield from _levels(study, language)
    for condition in study.conditions.values():
        for visit, expression in condition.at.items():
            yield condition.label, Meaning(Sort.CONDITION, expression, visit)
    for name, cohort in study.cohorts.items():
        for said in _headings(cohort.label):
            yield said, Meaning(Sort.COHORT, name)
    yield from _parts(study, language)
    yield from _lacking(study, language)
    yield from _visits(study, language)


def _ages(study: Study, language: Language) -> Iterator[tuple[str, Meaning]]:
    """What is said of patients by their age, as younger, where no cohort is called so."""
    labels = " ".join(each.label for each in study.cohorts.values())
    if language.says("|".join(language.ages), labels):
        return
    for name, variable in study.variables.items():
        if study.kinds[name] == "number" and variable.label.casefold() in language.age:
            yield from ((said, Meaning(Sort.COLUMN, name)) for said in language.ages)


def _parts(study: Study, language: Language) -> Iterator[tuple[str, Meaning]]:
    """Words that one cohort alone has in its label, of those compared or of all: placebo group.

    So are the first words of "Previously exposed to biologics", up to the preposition.
    """
    every = [name for name, cohort in study.cohorts.items() if cohort.select]
    nouns = (*language.members, *language.kinds)
    for cohorts in (*(each.cohorts for each in study.comparisons.values()), every):
        labels = {each: study.cohorts[each].label.lower() for each in cohorts}
        for cohort, label in labels.items():
            others = {
                w for name in labels if name != cohort for w in _LETTERS.findall(labels[name])
            }
            own = sorted(set(_LETTERS.findall(label)) - others)
            head = re.split(rf"\s+(?:{language.goes_to}|{language.not_counted})\s", label)[0]
            heads = [head] if " " in head and head != label and set(head.split()) & set(own) else []
            meaning = Meaning(Sort.COHORT, cohort)
            yield from ((word, meaning) for word in own if word in language.ages)
            for noun in nouns:
                for word in (*own, *heads):
                    yield from ((said, meaning) for said in (f"{word} {noun}", f"{noun} {word}"))


def _lacking(study: Study, language: Language) -> Iterator[tuple[str, Meaning]]:
    """What is called yes or no, by its label, and those who do not have it: relapse free."""
    answers = [*_yes_or_no(study)]
    yield from ((label, yes) for label, yes, _ in answers if yes.sort == Sort.LEVEL)
    found = [(label, no) for label, _, no in answers]
    found += [
        (outcome.label, Meaning(Sort.CONDITION, f"{measurement(name, visit)} == 0", visit))
        for name, outcome in study.outcomes.items()
        for visit in reversed(study.visits_of(name))
        if outcome.range[0] == 0
    ]
    for label, no in found:
        short = re.split(rf"\s+(?:{language.lacking_ends})\s", label)[0]
        for said in dict.fromkeys((label, short)):
            yield from ((form.format(said), no) for form in language.lacking)


def _yes_or_no(study: Study) -> Iterator[tuple[str, Meaning, Meaning]]:
    """The label of each condition, what is true of those of whom it is, and of the others."""
    opposite: dict[str, str] = {}
    for name, variable in study.variables.items():
        levels = variable.levels if isinstance(variable, LevelledVariable) else {}
        answers = {
            key: each for key in levels for each in _ANSWERS if key.lower() in _ANSWERS[each]
        }
        if sorted(answers.values()) == ["no", "yes"] and _says_so(variable.label, levels, answers):
            no, yes = (f'{name} == "{key}"' for key in sorted(levels, key=lambda k: answers[k]))
            opposite[yes] = no
            yield variable.label, Meaning(Sort.LEVEL, yes, name), Meaning(Sort.LEVEL, no, name)
        elif study.kinds[name] == "boolean":
            others = Meaning(Sort.CONDITION, f"not {name}")
            yield variable.label, Meaning(Sort.CONDITION, name), others
    for condition in study.conditions.values():
        for visit, yes in condition.at.items():
            others = Meaning(Sort.CONDITION, opposite.get(yes, f"not ({yes})"), visit)
            yield condition.label, Meaning(Sort.CONDITION, yes, visit), others


def _says_so(label: str, levels: Mapping[str, str], answers: Mapping[str, str]) -> bool:
    """Whether a yes is of what a label says: no other thing is what the levels are called."""
    yes = next(levels[key] for key, answer in answers.items() if answer == "yes").casefold()
    return yes in _ANSWERS["yes"] or yes[:_STEM] in label.casefold()


def _levels(study: Study, language: Language) -> Iterator[tuple[str, Meaning]]:
    for name, variable in study.variables.items():
        levels = variable.levels if isinstance(variable, LevelledVariable) else {}
        for level, label in levels.items():
            is_set = study.kinds[name] == "set"
            expression = f'"{level}" in {name}' if is_set else f'{name} == "{level}"'
            chosen = [each for each, cohort in study.cohorts.items() if cohort.select == expression]
            others = language.sexes.get(label.lower(), ())
            same = (each for each in (language.stops, language.continues) if label.lower() in each)
            others = next(same, others)
            if label.lower() in map(str.lower, language.respond_not):
                others = language.respond_not
                responded = Meaning(Sort.LEVEL, _all_but(level, name, levels), name)
                yield from ((said, responded) for said in language.respond)
            code = () if _is_a_letter(level) and label != level else (level,)
            for said in (label, *code, *others, *WRITTEN_OUT.get(level.lower(), ())):
                yield said, Meaning(Sort.LEVEL, expression, name)
                for cohort in chosen:
                    yield said, Meaning(Sort.COHORT, cohort)


def _events(study: Study, language: Language) -> Iterator[tuple[str, Meaning]]:
    """What adverse events are called: the study's harms, and sets whose label says that of them."""
    for name in study.harms.kinds if study.harms else ():
        for said in language.events.get(name, ()):
            yield said, Meaning(Sort.SET, name)
    words = language.events[HARMS]
    for name, variable in study.variables.items():
        is_called_so = study.kinds[name] == "set" and _names_events(variable.label, language)
        if is_called_so and not _is_of_harms(study, name, language):
            yield from ((said, Meaning(Sort.SET, name)) for said in words)


def _is_of_harms(study: Study, name: str, language: Language) -> bool:
    """Whether a set is called adverse events as the study's harms are, which it is part of."""
    is_part = study.harms is not None and name in study.harms.sets
    return is_part and _names_events(study.variable(name).label, language)


def _names_events(label: str, language: Language) -> bool:
    """Whether a label is what adverse events are called."""
    words = {each.lower().removesuffix("s") for each in language.events[HARMS]}
    return label.lower().removesuffix("s") in words


def _is_a_letter(level: str) -> bool:
    """Whether a level is called by one letter, which in a text is a unit rather than the level."""
    return len(level) == 1 and level.isalpha() and level.upper() not in "IVX"


def _all_but(level: str, variable: str, levels: Iterable[str]) -> str:
    """That a variable has another level; of two, the one that it then has."""
    others = [each for each in levels if each != level]
    return f'{variable} == "{others[0]}"' if len(others) == 1 else f'{variable} != "{level}"'


def _visits(study: Study, language: Language) -> Iterator[tuple[str, Meaning]]:
    names = list(study.visits)
    for name, visit in study.visits.items():
        # Month 6 is also spoken of as 6 months.
        for said in (visit.label, " ".join(reversed(visit.label.split()))):
            yield said, Meaning(Sort.VISIT, name)
        yield name, Meaning(Sort.VISIT, name)
    if len(names) > 1:
        for words, name in ((language.before, names[0]), (language.after, names[-1])):
            for word in words:
                yield word, Meaning(Sort.VISIT, name)


def _headings(label: str) -> Iterable[str]:
    """A label, what stands of it before a comma or a bracket, and what a scale rates: VAS pain.

    Its abbreviation in brackets, as FC, names it too.
    """
    rated, short = _SCALE.sub("", label).strip(), _SHORT.findall(label)
    return dict.fromkeys(filter(None, [label, re.split(r"[,(]", label)[0].strip(), rated, *short]))
