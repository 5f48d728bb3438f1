"""The arrows between the packages go one way, and each outside library stays behind its door."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
MAY_IMPORT = {
    "contracts": set(),
    "matching": {"contracts"},
    "expectations": {"contracts"},
    "warehouse": {"contracts"},
    "review": {"contracts", "matching", "expectations", "warehouse"},
    "flows": {"contracts", "matching", "expectations", "warehouse", "review"},
}
DOORS = {"prefect": "flows", "great_expectations": "expectations", "psycopg": "warehouse"}
MODULES = sorted(path for package in MAY_IMPORT for path in (ROOT / package).rglob("*.py"))


def imported(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.split(".")[0]


def test_every_package_has_modules():
    assert {path.relative_to(ROOT).parts[0] for path in MODULES} == set(MAY_IMPORT)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_imports_only_what_its_package_may(path):
    package = path.relative_to(ROOT).parts[0]
    ours = set(imported(path)) & set(MAY_IMPORT) - {package}
    assert ours <= MAY_IMPORT[package]


@pytest.mark.parametrize("library", DOORS)
def test_an_outside_library_is_imported_behind_its_door_only(library):
    users = {path.relative_to(ROOT).parts[0] for path in MODULES if library in set(imported(path))}
    assert users == {DOORS[library]}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_opens_with_a_paragraph_and_stays_under_500_lines(path):
    text = path.read_text(encoding="utf-8")
    assert ast.get_docstring(ast.parse(text))
    assert text.count("\n") <= 500
