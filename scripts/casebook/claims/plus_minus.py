"""Lines of claims.tsv that print a mean with its standard deviation, 18 ± 2, which are two claims.

The first has the name of the line, and the second that name with `_sd`. A paper that means the
standard error says so as its convention, and the audit tries it as any other one.
"""

import re
from collections.abc import Iterator, Mapping

from casebook.claims.printed_as import number_of
from casebook.claims.written import readings_in
from casebook.data.vocabulary import Family

_SIGN = r"(?:±|\+/?[-\N{MINUS SIGN}])"
_IN_BRACKETS = re.compile(rf"\(\s*({_SIGN}[^()]*)\)")
_TWO = re.compile(rf"(?P<mean>.+?)\s*{_SIGN}\s*(?P<spread>.+)")
_MEAN = re.compile(r"\s*mean(?=\s*\()")
_SPREAD = "sd"
_OF_SPREADS = (Family.SD, Family.STANDARD_ERROR)


def each_claim(cells: Mapping[str, str]) -> Iterator[Mapping[str, str]]:
    """The cells of a line as those of its only claim, or of its mean and then of its SD."""
    two = _TWO.fullmatch(_IN_BRACKETS.sub(r"\1", cells["printed"]))
    is_mean = _MEAN.match(cells["computed_as"])
    if not (two and is_mean and number_of(two["mean"]) and number_of(two["spread"])):
        yield cells
        return
    of_spread = cells["convention"] in _OF_SPREADS
    yield {**cells, "printed": two["mean"], "convention": "" if of_spread else cells["convention"]}
    yield {
        **cells,
        "claim": f"{cells['claim']}_{_SPREAD}",
        "printed": two["spread"],
        "computed_as": _MEAN.sub(_SPREAD, cells["computed_as"]),
        "otherwise": " ; ".join(
            _MEAN.sub(_SPREAD, other)
            for other in readings_in(cells["otherwise"])
            if _MEAN.match(other)
        ),
        "convention": cells["convention"] if of_spread else "",
    }
