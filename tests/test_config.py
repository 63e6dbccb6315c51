"""`config` reads declarative files strictly and says where they are wrong."""

from pathlib import Path

import pytest

from musnad.config import read_site, read_yaml
from musnad.errors import MappingError, ProjectError


def write(folder: Path, text: str) -> Path:
    path = folder / "site.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_an_unknown_key_is_named_with_its_line_and_a_remedy(tmp_path: Path) -> None:
    path = write(tmp_path, "base: https://example.org/\nquery_second: 3\n")
    with pytest.raises(MappingError, match=r"site\.yaml:2: unknown key 'query_second'.*query_seconds"):
        read_site(path)


def test_a_key_given_twice_is_refused(tmp_path: Path) -> None:
    with pytest.raises(MappingError, match=r"site\.yaml:2"):
        read_site(write(tmp_path, "port: 1\nport: 2\n"))


def test_no_stays_the_word_no(tmp_path: Path) -> None:
    assert read_yaml(write(tmp_path, "title: no\n"))["title"] == "no"


def test_a_value_of_the_wrong_type_is_refused(tmp_path: Path) -> None:
    with pytest.raises(MappingError, match=r"site\.yaml:1: port must be of type int"):
        read_site(write(tmp_path, "port: eighty\n"))


def test_aliases_are_refused(tmp_path: Path) -> None:
    with pytest.raises(MappingError, match="aliases"):
        read_yaml(write(tmp_path, "a: &x [1]\nb:\n  - *x\n"))


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ProjectError, match="is missing"):
        read_yaml(tmp_path / "none.yaml")


@pytest.mark.parametrize("text", ["", "- a\n", "just words\n", "a: [1\n"])
def test_a_file_that_is_no_mapping_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(MappingError, match=r"site\.yaml"):
        read_yaml(write(tmp_path, text))


def test_another_encoding_is_refused_with_the_remedy(tmp_path: Path) -> None:
    path = tmp_path / "site.yaml"
    path.write_bytes("title: مسند\n".encode("cp1256"))
    with pytest.raises(ProjectError, match="UTF-8"):
        read_yaml(path)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("query_workers: 1.5", "query_workers must be of type int"),
        ("query_workers: many", "query_workers must be of type int"),
        ("query_quick_seconds: 0", "query_quick_seconds must be more than 0"),
        ("connections: -1", "connections must be more than 0"),
        ("query_log_text: 1", "query_log_text must be of type bool"),
        ("query_services: query.example.org", "query_services must be a list of words"),
    ],
)
def test_a_limit_that_is_none_is_refused(tmp_path: Path, line: str, said: str) -> None:
    with pytest.raises(MappingError, match=rf"site\.yaml:1: {said}"):
        read_site(write(tmp_path, f"{line}\n"))


def test_the_limits_of_the_query_service_are_read(tmp_path: Path) -> None:
    site = read_site(write(tmp_path, "query_services: [query.example.org]\nquery_seconds: 3\n"))
    assert (site.query_services, site.query_seconds) == (("query.example.org",), 3)
