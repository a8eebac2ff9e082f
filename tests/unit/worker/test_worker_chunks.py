# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Chunked jobs as hosts run them: scores, films, refusals, retries and kills."""

import array
import itertools
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from clips import Clips, click, lively
from measure import (
    boxes,
    hear,
    mean_difference,
    onset_after_picture,
    picture_times,
    planes,
    sample_count,
    tags,
)
from worker_jobs import Job, Jobs, Run

from cueffmpeg_gui.api.submit.request import job_root
from cueffmpeg_gui.api.submit.submit import prepare_again
from cueffmpeg_gui.errors import InputRefused
from cueffmpeg_gui.jobs.folder import create_job_folder
from cueffmpeg_gui.jobs.layer_tasks import compare_task, encode_task
from cueffmpeg_gui.media.compare import build_compare
from cueffmpeg_gui.media.libvmaf import read_compare_log
from cueffmpeg_gui.media.records import RecordReader
from cueffmpeg_gui.media.scores import pool, read_scores
from cueffmpeg_gui.probe import probe_clip

ONE_SAMPLE = Fraction(1, 48000)
SIZE = "160x96"
FRAMES = 32
FAST = {"gop": "8", "speed": "ultrafast", "crf": "28", "threads": "2"}
QUICK_MODELS = ("vmaf_v0.6.1", "vmaf_v0.6.1neg", "vmaf_v1.0.16_3d0h")
SMALL_MODELS = ("vmaf_v0.6.1",)


class Shots:
    """Image sequences and sounds, made once."""

    def __init__(self, folder: Path, clips: Clips) -> None:
        self.folder = folder
        self.clips = clips

    def dpx(self, frames: int = FRAMES, size: str = SIZE, seed: int = 7) -> str:
        place = self.folder / f"dpx_{frames}_{size}_{seed}"
        if not place.exists():
            self.clips.sequence(place, lively(frames, size=size, seed=seed))
        return f"{place}/shot.####.dpx"

    def own_dpx(self, folder: Path, **how: Any) -> str:
        """A sequence of the test's own, to be damaged."""
        shutil.copytree(Path(self.dpx(**how)).parent, folder)
        return f"{folder}/shot.####.dpx"

    def wav(self, seconds: float = 2, layout: str = "stereo", at: float = 0.4, sample_rate: int = 48000) -> str:
        path = self.folder / f"{seconds}_{layout}_{at}_{sample_rate}.wav"
        if not path.exists():
            self.clips.run([*click(seconds, layout, at), "-ar", str(sample_rate), "-c:a", "pcm_s24le", str(path)])
        return str(path)


@pytest.fixture(scope="module")
def shots(tmp_path_factory: pytest.TempPathFactory, clips: Clips) -> Shots:
    return Shots(tmp_path_factory.mktemp("shots"), clips)


def long(*values: Any) -> Any:
    """A case that only --long runs."""
    return pytest.param(*values, marks=pytest.mark.long)


@pytest.fixture
def film(jobs: Jobs, shots: Shots, tmp_path: Path) -> Any:
    """Makes a chunked job of an image sequence."""

    def make(source: str | None = None, preset: str = "dpx-h264", **request: Any) -> Job:
        values = {**FAST, **request.pop("values", {})}
        request.setdefault("frame_rate", "24")
        request.setdefault("chunk", "8")
        request.setdefault("output", str(tmp_path / "film.mp4"))
        return jobs(source or shots.dpx(), preset, values=values, **request)

    return make


def digests(path: Path, ffmpeg: str) -> list[str]:
    """A digest of each decoded picture."""
    argv = [ffmpeg, "-nostdin", "-v", "error", "-i", str(path), "-map", "0:v:0", "-fps_mode", "passthrough"]
    done = subprocess.run([*argv, "-f", "framemd5", "-"], check=True, capture_output=True, text=True)
    return [line.rpartition(",")[2].strip() for line in done.stdout.splitlines() if not line.startswith("#")]


def refused(job: Job, layer: str, frame: int, code: int, *words: str, **environment: str) -> str:
    """A frame that must fail with one sentence, leave no film, and leave nothing half."""
    run = job.run_frame(layer, frame, **environment)
    last = run.lines[-1]
    assert run.returncode == code, run.lines
    assert last.startswith("error: ")
    for word in words:
        assert word in last, last
    assert nothing_half(job) == []
    return last


def nothing_half(job: Job) -> list[str]:
    places = [Path(job.folder)] + ([job.output.parent] if job.spec.output else [])
    return sorted(str(path) for place in places for path in place.rglob("*") if ".part" in path.name)


# Films


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


# Sound


QUICK_SOUNDS = ((48000, "0.5", "mono"), (44100, "-0.25", "5.1"), (48000, "0.0417", "stereo"))
SOUNDS = itertools.product((48000, 44100), ("0", "0.5", "-0.25", "0.0417"), ("mono", "stereo", "5.1"))


@pytest.mark.parametrize(
    ("sample_rate", "delay", "layout"), [case if case in QUICK_SOUNDS else long(*case) for case in SOUNDS]
)
def test_sound_of_its_own_begins_to_the_sample_where_it_was_asked_to(
    sample_rate: int, delay: str, layout: str, film: Any, shots: Shots
) -> None:
    wav = shots.wav(1.1, layout, sample_rate=sample_rate)
    job = film(audio=wav, chunk="16", values={"sound_delay": delay})
    job.run_all()
    moved = onset_after_picture(job.output) - hear(Path(wav)).onset
    assert abs(moved - Fraction(delay)) <= Fraction(1, sample_rate)
    assert hear(job.output).layout == layout
    assert sample_count(job.output, job.ffmpeg) == round(Fraction(FRAMES, 24) * sample_rate)


def test_several_streams_of_sound_are_all_kept_in_place(film: Any, clips: Clips) -> None:
    job = film(audio=str(clips("monos")), chunk="16")
    job.run_all()
    for number in range(3):
        moved = onset_after_picture(job.output, number) - hear(clips("monos"), number).onset
        assert abs(moved) <= ONE_SAMPLE


OWN_SOUND = {
    "h264": ONE_SAMPLE, "late_click": ONE_SAMPLE, "edit_list": ONE_SAMPLE, "surround": ONE_SAMPLE,
    # Their clocks count milliseconds, or ticks of 90 kHz.
    "h264_mkv": Fraction(1, 1000), "picture_first": Fraction(1, 1000),
    "late_click_mkv": Fraction(1, 1000), "late_click_ts": Fraction(1, 1000), "mpeg2": ONE_SAMPLE,
}  # fmt: skip


QUICK_CLIPS = ("h264", "edit_list", "picture_first", "mpeg2")


@pytest.mark.parametrize("clip", [clip if clip in QUICK_CLIPS else long(clip) for clip in OWN_SOUND])
def test_the_sound_of_a_clip_stays_where_it_was(clip: str, clips: Clips, jobs: Jobs, tmp_path: Path) -> None:
    job = jobs(clips(clip), output=str(tmp_path / "o.mp4"), chunk="16", values=FAST)
    assert job.spec.is_chunked
    job.run_all()
    moved = onset_after_picture(job.output) - onset_after_picture(clips(clip))
    assert abs(moved) <= OWN_SOUND[clip], float(moved * 48000)
    video = job.spec.source.video
    assert sample_count(job.output, job.ffmpeg) == round(video.frames / video.rate * 48000)
    assert picture_times(job.output)[0] == 0


def test_the_sound_of_a_range_of_a_clip_is_that_of_the_range(clips: Clips, jobs: Jobs, tmp_path: Path) -> None:
    job = jobs(clips("late_click"), output=str(tmp_path / "o.mp4"), chunk="16", frames="64-96", values=FAST)
    job.run_all()
    moved = onset_after_picture(job.output) - onset_after_picture(clips("late_click"))
    assert abs(moved + Fraction(63, 24)) <= ONE_SAMPLE


# Colour


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
    wanted, got = (ten_bits(path, job.ffmpeg) for path in (tmp_path / "bars" / "shot.1003.dpx", job.output))
    limit = 7 if pix_fmt == "yuv420p" else 2
    for bar in range(7):
        at = 30 * 280 + 40 * bar + 20
        for component in range(3):
            place = component * 280 * 96 + at
            assert abs(wanted[place] - got[place]) <= limit, (bar, component)


def ten_bits(path: Path, ffmpeg: str) -> "array.array[int]":
    """A picture as 10-bit RGB, by the file's own tags."""
    chain = "scale=flags=accurate_rnd+full_chroma_int,format=gbrp10le"
    argv = [ffmpeg, "-nostdin", "-v", "error", "-i", str(path), "-vf", chain, "-frames:v", "1", "-f", "rawvideo", "-"]
    return array.array("H", subprocess.run(argv, check=True, capture_output=True).stdout)


# Scores


@pytest.fixture
def scored(film: Any, shots: Shots) -> Job:
    """A finished chunked job with scores."""
    job = with_chunks(film(preset="dpx-h264-vmaf"), shots)
    job.run_all("join", "compare", "summary")
    return job


def test_scores_of_a_job_are_those_of_its_logs_and_of_one_run(film: Any, shots: Shots, tmp_path: Path) -> None:
    job = with_chunks(film(preset="dpx-h264-vmaf"), shots)
    runs = job.run_all("join", "compare", "summary")
    merged = read_scores(str(job.scores))
    assert merged.is_complete
    assert (merged.first, merged.last) == (1001, 1032)
    rows: dict[int, tuple[float, ...]] = {}
    for (layer, frame), run in runs.items():
        if layer == "compare":
            reader = RecordReader()
            reader.feed(run.printed.splitlines())
            found = reader.scores()
            assert reader.ended
            assert (found.first, found.last, found.is_complete) == (frame, frame + 7, True)
            rows.update(found.rows)
    assert rows == merged.rows
    whole = compare_task(replace(job.spec, chunking=None))
    subprocess.run(build_compare(whole, "v.json", job.ffmpeg, 4), check=True, capture_output=True, cwd=tmp_path)
    assert read_compare_log(f"{tmp_path}/v.json", whole.metrics, 1001, FRAMES).rows == merged.rows
    document = json.loads(job.scores.read_text())
    assert document["metrics"]["vmaf"] == pool(merged.values("vmaf"))
    assert any("worst frames: " in line for line in runs["summary", 1001].lines)


def test_a_summary_names_the_first_frame_without_a_score(scored: Job) -> None:
    path = Path(scored.folder, "scores", "compare.1009.json")
    document = json.loads(path.read_text())
    document["frames"] = document["frames"][:3]
    path.write_text(json.dumps(document))
    scored.scores.unlink()
    refused(scored, "summary", 1001, 3, "5 frames have no score", "1012")
    path.unlink()
    refused(scored, "summary", 1001, 2, str(path))
    assert not scored.scores.exists()


def test_a_film_of_another_job_is_not_scored_as_this_jobs(film: Any, shots: Shots, tmp_path: Path) -> None:
    job = with_chunks(film(preset="dpx-h264-vmaf"), shots)
    job.run_all("join")
    other = film(shots.dpx(seed=9), output=str(tmp_path / "other.mp4"), chunk="16")
    other.run_all()
    shutil.copy(other.output, job.output)
    refused(job, "compare", 1009, 3, str(job.output), "not the encode that this job made")


def test_pictures_changed_after_their_encode_are_not_scored(film: Any, shots: Shots, tmp_path: Path) -> None:
    job = film(shots.own_dpx(tmp_path / "dpx"), preset="dpx-h264-vmaf")
    job.run_all("encode", "join")
    picture = tmp_path / "dpx" / "shot.1020.dpx"
    replace_picture(picture, tmp_path / "dpx" / "shot.1005.dpx")
    refused(job, "compare", 1017, 2, str(picture.parent), "since they were encoded", "retry")
    assert job.run_frame("compare", 1001).returncode == 0
    job.run_all("encode", "join", "compare", "summary")


def test_pictures_changed_after_their_encode_in_one_piece_are_not_scored(
    film: Any, shots: Shots, tmp_path: Path
) -> None:
    job = film(shots.own_dpx(tmp_path / "dpx"), preset="dpx-h264-vmaf", chunk="none")
    job.run_all("encode")
    picture = tmp_path / "dpx" / "shot.1020.dpx"
    picture.write_bytes((tmp_path / "dpx" / "shot.1005.dpx").read_bytes())
    refused(job, "compare", 1001, 2, str(picture), "since it was encoded", "retry")
    job.run_all("encode", "compare")


def replace_picture(picture: Path, by: Path) -> None:
    """As rsync does it: another file of equal size, under the old time."""
    old = picture.stat()
    fresh = picture.with_suffix(".tmp")
    fresh.write_bytes(by.read_bytes())
    os.utime(fresh, ns=(old.st_atime_ns, old.st_mtime_ns + 1))
    fresh.rename(picture)


# Refusals


def change_facts(job: Job, first: int, **changes: object) -> None:
    path = Path(job.folder, "chunks", f"encode.{first}.json")
    path.write_text(json.dumps({**json.loads(path.read_text()), **changes}))


@pytest.fixture
def encoded(film: Any, shots: Shots) -> Job:
    """A job whose chunks are made, but not joined."""
    return with_chunks(film(), shots)


def with_chunks(job: Job, shots: Shots) -> Job:
    """The job with its chunks; they are made once and copied, as they hold nothing of the job's folder."""
    made = shots.folder / "chunks"
    if made.exists():
        shutil.copytree(made, f"{job.folder}/chunks", dirs_exist_ok=True)
    else:
        job.run_all("encode")
        shutil.copytree(f"{job.folder}/chunks", made)
    return job


def chunk_path(job: Job, first: int) -> Path:
    return Path(job.folder, "chunks", f"encode.{first}.mp4")


@pytest.mark.parametrize("changes", [{"settings": "0" * 64}, {"ffmpeg": "n1.2.3"}])
def test_a_chunk_of_other_settings_or_another_ffmpeg_is_not_joined(changes: dict[str, str], encoded: Job) -> None:
    change_facts(encoded, 1017, **changes)
    last = refused(encoded, "join", 1001, 4, str(chunk_path(encoded, 1017)), "retry the encode of that chunk")
    assert "ffmpeg" not in changes or changes["ffmpeg"] in last
    assert not encoded.output.exists()
    encoded.run_all()


def cut(data: bytes) -> bytes:
    return data[: len(data) // 2]


def scratch(data: bytes) -> bytes:
    at = data.index(b"mdat") + 60
    return data[:at] + bytes(255 - byte for byte in data[at : at + 20]) + data[at + 20 :]


DAMAGE = {"cut": cut, "scratched": scratch, "empty": lambda data: b"", "text": lambda data: b"This is no film.\n" * 9}


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_damaged_chunk_is_not_joined_and_is_made_again(damage: str, encoded: Job) -> None:
    path = chunk_path(encoded, 1009)
    path.write_bytes(DAMAGE[damage](path.read_bytes()))
    refused(encoded, "join", 1001, 4, str(path))
    assert not encoded.output.exists()
    again = encoded.run_frame("encode", 1009)
    assert again.returncode == 0
    assert not any(line.startswith("kept ") for line in again.lines)
    encoded.run_all("join")


@pytest.mark.parametrize("which", ["encode.1009.mp4", "encode.1009.json"])
def test_a_missing_chunk_is_named(which: str, encoded: Job) -> None:
    path = Path(encoded.folder, "chunks", which)
    path.unlink()
    refused(encoded, "join", 1001, 4 if which.endswith("mp4") else 2, str(path))
    assert not encoded.output.exists()


def test_chunks_that_changed_places_are_not_joined(encoded: Job) -> None:
    one, other = chunk_path(encoded, 1009), chunk_path(encoded, 1017)
    shutil.copy(other, one)
    refused(encoded, "join", 1001, 4, str(one), "retry the encode of that chunk")
    shutil.copy(other.with_suffix(".json"), one.with_suffix(".json"))
    refused(encoded, "join", 1001, 4, str(one), "retry the encode of that chunk")
    assert not encoded.output.exists()


def test_a_film_that_was_there_stays_when_the_join_fails(encoded: Job) -> None:
    encoded.output.write_bytes(b"yesterday's")
    chunk_path(encoded, 1025).unlink()
    assert encoded.run_frame("join", 1001).returncode != 0
    assert encoded.output.read_bytes() == b"yesterday's"


def test_a_join_without_its_sound_is_refused_by_name(film: Any, shots: Shots) -> None:
    job = film(audio=shots.wav())
    job.run_all("encode")
    refused(job, "join", 1001, 4, f"{job.folder}/audio/sound.mp4")
    assert not job.output.exists()


def test_sound_that_changed_or_went_away_is_refused_by_name(film: Any, shots: Shots, tmp_path: Path) -> None:
    wav = tmp_path / "own.wav"
    shutil.copy(shots.wav(), wav)
    job = film(audio=str(wav))
    wav.write_bytes(wav.read_bytes()[:-4000])
    refused(job, "audio", 1001, 2, str(wav), "has changed since it was submitted")
    wav.unlink()
    refused(job, "audio", 1001, 2, str(wav), "No such file")


@pytest.mark.parametrize(
    ("layer", "how"),
    [
        *(("encode", how) for how in ("gone", "garbage", "other size")),
        *(long("encode", how) for how in ("empty", "cut", "no header")),
        ("compare", "other size"),
        *(long("compare", how) for how in ("gone", "empty", "cut", "garbage", "no header")),
    ],
)
def test_a_picture_damaged_after_submit_fails_its_frames_by_name(
    layer: str, how: str, film: Any, shots: Shots, tmp_path: Path
) -> None:
    job = film(shots.own_dpx(tmp_path / "dpx"), preset="dpx-h264-vmaf", chunk="16")
    if layer == "compare":
        job.run_all("encode", "join")
    picture = tmp_path / "dpx" / "shot.1020.dpx"
    damage_picture(picture, how, shots.clips)
    # What has its size is seen only when it is read; but a comparison sees that it is not what was encoded.
    code = 3 if layer == "encode" and how in ("garbage", "no header", "other size") else 2
    named = str(picture) if code == 3 or how in ("gone", "empty", "cut") else "Frames 1017-1032 of"
    refused(job, layer, 1017, code, named)
    if layer == "encode":
        assert job.run_frame(layer, 1001).returncode == 0
    assert not chunk_path(job, 1017).exists() or layer == "compare"
    assert not Path(job.folder, "scores", "compare.1017.json").exists()


def damage_picture(picture: Path, how: str, clips: Clips) -> None:
    data = picture.read_bytes()
    if how == "gone":
        picture.unlink()
    elif how == "other size":
        other = picture.parent / "other"
        clips.sequence(other, lively(1, size="192x80"), int(picture.suffixes[0][1:]))
        shutil.copy(other / picture.name, picture)
        shutil.rmtree(other)
    else:
        garbage = bytes(range(256)) * (len(data) // 256 + 1)
        picture.write_bytes(
            {"empty": b"", "cut": data[: len(data) // 2], "garbage": garbage[: len(data)],
             "no header": bytes(2048) + data[2048:]}[how]
        )  # fmt: skip


# Keeping


def kept(run: Run) -> bool:
    assert run.returncode == 0, run.lines
    return any(line.startswith("kept ") for line in run.lines)


def test_a_retried_chunk_is_kept_when_nothing_has_changed(encoded: Job) -> None:
    before = {path: (path.stat().st_mtime_ns, path.read_bytes()) for path in Path(encoded.folder, "chunks").iterdir()}
    runs = encoded.run_all("encode")
    assert all(kept(run) for run in runs.values())
    after = {path: (path.stat().st_mtime_ns, path.read_bytes()) for path in Path(encoded.folder, "chunks").iterdir()}
    assert after == before


def test_a_chunk_is_made_again_when_its_pictures_changed(film: Any, shots: Shots, tmp_path: Path) -> None:
    job = film(shots.own_dpx(tmp_path / "dpx"))
    job.run_all()
    before = digests(job.output, job.ffmpeg)
    replace_picture(tmp_path / "dpx" / "shot.1020.dpx", tmp_path / "dpx" / "shot.1005.dpx")
    runs = job.run_all()
    assert [frame for (layer, frame), run in runs.items() if layer == "encode" and not kept(run)] == [1017]
    after = digests(job.output, job.ffmpeg)
    changed = [n for n in range(FRAMES) if before[n] != after[n]]
    assert 1020 - 1001 in changed
    assert set(changed) <= set(range(16, 24))


def test_a_chunk_is_made_again_when_settings_changed(encoded: Job) -> None:
    path = Path(encoded.folder, "job.json")
    text = path.read_text()
    document = json.loads(text)
    document["spec"]["preset"]["values"]["crf"] = 40
    path.write_text(json.dumps(document))
    assert not kept(encoded.run_frame("encode", 1009))
    assert kept(encoded.run_frame("encode", 1009))
    refused(encoded, "join", 1001, 4, "other settings")
    path.write_text(text)
    assert not kept(encoded.run_frame("encode", 1009))
    encoded.run_all("join")


def test_a_chunk_is_made_again_by_another_ffmpeg(encoded: Job, tmp_path: Path, ffmpeg: str) -> None:
    other = tmp_path / "ffmpeg-other"
    other.write_text(f'#!/bin/sh\n[ "$1" = -version ] && echo "ffmpeg version n9.9.9" && exit\nexec {ffmpeg} "$@"\n')
    other.chmod(0o755)
    assert not kept(encoded.run_frame("encode", 1009, CUEFFMPEG_FFMPEG=str(other)))
    refused(encoded, "join", 1001, 4, str(chunk_path(encoded, 1009)), "n9.9.9")
    assert kept(encoded.run_frame("encode", 1009, CUEFFMPEG_FFMPEG=str(other)))
    assert not kept(encoded.run_frame("encode", 1009))
    encoded.run_all("join")


def test_chunks_of_an_earlier_job_are_taken_over_where_they_fit(
    encoded: Job, jobs: Jobs, film: Any, tmp_path: Path, ffmpeg: str
) -> None:
    encoded.run_all()
    scratched = chunk_path(encoded, 1009)
    scratched.write_bytes(scratch(scratched.read_bytes()))
    prepared = prepare_again(encoded.folder, jobs.settings)
    folder = create_job_folder(job_root(jobs.settings), prepared.spec, prepared.plan, "2026-01-01T00:00:00Z")
    again = Job(folder, prepared.spec, ffmpeg)
    film_before = encoded.output.read_bytes()
    runs = again.run_all()
    assert [frame for (layer, frame), run in runs.items() if layer == "encode" and not kept(run)] == [1009]
    assert encoded.output.read_bytes() == film_before
    assert all(kept(run) for run in again.run_all("encode").values())


def test_an_earlier_job_that_is_gone_is_no_trouble(encoded: Job, jobs: Jobs, ffmpeg: str) -> None:
    prepared = prepare_again(encoded.folder, jobs.settings)
    folder = create_job_folder(job_root(jobs.settings), prepared.spec, prepared.plan, "2026-01-01T00:00:00Z")
    shutil.rmtree(encoded.folder)
    Job(folder, prepared.spec, ffmpeg).run_all()


def test_equal_work_gives_equal_bytes(film: Any, shots: Shots, tmp_path: Path) -> None:
    job = film(preset="dpx-h264-vmaf", audio=shots.wav(), chunk="16")
    job.run_all()
    film_bytes, scores = job.output.read_bytes(), job.scores.read_bytes()
    job.run_all()
    assert (job.output.read_bytes(), job.scores.read_bytes()) == (film_bytes, scores)
    for path in Path(job.folder, "chunks").iterdir():
        path.unlink()
    job.run_all()
    assert (job.output.read_bytes(), job.scores.read_bytes()) == (film_bytes, scores)


# Kills


def left(job: Job) -> dict[str, bytes]:
    """Everything under a final name that a job makes."""
    names = ("chunks", "audio", "scores")
    files = [path for name in names for path in Path(job.folder, name).iterdir() if not path.name.startswith(".")]
    return {path.name: path.read_bytes() for path in [*files, job.output] if path.exists()}


def killed_rounds(job: Job, rounds: int, seed: int) -> None:
    job.run_all()
    whole = left(job)
    choice = random.Random(seed)
    for _ in range(rounds):
        layer, frame = choice.choice(job.frames)
        forget(job, layer, frame)
        process = job.start_frame(layer, frame, own_group=True)
        time.sleep(choice.uniform(0, 0.6))
        if choice.random() < 0.5:
            process.kill()
        else:
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate(timeout=60)
        for name, content in left(job).items():
            assert content == whole[name], f"{name} is half after a kill of {layer} {frame}"
        job.run_all()
        assert left(job) == whole
        assert nothing_half(job) == []


def forget(job: Job, layer: str, frame: int) -> None:
    """Removes what a frame makes, so that it has work to do."""
    made = {"encode": f"chunks/encode.{frame}.*", "audio": "audio/*", "compare": f"scores/compare.{frame}.json",
            "summary": "scores/scores.json"}  # fmt: skip
    if layer == "join":
        job.output.unlink()
    for path in Path(job.folder).glob(made.get(layer, "none")):
        path.unlink()


def test_killed_frames_leave_nothing_half_and_their_retry_gives_the_same(film: Any, shots: Shots) -> None:
    killed_rounds(film(preset="dpx-h264-vmaf", audio=shots.wav(), chunk="16"), rounds=3, seed=1)


# Runs a worker and kills it with KILL right before or after it gives the nth file its final name.
KILLED_AT_RENAME = """
import os, runpy, signal, sys
_, when, number, *sys.argv = sys.argv
replace, left = os.replace, [int(number)]
def dying(source, target):
    left[0] -= 1
    if when == "before" and left[0] == 0:
        os.kill(os.getpid(), signal.SIGKILL)
    replace(source, target)
    if left[0] == 0:
        os.kill(os.getpid(), signal.SIGKILL)
os.replace = dying
runpy.run_path(sys.argv[0], run_name="__main__")
"""


@pytest.mark.parametrize("when", ["before", "after"])
def test_frames_killed_while_files_get_their_names_leave_nothing_half(when: str, film: Any, shots: Shots) -> None:
    job = film(preset="dpx-h264-vmaf", audio=shots.wav(), chunk="16")
    job.run_all()
    whole = left(job)
    for layer, frame in [("encode", 1017), ("audio", 1001), ("join", 1001), ("compare", 1017), ("summary", 1001)]:
        for number in range(1, 4):
            forget(job, layer, frame)
            argv = [sys.executable, "-I", "-S", "-c", KILLED_AT_RENAME, when, str(number)]
            ended = subprocess.run(
                [*argv, f"{job.folder}/worker.pyz", job.folder, layer, str(frame)],
                env={"PATH": os.environ["PATH"], "CUEFFMPEG_FFMPEG": job.ffmpeg, "CUEFFMPEG_LOCAL_FARM": "1"},
                capture_output=True, check=False,
            )  # fmt: skip
            assert all(content == whole[name] for name, content in left(job).items())
            assert job.run_frame(layer, frame).returncode == 0
            assert left(job) == whole
            assert nothing_half(job) == [], (layer, number)
            if ended.returncode == 0:
                break
            assert ended.returncode == -signal.SIGKILL


@pytest.mark.long
@pytest.mark.timeout(1200)
@pytest.mark.parametrize("seed", range(5))
def test_frames_killed_many_times_leave_nothing_half(seed: int, film: Any, shots: Shots) -> None:
    killed_rounds(film(preset="dpx-h264-vmaf", audio=shots.wav(), chunk="16"), rounds=10, seed=seed + 10)
