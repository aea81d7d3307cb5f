"""Where the tables of the package lie, in a checkout or a wheel; files written in one step, cells without formulas."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent
FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""A text cell that begins so is run as a formula by spreadsheets."""


def data_path(*parts: str) -> Path:
    """Return the path of a file or folder of `data/`, in the checkout or in the installed package.

    Raises FileNotFoundError where neither holds it.

    >>> data_path("entities", "kinds.tsv").name
    'kinds.tsv'
    """
    return _carried("data", "_data", parts)


def notebook_path(*parts: str) -> Path:
    """Return the path of a notebook of the package, in the checkout or in the installed package.

    Raises FileNotFoundError where neither holds it.
    """
    return _carried("notebooks", "_notebooks", parts)


def _carried(checkout: str, installed: str, parts: tuple[str, ...]) -> Path:
    for root in (PACKAGE.parent / checkout, PACKAGE / installed):
        path = root.joinpath(*parts)
        if path.exists():
            return path
    raise FileNotFoundError(f"{'/'.join((checkout, *parts))} is not in this installation; reinstall rasd")


@contextmanager
def atomic_path(path: Path | str) -> Iterator[Path]:
    """Yield a temporary path beside `path`; on success it takes the place of `path` in one step, on failure it goes.

    The folder is made where it is missing. A reader never sees half a file.
    """
    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=path.suffix)
    os.close(handle)
    temporary = Path(name)
    try:
        yield temporary
        temporary.chmod(0o644)
        os.replace(temporary, path)
    finally:
        temporary.unlink(missing_ok=True)


def guard_cell(value: object) -> object:
    """Return a cell as CSV may hold it: text that a spreadsheet would run as a formula gets an apostrophe before it.

    Source: OWASP, CSV injection.

    >>> guard_cell("=1+1"), guard_cell(-1)
    ("'=1+1", -1)
    """
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA) else value


def write_atomically(path: Path | str, content: str) -> None:
    """Write a text file, UTF-8 with `\\n` line ends, in one step."""
    with atomic_path(path) as temporary:
        temporary.write_text(content, encoding="utf-8", newline="\n")
