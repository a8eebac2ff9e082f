# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""A file that was cut anywhere is refused, in every run with the same words; a whole one never is."""

import random
import subprocess
from pathlib import Path

import pytest

from cueffmpeg_gui.errors import InputRefused
from cueffmpeg_gui.probe import clips, damage, probe_clip

CUTS = 20
H264, PCM = ["-c:v", "libx264", "-preset", "ultrafast", "-g", "12"], ["-c:a", "pcm_s16le"]
KINDS = {
    "mkv": [*H264, "-c:a", "aac"],
    "mxf": ["-c:v", "mpeg2video", "-q:v", "2", *PCM],
    "ts": [*H264, "-c:a", "aac"],
    "mp4": [*H264, "-c:a", "aac", "-movflags", "+faststart"],
    "mov": ["-c:v", "prores_ks", "-pix_fmt", "yuv422p10le", *PCM, "-movflags", "+faststart"],
}


def make(ffmpeg: str, path: Path, *arguments: str) -> Path:
    picture = ["-f", "lavfi", "-i", "testsrc2=s=128x96:r=25:d=1"]
    sound = ["-f", "lavfi", "-i", "sine=r=48000:d=1"]
    pixels = [] if "-pix_fmt" in arguments else ["-pix_fmt", "yuv420p"]
    subprocess.run([ffmpeg, "-v", "error", *picture, *sound, *pixels, *arguments, str(path)], check=True)
    return path


def verdict(path: Path) -> str:
    clips._PROBED.clear()
    try:
        probe_clip(str(path), decode=True)
    except InputRefused as refused:
        return str(refused)
    return ""


@pytest.mark.parametrize("kind", KINDS)
def test_a_cut_file_is_refused_and_a_whole_one_is_not(kind: str, ffmpeg: str, tmp_path: Path) -> None:
    whole = make(ffmpeg, tmp_path / f"whole.{kind}", *KINDS[kind])
    assert verdict(whole) == ""
    data, chance = whole.read_bytes(), random.Random(f"cut {kind}")
    tail = len(data) // 12
    ends = [chance.randrange(1, len(data)) for _ in range(CUTS)] + [len(data) - n for n in (1, 2, tail // 2, tail)]
    cut, passed = tmp_path / f"cut.{kind}", []
    for end in ends:
        cut.write_bytes(data[:end])
        said = verdict(cut)
        assert said == verdict(cut)
        passed += [] if said else [end]
    assert not passed, f"of {len(data)} bytes"


def test_an_mxf_that_is_cut_behind_its_pictures_is_cut(ffmpeg: str, tmp_path: Path) -> None:
    """Its header announces a footer, its footer an index; the random index behind both is optional (ST 377-1)."""
    data = make(ffmpeg, tmp_path / "whole.mxf", *KINDS["mxf"]).read_bytes()
    footer = data.rfind(bytes.fromhex("060e2b34020501010d01020101040400"))
    pack = footer + 16 + 1 + (data[footer + 16] & 0x7F)
    announced = sum(int.from_bytes(data[at : at + 8], "big") for at in (pack + 32, pack + 40))
    whole = pack + 88 + announced
    cut = tmp_path / "cut.mxf"
    for end in range(footer + 1, whole, max(1, (whole - footer) // 60)):
        cut.write_bytes(data[:end])
        assert verdict(cut), end - footer
    cut.write_bytes(data[: data.rfind(bytes.fromhex("060e2b34020501010d01020101110100"))])
    assert verdict(cut) == ""


@pytest.mark.parametrize("kind", ["mkv", "mxf", "ts"])
def test_a_file_that_was_written_as_a_stream_promises_nothing(kind: str, ffmpeg: str, tmp_path: Path) -> None:
    path = tmp_path / f"live.{kind}"
    form = {"mkv": "matroska", "mxf": "mxf", "ts": "mpegts"}[kind]
    with path.open("wb") as file:
        picture = ["-f", "lavfi", "-i", "testsrc2=s=128x96:r=25:d=1", "-pix_fmt", "yuv420p"]
        codec = ["-c:v", "mpeg2video"] if kind == "mxf" else H264
        subprocess.run([ffmpeg, "-v", "error", *picture, *codec, "-f", form, "-"], stdout=file, check=True)
    assert verdict(path) == ""


def test_sound_that_goes_on_does_not_hide_missing_pictures(ffmpeg: str, tmp_path: Path) -> None:
    """The packets of the last pictures are taken out of a file that says how many seconds its picture lasts."""
    whole = make(ffmpeg, tmp_path / "whole.mkv", *KINDS["mkv"])
    short = tmp_path / "short.mkv"
    drop = ["-bsf:v", r"noise=drop=gt(n\,20)", "-metadata:s:v", "DURATION=00:00:01.000000000"]
    subprocess.run([ffmpeg, "-v", "error", "-i", str(whole), "-c", "copy", *drop, str(short)], check=True)
    data = short.read_bytes().replace(b"00:00:00.840000000", b"00:00:01.000000000")
    short.write_bytes(data)
    assert "its picture says 1.00 s but ends after 0.84 s" in verdict(short)


def test_of_a_long_recording_the_end_is_decoded_too(
    ffmpeg: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = make(ffmpeg, tmp_path / "whole.ts", *KINDS["ts"])
    monkeypatch.setattr(damage, "DECODE_BUDGET", 3 * 128 * 96)
    assert verdict(whole) == ""
    data = bytearray(whole.read_bytes())
    chance = random.Random(4)
    for place in range(len(data) * 7 // 10, len(data) - 188, 188):
        for n in range(40, 180):
            data[place + n] = chance.randrange(256)
    hurt = tmp_path / "hurt.ts"
    hurt.write_bytes(data)
    assert "is damaged" in verdict(hurt)


def test_a_film_that_begins_late_in_its_file_is_not_cut(ffmpeg: str, tmp_path: Path) -> None:
    path = make(ffmpeg, tmp_path / "late.mkv", *H264, "-an", "-output_ts_offset", "1.48")
    assert verdict(path) == ""
