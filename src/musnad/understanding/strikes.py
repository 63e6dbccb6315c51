"""The expressions of what war is told by: who attacks, what is attacked, who dies, and of what.

A force is a body or a state with its arms before it («طائرات …»), the arms of a nation («مقاتلات تركية») or a
band, fighters without a name («فصائل معارضة»); an aim is a target, a noun for a thing or for people with its
adjectives and whose it is («مواقع عسكرية لـ…»), or the names of places or a body; a site is a thing that lies
somewhere, put alike. Foes are the bodies and states of one side of a battle. A toll is a number and whom
it counts («ستة عناصر»), and a second one («وإصابة …»); a blow is a noun for a deed («قصف جوي») or an event.
Chosen over (a) the name that stands last, which takes the owner of a position for the position, and (b) any
words after the verb, which have no end.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from typing import Final

from musnad.folding import fold
from musnad.understanding.expressions import alternatives

STRIKES: Final = frozenset(
    {
        "FORCE",
        "AIM",
        "TARGET",
        "SITE",
        "CRAFT",
        "TOLL",
        "DEAD",
        "VICTIMS",
        "BLOW",
        "BAND",
        "FOE",
        "FOES",
        "ARMS",
    }
)
HEADS: Final = ("targets", "blows", "bands", "sites", "planes")  # word lists of what may come first
TOLLS: Final = ("killings", "fall")  # word lists of what a second toll begins with
_PLAIN: Final = r"(?:(?![<,.:;()“”؟]|[وف]\+|[وف]?(?:الذي|التي|الذين|ب?ان) )[^ ]+ )"  # no who, no that
_CLOSED: Final = (
    r"(?!(?:في|من|الي|علي|مع|قرب|بعد|قبل|خلال|ضد|عن|منذ|حتي|حول|لدي|عبر|مثل|تحت|مقربه) "  # prepositions
    r"|(?:فيما|حيث|ثم|هو|هي|كان|كانت) |و\w|بين\w* |منه\w+ |ابرز\w+ )"  # then, is, was; among them
)
_NO_ADJECTIVE: Final = (
    r"(?!(?:الاثنين|الماضي\w*|الجاري\w*|المقبل\w*|الليله) )"  # Monday, last, next
    r"(?!(?:غداه|عشيه|نتيجه|بغيه|طيله|ال(?:قاضي|قيادي|محامي|صحافي|صحفي)) )"  # after, because of; the judge, …
    r"(?!(?:علي|الي|التي|الذي|الذين|لدي|حتي|بين|فيه|منه|"  # on, to, who, at, until, between, in it, of it
    r"سيطره|سيطرته|سيطرتها|"  # (areas) of the control of
    r"تابعه|التابعه|تابعين|ادي|اودي|[يت]ودي|"  # belonging to, led to
    r"(?:ال[ذت]ي )?[يت]?(?:نفذ|شن)ت?(?:ه|ها)) )"  # that X carried out
)
_ADJECTIVE: Final = rf"(?:{_NO_ADJECTIVE}(?!ي\w+ه |\w+(?:ون|ته|تها) )[^\W\d_]{{2,}}(?:ي|يه|يين|ين|ه|يا) )"
_MADE: Final = rf"(?:{_NO_ADJECTIVE}[^\W\d_]{{3,}}ي(?:ه|تين)? )"  # military, of a nation
_OF_BANDS: Final = (  # unknown, masked, Kurdish, Arab, foreign, extremist, loyal
    r"(?:مجهولون|ملثمون|اكراد|عرب|اجانب|متطرفون|متشددون|اسلاميون|موالون|معارضون|يهود|محليون) "
)
_CONTROL: Final = r"(?:(?:سيطره|نفوذ|تمركز|تواجد|انتشار|تحصن) )?"  # (areas) of the control of
_OWNER: Final = (
    rf"(?:(?:تابعه?|التابعه?|تابعين|التابعين|تابعتين) )?{_CONTROL}"
    r"(?:لل?\+ )?<[OP]\d+> (?:و\+ <O\d+> )?"  # belonging to
)
_NO_OWNER: Final = (  # no day, no «who», no «to», «now», «except»
    r"(?!سبت |احد |اثنين |ثلاثا |اربعا |خميس |جمعه |يوم |ليله |ماضي|اسبوع |شهر |عام |ساعه "
    r"|تي |ذي |ذين |ي |ان |ا )"
)
_UNDEFINED: Final = "(?!ال|لل|[^ ]*ا )"  # a noun that may stand before its owner: no article, no case ending
_DEFINED: Final = "(?=ال|لل|[^ ]*ا )"  # any other
_CONSTRUCT: Final = (  # (the seat) of the national security, (the house) of the minister of the interior
    r"(?:(?:(?:رييس|وزير|قايد|زعيم|محافظ|مدير|حاكم|نايب) )?"
    rf"ال{_NO_OWNER}[^\W\d_]{{2,}} (?:ال[^\W\d_]{{2,}}(?:ي|يه) )?)"
)
_WHOSE: Final = (
    rf"(?:{_OWNER}|لل\w{{4,}} (?:ال[^\W\d_]{{3,}}يه )?"
    rf"|(?:من )?{_CONTROL}ال[^\W\d_]{{4,}}(?:ين|ه|ات|ل) "  # of the
    rf"(?:{_NO_ADJECTIVE}ال[^\W\d_]{{2,}}(?:ي|يه) )?)"
)
_NO_AIM: Final = r"(?!\d|[^ ]*(?:اهداف|مواقع|موقع|مقار|مقر|نقاط|نقطه|معسكر|تجمع|قري))"  # aims, posts
_MEANS: Final = (  # in order to; with tanks, vehicles, aircraft, shells: what is used, not attacked
    r"بهدف |ب(?:ال)?(?:دباب|الي|طاير|سيار|مدرع|عرب|زوارق|قوارب|قذاي?ف|قوات|عناصر|مركب|شاحن|صواريخ|مقاتل)\w* "
)
_TYPE: Final = (  # of a plane: without a pilot, of the make …
    r"(?:\( [^)]{1,12}\) |(?:من دون|دون|بدون) طيار |(?:من طراز )?[^\W\d_]{1,4} (?:- )?\d+ )"
)
_FEW: Final = r"(?:(?:ثلاث|اربع|خمس|ست|عده|\d+) )?"  # so many planes
_HEAD: Final = "(?:ال|لل|ل|ب)?(?:{}) "
_AREA: Final = r"(?:مناطق|منطقه|اماكن|احياء|اجزاء|مساحات|قري|بلدات)"  # areas, places, quarters, villages …
_PART: Final = (  # around, the edges of, the country of, the town of; the northern edges of
    r"(?:(?:محيط|اطراف|ريف|جرود|ضواحي|وسط|شمال|جنوب|شرق|غرب|بلدتي|بلدات|قريتي|قري|مدينتي|منطقتي|"
    r"بلده|قريه|مدينه|منطقه|حي|احياء|(?:الاطراف|الاحياء|الجهه) \w+ (?:من )?) ?)"
)
_IN_AREA: Final = rf"ل?{_AREA} (?:اخري )?(?:في |ب\+ |(?=بمحيط|باطراف|بريف|بجرود)ب){_PART}{{0,2}}"  # other; in
_SOMEWHERE: Final = (  # areas in the hills of the …, in the town, where no name tells
    rf"(?:{_AREA} (?:اخري )?"
    r"(?:في (?!ال(?:وقت|يوم|ايام|شهر|سابق|ماضي|بلاد|اطراف|احياء|جهه) )"
    r"(?:ال\w{3,} |[^\W\d_]{3,} (?!التي|الذي|الي)ال\w{3,} )"
    r"(?!<[LOP]|ل\+))|(?:محيط|اطراف|ضواحي) ال\w{3,} "
    rf"{_ADJECTIVE}?(?!<[LOP]|ل\+))"  # around the town
)
_NOUN: Final = (
    r"(?:(?!و|(?:في|من|علي|الي|عن|جراء|اثر|خلال|بينهم|بين|امس|اليوم|"  # in, from, of, among, today
    r"بالاضافه|اضافه|فضلا|علاوه|بجروح|بجراح|حتفهم|مصرعهم) )"  # besides, wounds, their deaths
    r"[^\W\d_]{3,} )"
)
_COUNTED: Final = (
    r"(?:(?:اكثر|ازيد) من |نحو |حوالي |عشرات |مييات |عده |\d[\d.,]* |\w{3,}ه (?=\w+ات ))"  # how many
)
_NO_DEAD: Final = r"(?!(?:ال)?(?:عشرات|قتلي|جرحي|ضحايا|شهدا|مييات|عدد|عديد|اكثر|نحو|بعض)\b)"  # the fallen
_PEOPLE: Final = r"(?:ال[^\W\d_]{3,}يين )"  # a people
_LED: Final = (  # that X leads, led by X
    r"(?:(?:الذي|التي) [يت]قود\w+ <[OL]\d+> |(?:بقياده|بزعامه) (?:<[OL]\d+> |[^\W\d_]+يه? ))"
)
# The fall, the crash, the collapse of something.
_FALLING: Final = rf"(?:سقوط|استهداف|تحطم|انهيار) {_COUNTED}{{0,2}}{_NO_DEAD}[^\W\d_]{{3,}} "
_OF_NATION: Final = (  # «Turkish» after those who fell, and no noun with a preposition
    r"(?:(?!و|(?:في|حوالي|التي|الي|علي|لدي|حتي|يلي) |[بل]?(?:حي|قري|بلد|مدين|منطق)\w* )"
    r"(?![بل](?!ناني|يبي|ريطاني|حريني|لجيكي|ولندي)\w+ |(?:جندي|شرطي|ضابط)ين )"  # nor two others
    r"[^\W\d_]{3,}(?:ي|يه|يين|يا|يان|يتين|يون) )"
)
# No «commander of the …», but «a soldier on Monday».
_NO_OFFICE: Final = (
    r"(?!<[OLE]|ال(?!سبت|احد|اثنين|ثلاثا|اربعا|خميس|جمعه|يوم|ماضي))"  # no «commander of the …»
)
_NO_RANK: Final = (  # whose name follows: the colonel, the officer, the journalist, the judge …
    r"(?!ال(?:عقيد|عميد|رايد|نقيب|مقدم|ملازم|ضابط|قايد|شيخ|شاب|زعيم|مسوول|جنرال|رقيب|داعيه|امام|رجل|طفل|"
    r"صحافي|صحفي|قيادي|قاضي|محامي|ناشط|مصور|مراسل|كاتب|مواطن) )"
)
_LEAST: Final = "(?:علي الاقل )"  # at least


def strike(kind: str, lists: Mapping[str, Sequence[str]]) -> str:
    """Return the expression of a target, a toll, a blow or a band of fighters in a line of tokens.

    >>> import re
    >>> lists = {"targets": ["مواقع"], "numbers": ["#", "ستة"], "casualties": ["عناصر"], "blows": ["قصف"]}
    >>> re.match(strike("TARGET", lists), "مواقع عسكريه ل+ <O3> في ").group()
    'مواقع عسكريه '
    >>> re.match(strike("TOLL", lists), "سته عناصر من ").group()
    'سته عناصر '
    """
    if kind == "FORCE":
        return _force(lists)
    if kind == "AIM":
        target = strike("TARGET", lists)
        lead = rf"(?:(?!{_HEAD.format(alternatives(lists['targets']))}){_CLOSED}{_PLAIN})"
        more = rf"(?:(?:(?:, )?و\+ |, )(?:{lead})?<L\d+> |و\+ <O\d+> |(?:, )?و{_IN_AREA}(?:لل?\+ )?<L\d+> )*"
        leads = rf"(?:(?<!,[ ])(?:{_CLOSED}{_PLAIN}){{2,3}}?|(?:{_CLOSED}{_PLAIN})?)"  # after a comma but one
        names = rf"(?:[بل]?{_AREA} و{_AREA} |{leads})(?:{_IN_AREA})?(?:لل?\+ |ب\+ )?<[LO]\d+> {more}"  # in
        return rf"(?:{_PEOPLE}|{lead}{{0,2}}?{target}|{names})(?!\) )"
    if kind == "SITE":
        head = _HEAD.format(alternatives(lists["sites"]))
        head = rf"(?:(?:{alternatives(lists['numbers'])}) )?{head}"
        head = rf"{head}(?!(?:لل?\+ |ب\+ )?<L)"
        return _things(head, "(?!)", rf"{_ADJECTIVE}{{1,2}}|{_WHOSE}", end="")
    if kind == "CRAFT":
        return rf"(?>{_HEAD.format(alternatives(lists['planes']))}{_MADE}{{0,2}})"
    if kind == "TARGET":
        joint = rf"(?:{_ADJECTIVE}?و(?:{alternatives(lists['targets'])}) )"  # «gatherings and posts of»
        head = rf"(?!{_IN_AREA}(?:لل?\+ )?<L|{_MEANS}){_HEAD.format(alternatives(lists['targets']))}"  # in
        head = rf"{head}(?!{joint}{{1,3}}(?:لل?\+ )?<L){joint}{{0,3}}"
        head = rf"{head}(?!(?:لل?\+ |ب\+ )?<L)"
        member = r"من (?:<[OP]\d+> |ال\w{4,} )"  # fighters, members of
        members = rf"(?<=ين[ ]){member}|(?<=عناصر[ ]){member}"
        whose = rf"{_ADJECTIVE}{{1,2}}|{_WHOSE}"
        return rf"(?>{_SOMEWHERE}|{_things(head, members, whose)})"
    if kind == "BAND":
        kind_of_place = r"(?!(?:قريتي|بلدتي|مدينتي|حيي) )"  # the two villages, towns, quarters of
        adjectives = rf"(?:{kind_of_place}(?:{_ADJECTIVE}|{_OF_BANDS})){{0,2}}"
        head = rf"(?!الانتحاري )(?:ال)?(?:{alternatives(lists['bands'])}) "  # an adjective of an attack
        return rf"(?>{head}{adjectives})(?!(?:من )?(?:لل?\+ )?<O)"
    if kind in {"FOE", "FOES"}:
        return _foes(one=kind == "FOE")
    if kind == "ARMS":
        return _arms(alternatives(lists["means_of_attack"]))
    if kind == "BLOW":
        return rf"(?:<E\d+> |{_FALLING}|[بل]?(?:ال)?(?:{alternatives(lists['blows'])}) {_ADJECTIVE}{{0,2}})"
    return _toll(kind, lists)


def _things(head: str, members: str, whose: str, end: str = "(?!<L)") -> str:
    """Return the expression of things and whose they are; a noun without article may stand before its owner.

    The group `bare` is set before such a noun, so that the head, which is long, stands in it once.
    """
    owner = rf"(?>(?:{whose}|(?(bare){_CONSTRUCT}|(?!)))?)"
    return rf"(?>(?:(?P<bare>{_UNDEFINED})|{_DEFINED}){head}(?:{members}|{owner}{end}))"


def _toll(kind: str, lists: Mapping[str, Sequence[str]]) -> str:
    """Return the expression of a toll of several parts, of one (`VICTIMS`), or of the dead (`DEAD`)."""
    number = rf"(?:(?!عدد ال)(?:{alternatives(lists['numbers'])}) (?:و\d[\d.,]* )?)"  # no «the number of the»
    casualty = rf"(?:ال)?(?:{alternatives(lists['casualties'])}) "
    whole = rf"(?:(?!ال){_NOUN}ال[^\W\d_]{{2,}} |{_NOUN})"  # the
    of_them = rf"(?:{_LEAST}?من (?:{whole}(?:<[OPL]\d+> )?|<[OP]\d+> ))"
    counted = rf"{number}{{1,2}}(?:{_NOUN}?{of_them}|{_NOUN}(?:في <[OP]\d+> )?)?"
    among = rf"(?:, (?:بينهم|منهم|بينها|منها) (?:{_PLAIN}){{1,6}}, )?"  # among them
    joint = alternatives([word for name in TOLLS for word in lists.get(name, ())] or ["اصابه"])  # hurting
    about = rf"(?:(?:{alternatives(lists.get('about_so_many', ['نحو']))}) )?"  # about
    second = rf"{among}و(?:{joint}) {about}(?:{number}{{1,2}}{_NOUN}?|{casualty})"
    hurt = rf"(?:ال)?(?:{alternatives(lists.get('dead', ['جريح']))}) "
    counting = rf"{_LEAST}?(?:(?:بينهم|منهم) (?:{_PLAIN}){{1,3}})?"  # at least, among them
    more = rf"{counting}و{about}(?:{number}{{1,2}}(?:من )?|العديد من )?{hurt}"  # «11 dead and 18 hurt»
    more = rf"(?:{more}|و{hurt})"  # «the dead and the hurt»
    further = rf"(?:{second}|{more}){{0,2}}"
    if kind == "DEAD":
        return rf"(?>(?:{number}{{1,2}}(?:من )?)?{hurt}{_OF_NATION}?{of_them}?{further})"
    single = rf"{_NO_RANK}{casualty}{_NO_OFFICE}{_OF_NATION}?(?:(?:من|في) (?:{_NOUN})?<[OP]\d+> )?"
    return rf"(?>(?:{counted}{_OF_NATION}?|{single}){'' if kind == 'VICTIMS' else further})"


def _force(lists: Mapping[str, Sequence[str]]) -> str:
    """Return the expression of who attacks: bodies or states with their arms, a nation's arms, a band."""
    which = rf"(?:{_CLOSED}{_NO_AIM}{_PLAIN}){{0,2}}?{_TYPE}?"
    arms = rf"(?:{_FEW}(?:{alternatives(lists['forces'])}) {which}(?:(?:تابعه )?(?:من |لل?\+ ))?)?"
    own = rf"(?:{alternatives(lists.get('armed_men', ['عناصر']))}) (?:{_TYPE}|{_ADJECTIVE})?"
    belonging = alternatives(lists.get("belonging", ["تابعه"]))
    of_them = rf"(?:{belonging}) (?:لل?\+ |الي |في |تحت (?:لوا )?)|(?<!قوات[ ])(?:من|في) "  # belonging to, of
    theirs = rf"{own}(?:{of_them})<O\d+> "  # armed men who belong to
    tails = alternatives(lists.get("force_tails", ["الموالية"]))
    members = alternatives(lists.get("members_of", ["تابعه"]))
    member = rf"(?:{members}) (?:لل?\+ |الي |في |تحت (?:لوا )?)(?:{_CLOSED}{_PLAIN}){{0,2}}?<O\d+> "
    tail = rf"(?:{_LED}|{member}|(?:{tails}) (?:لل?\+ |من |ب\+ |مع )(?:{_CLOSED}{_PLAIN})?<[OLP]\d+> )?"
    own_arms = rf"(?:و\+ |و(?:{alternatives(lists['forces'])}) )"  # and, and the fighters of
    named = rf"{arms}<[OL]\d+> (?:(?:, )?{own_arms}<[OL]\d+> ){{0,2}}{tail}"
    number = rf"(?:{alternatives(lists['numbers'])}) "
    kinds = rf"(?:(?!{number}){_NO_AIM}{_ADJECTIVE}){{1,3}}"
    craft = rf"(?:لل|ل)?(?:{alternatives(lists['air_forces'])}) "
    nation = rf"(?:{number})?{craft}{_TYPE}?{kinds}{_TYPE}?"
    theirs = rf"(?:{theirs}|{craft}(?:{kinds})?(?:{belonging}|التابع|تابع) (?:لل?\+ |الي |في )<O\d+> )"
    whose = rf"(?:{alternatives(lists.get('own_forces', ['قوات']))}) (?:ال\w+ ){{0,3}}<P\d+> "  # X's forces
    return rf"(?:{theirs}|{named}|{nation}|{whose}|{strike('BAND', lists)})"


def _arms(weapons: str) -> str:
    """Return the expression of what is attacked with: «بأربعة براميل متفجرة», «بالصواريخ وقذائف المدفعية»."""
    so_many = r"(?:ب[^ ]+ (?:من |\d[\d.,]* |[^ ]+ه ){0,2}?(?:ال)?|ب\+ \d[\d.,]* |ب(?:ال)?)"
    kinds = r"(?:(?:ال)?[^\W\d_]{3,}(?:يه|ي|ه|ين|ات) |من (?:طراز|نوع|عيار) [^ ]+ ){0,2}?"
    first = rf"{so_many}(?:{weapons}) {kinds}"
    return rf"(?:{first}(?:(?:, )?و(?:ب)?(?:ال)?(?:{weapons}) {kinds}){{0,3}}?)"


def _foes(*, one: bool) -> str:
    """Return the expression of one side of a battle, or of whoever stands last and on no side («من جهة»)."""
    foe = rf"(?:{_CLOSED}{_PLAIN}){{0,3}}?<[OLP]\d+> "
    joined = rf"(?:(?:, )?و\+ |, |(?:, )?(?=و[^ +]+ )(?!و(?:بين|من|في|علي|قد|هو|هي|ذلك) ){_PLAIN})"
    if one:
        return rf"(?>{foe}(?:(?:, )?و\+ {foe})*)(?!{_PLAIN}{{0,2}}من (?:جهه|طرف|جانب) )"
    others = rf"{joined}(?:{_CLOSED}{_PLAIN}){{0,3}}?"  # «and armed men loyal to them»
    named = rf"{foe}(?:{_CLOSED}{_PLAIN}){{0,2}}?"
    return rf"{named}(?:{joined}{named}|{others}){{0,5}}?"


def in_subject_case(words: str, heads: Set[str]) -> str:
    """Return words as a subject would be written; `heads` are those that may come first.

    >>> in_subject_case("لمواقع عسكرية", {"مواقع"}), in_subject_case("مركزاً تركياً", {"مركز"})
    ('مواقع عسكرية', 'مركز تركي')
    """
    first, blank, rest = words.partition(" ")
    for fused, plain in (("", ""), ("بال", "ال"), ("لل", "ال"), ("ل", ""), ("ب", "")):  # with the, to the …
        word = plain + first.removeprefix(fused)
        for end in ("اً", "ًا", "ا", ""):  # case endings
            stem = word.removesuffix(end)
            if first.startswith(fused) and word.endswith(end) and fold(stem).text.removeprefix("ال") in heads:
                return stem + blank + (_without_endings(rest) if end else rest)
    return words


def _without_endings(words: str) -> str:
    """Return words without the case endings of the adjectives that they begin with («تركياً»)."""
    adjective, blank, rest = words.partition(" ")
    for end in ("اً", "ًا"):
        if adjective.endswith(end):
            return adjective.removesuffix(end) + blank + _without_endings(rest)
    return adjective.removesuffix("ا") + blank + rest if adjective.endswith("يا") else words
