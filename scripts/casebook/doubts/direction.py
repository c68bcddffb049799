"""Which direction of a measurement is an improvement, and which answer of yes and no is good.

The words of a label tell, or nothing does: then the guess says so, and a person must decide.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from casebook.data.cells import folded

Way = Literal["higher", "lower"]
_WORDS: dict[Way, str] = {
    "higher": (
        # what patients can do, and how they are
        r"(?<!dys)function|functional index|\bfi\b|strength|kraft|force\b|grip|walk|6 ?mw[dt]\b"
        r"|\bbcva|etdrs"
        r"|marche|gehstreck"
        r"|steps?\b|schritte|gait speed|balance|berg\b|mobility|mobilit|range of motion|\brom\b"
        r"|flexion|extension|barthel|independen|karno|fugl|box and block|pegboard|mmt|mmse|moca\b"
        r"|quality of life|lebensqualit|qualit. de vie|\bh?r?qol|sf-?(?:36|12|8)\b|eq-?5d|euroqol"
        r"|kccq|stroke impact|harris hip|constant score|lysholm|\bkoos|\bhoos|\bases\b|\bvfq"
        r"|\bsatisf|\bzufrieden|well-?being|wohlbefinden|sleep(?!iness|y|less)|acuity"
        r"|\bvisus|adheren"
        r"|growth|(?:height|length|k[öo]rpergr[öo](?:ss|ß)e|taille|talla)(?:[ -]for[ -]age)?"
        r"[ -]*(?:sds|z)\b"
        # what was reached
        r"|remission|remisi[óo]n|\brespon[sd]|r[ée]ponse|respuesta|cured?\b|heal(?:ed|ing)|geheilt"
        r"|recover|improve|besser|am[ée]lior|\bsuccess|erfolg|surviv|alive|return to work"
        r"|working|\bemployed"
        # what is measured of organs
        r"|dlco|fvc|fev(?:1| |\b)|spo2|saturation|ejection|lvef|gfr|h(?:a?e|ä)moglobin|\bhb\b"
        r"|platelet"
        r"|thrombo[zc]yt|albumin(?!uri)|cd4|\b[ck]omplement|\bc[34]c?\b(?=$| level)"
    ),
    "lower": (
        # what patients suffer from
        r"pain|schmerz|douleur|dolor\b|smerte|\bvas\b|\beva\b|\bnrs\b|\bitch|juck|prurit|d[ée]mang"
        r"|fatigue|m[üu]digk|dyspn|cough|husten|toux|nausea|[üu]belkeit|vomit|stiff|steifig|swollen"
        r"|swelling|schwellung|tender|(?:o|ö)?edem|[öo]dem|depress|anxi|angst|distress|insomnia"
        r"|disab|dysfunction|sleepiness|walk(?:ing)? time|25[ -]?f(?:oo)?[tw]|10[ -]?m\w* walk"
        r"|handicap|severity|schwere|gravit|symptom"
        r"|burden|disease activity|lesion|l[äa]sion|polyp|seizure|anf[äa]ll|attack"
        r"|migr[aä]i?ne|exacerbat"
        # scales that count what is bad
        r"|\bdas ?28|cdai\b|sdai\b|cdasi|easi\b|pasi\b|dlqi|scorad|basdai|basfi|sledai|bvas|haq\b"
        r"|\bodi\b|\bndi\b|womac|\bbdi\b|hads|phq|gad-?7|madrs|ham-?d|hdrs|updrs|edss|nihss|rankin"
        r"|\bacq\b|skin score|joint count|\brash|mayo score|\bsgrq\b|mfis|\bipss\b|\bsnot"
        r"|logmar|tumou?r|\bsld\b|sum of (?:the )?(?:longest )?diameters|metasta|probing|pocket"
        r"|sondierung|attachment loss|bleeding on|\bbop\b|plaque index"
        r"|mrss|timed up|\btug\b|ahi\b"
        # what should not happen
        r"|adverse|\bs?aes?\b|side ?effect|nebenwirk|toxic|reaction|complicat|komplik"
        r"|infection|infekt"
        r"|relapse|rezidiv|rechute|recurr|flare|schub|pouss[ée]e|progress|worse|verschlecht|fail"
        r"|versag|death|died|dead|mortal|verstorben|d[ée]c[èe]s|bleed|blutung|h(?:a?e)morrh|ulcer"
        r"|hospital|emergency|discontinu|withdr|stopped"
        # what is measured in blood and urine, and drugs that one would rather not need
        r"|\bcrp\b|\besr\b|\bbsg\b|\bbks\b|\bck\b|\bcpk\b|\bldh\b|cr[ée]atinin|kreatinin"
        r"|proteinur|albuminuri"
        r"|hba1c|\ba1c|pro-?bnp|\bbnp\b|troponin|\bldl\b|triglyc|viral load|steroid|prednis|opioid"
    ),
}
"""Words of labels by the direction that is usually better where one of them stands."""
_FOUND = {way: re.compile(rf"(?:{words})\w*") for way, words in _WORDS.items()}
_TURNED = re.compile(
    r"free\b|frei(?:heit)?\b|\bno\b(?!\.|,| of\b| de\b)|\bnon\b|\bnot\b|without|absence|ohne\b"
    r"|kein|\bsans\b|\bloss|lack|impair"
    r"|limit|difficult|problem|deficit|defizit|unable|cannot|verlust"
)
"""Words that make what is bad good, and the other way round."""


@dataclass(frozen=True)
class Better:
    """Which way is better, and what that rests on.

    Attributes:
        way: The direction; that of most scores where it is not known.
        reason: What it rests on.
        is_known: Whether anything tells it.
    """

    way: Way
    reason: str
    is_known: bool = True


def better_way(label: str) -> Better:
    """Which direction of a measurement is probably an improvement."""
    told = "nothing in the label tells which way is better; most scores fall"
    return _better(label, {"higher": "more", "lower": "less"}, told)


def better_answer(label: str) -> Better:
    """Whether yes is probably better than no, which is then higher."""
    told = "nothing in the label tells whether yes or no is better; the first level is no"
    return _better(label, {"higher": "yes", "lower": "no"}, told)


def _better(label: str, called: Mapping[Way, str], otherwise: str) -> Better:
    """Which way is better, or "lower" where no word of a label tells it.

    Args:
        label: What it is called.
        called: What each way is called in the reason.
        otherwise: What is said where it is not known.
    """
    word, way = _told(label)
    if way is None:
        return Better("lower", f"not known: {otherwise}", is_known=False)
    return Better(way, f"{called[way]} is usually better where a label has {word!r}")


def _told(label: str) -> tuple[str, Way | None]:
    """The word of a label that tells a direction, and that direction; None if nothing does."""
    plain = folded(label).replace("_", " ")
    found = {way: match for way, form in _FOUND.items() if (match := form.search(plain))}
    if len(found) != 1:
        return "", None
    ((way, match),) = found.items()
    if turned := _TURNED.search(plain):
        first, last = sorted([match.span(), turned.span()])
        return plain[first[0] : last[1]], "lower" if way == "higher" else "higher"
    return match[0], way
