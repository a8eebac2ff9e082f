# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Names of files, whatever they hold."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from clips import Clips
from worker_jobs import Jobs

from .worker_promises import failed

HOSTILE = [
    b"a b", b"it's \"quoted\"", b"a:b", b"a,b;c", b"100%d", b"%04d", b"[x]", b"#IFRAME#", b"$(touch x)", b"`id`",
    b"new\nline", b"cr\rtab\tesc\x1b", b"-dash", b"caf\xc3\xa9", b"\xe6\x98\xa0\xe7\x94\xbb", b"\xff\xfe", b"n" * 200,
    b"back\\slash", b"a|b&c>d", b"*?{}", b"file:x", b"~", b"!h", b"x=y",
]  # fmt: skip


def hostile(folder: Path, name: bytes, ending: str) -> str:
    path = os.path.join(os.fsencode(folder), name, os.path.basename(name) + ending.encode())
    os.makedirs(os.path.dirname(path))
    return os.fsdecode(path)


@pytest.mark.parametrize("name", HOSTILE, ids=lambda name: ascii(name)[2:22])
def test_any_name_is_encoded_and_printed_so_that_a_shell_repeats_it(
    name: bytes, clips: Clips, jobs: Jobs, tmp_path: Path
) -> None:
    source = hostile(tmp_path / "in", name, ".mov")
    output = hostile(tmp_path / "out", name, ".mp4")
    shutil.copy(clips("prores"), source)
    job = jobs(source, output=output)
    run = job.must_run()
    assert all(32 <= byte < 127 or byte == 10 for byte in run.printed)
    made = job.output.read_bytes()
    job.output.unlink()
    subprocess.run(["bash", "-c", run.commands[0]], check=True, stdout=subprocess.DEVNULL, stdin=subprocess.DEVNULL)
    assert [path.read_bytes() for path in job.output.parent.iterdir()] == [made]


@pytest.mark.parametrize("first", range(0, len(HOSTILE), 6))
def test_any_names_can_be_compared(first: int, clips: Clips, jobs: Jobs, tmp_path: Path) -> None:
    name = b"/".join(HOSTILE[first : first + 6])
    reference, source = hostile(tmp_path / "a", name, ".mp4"), hostile(tmp_path / "b", name, ".mp4")
    clips.run(["-i", str(clips("bframes")), "-c", "copy", "-frames:v", "4", "-f", "mp4", str(tmp_path / "x")])
    shutil.copy(tmp_path / "x", reference)
    shutil.copy(tmp_path / "x", source)
    run = jobs(source, "vmaf-compare", reference=reference).must_run("compare")
    assert run.printed.isascii()
    work = tmp_path / "work"
    work.mkdir()
    subprocess.run(["bash", "-c", run.commands[0]], check=True, cwd=work, stdout=subprocess.DEVNULL)
    assert sorted(path.suffix for path in work.iterdir()) == [".colour", ".json", ".luma"]


def test_failures_of_hostile_names_stay_one_line_of_ascii(clips: Clips, jobs: Jobs, tmp_path: Path) -> None:
    source = hostile(tmp_path / "in", b"new\nline\x1b[31m\xff", ".mov")
    shutil.copy(clips("prores"), source)
    job = jobs(source, output=str(tmp_path / "o.mp4"))
    Path(source).with_name("beside.txt").touch()  # a bare folder would be storage that is away
    os.unlink(source)
    run = job.run()
    assert all(32 <= byte < 127 or byte == 10 for byte in run.printed)
    failed(run, 2, "No such file")


def test_a_name_as_long_as_names_can_be_is_written(clips: Clips, jobs: Jobs, tmp_path: Path) -> None:
    job = jobs(clips("prores"), output=str(tmp_path / ("n" * 251 + ".mp4")))
    job.must_run()
    assert job.output.exists()


def test_an_output_that_is_a_link_is_left_alone(clips: Clips, jobs: Jobs, tmp_path: Path) -> None:
    target = tmp_path / "target.mp4"
    target.write_bytes(b"older")
    job = jobs(clips("prores"), output=str(tmp_path / "o.mp4"))
    job.output.symlink_to(target)
    failed(job.run(), 2, str(job.output), "no ordinary file")
    assert job.output.is_symlink()
    assert target.read_bytes() == b"older"
