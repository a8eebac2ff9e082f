# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Logs have the shape of the recorded ones, and take whatever a frame writes."""

import os
import re
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest
from waiting import wait_for

from cueffmpeg_gui.localfarm.run.frame_environment import provide_python
from cueffmpeg_gui.localfarm.run.frame_log import rotate
from cueffmpeg_gui.localfarm.run.frame_order import RunOrder
from cueffmpeg_gui.localfarm.run.frame_run import Run, RunSettings
from cueffmpeg_gui.localfarm.run.schedule import Resources
from cueffmpeg_gui.localfarm.settings import FarmSettings
from cueffmpeg_gui.localfarm.store.frame_outcome import RunEnd

RECORDED = Path(__file__).parents[3] / "data" / "cuebot" / "rqlogs"
STAMP = re.compile(r"^\[\d\d:\d\d:\d\d\] ")


def order(root: Path, command: str, **more: Any) -> RunOrder:
    facts: dict[str, Any] = {
        "pk": 1,
        "frame_id": "f00df00d-0000",
        "frame_name": "0001-one",
        "number": 1,
        "layer_id": "l",
        "layer_name": "one",
        "job_id": "j",
        "job_name": "testing-sh010-artist_x",
        "show": "testing",
        "shot": "sh010",
        "user": "artist",
        "uid": 1500,
        "log_dir": root / "logs" / "job",
        "command": command,
        "frame_range": "1-1",
        "chunk": 1,
        "cores": 100,
        "memory": 262144,
        "threadable": False,
        "timeout": 0,
        "timeout_llu": 0,
    }
    return RunOrder(**(facts | more))


def make_run(
    root: Path, command: str, log_format: str = "rust", grace: float = 2.0, umask: int = 0o022, **more: Any
) -> Run:
    settings = RunSettings(FarmSettings(log_format=log_format, kill_grace=grace), root, "host", umask)
    return Run(order(root, command, **more), 1, Resources(100, 1), settings)


def execute(root: Path, command: str, log_format: str = "rust", **more: Any) -> tuple[RunEnd, str]:
    run = make_run(root, command, log_format, **more)
    end = run.execute(lambda pid, mark: None)
    return end, run.order.log_file.read_bytes().decode(errors="surrogateescape")


def output_of(log: str) -> list[str]:
    """Lines between header and footer of a Rust log, without stamps."""
    body = log.split(".sh:\n", 1)[1]
    lines = body.split("\n")
    end = max(index for index, line in enumerate(lines) if line == "Render Frame Completed") - 3
    return [STAMP.sub("", line) for line in lines[:end]]


def shape(log: str) -> list[str]:
    """A log without what differs from run to run: values, and the order of the variables."""
    lines = [STAMP.sub("[stamp] ", line) for line in log.splitlines()]
    keys = [re.sub(r"^(env +)?([A-Za-z0-9_]+)=.*", r"\1variable", line) for line in lines]
    keys = [
        re.sub(r"^([a-zA-Z_]+(?: \(KB\))? {2,}).*", r"\1value", line) if "variable" not in line else line
        for line in keys
    ]
    keys = [re.sub(r"(Running ).*", r"\1script", line) for line in keys]
    keys = [re.sub(r"(RenderQ JobSpec {6}).+", r"\1time", line) for line in keys]
    return [key for index, key in enumerate(keys) if "variable" not in key or "variable" not in keys[index - 1]]


@pytest.mark.parametrize("log_format", ["rust", "python"])
@pytest.mark.parametrize(
    ("name", "command"),
    [("silent", "/bin/true"), ("failed", "echo 'error: the source is missing'; exit 2")],
)
def test_a_log_has_the_shape_of_the_recorded_one(tmp_path: Path, log_format: str, name: str, command: str) -> None:
    _, log = execute(tmp_path, command, log_format)
    assert shape(log) == shape((RECORDED / log_format / f"0001-{name}.rqlog").read_text())


@pytest.mark.parametrize("log_format", ["rust", "python"])
def test_a_killed_frame_says_who_wanted_it(tmp_path: Path, log_format: str) -> None:
    run = make_run(tmp_path, "echo working; exec sleep 600", log_format)
    kill_when(run, b"working\n", 'User: artist, Pid: 1, Hostname: h, Reason: recording\nreason: "recording"\n')
    end = run.execute(lambda pid, mark: None)
    expected = 15 if log_format == "rust" else 9
    assert (end.exit_status, end.exit_signal) == (1, expected)
    recorded = (RECORDED / log_format / "0001-killed.rqlog").read_text()
    log = run.order.log_file.read_text()
    for line in ("exitStatus          1", f"exitSignal          {expected}"):
        assert line in log
        assert line in recorded
    line = "killMessage         " + (" " if log_format == "rust" else "") + "User: artist, Pid: 1, Hostname: h"
    assert line in log
    assert line in recorded


def kill_when(run: Run, text: bytes, message: str) -> None:
    def watch() -> None:
        log = run.order.log_file
        wait_for(lambda: log.exists() and text in log.read_bytes(), f"the log says {text!r}")
        run.kill(message)

    threading.Thread(target=watch, daemon=True).start()


@pytest.mark.parametrize(
    ("command", "lines"),
    [
        ("printf 'no newline at the end'", ["no newline at the end"]),
        ("echo out; echo err >&2; echo out", ["out", "err", "out"]),
        (r"printf 'frame=1\rframe=2\rframe=3\n'", ["frame=1\rframe=2\rframe=3"]),
        ("printf 'café 日本\\n'", ["café 日本"]),
        (r"printf 'a\xff\xfeb\nc\n'", ["a\udcff\udcfeb", "c"]),
        ("seq 1 20000", [str(number) for number in range(1, 20001)]),
        ("printf 'half'; sleep 0.3; echo ' whole'", ["half whole"]),
        ("cat; echo $?", ["0"]),
        ("true", []),
    ],
)
def test_every_byte_of_output_is_kept(tmp_path: Path, command: str, lines: list[str]) -> None:
    end, log = execute(tmp_path, command)
    assert end.exit_status == 0
    assert output_of(log) == lines
    body = log.split(".sh:\n", 1)[1]
    assert all(STAMP.match(line) for line in body.split("\n")[: len(lines)])


def test_what_a_frame_leaves_behind_is_ended(tmp_path: Path) -> None:
    mark = f"600.{os.getpid()}"
    end, log = execute(tmp_path, f"sleep {mark} & echo started")
    assert (end.exit_status, output_of(log)) == (0, ["started"])
    assert not living(mark)  # nor was it waited for: the test would have run out of time


def living(mark: str) -> list[str]:
    found = []
    for entry in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            text = entry.read_bytes()
        except OSError:
            continue
        if mark.encode() in text:
            found.append(text.decode())
    return found


def test_a_frame_that_does_not_listen_is_killed(tmp_path: Path) -> None:
    run = make_run(tmp_path, "trap '' TERM; echo deaf; while true; do sleep 0.1; done", grace=0.3)
    kill_when(run, b"deaf\n", "test")
    end = run.execute(lambda pid, mark: None)
    assert (end.exit_status, end.exit_signal) == (1, 9)


def test_a_killed_frame_may_tidy_up(tmp_path: Path) -> None:
    program = tmp_path / "tidy.py"
    tidy = "lambda *_: (time.sleep(0.3), os.write(1, b'tidy\\n'), os._exit(3))"
    lines = ["import os, signal, time", f"signal.signal(15, {tidy})", "print('ready', flush=True)", "time.sleep(600)"]
    program.write_text("\n".join(lines))
    run = make_run(tmp_path, f"{sys.executable} {program}; true", grace=20.0)
    kill_when(run, b"ready\n", "test")
    run.execute(lambda pid, mark: None)
    assert output_of(run.order.log_file.read_text()) == ["ready", "tidy"]


def test_a_timeout_of_the_layer_ends_the_frame(tmp_path: Path) -> None:
    end, log = execute(tmp_path, "sleep 600", timeout=1)
    assert end.exit_signal == 15
    assert "longer than the timeout" in log


def test_a_frame_killed_before_it_began_does_nothing(tmp_path: Path) -> None:
    run = make_run(tmp_path, f"touch {tmp_path}/touched")
    run.kill("at once")
    end = run.execute(lambda pid, mark: None)
    assert end.exit_status == 1
    assert not (tmp_path / "touched").exists()


def test_a_log_that_cannot_be_written_fails_the_launch(tmp_path: Path) -> None:
    (tmp_path / "logs").write_text("a file where a folder should be")
    end = make_run(tmp_path, "true").execute(lambda pid, mark: None)
    assert end.exit_status == 256


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_disk_loses_the_log_not_the_frame(tmp_path: Path) -> None:
    run = make_run(tmp_path, f"echo {'x' * 100}; touch {tmp_path}/done")
    run.order.log_dir.mkdir(parents=True)
    log = run.order.log_file

    def fill(_pid: int, _mark: str) -> None:
        for entry in Path("/proc/self/fd").iterdir():
            if entry.exists() and entry.resolve() == log:
                os.dup2(os.open("/dev/full", os.O_WRONLY), int(entry.name))

    assert run.execute(fill).exit_status == 0
    assert (tmp_path / "done").exists()


def test_logs_rotate(tmp_path: Path) -> None:
    log = tmp_path / "frame.rqlog"
    rotate(log)
    for text in ("first", "second"):
        log.write_text(text)
        rotate(log)
    log.write_text("third")
    assert [(tmp_path / name).read_text() for name in ("frame.rqlog.1", "frame.rqlog.2")] == ["first", "second"]


def test_frames_see_the_environment_of_rqd_and_the_python_of_the_farm(tmp_path: Path) -> None:
    provide_python(tmp_path)
    more = {"env": {"MY": "own", "PATH": "/nowhere"}}
    _, log = execute(tmp_path, "python3 -c 'import sys; print(sys.prefix)'; pwd; env", **more)
    lines = output_of(log)
    assert lines[0] == sys.prefix
    assert lines[1].startswith(str(tmp_path / "runs"))
    variables = dict(line.split("=", 1) for line in lines[2:] if "=" in line)
    recorded = (RECORDED / "rust" / "0001-silent.rqlog").read_text()
    names = re.findall(r"^([A-Za-z0-9_]+)=", recorded, re.MULTILINE)
    assert set(names) <= set(variables)
    assert variables["MY"] == "own"
    assert variables["PATH"].startswith(f"{tmp_path}/bin:/usr/local/sbin")
    assert "PYTHONPATH" not in variables


def test_a_plain_python_is_linked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "base_prefix", sys.prefix)
    provide_python(tmp_path)
    done = subprocess.run(
        [tmp_path / "bin/python3", "-c", "print('works')"], capture_output=True, text=True, check=True
    )
    assert done.stdout == "works\n"


@pytest.mark.parametrize("umask", [0o022, 0o002])
def test_what_frames_write_has_the_mode_the_user_wants(tmp_path: Path, umask: int) -> None:
    run = make_run(tmp_path, f"touch {tmp_path}/out", umask=umask)
    run.execute(lambda pid, mark: None)
    assert (tmp_path / "out").stat().st_mode & 0o777 == 0o666 & ~umask
    assert run.order.log_file.stat().st_mode & 0o777 == 0o600
