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
ROW = re.compile(rb"s (\d+)((?: -?\d+\.\d+)+)")
HEADER_KINDS = {"layer": str, "first": int, "last": int, "metrics": list, "vmaf_model": str}


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
        row = ROW.fullmatch(body)
        if not mark or not row or f"{zlib.crc32(body):08x}".encode() != check:
            return
        numbers = tuple(float(number) for number in row.group(2).split())
        if self.header and len(numbers) == len(self.header["metrics"]):
            self.rows[int(row.group(1))] = numbers

    def _take_mark(self, text: bytes) -> None:
        if text.startswith(b"end "):
            self.ended = True
            return
        try:
            header = json.loads(text)
        except (ValueError, RecursionError):
            return
        # The same header again is a repeated line, or the same work done again: rows of either are right.
        if _is_header(header) and header != self.header:
            self.header, self.rows, self.ended = header, {}, False


def _is_header(data: Any) -> bool:
    if not isinstance(data, dict):
        return False
    if not all(type(data.get(key)) is kind for key, kind in HEADER_KINDS.items()):
        return False
    return data["first"] <= data["last"] and all(isinstance(metric, str) for metric in data["metrics"])
