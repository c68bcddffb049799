"""What kinds of adverse events are called, as several rooms tell them."""

from casebook.data.harms import HARMS, RELATED, SERIOUS, SEVERE, WORST

NAMED = {
    HARMS: "adverse event",
    SERIOUS: "serious adverse event",
    RELATED: "adverse event related to the treatment",
    WORST: f"adverse event of grade {SEVERE} or higher",
}
"""A kind of adverse event."""

HAD = {kind: f"an {name}" if name[0] == "a" else f"a {name}" for kind, name in NAMED.items()}
"""What a patient had of that kind."""
