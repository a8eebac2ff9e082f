# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Broken media of many formats: each is read, or refused in a sentence; nothing falls, hangs or takes all memory."""

import json
import random
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from clips import AAC, H264, PCM, PRORES, Clips, click, picture

from .losses import Losses

SEED = 20261128
MPEG2 = ["-c:v", "mpeg2video", "-q:v", "4"]
SMALL = picture(6, size="64x64")
LOUD = [*SMALL, *click(0.25)]
CLIPS: dict[str, list[str]] = {
    "a.mp4": [*LOUD, *H264, *AAC],
    "a.mov": [*LOUD, *PRORES, *PCM], "a.mkv": [*LOUD, *H264, *PCM],
    "a.mxf": [*LOUD, *MPEG2, "-c:a", "pcm_s16le"],
    "a.ts": [*LOUD, *H264, *AAC], "a.avi": [*LOUD, "-c:v", "mpeg4", *PCM],
    "a.flv": [*LOUD, *H264, *AAC], "a.wav": [*click(0.25)], "a.webm": [*SMALL, "-c:v", "libvpx-vp9", "-crf", "40"],
}  # fmt: skip
PICTURES = (".dpx", ".exr", ".png", ".tif", ".jpg")
BATCH = 25
# Each batch has a process of its own, so that a fault of a library is seen as what it is.
READ = """
import json, resource, sys
from cueffmpeg_gui.api.media import read_facts
from cueffmpeg_gui.errors import InputRefused
from cueffmpeg_gui.probe import probe_sound
resource.setrlimit(resource.RLIMIT_AS, (4 << 30, 4 << 30))
for path in json.loads(sys.argv[1]):
    print(path, flush=True)
    try:
        probe_sound(path) if path.endswith(".wav") else read_facts(path, "24")
        print("read")
    except InputRefused as refused:
        assert len(str(refused)) < 2000
        print("refused")
"""


def broken(data: bytes, chance: random.Random) -> bytes:
    """Bytes of the headers changed, cut, doubled or filled; some anywhere."""
    content = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 5))):
        at = (
            min(int(chance.expovariate(1 / 200)), len(content) - 1)
            if chance.random() < 0.8
            else chance.randrange(len(content))
        )
        how = chance.randrange(5)
        if how == 0:
            content[at] = chance.choice((0, 0xFF, 0x7F, 0x80, chance.randrange(256)))
        elif how == 1:
            content[at : at + 4] = chance.choice(
                (b"\0\0\0\0", b"\xff\xff\xff\xff", b"\x7f\xff\xff\xff", b"\xff\xff\xff\x7f")
            )
        elif how == 2:
            content[at : at + 8] = b"\xff" * 8
        elif how == 3:
            del content[at : at + chance.randrange(1, 64)]
        elif chance.random() < 0.3:
            del content[at:]
        if not content:
            break
    return bytes(content)


@pytest.fixture(scope="module")
def good(clips: Clips, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    folder = tmp_path_factory.mktemp("good")
    for name, arguments in CLIPS.items():
        clips.run([*arguments, str(folder / name)])
    for ending in PICTURES:
        clips.run([*picture(1, size="64x64"), "-start_number", "1001", str(folder / f"p.%04d{ending}")])
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def read_all(paths: list[str]) -> Counter[str]:
    done = subprocess.run(
        [sys.executable, "-c", READ, json.dumps(paths)], capture_output=True, text=True, check=False, timeout=600
    )
    lines = done.stdout.split("\n")
    assert done.returncode == 0, (lines[-3:], done.stderr[-2000:])
    return Counter(line for line in lines if line in ("read", "refused"))


@pytest.mark.parametrize("each", [4, pytest.param(120, marks=[pytest.mark.long, pytest.mark.timeout(3600)])])
def test_broken_media_are_read_or_refused(each: int, good: dict[str, bytes], tmp_path: Path, losses: Losses) -> None:
    chance = random.Random(SEED)
    table: Counter[str] = Counter()
    paths = []
    for number in range(each):
        for name, data in good.items():
            folder = tmp_path / f"{number}"
            folder.mkdir(exist_ok=True)
            path = folder / name
            path.write_bytes(broken(data, chance) or b"\0")
            paths.append(str(path))
    with losses.attack("broken media") as tally:
        for start in range(0, len(paths), BATCH):
            table += read_all(paths[start : start + BATCH])
        assert sum(table.values()) == len(paths)
        for end, count in table.items():
            tally.held(end, count)
