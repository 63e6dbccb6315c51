"""Find where the object of a stance begins, and whether it is one.

«Demanded of X that …» demands what stands after X, «stressed the backing of its country for X» backs X, and
«refused to comment» rejects nothing. Chosen over (a) the word after the verb, which is as often whom or how,
and (b) the first name, which is mostly part of what is meant.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from musnad.folding import fold_name
from musnad.model import Mention
from musnad.understanding.modality import OF, has_cue
from musnad.understanding.particles import (
    ARTICLE,
    COMMAS,
    PLURAL_VERBS,
    PLURALS,
    PRONOUNS,
    THAT_CLAUSE,
    THAT_NOT,
    TO,
    TO_A,
    TO_ON_ABOUT,
    TO_THE,
    TOWARDS,
    US,
    WHO,
    WITH,
    WITH_WHOM,
    is_definite,
)
from musnad.understanding.patterns import Words
from musnad.understanding.sentences import Token
from musnad.understanding.stance_nouns import bracketed, joins_own, owes, with_feminine
from musnad.understanding.utterances import Utterance
from musnad.understanding.verbal_nouns import TO_VERBAL_NOUN, is_act

_ADDRESSEE: Final = 16  # tokens that name whom something is demanded of
_EFFORT: Final = 5  # tokens of how something is striven for («in every way»)
_REACHES: Final = {WITH: _ADDRESSEE, TO_A: _EFFORT}
_CLITIC_WORD: Final = 3  # letters that a word has more of with «ب» written on it
_DEED: Final = 4  # tokens of an object among which an attack is named that someone owns up to
_FEMININE: Final = "ه"
_PRESENT: Final = ("ي", "ت")  # first letters of the present: he, she
_NOUN: Final = 3  # tokens before an object among which the noun of the stance stands
TAKEN: Final = frozenset({"supported", "rejected"})
_ANY: Final = "اي"
_IF: Final = frozenset({"اذا", "لو", "هل"})  # if, whether
_SHORT: Final = frozenset({"اي", "ما", "من", "ان"})  # any, what, whom, that: with «ب» before them
_AND_OTHERS: Final = ("وال", "ولل", "و+")  # and the
# On, with, for him.
_OF_THEM: Final = frozenset({"عليه", "عليها", "عليهم", "به", "بها", "بهم", "له", "لها", "لهم"})
_THAT: Final = frozenset({"ذلك", "هذا", "هذه", "تلك"})  # that, this
_LIKE_OR: Final = frozenset({"مثل", "او", "لا", "كيف", "واحده"})  # such as, or, nor, how, one
_CONVERGE: Final = "توافق"  # the consensus of; she consents


def object_begins(utterance: Utterance, tokens: Sequence[Token], words: Words) -> tuple[int, Mention | None]:
    """Return the token at which the object of a stance begins, and whose stance it is if a name says so."""
    begin = _after_whom(utterance, tokens, words)
    owner = None
    if begin == utterance.object:
        begin, owner = _after_owner(utterance, tokens, words)
    while begin < utterance.last:
        size = has_cue(tokens, begin, words.lists["ways"]) or bool(tokens[begin].edtf)
        size = size or _goes_on(utterance, tokens, begin, words) or _is_time(utterance, tokens[begin], words)
        size = size or (begin > utterance.object and tokens[begin].text in COMMAS)  # «on the ninth, …»
        size = size or bracketed(tokens, begin)
        if not size:
            break
        begin += size
    return begin, owner


def _goes_on(utterance: Utterance, tokens: Sequence[Token], place: int, words: Words) -> bool:
    """Tell whether a word only goes on the noun of a stance («his backing and welcome of», «in all»)."""
    if utterance.pattern.content != "act" or utterance.pattern.relation not in TAKEN:
        return False
    token = tokens[place]
    with_whom = token.text == WITH_WHOM and place + 1 < len(tokens) and place == utterance.object
    return joins_own(token, words) or with_whom or token.text in words.all("stance_adjectives")


def _is_time(utterance: Utterance, token: Token, words: Words) -> bool:
    """Tell whether a word between a verb and what it rejects or backs tells when («رفض أمس …»)."""
    return utterance.pattern.relation in TAKEN and token.text in words.all("time_words")


def is_object(utterance: Utterance, tokens: Sequence[Token], begin: int, words: Words, subject: str) -> bool:
    """Tell whether what begins at a token can be backed, rejected or wanted by the `subject`.

    Not «that» alone, an attack that is «adopted», what is refused to be told, what is no act.
    """
    token, relation = tokens[begin], utterance.pattern.relation
    if (token.text in _THAT and not _is_noun(tokens, begin + 1)) or _is_threat(utterance, tokens, words):
        return False
    if relation in TAKEN and not names_matter(tokens[begin:], words):
        return False
    owed = owes(tokens, utterance.first, words)
    if relation in TAKEN and (owed or token.text.startswith(_AND_OTHERS) or token.bare in _OF_THEM):
        return False  # «X and the others rejected»: they are no object; «held him»: nothing is rejected
    before = tokens[utterance.first - 1] if utterance.first else token
    if relation in TAKEN and (before.among(words.any_of(("reject", "support"))) or before.bare in _IF):
        return False  # «the people condemn and reject»: the first verb says who; «if they agree»
    if relation in TAKEN and utterance.pattern.content == "act" and token.bare in THAT_CLAUSE:
        return False  # «renewed its affirmation that …» says something
    clause = utterance.pattern.content == "direct" and relation in TAKEN
    clause = clause and not tokens[utterance.first].among(words.all("consent"))  # «agreed that …»
    if clause and (token.bare in THAT_CLAUSE or tokens[begin - 1].bare in THAT_CLAUSE):
        return False  # what is said beside it («rejected to go on, but said that …»)
    with_act = clause and token.text[0] == WITH and bool(TO_VERBAL_NOUN.match(token.text))
    if with_act and not tokens[utterance.first].among(words.all("takes_with")):
        return False
    consensus = tokens[utterance.first].bare == _CONVERGE  # «the consensus of X on …»
    consensus = consensus and not (utterance.first and before.mentions)
    if consensus or token.text in words.all("never") or _describes(utterance, tokens, words):
        return False
    if relation == "supported":
        deeds = tokens[begin : begin + _DEED] if tokens[utterance.first].among(words.all("adopts")) else ()
        claimed = any(deed.among(words.all("adopted_deeds")) for deed in deeds)  # an attack is owned up to
        return not claimed and not token.among(words.any_of(("strikes", "assaults")))
    if not tokens[utterance.first].among(words.any_of(("want", "tries"))):
        return True
    that = tokens[begin - 1].bare in THAT_CLAUSE
    acts = token.among(words.any_of(("acts", "wanted_acts"))) or is_act(token, joined=False)
    return (that or acts) and not _is_of_others(utterance, tokens, words, subject)


def names_matter(tokens: Sequence[Token], words: Words) -> bool:
    """Tell whether words may name what is backed or rejected.

    «Or X», «such as X», «in spite of X» and «that» alone do not.
    """
    first = tokens[0]
    if first.text in _THAT:
        return _is_noun(tokens, 1)
    if first.text in words.all("peoples_plural") or first.among(words.all("call")):
        return False  # «which the Turks refused to …»: they are who refuses
    return first.text not in _LIKE_OR and (
        bool(first.mentions) or first.text not in words.all("prepositions")
    )


def _is_threat(utterance: Utterance, tokens: Sequence[Token], words: Words) -> bool:
    """Tell whether a verb only describes a noun before it («an attack that threatens …»): nobody plans."""
    verb, before = tokens[utterance.first], tokens[utterance.first - 1 : utterance.first]
    if not before or not verb.among(words.all("threat")) or verb.text != verb.bare:
        return False
    plain = before[0].is_word and not before[0].mentions and not is_definite(before[0].text)
    plain = plain and not before[0].among(words.all("adverbs"))
    word = before[0].is_word or bool(before[0].mentions)  # «a draft that threatens the regime with …»
    return verb.text.startswith(_PRESENT) and (plain or (word and utterance.start == utterance.first))


def letter_taken(utterance: Utterance, tokens: Sequence[Token], begin: int, words: Words) -> str:
    """Return the preposition that the noun of a stance takes («رفضه لـ…», «ترحيبه بـ…»), "" where none does.

    `begin` is the first token of the object; the noun stands in front of it, with its adjectives between.
    """
    for token in reversed(tokens[max(utterance.first, begin - _NOUN) : begin]):
        stems = {token.bare, *(token.bare.removesuffix(tail) for tail in (*PRONOUNS, US))}
        stems = with_feminine(stems)  # «إدانتها»
        if stems & words.all("towards"):
            return TO_A
        if stems & words.all("welcoming"):
            return WITH
    return ""


def without_letter(printed: str, first: Token, words: Words) -> str:
    """Return what is backed or rejected without the preposition that a verb or noun takes («رفضه لبيع …»).

    "" where none is: «X and the others rejected …» does not begin with what is rejected.
    """
    if first.text.startswith(_AND_OTHERS):
        return ""
    if printed.startswith((WITH + ARTICLE, TO_THE)):
        return ARTICLE + printed.removeprefix(WITH + ARTICLE).removeprefix(TO_THE)
    for letter, radical in ((WITH, "begins_with_with"), (TO_A, "begins_with_to")):
        short = len(first.text) <= _CLITIC_WORD and first.text[1:] != _ANY
        own = first.text in words.all(radical) or first.mentions or short
        if first.text.startswith(letter) and not own:
            return printed.removeprefix(letter)
    return printed


def _is_of_others(utterance: Utterance, tokens: Sequence[Token], words: Words, subject: str) -> bool:
    """Tell whether a verb of several cannot be the subject's («X, whose guests want …»)."""
    head = fold_name(subject).partition(" ")[0].removeprefix(ARTICLE)
    several = head.endswith(PLURALS) or head in words.any_of(("fighters", "groups", "peoples_plural"))
    one = not utterance.speaker.anonymous and not several
    return one and tokens[utterance.first].bare.endswith(PLURAL_VERBS)


def _after_whom(utterance: Utterance, tokens: Sequence[Token], words: Words) -> int:
    """Return the token after whom something is demanded of («طالب الحكومة بفتح»), after «in every way»."""
    first, last, relation = utterance.object, utterance.last, utterance.pattern.relation
    verb = tokens[utterance.first]
    if relation == "demanded" and verb.among(words.any_of(("request", "plead"))):
        return _requested(tokens, utterance.first, (first, last), words)
    if relation == "demanded" and verb.among(words.all("takes_with")):
        letter = WITH
    elif relation in TAKEN and verb.among(words.all("takes_with")):
        return _with_which(tokens, first, last, words)
    elif relation == "planned" and verb.among(words.all("threat")):
        return _with_which(tokens, first, last, words)  # «threatened X with …»
    elif relation == "planned" and verb.among(words.all("strive")) and tokens[first - 1].text != TOWARDS:
        letter = TO_A
    else:
        return first
    for place in range(first, min(first + _REACHES[letter], last)):
        word = tokens[place].text
        begins = word.startswith(letter) and len(word) > _CLITIC_WORD and tokens[place].is_word
        if (begins and word[1:] not in words.all("wholes")) or word == letter + "+":
            return place
        if word == letter and (tokens[place + 1].text == "“" or tokens[place + 1].is_word):
            return place + 1  # «called for “opening …”»
        if letter == TO_A and word == TOWARDS:
            return place + 1
        if word in THAT_CLAUSE or tokens[place].bare in WHO:
            break
    aimless = letter == TO_A and tokens[first - 1].text not in TO_ON_ABOUT
    return last if aimless else first  # «وسعت»: widened, and not «and strove»


def _with_which(tokens: Sequence[Token], first: int, last: int, words: Words) -> int:
    """Return where the object of a verb begins that always takes «with» («ندد فلان ونظيره أمس بـ…»)."""
    if tokens[first - 1].text in {WITH, WITH + "+"}:
        return first
    radical = words.all("begins_with_with")
    for place in range(first, min(first + _ADDRESSEE, last)):
        word = tokens[place].text
        if word == WITH + "+":
            return place + 1
        long = len(word) > _CLITIC_WORD or word[1:] in _SHORT
        if tokens[place].is_word and word.startswith(WITH) and long and word not in radical:
            return place
    return last


def _after_owner(utterance: Utterance, tokens: Sequence[Token], words: Words) -> tuple[int, Mention | None]:
    """Return the token after whose plan or backing it is («استعداد الغرفة لتمويل …», «دعم بلاده لـ…»).

    Whoever backs or rejects something is the subject, whoever says so.
    """
    pattern, first = utterance.pattern, utterance.object
    if pattern.content != "act" or first + 1 >= utterance.last:
        return first, None
    token, following = tokens[first], tokens[first + 1]
    if pattern.relation == "planned":
        return first + (following.is_word and bool(token.mentions)), None
    if token.among(words.all("groups")) and is_definite(token.text) and not token.mentions:
        return utterance.last, None  # «the refusal of the western states to …»: theirs, not the speaker's
    if token.mentions and is_act(following, joined=False):
        return first + 1, token.mention  # «the refusal of X to arm …»
    if following.text in words.all("stance_adjectives") and first + 2 < utterance.last:
        first, following = first + 1, tokens[first + 2]  # «the full backing of X for …»
    towards = following.text in TO or following.text == WITH_WHOM or following.text.startswith(TO_THE)
    if not towards or not (token.mentions or token.bare in words.all("own_bodies")):
        return first, None
    return first + 1 + (following.text == WITH_WHOM), token.mention


def _describes(utterance: Utterance, tokens: Sequence[Token], words: Words) -> bool:
    """Tell whether a participle describes the noun before it («accounts backing …»): no stance."""
    verb, before = tokens[utterance.first], tokens[utterance.first - 1 : utterance.first]
    stands_alone = not before or not before[0].is_word or before[0].mentions
    taken = verb.among(words.any_of(("backing_up", "rejecting")))
    return taken and not stands_alone and verb.text.endswith(_FEMININE) and not is_definite(before[0].text)


def _is_noun(tokens: Sequence[Token], place: int) -> bool:
    """Tell whether a noun with the article stands at a place: «this decision», not «this» alone."""
    return place < len(tokens) and (is_definite(tokens[place].text) or bool(tokens[place].mentions))


def _requested(tokens: Sequence[Token], verb: int, span: tuple[int, int], words: Words) -> int:
    """Return where what is requested begins, after of whom: a verbal noun, or the words after «that»."""
    first, last = span
    acts, that = words.all("acts"), THAT_CLAUSE | {THAT_NOT}
    if tokens[first - 1].text in that:
        return first
    pleads = tokens[verb].among(words.all("plead"))
    reach = _ADDRESSEE if pleads or tokens[first - 1].text == OF else 1  # «requests to open …» names nobody
    for place in range(first, min(first + reach, last - 1)):
        token = tokens[place]
        if token.text in that:
            return place + (token.text != THAT_NOT)
        act = token.is_word and (token.text in acts or is_act(token, joined=False))
        act = act or (place > first and not pleads and token.text in words.all("wanted_acts"))
        asks = pleads and place > first and token.is_word and token.text.startswith(WITH + ARTICLE)
        if asks or (act and token.text not in words.all("groups")):
            return place
        if pleads and token.text in COMMAS:
            break
    return first if pleads else last  # nothing tells: of whom it is requested is not what is
