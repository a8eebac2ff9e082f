# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Logs of both rqds: recorded ones read whole, in pieces, torn, rotated and cut."""

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cueffmpeg_gui.errors import InputRefused
from cueffmpeg_gui.farm import frame_scores
from cueffmpeg_gui.farm.frame_scores import ScoreFollower, score_logs, scores_from_logs
from cueffmpeg_gui.farm.logs import earlier_tries, log_path, read_log_end
from cueffmpeg_gui.farm.rqd_log import Footer, RqdLogReader, last_error, last_progress
from cueffmpeg_gui.farm.status import FrameStatus, JobStatus
from cueffmpeg_gui.farm.tail import LogTail
from cueffmpeg_gui.media.frames import FrameRange
from cueffmpeg_gui.media.progress import progress_line
from cueffmpeg_gui.media.records import RecordReader, score_lines
from cueffmpeg_gui.media.rows import Row
from cueffmpeg_gui.media.scores import Scores

RECORDED = Path(__file__).parents[2] / "data" / "rqlogs"
RQDS = ("rust", "python")
LOGS = sorted(path.relative_to(RECORDED).as_posix() for path in RECORDED.glob("*/*.rqlog*"))
KILLED = "User: artist, Pid: 1, Hostname: h, Reason: recording"

# Log → output lines that a reader can find in it, as counted when it was recorded: (Rust rqd, Python rqd).
COUNTS = {
    "scores": (135, 135),  # a command line, header, 132 rows, end
    "slow2k": (2000, 2000),
    "unpaced2k": (2000, 532),
    "carriage": (30, 30),
    "badbytes": (1, 3),
    "twostreams": (200, 131),
    "utf8": (1, 1),
    "silent": (0, 0),
    "failed": (1, 1),
    "killed": (1, 1),
}
FOOTERS = {
    ("rust", "failed"): Footer(2, 0),
    ("python", "failed"): Footer(2, 0),
    ("rust", "killed"): Footer(1, 15, KILLED),
    ("python", "killed"): Footer(1, 9, KILLED),
}


def recorded(rqd: str, name: str) -> Path:
    return RECORDED / rqd / f"0001-{name}.rqlog"


def lines_of(path: Path) -> list[bytes]:
    return path.read_bytes().split(b"\n")


@pytest.mark.parametrize("name", COUNTS)
@pytest.mark.parametrize("rqd", RQDS)
def test_a_recorded_log_gives_the_frames_own_output(rqd: str, name: str) -> None:
    log = read_log_end(str(recorded(rqd, name)))
    assert len(log.output) == COUNTS[name][RQDS.index(rqd)]
    assert log.footer == FOOTERS.get((rqd, name), Footer(0, 0))


@pytest.mark.parametrize("rqd", RQDS)
def test_what_a_log_says(rqd: str) -> None:
    assert read_log_end(str(recorded(rqd, "utf8"))).output == ["café 日本".encode()]
    assert read_log_end(str(recorded(rqd, "failed"))).error == "the source is missing"
    assert read_log_end(str(recorded(rqd, "killed"))).output == [b"working"]


@pytest.mark.parametrize("name", LOGS)
@given(data=st.data())
@settings(max_examples=10, deadline=None)
def test_pieces_of_a_log_give_the_same_lines(name: str, data: st.DataObject) -> None:
    content = (RECORDED / name).read_bytes()
    cuts = sorted(data.draw(st.lists(st.integers(0, len(content)), max_size=12)))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "log")
        tail, reader, found = LogTail(str(path)), RqdLogReader(), list[bytes]()
        for start, end in zip([0, *cuts], [*cuts, len(content)], strict=True):
            with path.open("ab") as file:
                file.write(content[start:end])
            found += reader.feed(tail.read())
        assert found == RqdLogReader().feed(content.split(b"\n"))
        assert (tail.generation, reader.ended) == (0, True)


@given(st.binary(max_size=300), st.lists(st.integers(0, 300), max_size=8))
@settings(deadline=None)
def test_any_bytes_in_any_pieces_give_the_same_lines(content: bytes, cuts: list[int]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "log")
        path.touch()
        tail, found, position = LogTail(str(path)), list[bytes](), 0
        for cut in [*sorted(cuts), len(content)]:
            with path.open("ab") as file:
                file.write(content[position:cut])
            position = max(position, min(cut, len(content)))
            found += tail.read()
        found += tail.rest()
    expected = content.split(b"\n")
    if not expected[-1]:
        expected.pop()
    assert found == [line.removesuffix(b"\r") for line in expected]


def test_a_torn_line_waits_for_its_end(tmp_path: Path) -> None:
    path = tmp_path / "log"
    tail = LogTail(str(path))
    assert tail.read() == []
    path.write_bytes(b"one\ntw")
    assert tail.read() == [b"one"]
    assert tail.read() == []
    path.write_bytes(b"one\ntwo\r\nthree")
    assert tail.read() == [b"two"]
    assert tail.rest() == [b"three"]
    assert tail.rest() == []


def test_a_retry_is_noticed_by_its_new_file(tmp_path: Path) -> None:
    path = tmp_path / "log"
    path.write_bytes(b"first\nto")
    tail = LogTail(str(path))
    assert tail.read() == [b"first"]
    path.rename(tmp_path / "log.1")
    assert tail.read() == []
    path.write_bytes(b"second try\n")
    assert tail.read() == [b"second try"]
    assert tail.generation == 1


def test_a_truncation_is_noticed(tmp_path: Path) -> None:
    path = tmp_path / "log"
    path.write_bytes(b"a long first line\n")
    tail = LogTail(str(path))
    tail.read()
    path.write_bytes(b"new\n")
    assert tail.read() == [b"new"]
    assert tail.generation == 1


def test_only_new_bytes_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "log"
    path.write_bytes(b"x" * 1000 + b"\n")
    tail = LogTail(str(path))
    tail.read()
    with path.open("ab") as file:
        file.write(b"new\n")
    sizes: list[int] = []
    new_bytes = LogTail._new_bytes

    def counted(self: LogTail) -> bytes:
        data = new_bytes(self)
        sizes.append(len(data))
        return data

    monkeypatch.setattr(LogTail, "_new_bytes", counted)
    assert tail.read() == [b"new"]
    assert sizes == [4]


def test_rules_and_blank_lines_of_the_frame_stay(tmp_path: Path) -> None:
    header = [b"=" * 59, b"RenderQ JobSpec  today", b"command  a", b"=" * 59]
    own = [b"one", b"", b"=" * 59, b"two", b"=" * 59, b"", b"three", b"=" * 100, b"RenderQ Job Complete"]
    footer = [b"", b"=" * 59, b"RenderQ Job Complete", b"", b"exitStatus  3", b"exitSignal  x", b"later"]
    reader = RqdLogReader()
    assert reader.feed(header + own) == own
    assert not reader.ended
    assert reader.feed(footer) == []
    assert (reader.ended, reader.footer) == (True, Footer(3, -1))


def test_a_log_that_no_rqd_wrote_is_all_output() -> None:
    assert RqdLogReader().feed([b"", b"error: no ffmpeg", b"more"]) == [b"error: no ffmpeg", b"more"]


def test_the_cores_line_of_pythons_rqd_is_no_output() -> None:
    rule = b"=" * 59
    assert RqdLogReader().feed([rule, b"RenderQ JobSpec", rule, b"Hyper-threading enabled", b"one"]) == [b"one"]


def test_the_last_error_and_progress_count() -> None:
    progress = [progress_line("encode", "1001-1100", done, 100, 2.0) for done in (0, 62)]
    lines = [b"error: first.", *(line.encode() for line in progress), b"error: \xff last.", b"an error: none"]
    assert last_error(lines) == "\ufffd last."
    assert last_progress(lines) == progress[1]
    assert (last_error([]), last_progress([b"x"])) == (None, None)


def test_the_path_of_a_log(make_job: Callable[..., JobStatus], tmp_path: Path) -> None:
    job = make_job(log_dir=str(tmp_path))
    path = Path(log_path(job, "1001-encode"))
    assert path == tmp_path / "testing-sh010-alice_demo.1001-encode.rqlog"
    with pytest.raises(InputRefused, match="not written yet, or its storage is not mounted here"):
        read_log_end(str(path))
    for ending in ("", ".1", ".2"):
        Path(f"{path}{ending}").touch()
    assert earlier_tries(str(path)) == [f"{path}.1", f"{path}.2"]
    with pytest.raises(InputRefused, match="go to Loki"):
        log_path(make_job(loki_url="http://loki"), "1001-encode")


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
