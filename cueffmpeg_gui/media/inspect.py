# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""What ffmpeg alone says of a file: for render hosts, which have neither ffprobe nor PyAV.

Everything is read from machine-readable outputs (framecrc, ffmetadata) or from showinfo's key:value pairs.
"""

import re
from dataclasses import dataclass
from fractions import Fraction
from typing import Optional

from cueffmpeg_gui.errors import OutputRejected
from cueffmpeg_gui.media.colour import UNKNOWN, Colour
from cueffmpeg_gui.media.containers import local_input
from cueffmpeg_gui.media.run import CommandOutput, run_quietly

PACKETS = ("-c", "copy", "-f", "framecrc", "-")
HOLE = Fraction(1, 100)
PAIR = re.compile(r"([a-z_]+):\s*(\S+)")


@dataclass(frozen=True)
class Inspection:
    """Packets and tags of a file: picture times are sorted, in ticks of `time_base` seconds as are their `lengths`.

    `audio_ends` are the seconds from the file's start to the end of each audio stream; `audio_holes` those at which one
    lacks sound for a while.
    """

    codec: str
    width: int
    height: int
    sample_aspect: Fraction
    time_base: Fraction
    times: tuple[int, ...]
    lengths: frozenset[int]
    pix_fmt: str
    tags: Colour
    audio_ends: tuple[Fraction, ...]
    timecode: Optional[str]
    audio_holes: tuple[Fraction, ...] = ()


def inspect(path: str, ffmpeg: str) -> Inspection:
    """Reads every packet of the first video stream and of all audio streams, and decodes one picture.

    Raises OutputRejected when the file cannot be read.
    """
    packets = _ask(path, ffmpeg, ["-map", "0:v:0", "-map", "0:a?", *PACKETS], "error")
    tags = _ask(path, ffmpeg, ["-map", "0:v:0", "-c", "copy", "-f", "ffmetadata", "-"], "error")
    picture = _ask(path, ffmpeg, ["-map", "0:v:0", "-frames:v", "1", "-vf", "showinfo", "-f", "null", "-"], "info")
    return _read(packets.stdout.decode("utf-8", "replace"), picture.stderr, tags.stdout.decode("utf-8", "replace"))


def read_audio_ends(path: str, ffmpeg: str) -> tuple[Fraction, ...]:
    """Where each audio stream ends, in seconds; raises OutputRejected when the file cannot be read."""
    packets = _ask(path, ffmpeg, ["-map", "0:a", *PACKETS], "error").stdout.decode("utf-8", "replace")
    return _audio_ends(*_split(packets))


def _ask(path: str, ffmpeg: str, arguments: list[str], level: str) -> CommandOutput:
    output = run_quietly([ffmpeg, "-nostdin", "-hide_banner", "-nostats", "-v", level, *local_input(path), *arguments])
    if output.returncode != 0:
        *_, reason = ["it gives no reason", *output.stderr.strip().splitlines()]
        raise OutputRejected(f"{path} cannot be read back: {reason}.")
    return output


def _read(packets: str, picture: str, metadata: str) -> Inspection:
    notes, rows = _split(packets)
    shown = dict(PAIR.findall(" ".join(line for line in picture.splitlines() if "showinfo" in line)))
    width, _, height = notes.get(("dimensions", 0), "0x0").partition("x")
    timecode = re.search(r"^timecode=(.+)$", metadata, re.MULTILINE)
    return Inspection(
        codec=notes.get(("codec_id", 0), ""),
        width=int(width),
        height=int(height),
        sample_aspect=Fraction(notes.get(("sar", 0), "1/1")) if "0/1" not in notes.get(("sar", 0), "") else Fraction(1),
        time_base=Fraction(notes[("tb", 0)]),
        times=tuple(sorted(row[1] for row in rows if row[0] == 0)),
        lengths=frozenset(row[2] for row in rows if row[0] == 0),
        pix_fmt=shown.get("fmt", ""),
        tags=_tags(shown),
        audio_ends=_audio_ends(notes, rows),
        timecode=timecode.group(1).replace("\\", "") if timecode else None,
        audio_holes=_audio_holes(notes, rows),
    )


def _audio_ends(notes: dict[tuple[str, int], str], rows: list[tuple[int, int, int]]) -> tuple[Fraction, ...]:
    audio = sorted(index for name, index in notes if name == "media_type" and notes[name, index] == "audio")
    ends = dict.fromkeys(audio, 0)
    for stream, time, duration in rows:
        if stream in ends:
            ends[stream] = max(ends[stream], time + duration)
    return tuple(ends[index] * Fraction(notes["tb", index]) for index in audio)


def _audio_holes(notes: dict[tuple[str, int], str], rows: list[tuple[int, int, int]]) -> tuple[Fraction, ...]:
    """Where the next packet of a stream begins later than the one before ends, by more than containers round."""
    ends: dict[int, int] = {}
    holes = []
    for stream, time, duration in sorted(rows):
        if notes.get(("media_type", stream)) == "audio":
            end = ends.get(stream, time)
            if (time - end) * Fraction(notes["tb", stream]) > HOLE:
                holes.append(end * Fraction(notes["tb", stream]))
            ends[stream] = max(end, time + duration)
    return tuple(holes)


def _split(packets: str) -> tuple[dict[tuple[str, int], str], list[tuple[int, int, int]]]:
    notes: dict[tuple[str, int], str] = {}
    rows: list[tuple[int, int, int]] = []
    for line in packets.splitlines():
        note = re.match(r"#(\w+) (\d+): (.*)", line)
        if note:
            notes[note.group(1), int(note.group(2))] = note.group(3)
        elif line and not line.startswith("#"):
            stream, _, pts, duration = line.split(",")[:4]
            rows.append((int(stream), int(pts), int(duration)))
    return notes, rows


def _tags(shown: dict[str, str]) -> Colour:
    names = ("color_range", "color_space", "color_primaries", "color_trc")
    return Colour(*(shown.get(name, UNKNOWN).replace("unspecified", UNKNOWN) for name in names))
