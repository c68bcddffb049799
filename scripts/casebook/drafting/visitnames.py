"""How texts name visits: by a time, a count, a word such as before, or a month of the calendar.

In English, and as far as is usual in tables in German, French, Spanish, Italian, Dutch and Danish.
Which columns are one measurement is for `visits`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from casebook.base.texts import capital
from casebook.study.fields import name_for

_MONTHS = {"hour": 1 / 730.5, "day": 1 / 30.4375, "week": 7 / 30.4375, "month": 1.0, "year": 12.0}
_UNITS = {
    "hour": "hours?|hrs?|h|stunden?|heures?|horas?|timer?",
    "day": "days?|d|tage?n?|jours?|j|d[íi]as?|giorn[oi]|dagen|dage?",
    "week": "weeks?|weken|wks?|w|wochen?|wo|semaines?|semanas?|sem|settiman[ae]|uger?",
    "month": "months?|mos?|mths?|mon|m|monate?n?|mois|mes(?:es)?|mes[ei]|maand(?:en)?"
    "|m[åa]neder|m[åa]ned|mdr",
    "year": "years?|yrs?|y|jahre?n?|ans?|ann[eé]es?|a[ñn]os?|ann[oi]|jaar|år",
}
_NUMBER = r"\d{1,4}(?:\.\d+)?"
_TIMED = {
    kind: re.compile(
        rf"(?<![^\W_])(?:(?:{unit})(?: (?P<early>[-−–])|[ -]*)(?P<after>{_NUMBER})"
        rf"|(?P<minus>(?<=\s)[-−])?(?P<before>{_NUMBER})[ -]*(?:{unit}))(?!\w)"
    )
    for kind, unit in _UNITS.items()
}
_TIMED_IN_FRENCH = re.compile(rf"(?<=[^\W\d_] )s(?P<after>{_NUMBER})(?!\w)")
"""S12 is week 12 in French; what begins with it is rather the name of something."""
_COUNTS = {
    "visit": r"visits?|visites?|visitas?|besuche?|bes[øo]g|v",
    "time": r"time ?points?|zeitpunkt|time|temps|tp|t",
    "session": r"sessions?|sitzung|s[ée]ances?|sesi[óo]n",
    "cycle": r"cycles?|zyklus|ciclos?",
    "assessment": r"assessments?|messung|untersuchung|mesures?|examens?|waves?|rounds?",
}
_ORDINALS = (
    r"1st|1\.|first|erste[rsn]?|premi[eè]re?|primera?",
    r"2nd|2\.|second|zweite[rsn]?|deuxi[eè]me|segund[ao]",
    r"3rd|3\.|third|dritte[rsn]?|troisi[eè]me|tercera?",
    r"4th|4\.|fourth|vierte[rsn]?|quatri[eè]me|cuart[ao]",
)
_COUNTED = {
    kind: re.compile(
        rf"(?<![^\W_])(?:(?:{words})[ -]?(?P<number>{_NUMBER})"
        rf"|(?P<place>{'|'.join(_ORDINALS)}) (?:{words}))(?!\w)"
    )
    for kind, words in _COUNTS.items()
}
_OF_WHAT = (
    "therapy|therapie|treatment|tx|rx|surgery|operation|op|start|begin+|behandlung|behandling"
    "|traitement|tratamiento|trattamento|intervention|training|rehab|baseline|test|dose|injection"
)
_BASELINE = (
    rf"(?:pre|pr[äé]|prae)[- ]?op\w*|pr[eäé]-\w+|(?:pre|pr[äé]|prae|pr[äé])(?: (?:{_OF_WHAT}))?"
    rf"|(?:pre|pr[äé])(?:treatment|therap\w+|test)|before(?: \w+)?"
    rf"|(?:vor|voor|avant|antes|f[øo]r|f[öø]re)"
    rf"(?: (?:de |le |la |del |el )?(?:{_OF_WHAT}))?|baseline|bl|basal|initial\w*|inicial|prima"
    rf"|(?:at |on |bei |[àa] l['’] ?)?(?:admission|inclusion|entry|enrol+ment|einschluss|aufnahme)"
    rf"|vorher|zuvor|eingang|ausgangswert|prior|start|beginn|d[ée]but|inicio|screening"
)
_AFTER = (
    rf"post[- ]?op\w*|post-\w+|post(?: (?:{_OF_WHAT}))?|post(?:treatment|therap\w+|test)"
    rf"|after(?: \w+)?|(?:nach|apr[eè]s|despu[eé]s|depois|efter|dopo|(?<=[^\W\d_] )na)"
    rf"(?: (?:de |le |la |del |el )?(?:{_OF_WHAT}))?|nachher|danach"
)
_FOLLOW = (
    r"(?:last |latest )?(?:follow[ -]?up|f/?u|fup|suivi|verlauf|kontrolle|katamnese|seguimiento"
    r"|opf[øo]lgning)(?: ?(?P<number>\d{1,2}))?"
)
_LATER = (
    r"current|now|final|last|eot|end(?: of (?:study|treatment))?|discharge|exit|aktuell|ende|heute"
    r"|entlassung|letzter? wert|fin(?:al)?(?: (?:de|du) \w+)?|[àa] la sortie|sortie|alta|actuel\w*"
    r"|slut|[úu]ltim[ao]"
)
_WORDS = {
    kind: re.compile(rf"(?<!\w)(?:{words})(?!\w)")
    for kind, words in {
        "follow": _FOLLOW, "baseline": _BASELINE, "after": _AFTER, "later": _LATER,
    }.items()
}  # fmt: skip
_CALENDAR = [
    re.compile(rf"(?<!\w)(?:{names})(?:[ -]?(?P<year>(?:19|20)\d\d|\d\d))?(?!\w)")
    for names in (
        "jan(?:uary|uar|vier)?|enero|ene", "feb(?:ruary|ruar|rero)?|f[ée]vr?(?:ier)?",
        "mar(?:ch|ts|zo|s)?|m[äa]rz|mrz", "apr(?:il)?|avr(?:il)?|abr(?:il)?", "may|mai|mayo|maj",
        "june?|juni|juin|junio", "july?|juli|juil(?:let)?|julio", "aug(?:ust)?|ao[ûu]t|ago(?:sto)?",
        "sept?(?:ember|embre|iembre)?", "o[ck]t(?:ober|obre|ubre)?", "nov(?:ember|embre|iembre)?",
        "de[cz](?:ember)?|d[ée]c(?:embre)?|dic(?:iembre)?",
    )
]  # fmt: skip
FOLLOWUP = "followup"
_GLUED = re.compile(r"(?P<word>pre|post)(?P<stem>[a-z]{2,}.*)")
_CAMEL = re.compile(r"(?P<stem>.*[^\W\d_A-Z])(?P<visit>[A-Z][^\W\d_]*\d{0,3})")
_HYPHENED = re.compile(rf"(?P<word>pre|post)-(?!op|(?:{_OF_WHAT})$)(?P<stem>\w+)")
_BARE = re.compile(r"(?P<stem>.*[^\W\d_].*?)[ -]?(?<!\d)(?P<number>(?:19|20)\d\d|\d{1,3})")
_BEFORE_VISITS = re.compile(
    r"(?:^|[ _])(?:at|on|in|bei|zu|[àa]|nach|after|post|apr[eè]s|tras|a los|efter|ved|dopo|na|um"
    r"|im)$"
)
_AFTER_TIMES = re.compile(
    rf"^(?:{_AFTER}|(?:of |de )?(?:{_FOLLOW})|later|sp[äa]ter|of (?:{_OF_WHAT}))(?!\w)[ _.-]*"
)


@dataclass(frozen=True)
class When:
    """A visit, as a header names it.

    Attributes:
        name: Its name in study.yaml.
        label: What it is called.
        rank: What it is sorted by: visits before, timed ones, and those after without a time.
        months: When it was, if its name says so.
        values: What the column of visits of a long table has in its rows.
        window: When after the start it may have been, where that column has dates.
        reason: What the window rests on.
    """

    name: str
    label: str
    rank: tuple[int, float]
    months: float | None = None
    values: tuple[str, ...] = ()
    window: str = ""
    reason: str = ""

    @property
    def texts(self) -> tuple[str, ...]:
        """What tells in a row that it is of this visit."""
        return self.values or (self.name,)


@dataclass(frozen=True)
class AtVisit:
    """A way to read a text as something at a visit.

    Attributes:
        stem: What is at the visit; empty where the text names the visit alone.
        when: The visit.
        is_bare: Whether a number at the end is all that names it.
    """

    stem: str
    when: When
    is_bare: bool = False


def readings_of(text: str) -> Iterator[AtVisit]:
    """The ways to read a text as something at a visit, the most telling first."""
    if hyphened := _HYPHENED.fullmatch(_plain(text)):
        yield _joined(text, hyphened)
    yield from by_names(text)
    if glued := _GLUED.fullmatch(_plain(text)):
        yield _joined(text, glued)
    if camel := _CAMEL.fullmatch(text):
        yield from (AtVisit(camel["stem"], e.when) for e in by_names(camel["visit"]) if not e.stem)
    bare = _BARE.fullmatch(_plain(text))
    if bare and not bare["stem"].endswith((" type", " class")):
        number = float(bare["number"])
        when = When(_name("visit", number), bare["number"], (1, number))
        yield AtVisit(text[: bare.end("stem")].strip(" _.-,"), when, is_bare=True)


def _joined(text: str, found: re.Match[str]) -> AtVisit:
    """What is measured behind a word such as pre, with or without a hyphen between."""
    kind = "baseline" if found["word"] == "pre" else "after"
    return AtVisit(text[found.start("stem") :], _worded(kind, found["word"], 0, 0))


def by_names(text: str) -> Iterator[AtVisit]:
    """The ways to read a text in which a visit has a name or a time."""
    yield from _by_time(text)
    yield from _by_count(text)
    yield from _by_words(text)
    yield from _by_calendar(text)


def time_in(text: str) -> float | None:
    """The months since the beginning that a text names, as month_6_arm_1 does."""
    return next((each.when.months for each in _by_time(text)), None)


def moment_of(text: str) -> float | None:
    """The months since the beginning that a text tells and nothing else: 0 of one for baseline."""
    alone = [each.when for each in by_names(text) if not each.stem]
    timed = (when.months for when in alone if when.months is not None)
    at_start = any(when.name == "baseline" for when in alone)
    return next(timed, 0.0 if at_start else None)


def _plain(header: str) -> str:
    """A header in small letters, with spaces for underscores, and for points beside letters."""
    text = header.lower().replace("_", " ")
    return re.sub(r"(?<=[^\W\d])\.|\.(?=[^\W\d])", " ", text)


def _by_time(text: str) -> Iterator[AtVisit]:
    plain = _plain(text)
    found = [(kind, match) for kind, form in _TIMED.items() if (match := form.search(plain))]
    if french := _TIMED_IN_FRENCH.search(plain):
        found.append(("week", french))
    for kind, match in found:
        told = match.groupdict()
        number = float(told["after"] or told["before"])
        early = bool(told.get("early") or told.get("minus"))
        months = round(number * _MONTHS[kind], 2) * (-1 if early else 1)
        label = f"{kind.capitalize()} {'-' if early else ''}{number:g}"
        name = _name(f"{kind}_minus_" if early else kind, number)
        when = When(name, label, (0 if early else 1, months), months)
        yield AtVisit(_without(text, match.span()), when)


def _by_count(text: str) -> Iterator[AtVisit]:
    plain = _plain(text)
    for kind, form in _COUNTED.items():
        if found := form.search(plain):
            place = (n for n, form in enumerate(_ORDINALS, 1) if re.fullmatch(form, found["place"]))
            number = float(found["number"]) if found["number"] else float(next(place))
            when = When(_name(kind, number), f"{kind.capitalize()} {number:g}", (1, number))
            yield AtVisit(_without(text, found.span()), when)


def _by_words(text: str) -> Iterator[AtVisit]:
    plain = _plain(text)
    for place, (kind, form) in enumerate(_WORDS.items()):
        if found := form.search(plain):
            word = text[slice(*found.span())].strip(" _.")
            number = float(found["number"] or 0) if kind == "follow" else 0.0
            when = _worded(kind, word, number, place)
            yield AtVisit(_without(text, found.span()), when)
            if number:
                # In FU 1 and FU 2 the number may also be that of what was measured, as in PRE 1.
                begin, end = found.start(), found.start("number")
                without = _worded(kind, text[begin:end].strip(" _."), 0.0, place)
                yield AtVisit(_without(text, (begin, end)), without)


def _worded(kind: str, word: str, number: float, place: int) -> When:
    label = capital(word)
    if kind == "baseline":
        return When("baseline", label, (0, 0))
    if kind == "after":
        return When("after", label, (2, 0))
    if kind == "follow":
        return When(_name(FOLLOWUP, number) if number else FOLLOWUP, label, (3, number))
    return When(name_for(word), label, (4, place))


def _by_calendar(text: str) -> Iterator[AtVisit]:
    plain = _plain(text)
    for month, form in enumerate(_CALENDAR, start=1):
        if found := form.search(plain):
            label = text[slice(*found.span())].strip(" _.")
            year = int(found["year"] or 0) % 100
            name = f"month_{month}_of_{year:02}" if year else f"calendar_month_{month}"
            yield AtVisit(_without(text, found.span()), When(name, label, (1, 12 * year + month)))


def _name(kind: str, number: float) -> str:
    return f"{kind}{number:g}".replace(".", "_")


def _without(header: str, span: tuple[int, int]) -> str:
    """A header without the visit, and without what stood between or tells no more of it."""
    left, right = header[: span[0]].rstrip(" _.-,:–/"), header[span[1] :].lstrip(" _.-,:–/")
    left = _BEFORE_VISITS.sub("", left, count=1) if left else left
    right = right[found.end() :] if (found := _AFTER_TIMES.match(_plain(right))) else right
    whole = " ".join(filter(None, [left.rstrip(" _.-,:–"), right]))
    return re.sub(r"\s*(?:\( *\)|\[ *\])", "", whole).strip()
