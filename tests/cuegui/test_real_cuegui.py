# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The plugins in the real CueGUI, in its own Python, on a real local farm.

CUEFFMPEG_TEST_CUEGUI names the Pythons that have CueGUI, numpy and pyqtgraph, with colons between them. None of them
needs this package: it comes as it is installed, by the folder of the plugins.
"""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from clips import Clips
from waiting import wait_for

from cueffmpeg_gui.api.cuegui.install import plan_start
from cueffmpeg_gui.api.farm import connect_farm, start_local_farm, stop_local_farm
from cueffmpeg_gui.api.monitor.actions import act_on_job
from cueffmpeg_gui.api.monitor.follower import JobStatus, frames, outcome
from cueffmpeg_gui.api.submit.request import SubmitRequest
from cueffmpeg_gui.api.submit.submit import Submitted, prepare, submit_job
from cueffmpeg_gui.farm.connection import FarmConnection
from cueffmpeg_gui.farm.find import find_job
from cueffmpeg_gui.jobs.folder import scores_path
from cueffmpeg_gui.media.scores import read_scores
from cueffmpeg_gui.settings import Settings, load_settings

PYTHONS = [python for python in os.environ.get("CUEFFMPEG_TEST_CUEGUI", "").split(os.pathsep) if python]
DRIVER = Path(__file__).with_name("driver.py")
PATIENCE_SECONDS = 90
# CueGUI's own, at every start.
NOISE = ("VERSION.in", "[PluginLoader]", "Layout", "qt.multimedia", "libpulse", "propagateSizeHints", "numpy", "NumPy")

pytestmark = pytest.mark.skipif(
    not PYTHONS, reason="no Python with CueGUI is named; name some: CUEFFMPEG_TEST_CUEGUI=PYTHON[:PYTHON...]"
)


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    place = tmp_path_factory.mktemp("farm")
    environment = {"CUEFFMPEG_HOME": str(place), "CUEFFMPEG_SITE": str(place / "site"), "CUEFFMPEG_LOCAL_CORES": "2"}
    loaded = load_settings(environment)
    yield loaded
    stop_local_farm(loaded)


@pytest.fixture(scope="module")
def connection(settings: Settings) -> FarmConnection:
    return connect_farm(settings)


@pytest.fixture(scope="module")
def send(settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Submitted]:
    def send(preset: str, name: str, source: object, **given: Any) -> Submitted:
        output = str(tmp_path_factory.mktemp("out") / f"{name}.mp4")
        request = SubmitRequest(preset, str(source), output=output, name=name, **given)
        return submit_job(prepare(request, settings), settings)

    return send


@pytest.fixture(scope="module")
def done(connection: FarmConnection, send: Callable[..., Submitted], clips: Clips) -> Submitted:
    sent = send("h264-review-vmaf", "scored", clips("h264"))
    assert outcome(wait_for_end(connection, sent.id)) == "succeeded"
    return sent


@pytest.fixture
def failed(connection: FarmConnection, send: Callable[..., Submitted], clips: Clips, tmp_path: Path) -> Submitted:
    source = tmp_path / "gone.mp4"
    source.write_bytes(Path(clips("h264")).read_bytes())
    sent = send("h264-review-vmaf", tmp_path.name.strip("_").lower()[-20:], source, paused=True)
    source.rename(tmp_path / "aside.mp4")
    act_on_job(connection, find_job(connection, sent.id), "resume")
    assert outcome(wait_for_end(connection, sent.id)) == "failed"
    return sent


@pytest.fixture(params=PYTHONS)
def play(request: pytest.FixtureRequest, settings: Settings, tmp_path: Path) -> Callable[..., Any]:
    """Plays a scenario of the driver in a real CueGUI and returns what it saw; CueGUI may complain of nothing."""
    address = str(start_local_farm(settings))
    home = tmp_path / "home"
    home.mkdir()
    environment = {"HOME": str(home), "PATH": os.environ["PATH"], "LANG": "C.UTF-8", "CUEBOT_HOSTS": address,
                   "QT_QPA_PLATFORM": "offscreen", "SEEN": str(tmp_path / "seen.json")}  # fmt: skip
    environment["XDG_CONFIG_HOME"] = str(home / ".config")

    def run(scenario: str, *words: str, has_plugin: bool = True) -> Any:
        plan = plan_start(settings.home, environment, request.param, "cuetopia")
        command = [plan.command[0], str(DRIVER), scenario, *words]
        ended = subprocess.run(
            command,
            env=plan.environment if has_plugin else environment,
            cwd=home,
            capture_output=True,
            text=True,
            timeout=PATIENCE_SECONDS,
            check=False,
        )
        assert ended.returncode == 0, ended.stderr[-3000:]
        said = [line for line in ended.stderr.splitlines() if not any(noise in line for noise in NOISE)]
        assert not [line for line in said if "Traceback" in line or "Error" in line], "\n".join(said)
        return json.loads((tmp_path / "seen.json").read_text())

    return run


def wait_for_end(connection: FarmConnection, job_id: str) -> JobStatus:
    return wait_for(lambda: ended_job(connection, job_id), f"the end of job {job_id}", PATIENCE_SECONDS)


def ended_job(connection: FarmConnection, job_id: str) -> "JobStatus | None":
    job = find_job(connection, job_id)
    return None if outcome(job) == "running" else job


def test_the_curve_is_the_scores_and_the_table_is_the_chunks(play: Callable[..., Any], done: Submitted) -> None:
    seen = play("watch", done.job)
    scores = read_scores(scores_path(done.folder))
    assert seen["first"] == scores.first
    assert seen["columns"] == {metric: scores.values(metric) for metric in scores.metrics}
    assert [row[1:4] for row in seen["chunks"]] == [[layer, "succeeded", "100 %"] for layer in done.layers]
    assert f"all {scores.expected} frames" in seen["line"]


def test_a_failed_chunk_says_its_error_and_runs_again_by_the_menu(
    play: Callable[..., Any], failed: Submitted, connection: FarmConnection, tmp_path: Path
) -> None:
    seen = play("watch", failed.job)
    assert seen["failure"].startswith("encode 1-")
    assert "gone.mp4 cannot be read" in seen["failure"]
    assert play("menu", failed.job)["Resubmit failed chunks"][0] is True
    (tmp_path / "aside.mp4").rename(tmp_path / "gone.mp4")
    assert play("retry", failed.job) == "1 failed chunk runs again."
    assert outcome(wait_for_end(connection, failed.id)) == "succeeded"
    assert not frames(connection, find_job(connection, failed.id), states=["DEAD"])


def test_menu_items_that_do_not_apply_say_why(play: Callable[..., Any], done: Submitted) -> None:
    seen = play("menu", done.job)
    assert seen["Show VMAF"][0] is True
    assert seen["Resubmit failed chunks (no chunk has failed)"] == [False, "No chunk has failed."]


def test_several_jobs_get_a_dock_each(play: Callable[..., Any], done: Submitted, failed: Submitted) -> None:
    assert play("show_many", done.job, failed.job) == sorted([[done.job, True], [failed.job, True]])


def test_one_frame_is_selected_in_both(play: Callable[..., Any], done: Submitted) -> None:
    seen = play("choose_frame", done.job)
    assert seen["chosen"] == seen["asked"]
    assert seen["shown"] == seen["clicked"]


def test_a_frame_of_a_job_that_cuegui_does_not_show_is_selected_when_it_does(
    play: Callable[..., Any], done: Submitted, failed: Submitted
) -> None:
    assert play("choose_hidden_frame", done.job, failed.job) == [done.job, "0001-encode"]


def test_the_review_is_a_program_of_its_own(
    play: Callable[..., Any], done: Submitted, settings: Settings, tmp_path: Path
) -> None:
    told = tmp_path / "told"
    assert play("review", done.job, sys.executable, str(told)) == ""
    assert told.read_text() == f"gui --review {done.job} --farm {start_local_farm(settings)}"


def test_a_program_that_is_gone_is_a_sentence(play: Callable[..., Any], done: Submitted, tmp_path: Path) -> None:
    said = play("review", done.job, "/nowhere/python", str(tmp_path / "told"))
    assert "/nowhere/python is not there any more" in said


RESTART = """
import os, signal, socket, sys, time
from cueffmpeg_gui.api.farm import local_farm_status, start_local_farm
from cueffmpeg_gui.settings import load_settings
settings = load_settings({name: value for name, value in os.environ.items() if name != "CUEBOT_HOSTS"} | HOME)
status = local_farm_status(settings)
os.kill(status.pid, signal.SIGKILL)
taken = None
while taken is None:
    try:
        taken = socket.create_server(("127.0.0.1", int(status.address.rpartition(":")[2])))
    except OSError:
        time.sleep(0.02)
print(start_local_farm(settings), flush=True)
sys.stdin.read()
"""


def test_a_farm_at_another_port_is_followed(
    play: Callable[..., Any], done: Submitted, settings: Settings, tmp_path: Path
) -> None:
    restart = tmp_path / "restart.py"
    home = {"CUEFFMPEG_HOME": str(settings.home.local_farm.parent.parent)}
    restart.write_text(RESTART.replace("| HOME", f"| {home}"))
    seen = play("follow", done.job, sys.executable, str(restart))
    assert seen["now"] != seen["before"]
    assert done.job in seen["jobs"]
    assert seen["job"] == done.job


def test_closed_and_opened_again_nothing_is_left_over(play: Callable[..., Any], done: Submitted) -> None:
    seen = play("close", done.job)
    assert seen["running before"] == 1
    assert "ffmpeg / VMAF" not in seen["running"]


def test_the_next_session_has_the_dock_and_its_job(play: Callable[..., Any], done: Submitted) -> None:
    before = play("keep", done.job)
    after = play("restored", done.job)
    assert (after["job"], after["kept"]) == (done.job, True)
    assert after["columns"] == before["columns"]


def test_after_the_plugin_was_taken_out_cuegui_starts_and_forgets_its_dock(
    play: Callable[..., Any], done: Submitted
) -> None:
    play("keep", done.job)
    seen = play("left", has_plugin=False)
    assert (seen["docks"], seen["offered"], seen["jobs"]) == (0, False, True)
    assert "ffmpeg / VMAF" in seen["remembered before"]
    assert "ffmpeg / VMAF" not in seen["remembered"]
