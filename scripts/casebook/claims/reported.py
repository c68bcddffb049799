"""A test as papers report it, in one text: `t(18) = 2.20`, `F(2, 14) = 3.6`, `χ²(1, N = 90) = 4.8`.

What it gives is for `audit`.
"""

import re
from collections.abc import Mapping

_NAMES: Mapping[str, str] = {
    **dict.fromkeys(("t", "z", "r"), ""),
    "f": "F",
    **dict.fromkeys(("chi2", "chi^2", "chi²", "χ2", "χ^2", "χ²", "x2", "x^2", "x²"), "chi2"),
}
"""What a test statistic is called in papers, and here where that is another name."""
_REPORTED = re.compile(
    r"\s*(?P<name>[a-zχ]+(?:\^?[2²])?)\s*(?:[(\[](?P<df>[^)\]]*)[)\]])?\s*=\s*(?P<value>\S+?)[.,;]?\s*",
    re.IGNORECASE,
)
_SIZE = re.compile(r",?\s*n\s*=\s*[\d, ]+", re.IGNORECASE)


def reported_test(text: str) -> dict[str, str] | None:
    """The test statistic of a text, its value and its degrees of freedom; None if it has none.

    A number of patients behind the degrees of freedom is left out.
    """
    found = _REPORTED.fullmatch(text)
    name = found["name"].casefold() if found else ""
    if found is None or name not in _NAMES:
        return None
    df = _SIZE.sub("", found["df"] or "").strip()
    given = {"test": _NAMES[name] or name, "statistic": found["value"]}
    return given | ({"df": df} if df else {})
