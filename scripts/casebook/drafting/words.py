"""Columns of words: yes or no, one of some levels, several of them in a cell, or free text."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from casebook.base.absent import NONE
from casebook.base.lists import enumerated
from casebook.base.texts import capital
from casebook.data.cells import folded
from casebook.data.harms import grade_in
from casebook.data.patients import MARK, NO_MEMBERS
from casebook.doubts.identifiers import looks_of
from casebook.doubts.turned import hint_at_turned
from casebook.drafting.columns import Column, Guess
from casebook.drafting.headers import heading
from casebook.drafting.misspelt_levels import misspelt_levels, told_of_misspelt, with_one_label

_YES = ("yes", "y", "ja", "j", "oui", "o", "true", "sí", "si", "+", "x", "✓", "✔", "☑")
_NO = ("no", "n", "nein", "non", "false", "-", "✗", "✘")
_SI_OR_NO = {"s", "n"}
_ANSWERED = {"yes", "ja", "oui", "sí", "si", "no", "nein", "non", "true", "false"}
"""What is surely an answer; a letter or a sign can be another code."""
_SEXES = {
    **dict.fromkeys(("f", "female", "w", "woman", "weiblich", "femme", "mujer", "donna", "vrouw",
                     "fem", "fem.", "weibl", "weibl.", "frau"), "Female"),
    **dict.fromkeys(("m", "male", "man", "männlich", "homme", "hombre", "uomo",
                     "masc", "masc.", "männl", "männl.", "mann"), "Male"),
}  # fmt: skip
_OTHER_SEXES = (
    ("", {"f": "Female", "h": "Male"}),
    ("", {"m": "Female", "h": "Male"}),
    ("sexo", {"m": "Female", "v": "Male"}),
    ("geslacht", {"v": "Female", "m": "Male"}),
)
"""Of men and women in French, in Spanish, where M is a woman, and in Dutch, by the header."""
_CODED = re.compile(
    r"sex|gender|geschl|group|gruppe|trt|treat(?:ment)?|therapy|type|class\w*|grade|stage"
    r"|stadium|ecog|nyha|ethnic\w*|cent(?:er|re)|status|cohort|categor\w*|code|smok\w*|phenotype"
    r"|diagnosis|(?<![^\W_])(?:arm|asa|race|site|inst(?:itution)?|diet|line|linie)(?![^\W_])"
)
"""What a column is called whose whole numbers are codes."""
_OF_KINDS = re.compile(r"sex|gender|geschl|group|gruppe|trt|(?<![^\W_])arm(?![^\W_])")
"""What a column is called whose 0 and 1 are two kinds of patients, rather than no and yes."""
_LEGEND = re.compile(r"(?<![^\W_])(\d{1,2}) ?[=:] ?([^\W\d_][^,;/|()\[\]=:]*)(?=[,;/|)\]]|$)")
"""What a header says of codes: 1=male, 2=female."""
_SEPARATORS = (";", ",", "+", "|", "/")
NOT_KNOWN = re.compile(
    r".*(?:unknown|not known|don'?t know|not asked|missing|no data|prefer not).*"
    r"|ni|inv|unk|nask|asku|nav|navu|msk"
)
"""What is not known, in words and as REDCap's codes for missing data, which are those of HL7."""
_MOST_LEVELS = 15
_REPEATED = 0.6
"""How many levels there are at most for each cell: free texts seldom come again."""
_LONGEST = 40
_MOST_MEMBERS = 40
_MOST_CODES = 8
_SCORE = re.compile(r"\d{1,3} ?[-–/:.] ?\d{1,3}")
"""A score as it is typed, of which a spreadsheet may make a date."""
_FEW = 0.2
"""Up to this share of the texts of a column, dates among them are rather slips."""


def codes(column: Column) -> Guess | None:
    """The guess that texts are codes of levels, as some whole numbers are; None if they are not."""
    different = sorted(column.different)
    if found := _labelled(column) or _told_by_header(column):
        return found
    count = len(column.filled)
    whole = all(re.fullmatch(r"\d\d?", text) for text in different)
    is_coded = _CODED.search(folded(column.header)) and not heading(column.header).unit
    named = is_coded and count >= 2 * len(different)
    if not (whole and (named or len(different) > 1) and len(different) <= _MOST_CODES):
        return None
    are_kinds = {*different} == {"0", "1"} and _OF_KINDS.search(folded(column.header))
    if {*different} == {"0", "1"} and not are_kinds:
        reason = "all cells are 0 or 1"
        told = "0 is taken for no and 1 for yes"
        return Guess("category", reason, levels={"0": "No", "1": "Yes"}, levels_reason=told)
    if named or are_kinds or (len(different) == 2 and count >= 6):
        reason = f"the only cells are {', '.join(different)}, which seem to be codes"
        levels = {text: text for text in sorted(different, key=int)}
        return Guess(
            "category",
            reason,
            levels=levels,
            levels_reason=f"write what {enumerated([*levels])} mean",
        )
    return None


def _told_by_header(column: Column) -> Guess | None:
    """The guess that numbers are the codes that the header tells, as Sex (1=m; 2=f) does."""
    told = {code: label.strip() for code, label in _LEGEND.findall(column.header)}
    unknown = [code for code, label in told.items() if NOT_KNOWN.fullmatch(folded(label))]
    levels = {
        code: _SEXES.get(folded(label), _capital(label))
        for code, label in told.items()
        if code not in unknown
    }
    different = column.different.keys()
    if len(told) < 2 or levels.keys().isdisjoint(different) or not told.keys() >= different:
        return None
    return Guess(
        "category",
        "all cells are codes that the header tells",
        levels=levels,
        levels_reason="the labels in the header",
        missing=[code for code in unknown if code in different],
        missing_reason="the header says that it is not known",
    )


def _labelled(column: Column) -> Guess | None:
    """The guess that texts are codes as the file has a label for each of them."""
    texts = [*column.different.values()]
    if not texts or len(texts) > _MOST_LEVELS or not column.labels.keys() >= {*texts}:
        return None
    unknown = [text for text in texts if NOT_KNOWN.fullmatch(folded(column.labels[text]))]
    known = [text for text in texts if text not in unknown] or texts
    numbered = all(text.isdecimal() for text in texts)
    ordered = sorted(known, key=int if numbered else str)
    labels = {text: _capital(column.labels[text]) for text in ordered}
    several = {label for label, n in Counter(map(folded, labels.values())).items() if n > 1}
    levels = {t: f"{e} ({t})" if folded(e) in several else e for t, e in labels.items()}
    told = "the file has a label for each code"
    reason = "the labels of those in the cells"
    if several:
        reason += f"; whether the codes of {enumerated(sorted(several))} mean the same"
    return Guess(
        "category",
        told,
        levels=levels,
        levels_reason=reason,
        missing=unknown if known != texts else (),
        missing_reason="the file's labels say that it is not known",
    )


def answer(text: str) -> str:
    """Yes or No, if a text, folded, is one of these in some language or is 1 or 0; else nothing."""
    key = folded(text)
    return "Yes" if key in (*_YES, "1") else "No" if key in (*_NO, "0") else ""


def words(column: Column) -> Guess:
    """What a column of texts seems to be.

    Dates among scores are to be corrected: a spreadsheet makes them of texts such as 4/5.
    """
    hints = {text: hint for text in column.different.values() if (hint := hint_at_turned(text))}
    others = [text for text in column.filled if text not in hints]
    scores = sum(map(bool, map(_SCORE.fullmatch, others)))
    few = len(column.filled) - len(others) <= max(1, _FEW * len(column.filled))
    if not hints or not others or not (few or scores * 2 > len(others)):
        return _words(column)
    guess = _words(replace(column, texts=["" if text in hints else text for text in column.texts]))
    if guess.type == "text" or column.private:
        return guess
    text, hint = next(iter(hints.items()))
    reason = f"{guess.reason}, but for {text!r}: {hint}"
    return replace(guess, reason=reason, slips=[*hints])


def _words(column: Column) -> Guess:
    return _yes_or_no(column) or _members(column) or _levels(column) or free_text(column)


def free_text(column: Column, reason: str = "") -> Guess:
    """The guess that a column holds free text, which is kept and not analysed."""
    count, different = len(column.filled), len(column.different)
    texts = "one text" if different == 1 else f"{different} different texts"
    cells = "one cell" if count == 1 else f"{count} cells"
    return Guess("text", reason or f"{texts} in {cells}")


def _yes_or_no(column: Column) -> Guess | None:
    found = column.different
    if found.keys() == _SI_OR_NO:
        levels = {found["s"]: "Yes", found["n"]: "No"}
        return Guess("category", "all cells are S or N", levels=levels,
                     levels_reason="as for sí and no")  # fmt: skip
    if not found or not found.keys() <= {*_YES, *_NO} or len(found) > 2:
        return None
    if len(found) == 2 and len(found.keys() & {*_YES}) != 1:
        return None
    levels = {text: "Yes" if key in _YES else "No" for key, text in found.items()}
    levels = dict(sorted(levels.items(), key=lambda each: each[1], reverse=True))
    return Guess("category", "all cells are yes or no", levels=levels)


def _levels(column: Column) -> Guess | None:
    found = column.different
    count = len(column.filled)
    kinds = {answer(key) or grade_in(key) or key for key in found}
    few = len(kinds) <= max(2, min(_MOST_LEVELS, _REPEATED * count)) and count > len(found)
    if not found or not few or not all(map(_can_be_level, found.values())):
        return None
    if any(len(text) > _LONGEST for text in found.values()):
        return None
    common = Counter(column.filled)
    texts = [max((t for t in common if folded(t) == key), key=common.__getitem__) for key in found]
    known = (e for header, e in _OTHER_SEXES if header in folded(column.header))
    sexes = next((e for e in (_SEXES, *known) if found.keys() <= e.keys()), {})
    labels = {text: sexes.get(folded(text), _capital(text)) for text in sorted(texts)}
    reason = f"{len(found)} different text{'s' * (len(found) != 1)} in {count} cells"
    misspelt = misspelt_levels({text: common[text] for text in labels})
    answers = _answers_of_one_meaning(labels)
    others = [text for text in labels if text not in answers]
    perhaps = [*_perhaps_one(others), *told_of_misspelt(misspelt)]
    told = "; ".join([with_alike("all that stand in the cells", answers), *perhaps])
    levels = with_one_label(answers | _told_apart({t: labels[t] for t in others}), misspelt)
    return Guess("category", reason, levels=levels, levels_reason=told)


def _answers_of_one_meaning(texts: Iterable[str]) -> dict[str, str]:
    """The answers yes and no among texts, yes first, where one is written in several ways."""
    found = {text: meant for text in texts if (meant := answer(text))}
    sure = {meant for text, meant in found.items() if folded(text) in _ANSWERED}
    found = {text: meant for text, meant in found.items() if meant in sure}
    several = len({*found.values()}) < len(found)
    ordered = sorted(found, key=lambda text: (found[text] != "Yes", text))
    return {text: found[text] for text in ordered} if several else {}


def _perhaps_one(texts: Iterable[str]) -> Iterator[str]:
    """What is told of texts that probably mean the same, as y and yes, II and 2, or look alike."""
    texts = list(texts)
    alike: dict[tuple[str, str], list[str]] = {}
    for text in texts:
        key = folded(text)
        alike.setdefault(("answer", answer(key)), []).append(text)
        alike.setdefault(("grade", grade_in(key)), []).append(text)
    for text, looks in zip(texts, looks_of(texts), strict=True):
        alike.setdefault(("looks", looks), []).append(text)
    for (_, meant), found in alike.items():
        if meant and found[1:]:
            told = enumerated([*map(repr, found)])
            yield f"{told} probably mean the same: if so, give them one label"


def with_alike(reason: str, levels: Mapping[str, str]) -> str:
    """A reason for levels, with which of them have one label as they seem to mean the same."""
    of_label: dict[str, list[str]] = {}
    for text, label in levels.items():
        of_label.setdefault(label, []).append(repr(text))
    told = (f"{enumerated(each)} are taken for one" for each in of_label.values() if each[1:])
    return "; ".join([reason, *told])


def _told_apart(labels: dict[str, str]) -> dict[str, str]:
    """The levels with labels that are one only where they are meant to be: for sexes."""
    twice = {label for label, n in Counter(labels.values()).items() if n > 1}
    sexes = {*_SEXES.values()}
    return {text: text if label in twice - sexes else label for text, label in labels.items()}


def _can_be_level(text: str) -> bool:
    return ";" not in text and not text.endswith(MARK) and text != NO_MEMBERS


def _capital(text: str) -> str:
    """A text as a label: with a capital where it is a word in small letters."""
    return capital(text) if re.fullmatch(r"[a-zß-öø-ÿ]{3,}[a-z ]*", text) else text


def _members(column: Column) -> Guess | None:
    """The guess that each cell has several of the same members, as a list of drugs has."""
    # A cell that says "none" tells nothing of how members are written.
    told = [text for text in column.filled if folded(text) not in NONE]
    for sign in _SEPARATORS:
        lists = [_parts(text, sign) for text in told]
        if found := _of_members(column, sign, lists):
            return found
    return None


def _parts(text: str, sign: str) -> list[str]:
    return [part.strip() for part in text.split(sign)]


def _of_members(column: Column, sign: str, lists: Sequence[Sequence[str]]) -> Guess | None:
    several = [parts for parts in lists if len(parts) > 1]
    every = [part for parts in lists for part in parts]
    if len(several) < max(1, len(lists) / 10) or not all(every):
        return None
    none = [text for key, text in column.different.items() if key in NONE]
    marked = sum(part.endswith(MARK) for part in every)
    plain = [part.removesuffix(MARK).rstrip() if marked else part for part in every]
    members = dict.fromkeys(part for part in plain if folded(part) not in NONE)
    once: dict[str, str] = {}
    for part in members:
        once.setdefault(folded(part), part)
    repeated = sum(folded(part) in once for part in plain) - len(once)
    if not _seem_members(list(once.values()), repeated, plain) or _has_one_twice(lists):
        return None
    if any(folded(part) in NONE for parts in several for part in parts):
        return None
    levels = {part: part for part in sorted(once.values(), key=folded)}
    reason = f"cells have several texts with {sign!r} between them, of which {repeated} come again"
    if empty := sum(not text for text in column.texts):
        reason += (
            f'; {empty} empty: add none: [""] if that means none of them, leave it if not known'
        )
    mark = MARK if marked else ""
    return Guess("set", reason, levels=levels, separator=sign, mark=mark, none=none,
                 levels_reason="all members that stand in the cells")  # fmt: skip


def _seem_members(members: Sequence[str], repeated: int, every: Sequence[str]) -> bool:
    """Whether texts are members of sets, and not parts of sentences or of numbers."""
    if not 1 < len(members) <= _MOST_MEMBERS or repeated < len(every) / 4:
        return False
    short = all(len(part) <= _LONGEST and part.count(" ") < 5 for part in members)
    worded = all(re.search(r"[^\W\d_]", part) for part in members)
    # The V of LN III+V is a class as III is, and nothing by itself.
    of_classes = {bool(grade_in(part)) for part in members} == {True, False}
    return short and worded and not of_classes and all(map(_can_be_level, members))


def _has_one_twice(lists: Sequence[Sequence[str]]) -> bool:
    plain = [[folded(part.removesuffix(MARK)) for part in parts] for parts in lists]
    return any(len({*parts}) < len(parts) for parts in plain)
