"""The code stays small enough to read."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
MODULES = sorted((ROOT / "src" / "musnad").rglob("*.py"))


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_keeps_its_budget(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 300
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            start = node.body[0].lineno if not ast.get_docstring(node) else node.body[0].end_lineno
            body = (node.end_lineno or 0) - (start or 0)
            assert body <= 40, f"{node.name} has {body} lines"
            given = [arg for arg in node.args.args if arg.arg not in {"self", "cls"}]
            assert len(given) <= 5, f"{node.name} has {len(given)} parameters"
        if isinstance(node, ast.ClassDef):
            assert (node.end_lineno or 0) - node.lineno <= 150, f"{node.name} is too long"


def test_the_readme_is_short() -> None:
    assert len((ROOT / "README.md").read_text(encoding="utf-8").splitlines()) <= 150


def test_there_are_modules_to_measure() -> None:
    assert len(MODULES) > 20
