# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The layers, windows and tasks of a job in chunks. Nothing is read or run here."""

from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cueffmpeg_gui.jobs.layer_tasks import OVERLAP_AFTER, OVERLAP_BEFORE, compare_task, sound_task, window
from cueffmpeg_gui.jobs.paths import JobPaths
from cueffmpeg_gui.jobs.plan import plan_job, preview_commands
from cueffmpeg_gui.jobs.spec import JobSpec, Placement, PresetUse
from cueffmpeg_gui.media.chunks import Chunking, plan_chunks
from cueffmpeg_gui.media.colour import Colour
from cueffmpeg_gui.media.facts import AudioFacts, ClipFacts, SoundFile, VideoFacts
from cueffmpeg_gui.media.frames import FrameRange
from cueffmpeg_gui.media.kinds import KINDS
from cueffmpeg_gui.media.parameters import with_defaults
from cueffmpeg_gui.media.sequences import Sequence
from cueffmpeg_gui.media.sound import sound_filter
from cueffmpeg_gui.media.timing import STANDARD_RATES

TAGS = Colour("tv", "bt709", "bt709", "bt709")
VIDEO = VideoFacts(
    index=0, codec="dpx", width=320, height=180, rotation=0, sample_aspect=Fraction(1), rate=Fraction(24), frames=100,
    constant_rate=True, interlaced=False, pix_fmt="gbrp10be", depth=10, is_rgb=True, has_alpha=False, tags=TAGS,
    start=Fraction(0),
)  # fmt: skip
WAV = AudioFacts(0, "pcm_s24le", 48000, 2, "stereo", Fraction(4))


def source(first: int = 1001, last: int = 1100, rate: Fraction = Fraction(24)) -> ClipFacts:
    sequence = Sequence("/shots", "a.", 4, ".dpx", first, last, 1000)
    video = replace(VIDEO, frames=last - first + 1, rate=rate)
    return ClipFacts(str(sequence), "image2", 1, 1, Fraction(1), video, sequence=sequence)


def job(kind: str = "encode-compare", length: int | None = None, **changes: Any) -> JobSpec:
    values = {"crf": 18, "gop": 8, "pix_fmt": "yuv420p", "codec": "h264"}
    use = PresetUse("dpx-h264-vmaf", 1, kind, "built-in", with_defaults(values, KINDS[kind]))
    clip = changes.pop("source", source())
    chunking = Chunking(length, "asked for") if length else None
    spec = JobSpec(Placement("j", "s", "s", "u"), use, clip, clip.frames, "/out/o.mp4", chunking=chunking)
    return replace(spec, **changes)


def test_a_job_in_chunks_has_all_layers_in_their_order_and_waits_for_what_is_needed() -> None:
    plan = plan_job(job(length=24, sound=SoundFile("/w.wav", 1, 1, (WAV,))))
    assert [layer.name for layer in plan.layers] == ["encode", "audio", "join", "compare", "summary"]
    assert {(depend.layer, depend.on) for depend in plan.depends} == {
        ("join", "encode"), ("join", "audio"), ("compare", "join"), ("summary", "compare"),
    }  # fmt: skip
    frames = {layer.name: layer.cue_frames for layer in plan.layers}
    assert frames["encode"] == frames["compare"] == (1001, 1025, 1049, 1073, 1097)
    assert frames["audio"] == frames["join"] == frames["summary"] == (1001,)


def test_a_job_without_sound_has_no_audio_layer() -> None:
    plan = plan_job(job("encode", length=24))
    assert [layer.name for layer in plan.layers] == ["encode", "join"]
    assert [(depend.layer, depend.on) for depend in plan.depends] == [("join", "encode")]


@pytest.mark.parametrize("kind", ["encode", "encode-compare"])
@given(total=st.integers(1, 60), gop=st.integers(1, 30), wanted=st.integers(8, 90))
def test_one_chunk_is_the_plain_job(kind: str, total: int, gop: int, wanted: int) -> None:
    clip = source(1001, 1000 + total)
    chunking = plan_chunks(clip.frames, gop, wanted)
    chunked, plain = (job(kind, source=clip, chunking=how) for how in (chunking, None))
    names = [layer.name for layer in plan_job(chunked).layers]
    if len(chunked.chunks) == 1:
        assert not chunked.is_chunked
        assert plan_job(chunked).layers == plan_job(plain).layers
        assert plan_job(chunked).depends == plan_job(plain).depends
        assert [preview_commands(chunked, n) for n in names] == [preview_commands(plain, n) for n in names]
    else:
        assert "join" in names


@given(st.integers(0, 10**6), st.integers(1, 500), st.integers(1, 200))
def test_a_window_is_the_chunk_and_its_neighbours_within_the_whole(first: int, count: int, length: int) -> None:
    whole = FrameRange(first, first + count - 1)
    spec = job(source=source(whole.first, whole.last), length=length)
    for chunk in spec.chunks:
        read = window(whole, chunk)
        assert read.first in whole
        assert read.last in whole
        assert chunk.first - read.first == min(OVERLAP_BEFORE, chunk.first - whole.first)
        assert read.last - chunk.last == min(OVERLAP_AFTER, whole.last - chunk.last)


@given(st.integers(0, 50), st.integers(0, 50), st.integers(1, 12))
def test_a_window_of_every_nth_frame_begins_with_one_that_is_scored_or_with_the_whole(
    before: int, skip: int, every: int
) -> None:
    whole, scored = FrameRange(1000, 1200), 1000 + before
    chunk = FrameRange(scored + skip, 1150)
    read = window(whole, chunk, every, scored)
    assert (read.first - scored) % every == 0 or read.first == whole.first
    assert whole.first <= read.first <= chunk.first
    assert chunk.first - read.first >= min(OVERLAP_BEFORE, chunk.first - whole.first)


@given(st.integers(1, 200), st.integers(8, 80), st.integers(0, 100), st.integers(0, 100))
def test_both_sides_of_a_chunk_are_equally_many_frames_at_the_same_place(
    count: int, length: int, skip: int, drop: int
) -> None:
    clip = source(1001, 1000 + count + skip + drop)
    frames = FrameRange(1001 + skip, 1000 + skip + count)
    spec = job(source=clip, frames=frames, length=length)
    for chunk in spec.chunks:
        task = compare_task(spec, chunk)
        assert len(task.encode_frames) == len(task.reference_frames)
        assert task.reference_frames.first - frames.first == task.encode_frames.first - 1
        assert task.encode_frames.last <= task.encode.video.frames == count


@given(st.sampled_from(STANDARD_RATES), st.integers(1, 2000), st.integers(8, 500))
def test_the_cuts_of_an_encode_of_ours_lie_midway_before_its_frames(rate: Fraction, count: int, length: int) -> None:
    spec = job(source=source(1, count, rate), length=length)
    for chunk in spec.chunks:
        for frame, cut in compare_task(spec, chunk).encode.cuts.items():
            assert (int(frame) - 2) / rate < cut < (int(frame) - 1) / rate


@given(st.sampled_from(STANDARD_RATES), st.fractions(-3, 3), st.integers(0, 99), st.integers(1, 99))
def test_sound_of_its_own_begins_where_it_should_and_is_as_long_as_the_picture(
    rate: Fraction, delay: Fraction, skip: int, count: int
) -> None:
    clip = source(1001, 1000 + skip + count, rate)
    file = SoundFile("/w.wav", 1, 1, (WAV,))
    spec = job(source=clip, frames=FrameRange(1001 + skip, 1000 + skip + count), sound=file, sound_delay=delay)
    sound = sound_task(spec)
    assert sound is not None
    assert sound.length == count / rate
    # The first sample belongs `delay` after the source's first frame, which is `skip` frames before the film's.
    assert sound.delay == delay - skip / rate
    assert f"atrim=end_sample={round(count / rate * 48000)}" in sound_filter(sound, WAV)


def test_the_sound_of_a_clip_lies_to_the_picture_as_it_did() -> None:
    late = AudioFacts(1, "aac", 48000, 2, "stereo", Fraction(4), start=Fraction(1, 2))
    clip = replace(source(1, 96), sequence=None, path="/c.mp4", audio=(late,), video=replace(VIDEO, frames=96))
    spec = job("encode", source=replace(clip, video=replace(clip.video, start=Fraction(1, 4))), length=24)
    sound = sound_task(spec)
    assert sound is not None
    assert sound.delay + late.start == Fraction(1, 4)
    assert sound_task(replace(spec, chunking=None)) is None


def test_every_chunk_has_files_of_its_own() -> None:
    spec = job(length=8)
    places = JobPaths(spec, "/job")
    names = [name(chunk) for chunk in spec.chunks for name in (places.chunk, places.chunk_facts, places.chunk_scores)]
    assert len(set(names)) == len(names)
    assert places.chunk(spec.chunks[0]) == "/job/chunks/encode.1001.mp4"


def test_the_commands_shown_for_chunks_read_the_pictures_of_each_chunk_alone() -> None:
    commands = preview_commands(job(length=24), "encode")
    names = [argv[argv.index("-i") + 1] for argv in commands]
    assert names[0] == "/shots/a.{100[1-9],101[0-9],102[0-4]}.dpx"
    assert names[-1] == "/shots/a.{109[7-9],1100}.dpx"
    assert [argv[-1] for argv in commands] == [f"chunks/encode.{c}.mp4" for c in (1001, 1025, 1049, 1073, 1097)]
