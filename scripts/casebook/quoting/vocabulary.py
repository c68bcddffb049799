"""The words by which the texts of a language tell what their numbers are."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Vocabulary:
    """The words of a language, as parts of regular expressions with `|` between.

    Attributes:
        code: Its code in ISO 639-1.
        common: Frequent words that tell it from other languages.
        numbers: Words for whole numbers, each with how claims.tsv prints it; "" if it does so too.
        multiples: What makes another number of such a word before it, as hundred does.
        shares: Words for a share of patients, likewise.
        relations: What may stand before a number, as "over" does, likewise.
        date: A day or a month of a year.
        referred: What stands before the number of a table, a figure or a reference.
        units: Units as texts write them out, by their names in English.
        statistics: What names a statistic in a sentence.
        headers: What names one in a header of a table.
        interval: What a confidence interval is called.
        events: What adverse events are called, by their names in readings.
        any_of: What says of a row of a table that it counts who has one of several things.
        p_value: What follows the p of a p-value, up to its number.
        level: What tells that p is a level which the authors set.
        patients: Who are counted.
        not_counted: Words that lead from a number to patients who are not those counted.
        pronouns: Words for what the sentence before was of.
        of_one: Words for the patient whom the sentence before was of.
        change: Words for a change.
        apart: Words for a difference between groups.
        moves: Words for what an outcome did: improved, worsened, fell, rose; and who responded.
        moved_by: What stands between such a word and by how much.
        or_more: What makes the number before it a least one.
        without: What denies that there is what it stands before.
        denies: What denies the word for a change that it stands before.
        everybody: What is said of everyone.
        but: What stands before those of whom that is not so.
        whose: What leads from patients to what is said of these.
        of_these: What stands between a count and the number of those who are counted.
        among: What begins a sentence on some of these.
        whole: What is said of all who were studied.
        ceased: What is said of a treatment that is no longer taken.
        respond: What is said of those who responded.
        respond_not: Labels of those who did not, and what is said of them.
        available: What is said of values that are known.
        missing: What is said of those that are not.
        during: What stands before a period of time.
        other_study: What tells that numbers are of another study.
        own_study: What tells that they are of the study itself.
        others: What makes a number one of those who were not spoken of before it.
        stops: Labels of those who no longer take it, which all say the same.
        cause: What stands between the end of a treatment and the reason for it.
        had_by: What stands between what patients had, or did, and how many they were.
        consists: What stands between a cohort and its size.
        starts: What stands before the first of two numbers that something went between.
        goes_to: What stands before the second.
        versus: What else may stand between two numbers of one statistic.
        compared: What may stand there behind a unit.
        including: What ends a clause.
        also: What ends one if a number follows.
        respectively: What gives each of several numbers to one of several names.
        silent: Words that say nothing in a name.
        silent_alone: Words, without their endings, that do not name a level alone.
        endings: What is cut off from words before they are compared, the longest first.
        sexes: Labels of a sex, with other words for it.
        before: Words for the first visit.
        after: Words for the last visit.
        significance: What says that a result is significant, or that it is not.
        denied: What of it says that it is not.
        everyone: All patients, of whom something is said.
        absence: What says that something is not there, or is as in health.
        ages: Words of a cohort's label that name it by themselves, as "younger" does.
        members: Nouns behind another word of its label that no other cohort has.
        between_groups: What stands for all groups of a comparison.
        against: What stands between two numbers of which each is of another group.
        of_them: What stands between a number of those just spoken of and the group they are in.
        none_of_these: What is said of those who had nothing of what was listed.
        lacking: What those are called who do not have something, with a place for that.
        lacking_ends: Where the part of a label ends that such words have.
        more: What says that something was more or less in a group than in the other.
        most_often: What stands between what patients had most often and the share of them.
        response: What the responders of a table are called at the beginning of a row.
        either: What stands between two levels of which patients have one: A or B.
        age: Labels of how old patients are, in lower case.
        that_of: What stands for the statistic that was named last, of something else.
        below: What stands before a limit below which values are.
        above: What stands before one above which they are.
        or_less: What stands behind one that they may reach from below.
        the: What says of which ones something is: of the nine.
        groups: What groups of patients are called, which are none themselves.
        analysed: What is said of those of whom there is enough to be analysed.
        apposed: How patients are told more of behind a comma: both with acne, a 58-year-old woman.
        kinds: Nouns that may stand behind it as well: long disease.
        with_both: What is said of those of whom both values are known.
        former: What stands for the first of two groups that were named.
        latter: What stands for the second of them.
        likewise: What stands for what was said last that patients had or did.
        gained: What is said of those in whom what is measured in a unit rose: gained ten letters.
        lost: What is said of those in whom it fell.
        was: What stands between what something is of and how it is: the macula was dry.
        differed: What is said of groups that are apart, or not.
        fewer: What says behind a number that it is by how much something was less or more.
        occurrences: What adverse events are called for short, as in two events.
        continues: Labels of those who go on with a treatment, which all say the same.
        both_of_these: What is said of those who had the two things that were named last.
    """

    code: str
    common: frozenset[str]
    numbers: Mapping[str, str]
    multiples: str
    shares: Mapping[str, str]
    relations: Mapping[str, str]
    date: str
    referred: str
    units: Mapping[str, str]
    statistics: Mapping[str, str]
    headers: Mapping[str, str]
    interval: str
    events: Mapping[str, tuple[str, ...]]
    any_of: str
    p_value: str
    level: str
    patients: str
    not_counted: str
    pronouns: str
    of_one: str
    change: str
    apart: str
    moves: Mapping[str, str]
    moved_by: str
    or_more: str
    without: str
    denies: str
    everybody: str
    but: str
    whose: str
    of_these: str
    among: str
    whole: str
    ceased: str
    respond: tuple[str, ...]
    respond_not: tuple[str, ...]
    available: str
    missing: str
    during: str
    other_study: str
    own_study: str
    others: str
    stops: tuple[str, ...]
    cause: str
    had_by: str
    consists: str
    starts: str
    goes_to: str
    versus: str
    compared: str
    including: str
    also: str
    respectively: str
    silent: frozenset[str]
    silent_alone: frozenset[str]
    endings: tuple[str, ...]
    sexes: Mapping[str, tuple[str, ...]]
    before: tuple[str, ...]
    after: tuple[str, ...]
    significance: str
    denied: str
    everyone: str
    absence: str
    ages: tuple[str, ...]
    members: tuple[str, ...]
    between_groups: str
    against: str
    of_them: str
    none_of_these: str
    lacking: tuple[str, ...]
    lacking_ends: str
    more: str
    most_often: str
    that_of: str
    response: str
    either: str
    age: tuple[str, ...]
    below: str
    above: str
    or_less: str
    the: str
    groups: str
    analysed: str
    apposed: str
    kinds: tuple[str, ...]
    with_both: str
    former: str
    latter: str
    likewise: str
    gained: str
    lost: str
    was: tuple[str, ...]
    differed: str
    fewer: str
    occurrences: str
    continues: tuple[str, ...]
    both_of_these: str
