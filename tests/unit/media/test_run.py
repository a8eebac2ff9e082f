# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Running a program that may hang, shout, ignore signals or not be there."""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cueffmpeg_gui.errors import HostNotFit, TemporaryTrouble
from cueffmpeg_gui.media.progress import Progress, ProgressReader, progress_line
from cueffmpeg_gui.media.run import run_ffmpeg, run_quietly

Script = Callable[[str], list[str]]


@pytest.fixture
def script(tmp_path: Path) -> Script:
    """Makes a shell program that first writes its process id into tmp_path/pid."""

    def make(body: str) -> list[str]:
        path = tmp_path / "program"
        path.write_text(f"#!/bin/bash\necho $$ > {tmp_path}/pid\n{body}\n")
        path.chmod(0o755)
        return [str(path)]

    return make


def is_gone(folder: Path) -> bool:
    pid = int((folder / "pid").read_text())
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    return False


def test_what_hangs_is_stopped(script: Script, tmp_path: Path) -> None:
    outcome = run_ffmpeg(script("exec sleep 600"), stall_seconds=0.3)
    assert outcome.stalled
    assert outcome.returncode == -15
    assert "no progress" in outcome.reason
    assert is_gone(tmp_path)


def test_what_ignores_term_is_killed(script: Script, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cueffmpeg_gui.media.run.TERM_GRACE_SECONDS", 0.3)
    outcome = run_ffmpeg(script("trap '' TERM INT\nwhile :; do read -t 5 < <(:); done"), stall_seconds=0.3)
    assert (outcome.stalled, outcome.returncode) == (True, -9)
    assert is_gone(tmp_path)


def test_what_closes_its_outputs_and_hangs_is_stopped_too(script: Script, tmp_path: Path) -> None:
    outcome = run_ffmpeg(script("exec sleep 600 >/dev/null 2>&1"), stall_seconds=0.5)
    assert outcome.stalled
    assert is_gone(tmp_path)


def test_what_leaves_a_child_behind_is_not_waited_for(script: Script) -> None:
    outcome = run_ffmpeg(script("sleep 4 &\necho progress=end"), stall_seconds=15)
    assert (outcome.returncode, outcome.stalled, outcome.progress.ended) == (0, False, True)


def test_what_only_shouts_does_not_move(script: Script, tmp_path: Path) -> None:
    outcome = run_ffmpeg(
        script("while :; do echo noise >&2; echo frame=1; echo progress=continue; sleep 0.05; done"), stall_seconds=0.5
    )
    assert outcome.stalled
    assert outcome.errors
    assert is_gone(tmp_path)


def test_what_moves_slowly_is_left_alone(script: Script) -> None:
    outcome = run_ffmpeg(
        script("for i in $(seq 12); do sleep 0.2; echo frame=$i; echo progress=continue; done; echo progress=end"),
        stall_seconds=2,
    )
    assert not outcome.stalled
    assert outcome.progress.ended


def test_progress_is_reported_block_by_block(script: Script) -> None:
    seen: list[Progress] = []
    body = "printf 'frame=1\\nfps=0.0\\ntotal_size=N/A\\nprogress=continue\\nframe=2\\nprogress=end\\n'"
    outcome = run_ffmpeg(script(body), stall_seconds=5, on_progress=seen.append)
    assert [(block.frame, block.ended) for block in seen] == [(1, False), (2, True)]
    assert outcome.progress == seen[-1]


def test_the_first_error_and_the_last_ones_are_kept_and_any_byte_is_text(script: Script) -> None:
    outcome = run_ffmpeg(
        script("for i in $(seq 200); do echo line $i >&2; done; printf '\\xff end' >&2; exit 3"), stall_seconds=5
    )
    assert outcome.returncode == 3
    assert len(outcome.errors) == 50
    assert (outcome.errors[0], outcome.errors[1], outcome.errors[-1]) == ("line 1", "line 153", "\ufffd end")


def test_the_reason_is_the_first_complaint_without_places_in_memory(script: Script) -> None:
    outcome = run_ffmpeg(
        script("echo '[aac @ 0x5613802fcf00] Unsupported.' >&2; echo 'Gave up.' >&2; exit 1"), stall_seconds=5
    )
    assert outcome.reason == "[aac] Unsupported"


def test_a_silent_failure_says_its_exit_code(script: Script) -> None:
    assert run_ffmpeg(script("exit 7"), stall_seconds=5).reason == "exit code 7"


def test_much_output_on_both_pipes_blocks_nobody(script: Script) -> None:
    body = (
        "head -c 3000000 /dev/zero | tr '\\0' x >&2; for i in $(seq 20000); do echo frame=$i; done; echo progress=end"
    )
    assert run_ffmpeg(script(body), stall_seconds=20).progress.frame == 20000


def test_an_exception_in_the_listener_ends_the_program(script: Script, tmp_path: Path) -> None:
    def fail(progress: Progress) -> None:
        raise RuntimeError("stop")

    with pytest.raises(RuntimeError, match="stop"):
        run_ffmpeg(script("echo progress=continue; exec sleep 600"), stall_seconds=60, on_progress=fail)
    assert is_gone(tmp_path)


@pytest.mark.parametrize("content", [None, "not a program", ""])
def test_what_cannot_be_started_is_a_hosts_fault(content: str | None, tmp_path: Path) -> None:
    program = tmp_path / "ffmpeg"
    if content is not None:
        program.write_text(content)
    with pytest.raises(HostNotFit, match=rf"{program} cannot be started on this host: .+\.$"):
        run_ffmpeg([str(program)], stall_seconds=1)
    with pytest.raises(HostNotFit):
        run_quietly([str(program)])


def test_a_question_without_an_answer_is_given_up(script: Script, tmp_path: Path) -> None:
    with pytest.raises(TemporaryTrouble, match="did not answer"):
        run_quietly(script("exec sleep 600"), timeout=0.3)
    assert is_gone(tmp_path)


def test_a_short_run_keeps_what_it_prints(script: Script) -> None:
    output = run_quietly(script("echo out; echo err >&2; exit 4"))
    assert (output.returncode, output.stdout, output.stderr) == (4, b"out\n", "err\n")


def test_programs_read_nothing_from_the_terminal(script: Script) -> None:
    assert run_quietly(script("cat")).stdout == b""


@given(
    lines=st.lists(
        st.one_of(
            st.text(max_size=30),
            st.sampled_from(
                [
                    "frame=N/A",
                    "frame=nan",
                    "fps=inf",
                    "frame=1e999",
                    "total_size=-1",
                    "progress=continue",
                    "progress=end",
                    "=",
                ]
            ),
        )
    )
)
def test_no_line_upsets_the_reader_of_progress(lines: list[str]) -> None:
    reader = ProgressReader()
    for line in [*lines, "progress=end"]:
        progress = reader.feed(line)
    assert progress is not None
    assert progress.ended


@given(done=st.integers(0, 10**6), total=st.integers(0, 10**6), seconds=st.floats(0, 10**6))
def test_a_progress_line_is_always_sane(done: int, total: int, seconds: float) -> None:
    line = progress_line("encode", "1-9", done, total, seconds)
    assert line.startswith("encode 1-9  ")
    assert 0 <= int(line.split()[2]) <= 100
    assert line.isascii()


def test_a_progress_line_reads_as_promised() -> None:
    assert progress_line("encode", "1001-1100", 62, 100, 62 / 48.1) == "encode 1001-1100  62 %  48.1 fps  ETA 0:01"


def test_waiting_costs_no_processor(script: Script) -> None:
    before = time.process_time()
    run_ffmpeg(script("exec sleep 1"), stall_seconds=5)
    assert time.process_time() - before < 0.5


BESIDE_THREADS = """
import os
import subprocess
import sys
forks = []
os.register_at_fork(before=lambda: forks.append(1))
from cueffmpeg_gui.media.run import run_quietly
assert run_quietly(["/bin/echo", "yes"]).stdout == b"yes\\n"
assert not forks, "a forked copy of this process ran Python, which may crash beside threads"
"""


def test_short_commands_are_started_without_a_copy_of_this_process() -> None:
    subprocess.run([sys.executable, "-c", BESIDE_THREADS], check=True)
