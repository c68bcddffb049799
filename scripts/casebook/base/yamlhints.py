"""What is wrong with a text that is no YAML, in words of how one writes it, and on which line.

How a file is read is for `yamlfile`.
"""

import re
from collections.abc import Sequence

from ruamel.yaml.error import MarkedYAMLError

_HINTS = {
    r"character '\\t'": "a tab, where YAML allows only spaces; indent with spaces",
    r"found character '(.)'": r"a text cannot begin with \1; put it in quotes",
    "mapping values are not allowed": "a second colon on a line, or a line indented too far;"
    ' put a text with a colon in quotes, as in "a: b"',
    "could not find expected ':'": "there is no colon after the key, here or on the line above",
    "but found '<scalar>'": "something follows the closing quotation mark;"
    " put single quotes around the whole text, and write a single quote inside it twice",
    "expected '<document start>'": "is not indented like the lines above",
    "expected <block end>": "is not indented like the lines above;"
    " keys that belong together begin in the same column",
    "unexpected end of stream": "a quotation mark is not closed",
    r"expected ',' or .*, but got '[\[{]'": "within { } and [ ], a text with brackets needs"
    """ quotation marks around all of it, as in { month3: 'grade in ["none", "mild"]' }""",
    "expected ',' or": "a comma or a closing bracket is missing, here or on the line above",
    "a comment or a line break": "a text cannot begin with > or |; put it in quotes",
    "node content, but found '(.)'": r"a text cannot begin with \1; put it in quotes",
    "expected alphabetic or numeric": "a text cannot begin with * or &; put it in quotes",
    "undefined alias": "a text cannot begin with *; put it in quotes",
    "unknown escape": "a backslash in a text in double quotes; use single quotes instead",
}

_HYPHEN_WITHOUT_SPACE = re.compile(r"\s*-[^\W\d_]")
HYPHEN = "write a space after the hyphen before each item of a list, as in '- one'"


def explained(error: MarkedYAMLError, lines: Sequence[str]) -> tuple[int | None, str]:
    """The line that is to be mended, which counts from 0, and what is wrong there.

    Args:
        error: What the parser found.
        lines: The lines of the text.
    """
    problem = (error.problem or "not well-formed YAML").strip().splitlines()[0]
    mark = error.problem_mark or error.context_mark
    # What is not closed is found at the end of the file, and is to be mended where it begins.
    if error.context_mark and "end of stream" in problem:
        mark = error.context_mark
    line = None if mark is None else min(mark.line, len(lines) - 1)
    for number in () if line is None else (line, line - 1):
        if number >= 0 and _HYPHEN_WITHOUT_SPACE.match(lines[number]):
            return number, HYPHEN
    if line and "mapping values" in problem and _without_colon(*lines[line - 1 : line + 1]):
        return line - 1, "there is no colon after the key"
    for pattern, hint in _HINTS.items():
        if found := re.search(pattern, problem):
            return line, found.expand(hint) if found.re.groups else hint
    hint = "look for a missing colon, quotation mark or space, here or on the line above"
    return line, f"{problem}; {hint}"


def _without_colon(line: str, below: str) -> bool:
    """Whether a line is a key without a colon, beside that of the line below."""
    key = re.fullmatch(r"( *)(?!- )\w[^:#]*", line)
    beside = re.match(r"( *)\w[^:#]*:(?: |$)", below)
    return bool(key and beside and key[1] == beside[1])
