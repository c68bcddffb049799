"""Numbers that a paper prints together: 13 (65%), 18 ± 2, 38 m (95% CI 26 to 49; p<0.001).

How they are printed may say what each is, beside the first: ± an SD, a sign of percent a share.
What the first one is, and so whether that can be, is for `parts`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from casebook.base.printed import read_printed
from casebook.claims.printed_as import count_of, decision, left_out_of, number_of

CONF_LOW, CONF_HIGH, P_VALUE = "conf_low", "conf_high", "p_value"
_DASH = r"[-\N{EN DASH}\N{EM DASH}\N{MINUS SIGN}\N{HYPHEN}\N{NON-BREAKING HYPHEN}]"
_DIGITS = r"(?:(?:\d{1,3}(?:[,\s]\d{3})+(?!\d)|\d+)(?:[.·∙⋅]\d+|(?!,?\d))|[.·∙⋅]\d+)"
"""A comma and digits behind a whole number may be its decimals, unless they are thousands."""
_NUMBER = rf"(?:(?:{_DASH}|\+)\s?)?{_DIGITS}(?:\s?%)?"
_LETTERS = r"[^\W\d_]+"
_ONE = rf"(?:{_NUMBER}|{_LETTERS}(?:-{_LETTERS})?)"
_ROUGH = r"about|approximately|around|roughly|circa|ca|almost|nearly|over|under|above|below"
_MORE = (
    rf"(?:or|but|not|nor|up\s+to|at\s+(?:least|most)|(?:{_ROUGH})\b(?=\W*\d)"
    r"|(?:more|less|fewer|greater|higher|lower)\s+than"
    r"|dozen|hundred|thousand|million|(?:third|quarter|fifth|tenth)s?)\b"
)
"""Words by which a number beside them is another one, or none: 4 or more, two thirds."""
_LONGEST = 250
"""A longer text is no few numbers that are printed together."""
_OF = r"\s*(?:/|\b(?:out\s+)?of\b)\s*(?:(?:the|all|our)\s+)?"
_OF_INTERVAL = r"(?:CI|confidence\s+interval)s?(?:\b|(?=\d))"
_LEVEL = r"\d\d(?:[.·∙⋅]\d+)?"
_INTERVAL = (
    rf"(?:(?:(?P<level>{_LEVEL})\s?%[\s-]?){_OF_INTERVAL}"
    # Of CI 95% to 99% that is the first end.
    rf"|{_OF_INTERVAL}(?:\s?(?P<behind>{_LEVEL})\s?%(?!\s*(?:{_DASH}|[,;]|to\b|and\b)))?)"
)
_FIRST = re.compile(
    rf"\s*(?!{_INTERVAL})(?:{_LETTERS}\s*=\s*)?(?P<number>{_ONE}{_OF}{_ONE}|{_ONE})(?!\s?{_DASH}|[.\d])",
    re.IGNORECASE,
)
_INTERVAL_FIRST = re.compile(rf"[\s(\[]*{_INTERVAL}", re.IGNORECASE)
"""An interval that stands alone, without the number that it is of."""
_NAMES = {
    "interval": _INTERVAL,
    "spread": r"±|\+/?[-\N{MINUS SIGN}]",
    "sd": r"(?:SD|standard\s+deviation)\b",
    "se": r"(?:SEM?|standard\s+error)\b",
    "quartiles": r"(?:IQR|interquartile\s+range|quartiles)\b",
    "ends": r"rang(?:e|ing)\b",
    "p": rf"p(?:{_DASH}?\s?value)?(?=\s*[<>=≤≥])",
    "n": r"n\s*=",
}
_TOKEN = re.compile(
    rf"(?!{_MORE})(?:"
    + "|".join(f"(?P<{name}>{said})" for name, said in _NAMES.items())
    + rf"|(?P<part>\d+{_OF}\d+)|(?P<number>(?:[<>≤≥]\s?)?{_NUMBER})"
    rf"|(?P<unit>{_LETTERS}(?:[/.^-]{_LETTERS})*(?:[23²³])?)(?!{_DASH}?\d)|(?P<between>[\s,;:=()\[\]/]+))",
    re.IGNORECASE,
)
_OF_MEAN = re.compile(
    rf"\s*{_NUMBER}(?:\s?(?!S[DE]){_LETTERS})?\s*[(,]?\s*(?P<se>{_NAMES['se']})(?!\s*[=:]?\s*\d)",
    re.IGNORECASE,
)
"""A number behind ± that is called a standard error behind it."""
_TO = re.compile(rf"(?:{_DASH}|\s{_DASH}\s)(?=[\d.·∙⋅]|{_DASH})")
"""A dash between the ends of a range, and no sign of the second one."""
_TWO = re.compile(
    rf"[\s,:=()\[\]]*(?:(?:of|from)\s+)?{_NUMBER}(?:\s?{_LETTERS}(?:/{_LETTERS})*)?"
    rf"\s*(?:;|,|{_DASH}|to\b|and\b)\s*{_NUMBER}",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Together:
    """One of several numbers that are printed together.

    Attributes:
        printed: It as printed.
        said: The statistic that it is by how it is printed; of the first one nothing, and of
            others where nothing says it.
        is_certain: Whether it can be nothing else; behind ± may be a standard error as well.
    """

    printed: str
    said: str = ""
    is_certain: bool = False


def printed_together(text: str) -> list[Together]:
    """The numbers that a text prints; none if it prints a single one, or cannot be read so."""
    if len(text) > _LONGEST:
        return []
    if number_of(text) or count_of(text) or left_out_of(text) or decision(text) is not None:
        return []
    found = [*_numbers(text)]
    is_read = all(read_printed(each.printed) or count_of(each.printed) for each in found)
    return found if len(found) > 1 and is_read else []


def level_of(text: str) -> str:
    """The level of an interval that a text prints, in percent; nothing if it prints none."""
    found = re.search(_INTERVAL, text, re.IGNORECASE)
    return (found["level"] or found["behind"] or "") if found else ""


def _numbers(text: str) -> Iterator[Together]:
    """The numbers from the first one on; an empty one where something cannot be read."""
    first, awaited = _FIRST.match(text), list[Together]()
    begins = first or _INTERVAL_FIRST.match(text)
    if begins is None:
        return
    if first:
        yield Together(first["number"].strip())
    else:
        awaited = [*_awaited("interval", text, begins.end())]
    place, kind = begins.end(), "number" if first else "interval"
    while place < len(text):
        dash = _TO.match(text, place) if kind in ("number", "unit") else None
        token = dash or _TOKEN.match(text, place)
        if token is None:
            yield Together("")
            return
        place, kind = token.end(), "" if dash else str(token.lastgroup)
        printed = token[0].strip()
        if kind == "number":
            as_awaited = awaited.pop(0) if awaited else _by_its_sign(printed)
            yield Together(printed, as_awaited.said, as_awaited.is_certain)
        elif kind == "part":
            yield Together(printed, "count", is_certain=True)
        elif kind == "unit" and read_printed(printed):
            yield Together("")  # A number in words, as in 13 or fourteen.
        elif kind == "spread" and awaited:
            # SD ± 2 says what it is, and an interval of ± 2 has no end that is printed.
            awaited = awaited if awaited[0].said in ("sd", "se") else [Together("")]
        elif kind in _NAMES:
            awaited = [*_awaited(kind, text, place)]


def _awaited(name: str, text: str, place: int) -> Iterator[Together]:
    """What the numbers are that follow a name, which ends at this place."""
    two = _TWO.match(text, place) is not None
    match name, two:
        case "spread", _:
            is_error = _OF_MEAN.match(text, place) is not None
            yield Together("", "se" if is_error else "sd", is_error)
        case "interval", _:
            yield from (Together("", CONF_LOW, True), Together("", CONF_HIGH, True))
        case "quartiles", True:
            yield from (Together("", "p25", True), Together("", "p75", True))
        case "quartiles", False:
            yield Together("", "iqr", True)
        case "ends", True:
            yield from (Together("", "min", True), Together("", "max", True))
        case (("sd" | "se"), _):
            yield Together("", name, True)
        case "p", _:
            yield Together("", P_VALUE, True)
        case "n", _:
            yield Together("", "count", True)


def _by_its_sign(printed: str) -> Together:
    return Together("", "percent" if printed.endswith("%") else "")
