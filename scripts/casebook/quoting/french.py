"""French, as papers write it; what each entry is for, `vocabulary` says."""

from casebook.quoting.languages import Language

_ONES = {
    "deux": "two", "trois": "three", "quatre": "four", "cinq": "five", "six": "six",
    "sept": "seven", "huit": "eight", "neuf": "nine",
}  # fmt: skip
_TEENS = {
    "dix-sept": "seventeen", "dix-huit": "eighteen", "dix-neuf": "nineteen", "dix": "ten",
    "onze": "eleven", "douze": "twelve", "treize": "thirteen", "quatorze": "fourteen",
    "quinze": "fifteen", "seize": "sixteen",
}  # fmt: skip
_TENS = {
    "vingt": "twenty", "trente": "thirty", "quarante": "forty", "cinquante": "fifty",
    "soixante": "sixty",
}  # fmt: skip
_ABOVE_TEN = {
    "dix-sept": "seven", "dix-huit": "eight", "dix-neuf": "nine", "onze": "one", "douze": "two",
    "treize": "three", "quatorze": "four", "quinze": "five", "seize": "six",
}  # fmt: skip
"""What stands behind soixante and quatre-vingt, and what it adds to seventy and to ninety."""
_WHO = "(?:patiente?s?|malades?|sujets?|cas|participante?s?|personnes?)"
_ONE = rf"(?:(?<=sauf )|(?<=excepté ))une?|une?(?=\s+(?:seule?\s+)?{_WHO}\b)"
_NO = rf"aucune?(?=\s+(?:{_WHO}|décès|des)\b)"
_MONTHS = "janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre"
_NOT = r"(?:aucune?|non|pas(?:\s+de)?|sans|ni)[\s-]+(?:[\w-]+\s+){0,3}?"

FRENCH = Language(
    code="fr",
    common=frozenset({"le", "la", "les", "des", "dans", "du", "avec", "était", "étaient", "une"}),
    numbers={
        **{f"{ten}[ -]et[ -]une?": f"{english}-one" for ten, english in _TENS.items()},
        **{
            f"{ten}-{one}": f"{english_ten}-{english_one}"
            for ten, english_ten in _TENS.items()
            for one, english_one in _ONES.items()
        },
        "soixante[ -]et[ -]onze": "seventy-one",
        "quatre-vingt-une?": "eighty-one",
        **{f"soixante-{word}": f"seventy-{one}" for word, one in _ABOVE_TEN.items()},
        **{f"quatre-vingt-{word}": f"ninety-{one}" for word, one in _ABOVE_TEN.items()},
        **{f"quatre-vingt-{word}": f"eighty-{one}" for word, one in _ONES.items()},
        "soixante-dix": "seventy",
        "quatre-vingt-dix": "ninety",
        "quatre-vingts?": "eighty",
        **_TEENS,
        **_TENS,
        **_ONES,
        r"(?:tous|toutes)\s+(?:les\s+)?deux": "both",
        _ONE: "one",
        _NO: "none",
    },
    multiples=r"cents?|mille|millions?|dizaines?|douzaines?|et\s+demie?",
    shares={
        "un tiers": "one-third",
        "deux tiers": "two-thirds",
        "un quart": "one-quarter",
        "trois quarts": "three-quarters",
        "la moitié": "half",
    },
    relations={
        "plus de": "more than",
        "au moins": "at least",
        "moins de": "fewer than",
        "environ": "about",
        "presque|près de": "almost",
    },
    date=rf"(?:\d{{1,2}}(?:er)?\s+)?(?:{_MONTHS})\s+\d{{4}}|\d{{1,2}}/\d{{1,2}}/\d{{4}}",
    referred=r"tableaux?|figures?|fig\.|références?|réf\.",
    units={
        "year": "ans?|années?",
        "month": "mois",
        "week": "semaines?",
        "day": "jours?",
    },
    statistics={
        "median": r"médiane?s?",
        "mean": r"moyen(?:ne)?s?",
        "sd": r"(?-i:ET|DS)|écart[- ]types?",
        "p25": r"IIQ|EIQ|IQR|(?:intervalle|écart|espace)\s+interquartile|quartiles",
        "min": r"extrêmes|étendue|minimum|allant",
        "max": "maximum",
    },
    headers={
        "median": r"\bmédiane?\b",
        "mean": r"\bmoyenne\b",
        "sd": r"[(,]\s*(?:et|ds)\)|écart[- ]type|\N{PLUS-MINUS SIGN}",
        "p25 p75": r"\b(?:iiq|eiq|iqr|interquartile|quartiles)\b",
        "min max": r"\b(?:extrêmes|étendue|min|minimum)\b",
        "count": r"\b(?:n|nombre) \(%\)",
        "percent": r"%",
    },
    interval="IC|intervalles? de confiance",
    events={
        "harms": ("effets indésirables", "effet indésirable", "événements indésirables"),
        "harms_serious": ("effets indésirables graves", "événements indésirables graves"),
    },
    any_of=r"au moins une?|patients avec|\N{GREATER-THAN OR EQUAL TO}\s?1",
    p_value=r"(?:de|était)?",
    level="considérée?|seuil|niveau",
    patients=_WHO,
    not_counted="dans|de|des|du|pour|avec|chez|parmi",
    change="changements?|baisse|diminution|réduction|augmentation|différences?|variations?",
    apart="différences?",
    pronouns="il|elle|ils|elles|ce|cette",
    of_one="il|elle|lui|sa|son|ses",
    moves={
        "improved": "améliorée?s?|amélioration",
        "worsened": "aggravée?s?|aggravation",
        "fell": "diminuée?s?|baissée?s?|réduite?s?|diminution|réduction",
        "rose": "augmentée?s?|augmentation|(?<=dose )plus élevée",
        "responded": "répond(?:u|aient)|(?:non-?)?répondeu(?:rs?|ses?)",
    },
    moved_by="de",
    or_more="ou plus",
    without=r"aucune?|pas d\w*|sans",
    denies="pas|jamais",
    everybody="(?:tous|toutes)(?: les)?",
    but="sauf|excepté|hormis|à l'exception de",
    whose="qui|dont",
    of_these="sur(?: les)?|des|parmi les",
    among="parmi|sur|de",
    whole="total|inclus(?:es?)?|série|étudiée?s?|traitée?s?|recrutée?s?",
    ceased=r"arrêt\w*|interromp\w*|pas|jamais|sans",
    respond=("répondu", "répondeur", "répondeuse"),
    respond_not=("pas répondu", "absence de réponse", "pas de réponse", "non-répondeur"),
    available="disponibles?",
    missing=(
        "manquantes?|manquants?|indisponibles?|manquaient"
        "|pas (?:été )?(?:disponible|mesuré|dosé|évalué)e?s?"
    ),
    during="pendant|durant|après|avant|dans|en|sur|à|toutes les|tous les",
    other_study=(
        r"(?:dans|par) une\s+(?:[\w-]+\s+){0,3}?(?:étude|série|cohorte|revue)"
        r"|(?:d'autres|autres)\s+(?:auteurs|études|séries)"
        r"|études? (?:antérieure|précédente)s?|et al|dans la littérature|ailleurs"
    ),
    own_study="notre|nos|nous|ici|cette (?:série|étude)|présente (?:série|étude)",
    others="autres",
    stops=("arrêté", "arrêt", "interrompu", "interruption"),
    cause="après|en raison|à cause|pour cause",
    had_by="chez",
    consists=r"(?:compren\w*|inclu\w*|avaient|avait)|de",
    starts="de",
    goes_to="à",
    versus=r"et|contre|versus|vs\.?|ou",
    compared=r"contre|comparée?s? à|versus|vs\.?",
    including="dont|y compris",
    respectively="respectivement",
    also="et|tandis que|mais|qui",
    silent=frozenset(
        {
            *("le", "la", "les", "l", "un", "une", "des", "du", "de", "d", "et", "ou", "à", "au"),
            *("aux", "en", "dans", "par", "sur", "chez", "a", "an", "and", "at", "of", "the"),
        }
    ),
    silent_alone=frozenset(
        {"mg", "jour", "mois", "semain", "an", "anné", "aucun", "oui", "non", "no", "yes", "none"}
    ),
    endings=("es", "e", "s"),
    sexes={
        "female": ("femmes", "filles", "féminin"),
        "féminin": ("femmes", "filles"),
        "male": ("hommes", "garçons", "masculin"),
        "masculin": ("hommes", "garçons"),
    },
    before=("avant", "initial", "initiale", "inclusion"),
    after=("après", "final", "finale", "fin", "suivi"),
    significance=(
        rf"(?:{_NOT})?(?:statistiquement\s+)?(?<!cliniquement )(?:non[- ])?significati\w*"
        r"|ne différai(?:t|ent) pas(?!\s+significativement)"
    ),
    denied=r"\b(?:aucune?|non|pas|sans|ni)\b",
    everyone=rf"(?:tous|toutes)\s+les(?=\s+{_WHO}\b)",
    absence=r"absence\s+d\w*|manque\s+d\w*|norma(?:l|le|les|ux)",
    ages=("jeune", "jeunes", "âgé", "âgés"),
    members=("patient", "patients", "enfant", "enfants", "groupe"),
    between_groups=r"entre les (?:deux )?(?:groupes|bras|cohortes)",
    against=r"contre|versus|vs\.?",
    of_them=r"d'entre eux(?: (?:avec|dans|avaient|étaient))?",
    none_of_these=r"aucune? (?:de ces|d'entre)",
    lacking=("indemne de {}", "sans {}", "aucun {}", "aucune {}", "pas de {}"),
    lacking_ends="dans|à|en|pendant|après|sur",
    more="(?:plus|moins) [a-zéèà]+",
    most_often=r"(?:était|étaient) (?:le|la|les) plus fréquente?s?",
    response="répon(?:se|deurs?)",
    either="ou",
    age=("âge", "age"),
    that_of="(?:celui|celle|ceux|celles) (?:de|du|des)",
    below="inférieure?s? à|(?:au-dessous|en dessous) de|moins de",
    above="supérieure?s? à|au-dessus de|plus de",
    or_less="ou moins",
    the="l[ae]s?|ces|nos|des",
    groups="groupes|bras|cohortes",
    analysed="analysée?s?|évaluables?|évaluée?s?|deux (?:valeurs|visites|mesures)",
    apposed=(
        r"(?:tous|toutes|les deux)\s+(?:avec|en|sous|atteints?)"
        r"|une?\s+(?:homme|femme|garçon|fille|enfant)"
    ),
    kinds=("forme", "maladie", "atteinte", "type"),
    with_both="(?:les )?deux (?:valeurs|visites|mesures|temps)|données complètes",
    former="les premi(?:ers|ères)(?! patient)",
    latter="les (?:seconde?s|derni(?:ers|ères))(?! patient)",
    likewise="(?:l'ont (?:fait|eue?)|l'étaient)",
    gained="gagn(?:é|aient|ait|ent)",
    lost="perd(?:u|aient|ait|ent)",
    was=("était", "étaient", "est", "sont"),
    differed="différ(?:ait|aient|é)",
    fewer="(?:de )?(?:moins|plus)",
    occurrences="événements?|effets?",
    continues=("poursuivi", "poursuivie", "poursuite", "maintenu"),
    both_of_these="les deux",
)
