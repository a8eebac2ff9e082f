# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The worker as a host runs it: exit codes, last lines, bad inputs, full disks, unfit hosts, lying programs."""

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from clips import Clips
from worker_jobs import Job, Jobs, Run

from .worker_promises import failed, nothing_half


def test_a_good_frame_ends_with_what_it_wrote(encode: Job) -> None:
    run = encode.must_run()
    assert run.lines[-1] == f"wrote {encode.output} ({encode.output.stat().st_size} bytes, 24 frames)"
    nothing_half(encode.output.parent)


def test_progress_is_told_in_plain_lines(encode: Job) -> None:
    assert any(line.startswith("encode 1-24  100 %  ") for line in encode.must_run().lines)


@pytest.mark.parametrize("arguments", [[], ["x"], ["{folder}", "paint", "1"], ["{folder}", "encode", "x"]])
def test_a_wrong_call_is_told_how(arguments: list[str], encode: Job) -> None:
    worker = ["python3", "-I", "-S", f"{encode.folder}/worker.pyz"]
    filled = [word.format(folder=encode.folder) for word in arguments]
    environment = {"PATH": os.environ["PATH"], "CUEFFMPEG_LOCAL_FARM": "1"}
    done = subprocess.run([*worker, *filled], capture_output=True, env=environment, check=False)
    failed(Run(done.returncode, done.stdout), 2, "job folder")


def test_a_layer_that_the_job_has_not_is_refused(encode: Job) -> None:
    failed(encode.run("compare"), 2, "compare")


@pytest.mark.parametrize("content", ["", "{", '{"schema": "cueffmpeg.job/9"}'])
def test_a_broken_job_document_is_bad_input(content: str, encode: Job) -> None:
    Path(encode.folder, "job.json").write_text(content)
    failed(encode.run(), 2, "job.json")


def test_a_source_that_is_gone_or_changed_is_bad_input(clips: Clips, jobs: Jobs, tmp_path: Path) -> None:
    source = tmp_path / "s.mov"
    shutil.copy(clips("prores"), source)
    job = jobs(source, output=str(tmp_path / "o.mp4"))
    with source.open("ab") as file:
        file.write(b"x")
    failed(job.run(), 2, str(source), "has changed since it was submitted")
    source.with_name("beside.txt").touch()  # a bare folder would be storage that is away
    source.unlink()
    failed(job.run(), 2, str(source), "No such file")
    assert not job.output.exists()


def test_a_source_replaced_by_one_of_equal_size_is_found_out(clips: Clips, jobs: Jobs, tmp_path: Path) -> None:
    source = tmp_path / "s.mov"
    shutil.copy(clips("prores"), source)
    job = jobs(source, output=str(tmp_path / "o.mp4"))
    os.utime(source, (1, 1))
    failed(job.run(), 2, "has changed")


def test_an_output_folder_that_is_gone_is_bad_input(encode: Job) -> None:
    encode.output.parent.rmdir()
    failed(encode.run(), 2, str(encode.output.parent), "No such file")


def test_a_read_only_output_folder_is_bad_input(clips: Clips, jobs: Jobs, tiny_disk: Callable[[str], Path]) -> None:
    disk = tiny_disk("size=1m")
    job = jobs(clips("prores"), output=str(disk / "o.mp4"))
    subprocess.run(["mount", "-o", "remount,ro", disk], check=True)
    failed(job.run(), 2, str(disk), "Read-only")


@pytest.mark.parametrize("preset", ["h264-review", "prores-422-hq"])
def test_a_full_disk_is_temporary_and_leaves_nothing(
    preset: str, clips: Clips, jobs: Jobs, tiny_disk: Callable[[str], Path]
) -> None:
    disk = tiny_disk("size=64k")
    ending = ".mov" if "prores" in preset else ".mp4"
    job = jobs(
        clips("prores"), preset, output=str(disk / f"o{ending}"), values={"crf": "1"} if "h264" in preset else {}
    )
    failed(job.run(), 75, "No space left")
    assert list(disk.iterdir()) == []


def test_a_disk_without_room_for_one_more_file_is_temporary(
    clips: Clips, jobs: Jobs, tiny_disk: Callable[[str], Path]
) -> None:
    disk = tiny_disk("size=1m,nr_inodes=2")
    job = jobs(clips("prores"), output=str(disk / "o.mp4"))
    (disk / "last").touch()
    failed(job.run(), 75, "No space left")


def test_a_full_disk_under_the_job_folder_is_temporary(both: Job, tiny_disk: Callable[[str], Path]) -> None:
    both.must_run()
    disk = tiny_disk("size=4k")
    shutil.rmtree(f"{both.folder}/work")
    os.symlink(disk, f"{both.folder}/work")
    run = both.run("compare")
    assert run.returncode in (3, 75)
    assert "disk" in run.lines[-1]
    assert not both.scores.exists()


def test_a_limit_on_file_sizes_ends_in_a_sentence(encode: Job, ffmpeg: str, fake: Callable[[str], str]) -> None:
    run = encode.run(CUEFFMPEG_FFMPEG=fake(f'ulimit -f 8; exec {ffmpeg} "$@"'))
    assert run.returncode in (3, 75)
    failed(run, run.returncode, str(run.returncode and "ffmpeg"))
    nothing_half(encode.output.parent)
    assert not encode.output.exists()


@pytest.mark.parametrize("named", ["/gone/ffmpeg", "gone-ffmpeg", "/etc/passwd", "/"])
def test_a_host_without_ffmpeg_is_not_fit(named: str, encode: Job) -> None:
    failed(encode.run(CUEFFMPEG_FFMPEG=named), 5, named)


def test_a_host_with_a_lesser_ffmpeg_is_not_fit(both: Job, tmp_path: Path) -> None:
    lesser = tmp_path / "lesser"
    lesser.write_text("#!/bin/sh\necho ' V..... mpeg4  MPEG-4'\n")
    lesser.chmod(0o755)
    failed(both.run("encode", CUEFFMPEG_FFMPEG=str(lesser)), 5, "has no libx264")
    both.must_run("encode")
    failed(both.run("compare", CUEFFMPEG_FFMPEG=str(lesser)), 5, "has no libvmaf")


LIES = {
    "writes nothing": "exit 0",
    "says it is done and writes nothing": "printf 'frame=24\\nprogress=end\\n'",
    "does half of it": "printf 'frame=12\\nprogress=end\\n'; echo half > \"${@: -1}\"",
    "writes another thing": "printf 'frame=24\\nprogress=end\\n'; echo this is no film > \"${@: -1}\"",
    "crashes": "kill -SEGV $$",
    "prints no text": "printf '\\xff\\xfe\\x1b[31m' >&2; exit 234",
}


@pytest.mark.parametrize("lie", LIES)
def test_an_exit_code_proves_nothing(lie: str, encode: Job, ffmpeg: str, fake: Callable[[str], str]) -> None:
    encode.put_older()
    run = encode.run(CUEFFMPEG_FFMPEG=fake(f'case "$*" in *-progress*) {LIES[lie]};; *) exec {ffmpeg} "$@";; esac'))
    assert run.returncode in (3, 4)
    failed(run, run.returncode)
    assert encode.output.read_bytes() == b"older"
    nothing_half(encode.output.parent)


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [("-frames:v 23", "23"), ("-r 25", "evenly|frames"), ("-an", "audio|sound"), ("-vf null -s 160x90", "size"),
     ("-pix_fmt yuv422p", "pixel format")],
)  # fmt: skip
def test_what_is_not_as_asked_is_rejected(
    arguments: str, complaint: str, encode: Job, fake: Callable[[str], str], ffmpeg: str
) -> None:
    body = f'case "$*" in *-progress*) set -- "${{@:1:$#-1}}" {arguments} "${{@: -1}}";; esac; exec {ffmpeg} "$@"'
    run = encode.run(CUEFFMPEG_FFMPEG=fake(body))
    assert run.returncode in (3, 4), run.lines
    assert any(word in run.lines[-1] for word in complaint.split("|")), run.lines[-1]
    assert not encode.output.exists()


def test_a_worker_waits_for_a_slow_reader_at_the_end(encode: Job) -> None:
    run = encode.must_run(CUEFFMPEG_LOCAL_FARM=None)
    assert run.lines[-2].startswith("wrote ")
    assert run.lines[-1] == ""
