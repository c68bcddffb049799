"""Tells which columns of a table would say who its patients are to everyone who gets the report.

The report shows the columns that a study reads, patient by patient. There is one warning a column,
for dates of birth, names, record numbers, addresses and the like, as far as headers and texts give
them away reliably. No warning repeats a text of the column, and a column without one is not
therefore harmless: whether a rare diagnosis tells who a patient is cannot be known here.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from statistics import median

from casebook.base.days import DAYS_IN
from casebook.base.lists import enumerated, first_of
from casebook.data.cells import folded
from casebook.data.findings import Finding
from casebook.data.patients import Roster
from casebook.doubts.plausible import is_of_our_time
from casebook.study.boxes import columns_of_variable
from casebook.study.model import Study
from casebook.study.variables import AnyVariable, DateVariable, NumberVariable, TextVariable

LIKE_BIRTHS = "it looks like dates of birth"
_LISTED = 5
_ROWS = 50

Texts = Mapping[str, Sequence[str]]
"""The texts of the rows of patients, by the headers of their columns."""

_DECADES = 20 * DAYS_IN["year"]


def _words(*words: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(words)})(?!\w)")


_BIRTH = _words(
    r"dob", r"d\. ?o\. ?b\.?", r"births?", r"birth-?(?:date|day)s?", r"born", r"bday", r"geb\.?",
    r"geboren", r"geburt\w*", r"gebdat\w*", r"naissance", r"n[ée]e?(?:\(e\))? le", r"nacimiento",
    r"nascita", r"nascimento",
    r"geboorte\w*", r"f[öø]d(?:t|d|else\w*|selsdat\w*)", r"syntym\w*", r"urodz\w*", r"naroz\w*",
    r"sz[üu]let\w*", r"do[ğg]um\w*", r"\w*рожд\w*", r"\w*出生\w*", r"\w*生年月日\w*",
)  # fmt: skip
_DATE = re.compile(
    r"(?<!\d)(?:\d{4}([./-])\d{1,2}\1\d{1,2}|\d{1,2}([./ -]) ?\d{1,2}\2 ?(?:\d{4}|\d\d)"
    r"|\d{1,2}[./]\d{4}|\d{4}年\d{1,2}月\d{1,2}日?"
    r"|\d{1,2}(?:\.|st|nd|rd|th)?[ -](?:of |de )?[^\W\d_]{3,12}\.?,?[ -](?:de )?\d{2,4})(?!\d)"
    r"|(?<!\w)[^\W\d_]{3,12}\.? \d{1,2}(?:st|nd|rd|th)?,? \d{4}(?!\d)",
    re.IGNORECASE,
)
"""A day or a month of a year, in figures or with the name of a month."""
_BEFORE_DATE = re.compile(
    rf"{_BIRTH.pattern}\W*(?:(?:on|in|the|date|is|was|am|im|den|der|le|la|il|el|em|op|på|dne|dnia)\W+)*$"
)
_AFTER_DATE = re.compile(rf"[ (]{{0,2}}(?:{_BIRTH.pattern}|生)")
_NEAR = 40
"""How many letters beside a date are looked at."""
_NAME = re.compile(
    r"(?:patient'?s?[ -]?|first ?|last ?|family ?|given ?|middle ?|maiden ?|full ?|sur|fore)?names?"
    r"|(?:patienten|vor|nach|familien)?namen?|nom(?: de famille)?|pr[ée]noms?|apellidos?|nombres?"
    r"|cognome|nome|voornaam|achternaam|(?:patient'?s? )?initial(?:s|en|es)|patient'?s? initial"
)
_NAME_OF_ANYTHING = re.compile(r"names?|namen?|nom|nombres?|nome")
_THING = _words(
    r"drugs?", r"medic(?:ation|ament|ine|ines|ations|aments)", r"medikamente?", r"wirkstoffe?",
    r"m[ée]dicaments?", r"therap(?:y|ies|ie|ien|ia)", r"treatments?", r"diagnos(?:is|es|e|en)",
    r"diseases?", r"genes?", r"hospitals?", r"sites?", r"cent(?:er|re)s?", r"stud(?:y|ies)",
    r"devices?", r"products?", r"tests?",
)  # fmt: skip
"""What a column of names can be of, if its label says so."""
_ILLNESS = _words(r"\w*diagnos\w*", r"onset", r"symptom\w*", r"\w*beginn", r"d[ée]but", r"debut")
"""What may have begun decades before the patient was seen."""
_TREATMENT = re.compile(
    r"therap|treatm|traitement|tratamiento|trattamento|behand|medi[kc]a|studie|study|dosis|dose"
    r"|gabe|infusion|injekt|inject"
)
"""What begins when the patient is seen."""
_NUMBER = _words(
    r"mrn", r"medical record\w*(?: n\w*\.?)?", r"hospital (?:number|no\.?|id)", r"nhs(?: n\w*\.?)?",
    r"ssn", r"social security\w*(?: n\w*\.?)?", r"passport\w*", r"insurance (?:number|no\.?|id)",
    r"fallnummer", r"fall-nr\.?", r"versicherte\w*", r"krankenkassen\w*", r"personnummer",
    r"burgerservicenummer", r"codice fiscale",
)  # fmt: skip
_ADDRESS = _words(
    r"plz", r"postleitzahl", r"post ?codes?", r"postal codes?", r"zip(?: ?codes?)?", r"code postal",
    r"c[óo]digo postal", r"(?:street |home |postal )?address(?:es)?", r"adresse", r"stra(?:ss|ß)e",
    r"e-?mails?(?: address(?:es)?)?", r"(?:tele)?phone(?: n\w*\.?)?", r"telefon\w*", r"tel\.?",
    r"mobile (?:phone|number|no\.?)", r"handynummer",
)  # fmt: skip
# Each begins where no part of the same address is before it, and has one way to fit: a cell can be
# long, and would take long to read otherwise.
_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]++@[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}", re.IGNORECASE)
_PHONE = re.compile(
    r"(?<!\w)(?:(?:\+|00)\d[\d ()/.-]{6,}\d|0\d{2,4}[ /]\d[\d ]{4,}\d"
    r"|\(?\d{3}\)?[ -]\d{3}-\d{4})(?!\w)"
)
_LETTERS = re.compile(r"[^\W\d_]+(?:[ ,.'’-]+[^\W\d_]+)*\.?")


def risks(
    study: Study,
    file: str,
    header_row: int,
    rows: Sequence[int],
    texts: Texts,
    roster: Roster,
) -> Iterator[Finding]:
    """A warning for each column that the report shows and that tells who a patient is.

    Args:
        study: The study.
        file: The table, as findings name it.
        header_row: The number of the row with the headers.
        rows: The numbers of the rows where the patients stand.
        texts: The texts of these rows.
        roster: The patients.
    """
    told: set[str] = set(study.private_columns)
    headings = study.headings
    for name, variable in study.variables.items():
        column = headings[next(iter(columns_of_variable(name, variable)))].name
        risk = "" if column in told else _risk(study, name, rows, texts, roster)
        if risk:
            told.add(column)
            hint = (
                f"{risk}, which everyone who receives the report can read;"
                f" {_advice(name, variable)}"
            )
            yield _warning(file, header_row, column, hint)
    patient = study.source.patient
    risk = risk_of_identifiers(patient, roster.ids) if patient else ""
    if patient and risk:
        numbered = ", or remove source.patient from study.yaml, so that they become P01, P02, ..."
        hint = (
            f"{risk}, and the report names each patient by them; use codes that only you can link"
            f" to the patients{'' if study.source.is_long else numbered}"
        )
        yield _warning(file, header_row, patient, hint)


def risk_of_header(header: str) -> str:
    """What a column with this header may hold that should not be passed on; empty if nothing."""
    plain = folded(header)
    if _BIRTH.search(plain):
        return LIKE_BIRTHS
    if _NAME.fullmatch(plain):
        return "it looks like names or initials of patients"
    if _NUMBER.search(plain):
        return "it looks like numbers that identify patients elsewhere"
    return "it looks like addresses or phone numbers" if _ADDRESS.search(plain) else ""


def is_of_birth(study: Study, name: str, roster: Roster) -> bool:
    """Whether a variable is named as dates of birth are, or its dates are decades before others."""
    return is_called_birth(study, name) or bool(_decades_before_others(study, name, roster))


def is_called_birth(study: Study, name: str) -> bool:
    """Whether a variable is named as dates of birth are."""
    return _is_called(study, name, _BIRTH)


def is_of_illness(study: Study, name: str) -> bool:
    """Whether a variable is named as what may have begun decades before the patient was seen."""
    is_of_treatment = _is_called(study, name, _TREATMENT)
    return _is_called(study, name, _ILLNESS) and not is_of_treatment


def _is_called(study: Study, name: str, words: re.Pattern[str]) -> bool:
    return any(map(words.search, _headers(study, name)))


def _headers(study: Study, name: str) -> set[str]:
    """What the column of a variable is called, here and there."""
    variable = study.variables[name]
    return {folded(variable.column), folded(variable.label), name.replace("_", " ")}


def disclosed(findings: Sequence[Finding]) -> Iterator[str]:
    """The sentence by which readers are told that the report tells who patients are, if it does."""
    columns = [repr(each.column) for each in findings if each.about == "identity"]
    if columns:
        named = enumerated(first_of(columns, _LISTED, "{:,} more"))
        several = len(columns) > 1
        yield (
            f"This report may reveal who the patients are: column{'s' * several} {named}"
            f" look{'s' * (not several)} identifying; before you pass it on, see the warnings in"
            " the section Data."
        )


def _warning(file: str, row: int, column: str, hint: str) -> Finding:
    return Finding("warning", file, row, column, "", "", hint, about="identity")


def _risk(study: Study, name: str, rows: Sequence[int], texts: Texts, roster: Roster) -> str:
    """What stands in the column of a variable and should not be passed on, in words."""
    variable = study.variables[name]
    headers = _headers(study, name)
    if isinstance(variable, DateVariable | TextVariable) and any(map(_BIRTH.search, headers)):
        return "these look like dates of birth"
    is_date = isinstance(variable, DateVariable)
    if is_date and (years := _decades_before_others(study, name, roster)):
        return f"these look like dates of birth, {years:.0f} years before the patient's others"
    if isinstance(variable, TextVariable) and any(_is_name(each, headers) for each in headers):
        return "these look like names or initials of patients"
    if isinstance(variable, TextVariable | NumberVariable):
        if any(map(_NUMBER.search, headers)):
            return "these look like numbers that identify patients elsewhere"
        if any(map(_ADDRESS.search, headers)):
            return "these look like addresses or phone numbers"
    if isinstance(variable, TextVariable) or variable.pattern:
        return given_away(rows, texts.get(study.headings[name].name, [""] * len(rows)))
    return ""


def _is_name(header: str, headers: Collection[str]) -> bool:
    """Whether a header is what names of patients are called, and no label says of what they are."""
    if _NAME_OF_ANYTHING.fullmatch(header) and any(map(_THING.search, headers)):
        return False
    return _NAME.fullmatch(header) is not None


def _advice(name: str, variable: AnyVariable) -> str:
    ages = "give ages instead, or " if isinstance(variable, DateVariable) else ""
    return (
        f"{ages}add 'private: true' to variables.{name} of study.yaml, which keeps the column out"
        " of the report; expressions can still use it"
    )


def _decades_before_others(study: Study, name: str, roster: Roster) -> float:
    """The median of the years from a date to the patient's first other one, if these are decades.

    It is 0 without others, and of what may have begun so long before. A birth is no other: that
    it is later is a slip of its own.
    """
    if is_of_illness(study, name):
        return 0
    every = [other for other, kind in study.kinds.items() if kind == "date" and other != name]
    others = [e for e in every if e not in study.variables or not is_called_birth(study, e)]
    days = []
    if others:
        for day, *dates in zip(*(roster.columns[each] for each in (name, *others)), strict=True):
            known = [each for each in dates if isinstance(each, date) and is_of_our_time(each)]
            if isinstance(day, date) and is_of_our_time(day) and known:
                days.append((min(known) - day).days)
    before = median(days) if days else 0
    return before / DAYS_IN["year"] if before >= _DECADES else 0


def given_away(rows: Sequence[int], texts: Sequence[str]) -> str:
    """What the texts of a column give away here and there, with their rows, in words."""
    different = dict.fromkeys(texts)
    contacts = {text for text in different if _EMAIL.search(text) or _PHONE.search(text)}
    births = {text for text in different if _has_date_of_birth(text)}
    found = {"an e-mail address or phone number": contacts, "a date of birth": births}
    return ", and ".join(
        f"{_rows(row for row, text in zip(rows, texts, strict=True) if text in meant)}:"
        f" this looks like {what}"
        for what, meant in found.items()
        if meant
    )


def _rows(numbers: Iterable[int]) -> str:
    every = list(map(str, numbers))
    return f"row{'s' * (len(every) > 1)} {', '.join(first_of(every, _ROWS))}"


def _has_date_of_birth(text: str) -> bool:
    """Whether a date stands beside a word of birth: born 12.03.1961."""
    plain = folded(text)
    return any(
        _BEFORE_DATE.search(plain[max(0, day.start() - _NEAR) : day.start()])
        or _AFTER_DATE.match(plain[day.end() : day.end() + _NEAR])
        for day in _DATE.finditer(plain)
    )


def risk_of_identifiers(column: str, identifiers: Sequence[str]) -> str:
    """What the identifiers of the patients are, if they are known outside of the study."""
    header = folded(column)
    if _NUMBER.search(header) or _numbered_elsewhere(identifiers):
        return "these look like numbers that identify patients elsewhere"
    if any(map(_BIRTH.search, [header])):
        return "these look like dates of birth"
    if _NAME.fullmatch(header) or _are_names(identifiers):
        return "these look like names or initials of patients"
    return ""


def _are_names(identifiers: Sequence[str]) -> bool:
    """Whether most are words or initials that do not all begin in the same way, as codes do."""
    # Nearly all codes end in a digit, which is seen soonest.
    others = (each for each in identifiers if len(each) > 1 and not each[-1].isdecimal())
    words = [each for each in others if _LETTERS.fullmatch(each)]
    return len(words) > max(2, len(identifiers) / 2) and len({each[0] for each in words}) > 1


def _numbered_elsewhere(identifiers: Sequence[str]) -> bool:
    """Whether most are long numbers with many unused ones between, as a hospital counts."""
    digits = [each for each in identifiers if each.isdecimal()]
    numbers = [int(each) for each in digits if re.fullmatch(r"[1-9]\d{5,99}", each)]
    if len(numbers) <= max(2, len(identifiers) / 2):
        return False
    return max(numbers) - min(numbers) > 100 * len(numbers)
