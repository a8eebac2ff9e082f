# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Score records in an rqd log: printed by compare, one line a picture, each checking itself.

rqd may prefix, tear, repeat or lose lines; a line that fails its check is nobody's score.
"""

import json
import re
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from cueffmpeg_gui.media.scores import SCHEMA, Row, Scores

PREFIX = re.compile(rb"^\[\d\d:\d\d:\d\d\] ")
HEADER_KEYS = {"layer", "first", "last", "metrics", "vmaf_model"}


def score_lines(scores: Scores) -> Iterator[str]:
    """The lines that carry these scores: a header, a record a frame, an end with the count."""
    header = {
        "layer": scores.layer,
        "first": scores.first,
        "last": scores.last,
        "metrics": list(scores.metrics),
        "vmaf_model": scores.vmaf_model,
    }
    yield f"{SCHEMA} {json.dumps(header)}"
    for frame in sorted(scores.rows):
        text = f"s {frame} " + " ".join(f"{value:.6f}" for value in scores.rows[frame])
        yield f"{text} *{zlib.crc32(text.encode()):08x}"
    yield f'{SCHEMA} end {{"rows":{len(scores.rows)}}}'


@dataclass
class RecordReader:
    """Collects score records from lines as they come; feed it any piece of a log in any order of pieces."""

    header: dict[str, Any] = field(default_factory=dict)
    rows: dict[int, Row] = field(default_factory=dict)
    ended: bool = False

    def feed(self, lines: Iterable[bytes]) -> None:
        """Takes whole lines, without their ends."""
        for line in lines:
            text = PREFIX.sub(b"", line, count=1)
            if text.startswith(b"s "):
                self._take_row(text)
            elif text.startswith(SCHEMA.encode()):
                self._take_mark(text[len(SCHEMA) :].strip())

    def scores(self) -> Scores:
        """What is known so far. Call it once there is a header."""
        head = self.header
        rows = {frame: row for frame, row in self.rows.items() if head["first"] <= frame <= head["last"]}
        return Scores(head["layer"], head["first"], head["last"], tuple(head["metrics"]), head["vmaf_model"], rows)

    def _take_row(self, text: bytes) -> None:
        body, mark, check = text.rstrip().rpartition(b" *")
        if not mark or f"{zlib.crc32(body):08x}".encode() != check:
            return
        _, frame, *numbers = body.split(b" ")
        if self.header and len(numbers) == len(self.header["metrics"]):
            self.rows[int(frame)] = tuple(float(number) for number in numbers)

    def _take_mark(self, text: bytes) -> None:
        if text.startswith(b"end "):
            self.ended = True
            return
        try:
            header = json.loads(text)
        except ValueError:
            return
        if isinstance(header, dict) and set(header) >= HEADER_KEYS:
            self.header, self.rows, self.ended = header, {}, False
