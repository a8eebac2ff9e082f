# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Whether and how a request is cut into chunks, and what cannot be, refused before anything is written."""

from pathlib import Path
from typing import Any

import pytest
from clips import Clips, lively
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from worker_jobs import Jobs

from cueffmpeg_gui.api.media import probe_media, with_timecode
from cueffmpeg_gui.api.submit.libvmaf_check import check_libvmaf
from cueffmpeg_gui.api.submit.request import SubmitRequest, make_spec
from cueffmpeg_gui.errors import InputRefused
from cueffmpeg_gui.jobs.layer_tasks import chunk_task, compare_task
from cueffmpeg_gui.jobs.plan import plan_job
from cueffmpeg_gui.jobs.spec import JobSpec
from cueffmpeg_gui.media.metrics import METRICS, MODELS
from cueffmpeg_gui.media.seek import missing_cuts

QUICK = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture(scope="module")
def sequence(tmp_path_factory: pytest.TempPathFactory, clips: Clips) -> str:
    """48 DPX pictures numbered from 1001."""
    return clips.sequence(tmp_path_factory.mktemp("dpx"), lively(48, size="96x64"))


@pytest.fixture
def spec(jobs: Jobs, tmp_path: Path) -> Any:
    """Makes the spec of a request."""

    def make(source: Path | str, preset: str = "dpx-h264", **request: Any) -> JobSpec:
        if not preset.startswith("vmaf"):
            request.setdefault("output", str(tmp_path / "o.mp4"))
        return make_spec(SubmitRequest(preset, str(source), **request), jobs.settings)

    return make


def refusal(spec: Any, *arguments: Any, **request: Any) -> str:
    with pytest.raises(InputRefused) as refused:
        spec(*arguments, **request)
    assert "\n" not in str(refused.value)
    return str(refused.value)


# What cannot be chunked


@pytest.mark.parametrize("values", [{"bitrate": "1M"}, {"bitrate": "1M", "two_pass": "true"}])
def test_a_bit_rate_is_never_chunked_and_the_refusal_says_why(values: dict[str, str], spec: Any, sequence: str) -> None:
    asked = {**values, "gop": "8"}
    sentence = refusal(spec, sequence, frame_rate="24", chunk="16", values=asked)
    assert "bit rate" in sentence
    assert "crf" in sentence
    assert "chunk=none" in sentence
    assert not spec(sequence, frame_rate="24", chunk="none", values=asked).is_chunked


def test_a_bit_rate_is_no_trouble_where_there_is_one_chunk(spec: Any, sequence: str) -> None:
    job = spec(sequence, frame_rate="24", values={"bitrate": "1M"})
    assert [layer.name for layer in plan_job(job).layers] == ["encode"]


def test_a_ceiling_over_constant_quality_is_chunked(spec: Any, sequence: str) -> None:
    assert spec(sequence, frame_rate="24", chunk="24", values={"max_bitrate": "1M"}).is_chunked


def test_a_variable_rate_is_not_chunked(spec: Any, clips: Clips) -> None:
    sentence = refusal(spec, clips("variable"), "h264-review", chunk="8", values={"gop": "8"})
    assert str(clips("variable")) in sentence
    assert "variable frame rate" in sentence


@pytest.mark.parametrize("chunk", ["7", "0", "-8", "1.5", "8.5", "many", "", "1e9", "nan"])
def test_chunks_of_impossible_lengths_are_refused(chunk: str, spec: Any, sequence: str) -> None:
    sentence = refusal(spec, sequence, frame_rate="24", chunk=chunk)
    assert repr(chunk) in sentence
    assert "from 8 to" in sentence


# How it is chunked


def test_auto_gives_short_shots_one_piece_and_says_so(spec: Any, sequence: str) -> None:
    job = spec(sequence, frame_rate="24")
    assert not job.is_chunked
    assert "one piece" in job.chunking.reason


@QUICK
@given(chunk=st.integers(8, 60), gop=st.integers(1, 50), first=st.integers(1001, 1048), last=st.integers(1001, 1048))
def test_chunks_cover_the_frames_asked_for(  # noqa: PLR0917
    chunk: int, gop: int, first: int, last: int, spec: Any, sequence: str
) -> None:
    first, last = sorted((first, last))
    asked = f"{first}-{last}"
    job = spec(sequence, frame_rate="24", chunk=str(chunk), frames=asked, values={"gop": str(gop)})
    frames = [frame for c in job.chunks for frame in range(c.first, c.last + 1)]
    assert frames == list(range(first, last + 1))
    assert all(len(c) % gop == 0 for c in job.chunks[:-1])
    assert min(map(len, job.chunks)) >= min(8, last - first + 1)


CLIPS = ["h264", "h264_mkv", "edit_list", "prores", "bframes_mkv", "long_gop"]


@pytest.mark.parametrize("clip", CLIPS)
@pytest.mark.parametrize("frames", [None, "5-20"])
def test_every_cut_of_a_clip_is_known_before_it_is_sent(clip: str, frames: str | None, spec: Any, clips: Clips) -> None:
    values = {"gop": "8"}
    for job in (
        spec(clips(clip), "h264-review-vmaf", chunk="8", frames=frames, values=values),
        spec(clips(clip), "vmaf-compare", reference=str(clips(clip)), chunk="8", frames=frames),
    ):
        assert job.is_chunked
        for chunk in job.chunks:
            compare = compare_task(job, chunk)
            assert missing_cuts(compare.reference, compare.reference_frames) == []
            assert missing_cuts(compare.encode, compare.encode_frames) == []
            if "encode" in job.preset.steps:
                assert missing_cuts(job.source, chunk_task(job, chunk).frames) == []


def test_the_sound_of_a_chunked_clip_has_a_layer_of_its_own(spec: Any, clips: Clips) -> None:
    names = [
        layer.name for layer in plan_job(spec(clips("h264"), "h264-review", chunk="8", values={"gop": "8"})).layers
    ]
    assert names == ["encode", "audio", "join"]
    silent = spec(clips("h264"), "h264-review", chunk="8", values={"gop": "8", "audio_codec": "none"})
    assert [layer.name for layer in plan_job(silent).layers] == ["encode", "join"]


# Timecode


def test_a_sequence_without_timecode_counts_from_its_first_number(sequence: str) -> None:
    clip = probe_media(sequence, "24")
    assert with_timecode(clip, None).timecode == "00:00:41:17"
    assert with_timecode(clip, "01:00:00:00").timecode == "01:00:00:00"


@pytest.mark.parametrize(("timecode", "rate"), [("01:00:00;00", "24"), ("01:00:00;00", "25"), ("01:00:00;00", "30")])
def test_drop_frame_is_refused_where_the_rate_has_none(timecode: str, rate: str, spec: Any, sequence: str) -> None:
    assert "drop-frame" in refusal(spec, sequence, frame_rate=rate, timecode=timecode)


# libvmaf


def test_models_that_small_pictures_cannot_have_are_refused_by_name(ffmpeg: str) -> None:
    with pytest.raises(InputRefused, match=r"vmaf_v1[.]0[.]16_5d0h"):
        check_libvmaf(ffmpeg, ["vmaf_v0.6.1", "vmaf_v1.0.16_5d0h"], ["psnr"], "160x96")
    with pytest.raises(InputRefused, match="cambi"):
        check_libvmaf(ffmpeg, ["vmaf_v0.6.1"], ["psnr", "cambi"], "160x96")


def test_models_are_refused_when_they_are_asked_for(spec: Any, sequence: str) -> None:
    values = {"models": "vmaf_v0.6.1,vmaf_v1.0.16_3d0h"}
    sentence = refusal(spec, sequence, "dpx-h264-vmaf", frame_rate="24", values=values)
    assert "vmaf_v1.0.16_3d0h" in sentence
    assert "96x64" in sentence


@pytest.mark.parametrize("model", MODELS)
def test_every_model_of_the_table_works_on_pictures_of_a_fair_size(model: str, ffmpeg: str) -> None:
    check_libvmaf(ffmpeg, [model], [], "640x360")


def test_all_metrics_work_together(ffmpeg: str) -> None:
    check_libvmaf(ffmpeg, ["vmaf_v0.6.1", "vmaf_v0.6.1neg"], list(METRICS), "320x180")
