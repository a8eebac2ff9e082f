# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The table that the corpus fills, printed at the end when --corpus-table asks for it."""

import pytest

LINES = pytest.StashKey[list[str]]()


def pytest_configure(config: pytest.Config) -> None:
    config.stash[LINES] = []


@pytest.fixture(scope="session")
def corpus_table(pytestconfig: pytest.Config) -> list[str]:
    """Lines of the table: pair, right, in one, in chunks."""
    return pytestconfig.stash[LINES]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    if config.getoption("--corpus-table"):
        terminalreporter.section("pair, right VMAF and PSNR, in one, in chunks")
        for line in sorted(config.stash[LINES]):
            terminalreporter.write_line(line)
