"""Files are looked into right here, as in the dialogue tests: the child process has tests of its own. So have the
pictures that come with a result."""

import pytest

from tests.dialogues.conftest import no_child
from tests.kit import files

__all__ = ["no_child"]


@pytest.fixture(autouse=True)
def no_pictures(monkeypatch: pytest.MonkeyPatch) -> None:
    """How they look is tested in tests/reports/test_ranking.py."""
    monkeypatch.setattr("reports.charts.ranking.ranking", lambda _: files.png())
