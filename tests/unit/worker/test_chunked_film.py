# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""A film of chunks is like one made in one piece: pictures, sizes, rate, timecode, colour."""

import array
import subprocess
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from clips import Clips, lively
from films import (
    FRAMES,
    Shots,
    digests,
    long,
    nothing_half,
)
from measure import (
    boxes,
    hear,
    mean_difference,
    picture_times,
    planes,
    sample_count,
    tags,
)

from cueffmpeg_gui.errors import InputRefused
from cueffmpeg_gui.jobs.layer_tasks import encode_task
from cueffmpeg_gui.probe import probe_clip

ONE_SAMPLE = Fraction(1, 48000)


def test_a_film_of_chunks_is_its_chunks_with_sound_and_all_tags(film: Any, shots: Shots) -> None:
    job = film(audio=shots.wav())
    assert [name for name, _ in job.frames] == ["encode"] * 4 + ["audio", "join"]
    runs = job.run_all()
    chunks = sorted(Path(job.folder, "chunks").glob("*.mp4"), key=lambda path: path.name)
    assert [path.name for path in chunks] == [f"encode.{first}.mp4" for first in (1001, 1009, 1017, 1025)]
    assert digests(job.output, job.ffmpeg) == [digest for chunk in chunks for digest in digests(chunk, job.ffmpeg)]
    assert picture_times(job.output) == [Fraction(number, 24) for number in range(FRAMES)]
    facts = probe_clip(str(job.output), decode=True)
    assert facts.video.tags.is_complete
    assert facts.timecode == "00:00:41:17"
    assert tags(job.output)["cueffmpeg_preset"] == "dpx-h264@1"
    found = boxes(job.output)
    assert found.index("moov") < found.index("mdat")
    assert sample_count(job.output, job.ffmpeg) == FRAMES * 2000
    assert "each proven to be the chunks'" in runs["join", 1001].lines[-1]
    assert nothing_half(job) == []


def test_a_film_of_chunks_is_like_a_film_in_one_piece(film: Any, shots: Shots, tmp_path: Path) -> None:
    chunked = film(audio=shots.wav(), output=str(tmp_path / "chunked.mp4"), values={"crf": "12"})
    plain = film(audio=shots.wav(), output=str(tmp_path / "plain.mp4"), values={"crf": "12"}, chunk="none")
    for job in (chunked, plain):
        job.run_all()
    one, other = (probe_clip(str(job.output)) for job in (chunked, plain))
    same = ("width", "height", "sample_aspect", "rate", "frames", "pix_fmt", "tags", "start", "constant_rate", "codec")
    assert {name: getattr(one.video, name) for name in same} == {name: getattr(other.video, name) for name in same}
    assert (one.timecode, one.duration) == (other.timecode, other.duration)
    assert [(a.codec, a.sample_rate, a.layout) for a in one.audio] == [
        (a.codec, a.sample_rate, a.layout) for a in other.audio
    ]
    assert tags(chunked.output) == tags(plain.output)
    pictures = [planes(job.output, job.ffmpeg, "format=yuv420p")[::97] for job in (chunked, plain)]
    assert mean_difference(*pictures) < 1.5
    assert hear(chunked.output).onset == hear(plain.output).onset


@pytest.mark.parametrize("values", [{"max_height": "91"}, long({"odd_size": "pad"})])
def test_sizes_are_those_of_a_film_in_one_piece(
    values: dict[str, str], film: Any, clips: Clips, tmp_path: Path
) -> None:
    source = clips.sequence(tmp_path / "odd", lively(16, size="161x97"))
    found = []
    for chunk in ("8", "none"):
        job = film(source, chunk=chunk, values=values)
        job.run_all()
        found.append(probe_clip(str(job.output)).video)
    assert found[0] == found[1]


@pytest.mark.parametrize("rate", ["24000/1001", long("30000/1001"), long("12")])
def test_a_range_of_frames_has_its_own_pictures_sound_and_timecode(rate: str, film: Any, shots: Shots) -> None:
    job = film(audio=shots.wav(3), frames="1004-1030", frame_rate=rate, chunk="8")
    job.run_all()
    facts = probe_clip(str(job.output))
    length = 27 / Fraction(rate)
    assert picture_times(job.output) == [number / Fraction(rate) for number in range(27)]
    assert sample_count(job.output, job.ffmpeg) == round(length * 48000)
    wanted = Fraction(hear(Path(shots.wav(3))).onset) - 3 / Fraction(rate)
    assert abs(hear(job.output).onset - wanted) <= ONE_SAMPLE
    nominal = round(Fraction(rate))
    assert facts.timecode == f"00:{1004 // nominal // 60:02d}:{1004 // nominal % 60:02d}:{1004 % nominal:02d}"


@pytest.mark.parametrize("asked", [long("01:02:03:04"), "10:00:00;00"])
def test_the_timecode_asked_for_is_in_the_film(asked: str, film: Any) -> None:
    job = film(timecode=asked, frame_rate="30000/1001", chunk="16")
    job.run_all()
    assert probe_clip(str(job.output)).timecode == asked


def test_the_timecode_of_the_dpx_header_is_in_the_film(film: Any, shots: Shots, tmp_path: Path) -> None:
    source = shots.own_dpx(tmp_path / "dpx")
    for number in range(FRAMES):
        seconds, frame = divmod(number + 10, 24)
        with (tmp_path / "dpx" / f"shot.{1001 + number}.dpx").open("r+b") as file:
            header = bytearray(file.read(1664)) + bytearray(b"\xff" * 384)
            pixels = file.read()
            header[4:8] = (2048).to_bytes(4, "big")
            header[1920:1924] = bytes(0x10 * (n // 10) + n % 10 for n in (1, 2, seconds, frame))
            file.seek(0)
            file.write(header + pixels)
    job = film(source, frames="1003-1032", chunk="16")
    job.run_all()
    assert probe_clip(str(job.output)).timecode == "01:02:00:12"


def test_drop_frame_is_refused_where_the_rate_has_none(film: Any) -> None:
    with pytest.raises(InputRefused, match="drop-frame"):
        film(timecode="01:00:00;00")


@pytest.mark.parametrize(
    ("chunk", "pix_fmt"),
    [
        ("8", "yuv420p"),
        ("none", "yuv420p"),
        ("8", "yuv420p10le"),
        long("none", "yuv420p10le"),
        long("8", "yuv444p10le"),
        long("none", "yuv444p10le"),
    ],
)
def test_bars_of_ten_bits_come_back_as_they_were(
    chunk: str, pix_fmt: str, film: Any, clips: Clips, tmp_path: Path
) -> None:
    bars = ["-f", "lavfi", "-i", "smptebars=size=280x96:rate=24,trim=end_frame=16,format=gbrp10le"]
    source = clips.sequence(tmp_path / "bars", bars)
    job = film(source, chunk=chunk, values={"crf": "0", "pix_fmt": pix_fmt})
    job.run_all()
    assert probe_clip(str(job.output)).video.tags == encode_task(job.spec).colour
    assert probe_clip(str(job.output)).video.tags.is_complete
    wanted, got = ten_bits(tmp_path / "bars" / "shot.1003.dpx", job.ffmpeg), shown(job.output, pix_fmt, job.ffmpeg)
    limit = 7 if pix_fmt == "yuv420p" else 2
    for bar in range(7):
        at = 30 * 280 + 40 * bar + 20
        seen = got(40 * bar + 20, 30)
        for component in range(3):
            assert abs(wanted[component * 280 * 96 + at] - seen[component]) <= limit, (bar, component)


def shown(path: Path, pix_fmt: str, ffmpeg: str) -> Callable[[int, int], tuple[float, float, float]]:
    """Green, blue and red of 10 bits by the formula of BT.709 in limited range, for a column and a line."""
    argv = [ffmpeg, "-nostdin", "-v", "error", "-i", str(path), "-frames:v", "1", "-f", "rawvideo", "-"]
    raw = subprocess.run(argv, check=True, capture_output=True).stdout
    planes, scale = (array.array("H", raw), 4) if "10" in pix_fmt else (array.array("B", raw), 1)
    across = 1 if "444" in pix_fmt else 2
    chroma, whole = 280 * 96 // across**2, 280 * 96

    def at(column: int, line: int) -> tuple[float, float, float]:
        place = (line // across) * (280 // across) + column // across
        luma = (planes[280 * line + column] / scale - 16) / 219
        cb, cr = ((planes[whole + plane * chroma + place] / scale - 128) / 224 for plane in (0, 1))
        red, blue = luma + 1.5748 * cr, luma + 1.8556 * cb
        green = (luma - 0.2126 * red - 0.0722 * blue) / 0.7152
        return green * 1023, blue * 1023, red * 1023

    return at


def ten_bits(path: Path, ffmpeg: str) -> "array.array[int]":
    """A picture as 10-bit RGB, by the file's own tags."""
    chain = "scale=flags=accurate_rnd+full_chroma_int,format=gbrp10le"
    argv = [ffmpeg, "-nostdin", "-v", "error", "-i", str(path), "-vf", chain, "-frames:v", "1", "-f", "rawvideo", "-"]
    return array.array("H", subprocess.run(argv, check=True, capture_output=True).stdout)
