"""Names and sentences of invented listings. A few words are frequent and most are rare, as in what people write."""

_FIRST = """oak maple cedar birch willow elm ash pine stone river lake hill brook mill bridge north south west east green white black red silver
gold clear spring winter summer fair high low long new old king queen bishop clay sand salt iron copper deer fox wolf bear hawk eagle swan
heron crane amber coral ivory cliff harbor haven meadow orchard prairie canyon summit granite marble""".split()
_LAST = """field ford ton ville dale wood brook port bury ham ridge view crest grove point side land mont stead worth bourne combe shire
gate cross well moor shaw ley den""".split()
_START = "ab al am ar ba be bo bra ca che co da de do el fa fe ga go ha he jo ka ko la le lo ma me mi mo na no pa pe ra re ri ro sa so ta te ti va vi wa ze".split()
_END = "ber cker den der dez drick gan lan ler ley man mas mond nard nelli nez nson quez rel rez rick rino rri sen ski son tti vich vsky ward wick".split()
PLACES = [f"{first}{last}".capitalize() for last in _LAST for first in _FIRST]
PEOPLE = [f"{start}{middle}{end}".capitalize() for end in _END for middle in ("", "li", "ra", "no", "te") for start in _START]

_WHO = """families parents children caregivers adults teenagers siblings babies grandparents students toddlers patients survivors veterans
newcomers teachers nurses couples fathers mothers""".split()
WHAT = """support help care therapy equipment wheelchair ramp grant counseling respite advocacy training clinic group specialist transport
lodging insurance appeal medicine evaluation diagnosis school plan speech feeding breathing sleep seizure balance walking standing vision
hearing communication swallowing spasticity orthotics braces stroller van lift bathroom tablet device software camp recreation swimming
riding music art nutrition formula diapers housing rent utilities food childcare nursing aide waiver benefit tax trust guardianship
mediation hotline newsletter webinar library conference registry trial genetics testing imaging surgery rehabilitation hospice palliative
bereavement mentoring scholarship internship job coaching""".split()
HOW = """free local national virtual bilingual gentle practical trained experienced weekly monthly confidential accessible adaptive
intensive early lifelong emergency short longer individual small regional certified volunteer multidisciplinary pediatric neurological
developmental culturally responsive wheelchair-friendly low-cost sliding-scale insured private public residential mobile""".split()
_DOES = """offers gives lends funds arranges explains teaches organizes provides coordinates pays repairs matches reviews translates hosts
trains guides connects lists""".split()
_WHEN = """after a diagnosis|before the first visit|during a hospital stay|at home|at school|in the evening|on weekends|within two weeks|once a
year|while you wait|when insurance refuses|after discharge|in an emergency|before age three|after age twenty-one|by phone or video""".replace("\n", " ").split("|")
_TO_DO = """Call the office and ask for the intake worker|Fill in the form online|Ask your doctor for a referral|Write to the coordinator|Send a
letter of medical need|Register by e-mail|Ask the social worker at your hospital|Bring the latest report|Leave a message with your
number|Join the next open evening""".replace("\n", " ").split("|")
_ENDINGS = {
    "organization": "Foundation|Network|Alliance|Association|Family Circle|Society|Center|Coalition|League|Trust".split("|"),
    "service": "Clinic|Support Group|Helpline|Respite Program|Equipment Library|Therapy Center|Family Navigator|Transport Service".split("|"),
    "therapy": "Therapy|Training|Program|Technique|Device|Exercises".split("|"),
    "school": "Plan|Accommodation|Seating|Breaks|Evaluation|Transition Meeting".split("|"),
    "money": "Grant|Fund|Waiver|Benefit|Co-pay Program|Scholarship|Loan Program|Assistance".split("|"),
    "guide": "Guide|Handbook|Checklist|Questions to Ask|First Steps".split("|"),
}


def usual(chance, words):
    """One of some words, the first ones far more often than the last."""
    return words[int(len(words) * chance.random() ** 3)]


def name(chance, kind, about):
    """Of a listing of a kind; `about`: name of a condition, or empty."""
    whose = usual(chance, PLACES) if chance.random() < 0.5 else usual(chance, PEOPLE)
    middle = about if about and chance.random() < 0.4 else f"{usual(chance, HOW)} {usual(chance, WHAT)}".title()
    return f"{whose} {middle} {usual(chance, _ENDINGS[kind])}"[:200]


def sentence(chance):
    return (
        f"{usual(chance, PLACES)} {usual(chance, _DOES)} {usual(chance, HOW)} {usual(chance, WHAT)} and {usual(chance, WHAT)} for "
        f"{usual(chance, _WHO)} and their {usual(chance, _WHO)} {usual(chance, _WHEN)}."
    )


def paragraph(chance, sentences):
    return " ".join(sentence(chance) for _ in range(sentences))


def first_step(chance):
    return f"{usual(chance, _TO_DO)}, {usual(chance, _WHEN)}. Ask for {usual(chance, WHAT)}, and who can help with {usual(chance, WHAT)}."


def eligibility(chance):
    return f"{usual(chance, _WHO).capitalize()} and {usual(chance, _WHO)} who need {usual(chance, HOW)} {usual(chance, WHAT)} {usual(chance, _WHEN)}."
