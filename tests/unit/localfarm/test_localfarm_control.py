# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The farm as a process: started once, found again, killed and resumed, refused where it cannot be."""

import json
import os
import signal
import socket
import sqlite3
import stat
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import grpc
import pytest
from opencue_proto import job_pb2, job_pb2_grpc
from waiting import wait_for

import cueffmpeg_gui
from cueffmpeg_gui.errors import CueffmpegError
from cueffmpeg_gui.localfarm import control
from cueffmpeg_gui.localfarm.state_file import is_held, read_state, state_path, take_lock

Start = Callable[..., control.LocalAddress]
SPEC = """<?xml version="1.0"?>
<!DOCTYPE spec PUBLIC "SPI Cue  Specification Language" "http://localhost:8080/spcue/dtd/cjsl-1.15.dtd">
<spec><facility>local</facility><show>{show}</show><shot>sh010</shot><user>{user}</user>{uid}<job name="{name}">
<paused>False</paused><layers>{layers}</layers></job></spec>"""
LAYER = """<layer name="{name}" type="Render"><cmd>{command}</cmd><range>{frames}</range><chunk>1</chunk>
<cores>{cores}</cores><memory>{memory}</memory></layer>"""


def layer(command: str, frames: str = "1", name: str = "one", cores: str = "1.0", memory: str = "256m") -> str:
    return LAYER.format(name=name, command=escape(command), frames=frames, cores=cores, memory=memory)


@contextmanager
def jobs_of(address: control.LocalAddress) -> Iterator[Any]:
    with grpc.insecure_channel(str(address)) as channel:
        yield job_pb2_grpc.JobInterfaceStub(channel)


def launch(
    jobs: Any, *layers: str, name: str = "test", show: str = "testing", user: str = "artist", uid: str = ""
) -> Any:
    text = SPEC.format(name=name, show=show, user=user, uid=uid, layers="".join(layers))
    return jobs.LaunchSpecAndWait(job_pb2.JobLaunchSpecAndWaitRequest(spec=text)).jobs.jobs[0]


def frames_of(jobs: Any, job: Any) -> list[Any]:
    wanted = job_pb2.FrameSearchCriteria(page=1, limit=1000)
    return list(jobs.GetFrames(job_pb2.JobGetFramesRequest(job=job, req=wanted)).frames.frames)


def wait_finished(jobs: Any, job: Any) -> None:
    wait_for(lambda: jobs.GetJob(job_pb2.JobGetJobRequest(id=job.id)).job.state == job_pb2.FINISHED, "the job ends")


def test_start_status_stop(root: Path, start: Start) -> None:
    assert control.status(root) is None
    address = start()
    status = control.status(root)
    assert status is not None
    assert (status.address, status.slots, status.memory_kb) == (str(address), 2, 4 * 1024 * 1024)
    assert status.version == cueffmpeg_gui.__version__
    assert os.getpgid(status.pid) == status.pid  # a session of its own
    assert start() == address
    assert control.stop(root)
    assert control.status(root) is None
    assert not state_path(root).exists()
    assert not control.stop(root)


def test_everything_is_private(root: Path, start: Start) -> None:
    start()
    for path in (root, *root.rglob("*")):
        mode = stat.S_IMODE(path.lstat().st_mode)
        assert path.is_symlink() or mode & 0o077 == 0, (path, oct(mode))


def test_a_stale_state_file_is_not_believed(root: Path, start: Start) -> None:
    root.mkdir()
    stale = {"schema": "cueffmpeg.farm/1", "address": "127.0.0.1:9", "pid": os.getpid(), "version": "0", "started": 0}
    state_path(root).write_text(json.dumps(stale | {"slots": 1, "memory_kb": 1}))
    assert control.status(root) is None
    assert not control.stop(root)
    assert str(start()) != "127.0.0.1:9"


def test_two_starts_at_once_make_one_farm(root: Path, start: Start) -> None:
    addresses: list[control.LocalAddress] = []
    threads = [threading.Thread(target=lambda: addresses.append(start())) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(addresses) == 4
    assert len(set(addresses)) == 1


def run_module(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "cueffmpeg_gui.localfarm", *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)


def test_the_loser_of_two_starts_names_the_winner(root: Path, start: Start) -> None:
    address = start()
    done = run_module(f"--root={root}")
    assert done.returncode == 0
    assert str(address) in done.stdout


def test_a_port_in_use_is_refused_in_one_sentence(root: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = run_module(f"--root={root}", f"--port={port}")
        assert done.returncode == 1
        assert done.stderr.splitlines() == [
            f"Port {port} of this computer is in use; ask for another one, or for none."
        ]
        with pytest.raises(CueffmpegError, match=f"Port {port} of this computer is in use"):
            control.start(root, port=port)
    assert not is_held(root)


def test_a_port_that_is_free_is_taken(root: Path) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    assert control.start(root, port=port) == control.LocalAddress("127.0.0.1", port)


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    root = tmp_path / "file" / "farm"
    with pytest.raises(CueffmpegError, match=r"The folder of the local farm, .*farm, cannot be used: "):
        control.start(root)
    done = run_module(f"--root={root}")
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1
    assert control.status(root) is None


def test_a_database_that_is_none(root: Path) -> None:
    root.mkdir()
    (root / "farm.db").write_bytes(b"not a database" * 100)
    with pytest.raises(CueffmpegError, match=r"The local farm cannot use .*: file is not a database\."):
        control.start(root)


def test_another_process_holding_the_folder_is_not_fought_with(root: Path) -> None:
    root.mkdir()
    lock = take_lock(root)
    assert lock is not None
    with lock:
        assert take_lock(root) is None
        assert is_held(root)
        assert control.status(root) is None
    assert not is_held(root)


def test_control_is_cheap_to_import() -> None:
    heavy = "{'grpc', 'sqlite3', 'google.protobuf', 'opencue_proto', 'lxml'}"
    code = f"import sys; import cueffmpeg_gui.localfarm.control; print({heavy} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "set()\n"


def killed_farm(root: Path) -> int:
    """kill -9 the farm of root."""
    state = read_state(root)
    assert state is not None
    os.kill(state.pid, signal.SIGKILL)
    wait_for(lambda: not is_held(root), "the farm is gone")
    assert control.status(root) is None
    return state.pid


def test_a_killed_farm_resumes(root: Path, start: Start, tmp_path: Path) -> None:
    """Finished frames stay finished, running ones run again, and never two copies of one at once."""
    written = tmp_path / "written"
    written.mkdir()
    work = f"echo $$ >> {written}/#IFRAME#; test -e {tmp_path}/go && exit 0; sleep 0.02"
    slow = f"sh -c 'while true; do {work}; done'"
    with jobs_of(start()) as jobs:
        job = launch(jobs, layer("/bin/true", "1-2", "fast"), layer(slow, "1-3", "slow"))
        wait_for(lambda: len(list(written.iterdir())) == 2, "two slow frames run")
        wait_for(lambda: sum(f.state == job_pb2.SUCCEEDED for f in frames_of(jobs, job)) == 2, "the fast ones are done")
        before = {frame.name: frame.stop_time for frame in frames_of(jobs, job) if frame.state == job_pb2.SUCCEEDED}
    killed_farm(root)
    orphans = pids_in(written)
    assert all(is_alive(pid) for pid in orphans)

    with jobs_of(start()) as jobs:
        assert not any(is_alive(pid) for pid in orphans)  # gone before anything runs again
        wait_for(lambda: len(pids_in(written) - orphans) == 2, "both run again")
        frames = {frame.name: frame for frame in frames_of(jobs, job)}
        for name, stopped in before.items():
            assert (frames[name].state, frames[name].stop_time) == (job_pb2.SUCCEEDED, stopped)
        again = frames["0001-slow"]
        assert (again.state, again.retry_count) == (job_pb2.RUNNING, 0)
        (tmp_path / "go").touch()
        wait_finished(jobs, job)
    for path in written.iterdir():
        pids = path.read_text().split()
        assert pids == sorted(pids, key=pids.index), "two copies wrote in turns"


def pids_in(folder: Path) -> set[int]:
    return {int(pid) for path in folder.iterdir() for pid in path.read_text().split()}


def is_alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except OSError:
        return False


def test_an_orphan_in_a_session_of_its_own_is_found_too(root: Path, start: Start, tmp_path: Path) -> None:
    with jobs_of(start()) as jobs:
        launch(jobs, layer(f"setsid sh -c 'echo $$ > {tmp_path}/pid; exec sleep 600'"))
        pid = int(wait_for(lambda: (tmp_path / "pid").exists() and (tmp_path / "pid").read_text(), "the frame runs"))
    killed_farm(root)
    (tmp_path / "pid").unlink()
    assert is_alive(pid)
    start()
    assert not is_alive(pid)


def test_a_process_that_only_has_the_number_of_an_old_frame_is_left_alone(root: Path, start: Start) -> None:
    with jobs_of(start()) as jobs:
        job = launch(jobs, layer("sleep 600"))
        wait_for(lambda: frames_of(jobs, job)[0].state == job_pb2.RUNNING, "the frame runs")
    killed_farm(root)
    begin = clock_ticks()  # a number is not used again within one tick of the clock that tells processes apart
    wait_for(lambda: clock_ticks() > begin + 1, "the clock ticks")
    with subprocess.Popen(["sleep", "600"], start_new_session=True) as bystander:
        database = sqlite3.connect(root / "farm.db")
        old = database.execute("SELECT pid FROM frame").fetchone()[0]
        database.execute("UPDATE frame SET pid = ?", (bystander.pid,))
        database.commit()
        database.close()
        start()
        assert bystander.poll() is None
        assert not is_alive(old)  # by the mark it carries
        bystander.kill()


def clock_ticks() -> int:
    return int(time.clock_gettime(time.CLOCK_BOOTTIME) * os.sysconf("SC_CLK_TCK"))


def test_stopping_ends_frames_and_they_run_again(root: Path, start: Start, tmp_path: Path) -> None:
    command = f"sh -c 'echo $$ >> {tmp_path}/pids; test -e {tmp_path}/go && exit 0; exec sleep 600'"
    with jobs_of(start()) as jobs:
        job = launch(jobs, layer(command))
        wait_for(lambda: (tmp_path / "pids").exists() and (tmp_path / "pids").read_text(), "the frame runs")
    control.stop(root)
    (pid,) = (tmp_path / "pids").read_text().split()
    assert not is_alive(int(pid))
    (tmp_path / "go").touch()
    with jobs_of(start()) as jobs:
        wait_finished(jobs, job)
        (frame,) = frames_of(jobs, job)
        assert (frame.state, frame.retry_count) == (job_pb2.SUCCEEDED, 0)


def test_a_layer_that_asks_for_too_much_runs_alone(root: Path, start: Start, tmp_path: Path) -> None:
    busy = tmp_path / "busy"
    command = f"sh -c 'mkdir {busy} || exit 1; sleep 0.1; rmdir {busy}'"
    with jobs_of(start()) as jobs:
        job = launch(
            jobs,
            layer(command, "1-2", "cores", cores="24.0"),
            layer(command, "1-2", "memory", memory="60g"),
            layer(command, "1", "both", cores="24.0", memory="60g"),
        )
        wait_finished(jobs, job)
        assert all(frame.retry_count == 0 for frame in frames_of(jobs, job))


def test_two_frames_run_at_once_on_two_cores(root: Path, start: Start, tmp_path: Path) -> None:
    meet = f"sh -c 'touch {tmp_path}/#IFRAME#; until test -e {tmp_path}/1 -a -e {tmp_path}/2; do sleep 0.02; done'"
    with jobs_of(start()) as jobs:
        wait_finished(jobs, launch(jobs, layer(meet, "1-2")))


def test_a_job_of_higher_priority_goes_first(root: Path, start: Start, tmp_path: Path) -> None:
    note = f"sh -c 'echo $CUE_JOB >> {tmp_path}/order'"
    with jobs_of(start(cores=1)) as jobs:
        blocker = launch(jobs, layer(f"sh -c 'until test -e {tmp_path}/go; do sleep 0.02; done'"), name="blocker")
        later = [launch(jobs, layer(note), name=name) for name in ("first", "second", "urgent")]
        jobs.SetPriority(job_pb2.JobSetPriorityRequest(job=later[2], val=99))
        (tmp_path / "go").touch()
        for job in (blocker, *later):
            wait_finished(jobs, job)
    names = [line.partition("artist_")[2] for line in (tmp_path / "order").read_text().split()]
    assert names == ["urgent", "first", "second"]


def test_a_lenient_farm_makes_shows_and_takes_its_own_root(root: Path, start: Start) -> None:
    with jobs_of(start()) as jobs:
        assert launch(jobs, layer("true"), show="mine").show == "mine"
        if os.getuid() == 0:
            assert launch(jobs, layer("true"), name="mine", user="root", uid="<uid>0</uid>").uid == 0
        else:
            with pytest.raises(grpc.RpcError, match="Cannot launch jobs as root"):
                launch(jobs, layer("true"), name="mine", user="root")


@pytest.mark.parametrize("show", ["../up", "a/b", "..", "-x", "a b"])
def test_names_that_would_leave_the_folder_are_refused(root: Path, start: Start, show: str) -> None:
    with jobs_of(start()) as jobs, pytest.raises(grpc.RpcError, match=r"The show name: .* is not in the proper format"):
        launch(jobs, layer("true"), show=show)


def test_a_layer_of_type_post_runs_after_the_others(root: Path, start: Start, tmp_path: Path) -> None:
    post = layer(f"touch {tmp_path}/post", name="post").replace('"Render"', '"Post"')
    with jobs_of(start()) as jobs:
        wait_finished(jobs, launch(jobs, layer(f"test ! -e {tmp_path}/post"), post))
        wait_for((tmp_path / "post").exists, "the post job runs")


def test_many_frames_and_many_jobs(root: Path, start: Start) -> None:
    with jobs_of(start()) as jobs:
        big = launch(jobs, layer("true", "1-10000"), name="big")
        jobs.Pause(job_pb2.JobPauseRequest(job=big))
        assert len({frame.id for frame in frames_of(jobs, big)}) == 1000
        for number in range(200):
            jobs.Pause(job_pb2.JobPauseRequest(job=launch(jobs, layer("true", "1-3"), name=f"j{number:05d}")))
        criteria = job_pb2.JobSearchCriteria(include_finished=True)
        listed = jobs.GetJobs(job_pb2.JobGetJobsRequest(r=criteria)).jobs.jobs
        assert len(listed) == 201
        assert sum(job.job_stats.total_frames for job in listed) == 10600
