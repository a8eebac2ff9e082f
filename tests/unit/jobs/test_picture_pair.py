# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Which pictures belong together, whatever a job's frames are numbered by; seen on the pictures themselves."""

from dataclasses import replace
from pathlib import Path

from clips import Clips, picture
from decodes import full_decode
from worker_jobs import Job, Jobs

from cueffmpeg_gui.jobs.picture_pair import PicturePair, picture_pair
from cueffmpeg_gui.media.frames import FrameRange

# An encode that changes no pixel: only then can pictures be told by their MD5.
EXACT = {"crf": "0", "pix_fmt": "yuv420p"}


def belongs(pair: PicturePair, frame: int, ffmpeg: str) -> bool:
    """Whether the two pictures of a frame are one and the same."""
    reference, encode = pair.pictures_of(frame)
    ours, theirs = full_decode(ffmpeg, pair.encode.path), full_decode(ffmpeg, pair.reference.path)
    return ours[encode] == theirs[reference]


def encoded(job: Job) -> PicturePair:
    job.must_run()
    return picture_pair(job.spec)


def test_an_encode_of_a_whole_clip_has_its_pictures_one_to_one(clips: Clips, jobs: Jobs, ffmpeg: str) -> None:
    pair = encoded(jobs(clips("rate_24"), "h264-review-vmaf", values=EXACT))
    assert (pair.frames, pair.encode_first) == (FrameRange(1, 12), 1)
    assert [pair.pictures_of(frame) for frame in (1, 7, 12)] == [(0, 0), (6, 6), (11, 11)]
    assert belongs(pair, 7, ffmpeg)


def test_an_encode_of_some_frames_begins_with_the_first_of_them(clips: Clips, jobs: Jobs, ffmpeg: str) -> None:
    pair = encoded(jobs(clips("rate_24"), "h264-review-vmaf", values=EXACT, frames="4-9"))
    assert (pair.frames, pair.encode_first) == (FrameRange(4, 9), 1)
    assert [pair.pictures_of(frame) for frame in (4, 9)] == [(3, 0), (8, 5)]
    assert pair.encode.video.frames == 6
    assert belongs(pair, 8, ffmpeg)


def test_frames_of_a_sequence_are_its_own_numbers(clips: Clips, jobs: Jobs, tmp_path: Path) -> None:
    name = clips.sequence(tmp_path / "shot", picture(12), first=1001)
    pair = picture_pair(jobs(name, "dpx-h264-vmaf", frame_rate="24", frames="1003-1012").spec)
    assert (pair.frames, pair.encode_first) == (FrameRange(1003, 1012), 1)
    assert [pair.pictures_of(frame) for frame in (1003, 1012)] == [(2, 0), (11, 9)]


def test_a_given_pair_of_other_first_frames_is_counted_from_each_ones_own(
    clips: Clips, jobs: Jobs, tmp_path: Path
) -> None:
    reference = clips.sequence(tmp_path / "reference", picture(12), first=1001)
    encode = clips.sequence(tmp_path / "encode", picture(12), first=1)
    spec = jobs(encode, "vmaf-compare", reference=reference, frame_rate="24", frames="1005-1008").spec
    pair = picture_pair(spec)
    assert (pair.frames, pair.encode_first) == (FrameRange(1005, 1008), 5)
    assert [pair.pictures_of(frame) for frame in (1005, 1008)] == [(4, 4), (7, 7)]


def test_a_given_pair_of_a_clip_and_a_sequence_is_told_by_the_references_numbers(
    clips: Clips, jobs: Jobs, tmp_path: Path
) -> None:
    reference = clips.sequence(tmp_path / "shot", picture(12), first=1001)
    clips.run([*picture(12), "-c:v", "libx264", "-pix_fmt", "yuv420p", str(tmp_path / "a.mp4")])
    pair = picture_pair(jobs(tmp_path / "a.mp4", "vmaf-compare", reference=reference, frame_rate="24").spec)
    assert (pair.frames, pair.encode_first) == (FrameRange(1001, 1012), 1)
    assert pair.pictures_of(1006) == (5, 5)


def test_the_size_an_encode_makes_is_known_to_the_pair(clips: Clips, jobs: Jobs) -> None:
    pair = picture_pair(jobs(clips("odd"), "h264-review-vmaf", values={"max_height": "90"}).spec)
    assert (pair.geometry.source, pair.geometry.fixed) == ((321, 181), (320, 180))
    assert (pair.encode.video.width, pair.encode.video.height) == pair.geometry.output == (160, 90)


def test_a_sequence_without_timecode_counts_its_numbers_from_midnight(clips: Clips, jobs: Jobs, tmp_path: Path) -> None:
    name = clips.sequence(tmp_path / "shot", picture(12), first=1001)
    pair = picture_pair(jobs(name, "dpx-h264-vmaf", frame_rate="24").spec)
    bare = replace(pair, reference=replace(pair.reference, timecode=None))
    assert bare.timecode_of(1001) == "00:00:41:17"
    assert bare.timecode_of(1008) == "00:00:42:00"


def test_a_timecode_that_does_not_go_with_the_rate_is_none(clips: Clips, jobs: Jobs) -> None:
    pair = picture_pair(jobs(clips("rate_24"), "h264-review-vmaf").spec)
    assert replace(pair, reference=replace(pair.reference, timecode="00:00:00;00")).timecode_of(12) == "00:00:00:11"
