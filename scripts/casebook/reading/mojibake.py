"""Texts that were UTF-8 and have been read as something else before they came here: "Ã¤" for "ä".

Such a text is found by going back: written in the wrong encoding, its bytes are UTF-8. Hardly any
text that is right can be that by chance, as two signs in a certain order would have to stand for
each letter. A sign that stands for a letter which is lost is found too.
"""

from collections.abc import Sequence

from casebook.reading.encodings import OF_ONE_BYTE, reading

_LOST = "\ufffd"


def was(text: str) -> str:
    """What a text was before it was read wrongly; nothing, if it was not."""
    for encoding in () if text.isascii() else OF_ONE_BYTE:
        if before := _read_as(text, encoding):
            # Twice read wrongly, as by two programs.
            return _read_as(before, encoding) or before
    return ""


def has_lost(text: str) -> bool:
    """Whether a sign stands for a letter that some program could not read."""
    return _LOST in text


def are_as_written(texts: Sequence[str]) -> bool:
    """Whether none of these texts has been read wrongly, as far as it is seen at once."""
    return "".join(texts).isascii()


def _read_as(text: str, encoding: str) -> str:
    try:
        data = text.encode(encoding)
    except UnicodeEncodeError:
        # What Windows-1252 has no sign for passes as the sign of that number.
        data = _bytes(text) if encoding == "cp1252" else b""
    before = reading(data, "utf-8") or ""
    return before if before != text and "".join(before.split()).isprintable() else ""


def _bytes(text: str) -> bytes:
    signs = [_byte(sign) for sign in text]
    return b"".join(sign for sign in signs if sign) if all(signs) else b""


def _byte(sign: str) -> bytes | None:
    try:
        return sign.encode("cp1252")
    except UnicodeEncodeError:
        return bytes([ord(sign)]) if ord(sign) in (0x81, 0x8D, 0x8F, 0x90, 0x9D) else None
