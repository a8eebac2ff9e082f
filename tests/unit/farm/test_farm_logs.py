# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Logs of both rqds: recorded ones read whole, in pieces, torn, rotated and cut."""

import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from recorded_logs import RECORDED, RQDS, recorded

from cueffmpeg_gui.errors import InputRefused
from cueffmpeg_gui.farm.logs import earlier_tries, log_path, read_log_end
from cueffmpeg_gui.farm.rqd_log import Footer, RqdLogReader, last_error, last_progress
from cueffmpeg_gui.farm.status import JobStatus
from cueffmpeg_gui.farm.tail import LogTail
from cueffmpeg_gui.media.progress import progress_line

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
