# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The end of a log that is too long to read whole."""

import subprocess
import sys
from pathlib import Path

import pytest

from cueffmpeg_gui.errors import InputRefused
from cueffmpeg_gui.farm.logs import LAST_BYTES, read_log_end
from cueffmpeg_gui.farm.rqd_log import RqdLogReader
from cueffmpeg_gui.farm.tail import LogTail

RULES = {"rust": b"=" * 100, "python": b"=" * 59}
FOOTER = b"RenderQ Job Complete\nexitStatus          2\nexitSignal          0\nerror: of a dump\n"


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_the_last_error_of_a_huge_log_is_found_and_the_footer_is_no_output(tmp_path: Path, rule: bytes) -> None:
    path = tmp_path / "a.rqlog"
    noise = b"frame= 100 fps=25\n" * (LAST_BYTES // 9)
    path.write_bytes(noise + b"error: a.mov is cut short.\n\n" + rule + b"\n" + FOOTER)
    log = read_log_end(str(path))
    assert log.error == "a.mov is cut short."
    assert log.footer is not None
    assert log.footer.exit_status == 2


@pytest.mark.parametrize("before", [b"", b"[19:08:44] "], ids=["python", "rust"])
def test_a_host_that_did_not_find_the_job_folder_is_told_from_a_worker_that_failed(
    tmp_path: Path, before: bytes
) -> None:
    missing = tmp_path / "shot" / "worker.pyz"
    ran = subprocess.run([sys.executable, str(missing)], check=False, capture_output=True)
    path = tmp_path / "a.rqlog"
    path.write_bytes(before + ran.stderr)
    error = read_log_end(str(path)).error
    assert ran.returncode == 2
    assert error == (
        f"The job folder {missing.parent} was not there, or could not be read, on the host when the frame started; "
        "retry it when the host has it."
    )


def test_no_log_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputRefused):
        read_log_end(str(tmp_path / "none.rqlog"))


def test_a_tail_begins_with_a_whole_line_and_counts_what_it_left_out(tmp_path: Path) -> None:
    path = tmp_path / "a.log"
    path.write_bytes(b"one\ntwo\nthree\n")
    tail = LogTail(str(path), last_bytes=8)
    assert tail.read() == [b"three"]
    assert tail.skipped == len(b"one\ntwo\n")
    with path.open("ab") as file:
        file.write(b"four\n")
    assert tail.read() == [b"four"]


def test_a_short_file_is_read_whole_and_a_new_one_anew(tmp_path: Path) -> None:
    path = tmp_path / "a.log"
    path.write_bytes(b"one\n")
    tail = LogTail(str(path), last_bytes=8)
    assert (tail.read(), tail.skipped) == ([b"one"], 0)
    path.write_bytes(b"x\n")
    assert (tail.read(), tail.generation) == ([b"x"], 1)


def test_a_long_begin_without_an_end_of_line_is_waited_out(tmp_path: Path) -> None:
    path = tmp_path / "a.log"
    path.write_bytes(b"0123456789")
    tail = LogTail(str(path), last_bytes=4)
    assert tail.read() == []
    with path.open("ab") as file:
        file.write(b"0\nnext\n")
    assert tail.read() == [b"next"]


def test_one_call_reads_no_more_than_it_may(tmp_path: Path) -> None:
    path = tmp_path / "a.log"
    path.write_bytes(b"one\ntwo\nthree\n")
    tail = LogTail(str(path), most_bytes=6)
    assert [tail.read() for _ in range(3)] == [[b"one"], [b"two"], [b"three"]]


def test_a_reader_that_begins_midway_takes_all_as_output() -> None:
    assert RqdLogReader(midway=True).feed([b"one", b"[12:00:00] two"]) == [b"one", b"two"]
