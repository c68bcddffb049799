"""Texts as a label, the beginning of a sentence, or YAML wants them."""


def capital(text: str) -> str:
    """A text that begins with a capital letter; what follows stays as it is."""
    return text[:1].upper() + text[1:]


def quoted(text: str) -> str:
    """A text in single quotes, within which YAML takes everything as it is."""
    return "'" + text.replace("'", "''") + "'"
