"""Imports run one way (docs/adr). Read from the syntax trees, so that an import inside a function counts too."""

import ast
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGES = ("conditions", "resources", "caregiver_finder")  # each may use those before it
# A room of resources → the other rooms that it may use. Rooms that are not named may use any, and none of these may use them.
ROOMS = {
    "models": set(),
    "document": {"models"},
    "completeness": {"models", "document"},
    "workflow": {"models", "document", "completeness"},
    "finder": {"models"},
    "doors": {"models"},
    "people": {"models", "doors"},
    "heartbeat": {"models", "workflow"},
    "curation": {"models", "document", "completeness", "workflow", "finder", "lint", "doors", "transfer", "heartbeat", "public_forms"},
}


def modules():
    """`{dotted name: path}` of our own modules; a package is its `__init__`."""
    paths = (path for package in PACKAGES for path in (ROOT / package).rglob("*.py") if "migrations" not in path.parts)
    return {".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path for path in paths}


MODULES = modules()


def imports(name):
    """Names of our own modules that the module imports."""
    path = MODULES[name]
    package = name if path.name == "__init__.py" else name.rpartition(".")[0]
    found = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            above = package.split(".")[: len(package.split(".")) - node.level + 1] if node.level else []
            module = ".".join([*above, *filter(None, [node.module])])
            inside = {f"{module}.{alias.name}" for alias in node.names}
            found |= {one if one in MODULES else module for one in inside}
    return found & MODULES.keys()


GRAPH = {name: imports(name) for name in MODULES}


def room(name):
    package, _, rest = name.partition(".")
    return rest.partition(".")[0] if package == "resources" else ""


def test_the_walk_sees_imports_of_every_form():
    assert "resources.document" in GRAPH["resources.starter"]  # from . import document as documents
    assert "resources.document.shape" in GRAPH["resources.document.store"]  # from . import shape
    assert "resources.models" in GRAPH["resources.document.store"]  # from ..models import (…)
    assert "resources.ledger" in GRAPH["resources.apps"]  # inside a function
    assert "conditions.models" in GRAPH["resources.models.resource"]  # from conditions.models import Condition


@pytest.mark.parametrize("package", PACKAGES)
def test_packages_use_only_those_below(package):
    above = PACKAGES[PACKAGES.index(package) + 1 :]
    upward = [(name, used) for name, uses in GRAPH.items() if name.startswith(package) for used in uses if used.startswith(above)]
    assert upward == []


@pytest.mark.parametrize("own", ROOMS)
def test_rooms_use_only_those_below(own):
    allowed = ROOMS[own] | {own}
    upward = [
        (name, used) for name, uses in GRAPH.items() if room(name) == own for used in uses if room(used) and room(used) not in allowed
    ]
    assert any(room(name) == own for name in GRAPH)
    assert upward == []


def test_no_circle_of_modules():
    try:
        TopologicalSorter(GRAPH).prepare()
    except CycleError as found:
        pytest.fail(" → ".join(found.args[1]))
