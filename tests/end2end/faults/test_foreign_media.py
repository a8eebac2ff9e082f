# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Media from anybody: whatever kind of file and whatever size, there is a sentence, soon and with little memory."""

import os
import shutil
import struct
from collections.abc import Callable
from pathlib import Path

import pytest
from clips import Clips
from peak_memory import run_and_measure

PATIENCE_SECONDS = 60
MOST_MEMORY = 500 << 20
GIGABYTE = 1 << 30
PROBE = """
import sys
from cueffmpeg_gui.cli.app import exit_code_of
from cueffmpeg_gui.cli.probe import probe
code = exit_code_of(lambda: probe(sys.argv[1:], standalone_mode=False))
print(code)
"""


def pipe(path: Path, clip: Path) -> None:
    os.mkfifo(path)


def device(path: Path, clip: Path) -> None:
    path.symlink_to("/dev/zero")


def holes(size: int) -> Callable[[Path, Path], None]:
    def make(path: Path, clip: Path) -> None:
        path.touch()
        os.truncate(path, size)

    return make


def beginning_and_holes(size: int) -> Callable[[Path, Path], None]:
    def make(path: Path, clip: Path) -> None:
        shutil.copy(clip, path)
        os.truncate(path, size)

    return make


def picture(width: int, height: int, size: int) -> Callable[[Path, Path], None]:
    """A DPX of ten bits whose header says a size, and whose file has one."""

    def make(path: Path, clip: Path) -> None:
        header = bytearray(2048)
        struct.pack_into(">4sI8sI", header, 0, b"SDPX", 2048, b"V1.0", 0xFFFFFFFF)
        struct.pack_into(">HHII", header, 768, 0, 1, width, height)
        struct.pack_into(">IIfIfBBBBHHII", header, 780, 0, 0, 0, 1023, 2.0, 50, 0, 0, 10, 1, 0, 2048, 0)
        path.write_bytes(header)
        os.truncate(path, size or 2048 + width * height * 4)

    return make


FILES: dict[str, tuple[str, Callable[[Path, Path], None]]] = {
    "a pipe": ("a.mov", pipe),
    "a device": ("a.mov", device),
    "a pipe among pictures": ("a.0001.dpx", pipe),
    "20 GB of nothing": ("a.mkv", holes(20 * GIGABYTE)),
    "20 GB of nothing as a mov": ("a.mov", holes(20 * GIGABYTE)),
    "20 GB of nothing as a wav": ("a.wav", holes(20 * GIGABYTE)),
    "20 GB of nothing as a ts": ("a.ts", holes(20 * GIGABYTE)),
    "20 GB of nothing as a picture": ("a.0001.dpx", holes(20 * GIGABYTE)),
    "a beginning and 200 GB of nothing": ("a.mkv", beginning_and_holes(200 * GIGABYTE)),
    "a picture of 60000x60000": ("a.0001.dpx", picture(60000, 60000, 0)),
    "a small picture of 20 GB": ("a.0001.dpx", picture(64, 64, 20 * GIGABYTE)),
    "a picture that says 60000x60000": ("a.0001.dpx", picture(60000, 60000, 4096)),
}


@pytest.mark.parametrize("what", FILES)
def test_what_nobody_can_read_is_refused_soon_and_with_little_memory(what: str, clips: Clips, tmp_path: Path) -> None:
    name, make = FILES[what]
    clip = tmp_path / "clip.mkv"
    clips.run(["-i", str(clips("h264")), "-c", "copy", str(clip)])
    make(tmp_path / name, clip)
    rate = ["--frame-rate", "24"] if name.endswith(".dpx") else []
    lines, memory, errors = run_and_measure(PROBE, str(tmp_path / name), *rate, seconds=PATIENCE_SECONDS)
    assert (lines[-1], errors.count("error: ")) == ("3", 1), "\n".join([*lines, errors])
    assert memory < MOST_MEMORY
