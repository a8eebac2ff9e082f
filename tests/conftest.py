# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""What every test stands on: a home of its own, a real ffmpeg, small clips, and real workers on real job folders."""

import os
from pathlib import Path

import imageio_ffmpeg
import pytest
from clips import Clips
from worker_jobs import Encodes, Jobs

from cueffmpeg_gui.settings import Settings, load_settings

# Farms and workers are tried in one process here. gRPC's handlers for fork() abort a child that is about to become
# ffmpeg when a call is under way; no process of the program has both.
os.environ["GRPC_ENABLE_FORK_SUPPORT"] = "0"

INHERITED = ("CUEBOT_HOSTS", "OCIO", "SHOW", "SHOT", "FACILITY", "CUE_THREADS", "OPENCUE_CONFIG_FILE", "OPENCUE_CONF")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--long", action="store_true", help="also run the tests that take minutes")
    parser.addoption("--corpus-table", action="store_true", help="print what each pair of tests/corpus gives")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("--long"):
        return
    for item in items:
        if item.get_closest_marker("long"):
            item.add_marker(pytest.mark.skip(reason="takes minutes; run with --long"))


@pytest.fixture(autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A per-user place that nobody else uses; nothing of the caller's environment reaches a test."""
    for name in os.environ:
        if name.startswith("CUEFFMPEG_") or name in INHERITED:
            monkeypatch.delenv(name)
    place = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("CUEFFMPEG_HOME", str(place))
    monkeypatch.setenv("CUEFFMPEG_SITE", str(place / "site"))
    return place


@pytest.fixture(scope="session")
def ffmpeg() -> str:
    """The ffmpeg that comes along, with libvmaf and x264."""
    return str(imageio_ffmpeg.get_ffmpeg_exe())


@pytest.fixture(scope="session")
def clips(tmp_path_factory: pytest.TempPathFactory, ffmpeg: str) -> Clips:
    """Small clips by name, made once."""
    return Clips(tmp_path_factory.mktemp("clips"), ffmpeg)


@pytest.fixture(scope="session")
def encodes(tmp_path_factory: pytest.TempPathFactory, clips: Clips, ffmpeg: str) -> Encodes:
    """Encodes of clips by real workers, each made once."""
    settings = _settings(tmp_path_factory.mktemp("session"))
    return Encodes(tmp_path_factory.mktemp("encodes"), clips, Jobs(settings, ffmpeg))


@pytest.fixture
def jobs(tmp_path: Path, ffmpeg: str) -> Jobs:
    """Makes job folders below tmp_path, as a submit does."""
    return Jobs(_settings(tmp_path), ffmpeg)


def _settings(place: Path) -> Settings:
    return load_settings(
        {"CUEFFMPEG_HOME": f"{place}/home", "CUEFFMPEG_SITE": f"{place}/site", "CUEFFMPEG_USER": "alice"}
    )
