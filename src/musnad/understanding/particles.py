"""The few letters and particles of Arabic that the code itself must know; every other word is in YAML.

All are folded: hamza, ya and ta marbuta are written in their plainest form.
"""

from __future__ import annotations

from typing import Final

CONJUNCTIONS: Final = "وف"  # «and», «so», written on the next word
AND: Final = "و"  # and
AND_NAME: Final = "و+"  # and, before a name
SO: Final = "ف"  # so
ARTICLE: Final = "ال"  # the
TO_A: Final = "ل"  # to, written on the next word
TO_THE: Final = "لل"  # to the
DELEGATION: Final = "وفد"  # delegation
WITH: Final = "ب"  # with, in
WITH_WHOM: Final = "مع"  # with, beside
_OF_AN_OBJECT, _CASED = "ا", 5  # ending of an indefinite object, letters of a word that has it
TO: Final = frozenset({"ل+", "لل+"})  # «to» before a name
CLITICS: Final = TO | {"ب+", "ك+", "بال+", "كال+"}  # to, with, as: written on a name
IN: Final = "في"  # in
SO_HAS: Final = frozenset({"فقد", "فان", "فانه", "فانها"})  # so … has, so that: after «according to X»
DID_NOT: Final = "لم"  # did not
IN_A_TEXT: Final = frozenset({"في", "خلال", "عبر", "عقب", "بعد"})  # in, during, through, after
ON: Final = "علي"  # on; of duties: ought to
EACH_OF: Final = ("كل", "من")  # each of: «said each of X and Y»
IN_A_WAY: Final = frozenset({"بشكل", "بصوره"})  # in a … way, manner
THIS: Final = frozenset({"هذا", "هذه"})  # this
THESE_MANY: Final = frozenset({"هولاء", "اولئك"})  # these, those people
FROM: Final = "عن"  # from, about
FROM_HIM: Final = frozenset({"عنه", "عنها", "عنهم"})  # from him, her, them
QUOTING: Final = "نقلا"  # quoting
HAD: Final = "قد"  # had, makes the past perfect
WAS: Final = frozenset({"كان", "كانت", "لقد", "قد"})  # was, has
LISTING: Final = frozenset({"هم", "هي", "هما", "منهم", "منها", "بينهم", "بينها"})  # they are, of them …
ANY: Final = "اي"  # any
FIRST: Final = "اول"  # first: of «the day before yesterday»
YESTERDAY: Final = "امس"  # yesterday
WHAT: Final = "ما"  # what
CALLED: Final = frozenset({"يسمي", "تسمي", "سمي", "يعرف", "تعرف", "يدعي"})  # is called, known as
WAW_VERBS: Final = frozenset(  # verbs whose first letter is no «and»
    {
        *("وافق", "وافقت", "وصف", "وصفت", "واصل", "واصلت"),  # agreed, described, went on
        *("وعد", "وعدت", "وجه", "وجهت", "وقع", "وقعت"),  # promised, addressed, signed
    }
)
WHO: Final = frozenset({"الذي", "التي", "الذين", "اللذين"})  # who, which
SOURCES: Final = "مصادر"  # sources
SAME: Final = frozenset({"ذاته", "نفسه", "عينه", "ذاتها", "نفسها"})  # the same
THAT: Final = frozenset({"ان", "بان"})  # that
BUT: Final = frozenset(  # but, but he, she, they, I, we
    {"لكن", "لكنه", "لكنها", "لكنهم", "لكنني", "لكني", "لكننا", "لكنا"}
)
BUT_PRONOUN: Final = BUT - {"لكن"}  # but he, she, they, I, we
AS_FOR: Final = frozenset({"اما"})  # as for
MEANWHILE: Final = frozenset({"كما", "فيما", "بينما"})  # as, while
NEGATIONS: Final = frozenset({"لا", "لن", "لم", "ليس", "ليست"})  # not: present, future, past, is not
IS_NOT: Final = frozenset({"ليس", "ليست"})  # is not
HE_SHE: Final = frozenset({"هو", "هي"})  # he, she, it is
BECAUSE: Final = "لان"  # because
SAYS_THAT: Final = "ان"  # that
THAT_CLAUSE: Final = THAT | {"انه", "انها", "انهم", "انهما", "بانه", "بانها", "بانهم"}  # that, that he, she …
OF_SPEAKER: Final = frozenset(  # that he, she, they, both, I, we
    {"انه", "انها", "انهم", "انهما", "انني", "اننا", "بانه", "بانها", "بانهم"}
)
HE: Final = "ي"  # he does: first letter of the present
WE: Final = "ن"  # we do
I_DO: Final = "ا"  # I do
HIS_SAYING: Final = frozenset({"قوله", "قولها", "قولهم"})  # his, her, their saying
US: Final = "نا"  # we did: ending; our
THAT_NOT: Final = "الا"  # that … not
WHETHER: Final = frozenset({"هل", "ماذا"})  # whether, what
TURNS: Final = WHO | {"حيث", "لكن", "بل", "وهو", "وهي", "مما", "ما"}  # where, but, rather, and he, which
AGO: Final = frozenset({"قبل", "منذ", "خلال"})  # before, since, during
ABOUT_TO_ON: Final = frozenset({"عن", "الي", "علي", "ب+"})  # about, to, on, with
TOWARDS: Final = "الي"  # to
TO_ON_ABOUT: Final = frozenset({"علي", "الي", "عن"})  # on, to, about
PLACES: Final = frozenset({"في", "من", "داخل", "ب", "ل", "لدي", "ضمن"})  # in, from, inside, with, to, at
IN_FOR: Final = frozenset({"علي", "الي", "في", "ل+", "لل+"})  # on, to, in, for
ASIDE: Final = frozenset({"وذلك", "ذلك", "بهدف", "بعيدا", "وسط"})  # and that, in order to, far from, amid
STATEMENT: Final = "بيان"  # statement
PLURAL_VERBS: Final = ("وا", "ون")  # endings: they did, they do
SEVERAL_VERBS: Final = (*PLURAL_VERBS, "ان", "تا")  # the same, and of two: they do, they did
PLURALS: Final = ("ون", "ين")  # endings of sound plurals, subject and object
PLURAL_ENDINGS: Final = ("ون", "ين", "و", "ي")  # the same, and before a possessor
PLURAL_CONSTRUCT: Final = "ممثلي"  # representatives of
FEMININE_PAST: Final = "ت"  # ending: she did
FEMININE: Final = "ه"  # ending of feminine nouns and adjectives, folded
CASE: Final = "ا"  # ending of the accusative without the article
FEMININE_PLURAL: Final = "ات"  # ending of feminine plurals
ADJECTIVE_ENDINGS: Final = ("يين", "يون", "يه", "ي")  # of adjectives of relation
PLACE_ENDINGS: Final = ("يا", "ا", "ه")  # of places, dropped before the ending of an adjective
PRONOUNS: Final = ("ه", "ها", "هم", "هما")  # his, her, their, their (two)
_BARE_ACTS: Final = (  # commitment, joining, meeting, appeal, cancelling, obliging, giving …
    *("التزام", "التحاق", "التقاء", "التماس", "الغاء", "الزام", "القاء", "الحاق", "الحاح"),
)
_LIKE_ARTICLE: Final = tuple({word[:4] for word in _BARE_ACTS} | {AND + word[:4] for word in _BARE_ACTS})
PARTICIPLE: Final = "م"  # first letter of derived participles
COMMAS: Final = frozenset({",", ";", "؛"})  # a comma is folded, an Arabic semicolon is not
SENTENCE_ENDS: Final = frozenset({".", "؛"})  # between two sentences of one quotation, or two clauses
QUESTION_MARKS: Final = frozenset({"؟", "?"})  # the Arabic question mark
MONTHS: Final = (  # January to December, as Levantine pages print them
    *("كانون الثاني", "شباط", "آذار", "نيسان", "أيار", "حزيران"),  # January to June
    *("تموز", "آب", "أيلول", "تشرين الأول", "تشرين الثاني", "كانون الأول"),  # July to December
)


def without_conjunction(word: str, least: int = 2) -> str:
    """Return a word without «and» or «so» written on it, if more than `least` letters.

    >>> without_conjunction("وقال")
    'قال'
    """
    return word[1:] if len(word) > least and word[0] in CONJUNCTIONS else word


def without_article(word: str) -> str:
    """Return a word without a conjunction and the article; short words stay.

    >>> without_article("والصحفي")
    'صحفي'
    """
    word = without_conjunction(word, 4)
    return word[2:] if word.startswith(ARTICLE) and len(word) > 4 else word


def is_definite(word: str) -> bool:
    """Tell whether a word has the article.

    >>> is_definite("السوق"), is_definite("التزام"), is_definite("والغاء")
    (True, False, False)
    """
    if word.startswith(_LIKE_ARTICLE):
        stem = word.removeprefix(AND)
        return not any(stem in {noun, *(noun + tail for tail in PRONOUNS)} for noun in _BARE_ACTS)
    return word.startswith((ARTICLE, AND + ARTICLE))


def without_case(words: str) -> str:
    """Return the words for a source without the ending of an object («أن مصدراً قيادياً …»).

    >>> without_case("مصدرا قياديا في الجيش"), without_case("مصدر في تركيا")
    ('مصدر قيادي في الجيش', 'مصدر في تركيا')
    """
    plain = words.split(" ")
    for place, word in enumerate(plain):
        if not word.endswith(_OF_AN_OBJECT) or len(word) < _CASED or is_definite(word):
            break
        plain[place] = word.removesuffix(_OF_AN_OBJECT)
    return " ".join(plain)
