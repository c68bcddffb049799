"""What differs between two states of study.yaml, key by key."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from casebook.data.differences import SETTING, Difference


def setting_differences(
    before: Mapping[str, Any], after: Mapping[str, Any], keys: tuple[str, ...] = ()
) -> Iterator[Difference]:
    """The keys whose value is another one; a part that came or went as a whole is one of them."""
    for key in dict.fromkeys([*after, *before]):
        place = (*keys, str(key))
        old, new = before.get(key), after.get(key)
        if isinstance(old, Mapping) and isinstance(new, Mapping):
            yield from setting_differences(old, new, place)
        elif old != new:
            yield Difference(SETTING, what=".".join(place), before=_text(old), after=_text(new))


def _text(value: Any) -> str:
    """A value as it can be written in study.yaml, on one line."""
    if value is None:
        return ""
    return value if isinstance(value, str) else _within(value)


def _within(value: Any) -> str:
    """A value as it can be written within brackets, where some texts need quotation marks."""
    match value:
        case Mapping():
            pairs = (f"{_within(key)}: {_within(each)}" for key, each in value.items())
            return f"{{{', '.join(pairs)}}}"
        case list():
            return f"[{', '.join(map(_within, value))}]"
        case str() if re.fullmatch(r"[\w.+-]([\w .+-]*[\w.+-])?", value):
            return value
    return json.dumps(value, ensure_ascii=False)
