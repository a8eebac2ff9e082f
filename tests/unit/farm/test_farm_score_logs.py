# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Scores in logs: of recorded ones, of growing ones, and of ones that rqd harmed."""

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from recorded_logs import RQDS, recorded

from cueffmpeg_gui.errors import InputRefused
from cueffmpeg_gui.farm import frame_scores
from cueffmpeg_gui.farm.frame_scores import ScoreFollower, score_logs, scores_from_logs
from cueffmpeg_gui.farm.rqd_log import RqdLogReader
from cueffmpeg_gui.farm.status import FrameStatus
from cueffmpeg_gui.media.frames import FrameRange
from cueffmpeg_gui.media.records import RecordReader, score_lines
from cueffmpeg_gui.media.rows import Row
from cueffmpeg_gui.media.scores import Scores


@pytest.mark.parametrize("rqd", RQDS)
def test_recorded_scores_are_complete(rqd: str) -> None:
    scores = scores_from_logs([str(recorded(rqd, "scores"))])
    assert scores is not None
    assert (scores.is_complete, len(scores.rows), scores.vmaf_model) == (True, 132, "vmaf_v0.6.1")
    assert scores.rows[1001] == (73.001161, 31.497437)


def test_rows_without_header_or_check_are_no_scores() -> None:
    assert scores_from_logs([str(recorded("rust", "slow2k")), str(recorded("python", "killed")), "/nowhere"]) is None


def score_bytes(first: int, last: int, value: float = 90.0) -> bytes:
    rows: dict[int, Row] = dict.fromkeys(range(first, last + 1), (value,))
    lines = score_lines(Scores("compare", first, last, ("vmaf",), "vmaf_v0.6.1", rows))
    return b"".join(f"[12:00:00] {line}\n".encode() for line in lines)


def test_scores_grow_while_chunks_run(tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    follower = ScoreFollower([str(one), str(two)], FrameRange(1, 20))
    assert follower.poll() is None
    one.write_bytes(score_bytes(1, 10)[:-60])
    partial = follower.poll()
    assert partial is not None
    assert (partial.first, partial.last, partial.is_complete) == (1, 20, False)
    assert 0 < len(partial.rows) < 10
    assert follower.poll() is partial
    one.write_bytes(score_bytes(1, 10))
    two.write_bytes(score_bytes(11, 20))
    whole = follower.poll()
    assert whole is not None
    assert whole.is_complete


RULE = b"=" * 59 + b"\n"
FOOTER = b"\n" + RULE + b"RenderQ Job Complete\n"
HARM = (b"", b"\n", b"\r", RULE, b"\xff\xfe", b"[12:00:00] ", FOOTER[1:], FOOTER, b"s 1 1.000000 *")


@given(
    harm=st.lists(st.tuples(st.floats(0, 1), st.sampled_from(HARM), st.integers(0, 90)), max_size=6),
    cuts=st.lists(st.floats(0, 1), max_size=3),
    stamp=st.sampled_from([b"", b"[12:00:00] "]),
)
@settings(max_examples=60, deadline=None)
def test_logs_read_many_lines_at_once_give_what_one_line_at_a_time_gives(
    harm: list[tuple[float, bytes, int]], cuts: list[float], stamp: bytes
) -> None:
    data = score_bytes(1001, 1600).replace(b"[12:00:00] ", stamp)
    data = b"=" * 59 + b"\nRenderQ JobSpec\n" + b"=" * 59 + b"\n" + data
    for place, piece, lost in harm:
        at = int(place * len(data))
        data = data[:at] + piece + data[at + lost :]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "log")
        path.touch()
        follower = ScoreFollower([str(path)])
        for end in [*sorted(int(cut * len(data)) for cut in cuts), len(data)]:
            path.write_bytes(data[:end])
            found = follower.poll()
    careful = RecordReader()
    for line in RqdLogReader().feed(line.removesuffix(b"\r") for line in data.split(b"\n")[:-1]):
        careful.take_line(line)
    assert found == (careful.scores() if careful.header else None)
    assert harm or (found is not None and found.is_complete)


HEAD, *ROWS = score_bytes(1, 900).splitlines(keepends=True)
ONE, TWO, THREE = (HEAD + b"".join(ROWS[:300]), b"".join(ROWS[300:600]), b"".join(ROWS[600:900]))


@pytest.mark.parametrize(
    ("pieces", "read"),
    [
        # What stands in the header is the command's text, not its output.
        ((RULE, ONE + TWO, RULE, ONE), 300),
        # A rule of the frame's own, and a line that looks like the footer's first.
        ((RULE, RULE, ONE + RULE, TWO, b"RenderQ Job Complete\n", THREE), 900),
        # What stands behind the footer is nobody's.
        ((RULE, RULE, ONE, FOOTER, TWO), 300),
    ],
)
def test_only_what_the_frame_printed_is_read_however_much_it_is(
    pieces: tuple[bytes, ...], read: int, tmp_path: Path
) -> None:
    path = tmp_path / "log"
    follower = ScoreFollower([str(path)])
    for end in range(1, len(pieces) + 1):
        path.write_bytes(b"".join(pieces[:end]))
        found = follower.poll()
    assert found is not None
    assert len(found.rows) == read


def test_a_log_of_several_pieces_is_read_whole_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(frame_scores, "PIECE_BYTES", 1000)
    path = tmp_path / "log"
    path.write_bytes(RULE + RULE + ONE + TWO + b"a longer line than a piece " * 100 + b"\n" + THREE)
    found = scores_from_logs([str(path)])
    assert found is not None
    assert found.is_complete


def test_a_retried_chunk_starts_anew(tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    one.write_bytes(score_bytes(1, 10))
    two.write_bytes(score_bytes(11, 20))
    follower = ScoreFollower([str(one), str(two)])
    follower.poll()
    one.rename(tmp_path / "one.1")
    one.write_bytes(b"=" * 59 + b"\n")
    scores = follower.poll()
    assert scores is not None
    assert set(scores.rows) == set(range(11, 21))
    one.write_bytes(b"=" * 59 + b"\nRenderQ JobSpec\n" + b"=" * 59 + b"\n" + score_bytes(1, 10, 80.0))
    again = follower.poll()
    assert again is not None
    assert (len(again.rows), again.rows[1]) == (20, (80.0,))


def test_scores_of_different_models_are_not_mixed(tmp_path: Path) -> None:
    other = score_bytes(11, 20).replace(b"vmaf_v0.6.1", b"vmaf_4k_v0.6.1")
    paths = [tmp_path / "one", tmp_path / "two"]
    for path, content in zip(paths, [score_bytes(1, 10), other], strict=True):
        path.write_bytes(content)
    with pytest.raises(InputRefused, match="cannot be joined"):
        scores_from_logs(map(str, paths))


def test_only_compare_frames_hold_scores(make_job: Callable[..., Any]) -> None:
    frames = [
        FrameStatus("1", f"0001-{layer}", 1, layer, "RUNNING", -1, 0, 1, 0, "") for layer in ("encode", "compare")
    ]
    assert score_logs(make_job(), frames) == ["/logs/testing-sh010-alice_demo.0001-compare.rqlog"]
