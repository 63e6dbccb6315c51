"""The declarations of pages are closed, and objections name template, line and name."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from musnad.config import read_site
from musnad.errors import MappingError, ProjectError, TemplateError
from musnad.project import Project
from musnad.site import Site
from musnad.site.pages import KEYS, read_pages
from musnad.site.rendering import COMMON
from musnad.site.view import View
from musnad.store import Store

ROOT = Path(__file__).parents[1]


@pytest.fixture
def project(tmp_path: Path) -> Project:
    for name in ("publish", "ontology"):
        shutil.copytree(ROOT / name, tmp_path / name)
    return Project(tmp_path)


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def load(project: Project) -> Site:
    return Site(project, Store.open(), read_site(project.site_file))


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("    template: claim.html", "    templates: claim.html", r"site.yaml:\d+: unknown key 'templates'"),
        ("    path: claim/*\n", "", "missing key 'path'"),
        ("    path: claim/*", "    path: ../claim", "not a path"),
        ("    path: claim/*", "    path: people", "have the path 'people'"),
        ("[claim, claim-words,", "[claim, claim,", "named twice"),
        ("[claim, claim-words,", "[claim, claim-wrods,", "claim-wrods.rq: the file is missing"),
        ("{concept-claims: 40}", "{concept-claims: 500}", "1 … 100"),
        ("{concept-claims: 40}", "{concept-claim: 30}", "1 … 100"),
        ("{claim-conflicts: claim-rows}", "{claim-conflict: claim-rows}", "more maps its queries"),
        ("    collated: people", "    collated: peoples", "collated names 'peoples'"),
        ("    anywhere: true", "    anywhere: perhaps", "anywhere is true or false"),
        ("    template: claim.html", "    template: nothing.html", "the template is missing"),
    ],
)
def test_a_mistake_in_the_declaration_is_named(project: Project, old: str, new: str, message: str) -> None:
    change(project.site_file, old, new)
    with pytest.raises(ProjectError, match=message):
        load(project)


def test_pages_must_be_there(project: Project) -> None:
    with pytest.raises(MappingError, match="at least one page"):
        read_pages(project.site_file, {})


def test_a_template_may_use_only_what_its_queries_give(project: Project) -> None:
    change(project.templates / "graph.html", "this.statements", "statments")
    with pytest.raises(TemplateError, match=r"graph\.html:\d+: the name 'statments' is given by no query"):
        load(project)


def test_a_variable_that_the_query_lacks_is_named_with_its_line(project: Project) -> None:
    change(project.templates / "claims.html", "row.claims", "row.clams")
    with pytest.raises(TemplateError, match=r"claims\.html:\d+: the name 'clams' is not given"):
        load(project).render("claims", "ar")


def test_a_text_that_is_missing_is_named(project: Project) -> None:
    change(project.templates / "claims.html", 't("index.claims")', 't("index.clams")')
    with pytest.raises(TemplateError, match=r"claims\.html:\d+: .*index\.clams"):
        load(project).render("claims", "ar")


def test_a_broken_template_is_named_with_its_line(project: Project) -> None:
    change(project.templates / "claims.html", "{% endblock %}", "{% endblok %}")
    with pytest.raises(TemplateError, match=r"claims\.html:\d+"):
        load(project)


def test_a_broken_query_is_named(project: Project) -> None:
    change(project.queries / "claim.rq", "SELECT", "SELCT")
    with pytest.raises(TemplateError, match=r"claim\.rq: not a SPARQL query"):
        load(project)


def test_a_page_asks_with_select_alone(project: Project) -> None:
    (project.queries / "graph.rq").write_text("ASK { $this ?p ?o }", encoding="utf-8")
    with pytest.raises(TemplateError, match="must be a SELECT"):
        load(project)


def test_an_example_needs_both_titles(project: Project) -> None:
    example = sorted((project.queries / "examples").glob("*.rq"))[0]
    change(example, "# title-ar:", "# titel-ar:")
    with pytest.raises(TemplateError, match="title-ar"):
        load(project)


def test_a_new_page_is_a_query_a_template_and_three_lines(project: Project) -> None:
    (project.queries / "verbs.rq").write_text(
        "SELECT ?verb (COUNT(*) AS ?uses) { ?x msn:reportingVerb ?verb } GROUP BY ?verb", encoding="utf-8"
    )
    (project.templates / "verbs.html").write_text(
        '{% extends "base.html" %}{% block title %}verbs{% endblock %}'
        "{% block main %}{{ total.verbs }}{% endblock %}",
        encoding="utf-8",
    )
    with project.site_file.open("a", encoding="utf-8") as file:
        file.write(
            "  verbs:\n    path: verbs\n    query: [verbs]\n    template: verbs.html\n    data: false\n"
        )
    page = load(project).render("verbs", "en")
    assert page is not None
    assert page.title == "verbs · Musnad"


def test_every_key_and_every_name_of_a_template_is_described() -> None:
    described = (ROOT / "docs" / "pages.md").read_text(encoding="utf-8")
    site = load(Project(ROOT))
    for name in (*KEYS, *View(site.world, "ar", "").names(), *COMMON):
        assert f"`{name}" in described, name
