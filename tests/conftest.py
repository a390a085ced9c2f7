"""Options that all tests share."""

from __future__ import annotations

import pytest
from builders import servers


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden",
        action="store_true",
        help="write the golden files of tests/golden anew, to be looked at in the diff",
    )


@pytest.fixture
def update_golden(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--update-golden"))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What only an SQLite file can show is left out on a server, and the other way round."""
    here, elsewhere = ("server", "sqlite") if servers.SERVER else ("sqlite", "server")
    for item in items:
        if item.get_closest_marker(elsewhere):
            item.add_marker(pytest.mark.skip(reason=f"needs {elsewhere}, runs on {here}"))
