# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Whoever watches a job goes on when the local farm is started again, at the same port or another."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from clips import Clips
from waiting import wait_for

from cueffmpeg_gui.api.farm import connect_farm
from cueffmpeg_gui.farm.monitor import list_jobs
from cueffmpeg_gui.localfarm.state_file import is_held
from cueffmpeg_gui.settings import load_settings

from .conftest import CommandLine


@pytest.fixture
def cueffmpeg(tmp_path: Path) -> Iterator[CommandLine]:
    """A home and farm of its own."""
    command_line = CommandLine(tmp_path / "home", CUEFFMPEG_LOCAL_CORES="2", CUEFFMPEG_USER="alice")
    yield command_line
    command_line("farm", "stop")


@pytest.mark.parametrize("is_port_free", [True, False])
def test_watching_survives_a_restart(is_port_free: bool, cueffmpeg: CommandLine, clips: Clips, tmp_path: Path) -> None:
    sent = cueffmpeg(
        "submit", "h264-review", "--source", str(clips("h264")), "--output", f"{tmp_path}/o.mp4", "--paused", "--json"
    ).json
    settings = load_settings({"CUEFFMPEG_HOME": str(cueffmpeg.home), "CUEFFMPEG_USER": "alice"})
    environment = {**os.environ, "CUEFFMPEG_HOME": str(cueffmpeg.home)}
    command = [sys.executable, "-m", "cueffmpeg_gui", "wait", sent["job"]]
    with (
        closing(connect_farm(settings)) as connection,
        subprocess.Popen(command, env=environment, stderr=subprocess.PIPE) as waiting,
    ):
        assert waiting.stderr
        assert waiting.stderr.readline()
        port = int(connection.address.rpartition(":")[2])
        os.kill(cueffmpeg.farm_pid(), signal.SIGKILL)
        wait_for(lambda: not is_held(settings.home.local_farm))
        with closing(socket.socket() if is_port_free else socket.create_server(("127.0.0.1", port))):
            at = cueffmpeg("farm", "start").out.strip()
            assert (at == f"127.0.0.1:{port}") is is_port_free
            assert [job.name for job in list_jobs(connection)] == [sent["job"]]
            assert cueffmpeg("resume", sent["job"]).code == 0
            assert waiting.wait(timeout=120) == 0
