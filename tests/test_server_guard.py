import time

import pytest

from effort import HANGS, effort
from musnad.server.guard import DatasetClause, QueryRefused, check
from serving import SHARED

SUITES = SHARED / "suites"
# The W3C's federated queries, and one with a broken escape: the only files of its suites that are refused.
REFUSED = {
    "syntax-service-01.rq",
    "syntax-service-02.rq",
    "syntax-service-03.rq",
    "syn-invalid-codepoint-escaped-bad-01.rq",
}
MANY = 300
OBJECTS = " ".join(f"?o{number}" for number in range(MANY))


@pytest.mark.skipif(not SUITES.is_dir(), reason="the W3C suites are not beside the repository")
def test_the_limits_refuse_no_ordinary_query() -> None:
    refused = set()
    for path in SUITES.rglob("*.rq"):
        try:
            check(path.read_text(encoding="utf-8", errors="replace"))
        except QueryRefused:
            refused.add(path.name)
    assert refused <= REFUSED


@pytest.mark.parametrize(
    "query",
    [
        "(" * 10_000,
        "{" * 10_000,
        f"SELECT * {{ FILTER({'!' * 10_000}?x) }}",
        f"SELECT * {{ ?s {'(' * 60}<p:p>{')' * 60} ?o }}",
        f"SELECT * {{ ?s ?p {'(' * 200}{')' * 200} }}",
        f"SELECT * {{ {'OPTIONAL {' * 60}{'}' * 60} }}",
        f"SELECT * {{ FILTER({' && '.join(['?x'] * 10_000)}) }}",
        f"SELECT * {{ {' UNION '.join(['{}'] * 450)} }}",
        f"SELECT * {{ {'BIND(1 AS ?x) ' * 5_000} }}",
        f"SELECT * {{ FILTER(?x IN ({','.join('1' * 50_000)})) }}",
        "PREFIX a: <a:a> " * 20_000,
        "SELECT * { ?s ?p '" + "a" * 40_000 + "' }",
        "'" * 32_000,
        "<a" * 16_000,
        "\\" * 32_000,
        "SELECT * { ?s ?p 'a\x00' }",
        "SELECT * { ?s ?p '\\u0000' }",
        "SELECT * { ?s ?p '\\uD800' }",
        "SELECT * { ?s ?p '\uffff' }",
    ],
)
def test_a_query_over_a_limit_is_refused_at_once(query: str) -> None:
    def refuse() -> QueryRefused:
        with pytest.raises(QueryRefused) as refused:
            check(query)
        return refused.value

    started = time.process_time()
    refused, calls = effort(refuse)
    assert refused.status in {400, 413}
    assert calls < 1_000 + 5 * len(query)
    assert time.process_time() - started < HANGS


@pytest.mark.parametrize(
    "patterns",
    [
        "?s ?p ?o . " * MANY,
        "?s ex:p ex:o." * MANY,
        "?s ?p 1." * MANY,
        "?s ?p ?o {} " * MANY,
        "?s ?p ?o OPTIONAL {} " * MANY,
        f"?s ?p {OBJECTS.replace(' ', ', ')}",
        f"?s {' ; '.join(f'<p:p{number}> ?o' for number in range(MANY))}",
        f"?s ?p ({OBJECTS})",
        f"({OBJECTS}) ?p ?o",
        f"?s a ({OBJECTS})",
        f"?s ?p ({'[] ' * MANY})",
        "[?p ?o] " * MANY,
        f"?s {'/'.join(['<p:p>'] * MANY)} ?o",
        f"?s ({'/'.join(['<p:p>'] * MANY)}) ?o",
        f"FILTER ex:f(?x) ?s ?p ({OBJECTS})",
        f"FILTER EXISTS {{ ?a ?b ?c }} ?s ?p ({OBJECTS})",
        f"{{ SELECT ?x {{ ?x ?y ?z }} ORDER BY ?x }} ?s ?p ({OBJECTS})",
        f"VALUES ?x {{ 1 }} {'?s ?p ?o . ' * MANY}",
    ],
)
def test_patterns_are_counted_however_they_are_written(patterns: str) -> None:
    with pytest.raises(QueryRefused, match="patterns"):
        check(f"SELECT * {{ {patterns} }}")


@pytest.mark.parametrize(
    "query",
    [
        f"SELECT * {{ VALUES (?a ?b) {{ {'(1 2) ' * 600} }} ?s ?p ?a }}",
        f"SELECT * {{ ?s ?p ?o FILTER(?o IN ({','.join(['<a:a>'] * 1_000)})) }}",
        f"CONSTRUCT {{ {'?s ?p ?o . ' * 100} }} WHERE {{ ?s ?p ?o }}",
        f"SELECT * {{ {'FILTER(?a < ?b && REGEX(?c, STR(?d))) ' * 50} }}",
    ],
)
def test_long_but_cheap_queries_pass(query: str) -> None:
    assert check(query)


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "SELECT * { SERVICE SILENT ?x { ?s ?p ?o } }",
        "select * { service<http://127.0.0.1:9/>{} }",
        "SELECT * { ?s ?p : SERVICE <http://127.0.0.1:9/> {} }",
        "SELECT * { ?s ?p 1SERVICE<http://127.0.0.1:9/>{} }",
        "SELECT * { ?s ?p trueSERVICE<http://127.0.0.1:9/>{} }",
        "SELECT * { \\u0053ERVICE <http://127.0.0.1:9/> {} }",
        "SELECT * { S\\U00000045RVICE <http://127.0.0.1:9/> {} }",
        'SELECT * { ?s ?p "\\u0022 SERVICE <http://127.0.0.1:9/> {} }',
        "SELECT * { FILTER(?a<?b)SERVICE?x#>\n{} }",
        "SELECT * { FILTER(?a<?b#>'''\n) SERVICE ?x {} #'''\n}",
        "PREFIX service: <x:x> SELECT * { service:y {} }",
    ],
)
def test_service_is_refused_however_it_is_written(query: str) -> None:
    with pytest.raises(QueryRefused) as refused:
        check(query)
    assert refused.value.status == 403


@pytest.mark.parametrize(
    "query",
    [
        'SELECT * { ?s ?p "SERVICE" }',
        "SELECT * { ?s <http://example.org/service#a> ?o } # SERVICE",
        "SELECT ?service { ?service ex:serviceType 'x'@en }",
    ],
)
def test_the_word_alone_is_no_offence(query: str) -> None:
    assert check(query)


def test_the_dataset_clause_is_read_with_its_prefixes() -> None:
    query = (
        "PREFIX e: <http://e/> SELECT * FROM <http://a> FROM NAMED e:b FROM graph:x { ?s ?p 'FROM <c:c>' }"
    )
    clause = DatasetClause.of(check(query), "http://g/", {"graph": "http://g/"})
    assert clause.graphs == ("http://a", "http://e/b", "http://g/x")
    assert DatasetClause.of(check("ASK FROM <x> {}"), "http://g/", {}).graphs == ("http://g/x",)
