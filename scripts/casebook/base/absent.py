"""What people write, folded, where there is nothing to write: that there was none, or no value."""

NONE = frozenset(
    [
        *("none", "no", "nil", "negative", "neg", "neg.", "keine", "kein", "nein", "aucun", "0"),
        *("aucune", "ninguno", "ninguna", "nessuno", "nessuna", "nenhum", "geen", "ingen"),
    ]
)
"""That there was none: no event, no drug."""
NO_AMOUNT = NONE - {"no", "nein", "negative", "neg", "neg.", "0"}
"""That there was none of what is counted or measured out, as of tablets, in words."""
NOT_AVAILABLE = frozenset(
    [
        *("na", "n/a", "n.a.", "n.a", "nan", "null", "nd", "n.d.", "n.d", "-", "–", "—", "--", "?"),
        *(".", "missing", "unknown", "unk", "unk.", "#n/a", "k.a.", "k. a.", "fehlt"),
        *("unbekannt", "unbek.", "??", "???"),
        *("not available", "not done", "not known", "not recorded", "no data", "not applicable"),
    ]
)
"""That there is no value, wherever it stands."""
