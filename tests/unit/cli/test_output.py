# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""What steers a terminal never reaches one, whoever chose the text."""

import os
import pty
import re
import sys
from collections.abc import Callable

import click
import pytest

from cueffmpeg_gui.cli import output
from cueffmpeg_gui.cli.app import exit_code_of
from cueffmpeg_gui.errors import InputRefused

HOSTILE = "a\x1b]0;owned\x07b\x1b[2J\x9b31m\rc\udc9bd\x08\x00\nnext[bold red]"
SHOWN = r"a\x1b]0;owned\x07b\x1b[2J\x9b31m\rc\udc9bd\x08\x00\nnext[bold red]"
CONTROLS = re.compile(rb"[\x00-\x08\x0b-\x1f\x7f]|\xc2[\x80-\x9f]")


@pytest.mark.parametrize("write", [output.say, output.print_line], ids=["say", "print_line"])
def test_a_line_is_one_line_without_controls(write: Callable[[str], None], capfd: pytest.CaptureFixture[str]) -> None:
    write(HOSTILE)
    assert "".join(capfd.readouterr()) == SHOWN + "\n"


def refuse() -> None:
    raise InputRefused(HOSTILE)


def misuse() -> None:
    raise click.UsageError(HOSTILE)


@pytest.mark.parametrize(("fail", "code"), [(refuse, 3), (misuse, 2)])
def test_an_error_shows_no_controls(fail: Callable[[], None], code: int, capsys: pytest.CaptureFixture[str]) -> None:
    assert exit_code_of(fail) == code
    shown = capsys.readouterr().err
    assert r"a\x1b]0;owned\x07b" in shown
    assert all(line.isprintable() for line in shown.split("\n"))


def test_a_log_is_raw_in_a_pipe_and_harmless_in_a_terminal(
    monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    content = b"one\x1b]0;owned\x07\ttwo\x9b31m\n\xc3\xa9\n"
    output.print_log(content)
    assert capfdbinary.readouterr().out == content
    master, slave = pty.openpty()
    with open(slave, "w", encoding="utf-8", errors="surrogateescape") as terminal:
        monkeypatch.setattr(sys, "stdout", terminal)
        output.print_log(content)
    shown = os.read(master, 1000).replace(b"\r\n", b"\n")
    os.close(master)
    assert not CONTROLS.search(shown)
    assert shown == "one\\x1b]0;owned\\x07    two\\udc9b31m\né\n".encode()
