# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Score records survive what farms do to logs, and never become somebody else's score."""

import random
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cueffmpeg_gui.media.records import RecordReader, score_lines
from cueffmpeg_gui.media.scores import Scores

numbers = st.floats(-1, 100).map(lambda number: round(number, 6))


@st.composite
def tables(draw: st.DrawFn) -> Scores:
    metrics = ("vmaf", "psnr_y", "psnr_cb")[: draw(st.integers(1, 3))]
    first = draw(st.integers(0, 2000))
    rows = draw(st.lists(st.tuples(*[numbers] * len(metrics)), min_size=1, max_size=12))
    numbered = {first + n: row for n, row in enumerate(rows)}
    return Scores("compare", first, first + len(rows) - 1, metrics, "vmaf_v0.6.1", numbered)


def lines_of(scores: Scores) -> list[bytes]:
    return [line.encode("ascii") for line in score_lines(scores)]


def read(lines: list[bytes]) -> RecordReader:
    reader = RecordReader()
    reader.feed(lines)
    return reader


@given(scores=tables())
def test_records_go_round(scores: Scores) -> None:
    reader = read(lines_of(scores))
    assert reader.scores() == scores
    assert reader.ended


@given(scores=tables())
def test_records_go_round_behind_a_time_stamp(scores: Scores) -> None:
    assert read([b"[23:59:59] " + line for line in lines_of(scores)]).scores() == scores


@given(scores=tables(), pieces=st.integers(1, 5))
def test_a_log_may_be_read_in_pieces(scores: Scores, pieces: int) -> None:
    reader, lines = RecordReader(), lines_of(scores)
    for start in range(0, len(lines), pieces):
        reader.feed(lines[start : start + pieces])
    assert reader.scores() == scores


def spoil(line: bytes, chance: random.Random) -> list[bytes]:
    """What a farm may make of a line: a prefix, a repeat, two torn halves with a byte lost, garbage, nothing."""
    cut = chance.randrange(len(line) + 1)
    return chance.choice(
        [
            [line],
            [b"[12:00:00] " + line],
            [line, line],
            [line[:cut], line[cut + 1 :]],
            [line[:cut]],
            [b"\xff\x00 noise", line, b"s 1 2 3", b"s x *00000000"],
            [],
        ]
    )


@given(scores=tables(), seed=st.integers(0, 2**32))
def test_no_spoiling_makes_a_wrong_row(scores: Scores, seed: int) -> None:
    chance = random.Random(seed)
    lines = [piece for line in lines_of(scores) for piece in spoil(line, chance)]
    reader = read(lines)
    if reader.header:
        found = reader.scores()
        assert (found.first, found.last, found.metrics) == (scores.first, scores.last, scores.metrics)
        assert all(scores.rows[frame] == row for frame, row in found.rows.items())


@given(scores=tables(), seed=st.integers(0, 2**32))
def test_repeated_lines_lose_nothing(scores: Scores, seed: int) -> None:
    chance = random.Random(seed)
    lines = lines_of(scores)
    repeated = lines + [chance.choice(lines) for _ in range(8)]
    assert read(repeated).scores() == scores


@given(scores=tables(), garbage=st.lists(st.binary(max_size=60), max_size=20))
def test_no_garbage_stops_the_reader(scores: Scores, garbage: list[bytes]) -> None:
    assert read([*garbage, *lines_of(scores), *garbage]).scores() == scores


def checked(text: str) -> bytes:
    return f"{text} *{zlib.crc32(text.encode()):08x}".encode()


@pytest.mark.parametrize("text", ["s x 1.0", "s 1 x", "s 1", "s 1 1.0 2.0", "s  1.0", "s 1 nan", "s 1 inf", "s -1 1.0"])
def test_a_line_with_a_right_check_but_no_row_is_nobodys_score(text: str) -> None:
    scores = Scores("compare", 1, 2, ("vmaf",), "vmaf_v0.6.1", {})
    assert read([*lines_of(scores)[:1], checked(text)]).scores().rows == {}


@pytest.mark.parametrize(
    "header",
    ['{"layer":"compare","first":"1","last":2,"metrics":["vmaf"],"vmaf_model":"m"}',
     '{"layer":"compare","first":1,"last":null,"metrics":["vmaf"],"vmaf_model":"m"}',
     '{"layer":"compare","first":1,"last":2,"metrics":"vmaf","vmaf_model":"m"}',
     '{"layer":"compare","first":1,"last":2,"metrics":[1],"vmaf_model":"m"}',
     '{"layer":"compare","first":5,"last":2,"metrics":["vmaf"],"vmaf_model":"m"}', "[]", "7", '{"first":1}'],
)  # fmt: skip
def test_a_header_that_is_none_is_passed_over(header: str) -> None:
    assert read([f"cueffmpeg.scores/1 {header}".encode()]).header == {}


def test_a_second_run_in_one_log_takes_the_place_of_the_first() -> None:
    first = Scores("compare", 1, 3, ("vmaf",), "vmaf_v0.6.1", {1: (1.0,), 2: (2.0,), 3: (3.0,)})
    second = Scores("compare", 1, 2, ("vmaf",), "vmaf_v0.6.1", {1: (7.0,), 2: (8.0,)})
    reader = read(lines_of(first) + lines_of(second))
    assert reader.scores() == second


def test_of_one_frame_the_newest_record_counts() -> None:
    scores = Scores("compare", 1, 1, ("vmaf",), "vmaf_v0.6.1", {1: (1.0,)})
    assert read([*lines_of(scores), checked("s 1 2.000000")]).scores().rows == {1: (2.0,)}


def test_missing_pictures_are_known() -> None:
    scores = Scores("compare", 1, 3, ("vmaf",), "vmaf_v0.6.1", {1: (1.0,), 2: (2.0,), 3: (3.0,)})
    lines = lines_of(scores)
    found = read(lines[:2] + lines[3:]).scores()
    assert not found.is_complete
    assert set(found.rows) == {1, 3}


def test_a_newer_format_is_not_read_as_this_one() -> None:
    scores = Scores("compare", 1, 1, ("vmaf",), "vmaf_v0.6.1", {1: (1.0,)})
    newer = [line.replace(b"scores/1 ", b"scores/2 ").replace(b"scores/1{", b"") for line in lines_of(scores)]
    assert read(newer).header == {}
