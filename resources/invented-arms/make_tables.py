"""Make the invented tables of this study: `python make_tables.py`, in this folder.

Nobody was examined for these numbers. They are drawn with a fixed seed, so that the same tables
come out each time: forty patients in two arms, one of them with three doses, and a row for each of
up to four visits; a score, an ordered outcome, itch at the first and the last visit, and a table of
adverse events.
"""

import csv
import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

SEED = 20_260_625
WEEKS = (0, 4, 12, 24)
NO_DOSE = "none"
PATIENTS = [*[NO_DOSE] * 20, *["low"] * 7, *["middle"] * 7, *["high"] * 6]
EFFECTS = {NO_DOSE: 0.15, "low": 0.4, "middle": 0.6, "high": 0.75}
"""By which share of itself the score falls on average, up to week 12."""
GRADES = ("clear", "almost clear", "moderate", "severe")
GRADE_LIMITS = (2, 10, 28)
"""Scores up to these are clear, almost clear, moderate; above them severe."""
MISSED_VISIT, LEAVES = 0.05, {"drug": 0.06, "placebo": 0.12}
"""The chance of missing a visit, and of leaving before one."""
REACTIONS = {"drug": (0, 0, 0, 0, 1, 1, 2), "placebo": (0, 0, 0, 0, 0, 0, 1)}
"""Grades of a reaction at the injection site, one of which a patient has; 0 is none."""
TERMS = {
    "Headache": (0.20, 0.18),
    "Nasopharyngitis": (0.25, 0.20),
    "Nausea": (0.22, 0.08),
    "Acne": (0.18, 0.03),
    "Herpes zoster": (0.08, 0.0),
    "Raised liver enzymes": (0.10, 0.03),
    "Pneumonia": (0.04, 0.02),
}
"""The chance of each event, in the arm with the drug and in that with placebo."""
SERIOUS = ("Herpes zoster", "Pneumonia")


@dataclass(frozen=True)
class Patient:
    """An invented patient: a score for each visit, None where it was missed.

    Itch is by day and by night, from 0 to 10, in the weeks in which it was asked for.
    """

    name: str
    dose: str
    sex: str
    age: int
    start: date
    days: int
    stopped: bool
    reaction: int
    scores: list[int | None]
    itch: dict[int, tuple[int, int]]

    @property
    def arm(self) -> str:
        """The arm that has the dose."""
        return _arm(self.dose)


def main() -> None:
    """Write both tables into this folder."""
    chance = random.Random(SEED)
    doses = chance.sample(PATIENTS, len(PATIENTS))
    patients = [_patient(chance, f"S{number:02}", dose) for number, dose in enumerate(doses, 1)]
    _write("visits.tsv", [row for patient in patients for row in _rows(patient)])
    _write("events.tsv", [row for patient in patients for row in _events(chance, patient)])


def _arm(dose: str) -> str:
    return "placebo" if dose == NO_DOSE else "drug"


def _patient(chance: random.Random, name: str, dose: str) -> Patient:
    arm = _arm(dose)
    baseline = min(72, max(14, round(chance.gauss(34, 9))))
    effect = chance.gauss(EFFECTS[dose], 0.2)
    scores: list[int | None] = [baseline]
    last_week = WEEKS[-1]
    for week in WEEKS[1:]:
        if last_week < WEEKS[-1]:
            scores.append(None)
        elif chance.random() < LEAVES[arm]:
            last_week = WEEKS[WEEKS.index(week) - 1] + chance.randrange(1, 4)
            scores.append(None)
        else:
            share = 1 - effect * min(1, (week / 12) ** 0.5)
            seen = min(72, max(0, round(baseline * share + chance.gauss(0, 2.5))))
            scores.append(None if chance.random() < MISSED_VISIT else seen)
    return Patient(
        name=name,
        dose=dose,
        sex=chance.choice("FFM"),
        age=chance.randrange(19, 78),
        start=date(2023, 1, 9) + timedelta(days=chance.randrange(300)),
        days=last_week * 7 + chance.randrange(-2, 3),
        stopped=last_week < WEEKS[-1],
        reaction=chance.choice(REACTIONS[arm]),
        scores=scores,
        itch={week: _itch(chance, scores[WEEKS.index(week)]) for week in (WEEKS[0], WEEKS[-1])},
    )


def _itch(chance: random.Random, score: int | None) -> tuple[int, int]:
    """Itch by day and by night of a patient with this score."""
    level = (score or 0) / 6
    by_day, by_night = (round(chance.gauss(level + more, 1.5)) for more in (0, 1))
    return min(10, max(0, by_day)), min(10, max(0, by_night))


def _rows(patient: Patient) -> Iterator[dict[str, str]]:
    """A row for each visit that was not missed; what was known before stands in each of them."""
    for week, score in zip(WEEKS, patient.scores, strict=True):
        if score is None:
            continue
        by_day, by_night = patient.itch.get(week, ("", ""))
        yield {
            "Patient": patient.name,
            "Visit": f"Week {week}",
            "Arm": patient.arm,
            "Dose": patient.dose,
            "Sex": patient.sex,
            "Age": str(patient.age),
            "First dose": patient.start.isoformat(),
            "Days on treatment": str(patient.days),
            "Stopped early": "yes" if patient.stopped else "no",
            "Injection site reaction": str(patient.reaction),
            "Skin score": str(score),
            "Global assessment": _grade(score),
            "Itch by day": str(by_day),
            "Itch by night": str(by_night),
        }


def _grade(score: int) -> str:
    return GRADES[sum(score > limit for limit in GRADE_LIMITS)]


def _events(chance: random.Random, patient: Patient) -> list[dict[str, str]]:
    rows = []
    for term, chances in TERMS.items():
        if chance.random() >= chances[patient.arm == "placebo"]:
            continue
        begin = patient.start + timedelta(days=chance.randrange(1, max(2, patient.days)))
        end = begin + timedelta(days=chance.randrange(2, 30))
        serious = term in SERIOUS and chance.random() < 0.6
        rows.append(
            {
                "Patient": patient.name,
                "Event": term,
                "Grade": str(3 if serious else chance.choice((1, 1, 1, 2, 2))),
                "Begin": begin.isoformat(),
                "End": end.isoformat(),
                "Serious": "yes" if serious else "no",
                "Related": chance.choice(("yes", "no")),
                "Outcome": chance.choice(("recovered", "recovered", "recovering")),
            }
        )
    return rows


def _write(name: str, rows: list[dict[str, str]]) -> None:
    with Path(__file__).with_name(name).open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), delimiter="\t", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


if __name__ == "__main__":
    main()
