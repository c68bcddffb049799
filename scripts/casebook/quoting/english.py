"""English, as papers write it; what each entry is for, `vocabulary` says."""

from casebook.quoting.languages import Language

_ONES = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven")
_TEENS = (
    *("twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
# "One" is a thing in: each one, the one, no one, a lower one.
_PRONOUNS = (
    *("each", "another", "every", "any", "this", "which", "the", "no", "the only"),
    *("lower", "higher", "larger", "smaller", "longer", "shorter", "better", "worse"),
)
_THERE = ("there was", "there were")
# What is compared is no event: "there was no significant difference".
_COMPARED = "differences?|changes?|correlations?|associations?|relations?|relationships?"
_NO_PRONOUN = "".join(rf"(?<!\b{word}\s)" for word in _PRONOUNS)
_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"

ENGLISH = Language(
    code="en",
    common=frozenset({"the", "of", "and", "with", "were", "was", "had", "for", "by", "to"}),
    numbers=dict.fromkeys(
        (
            rf"{_NO_PRONOUN}one",
            *_ONES,
            *_TEENS,
            rf"(?:{_TENS})(?:[- ](?:one|{'|'.join(_ONES)}))?",
            r"half(?=\s+a\s+dozen\b)",
            r"a(?=\s+(?:hundred|dozen)\b)",
            # Within a sentence, "both clinically and statistically" counts nothing.
            r"(?-i:Both|both(?!\s+(?:[\w-]+\s+){1,6}?and\b|\s+(?:values|visits|time|times|groups)\b))",
            r"single(?=\s+(?:patient|case|cent(?:re|er))\b)",
            r"another(?=\s+(?:[\w-]+\s+)?(?:patient|case|child)\b)",
            r"no(?=\s+(?:patients?|participants?|child(?:ren)?|deaths?)\b)",
            r"(?-i:No)(?=\s+(?:[\w-]+\s+){1,3}?(?:patients?|participants?|child(?:ren)?|deaths?|events?)\b)",
            *(rf"(?<=\b{there} )no(?!\s+(?:[\w-]+\s+)?(?:{_COMPARED})\b)" for there in _THERE),
            r"(?<=\bin )none(?=\s*[.,;)])",
            r"none(?=\s+(?:of|had|was|were|did)\b)(?!\s+of\s+(?:these|those|them|which)\s*[.,;:)])",
        ),
        "",
    ),
    multiples=r"a\s+dozen|hundred|thousand|million|dozen|and\s+a\s+half|fold",
    shares=dict.fromkeys(
        (
            r"(?:an?|one|two|three|four)[- ](?:third|quarter|fifth|tenth)s?(?!\s+of\s+all\b)",
            r"half(?!\s+a\s+dozen\b)",
        ),
        "",
    ),
    relations=dict.fromkeys(
        (
            *("over", "about", "approximately", "almost", "nearly"),
            *("at least", "more than", "fewer than"),
        ),
        "",
    ),
    date=rf"(?:\d{{1,2}}\s+)?(?:{_MONTHS})\s+(?:\d{{1,2}},\s+)?\d{{4}}",
    referred=r"tables?|figures?|figs?\.|box|supplement\w*|ref(?:erence)?s?",
    units={"year": "years?", "month": "months?", "week": "weeks?", "day": "days?"},
    statistics={
        "median": "medians?",
        "mean": "means?|average",
        "sd": "SD|standard deviation",
        "p25": "IQR|interquartile(?: range)?|quartiles",
        "min": "rang(?:e|ing|ed)|var(?:y|ying|ied)|minimum|lowest|youngest|shortest",
        "max": "maximum|highest|oldest|longest",
    },
    headers={
        "median": r"\bmedians?\b",
        "mean": r"\b(?:means?|average)\b",
        "sd": r"\bsd\b|standard deviation|\N{PLUS-MINUS SIGN}",
        "p25 p75": r"\b(?:iqr|interquartile|quartiles?)\b",
        "min max": r"\b(?:range|min|minimum)\b",
        "count": r"\b(?:n|no\.|number) \(%\)",
        "percent": r"%",
    },
    interval="CIs?|confidence intervals?",
    events={
        "harms": ("adverse event", "adverse effect", "adverse reaction", "side effect"),
        "harms_serious": ("serious adverse event", "serious adverse reaction"),
        "harms_related": ("related adverse event", "drug-related adverse event"),
    },
    any_of=r"any|at least (?:one|1)|one or more|patients with|\N{GREATER-THAN OR EQUAL TO}\s?1",
    p_value=r"(?:values?)?\s*(?:of|was|is)?",
    level="considered|regarded|deemed|threshold|level of significance|alpha",
    patients=(
        "patients|participants|subjects|cases|people|children|infants|adolescents|adults"
        "|eyes|knees|hips|ears|limbs"
    ),
    not_counted="in|of|for|with|among",
    pronouns="it|its|this|these|the (?:score|index|difference)",
    of_one="he|him|his|she|her|hers",
    change=(
        "(?:change|reduction|increase|decrease|difference|improvement|decline|drop|fall|gain|rise)s?"
    ),
    apart="differences?",
    moves={
        "improved": "improv(?:ed?|ing|ements?)|benefit(?:t?ed|(?<=not benefit))",
        "worsened": "worsen(?:ed|ing)|deteriorat(?:ed|ion)",
        "fell": (
            r"fewer(?=\s[^.;]{0,60}\b(?:than|after)\b)|(?<=\bhad a )(?:lower|shorter|smaller)"
            r"|lower(?=\s+dose)"
            r"|fell|falls?|fallen|decreas(?:ed?|ing)|declin(?:ed?|ing)"
            r"|drop(?:ped|ping)?|reduc(?:ed|tion|ing)"
        ),
        "rose": (
            r"rose|risen|increas(?:ed?|ing)|(?<=\bhad a )(?:higher|longer|larger|greater)"
            r"|higher(?=\s+dose)"
        ),
        "unchanged": "unchanged|did not change|stayed the same",
        "responded": "(?:non-?)?respond(?:ed|ers?|(?<=not respond))",
    },
    moved_by="by",
    or_more="or (?:more|greater|above|higher)",
    without=r"no|without|(?:not|n't)(?:\s+\w+)?\s+any|free of",
    denies="did not|didn't|not|never|failed to|without",
    everybody="all(?: of)?(?: the| our| these)?",
    but="but|except(?: for)?|apart from|save(?: for)?|with the exception of",
    whose="who|whose|that",
    of_these="(?:out )?of(?: (?:the|our|these|all))?(?: remaining)?",
    among="of|among",
    whole="total|series|identified|included|enrolled|recruited|studied",
    ceased=r"discontinu\w*|stop(?:s|p\w*)?|ceas\w*|not|never|without|off",
    respond=("responded", "responder", "benefited", "benefitted"),
    respond_not=(
        *("no response", "not responded", "non-responder", "nonresponder", "did not respond"),
        *("failed to respond", "did not benefit"),
    ),
    available="(?<!not )available",
    missing=(
        "missing|unavailable|unknown|not (?:available|known|measured|recorded|determined|assessed)"
    ),
    during="for|within|over|during|after|before|every|of|at|first|last|next",
    other_study=(
        r"(?:in|from|by|to|with|of) an?\s+(?:[\w-]+\s+){0,3}?"
        r"(?:trial|study|series|cohort|registry|review|meta-analysis)|(?:in|by) (?:the )?trials?"
        r"|(?:previous|earlier|prior|other|published)\s+(?:[\w-]+\s+)?"
        r"(?:trials?|study|studies|series|reports?|authors)|et al|elsewhere|in the literature"
    ),
    own_study="our|ours|we|us|here|this (?:series|study|report)|(?:the )?present (?:series|study)",
    others="other|others|remaining",
    stops=("stopped", "discontinued", "withdrawn", "withdrew"),
    cause="after|because of|due to|owing to|following|on account of",
    had_by="in|by|were|was",
    consists=r"(?:consist\w*|compris\w*|includ\w*|had)(?:\s+of)?|of",
    starts="from",
    goes_to="to",
    versus=r"and|versus|vs?\.?|or",
    compared=r"compared (?:with|to)|versus|vs?\.?|as against",
    including="including",
    respectively="respectively",
    also="and|while|but|who|which",
    silent=frozenset(
        {"a", "an", "and", "at", "by", "daily", "dose", "in", "of", "on", "or", "the"}
    ),
    silent_alone=frozenset({"mg", "day", "month", "week", "year", "none", "no", "yes"}),
    endings=("ions", "ion", "ed", "s"),
    sexes={"female": ("women", "girls"), "male": ("men", "boys")},
    before=("baseline", "before", "pre", "pretreatment", "prior", "initial", "screening"),
    after=(
        *("after", "current", "post", "posttreatment", "follow-up", "followup", "final", "end"),
        *("last visit", "last follow-up"),
    ),
    significance=(
        r"(?:(?:no|not|non|neither|without|nor|never|did not|failed to)[\s-]+(?:[\w-]+\s+){0,3}?)?"
        r"(?:statistical(?:ly)?\s+)?(?<!clinically )(?:non-?|in)?significan(?:t(?:ly)?|ce)"
        r"(?:\s+(?:[\w-]+\s+)?(?:difference|change)s?)?(?:\s+was(?:\s+not|n't)\s+\w+)?"
        r"|did(?:\s+not|n't) differ(?!\s+(?:statistically\s+)?significan)"
    ),
    denied=r"\b(?:no|not|non|neither|without|nor|never|failed)\b|insig|nonsig|n't\b",
    everyone=r"all(?:\s+of\s+the)?(?=\s+(?:the\s+)?(?:patients|participants|subjects|cases|children)\b)",
    absence=r"lack(?:ed|s|ing)?(?:\s+of)?(?=\s+\w)|(?:ab)?normal(?:ised|ized)?|absence\s+of",
    ages=("younger", "older", "elderly"),
    members=(
        *("patient", "participant", "child", "children", "adult", "group"),
        *("eye", "eyes", "knee", "knees", "hip", "hips"),
    ),
    between_groups=(
        r"(?:between|across) (?:the )?(?:two |both )?(?:[\w-]+ )?(?:groups|arms|cohorts)"
    ),
    against=r"vs?\.?|versus|compared with",
    of_them=r"of (?:them|these|whom)(?: (?:with|in|from|had|were))?",
    none_of_these=r"none of (?:these|those|them)|neither",
    lacking=("{} free", "free of {}", "free from {}", "without {}", "no {}"),
    lacking_ends="within|at|in|during|after|by|over|for",
    more="(?:larg|great|small|high|low|long|short|old|young)er|(?:more|less) [a-z]+",
    most_often=r"(?:was|were) (?:the )?most (?:common|frequent)(?:ly \w+)?",
    response="respon(?:se|ders?)",
    either="or",
    age=("age", "age at baseline"),
    that_of="(?:that|those) of",
    below=r"below|under|(?:less|fewer|lower) than",
    above=r"above|over|exceeding|(?:more|greater|higher) than",
    or_less="or (?:less|fewer|lower|below)",
    the="the|these|those|our",
    groups="groups|arms|cohorts",
    analysed=(
        "analy[sz]ed|evaluable|assessable|evaluated|complete data|seen|assessed|examined"
        "|(?:both|paired) (?:values|visits|measurements|assessments)"
    ),
    apposed=(
        r"(?:both|all|each)\s+(?:with|of|in|from|on|\w*men)"
        r"|an?\s+(?:[\w-]+\s+){0,2}?(?:man|woman|boy|girl|child|infant)"
    ),
    kinds=("disease", "form", "type", "ones"),
    with_both=(
        r"(?:both|paired|complete)\s+(?:the\s+|two\s+)?"
        r"(?:values|visits|measurements|assessments|data|time[- ]?points)"
    ),
    former="the former",
    latter="the latter",
    likewise="(?:did|had|were|was)(?: so)?",
    gained="gain(?:ed|s)?",
    lost="lost|lose",
    was=("was", "were", "is", "are"),
    differed="differ(?:ed|s)?",
    fewer="fewer|less|lower|shorter|more|higher|longer|greater",
    occurrences="events?|reactions?",
    continues=(
        *("continued", "ongoing", "continued treatment", "still on treatment"),
        *("stayed on treatment", "remained on treatment"),
    ),
    both_of_these="both",
)
