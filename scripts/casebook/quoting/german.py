"""German, as papers write it; what each entry is for, `vocabulary` says."""

from casebook.quoting.languages import Language

_ONES = {
    "zwei": "two", "drei": "three", "vier": "four", "fünf": "five", "sechs": "six",
    "sieben": "seven", "acht": "eight", "neun": "nine",
}  # fmt: skip
_TEENS = {
    "zehn": "ten", "elf": "eleven", "zwölf": "twelve", "dreizehn": "thirteen",
    "vierzehn": "fourteen", "fünfzehn": "fifteen", "sechzehn": "sixteen",
    "siebzehn": "seventeen", "achtzehn": "eighteen", "neunzehn": "nineteen",
}  # fmt: skip
_TENS = {
    "zwanzig": "twenty", "dreißig": "thirty", "vierzig": "forty", "fünfzig": "fifty",
    "sechzig": "sixty", "siebzig": "seventy", "achtzig": "eighty", "neunzig": "ninety",
}  # fmt: skip
_WHO = r"(?:Patient(?:in(?:nen)?|en)?|Kranke[nr]?|Fälle[n]?|Fall(?:es)?|Person(?:en)?|Proband\w*)"
_ONE = rf"ein(?:e[rnms]?)?(?=\s+(?:[\w-]+\s+)?{_WHO}\b|\s+der\b)"
_NO = rf"kein(?:e[rnms]?)?(?=\s+(?:[\w-]+\s+)?{_WHO}\b|\s+der\b)"
_MONTHS = "Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember"
_NOT = r"(?:keine?[nrm]?|nicht|ohne|weder)\s+(?:[\w-]+\s+){0,3}?"

GERMAN = Language(
    code="de",
    common=frozenset({"der", "die", "das", "und", "mit", "von", "bei", "wurde", "wurden", "eine"}),
    numbers={
        **{
            f"{one}und{ten}": f"{english_ten}-{english_one}"
            for ten, english_ten in _TENS.items()
            for one, english_one in {"ein": "one", **_ONES}.items()
        },
        **_ONES,
        **_TEENS,
        **_TENS,
        r"beide[nr]?(?=\s+[A-ZÄÖÜ(])": "both",
        _ONE: "one",
        _NO: "none",
    },
    multiples=r"hundert\w*|tausend\w*|Million(?:en)?|Dutzend|einhalb",
    shares={
        "(?:ein|das) Drittel": "one-third",
        "zwei Drittel": "two-thirds",
        "drei Viertel": "three-quarters",
        "(?:ein|das) Viertel": "one-quarter",
        "die Hälfte": "half",
    },
    relations={
        # Before a word it may be "on": Wir berichten über zwölf Patienten.
        r"über(?=\s+(?:\d|ein\b|die\b))": "over",
        "mehr als": "more than",
        "mindestens": "at least",
        "weniger als": "fewer than",
        "unter": "below",
        "bis zu": "up to",
        "etwa|ungefähr|rund|ca\\.": "about",
        "fast|beinahe|nahezu": "almost",
    },
    date=rf"(?:\d{{1,2}}\.\s?)?(?:{_MONTHS})\s+\d{{4}}|\d{{1,2}}\.\d{{1,2}}\.\d{{4}}",
    referred=r"Tabellen?|Tab\.|Abbildung(?:en)?|Abb\.|Ref(?:erenz)?\.?",
    units={
        "year": "Jahren?|Jahre?",
        "month": "Monaten?|Monate?",
        "week": "Wochen?",
        "day": "Tagen?|Tage?",
        "point": "Punkten?|Punkte?",
    },
    statistics={
        "median": "Mediane?|medianes?",
        "mean": r"Mittelwerte?s?|Mittel|Durchschnitt(?:lich\w*)?|mittlere[rnms]?",
        "sd": "SD|Standardabweichung",
        "p25": "IQR|IQA|Interquartil(?:s)?(?:abstand|bereich)|Quartile",
        "min": "Spannweite|Bereich|Range|Minimum|niedrigste[rnms]?|jüngste[rnms]?",
        "max": "Maximum|höchste[rnms]?|älteste[rnms]?",
    },
    headers={
        "median": r"\bmedian\b",
        "mean": r"\b(?:mittelwert|mittel)\b",
        "sd": r"\bsd\b|standardabweichung|\N{PLUS-MINUS SIGN}",
        "p25 p75": r"\b(?:iqr|iqa|interquartil(?:s)?(?:abstand|bereich)|quartile)\b",
        "min max": r"\b(?:spannweite|bereich|min|minimum)\b",
        "count": r"\b(?:n|anzahl) \(%\)",
        "percent": r"%",
    },
    interval="KI|CI|Konfidenzintervalle?n?|Vertrauensbereiche?",
    events={
        "harms": ("Nebenwirkungen", "Nebenwirkung", "unerwünschte Ereignisse"),
        "harms_serious": ("schwere Nebenwirkungen", "schwerwiegende unerwünschte Ereignisse"),
    },
    any_of=r"irgendeine?|jegliche|mindestens eine?|Patienten mit|\N{GREATER-THAN OR EQUAL TO}\s?1",
    p_value=r"(?:Wert(?:e?s)?)?\s*(?:von|war|betrug)?",
    level="betrachtet|galt|galten|Signifikanzniveau|Niveau|Schwelle",
    patients=_WHO,
    not_counted="in|von|für|mit|unter|bei|der",
    change=r"(?:Ver)?änderung(?:en)?|Abnahme|Zunahme|Differenz(?:en)?|Rückgang",
    apart="Differenz(?:en)?|Unterschiede?",
    pronouns="er|sie|es|dieser?|dieses",
    of_one="er|ih[mnr]|sie|seine?[mnrs]?|ihre?[mnrs]?",
    moves={
        "improved": r"verbessert\w*|besserten?|gebessert|Besserung",
        "worsened": r"verschlechtert\w*",
        "fell": (
            r"sanke?n?|gesunken|fiel(?:en)?|gefallen|abgenommen|verringert\w*|Abnahme|Rückgang"
        ),
        "rose": r"höhere[nr]?(?=\s+Dosis)|stieg(?:en)?|gestiegen|zugenommen|Zunahme|Anstieg",
        "responded": r"sprach(?:en)?(?:\s+nicht)?|(?:non-?|nicht-?)?Responder\w*|angesprochen",
    },
    moved_by="um",
    or_more="oder (?:mehr|darüber)",
    without="keine?[nrms]?|ohne",
    denies="nicht|nie",
    everybody="alle[nr]?|bei allen",
    but="bis auf|außer|mit Ausnahme von",
    whose="die|deren",
    of_these="von(?: (?:den|allen|unseren))?|der",
    among="von|unter",
    whole="insgesamt|eingeschlossen|behandelt(?:en)?|untersucht(?:en)?|Fallserie|aufgenommen",
    ceased=r"abgesetzt|beendet\w*|abgebrochen|nicht|nie|ohne|setzten?",
    respond=("angesprochen", "sprach", "sprachen", "Responder", "profitierte", "profitierten"),
    respond_not=(
        *("nicht angesprochen", "kein Ansprechen", "sprach nicht", "sprachen nicht"),
        *("Non-Responder", "Nonresponder", "profitierte nicht", "profitierten nicht"),
    ),
    available="(?<!nicht )verfügbar",
    missing="fehlten|fehlte|fehlend|nicht (?:gemessen|bestimmt|erhoben|verfügbar)",
    during="für|innerhalb(?: von)?|über|nach|vor|alle|während|binnen|seit",
    other_study=(
        r"(?:in|aus|bei) einer\s+(?:[\w-]+\s+){0,3}?(?:Studie|Fallserie|Serie|Kohorte|Übersicht)"
        r"|(?:andere|frühere|vorherige)[nr]?\s+(?:Studien?|Autoren|Fallserien?|Arbeiten)"
        r"|et al|in der Literatur|anderenorts"
    ),
    own_study=r"unser\w*|wir|uns|hier|diese[rn]? (?:Fallserie|Studie|Arbeit)",
    others="anderen|übrigen|restlichen",
    stops=("abgebrochen", "abgesetzt", "beendet", "Abbruch"),
    cause="nach|wegen|aufgrund",
    had_by="bei",
    consists=r"(?:besteh\w*|bestand\w*|umfasst\w*|hatten?)(?:\s+aus)?|von",
    starts="von",
    goes_to="auf|bis",
    versus=r"und|gegenüber|versus|vs\.?|oder|gegen",
    compared=r"gegenüber|verglichen mit|im Vergleich zu|versus|vs\.?",
    including="darunter|einschließlich",
    respectively="beziehungsweise|respektive",
    also="und|während|aber|die|der",
    silent=frozenset(
        {
            *("der", "die", "das", "den", "dem", "des", "ein", "eine", "einer", "und", "oder"),
            *("am", "an", "auf", "bei", "im", "in", "mit", "von", "zu", "zum", "zur", "täglich"),
            *("a", "an", "and", "at", "by", "of", "on", "or", "the"),
        }
    ),
    silent_alone=frozenset(
        {"mg", "tag", "monat", "woch", "jahr", "kein", "nein", "ja", "no", "yes", "none"}
    ),
    endings=("innen", "ern", "en", "er", "es", "em", "e", "n", "s"),
    sexes={
        "female": ("Frauen", "Frau", "Mädchen", "weiblich"),
        "weiblich": ("Frauen", "Frau", "Mädchen"),
        "male": ("Männer", "Mann", "Jungen", "männlich"),
        "männlich": ("Männer", "Mann", "Jungen"),
    },
    before=("Ausgangswert", "Ausgangslage", "Beginn", "vor", "vorher", "zuvor", "initial"),
    after=("nach", "nachher", "danach", "zuletzt", "Nachbeobachtung", "Ende", "abschließend"),
    significance=(
        rf"(?:{_NOT})?(?:statistisch\s+)?(?<!klinisch )(?:in|nicht-?)?signifikant\w*"
        r"(?:\s+(?:Unterschiede?|Veränderung(?:en)?|Verbesserung(?:en)?))?"
        r"|unterschied(?:en)? sich nicht(?!\s+signifikant)"
    ),
    denied=r"\b(?:kein\w*|nicht|ohne|weder)\b|insig|nichtsig",
    everyone=rf"alle[nr]?(?=\s+{_WHO}\b)",
    absence=r"fehl(?:te|ten|en|t|ende[rn]?)|normal\w*",
    ages=("jünger", "jüngere", "jüngeren", "älter", "ältere", "älteren"),
    members=("patient", "patienten", "patientinnen", "kinder", "gruppe"),
    between_groups=r"zwischen (?:den |beiden )*(?:[\w-]*gruppen|armen|kohorten)",
    against=r"gegenüber|versus|vs\.?",
    of_them=r"(?:davon|von (?:ihnen|diesen))(?: (?:mit|in|aus|hatten|waren))?",
    none_of_these=r"keine?[snrm]? (?:davon|dieser)",
    lacking=("frei von {}", "ohne {}", "kein {}", "keine {}", "keinen {}"),
    lacking_ends="innerhalb|nach|in|bei|während|über",
    more="(?:größer|kleiner|höher|niedriger|länger|kürzer|älter|jünger|häufiger|seltener)e?",
    most_often=r"(?:war|waren|trat|traten) am häufigsten(?: auf)?",
    response="(?:therapie)?ansprechen|responder",
    either="oder",
    age=("alter",),
    that_of="(?:der|die|das|denen|derjenige|diejenige) (?:von|des|der)",
    below="unter(?:halb von)?|weniger als",
    above="über|oberhalb von|mehr als",
    or_less="oder (?:weniger|darunter)",
    the="de[nmr]|die|dieser?n?|unsere[nr]?",
    groups=r"\w*gruppen|arme?n?|kohorten",
    analysed="ausgewertet|auswertbaren?|beiden (?:Werten|Visiten|Messungen)",
    apposed=(
        "(?:beide|alle)\\s+(?:mit|aus|unter)"
        r"|eine?\s+(?:[\w-]+\s+){0,2}?(?:Mann|Frau|Junge|Mädchen|Kind|Patientin)"
        r"|eine?\s+\d+-jährige[rs]?(?:\s+\w+)?"
    ),
    kinds=("Erkrankung", "Form", "Krankheit", "Verlauf"),
    with_both="beide[nr]? (?:Werten?|Visiten|Messungen|Zeitpunkten?)|vollständigen Daten",
    former="erstere[nrms]?",
    latter="letztere[nrms]?",
    likewise="(?:taten dies|waren es|hatten dies)",
    gained="gewann(?:en)?|gewonnen",
    lost="verlor(?:en)?",
    was=("war", "waren", "ist", "sind"),
    differed="untersch(?:ied|ieden|eiden)",
    fewer="weniger|niedriger|kürzer|mehr|höher|länger",
    occurrences="Ereignisse?",
    continues=("fortgesetzt", "fortgeführt", "weitergeführt", "laufend"),
    both_of_these="beides?",
)
