"""Values of columns as RDF terms in N-Quads: the functions that the generated code calls.

JSON strings as orjson writes them are legal N-Quads literals (https://www.w3.org/TR/n-quads/#sec-grammar),
and pyoxigraph knows which IRIs are legal, so neither grammar is written again here. Chosen over (a) building
Quad objects, a third of the speed, and (b) checking the finished file, which could not name the row.
"""

from __future__ import annotations

import math
import re
from decimal import Decimal
from typing import Any, Final

from orjson import dumps
from pyoxigraph import Literal, NamedNode

from musnad.errors import UnmappedRow
from musnad.vocabulary import PREFIXES

_XSD: Final = PREFIXES["xsd"]
_KEPT: Final = 16_384  # terms remembered, about 5 MiB
# iunreserved of RFC 3987: https://www.rfc-editor.org/rfc/rfc3987#section-2.2
_UNSAFE: Final = re.compile(
    "[^A-Za-z0-9._~\\-\u00a0-\ud7ff\uf900-\ufdcf\ufdf0-\uffef"
    + "".join(f"{chr(plane << 16)}-{chr((plane << 16) + 0xFFFD)}" for plane in range(1, 14))
    + "\U000e1000-\U000efffd]"
)


class Iris(dict[Any, bytes]):
    """Legal IRIs in angle brackets, by their value; an illegal one raises UnmappedRow."""

    def __missing__(self, value: Any) -> bytes:
        text = value if type(value) is str else lexical(value)
        try:
            NamedNode(text)
            written = b"<%b>" % text.encode()
        except ValueError as error:
            raise UnmappedRow(
                repr(text), f"not an absolute IRI: {error}", "give a full and legal IRI"
            ) from None
        if len(self) >= _KEPT:
            self.clear()
        self[value] = written
        return written


class Tags(dict[Any, bytes]):
    """Language tags with their @, by their value; an illegal one raises UnmappedRow."""

    def __missing__(self, value: Any) -> bytes:
        if not isinstance(value, str) or not language_is_legal(value):
            raise UnmappedRow(repr(value), "not a language tag", "such as ar or en-GB")
        written = b"@%b" % value.encode()
        if len(self) >= _KEPT:
            self.clear()
        self[value] = written
        return written


def lexical(value: Any, datatype: str = "") -> str:
    """Return the text of a value of JSON in the lexical space of a datatype.

    Without one, numbers and booleans have the natural forms of RML
    (https://kg-construct.github.io/rml-core/spec/docs/#natural-mapping): 0.91 is 9.1E-1.

    >>> lexical(True), lexical(0.91), lexical(0.91, _XSD + "decimal"), lexical(3.0, _XSD + "integer")
    ('true', '9.1E-1', '0.91', '3')
    """
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        if datatype in {"", _XSD + "double", _XSD + "float"}:
            return _double(value)
        plain = format(Decimal(repr(value)), "f") if math.isfinite(value) else _double(value)
        return plain.removesuffix(".0") if datatype == _XSD + "integer" else plain
    raise UnmappedRow(repr(value), "a list or an object, not a value", "give each value a row or a column")


def _double(value: float) -> str:
    """Return the canonical form of an xsd:double (https://www.w3.org/TR/xmlschema11-2/#double)."""
    if not math.isfinite(value):
        return "NaN" if math.isnan(value) else "INF" if value > 0 else "-INF"
    sign, digits, exponent = Decimal(repr(value)).normalize().as_tuple()
    text = "".join(map(str, digits))
    point = int(exponent) + len(digits) - 1 if value else 0
    return f"{'-' if sign else ''}{text[0]}.{text[1:] or '0'}E{point}"


def quoted(value: Any, datatype: str = "") -> bytes:
    """Return a value as a quoted string of N-Quads, without datatype or language."""
    try:
        return dumps(lexical(value, datatype))
    except TypeError:
        problem = "not Unicode text: a lone surrogate"
        raise UnmappedRow(ascii(value), problem, "decode the source as what it is") from None


def natural(value: Any) -> bytes:
    """Return a value as a literal with the datatype that its type in JSON has.

    >>> natural(5)
    b'"5"^^<http://www.w3.org/2001/XMLSchema#integer>'
    """
    if isinstance(value, str):
        return quoted(value)
    kind = "boolean" if isinstance(value, bool) else "integer" if isinstance(value, int) else "double"
    return b"%b^^<%b%b>" % (quoted(value), _XSD.encode(), kind.encode())


def safe(value: Any) -> str:
    """Return a value as a part of an IRI; what is not unreserved is percent-encoded, Arabic is kept.

    >>> safe("حلب 1/2")  # Aleppo
    'حلب%201%2F2'
    """
    text = value if type(value) is str else lexical(value)
    if text.isalnum():
        return text
    try:
        return _UNSAFE.sub(lambda found: "".join(f"%{byte:02X}" for byte in found[0].encode()), text)
    except UnicodeEncodeError:
        problem = "not Unicode text: a lone surrogate"
        raise UnmappedRow(ascii(value), problem, "decode the source as what it is") from None


def language_is_legal(tag: str) -> bool:
    """Tell whether a language tag may stand in RDF."""
    try:
        Literal("", language=tag)
    except ValueError:
        return False
    return True


def iri_is_legal(text: str) -> bool:
    """Tell whether a text is an absolute IRI (RFC 3987)."""
    try:
        NamedNode(text)
    except ValueError:
        return False
    return True
