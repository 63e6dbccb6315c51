"""The same query from elsewhere: a command for a shell, a script in Python, a script in R.

What is copied runs as it stands: curl and R need nothing else, Python needs SPARQLWrapper. The query is
written so that no character of it can end the text that holds it. Chosen over (a) clients of one vendor and
(b) a template in the page, which would have to know how three languages quote.
"""

from __future__ import annotations

import shlex
from typing import Final

_SPARQL: Final = {"table": "text/csv", "boolean": "application/sparql-results+json", "graph": "text/turtle"}
_AGENT: Final = "my-script (mail@example.org)"  # who asks, for the operator of the service


def snippets(query: str, endpoint: str, kind: str) -> dict[str, str]:
    """Return language → script that puts a query to an endpoint; `kind` is that of its answer."""
    text = query.replace("\r\n", "\n").replace("\x00", "").strip() + "\n"
    return {
        "curl": _curl(text, endpoint, _SPARQL[kind]),
        "python": _python(text, endpoint, kind),
        "r": _r(text, endpoint, kind),
    }


def _curl(query: str, endpoint: str, media_type: str) -> str:
    return (
        f"curl {shlex.quote(endpoint)} \\\n"
        f"  --header {shlex.quote(f'Accept: {media_type}')} \\\n"
        f"  --data-urlencode {shlex.quote(f'query={query}')}\n"
    )


def _python(query: str, endpoint: str, kind: str) -> str:
    rows = 'for row in answer["results"]["bindings"]:\n    print({k: v["value"] for k, v in row.items()})'
    wanted, use = {
        "table": ("JSON", rows),
        "boolean": ("JSON", 'print(answer["boolean"])'),
        "graph": ("TURTLE", 'print(answer.decode("utf-8"))'),
    }[kind]
    return (
        f"# pip install SPARQLWrapper\nfrom SPARQLWrapper import {wanted}, POST, SPARQLWrapper\n\n"
        f"query = {_python_text(query)}\n"
        f"service = SPARQLWrapper({endpoint!r}, agent={_AGENT!r})\n"
        f"service.setMethod(POST)\nservice.setReturnFormat({wanted})\nservice.setQuery(query)\n"
        f"answer = service.query().convert()\n{use}\n"
    )


def _plain(text: str) -> bool:
    """Tell whether every character of a text can be seen, so that the lines can stand as they are."""
    return all(line.replace("\t", " ").isprintable() for line in text.split("\n"))


def _python_text(text: str) -> str:
    r"""Return a text as Python writes it: line by line where nothing in it needs care.

    >>> _python_text('"a\\b"')
    '\'"a\\\\b"\''
    """
    if not _plain(text) or "\\" in text or '"""' in text or text.endswith('"'):
        return repr(text)
    return f'"""\\\n{text}"""'


def _r(query: str, endpoint: str, kind: str) -> str:
    form = {"table": "csv", "boolean": "json", "graph": "ttl"}[kind]
    use = {
        "table": 'answer <- read.csv(address, encoding = "UTF-8", check.names = FALSE)\nprint(answer)',
        "boolean": 'answer <- readLines(address, warn = FALSE)\ncat(answer, "\\n")',
        "graph": 'answer <- readLines(address, warn = FALSE, encoding = "UTF-8")\nwriteLines(answer)',
    }[kind]
    return (
        f"query <- {_r_text(query)}\n"
        f'asked <- paste0("?format={form}&query=", URLencode(query, reserved = TRUE))\n'
        f"address <- paste0({_r_text(endpoint)}, asked)\n"
        f"{use}\n"
    )


def _r_text(text: str) -> str:
    r"""Return a text as a raw string of R 4, with as many dashes as it takes; R takes no hidden characters.

    >>> _r_text('SELECT "a"'), _r_text(')"')
    ('r"(SELECT "a")"', 'r"-()")-"')
    """
    if not _plain(text):
        return '"' + "".join(map(_r_letter, text)) + '"'
    dashes = ""
    while f'){dashes}"' in text:
        dashes += "-"
    return f'r"{dashes}({text}){dashes}"'


def _r_letter(letter: str) -> str:
    if letter in '"\\':
        return f"\\{letter}"
    return letter if letter.isprintable() else f"\\U{{{ord(letter):x}}}"
