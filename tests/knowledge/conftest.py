"""What every test of the knowledge needs: where it lies."""

from pathlib import Path

import pytest


@pytest.fixture
def knowledge_folder() -> Path:
    return Path(__file__).parents[2] / "knowledge"
