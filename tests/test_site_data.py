"""Data and pages of a thing: no derived triple without its graph, and no order but that of the queries."""

import pyoxigraph as ox
import pytest

from musnad.build import Folder
from musnad.config import read_site
from musnad.project import Project
from musnad.site import Site
from musnad.site.data import Data
from musnad.site.pages import LOCALIZED
from musnad.store import Store
from musnad.vocabulary import PREFIXES


def test_what_is_only_reported_does_not_stand_in_the_description_of_its_subject(
    built: Folder, project: Project
) -> None:
    config = read_site(project.site_file)
    store = Store.open(built.store, read_only=True)
    reported = list(store.quads(config.minter.graph("reported")))
    assert reported
    subject, predicate = reported[0].subject, reported[0].predicate
    assert isinstance(subject, ox.NamedNode)
    text = Data(project, store, config).write(subject.value, "nt")
    assert text is not None
    triples = [quad.triple for quad in ox.parse(text, format=ox.RdfFormat.N_TRIPLES)]
    said = [t for t in triples if t.subject == subject and t.predicate == predicate]
    asserted = list(store.native.quads_for_pattern(subject, predicate, None))
    voiced = {quad.triple for quad in asserted if quad.graph_name.value != config.minter.graph("reported")}
    assert set(said) == voiced


def test_the_named_graph_of_what_is_reported_holds_it_whole(built: Folder, project: Project) -> None:
    config = read_site(project.site_file)
    store = Store.open(built.store, read_only=True)
    graph = config.minter.graph("reported")
    text = Data(project, store, config).write(graph, "nt")
    assert text is not None
    assert len(text.splitlines()) == len(list(store.quads(graph)))


def test_a_page_does_not_depend_on_how_the_store_orders_its_quads(built: Folder, project: Project) -> None:
    config = read_site(project.site_file)
    sites = []
    for _ in range(2):
        store = Store.open(built.store, read_only=True, base=config.base)
        sites.append(Site(project, store, config))
    store.to_memory()
    pages = list(sites[0].pages())
    entities = [each for each in pages if each[0].startswith("id/")][::4]
    for path, kind in (*(each for each in pages if "/" not in each[0] or "scheme/" in each[0]), *entities):
        language = "en" if kind.suffix in LOCALIZED else ""
        one, other = (site.render(path, language, 1, kind.suffix) for site in sites)
        assert one == other, path


@pytest.mark.parametrize(("path", "most"), [("id/ankara", 1_000), ("scheme/modality/asserted", 100)])
def test_a_share_of_all_claims_is_linked_to_a_concept_and_more_to_a_thing(
    built: Folder, project: Project, path: str, most: int
) -> None:
    config = read_site(project.site_file)
    store = Store.open(built.store, read_only=True, base=config.base)
    store.to_memory()
    node, about = ox.NamedNode(config.base + path), ox.NamedNode(PREFIXES["schema"] + "about")
    for number in range(1_200):
        claim = ox.NamedNode(config.minter.claim(str(number)))
        store.native.add(ox.Quad(claim, about, node, ox.NamedNode(config.minter.graph("x"))))
    text = Data(project, store, config).write(node.value, "nt")
    assert text is not None
    linking = {line.split()[0] for line in text.splitlines() if line.endswith(f"{node} .")}
    assert len([name for name in linking if "/claim/" in name and "#" not in name]) == most
