# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The sound of a film of chunks lies where it was asked to, or where it was."""

import itertools
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from clips import Clips
from films import FAST, FRAMES, Shots, long
from measure import (
    hear,
    onset_after_picture,
    picture_times,
    sample_count,
)
from worker_jobs import Jobs

ONE_SAMPLE = Fraction(1, 48000)


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
