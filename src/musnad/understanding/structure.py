"""Read what the parts of a page say by themselves: publisher, dates, credits, links, posts, infobox.

Reader comments give no claim and no speaker; tickers and the headlines of other documents give none either,
a link that the page shows for reading on is all that is said of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from musnad.dates import find_dates
from musnad.folding import fold, fold_name
from musnad.model import Agent, Claim, Link, Mention, Thing
from musnad.reading import split_lines
from musnad.reading.values import read_date
from musnad.understanding.bylines import Byline, is_agency
from musnad.understanding.context import topic
from musnad.understanding.crediting import is_news, quoted_outlets, spoken_to
from musnad.understanding.outlets import printed
from musnad.understanding.particles import TO, without_article
from musnad.understanding.patterns import Words
from musnad.understanding.sentences import Sentence, Token
from musnad.understanding.setting import PAGE, Setting
from musnad.understanding.speakers import token_words

_LINKS: Final = frozenset({"related", "read_also"})
_QUOTING: Final = re.compile(r"\W*(?:و?ذلك )?نقلا عن ")  # quoting
_QUOTES: Final = ("«", '"', "“")
_WITH_HIM: Final = frozenset({"معه", "معها", "معهم"})  # with him, her, them
_DATED: Final = 90  # characters of a line that dates the page, and of the opening of a text


def read_structure(sentences: Sequence[Sentence], imprint: Byline, setting: Setting) -> Iterator[Claim]:
    """Yield the claims that the parts of the page make."""
    yield from _home(sentences, imprint, setting)
    yield from _published(sentences, setting)
    yield from _credits(setting)
    yield from _relayed(sentences, setting)
    yield from _quoted(sentences, imprint, setting)
    yield from _links(setting)
    yield from _posts(setting)
    yield from _facts(sentences, setting)


def settle(sentences: Sequence[Sentence], imprint: Byline, setting: Setting) -> None:
    """Find the outlet that the page is of, or, where its lines do not tell, the one it was told to."""
    if setting.document.publisher:
        return
    setting.house = imprint.house.agent if imprint.house else None
    told = home_outlet(sentences, setting) if imprint.house is None else None
    setting.home = setting.agent(told) if told else None


def home_outlet(sentences: Sequence[Sentence], setting: Setting) -> Mention | None:
    """Return the mention of the outlet that had a statement to itself.

    The text is that outlet's.

    «In an exclusive statement to X», or, in a text whose title says «exclusive», a source that speaks to X.
    A statement to an agency alone says nothing: everyone prints those.
    """
    words = setting.patterns.words
    exclusive = any(s.zone == "title" and _exclusive(s.tokens, setting) for s in sentences)
    for sentence in sentences:
        tokens = sentence.tokens
        for place in range(1, len(tokens)):
            mention = tokens[place].mention
            to = tokens[place - 1].text in TO
            if not to or mention is None or not setting.is_outlet(mention):
                continue
            before = tokens[max(0, place - 9) : place - 1]
            spoken = any(token.text[:2] == "<S" or token.among(words.all("reporting")) for token in before)
            if _exclusive(before[-3:], setting) or (exclusive and spoken):
                return mention
    own = (
        sentence.tokens[place].mention
        for sentence in sentences
        for place in range(1, len(sentence.tokens))
        if _is_own(sentence.tokens, place, setting)
    )
    return None if setting.house or setting.document.publisher else next(own, None)


def _is_own(tokens: Sequence[Token], place: int, setting: Setting) -> bool:
    """Tell whether somebody spoke to an outlet that is named without its kind: a paper says so of itself.

    A name that nobody knows is an outlet's where it stands in quotation marks («a source told “X” that …»).
    """
    words, mention = setting.patterns.words, tokens[place].mention
    first = token_words(tokens[place], setting)
    heads = words.any_of(("outlets", "broadcasters", "body_nouns", "groups"))
    quoted = mention is not None and mention.type == "ORG" and not mention.slug
    quoted = quoted and setting.document.text[: tokens[place].start].endswith(_QUOTES)
    news = is_news(tokens[place], setting) or (quoted and tokens[place - 1].text in TO)
    if not news or heads & {first, without_article(first)}:
        return False
    agency = is_agency(setting.document.text[tokens[place].start : tokens[place].end])
    return not agency and (spoken_to(tokens, place - 1, words) or _asked(tokens, place, words))


def _asked(tokens: Sequence[Token], place: int, words: Words) -> bool:
    """Tell whether an outlet says of itself that it learnt or asked («“X” has learnt», «a call of “X”»)."""
    before, first = tokens[place - 1], tokens[max(0, place - 2)]
    return before.among(words.all("learnt")) or (
        before.text in _WITH_HIM and first.among(words.all("held_by_it"))
    )


def _exclusive(tokens: Sequence[Token], setting: Setting) -> bool:
    return any(token.among(setting.patterns.words.all("exclusive")) for token in tokens)


def _home(sentences: Sequence[Sentence], imprint: Byline, setting: Setting) -> Iterator[Claim]:
    """Yield that the outlet whose page it is, or a source spoke to, published the text.

    The agency of the dateline is whom the text is taken from.
    """
    house = imprint.house if setting.house else None
    if house:
        ends = (setting.thing, Thing(house.agent.label, house.agent.entity))
        yield _claim(setting, house.pattern, ends, (house.start, house.end))
    for agency in imprint.agencies:
        ends = (setting.thing, Thing(agency.agent.label, agency.agent.entity))
        yield _claim(setting, agency.pattern, ends, (agency.start, agency.end))
    source = None if setting.document.credits or imprint.agencies else printed(setting)
    if source and (not house or house.agent.entity != source.agent.entity):
        ends = (setting.thing, Thing(source.agent.label, source.agent.entity))
        yield _claim(setting, "structure-agency", ends, (source.start, source.end))
    told = home_outlet(sentences, setting) if setting.home else None
    if told and setting.home:
        ends = (setting.thing, Thing(told.label, told.entity))
        yield _claim(setting, "structure-told-to", ends, (told.start, told.end), setting.home)


def post_author(number: int, setting: Setting) -> Agent:
    """Return who signs a post: whom its signature names, else the name in it."""
    post = setting.document.posts[number - 1]
    signed = [m for m in setting.mentions if post.signature_start <= m.start < post.end]
    named = min((m for m in signed if m.type in {"PERSON", "ORG"}), key=lambda m: m.start, default=None)
    if named:
        return setting.agent(named)
    name = post.author or post.handle
    return setting.made_agent(fold_name(name), name, "PERSON", anonymous=False)


def _claim(
    setting: Setting, pattern: str, ends: tuple[Thing, Thing], span: tuple[int, int], *hops: Agent
) -> Claim:
    entry = setting.patterns.entries[pattern]
    date = ends[1].label if ends[1].datatype == "edtf" else ""
    return Claim(
        entry.relation, *ends, *span, chain=setting.chain(*((agent, "") for agent in hops)),
        pattern=pattern, certainty=entry.certainty, edtf=date,
    )  # fmt: skip


def _published(sentences: Sequence[Sentence], setting: Setting) -> Iterator[Claim]:
    """Yield who published the document, where the page names it, and when, where the page shows the date."""
    document = setting.document
    if document.publisher:
        publisher = setting.publisher
        named = [m for m in setting.mentions if m.entity == publisher.entity and _in_text(m, setting)]
        told = home_outlet(sentences, setting)
        if told and told.entity == publisher.entity:
            named = [told]
        if named:
            first = min(named, key=lambda m: m.start)
            ends = (setting.thing, Thing(publisher.label, publisher.entity))
            yield _claim(setting, "structure-publisher", ends, (first.start, first.end))
    if document.published and (span := _day_shown(setting)):
        ends = (setting.thing, Thing(document.published, datatype="edtf"))
        yield _claim(setting, "structure-published", ends, span)


def _day_shown(setting: Setting) -> tuple[int, int] | None:
    """Return where the page shows the date of publication: in its metadata, else above or below the text.

    A date that running text would write otherwise («July 12, 2017») has the span of its line.
    """
    document, shown = setting.document, setting.document.published
    dates = [date for date in find_dates(document.text, shown) if date.edtf == shown]
    spans = [(date.start, date.end) for date in dates]
    body = next((zone.start for zone in document.zones if zone.kind == "body"), 0)
    lines = (line for line in split_lines(document.text) if len(line.text) <= _DATED)
    told = [(line.start, line.end) for line in lines if read_date(line.text) == shown]
    for kinds, able in (({"metadata"}, spans), ({"metadata"}, told), ({"interface"}, spans + told)):
        found = [span for span in able if (zone := document.zone_at(*span)) and zone.kind in kinds]
        if found:
            return found[0]
    return next((span for span in spans if 0 <= span[0] - body <= _DATED), None)


def _in_text(mention: Mention, setting: Setting) -> bool:
    zone = setting.document.zone_at(mention.start, mention.end)
    return zone is None or zone.kind not in {"comments", "ticker", "related_links", "inline_link"}


def _credits(setting: Setting) -> Iterator[Claim]:
    for credit in setting.document.credits:
        agent = setting.credited(credit)
        subject = setting.thing
        if credit.scope == "lead_item":
            zones = [zone for zone in setting.document.zones if zone.kind == "lead_item"]
            words = setting.document.quoted(zones[0].start, zones[0].end) if zones else ""
            subject = Thing(words, setting.minter.part(setting.iri, "lead-item", 1)) if words else subject
        ends = (subject, Thing(agent.label, agent.entity))
        yield _claim(setting, "structure-credit", ends, (credit.start, credit.end))


def _relayed(sentences: Sequence[Sentence], setting: Setting) -> Iterator[Claim]:
    """Yield the outlet of «quoting …» where it is a sentence of its own."""
    for sentence in sentences:
        start, end = sentence.span(0, len(sentence.tokens))
        if sentence.zone != "body" or end - start > _DATED:
            continue
        if not _QUOTING.match(fold(setting.document.text[start:end]).text):
            continue
        inside = [token.mention for token in sentence.tokens if token.mention]
        named = [mention for mention in inside if setting.is_outlet(mention)]
        if len(named) == 1:
            outlet = setting.agent(named[0])
            ends = (setting.thing, Thing(outlet.label, outlet.entity))
            yield _claim(setting, "structure-agency", ends, (start, named[0].end))


def _quoted(sentences: Sequence[Sentence], imprint: Byline, setting: Setting) -> Iterator[Claim]:
    """Yield the outlets whose words the text passes on."""
    own = [setting.publisher, *(agency.agent for agency in imprint.agencies)]
    own += [setting.credited(credit) for credit in setting.document.credits]
    own += [setting.home] if setting.home else []
    for outlet in quoted_outlets(sentences, own, setting):
        ends = (setting.thing, Thing(outlet.agent.label, outlet.agent.entity))
        yield _claim(setting, outlet.pattern, ends, (outlet.start, outlet.end))


def _links(setting: Setting) -> Iterator[Claim]:
    for number, link in enumerate(setting.document.links, 1):
        if link.kind in _LINKS:
            headline = Thing(link.headline, setting.minter.part(setting.iri, "link", number))
            ends = (Thing(PAGE, setting.iri), headline)
            start = _label_start(link, setting) if link.kind == "read_also" else link.start
            yield _claim(setting, "structure-link", ends, (start, link.end))


def _label_start(link: Link, setting: Setting) -> int:
    """Return where the label of a link begins («read also:»), the link itself where it has none before it."""
    text = setting.document.text
    for zone in setting.document.zones:
        if zone.kind == "interface" and zone.end <= link.start and not text[zone.end : link.start].strip():
            return zone.start
    return link.start


def _posts(setting: Setting) -> Iterator[Claim]:
    """Yield that the document embeds each post, the date of the post and the address in it."""
    document = setting.document
    hops = [setting.home] if setting.home else []
    for number, post in enumerate(document.posts, 1):
        agent = setting.post_agent(number)
        thing = Thing(agent.label, agent.entity)
        signature = (min(post.signature_start, post.end - 1), post.end)
        yield _claim(setting, "structure-embeds", (setting.thing, thing), signature, *hops)
        dates = [date for date in find_dates(document.text[signature[0] : post.end]) if date.edtf]
        if dates and post.published:
            span = (signature[0] + dates[-1].start, signature[0] + dates[-1].end)
            ends = (thing, Thing(post.published, datatype="edtf"))
            yield _claim(setting, "structure-post-date", ends, span, *hops)
        place = document.text.find(post.url, post.start, post.end) if post.url else -1
        if place >= 0:
            ends = (thing, Thing(post.url))
            yield _claim(setting, "structure-post-link", ends, (place, place + len(post.url)), *hops)


def _facts(sentences: Sequence[Sentence], setting: Setting) -> Iterator[Claim]:
    """Yield the date of foundation that an infobox gives."""
    about = topic(sentences, setting)
    labels = setting.patterns.words.all("founding_labels")
    for fact in setting.document.facts:
        if " ".join(fold(fact.label).text.strip(" :").split()) not in labels or not about:
            continue
        dates = find_dates(fact.value)
        if dates:
            ends = (Thing(about[0].label, about[0].entity), Thing(dates[0].edtf, datatype="edtf"))
            yield _claim(setting, "structure-founded", ends, (fact.start, fact.end))
