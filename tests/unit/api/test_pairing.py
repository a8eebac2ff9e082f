# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""What is decided of a pair: looked at once, and every refusal has a way out that works."""

from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from clips import H264, Clips, lively, picture

from cueffmpeg_gui.api import pairing
from cueffmpeg_gui.api.pairing import MatchedClips, match_clips
from cueffmpeg_gui.errors import InputRefused
from cueffmpeg_gui.probe import probe_clip


@pytest.fixture(scope="module")
def reference(clips: Clips, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("pairing") / "reference.mov"
    clips.run([*lively(48, size="192x128"), *H264, str(path)])
    return path


def match(encode: Path, reference: Path, values: Any = None, frames: str | None = None) -> MatchedClips:
    return match_clips(probe_clip(str(encode)), probe_clip(str(reference)), values or {}, frames)


def made(clips: Clips, source: Path, folder: Path, *arguments: str, name: str = "encode.mp4") -> Path:
    path = folder / name
    clips.run(["-i", str(source), *arguments, str(path)])
    return path


def test_clips_that_stay_the_same_are_looked_at_once(
    reference: Path, clips: Clips, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks = []

    def find_offset(*about: Any) -> int:
        looks.append(about)
        return 5

    monkeypatch.setattr(pairing, "find_offset", find_offset)
    encode = made(clips, reference, tmp_path, "-vf", "tpad=start=5", *H264)
    assert [match(encode, reference).plan.offset for _ in range(3)] == [5, 5, 5]
    assert len(looks) == 1


def test_a_still_picture_tells_no_offset_and_that_is_said(clips: Clips, tmp_path: Path) -> None:
    still = tmp_path / "still.mov"
    clips.run([*picture(30, size="192x128", source="smptebars"), *H264, str(still)])
    encode = made(clips, still, tmp_path, "-vf", "tpad=stop=3:stop_mode=clone", *H264)
    found = match(encode, still)
    assert (found.plan.offset, str(found.frames)) == (0, "1-30")
    assert "could not be seen in the pictures" in " ".join(found.plan.notes)


JUMPS = {
    "one left out": ("select=not(eq(n\\,23)),setpts=N/24/TB", "lacks 1 picture at about the reference's frame 24"),
    "two left out": (
        "select=not(between(n\\,30\\,31)),setpts=N/24/TB",
        "lacks 2 pictures at about the reference's frame 31",
    ),
    "one doubled": ("loop=1:1:20,setpts=N/24/TB", "has 1 picture too many at about the reference's frame 2"),
}


@pytest.mark.parametrize("name", JUMPS)
@pytest.mark.parametrize("crf", [16, 34])
def test_a_picture_that_is_missing_or_too_many_in_the_middle_is_no_offset(
    name: str, crf: int, clips: Clips, tmp_path: Path
) -> None:
    chain, words = JUMPS[name]
    film, encode = tmp_path / "film.mkv", tmp_path / "encode.mp4"
    demo = str(Path(__file__).parents[3] / "resources/demo/bigbuckbunny.mp4")
    clips.run(["-i", demo, "-an", "-frames:v", "48", "-vf", "scale=192:108", "-r", "24", "-c:v", "ffv1", str(film)])
    clips.run(["-i", str(film), "-vf", chain, *H264, "-crf", str(crf), str(encode)])
    plan = match(encode, film).plan
    assert plan.offset == 0
    assert words in plan.notes[0]


@pytest.mark.parametrize(
    "chain", ["tpad=start=1:start_mode=clone", "tpad=start=2", "trim=start_frame=1", "trim=start_frame=3"]
)
def test_an_offset_is_no_jump(chain: str, reference: Path, clips: Clips, tmp_path: Path) -> None:
    encode = made(clips, reference, tmp_path, "-vf", f"{chain},setpts=PTS-STARTPTS", *H264, "-crf", "34")
    assert "at about" not in " ".join(match(encode, reference).plan.notes)


def test_another_rate_is_matched_by_time_or_by_number(reference: Path, clips: Clips, tmp_path: Path) -> None:
    encode = made(clips, reference, tmp_path, "-vf", "fps=12", *H264)
    found = match(encode, reference)
    assert (str(found.frames), found.plan.partners) == ("1-48", tuple(n // 2 for n in range(48)))
    assert "Of 48 pictures of the reference 24 have none" in " ".join(found.plan.notes)
    with pytest.raises(InputRefused, match="not one to one"):
        match(encode, reference, {"length": "strict"})
    slow = made(clips, reference, tmp_path, "-vf", "fps=12", *H264, name="slow.mov")
    assert str(match(encode, slow).frames) == "1-24"
    assert str(match(encode, reference, {"offset": 0}).frames) == "1-24"


def test_a_variable_rate_is_matched_by_time(reference: Path, clips: Clips, tmp_path: Path) -> None:
    holes = ("-vf", "select='mod(n+1,5)'", "-fps_mode", "vfr")
    encode = made(clips, reference, tmp_path, *holes, *H264)
    found = match(encode, reference)
    assert found.plan.partners == tuple(n - (n + 1) // 5 for n in range(48))
    assert "48 pictures of the reference 9 have none" in " ".join(found.plan.notes)
    assert str(match(encode, reference, frames="11-20").frames) == "11-20"
    even = made(clips, encode, tmp_path, "-vf", "fps=24", *H264, name="even.mp4")
    assert probe_clip(str(even)).video.rate == Fraction(24)
    assert len(match(even, reference).frames) >= 46


def test_frames_outside_what_both_have_are_named(reference: Path, clips: Clips, tmp_path: Path) -> None:
    encode = made(clips, reference, tmp_path, "-vf", "trim=end_frame=20", *H264)
    with pytest.raises(InputRefused, match=r"Frames 15-30 are not in both .* they have 1-20 in common"):
        match(encode, reference, frames="15-30")
    assert str(match(encode, reference, {"length": "strict"}, "5-15").frames) == "5-15"


@pytest.mark.parametrize(("key", "value"), [("crop", "192x128+8+0"), ("encode_crop", "200x64+0+0")])
def test_a_part_outside_the_picture_is_refused(
    key: str, value: str, reference: Path, clips: Clips, tmp_path: Path
) -> None:
    encode = made(clips, reference, tmp_path, *H264)
    with pytest.raises(InputRefused, match="has no part"):
        match(encode, reference, {key: value})


def test_frames_of_a_partial_encode_are_those_asked_for(reference: Path, clips: Clips, tmp_path: Path) -> None:
    part = made(clips, reference, tmp_path, "-vf", "trim=start_frame=9:end_frame=30,setpts=PTS-STARTPTS", *H264)
    found = match(part, reference, frames="10-30")
    assert (found.plan.offset, str(found.frames)) == (-9, "10-30")


@pytest.mark.parametrize(("change", "is_told"), [("crop=184:122:4:3,scale=192:128", True), ("scale=96:64", False)])
def test_a_picture_that_was_cut_and_scaled_back_is_noted(
    change: str, is_told: bool, reference: Path, clips: Clips, tmp_path: Path
) -> None:
    encode = made(clips, reference, tmp_path, "-vf", change, *H264)
    assert ("looks enlarged by" in " ".join(match(encode, reference).plan.notes)) == is_told
