# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The farm's rules without effects: ranges, tokens, values, depends, ends of runs, whose turn it is."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st
from opencue_proto import depend_pb2, job_pb2

from cueffmpeg_gui.localfarm import states
from cueffmpeg_gui.localfarm.refusals import SpecRefused
from cueffmpeg_gui.localfarm.run.schedule import PATIENCE, Candidate, Chooser, Resources, resources_needed
from cueffmpeg_gui.localfarm.run.tokens import substitute
from cueffmpeg_gui.localfarm.settings import FarmSettings, read_arguments
from cueffmpeg_gui.localfarm.spec.frame_ranges import chunk_at, chunk_frames, compact, parse_range
from cueffmpeg_gui.localfarm.spec.values import read_bool, read_cores, read_memory, read_retries
from cueffmpeg_gui.localfarm.states import FrameState
from cueffmpeg_gui.localfarm.store.depend_plan import ChunkedLayer, collapses, frame_by_frame, previous_frame
from cueffmpeg_gui.localfarm.store.frame_outcome import FrameRules, RunEnd, next_state, split_status


def test_states_have_the_numbers_of_the_protocol() -> None:
    for ours, theirs in (
        (states.FrameState, job_pb2.FrameState),
        (states.JobState, job_pb2.JobState),
        (states.LayerType, job_pb2.LayerType),
        (states.DependType, depend_pb2.DependType),
    ):
        assert {one.name: int(one) for one in ours} == dict(theirs.items())


@pytest.mark.parametrize(
    ("text", "frames"),
    [
        ("7", [7]),
        ("-3", [-3]),
        ("1-4", [1, 2, 3, 4]),
        ("4-1", [4, 3, 2, 1]),
        ("-2--1", [-2, -1]),
        ("1-10x3", [1, 4, 7, 10]),
        ("10-1x-3", [10, 7, 4, 1]),
        ("1-10y3", [2, 3, 5, 6, 8, 9]),
        ("1-10:5", [1, 6, 3, 5, 7, 9, 2, 4, 8, 10]),
        ("1-3,2-5", [1, 2, 3, 2, 3, 4, 5]),
        ("1-2,", [1, 2]),
        ("9-1x1", []),
    ],
)
def test_ranges(text: str, frames: list[int]) -> None:
    assert parse_range(text) == frames


@pytest.mark.parametrize("text", ["", "x", "1-2, 4", "1-10x0", "10-1x2", "1-10x-1", "1--", "1.5", "99999999999"])
def test_ranges_that_are_none(text: str) -> None:
    with pytest.raises(ValueError, match=r"range|step"):
        parse_range(text)


@given(st.integers(-500, 500), st.integers(0, 300), st.integers(1, 50))
def test_chunks_cover_a_range_exactly_once(first: int, length: int, chunk: int) -> None:
    text = f"{first}-{first + length}"
    chunks = [chunk_at(text, chunk, start) for start in chunk_frames(text, chunk)]
    assert list(itertools.chain.from_iterable(chunks)) == parse_range(text)


@given(st.lists(st.integers(-99, 999), min_size=1, max_size=40, unique=True))
def test_a_compact_range_reads_back(frames: list[int]) -> None:
    assert parse_range(compact(frames)) == frames


def test_a_chunk_larger_than_the_range_is_one_frame() -> None:
    assert chunk_frames("1-10", 50) == (1,)
    assert chunk_frames("1001-1100", 24) == (1001, 1025, 1049, 1073, 1097)
    with pytest.raises(ValueError, match="chunk"):
        chunk_frames("1-10", 0)


def test_tokens() -> None:
    command = "#ZFRAME# #IFRAME# #FRAME_START# #FRAME_END# #FRAME_CHUNK# #FRAMESPEC# #FRAME# #LAYER# #JOB#"
    done = substitute(
        command, frame_range="1-25", chunk=10, number=21, frame_name="0021-x", layer_name="x", job_name="j"
    )
    assert done == "0021 21 21 25 10 21-25 0021-x x j"


@pytest.mark.parametrize(
    ("text", "kb"), [("512m", 524288), ("2g", 2097152), ("2", 2097152), ("1.5m", 262144), ("60G", 62914560)]
)
def test_memory(text: str, kb: int) -> None:
    assert read_memory(text) == kb


@pytest.mark.parametrize("text", ["1.5g", "", "g", "lots", "1_0m"])
def test_memory_that_is_refused(text: str) -> None:
    with pytest.raises(SpecRefused):
        read_memory(text)


@pytest.mark.parametrize(
    ("text", "points"), [("1.0", 100), ("0.25", 25), ("200", 200), ("0.05", 100), ("100.0", 2400), ("-1.0", -100)]
)
def test_cores(text: str, points: int) -> None:
    assert read_cores(text) == points


def test_other_values() -> None:
    assert [read_bool(text) for text in ("True", "yes", "1", "on", "False", "", None)] == [True] * 4 + [False] * 3
    assert [read_retries(text) for text in ("-1", "0", "1", "2")] == [0, 0, 1, 1]


def layer(text: str, chunk: int = 1) -> ChunkedLayer:
    return ChunkedLayer(text, chunk, chunk_frames(text, chunk))


def test_frame_by_frame_depends() -> None:
    assert frame_by_frame(layer("1-3"), layer("2-4")) == [(2, 2), (3, 3)]
    assert frame_by_frame(layer("1-4"), layer("1-4", 2)) == [(1, 1), (2, 1), (3, 3), (4, 3)]
    assert frame_by_frame(layer("1-4", 2), layer("1-4")) == [(1, 1), (1, 2), (3, 3), (3, 4)]
    assert collapses(layer("1-4", 9), layer("1-4"))
    assert not collapses(layer("1-1"), layer("1-1"))
    with pytest.raises(ValueError, match="unable to find chunk"):
        frame_by_frame(layer("1-4"), layer("3-6", 2))


def test_previous_frame_depends() -> None:
    assert previous_frame(layer("1-3"), layer("1-3")) == [(2, 1), (3, 2)]


@pytest.mark.parametrize(
    ("code", "rust", "python"),
    [
        (0, (0, 0), (0, 0)),
        (2, (2, 0), (2, 0)),
        (143, (1, 15), (143, 0)),
        (254, (1, 126), (254, 0)),
        (-9, (1, 9), (137, 0)),
    ],
)
def test_exit_codes(code: int, rust: tuple[int, int], python: tuple[int, int]) -> None:
    assert (split_status(code, "rust"), split_status(code, "python")) == (rust, python)


@pytest.mark.parametrize(
    ("status", "signal", "rules", "state"),
    [
        (0, 0, FrameRules(0, 1, False), FrameState.SUCCEEDED),
        (1, 0, FrameRules(0, 1, False), FrameState.WAITING),
        (1, 0, FrameRules(1, 1, False), FrameState.DEAD),
        (1, 0, FrameRules(0, 1, True), FrameState.EATEN),
        (256, 0, FrameRules(0, 1, False), FrameState.DEAD),
        (286, 0, FrameRules(5, 1, False), FrameState.WAITING),
        (33, 0, FrameRules(1, 1, False), FrameState.WAITING),
        (33, 0, FrameRules(3, 1, False), FrameState.DEAD),
        (137, 0, FrameRules(0, 0, False), FrameState.DEAD),
        (1, 119, FrameRules(2, 1, False), FrameState.WAITING),
        (1, 0, FrameRules(0, 1, False, timeout=1), FrameState.DEAD),
    ],
)
def test_what_becomes_of_a_frame(status: int, signal: int, rules: FrameRules, state: FrameState) -> None:
    assert next_state(RunEnd(status, signal, 90.0), rules) is state


COMPUTER = Resources(400, 8000)


@pytest.mark.parametrize(
    ("cores", "memory", "room"),
    [
        (100, 1000, Resources(100, 1000)),
        (2400, 1000, Resources(400, 1000)),
        (100, 99999, Resources(100, 8000)),
        (-100, 10, Resources(300, 10)),
        (0, 10, Resources(400, 10)),
        (-999, 10, Resources(1, 10)),
    ],
)
def test_nothing_needs_more_than_the_computer_has(cores: int, memory: int, room: Resources) -> None:
    assert resources_needed(cores, memory, COMPUTER) == room


def test_the_first_that_fits_runs() -> None:
    small, big = Candidate(1, 1, Resources(100, 10)), Candidate(2, 1, Resources(400, 10))
    assert Chooser().choose(iter([small, big]), Resources(100, 10), 0.0) == small
    assert Chooser().choose(iter([]), Resources(100, 10), 0.0) is None
    assert Chooser().choose(iter([big]), Resources(100, 10), 0.0) is None


def test_a_frame_is_not_overtaken_for_ever() -> None:
    small, big = Candidate(1, 1, Resources(100, 10)), Candidate(2, 1, Resources(400, 10))
    chooser = Chooser()
    assert chooser.choose(iter([big, small]), Resources(300, 10), 0.0) == small
    assert chooser.choose(iter([big, small]), Resources(300, 10), PATIENCE + 1) is None
    assert chooser.choose(iter([big, small]), Resources(400, 10), PATIENCE + 2) == big


def test_settings_travel_as_arguments() -> None:
    settings = FarmSettings(3, 4096, "python", True, ("/opt/bin",), (("A", "x=y"), ("B", "")), 0.5)
    call = read_arguments(["--root", "/tmp/farm", "--port", "8", "--detach", *settings.to_arguments()])
    assert (str(call.root), call.port, call.detach, call.settings) == ("/tmp/farm", 8, True, settings)
