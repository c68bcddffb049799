"""What the methods paragraph says of harms and of the time on treatment, with its references."""

from collections.abc import Iterator

from casebook.data.harms import WORST
from casebook.study.model import Study
from casebook.wording.numbers import level_text
from casebook.wording.sentences import Sentence

CLOPPER_PEARSON = (
    "Clopper CJ, Pearson ES. The use of confidence or fiducial limits illustrated in the case of"
    " the binomial. Biometrika 1934;26:404-13."
)
_GARWOOD = "Garwood F. Fiducial limits for the Poisson distribution. Biometrika 1936;28:437-42."
_KAPLAN_MEIER = (
    "Kaplan EL, Meier P. Nonparametric estimation from incomplete observations. J Am Stat Assoc"
    " 1958;53:457-81."
)
_BROOKMEYER_CROWLEY = (
    "Brookmeyer R, Crowley J. A confidence interval for the median survival time. Biometrics"
    " 1982;38:29-41."
)
_CTCAE = "National Cancer Institute. Common Terminology Criteria for Adverse Events (CTCAE)."


def of_harms(study: Study) -> Iterator[Sentence]:
    """The sentences on harms, of a study that describes some."""
    if study.harms is None:
        return
    level = level_text(study.analysis.confidence_level)
    graded = WORST in study.harms.kinds
    if graded:
        yield "Adverse events were graded by the Common Terminology Criteria", (_CTCAE,)
    by_grade = ", under the worst grade" if graded else ""
    yield (
        f"Patients with adverse events were counted once a term{by_grade}, with exact"
        f" {level} intervals and one-sided exact {level} bounds",
        (CLOPPER_PEARSON,),
    )
    if study.treatment:
        unit = study.unit(study.treatment.duration) or "time"
        yield (
            f"Rates are events per 100 patient-{unit} on treatment with exact Poisson intervals",
            (_GARWOOD,),
        )


def of_retention(study: Study) -> Iterator[Sentence]:
    """The sentence on the time on treatment, of a study that says whether it is ongoing."""
    if study.treatment and study.treatment.goes_on:
        yield (
            "The time on treatment was estimated by the Kaplan-Meier method, with log-log intervals"
            " of the share still treated, and the median with the interval of Brookmeyer and"
            " Crowley",
            (_KAPLAN_MEIER, _BROOKMEYER_CROWLEY),
        )
