# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The road from command to result, on a real local farm."""

import json
import os
import signal
from pathlib import Path
from typing import Any

import pytest
from clips import Clips

from .conftest import CommandLine

BROKEN = ("cut_mov", "cut_mp4", "cut_mkv", "scratched", "empty", "text", "sound_only")


@pytest.fixture(scope="module")
def sent(cueffmpeg: CommandLine, clips: Clips, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """A finished encode and compare."""
    output = tmp_path_factory.mktemp("out") / "review.mp4"
    source = str(clips("h264"))
    ran = cueffmpeg(
        "submit",
        "h264-review-vmaf",
        "--source",
        source,
        "--output",
        str(output),
        "--name",
        "review",
        "--wait",
        "--json",
    )
    assert ran.code == 0, ran.err
    return dict(ran.json)


def frames_in(status: Any, state: str) -> list[str]:
    return [frame["name"] for frame in status["frames"] if frame["state"] == state]


def test_a_submitted_job_gives_an_mp4_and_its_scores(cueffmpeg: CommandLine, sent: dict[str, Any]) -> None:
    assert sent["layers"] == ["encode", "compare"]
    assert Path(sent["output"]).stat().st_size > 0
    scores = cueffmpeg("scores", sent["job"], "--json", "--worst", "3").json
    assert scores["complete"]
    assert scores["rows"] == scores["expected"] == len(scores["frames"])
    assert scores["vmaf_model"] == "vmaf_v0.6.1"
    assert set(scores["metrics"]["vmaf"]) == {"mean", "harmonic_mean", "median", "min", "max", "p1", "p5", "p10"}
    assert scores["worst"][0] == min(scores["frames"], key=lambda frame: frame["vmaf"])["frame"]


@pytest.mark.parametrize("how", [("{job}", "--from-logs"), ("{folder}",), ("{folder}/scores/scores.json",)])
def test_scores_are_the_same_from_wherever_they_are_read(
    cueffmpeg: CommandLine, sent: dict[str, Any], how: tuple[str, ...]
) -> None:
    wanted = cueffmpeg("scores", sent["job"], "--json").json
    assert cueffmpeg("scores", *(part.format(**sent) for part in how), "--json").json == wanted


def test_a_finished_job_is_listed_described_and_its_log_can_be_read(
    cueffmpeg: CommandLine, sent: dict[str, Any]
) -> None:
    assert sent["job"] in [job["name"] for job in cueffmpeg("jobs", "--json").json]
    status = cueffmpeg("status", "review", "--json").json
    assert (status["outcome"], status["folder"]) == ("succeeded", sent["folder"])
    log = cueffmpeg("log", "review", "encode", "7").out
    assert "+ " in log
    assert "frames)" in log


def test_the_command_printed_before_is_the_command_that_ran(
    cueffmpeg: CommandLine, clips: Clips, sent: dict[str, Any]
) -> None:
    document = json.loads(Path(sent["folder"], "job.json").read_text())
    (command,) = document["commands"]["compare"]["ffmpeg"]
    log = cueffmpeg("log", "review", "compare", "1").out
    graph = command[command.index("-lavfi") + 1].split("libvmaf=")[0]
    assert graph in log


def test_a_job_that_is_only_shown_leaves_nothing(cueffmpeg: CommandLine, clips: Clips, tmp_path: Path) -> None:
    output = str(tmp_path / "shown.mp4")
    before = sorted(cueffmpeg.home.rglob("job.json"))
    ran = cueffmpeg("submit", "h264-review-vmaf", "--source", str(clips("h264")), "--output", output, "--dry-run")
    assert ran.code == 0
    assert "compare waits for encode" in ran.out
    assert "<spec>" in ran.out
    assert "libvmaf" in ran.out
    assert sorted(cueffmpeg.home.rglob("job.json")) == before
    assert not os.listdir(tmp_path)


@pytest.mark.parametrize("name", BROKEN)
def test_broken_media_are_refused_by_name_and_nothing_is_sent(
    cueffmpeg: CommandLine, clips: Clips, tmp_path: Path, name: str
) -> None:
    clip = str(clips(name))
    jobs = cueffmpeg("jobs", "--json").json
    ran = cueffmpeg("submit", "h264-review", "--source", clip, "--output", str(tmp_path / "out.mp4"))
    assert ran.code == 3
    assert ran.err.startswith("error: ")
    assert clip in ran.err
    assert len(ran.err.strip().splitlines()) == 1
    assert not os.listdir(tmp_path)
    assert len(cueffmpeg("jobs", "--json").json) == len(jobs)


def test_usage_mistakes_exit_with_2(cueffmpeg: CommandLine) -> None:
    assert cueffmpeg("submit").code == 2
    assert cueffmpeg("submit", "h264-review").code == 2
    assert cueffmpeg("nonsense").code == 2


def test_a_farm_that_is_not_there_exits_with_4_and_leaves_no_folder(clips: Clips, tmp_path: Path) -> None:
    away = CommandLine(tmp_path / "home", CUEFFMPEG_JOB_ROOT=str(tmp_path / "jobs"), CUEFFMPEG_USER="alice")
    source, output = str(clips("h264")), str(tmp_path / "out.mp4")
    ran = away("submit", "h264-review", "--source", source, "--output", output, "--farm", "127.0.0.1:1")
    assert ran.code == 4
    assert "127.0.0.1:1" in ran.err
    assert not (tmp_path / "jobs").exists()
    assert not Path(output).exists()


def test_a_source_that_goes_away_fails_the_frame_and_the_wait(
    cueffmpeg: CommandLine, clips: Clips, tmp_path: Path
) -> None:
    source = tmp_path / "gone.mp4"
    source.write_bytes(clips("h264").read_bytes())
    output = str(tmp_path / "out.mp4")
    arguments = ("--source", str(source), "--output", output, "--name", "gone", "--paused", "--json")
    job = cueffmpeg("submit", "h264-review-vmaf", *arguments).json["job"]
    source.with_name("beside.txt").touch()  # a bare folder would be storage that is away
    source.unlink()
    assert cueffmpeg("resume", job).code == 0
    ran = cueffmpeg("wait", job)
    assert ran.code == 5
    assert f"The source {source} cannot be read" in ran.err
    status = cueffmpeg("status", job, "--json").json
    assert frames_in(status, "DEAD") == ["0001-encode"]
    assert frames_in(status, "DEPEND") == ["0001-compare"]
    source.write_bytes(clips("h264").read_bytes())
    os.utime(source, ns=(0, json.loads(Path(status["folder"], "job.json").read_text())["spec"]["source"]["modified"]))
    assert cueffmpeg("retry", job).code == 0
    assert cueffmpeg("wait", job).code == 0


def test_a_paused_job_waits_and_a_killed_frame_runs_again(cueffmpeg: CommandLine, clips: Clips, tmp_path: Path) -> None:
    output = str(tmp_path / "slow.mp4")
    arguments = (
        "--source",
        str(clips("h264")),
        "--output",
        output,
        "--set",
        "speed=veryslow",
        "--set",
        "threads=1",
    )
    job = cueffmpeg("submit", "h264-review", *arguments, "--name", "slow", "--paused", "--json").json["job"]
    assert frames_in(cueffmpeg("status", job, "--json").json, "WAITING") == ["0001-encode"]
    cueffmpeg("resume", job)
    cueffmpeg.until(job, lambda status: frames_in(status, "RUNNING") or status["outcome"] == "succeeded")
    cueffmpeg("kill", job, "encode")
    status = cueffmpeg.until(job, lambda status: status["outcome"] == "succeeded")
    assert Path(output).stat().st_size > 0
    assert [path.name for path in tmp_path.iterdir()] == ["slow.mp4"]
    assert status["frames"][0]["state"] == "SUCCEEDED"


def test_a_second_farm_can_be_named_by_its_address(cueffmpeg: CommandLine, clips: Clips, tmp_path: Path) -> None:
    other = CommandLine(tmp_path / "other")
    address = other("farm", "start").out.strip()
    try:
        here = CommandLine(tmp_path / "here", CUEFFMPEG_JOB_ROOT=str(tmp_path / "jobs"), CUEFFMPEG_USER="alice")
        output = str(tmp_path / "out.mp4")
        arguments = ("--source", str(clips("h264")), "--output", output, "--farm", address, "--wait", "--json")
        ran = here("submit", "h264-review-vmaf", *arguments)
        assert ran.code == 0, ran.err
        job = ran.json["job"]
        assert [found["name"] for found in other("jobs", "--json").json] == [job]
        assert here("scores", job, "--from-logs", "--farm", address, "--json").json["complete"]
    finally:
        other("farm", "stop")


def test_a_killed_farm_goes_on_where_it_was(clips: Clips, tmp_path: Path) -> None:
    cueffmpeg = CommandLine(tmp_path / "home", CUEFFMPEG_LOCAL_CORES="1")
    arguments = ("--source", str(clips("h264")), "--output", str(tmp_path / "out.mp4"), "--chunk", "8", "--json")
    try:
        job = cueffmpeg("submit", "h264-review-vmaf", *arguments, "--set", "gop=8").json["job"]
        cueffmpeg.until(job, lambda status: status["counts"]["succeeded"] >= 2)
        os.kill(cueffmpeg.farm_pid(), signal.SIGKILL)
        before = cueffmpeg("status", job, "--json").json
        assert before["counts"]["succeeded"] >= 2
        assert cueffmpeg("wait", job).code == 0
        scores = cueffmpeg("scores", job, "--json").json
        assert scores["complete"]
        assert cueffmpeg("scores", job, "--from-logs", "--json").json["frames"] == scores["frames"]
    finally:
        cueffmpeg("farm", "stop")


def test_a_job_folder_can_be_sent_again_and_its_chunks_are_kept(
    cueffmpeg: CommandLine, clips: Clips, tmp_path: Path
) -> None:
    arguments = ("--source", str(clips("h264")), "--output", str(tmp_path / "out.mp4"), "--chunk", "8", "--wait")
    first = cueffmpeg("submit", "h264-review", *arguments, "--set", "gop=8", "--name", "again", "--json").json
    Path(first["folder"], "chunks", "encode.9.mp4").write_bytes(b"damaged")
    ran = cueffmpeg("submit", "--from", first["folder"], "--replace", "--wait", "--json")
    assert ran.code == 0, ran.err
    second = ran.json
    assert second["job"] == first["job"] + "_2"
    assert "of the earlier job" in cueffmpeg("log", second["job"], "encode", "1").out
    assert "of the earlier job" not in cueffmpeg("log", second["job"], "encode", "9").out


HOSTILE = (
    b"with space 'quote\" : , ; % [x] #IFRAME# $(touch x) `id`",
    b"new\nline",
    b"-leading",
    "ünï-中文".encode(),
    b"not\xff\xfeutf8",
    b"%03d and 100%",
    b"n" * 200,
)


@pytest.mark.parametrize("name", HOSTILE, ids=lambda name: ascii(name)[:24])
def test_hostile_names_work_for_source_and_output(
    cueffmpeg: CommandLine, clips: Clips, tmp_path: Path, name: bytes
) -> None:
    folder = os.fsencode(tmp_path) + b"/" + name
    os.mkdir(folder)
    source, output = folder + b"/" + name + b".mp4", folder + b"/" + name + b"_o.mp4"
    with open(source, "wb") as file:
        file.write(clips("h264").read_bytes())
    ran = cueffmpeg("submit", "h264-review-vmaf", b"--source=" + source, b"--output=" + output, "--wait", "--json")
    assert ran.code == 0, ran.err
    assert os.path.getsize(output) > 0
    assert sorted(os.listdir(folder)) == sorted([name + b".mp4", name + b"_o.mp4"])
    assert cueffmpeg("scores", ran.json["job"], "--json").json["complete"]


def test_a_window_without_a_screen_is_refused_in_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    ran = CommandLine(tmp_path)("gui")
    assert (ran.code, ran.out) == (3, "")
    assert ran.err.startswith("error: There is no screen here")
