"""The draft of a property proposal: what Wikidata's form asks, filled with what the data say.

A person reads it, fills what is left open, and sends it. Chosen over (a) the finished wikitext of a page,
which looks as if nobody had to read it, and (b) an account of our own on Wikidata.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from musnad.config import Site

_EXAMPLES: Final = 3
_OPEN: Final = "(to be filled in by whoever proposes)"


def write_proposal(
    site: Site, identifier: str, pairs: Sequence[tuple[str, str]], kinds: Mapping[str, int]
) -> str:
    """Return the draft in Markdown; `pairs` are items and identifiers that are exact matches."""
    title, shown = site.title.get("en", "Musnad"), pairs[:_EXAMPLES]
    template = _template(site, identifier, shown, sum(kinds.values()))
    counts = "\n".join(f"| {kind} | {number} |" for kind, number in sorted(kinds.items()))
    missing = f"""
The form wants {_EXAMPLES} examples, and the data have {len(shown)} exact match(es) with Wikidata: review more
candidates first (`musnad link`).
"""
    missing = "" if len(shown) == _EXAMPLES else missing
    return f"""# Property proposal: {title} ID (draft)

{site.description.get("en", "")}

Read this before it is sent: the identifiers come from the data, the reasons should come from you.
{missing}
```
{{{{Property proposal
{template}
}}}}
```

## Why an identifier, and no statements

The dataset holds claims: who says what, in which text, in which words. A claim is not a statement about the
world, so only identifiers are offered here, and only for exact matches that a person reviewed.

## What the identifiers are of

| class | number |
|---|---|
{counts}

## Stability

An identifier is never given to another thing. A merged entity answers with 301 to the one that is left, a
withdrawn one with 410.
"""


def _template(site: Site, identifier: str, pairs: Sequence[tuple[str, str]], number: int) -> str:
    """Return the fields of the form, one a line."""
    base, title = site.minter.base, site.title.get("en", "Musnad")
    fields = {
        "status": "",
        "description": f"identifier of a person, organisation, place, event or work in {title}",
        "subject item": _OPEN,
        "data type": "external identifier",
        "allowed values": f"<nowiki>{identifier}</nowiki>",
        **{
            f"example {n}": f"{{{{Q|{thing}}}}} → [{base}id/{ours} {ours}]"
            for n, (thing, ours) in enumerate(pairs, 1)
        },
        "source": base,
        "number of ids": str(number),
        "formatter URL": f"{base}id/$1",
        "planned use": _OPEN,
        "expected completeness": "incomplete: entities are added when documents name them",
    }
    return "\n".join(f"|{key:<22}= {value}".rstrip() for key, value in fields.items())
