"""The house rules that a program can hold."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
MODULES = sorted((ROOT / "analysis").rglob("*.py"))
WINGS = ("reading", "coding", "events", "escalation", "figures", "exchange", "scale", "notebooks", "run", "cli")
"""In the order of the data: a module imports only from its own wing and from those before it."""
SHARED = ("tables", "paths", "__init__")
LETTERS = {
    *(f"coding/{module}.py" for module in ("text", "letters", "dodged", "lexicon", "inflect")),
    "figures/arabic.py",
}
"""Modules that may hold single letters, clitics and endings: folding, gluing, inflecting, shaping."""
ARABIC = re.compile(r"[\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufeff]{2,}")
CLITIC = 3
"""The longest thing that Arabic glues to a word, in letters."""


def name(path: Path) -> str:
    return path.relative_to(ROOT / "analysis").as_posix()


def strings(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Every string of a module that is not a docstring."""
    documentation = {
        id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in documentation:
            yield node.lineno, node.value


def arabic_words(source: str, module: str) -> list[str]:
    allowed = CLITIC if module in LETTERS else 0
    return [
        f"line {line}: {word}"
        for line, text in strings(ast.parse(source))
        for word in ARABIC.findall(text)
        if len(word) > allowed and not (module in LETTERS and len(text.split()) == 1 and _is_table(text))
    ]


def _is_table(text: str) -> bool:
    """Whether a string is a list of letters (a table that unifies spellings), not a word: no letter stands twice."""
    return len(text) > CLITIC and len(set(text)) == len(text)


def imports(source: str, package: str) -> Iterator[str]:
    """The modules of the project that a module imports."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name.split(".")[0] == "analysis")
        elif isinstance(node, ast.ImportFrom):
            if node.level:
                yield f"{package} imports relatively"
            elif node.module == "analysis":
                yield from (f"analysis.{alias.name}" for alias in node.names)
            elif (node.module or "").split(".")[0] == "analysis":
                yield str(node.module)


def wrong_imports(source: str, module: str) -> list[str]:
    wing = module.split("/")[0].removesuffix(".py")
    if wing not in WINGS:
        return [] if wing == "__init__" else [m for m in imports(source, module) if m.split(".")[1] not in SHARED]
    allowed = {*WINGS[: WINGS.index(wing) + 1], *SHARED}
    return [target for target in imports(source, module) if target.split(".")[1].split(" ")[0] not in allowed]


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_no_arabic_word_stands_in_code(path: Path) -> None:
    assert arabic_words(path.read_text(encoding="utf-8"), name(path)) == []


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_a_module_imports_only_from_the_wings_before_its_own(path: Path) -> None:
    assert wrong_imports(path.read_text(encoding="utf-8"), name(path)) == []


@pytest.mark.parametrize(
    ("source", "module", "found"),
    [
        ('"""وثيقة: قصف."""\n', "coding/actors.py", []),
        ('WORD = "قصف"\n', "coding/actors.py", ["line 1: قصف"]),
        ('PREFIX = "لل"\n', "coding/lexicon.py", []),
        ('PREFIX = "لل"\n', "coding/mentions.py", ["line 1: لل"]),
        ('WORD = "داعش داعش"\n', "coding/lexicon.py", ["line 1: داعش", "line 1: داعش"]),
        ('print(f"{x} غارة")\n', "figures/map.py", ["line 1: غارة"]),
        ("x = 1  # تعليق\n", "events/clusters.py", []),
    ],
)
def test_an_arabic_word_is_seen_wherever_it_hides(source: str, module: str, found: list[str]) -> None:
    assert arabic_words(source, module) == found


@pytest.mark.parametrize(
    ("source", "module", "found"),
    [
        ("from analysis.coding.text import fold", "events/clusters.py", []),
        ("from analysis.events.clusters import cluster", "coding/coder.py", ["analysis.events.clusters"]),
        ("import analysis.figures.map", "escalation/placebo.py", ["analysis.figures.map"]),
        ("from analysis import tables", "reading/reports.py", []),
        ("from analysis.scale import code", "tables.py", ["analysis.scale"]),
    ],
)
def test_a_wrong_import_is_seen(source: str, module: str, found: list[str]) -> None:
    assert wrong_imports(source, module) == found
