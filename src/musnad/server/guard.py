"""Look at a query before a parser does: its size, its nesting, its patterns, and what it may not say.

A parser that is given a hostile text can die or plan for minutes, so the text is cut into tokens here, with
one regular expression and no recursion. Chosen over (a) a search for forbidden words, which strings and
comments mislead, and (b) a second full parser, which would have the first one's weaknesses. The limits refuse
none of the W3C's query files.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import urljoin

from musnad.errors import QueryError

MAX_BYTES: Final = 32_768
MAX_TOKENS: Final = 4_000
MAX_NESTING: Final = 48
MAX_PATTERNS: Final = 64
MAX_OPERATORS: Final = 400

_ESCAPE: Final = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_ILLEGAL: Final = re.compile("[\x00\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_LOCAL: Final = r"(?:[\w:\u00b7-]|%[0-9A-Fa-f]{2}|\\[_~.!$&'()*+,;=/?#@%-]|\.+(?=[\w:%\\-]))*"
_TOKEN: Final = re.compile(
    r"(?P<space>\s+|\#[^\r\n]*)"
    r"|(?P<iri><[^<>\"{}|^`\\\x00-\x20]*>)"
    r"|(?P<string>\"\"\"(?:\"{0,2}(?:[^\"\\]|\\.))*\"\"\"|'''(?:'{0,2}(?:[^'\\]|\\.))*'''"
    r"|\"(?:[^\"\\\r\n]|\\.)*\"|'(?:[^'\\\r\n]|\\.)*')"
    r"|(?P<variable>[?$]\w+)"
    r"|(?P<language>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)"
    r"|(?P<blank>_:\w(?:[\w-]|\.+(?=[\w-]))*)"
    rf"|(?P<name>(?:[^\W\d_][\w.\u00b7-]{{0,99}})?:{_LOCAL})"
    r"|(?P<number>(?:\d+\.\d*(?=[eE])|\d*\.?\d+)(?:[eE][+-]?\d+)?)"
    r"|(?P<word>[^\W\d]\w*)"
    r"|(?P<mark><<\(?|\)?>>|\{\||\|\}|\^\^|&&|\|\||[!<>]=|[^\w\s])",
    re.DOTALL,
)
_TERMS: Final = frozenset({"iri", "string", "variable", "blank", "name", "number"})
_OPENING: Final = frozenset({"{", "(", "[", "<<", "<<(", "{|"})
_CLOSING: Final = frozenset({"}", ")", "]", ">>", ")>>", "|}"})
_OPERATORS: Final = frozenset(
    {"&&", "||", "!", "=", "!=", "<", ">", "<=", ">=", "+", "-", "*", "/", "|", "^"}
)
_COSTLY: Final = frozenset({"UNION", "OPTIONAL", "MINUS", "BIND", "EXISTS", "IN", "LATERAL", "GRAPH"})
# After these words a parenthesis is an expression; elsewhere it is a list or a path.
_LISTS: Final = frozenset({"SELECT", "GROUP", "ORDER", "HAVING"})
_CONSTRAINTS: Final = frozenset({"FILTER", "BIND"})


class QueryRefused(QueryError):
    """A query is not evaluated; `status` is the HTTP status that says why."""

    def __init__(self, status: int, problem: str, remedy: str = "") -> None:
        self.status = status
        super().__init__("query", problem, remedy)


@dataclass(frozen=True, slots=True)
class Token:
    """One token: its kind (a group of the expression above), its text, and where it begins."""

    kind: str
    text: str
    start: int = 0

    @property
    def upper(self) -> str:
        """Return a keyword as the grammar writes it; "" for what is no bare word."""
        return self.text.upper() if self.kind == "word" else ""


@dataclass(slots=True)
class _Counter:
    """Follows the brackets of a query and counts its triple patterns: some too many, never too few."""

    patterns: int = 0
    operators: int = 0
    places: list[str] = field(default_factory=lambda: ["outside"])
    pending: bool = False  # terms of a pattern stand before this token
    expecting: str = ""  # the keyword that makes the next parenthesis an expression
    data: bool = False  # between VALUES or CONSTRUCT and the end of its braces
    before: Token = field(default_factory=lambda: Token("mark", ""))

    def take(self, token: Token) -> None:
        """Count one token."""
        text = token.text
        if token.kind == "word":
            self._word(token.upper)
        elif token.kind in _TERMS:
            self._term()
        elif text in _OPENING:
            self._open(text)
        elif text in _CLOSING:
            self._close(text)
        elif text in _OPERATORS:
            self.operators += 1
            self.patterns += text in "/^" and self.places[-1] in {"group", "list"}
        elif text in {".", ";", ","}:
            self._end()
        self.before = token

    def _word(self, word: str) -> None:
        self.operators += word in _COSTLY
        if word in {"A", "TRUE", "FALSE"}:
            self._term()
            return
        self._end()
        if word in _LISTS | _CONSTRAINTS:
            self.expecting = word
        elif word in {"WHERE", "LIMIT", "OFFSET"}:
            self.expecting, self.data = "", False
        elif word in {"VALUES", "CONSTRUCT"}:
            self.expecting, self.data = "", True

    def _term(self) -> None:
        if self.places[-1] == "list":
            self._member()
        elif self.places[-1] == "group" and self.expecting not in _LISTS:
            self.pending = True

    def _member(self) -> None:
        if self.before.text not in _OPERATORS and self.before.text != "^^":
            self.patterns += 2

    def _end(self) -> None:
        self.patterns += self.pending
        self.pending = False

    def _open(self, mark: str) -> None:
        if self.places[-1] == "list":
            self._member()
        if self.data:
            self.places.append("data")
        elif mark != "(":
            self._end()
            self.places.append("group")
            self.expecting = ""
        elif self.places[-1] == "expression" or self.expecting or self.before.upper not in {"", "A"}:
            self.places.append("expression")
        else:
            self.places.append("list")
            self.pending = self.pending or "group" in self.places[-2:]
        if len(self.places) > MAX_NESTING + 1:
            raise QueryRefused(400, f"more than {MAX_NESTING} levels of nesting", "split the query")

    def _close(self, mark: str) -> None:
        if mark != ")":
            self._end()
        if len(self.places) > 1:
            closed = self.places.pop()
            self.data = self.data and not (mark == "}" and closed == "data" and self.places[-1] != "data")
        if mark == "}" or (self.expecting in _CONSTRAINTS and self.places[-1] == "group"):
            self.expecting = ""


def check(text: str, services: bool = False) -> tuple[Token, ...]:
    """Return the tokens of a query that may be parsed, or raise QueryRefused saying why not.

    `services` lets the keyword SERVICE pass where it cannot be mistaken: `federation` takes it out.
    """
    if len(text.encode("utf-8", "surrogatepass")) > MAX_BYTES:
        raise QueryRefused(413, f"the query has more than {MAX_BYTES} bytes", "split it")
    decoded = _ESCAPE.sub(_character, text)
    if _ILLEGAL.search(decoded):
        raise QueryRefused(400, "the query has a character that is not allowed in text")
    # Parsers differ in where they decode \u escapes, so both readings must be harmless.
    plain = decoded == text
    tokens = _checked(decoded, services and plain)
    if not plain:
        _checked(text, False)
    return tokens


def _character(found: re.Match[str]) -> str:
    code = int(found[1] or found[2], 16)
    return chr(code) if code < 0x110000 else "\x00"


def _checked(text: str, services: bool) -> tuple[Token, ...]:
    tokens, counter = [], _Counter()
    for found in _TOKEN.finditer(text):
        if found.lastgroup == "space":
            continue
        token = Token(found.lastgroup or "mark", found.group(), found.start())
        tokens.append(token)
        if len(tokens) > MAX_TOKENS:
            raise QueryRefused(413, f"the query has more than {MAX_TOKENS} tokens", "split it")
        counter.take(token)
    if "service" in text.lower():
        _refuse_services(tokens, services)
    if counter.patterns > MAX_PATTERNS:
        raise QueryRefused(400, f"more than {MAX_PATTERNS} triple patterns", "split the query")
    if counter.operators > MAX_OPERATORS:
        raise QueryRefused(400, f"more than {MAX_OPERATORS} operators", "split the query, or use VALUES")
    return tuple(tokens)


def _refuse_services(tokens: list[Token], allowed: bool) -> None:
    """Raise if SERVICE is a keyword of the query, and where it is allowed, if it is not plainly that.

    The grammar needs no space around a keyword (`1SERVICE<…>` is legal), so every bare word and every
    prefix that contains the word is refused. Inside parentheses `?a<?b#>` may be a comparison and the start
    of a comment; a query that both does this and says "service" anywhere is refused too.
    """
    brackets, before = [""], Token("mark", "")
    for token in tokens:
        bare = token.text if token.kind == "word" else token.text.partition(":")[0]
        plainly = allowed and token.upper == "SERVICE" and before.text in {"{", "}", "."}
        if token.kind in {"word", "name"} and "service" in bare.lower() and not plainly:
            remedy = "write it after '{', '}' or '.'" if allowed else "query the other endpoint yourself"
            raise QueryRefused(403, "SERVICE is not allowed here", remedy)
        operand = before.kind in _TERMS or before.kind == "language" or before.text == ")"
        if token.kind == "iri" and operand and brackets[-1] == "(":
            raise QueryRefused(403, "'<' after a value may hide SERVICE", "write a space after '<'")
        if token.text in _OPENING:
            brackets.append(token.text)
        elif token.text in _CLOSING and len(brackets) > 1:
            brackets.pop()
        before = token


@dataclass(frozen=True, slots=True)
class DatasetClause:
    """The FROM and FROM NAMED clauses of a query."""

    graphs: tuple[str, ...]

    @classmethod
    def of(cls, tokens: tuple[Token, ...], base: str, known: Mapping[str, str]) -> DatasetClause:
        """Return the graphs that the query names, by its own base and prefixes and the known ones."""
        prefixes = dict(known)
        graphs = []
        for place, token in enumerate(tokens):
            after = [*tokens[place + 1 : place + 3], Token("mark", ""), Token("mark", "")]
            if token.upper == "PREFIX":
                prefixes[after[0].text.partition(":")[0]] = urljoin(base, after[1].text[1:-1])
            elif token.upper == "BASE":
                base = urljoin(base, after[0].text[1:-1])
            elif token.upper == "FROM":
                graph = after[1] if after[0].upper == "NAMED" else after[0]
                prefix, _, local = graph.text.partition(":")
                named = prefixes.get(prefix, "") + local
                graphs.append(named if graph.kind == "name" else urljoin(base, graph.text[1:-1]))
        return cls(tuple(graphs))
