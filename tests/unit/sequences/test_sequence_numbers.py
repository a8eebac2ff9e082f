# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Many files and many numbers: what is read of them, and how runs and gaps are said."""

import os
import re
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cueffmpeg_gui.errors import InputRefused
from cueffmpeg_gui.media.frames import FrameRange, gaps_between, runs_of
from cueffmpeg_gui.media.gaps import STOP
from cueffmpeg_gui.media.sequences import Sequence
from cueffmpeg_gui.sequences import checks
from cueffmpeg_gui.sequences.checks import MOST_HEADERS, sample
from cueffmpeg_gui.sequences.families import families
from cueffmpeg_gui.sequences.files import find_sequence
from cueffmpeg_gui.sequences.formats import read_image_header
from cueffmpeg_gui.sequences.gaps import name_missing, settle_gaps, with_present
from cueffmpeg_gui.sequences.notation import read_frames


def test_a_thousand_files_are_one_item_of_which_few_headers_are_read(
    shot: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    many = tmp_path / "many"
    many.mkdir()
    for number in range(1, 1001):
        os.link(shot / "shot.1001.dpx", many / f"x_{number:04d}.dpx")
    read: list[str] = []
    monkeypatch.setattr(checks, "read_image_header", lambda path, layer: read.append(path) or read_image_header(path))
    assert find_sequence(str(many)).frames == FrameRange(1, 1000)
    assert len(read) <= MOST_HEADERS + 1


def test_ten_times_the_names_take_about_ten_times_as_long() -> None:
    def seconds(count: int) -> float:
        names = [f"shot_v2.{number:06d}.left.dpx" for number in range(count)]
        started = time.thread_time()
        (family,) = families("/x", names)
        assert family.frames == list(range(count))
        return time.thread_time() - started

    seconds(1000)
    few = min(seconds(10_000) for _ in range(3))
    assert seconds(100_000) < 40 * few


def test_a_family_of_a_hundred_thousand_names_has_one_name() -> None:
    (family,) = families("/x", (f"shot_v2.{number:06d}.left.dpx" for number in range(100_000)))
    assert family.name == "shot_v2.0-99999@@@@@@.left.dpx"


numbers = st.sets(st.integers(0, 300), min_size=1, max_size=60)


@given(numbers, st.integers(0, 20), st.integers(0, 20))
def test_the_sentence_lists_exactly_the_missing_numbers(present: set[int], before: int, after: int) -> None:
    first, last = max(0, min(present) - before), max(present) + after
    missing = set(range(first, last + 1)) - present
    sequence = Sequence("/x", "s.", 4, ".dpx", first, last)
    found = with_present(sequence, present)
    if not missing:
        assert settle_gaps(found, STOP, None) == sequence
        return
    with pytest.raises(InputRefused) as refused:
        settle_gaps(found, STOP, None)
    listed = re.search(r"frames? ([\d, x-]+)( and \d+ more ranges)? (is|are) missing", str(refused.value))
    assert listed
    said = {n for part in listed[1].split(", ") for n in numbers_of(part)}
    assert said == missing if not listed[2] else said < missing
    assert (listed[3] == "is") == (len(missing) == 1)


def numbers_of(part: str) -> range:
    span, _, step = part.partition("x")
    first, _, last = span.partition("-")
    return range(int(first), int(last or first) + 1, int(step or 1))


@given(numbers)
def test_ranges_and_gaps_make_the_whole(present: set[int]) -> None:
    runs = runs_of(present)
    assert {n for run in runs for n in range(run.first, run.last + 1)} == present
    gaps = gaps_between(runs, FrameRange(min(present), max(present)))
    assert sorted([*runs, *gaps], key=lambda r: r.first) == sorted(
        (r for pair in zip(runs, [*gaps, None], strict=True) for r in pair if r), key=lambda r: r.first
    )
    assert sum(map(len, [*runs, *gaps])) == max(present) - min(present) + 1


def test_a_sentence_does_not_list_thousands_of_gaps() -> None:
    gaps = [FrameRange(first, first + first % 2) for first in range(0, 15_000, 3)]
    assert name_missing(gaps).endswith("147-148 and 4950 more ranges are missing")
    assert name_missing([FrameRange(0, 2**40)]) == f"frames 0-{2**40} are missing"


def test_steps_are_said_as_in_notes() -> None:
    gaps = gaps_between(runs_of(range(0, 10_000, 2)), FrameRange(0, 9998))
    assert name_missing(gaps) == "frames 1-9997x2 are missing"
    mixed = [1, 3, 5, 8, 9, 10, 20, 30]
    assert name_missing(runs_of(mixed)) == "frames 1-5x2, 8-10, 20, 30 are missing"


@given(st.integers(0, 10_000), st.integers(1, 3000), st.integers(2, 300))
def test_a_sample_holds_first_and_last_and_is_even(first: int, count: int, most: int) -> None:
    frames = FrameRange(first, first + count - 1)
    taken = sample(frames, most)
    assert len(taken) == len(set(taken)) == min(count, most)
    assert (taken[0], taken[-1]) == (frames.first, frames.last)
    steps = [b - a for a, b in zip(taken, taken[1:], strict=False)]
    assert not steps or max(steps) - min(steps) <= 1


@given(st.integers(0, 5000), st.integers(0, 500))
def test_ranges_are_read_back(first: int, length: int) -> None:
    frames = FrameRange(first, first + length)
    assert read_frames(str(frames)) == frames
