# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""One table for all attacks, at the end of a long run: `pytest tests/end2end/faults --long`."""

import pytest

from .losses import Losses

TABLE = pytest.StashKey[Losses]()


@pytest.fixture
def losses(pytestconfig: pytest.Config) -> Losses:
    """Where attacks count."""
    return pytestconfig.stash.setdefault(TABLE, Losses())


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    found = config.stash.get(TABLE, None)
    if found and config.getoption("--long"):
        terminalreporter.section("attacks")
        for line in found.table():
            terminalreporter.write_line(line)
