# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Ranges are reached exactly in every container: their pictures are the whole's."""

import re
import subprocess
from collections.abc import Sequence as Several
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest
from clips import lively
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from seek_pairs import FRAMES, KINDS, SMALL, Pairs

from cueffmpeg_gui.api.submit.request import SubmitRequest, make_spec
from cueffmpeg_gui.media.colour import Colour
from cueffmpeg_gui.media.facts import ClipFacts, VideoFacts
from cueffmpeg_gui.media.frames import FrameRange
from cueffmpeg_gui.media.seek import borders, can_seek, clip_input, number_patterns
from cueffmpeg_gui.media.sequences import Sequence
from cueffmpeg_gui.probe import probe_clip, with_cuts

VIDEO = VideoFacts(
    index=0, codec="dpx", width=160, height=96, rotation=0, sample_aspect=Fraction(1), rate=Fraction(24), frames=5,
    constant_rate=True, interlaced=False, pix_fmt="gbrp10be", depth=10, is_rgb=True, has_alpha=False, tags=Colour(),
    start=Fraction(0),
)  # fmt: skip
TEMPLATE = ClipFacts("", "image2", 1, 1, Fraction(1), VIDEO)


def pictures(pairs: Pairs, arguments: Several[str], filters: Several[str]) -> list[str]:
    chain = ["-vf", ",".join(filters)] if filters else []
    argv = [pairs.clips.ffmpeg, "-nostdin", "-v", "error", *arguments, *chain, "-fps_mode", "passthrough"]
    done = subprocess.run([*argv, "-an", "-f", "framemd5", "-"], check=True, capture_output=True, text=True)
    return [line.rpartition(",")[2].strip() for line in done.stdout.splitlines() if not line.startswith("#")]


@pytest.mark.parametrize(
    ("kind", "rate"),
    [*((kind, "24") for kind in KINDS), ("mkv", "30000/1001"), ("long GOP", "2"), ("open GOP", "2"), ("mkv", "2")],
)
def test_any_range_is_exactly_its_pictures(kind: str, rate: str, pairs: Pairs) -> None:
    clip = probe_clip(pairs(kind, rate)[0])
    whole = pictures(pairs, ["-i", clip.path], [])
    count = clip.video.frames
    assert len(whole) == count
    for frames in (FrameRange(*ends) for ends in ((1, 8), (2, 9), (13, 13), (12, 20), (24, 31), (count - 7, count))):
        cut = with_cuts(clip, borders(clip.frames, frames)) if can_seek(clip) else clip
        found = clip_input(cut, frames)
        assert pictures(pairs, found.arguments, found.filters) == whole[frames.first - 1 : frames.last], frames


@pytest.mark.long
@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(kind=st.sampled_from([*KINDS]), rate=st.sampled_from(["24", "60000/1001", "24000/1001", "25"]), data=st.data())
def test_random_ranges_are_exactly_their_pictures(kind: str, rate: str, data: st.DataObject, pairs: Pairs) -> None:
    clip = probe_clip(pairs(kind, rate)[0])
    first = data.draw(st.integers(1, clip.video.frames))
    frames = FrameRange(first, data.draw(st.integers(first, clip.video.frames)))
    cut = with_cuts(clip, borders(clip.frames, frames)) if can_seek(clip) else clip
    found = clip_input(cut, frames)
    whole = pictures(pairs, ["-i", clip.path], [])
    assert pictures(pairs, found.arguments, found.filters) == whole[frames.first - 1 : frames.last]


def test_a_range_without_known_cuts_is_read_from_the_start(pairs: Pairs) -> None:
    clip = probe_clip(pairs("mp4")[0])
    found = clip_input(clip, FrameRange(9, 20))
    assert found.filters == ("trim=start_frame=8:end_frame=20",)
    assert pictures(pairs, found.arguments, found.filters) == pictures(pairs, ["-i", clip.path], [])[8:20]


def test_a_picture_that_is_missing_in_front_shifts_nothing(pairs: Pairs, tmp_path: Path) -> None:
    name = pairs.clips.sequence(tmp_path / "dpx", lively(12, size=SMALL))
    spec = make_spec(SubmitRequest("dpx-h264", name, output=str(tmp_path / "o.mp4"), frame_rate="24"), pairs.settings)
    (tmp_path / "dpx" / "shot.1005.dpx").unlink()
    whole = clip_input(spec.source, FrameRange(1006, 1010))
    short = clip_input(spec.source, FrameRange(1005, 1010))
    assert len(pictures(pairs, short.arguments, short.filters)) == 5
    assert pictures(pairs, whole.arguments, whole.filters) == pictures(pairs, short.arguments, short.filters)


def fits(patterns: list[str], digits: int, upto: int) -> list[int]:
    """The numbers that a shell lists for the patterns, in its order."""
    names = sorted(f"{number:0{digits}d}" for number in range(upto))
    return [int(name) for pattern in patterns for name in names if re.fullmatch(pattern, name)]


@given(st.integers(0, 1500), st.integers(1, 1500), st.integers(1, 6))
def test_a_pattern_names_just_the_numbers_of_a_range_in_their_order(first: int, count: int, digits: int) -> None:
    patterns = list(number_patterns(FrameRange(first, first + count - 1), digits))
    assert fits(patterns, digits, 3300) == list(range(first, first + count))


@given(st.integers(0, 10**9), st.integers(1, 10**7))
def test_patterns_stay_short(first: int, count: int) -> None:
    assert len(list(number_patterns(FrameRange(first, first + count - 1), 4))) < 40


HOSTILE = [
    "it's",
    "a b",
    "100%d",
    "{a,b}",
    "[x]",
    "*?",
    "back\\slash",
    "~",
    "#",
    "new\nline",
    "ünï-中文",
    "a:b",
    "$(x)",
]


@pytest.mark.parametrize("name", HOSTILE)
def test_sequences_of_any_name_are_read(name: str, pairs: Pairs, tmp_path: Path) -> None:
    pairs.clips.sequence(tmp_path / "plain", lively(5, size=SMALL), first=98)
    folder = tmp_path / name
    folder.mkdir()
    for path in (tmp_path / "plain").iterdir():
        path.rename(folder / f"{name}.{int(path.suffixes[0][1:])}.dpx")
    clip = replace(TEMPLATE, sequence=Sequence(str(folder), f"{name}.", 1, ".dpx", 98, 102))
    found = clip_input(clip, FrameRange(99, 101))
    single = [pictures(pairs, ["-i", f"file:{folder}/{name}.{n}.dpx"], []) for n in (99, 100, 101)]
    assert pictures(pairs, found.arguments, found.filters) == [digest for one in single for digest in one]


@pytest.mark.parametrize("gap", [1013, 1014, 1020])
def test_a_part_that_is_whole_is_read_whatever_is_missing_behind_it(gap: int, pairs: Pairs, tmp_path: Path) -> None:
    name = pairs.clips.sequence(tmp_path / "dpx", lively(FRAMES, size=SMALL))
    (tmp_path / "dpx" / f"shot.{gap}.dpx").unlink()
    part = name.replace("####", "1001-1012#")
    spec = make_spec(SubmitRequest("dpx-h264", part, output=str(tmp_path / "o.mp4"), frame_rate="24"), pairs.settings)
    found = clip_input(spec.source, spec.frames)
    argv = [pairs.clips.ffmpeg, "-nostdin", "-v", "error", "-xerror", *found.arguments, "-f", "framemd5", "-"]
    done = subprocess.run(argv, check=True, capture_output=True, text=True)
    assert len([line for line in done.stdout.splitlines() if not line.startswith("#")]) == 12


def test_files_added_since_are_not_read(pairs: Pairs, tmp_path: Path) -> None:
    name = pairs.clips.sequence(tmp_path / "dpx", lively(12, size=SMALL))
    spec = make_spec(SubmitRequest("dpx-h264", name, output=str(tmp_path / "o.mp4"), frame_rate="24"), pairs.settings)
    last = tmp_path / "dpx" / "shot.1012.dpx"
    (tmp_path / "dpx" / "shot.1013.dpx").write_bytes(last.read_bytes())
    found = clip_input(spec.source, spec.frames)
    assert len(pictures(pairs, found.arguments, found.filters)) == 12
    assert replace(spec.source, path="x").frames == FrameRange(1001, 1012)
    assert Fraction(spec.source.video.rate) == 24
