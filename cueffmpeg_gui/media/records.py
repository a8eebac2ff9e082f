# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Score records in an rqd log: printed by compare, one line a picture, each checking itself.

rqd may prefix, tear, repeat or lose lines; a line that fails its check is no score.
"""

import json
import math
import re
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from cueffmpeg_gui.errors import InputRefused
from cueffmpeg_gui.media.frames import check_frames, parse_range
from cueffmpeg_gui.media.log_time import without_time
from cueffmpeg_gui.media.metrics import is_unbounded
from cueffmpeg_gui.media.provenance import provenance_document, read_provenance
from cueffmpeg_gui.media.record_block import by_blocks, read_block
from cueffmpeg_gui.media.rows import LayeredRows, Row, with_layer
from cueffmpeg_gui.media.scores import SCHEMA, Scores, check_names

ROW = re.compile(rb"s (\d+)((?: (?:-?\d+\.\d+|inf))+)")
HEADER_KINDS = {"layer": str, "first": int, "last": int, "metrics": list, "vmaf_model": str}


def score_lines(scores: Scores) -> Iterator[str]:
    """The lines that carry these scores: a header, a record a frame, an end with the count."""
    header = {
        "layer": scores.layer,
        "first": scores.first,
        "last": scores.last,
        "metrics": list(scores.metrics),
        "vmaf_model": scores.vmaf_model,
        **({"every": scores.every} if scores.every > 1 else {}),
        **({"absent": [str(run) for run in scores.absent]} if scores.absent else {}),
        **({"provenance": provenance_document(scores.provenance)} if scores.provenance else {}),
    }
    yield f"{SCHEMA} {json.dumps(header)}"
    for frame in sorted(scores.rows):
        text = f"s {frame} " + " ".join(f"{value:.6f}" for value in scores.rows[frame])
        yield f"{text} *{zlib.crc32(text.encode()):08x}"
    yield f'{SCHEMA} end {{"rows":{len(scores.rows)}}}'


class RecordReader:
    """Collects score records from lines as they come; feed it any piece of a log in any order of pieces."""

    def __init__(self) -> None:
        self.header: dict[str, Any] = {}
        self.ended = False
        self._layers: list[dict[int, Row]] = []
        self._new: dict[int, Row] = {}

    def feed(self, lines: Sequence[bytes]) -> None:
        """Takes whole lines, without their ends."""
        by_blocks(lines, self.take_block, self.take_line)

    def scores(self) -> Scores:
        """What is known so far. Call it once there is a header. Nothing is copied, and later lines change nothing."""
        if self._new:
            self._layers, self._new = with_layer(self._layers, self._new), {}
        head, rows, every = self.header, LayeredRows(self._layers), self.header.get("every", 1)
        metrics = tuple(head["metrics"])
        made = read_provenance(head.get("provenance"))
        absent = tuple(map(parse_range, head.get("absent", ())))
        scores = Scores(head["layer"], head["first"], head["last"], metrics, head["vmaf_model"], rows, every=every)
        return replace(scores, provenance=made, absent=absent)

    def take_block(self, lines: Sequence[bytes]) -> bool:
        """Takes many records at once; takes nothing when anything about any of the lines is unusual."""
        found = read_block(lines, len(self.header["metrics"])) if self.header else None
        if found is None:
            return False
        frames, rows = found
        if min(frames) < self.header["first"] or max(frames) > self.header["last"]:
            return False
        self._new.update(zip(frames, rows))
        return True

    def take_line(self, line: bytes) -> None:
        """Takes one line."""
        text = without_time(line)
        if text.startswith(b"s "):
            self._take_row(text)
        elif text.startswith(SCHEMA.encode()):
            self._take_mark(text[len(SCHEMA) :].strip())

    def _take_row(self, text: bytes) -> None:
        body, mark, check = text.rstrip().rpartition(b" *")
        row = ROW.fullmatch(body)
        if not self.header or not mark or not row or f"{zlib.crc32(body):08x}".encode() != check:
            return
        try:
            frame = int(row.group(1))
        except ValueError:  # Python reads no number of thousands of digits
            return
        numbers = tuple(float(number) for number in row.group(2).split())
        if self._fits(numbers) and self.header["first"] <= frame <= self.header["last"]:
            self._new[frame] = numbers

    def _fits(self, numbers: Row) -> bool:
        metrics = self.header["metrics"]
        return len(numbers) == len(metrics) and all(
            math.isfinite(number) or is_unbounded(metric) for metric, number in zip(metrics, numbers)
        )

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
            self.header, self.ended = header, False
            self._layers, self._new = [], {}


def _is_header(data: Any) -> bool:
    if not isinstance(data, dict):
        return False
    if not all(type(data.get(key)) is kind for key, kind in HEADER_KINDS.items()):
        return False
    every = data.get("every", 1)
    if type(every) is not int or every < 1:
        return False
    try:
        check_frames(data["first"], data["last"], data["layer"])
        check_names(data["metrics"])
        read_provenance(data.get("provenance"))
        list(map(parse_range, data.get("absent", ())))
    except (InputRefused, ValueError, TypeError, AttributeError):
        return False
    return True
