"""How groups of patients are spoken of, and what they do not have, in each language.

All other words of a language are in `languages`.
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class GroupWords:
    """Such words of a language, as parts of regular expressions with `|` between.

    Attributes:
        ages: Words of a cohort's label that name it by themselves, as "younger" does.
        patients: Nouns behind another word of its label that no other cohort has.
        between: What stands for all groups of a comparison.
        apart: What stands between two numbers of which each is of another group.
        of_them: What stands between a number of those just spoken of and the group they are in.
        none_of_these: What is said of those who had nothing of what was listed.
        lacking: What those are called who do not have something, with a place for that.
        ends: Where the part of a label ends that such words have.
        more: What says that something was more or less in a group than in the other.
        most: What stands between what patients had most often and the share of them.
        that_of: What stands for the statistic that was named last, of something else.
    """

    ages: tuple[str, ...]
    patients: tuple[str, ...]
    between: str
    apart: str
    of_them: str
    none_of_these: str
    lacking: tuple[str, ...]
    ends: str
    more: str
    most: str
    that_of: str


GROUP_WORDS: Mapping[str, GroupWords] = {
    "en": GroupWords(
        ages=("younger", "older", "elderly"),
        patients=("patient", "participant", "child", "children", "adult", "group"),
        between=r"(?:between|across) (?:the )?(?:two |both )?(?:[\w-]+ )?(?:groups|arms|cohorts)",
        apart=r"vs\.?|versus|compared with",
        of_them=r"of (?:them|these|whom)(?: (?:with|in|from|had|were))?",
        none_of_these=r"none of (?:these|those|them)|neither",
        lacking=("{} free", "free of {}", "free from {}", "without {}", "no {}"),
        ends="within|at|in|during|after|by|over|for",
        more="(?:larg|great|small|high|low|long|short|old|young)er|(?:more|less) [a-z]+",
        most=r"(?:was|were) (?:the )?most (?:common|frequent)(?:ly \w+)?",
        that_of="(?:that|those) of",
    ),
    "de": GroupWords(
        ages=("jünger", "jüngere", "jüngeren", "älter", "ältere", "älteren"),
        patients=("patient", "patienten", "patientinnen", "kinder", "gruppe"),
        between=r"zwischen (?:den |beiden )*(?:[\w-]*gruppen|armen|kohorten)",
        apart=r"gegenüber|versus|vs\.?",
        of_them=r"(?:davon|von (?:ihnen|diesen))(?: (?:mit|in|aus|hatten|waren))?",
        none_of_these=r"keine?[snrm]? (?:davon|dieser)",
        lacking=("frei von {}", "ohne {}", "kein {}", "keine {}", "keinen {}"),
        ends="innerhalb|nach|in|bei|während|über",
        more="(?:größer|kleiner|höher|niedriger|länger|kürzer|älter|jünger|häufiger|seltener)e?",
        most=r"(?:war|waren|trat|traten) am häufigsten(?: auf)?",
        that_of="(?:der|die|das|denen|derjenige|diejenige) (?:von|des|der)",
    ),
    "fr": GroupWords(
        ages=("jeune", "jeunes", "âgé", "âgés"),
        patients=("patient", "patients", "enfant", "enfants", "groupe"),
        between=r"entre les (?:deux )?(?:groupes|bras|cohortes)",
        apart=r"contre|versus|vs\.?",
        of_them=r"d'entre eux(?: (?:avec|dans|avaient|étaient))?",
        none_of_these=r"aucune? (?:de ces|d'entre)",
        lacking=("indemne de {}", "sans {}", "aucun {}", "aucune {}", "pas de {}"),
        ends="dans|à|en|pendant|après|sur",
        more="(?:plus|moins) [a-zéèà]+",
        most=r"(?:était|étaient) (?:le|la|les) plus fréquente?s?",
        that_of="(?:celui|celle|ceux|celles) (?:de|du|des)",
    ),
}
"""The words of each language, by its code."""
