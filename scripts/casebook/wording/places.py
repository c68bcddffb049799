"""What sentences of a report call its tables elsewhere on the page: `report/links` links them."""

TESTS = "table of tests"
PATIENTS = "table under Patients"
HARMS = "table under Harms"
OUTCOMES = "tables of outcomes"
COMPARISONS = "tables under Comparisons"
SENSITIVITY = "table under Sensitivity"

IDS = {
    TESTS: "tests",
    PATIENTS: "baseline",
    HARMS: "harms",
    OUTCOMES: "response",
    COMPARISONS: "comparisons",
    SENSITIVITY: "sensitivity",
}
"""Where that is on the page."""
