# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Contract tests run against a local farm of their own, and with CUEFFMPEG_TEST_CUEBOT=HOST:PORT on that Cuebot too."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from cue_client import CueClient

from cueffmpeg_gui.localfarm import control

CUEBOT = os.environ.get("CUEFFMPEG_TEST_CUEBOT", "")


@pytest.fixture(scope="session")
def local_farm(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of a strict farm with two cores, one process for all contract tests."""
    root = tmp_path_factory.mktemp("contract") / "farm"
    settings = control.FarmSettings(cores=2, memory_kb=8 * 1024 * 1024, strict=True)
    address = control.start(root, settings=settings)
    yield str(address)
    control.stop(root)


@pytest.fixture(scope="session", params=["local", *(["cuebot"] if CUEBOT else [])])
def farm(request: pytest.FixtureRequest) -> Iterator[CueClient]:
    """Raw stubs of the farm under test; every job launched through it is killed at the end."""
    address = request.getfixturevalue("local_farm") if request.param == "local" else CUEBOT
    with CueClient(address, is_local=request.param == "local") as client:
        yield client


@pytest.fixture
def local_only(farm: CueClient) -> CueClient:
    if not farm.is_local:
        pytest.skip("holds for the local farm alone")
    return farm


@pytest.fixture(scope="session")
def recordings() -> Path:
    """Recordings of a real Cuebot."""
    return Path(__file__).parent.parent / "data" / "cuebot"
