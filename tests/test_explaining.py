"""What is shown of a reading: everything, in its place, to the person at this machine and to nobody else."""

import base64
import hashlib
import io
import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from musnad.build import Stages
from musnad.cli import main
from musnad.explaining import (
    Explanation,
    Labels,
    explain,
    print_explanation,
    read_labels,
    read_needs,
    to_html,
)
from musnad.explaining.forms import Needs, nearly, needs
from musnad.explaining.marks import Block, blocks, pieces
from musnad.explaining.words import reason
from musnad.iri import Minter
from musnad.model import Agent, Attribution, Claim, Document, Mention, Thing, Zone
from musnad.project import Project
from musnad.understanding import Knowledge, read_knowledge
from musnad.understanding.examples import read_example
from musnad.understanding.sentences import Sentence, split_document

ROOT = Path(__file__).parents[1]
SAMPLE = ROOT / "mappings" / "orient-net" / "examples" / "zenki-denies.txt"
MINTER = Minter()
PAGE = (Attribution(0, Agent("page", "دار القلم")),)  # an invented publisher


@pytest.fixture(scope="module")
def stages(project: Project) -> Stages:
    return Stages.of(project)


@pytest.fixture(scope="module")
def knowledge(stages: Stages) -> Knowledge:
    return read_knowledge(stages.project, stages.config)


@pytest.fixture(scope="module")
def needed(project: Project, knowledge: Knowledge) -> Needs:
    return read_needs(project, knowledge.patterns)


@pytest.fixture(scope="module")
def labels(stages: Stages, knowledge: Knowledge) -> Labels:
    return read_labels(stages.project, stages.config.minter, knowledge.patterns.relations)


@pytest.fixture(scope="module")
def explanation(stages: Stages, knowledge: Knowledge, needed: Needs) -> Explanation:
    (document,) = stages.read([(SAMPLE, SAMPLE.name)])
    assert isinstance(document, Document)
    return explain(document, knowledge, needed)


def sentences_of(text: str) -> list[Sentence]:
    document, found = read_example(text, MINTER)
    anonymous = frozenset(mention.entity for mention in found.anonymous)
    return split_document(document, (*found.mentions, *found.anonymous), anonymous)


def printed(explanation: Explanation, labels: Labels) -> str:
    console = Console(file=io.StringIO(), highlight=False, soft_wrap=True)
    print_explanation(explanation, labels, console)
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


# ---- marks in place


def joined(block: Block, text: str) -> str:
    inside = (joined(part, text) if isinstance(part, Block) else text[slice(*part)] for part in block.inside)
    return "".join(inside)


ZONES = st.lists(
    st.tuples(st.integers(0, 58), st.integers(1, 60)).map(lambda s: Zone("body", s[0], min(60, s[0] + s[1]))),
    max_size=6,
)


@given(ZONES)
def test_the_blocks_hold_the_whole_text_once_and_in_order(zones: list[Zone]) -> None:
    text = "".join(chr(0x4E00 + place) for place in range(60))
    page = blocks(Document("a.txt", text, "generic", "", "", zones=tuple(zones)))
    assert joined(page, text) == text


SPANS = st.lists(st.tuples(st.integers(0, 20), st.integers(1, 12)), max_size=6)


@given(SPANS, SPANS)
def test_pieces_know_all_that_covers_them(named: list[tuple[int, int]], told: list[tuple[int, int]]) -> None:
    text = "كلمة أخرى ثم كلمة أخرى تليها كلمة ثالثة"  # word after word
    mentions = [Mention(start, start + size, "ORG", "x", "y", "z") for start, size in named]
    assert len(text) >= 32
    claims = [Claim("r", Thing("a"), Thing("b"), start, start + size, PAGE, "p") for start, size in told]
    found = list(pieces((0, len(text)), text, mentions, claims))
    assert "".join(piece.text for piece in found) == text
    for place in range(len(text)):
        (piece,) = [each for each in found if each.start <= place < each.end]
        assert set(piece.mentions) == {m for m in mentions if m.start <= place < m.end}
        assert piece.claims == tuple(n for n, c in enumerate(claims, 1) if c.start <= place < c.end)
    opened = sorted(n for piece in found for n in piece.opens)
    closed = sorted(n for piece in found for n in piece.closes)
    assert opened == closed == list(range(1, len(claims) + 1))


# ---- patterns that came near


@pytest.mark.parametrize("which", range(4))
def test_a_form_that_reads_an_example_finds_its_needs_there(
    which: int, knowledge: Knowledge, needed: Needs
) -> None:
    entries = list(knowledge.patterns.of("sequence"))
    read = 0
    for pattern in entries[which::4]:
        assert len(needed[pattern.name]) == len(pattern.forms)
        lines = [s.line for example in pattern.examples for s in sentences_of(example.text)]
        for form, its_needs in zip(pattern.forms, needed[pattern.name], strict=True):
            for line in filter(form.expression.search, lines):
                read += 1
                missing = [need.expression.pattern for need in its_needs if not need.expression.search(line)]
                assert missing == [], f"{pattern.name}: {line}"
    assert read > 40


def test_what_may_be_absent_is_not_needed() -> None:
    found = list(needs("[قد|لقد] ={x:ORG} =@attend ~3 {role:@offices~2} [في [عام]]", {"attend": ["حضر"]}))
    assert len(found) == 1
    assert found[0].expression.search("وحضر <O1> ")


@pytest.mark.parametrize(
    ("sentence", "pattern", "why", "words"),
    [
        ("شارك كثيرون في الندوة.", "event-attended", "names", "no name of type"),
        ("في [EVENT الندوة] قيل إن [PERSON سالم الراوي] شارك فيها.", "event-attended", "order", "order"),
        ("لم يؤسس [PERSON سالم الراوي] [ORG دار القلم].", "founded-by", "left out", "left out"),
        ("قال ذلك أمس.", "speech-say", "opening", "reporting verb"),
    ],
)
def test_a_pattern_that_came_near_says_what_was_missing(
    sentence: str, pattern: str, why: str, words: str, knowledge: Knowledge, needed: Needs
) -> None:
    (line,) = sentences_of(sentence)
    found = {near.pattern: near for near in nearly(line, knowledge.patterns, needed)}
    assert found[pattern].why == why
    assert words in reason(found[pattern]).en


def test_a_sentence_of_other_words_is_near_to_nothing(knowledge: Knowledge, needed: Needs) -> None:
    (line,) = sentences_of("الشجرة خضراء في الربيع.")  # the tree is green in spring
    assert nearly(line, knowledge.patterns, needed) == []


# ---- the explanation


def test_every_sentence_read_has_a_claim_or_is_silent(
    stages: Stages, knowledge: Knowledge, needed: Needs, tmp_path: Path
) -> None:
    path = tmp_path / "one.txt"
    words = SAMPLE.read_text(encoding="utf-8").split("\n\n")[1]
    path.write_text(
        f"{words}\n\nوكانت الشجرة التي أمام البيت خضراء في الربيع كما كانت في كل عام مضى.\n", encoding="utf-8"
    )  # the tree is green in spring
    (document,) = stages.read([(path, path.name)])
    assert isinstance(document, Document)
    explanation = explain(document, knowledge, needed)
    assert explanation.sentences > len(explanation.silences) > 0
    for silence in explanation.silences:
        assert not any(c.start < silence.end and silence.start < c.end for c in explanation.reading.claims)


def test_a_claim_below_the_floor_is_shown_as_withheld(
    explanation: Explanation, knowledge: Knowledge, needed: Needs, labels: Labels
) -> None:
    poor = replace(knowledge.cards["speech-deny"], precision=0.4, support=10)
    patterns = replace(knowledge.patterns, cards={**knowledge.cards, "speech-deny": poor})
    strict = replace(knowledge, patterns=patterns.with_floor(0.5))
    stricter = explain(explanation.reading.document, strict, needed)
    withheld = [claim for claim in stricter.reading.claims if stricter.is_withheld(claim)]
    measured = {name: card.precision for name, card in strict.cards.items() if card.precision is not None}
    assert {claim.pattern for claim in withheld} == {
        claim.pattern
        for claim in stricter.reading.claims
        if measured.get(claim.pattern, 1.0) < strict.patterns.floor
    }
    assert "speech-deny" in {claim.pattern for claim in withheld}
    assert stricter.reading.claims == explanation.reading.claims
    assert printed(stricter, labels).count("less precise than the floor") == len(withheld)


def test_the_terminal_shows_every_zone_name_claim_and_pattern(
    explanation: Explanation, labels: Labels
) -> None:
    said = printed(explanation, labels)
    document = explanation.reading.document
    for zone in document.zones:
        assert f"{labels.concept('zone', zone.kind).ar}\u2069" in said
        assert f"{zone.start}–{zone.end}" in said
    for number, claim in enumerate(explanation.reading.claims, 1):
        assert f"⟨{number} " in said
        assert f" {number}⟩" in said
        assert f"⟨{number}⟩ {claim.relation} · " in said
        assert claim.pattern in said
        assert all(link.agent.label in said for link in claim.chain)
    assert said.count("no pattern fired") == len(explanation.silences)
    text = re.sub(r" \d+⟩|⟨\d+ |\[(?:[A-Z]+) |\]|\u200f", "", said)
    assert all(line.strip() in text for line in document.text.splitlines() if "[" not in line)


def test_a_line_of_arabic_begins_with_a_right_to_left_mark(explanation: Explanation, labels: Labels) -> None:
    lines = [line for line in printed(explanation, labels).splitlines() if "[ORG " in line]
    assert lines
    assert all(line.startswith("\u200f") for line in lines)


def test_colour_is_left_out_where_nobody_sees_it(explanation: Explanation, labels: Labels) -> None:
    assert "\x1b" not in printed(explanation, labels)


class Tags(HTMLParser):
    """Collects what a page is made of."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text.append(data)


@pytest.fixture(scope="module")
def page(explanation: Explanation, labels: Labels) -> str:
    return to_html(explanation, labels)


def test_the_page_has_no_script_no_request_and_no_inline_style(page: str) -> None:
    found = Tags(page).tags
    names = {tag for tag, _ in found}
    assert not names & {"script", "link", "img", "iframe", "object", "form", "base", "svg"}
    for _, attributes in found:
        assert not {"style", "src", "srcset"} & set(attributes)
        assert not any(name.startswith("on") for name in attributes)
        assert (attributes.get("href") or "#").startswith("#")
    assert "url(" not in page
    assert "@import" not in page


def test_the_policy_of_the_page_names_its_own_style_and_nothing_else(page: str) -> None:
    style = page[page.index("<style>") + 7 : page.index("</style>")]
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    assert f'content="{policy}"' in page


def test_the_page_shows_the_text_and_says_that_it_is_private(page: str, explanation: Explanation) -> None:
    body = page[page.index("<main>") :]
    shown = re.sub(r'<a class="anchor"[^>]*>\d+</a>', "", body)
    text = "".join(Tags(shown).text)
    for line in explanation.reading.document.text.splitlines():
        assert line in text
    assert "do not publish it" in page
    assert "فلا تنشرها" in page  # do not publish it


def test_every_link_of_the_page_leads_somewhere(page: str, explanation: Explanation) -> None:
    found = Tags(page).tags
    ids = [attributes["id"] for _, attributes in found if "id" in attributes]
    links = {str(attributes["href"]) for _, attributes in found if "href" in attributes}
    assert len(ids) == len(set(ids))
    assert links == {f"#{name}" for name in ids}
    assert len(links) == 2 * len(explanation.reading.claims)


def test_zones_are_blocks_and_names_are_underlined_by_type(page: str, explanation: Explanation) -> None:
    classes = [attributes.get("class") or "" for _, attributes in Tags(page).tags]
    zones = [name for name in classes if name.startswith("zone ")]
    assert len(zones) == len(explanation.reading.document.zones)
    for mention in explanation.mentions:
        assert any(name.startswith("mention ") and explanation.kind(mention) in name for name in classes)


def test_markup_in_a_document_stays_text(knowledge: Knowledge, needed: Needs, labels: Labels) -> None:
    text = "قال فلان <script>alert(1)</script> [bold]كلاما[/bold] \"'&"  # so-and-so said … words
    zone = Zone("body", 0, len(text), label="<b>")
    document = Document("<i>.txt", text, "generic", "</title><script>", "", zones=(zone,))
    explanation = explain(document, knowledge, needed)
    assert "script" not in {tag for tag, _ in Tags(to_html(explanation, labels)).tags}
    assert "[bold]كلاما[/bold]" in printed(explanation, labels)


# ---- the verb


def test_explain_prints_to_standard_output(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ROOT)
    assert main(["explain", str(SAMPLE)]) == 0
    said = capsys.readouterr()
    assert "speech-deny" in said.out
    assert said.err == ""


def test_explain_writes_a_page_and_says_that_it_is_private(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ROOT)
    out = tmp_path / "pages" / "one.html"
    assert main(["explain", str(SAMPLE), "--html", str(out)]) == 0
    said = capsys.readouterr()
    assert out.read_text(encoding="utf-8").startswith("<!doctype html>")
    assert "do not publish" in said.err
    assert said.out == ""


def test_a_folder_is_no_document(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(ROOT)
    assert main(["explain", str(SAMPLE.parent)]) == 1
    assert "give one document" in capsys.readouterr().err
