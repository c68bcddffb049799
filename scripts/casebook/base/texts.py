"""Texts as a label, the beginning of a sentence, or YAML wants them."""

import re


def capital(text: str) -> str:
    """A text that begins with a capital letter; what follows stays as it is."""
    return text[:1].upper() + text[1:]


def unsaid(unit: str | None, label: str) -> str:
    """The unit that is to be told beside a label: nothing if the label says it in whole words.

    Seizures/month and Seizures (per month) say the unit per month.
    """
    return "" if not unit or _in_words(unit) in _in_words(label) else unit


def _in_words(text: str) -> str:
    """A text in small letters with a space around each word, and with per for a slash."""
    plain = re.sub(r"[()[\],;:]", " ", text.casefold()).replace("/", " per ")
    return f" {' '.join(plain.split())} "


def quoted(text: str) -> str:
    """A text in single quotes, within which YAML takes everything as it is."""
    return "'" + text.replace("'", "''") + "'"
