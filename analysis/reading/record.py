"""What a reader yields: one report's values as the file has them, or what was set aside and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

SHOWN = 500
"""Characters of a set-aside row that are kept for the reader."""


@dataclass(frozen=True, slots=True)
class SetAside:
    """A row or file that could not be read as a report."""

    file: str
    line: int | None
    reason: str
    cure: str
    content: str = ""

    def row(self) -> dict[str, object]:
        """As a row of the set-aside table."""
        return {
            "file": self.file,
            "line": self.line,
            "reason": self.reason,
            "cure": self.cure,
            "content": self.content[:SHOWN],
        }


@dataclass(frozen=True, slots=True)
class Record:
    """One report's values under the names its file gives them."""

    file: str
    line: int | None
    values: Mapping[str, object]
    encoding: str | None = None

    def aside(self, reason: str, cure: str) -> SetAside:
        """The record set aside."""
        shown = "\t".join(f"{value}" for value in self.values.values() if value is not None)
        return SetAside(self.file, self.line, reason, cure, shown)
