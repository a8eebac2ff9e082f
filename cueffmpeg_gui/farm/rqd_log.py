# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The shape of an rqd log, Python's and Rust's: header, the frame's own output, footer.

Sources: rqd/rqd/rqcore.py (rules of 59 "=") and rust/crates/rqd/src/frame/running_frame.rs (rules of 100).
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Optional

from cueffmpeg_gui.media.log_time import without_time
from cueffmpeg_gui.media.progress import is_progress_line

RULE = re.compile(rb"^(?:={59}|={100})$")
SCRIPT = re.compile(rb"^Running .*:$")
FOOTER_TITLES = (b"RenderQ Job Complete", b"Render Frame Completed")
FOOTER_FIELD = re.compile(rb"^(exitStatus|exitSignal|killMessage)\s+(.*)$")
ERROR = "error: "
# What python3 says, and the only line there is, when a host does not find the worker.
NO_WORKER = re.compile(r"can't open file '(/.*)/worker\.pyz'")


@dataclass(frozen=True)
class Footer:
    """What rqd wrote when the frame had ended. `exit_status` and `exit_signal` are rqd's, see exitStatus there."""

    exit_status: int
    exit_signal: int
    kill_message: str = ""


class RqdLogReader:
    """Takes a log's lines as they come and gives the frame's own output.

    A line loses its "[HH:MM:SS] "; a carriage return ends a line, too. Header and footer, with all that rqd copies
    into them, are no output. Blank lines are held back until something follows: rqd writes some before the footer.
    With `midway` the lines begin somewhere in the output, after the header.
    """

    def __init__(self, midway: bool = False) -> None:
        self._stage: Callable[[bytes], list[bytes]] = self._output if midway else self._before
        self._is_midway = midway
        self._rule = b""
        self._held: list[bytes] = []
        self._fields: dict[str, bytes] = {}

    @property
    def ended(self) -> bool:
        """Whether the footer has begun. A log without one is still being written, or rqd died."""
        return self._stage == self._footer

    @property
    def footer(self) -> Optional[Footer]:
        """The footer once its exit lines are there."""
        fields = self._fields
        if not {"exitStatus", "exitSignal"} <= set(fields):
            return None
        return Footer(
            _number(fields["exitStatus"]), _number(fields["exitSignal"]), text_of(fields.get("killMessage", b""))
        )

    @property
    def in_output(self) -> bool:
        """Whether the header has ended and the footer not begun."""
        return self._stage == self._output

    def pass_output(self) -> None:
        """Says that output came by that is not fed, so that what was held back belonged to it."""
        self._held = []

    def feed(self, lines: Iterable[bytes]) -> list[bytes]:
        """Takes whole lines without their ends, returns the output among them."""
        return [piece for line in lines for out in self._stage(without_time(line)) for piece in _pieces(out)]

    def _before(self, line: bytes) -> list[bytes]:
        if RULE.match(line):
            self._rule, self._stage = line, self._header
        elif line.strip():  # no rqd wrote this; then all of it is output
            self._stage = self._output
            return self._output(line)
        return []

    def _header(self, line: bytes) -> list[bytes]:
        if line == self._rule:
            self._stage = self._start
        return []

    def _start(self, line: bytes) -> list[bytes]:
        """Between header and output the Rust rqd names its script, the Python rqd may name the cores."""
        if not line.strip() or line.startswith(b"Hyper-threading "):
            return []
        self._stage = self._output
        return [] if SCRIPT.match(line) else self._output(line)

    def _output(self, line: bytes) -> list[bytes]:
        if line in FOOTER_TITLES and self._held and self._is_rule(self._held[-1]):
            self._stage = self._footer
            return []
        self._held.append(line)
        if not line.strip() or self._is_rule(line):
            return []
        held, self._held = self._held, []
        return held

    def _is_rule(self, line: bytes) -> bool:
        return line == self._rule or (self._is_midway and RULE.match(line) is not None)

    def _footer(self, line: bytes) -> list[bytes]:
        match = FOOTER_FIELD.match(line)
        if match:  # only the first of each is rqd's: a kill message is followed by the dump of a request
            self._fields.setdefault(match.group(1).decode(), match.group(2))
        return []


def last_error(output: Iterable[bytes]) -> Optional[str]:
    """The sentence of the worker's last "error: " line, or what it means that no worker began."""
    lines = list(output)
    return _last(lines, lambda text: text.startswith(ERROR), len(ERROR)) or _no_worker(lines)


def _no_worker(lines: Iterable[bytes]) -> Optional[str]:
    found = NO_WORKER.search(_last(lines, lambda text: bool(NO_WORKER.search(text))) or "")
    return found and (
        f"The job folder {found[1]} was not there, or could not be read, on the host when the frame started; "
        "retry it when the host has it."
    )


def last_progress(output: Iterable[bytes]) -> Optional[str]:
    """The worker's last progress line, e.g. "encode 1001-1100  62 %  48.1 fps  ETA 0:12"."""
    return _last(output, is_progress_line)


def text_of(line: bytes) -> str:
    """A line as text; bytes that are no UTF-8 become U+FFFD."""
    return line.decode("utf-8", "replace")


def _last(output: Iterable[bytes], wanted: Callable[[str], bool], skip: int = 0) -> Optional[str]:
    found = [text for text in map(text_of, output) if wanted(text)]
    return found[-1][skip:].strip() if found else None


def _pieces(line: bytes) -> list[bytes]:
    return [piece for piece in line.split(b"\r") if piece] if b"\r" in line else [line]


def _number(text: bytes) -> int:
    try:
        return int(text)
    except ValueError:
        return -1
