"""A small study with two arms, for tests of comparisons: its edits, and its table."""

ARMS = (
    "cohorts:\n",
    """comparisons:
  arms: { label: Arms, cohorts: [placebo, active] }
cohorts:
  placebo: { label: Placebo, select: sex == "F" }
  active: { label: Active, select: sex == "M" }
""",
)
RESPONDERS = (
    "    better: lower\n",
    """    better: lower
    responders:
      ten: { label: At least 10 points, improvement: 10, source: Protocol }
""",
)
CONDITION = (
    "outcomes:\n",
    """conditions:
  high:
    label: Score above 30
    at: { baseline: score_baseline > 30, followup: score_followup > 30 }
outcomes:
""",
)
HARMS = (
    "cohorts:\n",
    """harms:
  sets: [drugs]
  terms: { old: { label: Old, condition: age > 60, serious: sex == "F" } }
cohorts:
""",
)
OF_GRADES = (
    "cohorts:\n",
    """comparisons:
  arms: { label: Arms, cohorts: [a, b] }
cohorts:
  b: { label: Arm B, select: arm == "B" }
""",
)
"""For the study of `followed`, which has a grade."""
THREE = (
    "cohorts:\n",
    """comparisons:
  all: { label: All, cohorts: [one, two, three] }
cohorts:
  one: { label: One, select: age < 62 }
  two: { label: Two, select: age >= 62 and age < 64 }
  three: { label: Three, select: age >= 64 }
""",
)
"""Changes of 1 and -22; -2, -1, -14 and -24; 2, -3, -9 and -28."""
PLACEBO = [(40, 41), (38, 36), (50, 49), (44, 46), (61, 58)]
ACTIVE = [(42, 20), (39, 25), (55, 31), (47, 38), (58, 30)]


def arms_table(
    placebo: list[tuple[object, object]] = PLACEBO,  # type: ignore[assignment]
    active: list[tuple[object, object]] = ACTIVE,  # type: ignore[assignment]
) -> str:
    """A table with scores before and after of patients of either arm, p1, p2, ... and a1, ..."""
    lines = ["ID,Age,Sex,Drugs,Start,Remark,Before,After"]
    for letter, sex, patients in (("p", "F", placebo), ("a", "M", active)):
        for i, (before, after) in enumerate(patients, start=1):
            drugs = "HCQ" if i % 2 else "none"
            lines.append(f"{letter}{i},{60 + i},{sex},{drugs},2024-01-31,,{before},{after}")
    return "\n".join([*lines, ""])
