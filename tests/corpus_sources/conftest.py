# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The table that the corpus of sources fills, printed at the end when --corpus-table asks for it."""

import pytest

LINES = pytest.StashKey[list[str]]()


def pytest_configure(config: pytest.Config) -> None:
    config.stash[LINES] = []


@pytest.fixture(scope="session")
def source_table(pytestconfig: pytest.Config) -> list[str]:
    """Lines of the table: source, what came of it, how far from what is right."""
    return pytestconfig.stash[LINES]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    if config.getoption("--corpus-table") and config.stash[LINES]:
        terminalreporter.section("source, largest and mean error of luma, mean error of chroma, what is said")
        for line in sorted(config.stash[LINES]):
            terminalreporter.write_line(line)
