"""What the methods paragraph says of several visits, and of grades, with its references.

It follows from the settings in study.yaml, as all of the paragraph does.
"""

from collections.abc import Container, Iterator, Mapping

from casebook.base.lists import enumerated
from casebook.study.derived_visits import in_order
from casebook.study.model import Study
from casebook.study.visits import seen
from casebook.wording.sentences import IN_A_SENTENCE, Sentence
from casebook.wording.visit_notes import visits_listed

HOLM = "Holm S. A simple sequentially rejective multiple test procedure. Scand J Stat 1979;6:65-70."
_FRIEDMAN = (
    "Friedman M. The use of ranks to avoid the assumption of normality implicit in the analysis of"
    " variance. J Am Stat Assoc 1937;32:675-701."
)
_PAGE = (
    "Page EB. Ordered hypotheses for multiple treatments: a significance test for linear ranks. J"
    " Am Stat Assoc 1963;58:216-30."
)
_KENDALL = "Kendall MG, Babington Smith B. The problem of m rankings. Ann Math Stat 1939;10:275-87."
_COCHRAN = (
    "Cochran WG. The comparison of percentages in matched samples. Biometrika 1950;37:256-66."
)
_STUART = (
    "Stuart A. A test for homogeneity of the marginal distributions in a two-way classification."
    " Biometrika 1955;42:412-6."
)
_MAXWELL = (
    "Maxwell AE. Comparing the classification of subjects by two independent judges. Br J"
    " Psychiatry 1970;116:651-5."
)


def of_contrasts(study: Study) -> Iterator[Sentence]:
    """Which visits are compared; of many contrasts a sentence for each earlier visit."""
    contrasts = study.every_contrast
    first, *later = seen(study.visits)
    if later[1:] and {each.visits for each in contrasts} == {(first, visit) for visit in later}:
        yield f"Each later visit was compared with {study.visits[first].label}", ()
    elif len(contrasts) <= IN_A_SENTENCE:
        compared = (
            f"{study.visits[each.visit].label} with {study.visits[each.against].label}"
            for each in contrasts
        )
        yield f"Visits were compared as follows: {'; '.join(compared)}", ()
    else:
        for against in in_order(study.visits, [each.against for each in contrasts]):
            others = [each.visit for each in contrasts if each.against == against]
            compared_with = visits_listed(study, others)
            yield f"{study.visits[against].label} was compared with {compared_with}", ()


def of_visits(study: Study) -> Iterator[Sentence]:
    """The sentences on three visits or more, on several contrasts, and on grades."""
    followed = {
        "a value": [study.visits_over(each.visits) for each in study.outcomes.values()],
        "a grade": [study.visits_over(each.at) for each in study.grades.values()],
    }
    if what := " or ".join(name for name, visits in followed.items() if any(visits)):
        yield (
            f"In patients with {what} at every visit, all visits were compared with"
            " Friedman's test and, for a steady rise or fall, with Page's, two-sided, by the exact"
            " conditional distribution where it could be computed, and Kendall's W is given for"
            " concordance",
            (_FRIEDMAN, _PAGE, _KENDALL),
        )
    yield from _of_several_contrasts(study)
    if any(study.visits_over(each.at) for each in study.conditions.values()):
        yield (
            "Conditions at all visits were compared with Cochran's Q, by its exact conditional"
            " distribution where it could be computed",
            (_COCHRAN,),
        )
    if study.grades:
        yield (
            "Changes of grades were tested with the sign test of patients who became better or"
            " worse, and with the Stuart-Maxwell test of marginal homogeneity, exact where it could"
            " be computed",
            (_STUART, _MAXWELL),
        )


def kinds_adjusted(study: Study) -> str:
    """Of what p-values are adjusted for the contrasts, as in "outcome or grade"; empty of none."""
    compared: Mapping[str, list[Container[str]]] = {
        "outcome": [each.visits for each in study.outcomes.values()],
        "condition": [each.at for each in study.conditions.values()],
        "grade": [each.at for each in study.grades.values()],
    }
    several = [
        what
        for what, of in compared.items()
        if any(len(study.contrasts_of(visits)) > 1 for visits in of)
    ]
    return enumerated(several, "or")


def _of_several_contrasts(study: Study) -> Iterator[Sentence]:
    """The sentence on p-values that are adjusted, if any are."""
    if kinds := kinds_adjusted(study):
        yield (
            f"The p-values of the contrasts of one {kinds} in one cohort were"
            " also adjusted for their number by Holm's method",
            (HOLM,),
        )
