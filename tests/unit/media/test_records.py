# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Score records survive what farms do to logs, and never become somebody else's score."""

import random
import zlib

import pytest
from hypothesis import given, settings
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


def read_one_by_one(lines: list[bytes]) -> RecordReader:
    reader = RecordReader()
    for line in lines:
        reader.take_line(line)
    return reader


def odd(line: bytes, chance: random.Random) -> list[bytes]:
    """What could slip through where lines are read many at a time: a right check on what is no record, and worse."""
    body = line[:-10]
    return chance.choice(
        [
            [with_check(body.replace(b" ", b"  ", 1))],
            [with_check(body.replace(b".", b"", 1))],
            [with_check(b"s " + body[body.index(b" ", 2) :])],
            [with_check(body.replace(b"s ", b"s -", 1))],
            [with_check(body + b" 1.000000")],
            [with_check(body[: body.rfind(b" ")])],
            [with_check(body.replace(b" ", b"\t"))],
            [with_check(b"s " + b"9" * 5000 + b" 1.000000")],
            [with_check(b"s 1 5.")],
            [with_check(b"s 1 .500000")],
            [with_check(b"s 1 1e3.000000")],
            [with_check(b"s 99999 1.000000")],
            [body + line[-10:].upper()],
            [line + b"\r"],
            [line + b"  "],
            [b"[1:234:567] " + line],
            [b"[12:00:00]" + line],
            [b"[12:00:00] [12:00:00] " + line],
        ]
    )


def with_check(body: bytes) -> bytes:
    return body + f" *{zlib.crc32(body):08x}".encode()


@pytest.mark.parametrize("stamp", [b"", b"[23:59:59] "])
@given(seed=st.integers(0, 2**32), metrics=st.integers(1, 4), harm=st.sampled_from([0, 0.002, 0.05, 0.9]))
@settings(max_examples=40)
def test_many_lines_at_once_are_read_as_one_by_one(stamp: bytes, seed: int, metrics: int, harm: float) -> None:
    chance = random.Random(seed)
    first = chance.choice([1, 995, 1001])
    count = chance.choice([3, 40, 700])
    rows = {first + n: tuple(chance.uniform(-1, 100) for _ in range(metrics)) for n in range(count)}
    scores = Scores("compare", first, first + count - 1, tuple("abcd"[:metrics]), "m", rows)
    lines = []
    for line in lines_of(scores):
        spoiled = chance.choice([spoil, odd])(line, chance) if chance.random() < harm else [line]
        lines += [stamp + piece for piece in spoiled]
    if harm:
        lines += chance.sample(lines, len(lines) // 3)
    quick, careful = read(lines), read_one_by_one(lines)
    assert (quick.header, quick.ended) == (careful.header, careful.ended)
    if careful.header:
        assert quick.scores() == careful.scores()
        assert harm or quick.scores().is_complete


def test_what_was_known_stays_as_it_was_when_more_comes() -> None:
    scores = Scores("compare", 1, 600, ("vmaf",), "m", {frame: (float(frame),) for frame in range(1, 601)})
    lines = lines_of(scores)
    reader = read(lines[:301])
    half = reader.scores()
    reader.feed([*lines[301:], with_check(b"s 1 7.000000")])
    assert (len(half.rows), half.rows[1], half.is_complete) == (300, (1.0,), False)
    assert (len(reader.scores().rows), reader.scores().rows[1]) == (600, (7.0,))


@pytest.mark.parametrize("time", [b"[123:4:56] ", b"[12:34:56]x", b"(12:34:56) ", b"[1a:34:56] "])
def test_what_is_no_time_before_a_line_makes_it_no_record(time: bytes) -> None:
    scores = Scores("compare", 1, 300, ("vmaf",), "m", {frame: (float(frame),) for frame in range(1, 301)})
    header, *lines = lines_of(scores)
    assert read([header, *(time + line for line in lines)]).scores().rows == {}
