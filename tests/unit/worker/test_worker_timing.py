# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Every frame of a source is in its encode, once, at its own time, and the sound stays where it was."""

from fractions import Fraction

import pytest
from clips import CLICK_SECONDS, RATES, Clips
from measure import (
    hear,
    mean_difference,
    onset_after_picture,
    picture_times,
    planes,
    sample_count,
    steps,
    streams,
    upright,
)
from worker_jobs import Encodes

ONE_SAMPLE = Fraction(1, 48000)
FRAMES = {
    "h264": 48, "h264_mkv": 48, "bframes": 48, "bframes_mkv": 48, "prores": 24, "drop_frame": 30, "dnxhr": 8,
    "mpeg2": 25, "sound_first": 24, "picture_first": 36, "odd_alpha": 8, "qtrle": 8, "edit_list": 42, "interlaced": 12,
    "ten_bit": 24, "monos": 24, "slide_show": 4, "tiny": 4, "still": 1, "variable": 24, "turned": 48, "subtitled": 48,
    "bad_metadata": 48, "no_timecode": 48,
}  # fmt: skip
EVEN = [name for name in FRAMES if name not in ("variable", "still")]


@pytest.mark.parametrize("clip", FRAMES)
def test_an_encode_has_exactly_the_frames_of_its_source(clip: str, encodes: Encodes) -> None:
    assert len(picture_times(encodes(clip).output)) == FRAMES[clip]


@pytest.mark.parametrize("clip", EVEN)
def test_frames_are_evenly_spaced_whatever_clock_the_source_has(clip: str, encodes: Encodes) -> None:
    job = encodes(clip)
    assert steps(job.output) == {1 / job.spec.source.video.rate}


@pytest.mark.parametrize("rate", RATES)
def test_steps_are_exact_at_every_usual_rate(rate: str, encodes: Encodes) -> None:
    assert steps(encodes(f"rate_{rate}").output) == {1 / Fraction(rate)}


def test_a_variable_rate_keeps_every_frame_at_its_own_time(encodes: Encodes, clips: Clips) -> None:
    source, encode = picture_times(clips("variable")), picture_times(encodes("variable").output)
    assert [t - encode[0] for t in encode] == pytest.approx([t - source[0] for t in source], abs=1e-4)


@pytest.mark.parametrize("clip", ["h264", "prores", "mpeg2", "sound_first", "picture_first", "h264_mkv", "edit_list"])
def test_sound_stays_where_it_was_against_the_picture(clip: str, encodes: Encodes, clips: Clips) -> None:
    moved = onset_after_picture(encodes(clip).output) - onset_after_picture(clips(clip))
    assert abs(moved) <= ONE_SAMPLE * (48 if clip in ("sound_first", "picture_first") else 1)


@pytest.mark.parametrize("clip", ["h264", "prores", "picture_first"])
@pytest.mark.parametrize("first", [1, 4])
def test_a_range_of_frames_takes_the_sound_that_belongs_to_it(
    clip: str, first: int, encodes: Encodes, clips: Clips
) -> None:
    whole = onset_after_picture(clips(clip))
    ranged = onset_after_picture(encodes(clip, frames=f"{first}-22").output)
    assert float(ranged) == pytest.approx(float(whole) - (first - 1) / 24, abs=0.001)


@pytest.mark.parametrize("clip", ["late_click", "late_click_mkv", "late_click_ts"])
@pytest.mark.parametrize("first", [49, 75])
def test_a_range_far_from_the_start_has_its_own_sound_too(
    clip: str, first: int, encodes: Encodes, clips: Clips
) -> None:
    whole = onset_after_picture(clips(clip))
    output = encodes(clip, frames=f"{first}-90").output
    assert len(picture_times(output)) == 91 - first
    assert float(onset_after_picture(output)) == pytest.approx(float(whole) - (first - 1) / 24, abs=0.001)


def test_a_range_of_a_clip_whose_picture_starts_later_has_that_pictures_sound(encodes: Encodes) -> None:
    sound = hear(encodes("sound_first", frames="7-24").output)
    assert max(map(abs, sound.samples)) < 500, f"the burst at {CLICK_SECONDS} s belongs to no picture"


RANGES = [
    *((clip, 10, 20) for clip in ("bframes", "bframes_mkv", "edit_list", "prores")),
    *((clip, 35, 41) for clip in ("bframes", "bframes_mkv", "edit_list", "long_gop", "late_click", "turned")),
    *((clip, 80, 96) for clip in ("late_click", "late_click_mkv", "late_click_ts")),
]


@pytest.mark.parametrize(("clip", "first", "last"), RANGES)
def test_a_range_is_those_frames(  # noqa: PLR0917
    clip: str, first: int, last: int, encodes: Encodes, clips: Clips, ffmpeg: str
) -> None:
    size = 320 * 180 * 3 // 2
    read = upright if clip == "turned" else planes
    wanted = read(clips(clip), ffmpeg)[(first - 1) * size : last * size]
    got = planes(encodes(clip, frames=f"{first}-{last}", values={"crf": "1"}).output, ffmpeg)
    assert len(got) == len(wanted)
    for number in range(last - first + 1):
        part = slice(number * size, (number + 1) * size)
        assert mean_difference(wanted[part][::7], got[part][::7]) < 0.8


def test_a_range_starts_at_time_zero_with_sound_as_long_as_the_picture(encodes: Encodes, ffmpeg: str) -> None:
    output = encodes("prores", frames="7-18").output
    assert picture_times(output)[0] == 0
    assert sample_count(output, ffmpeg) == 48000 * 12 // 24


def test_every_channel_layout_and_every_stream_is_kept(encodes: Encodes) -> None:
    assert hear(encodes("surround").output).layout == "5.1"
    assert streams(encodes("monos").output).count("audio") == 3
    assert [hear(encodes("monos").output, number).layout for number in range(3)] == ["mono"] * 3


def test_sound_is_as_long_as_it_was(encodes: Encodes, ffmpeg: str) -> None:
    assert sample_count(encodes("prores").output, ffmpeg) == 48000
