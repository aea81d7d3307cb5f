"""What the tests share."""

from __future__ import annotations

import os
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of measuring data: RASD_SHARED, or `shared` beside the checkout; the test is skipped without it."""
    path = Path(os.environ.get("RASD_SHARED") or Path(__file__).resolve().parents[2] / "shared")
    if not (path / "gold").is_dir():
        pytest.skip("the measuring data is not here: set RASD_SHARED to its folder")
    return path
