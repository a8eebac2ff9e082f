# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""What another library (PyAV) sees and hears in a file: nothing here uses the code under test."""

import array
import itertools
import subprocess
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import av

LOUD = 6000


@dataclass(frozen=True)
class Sound:
    """One audio stream: the time of its first sample on the file's clock, its layout, its samples in mono at 48 kHz."""

    start: Fraction
    layout: str
    samples: array.array

    @property
    def onset(self) -> Fraction:
        """When the first burst peaks, on the file's clock."""
        loud = next(i for i, sample in enumerate(self.samples) if abs(sample) > LOUD)
        near = range(max(0, loud - 100), min(len(self.samples), loud + 400))
        # The middle of the burst's energy moves less in a lossy codec than its first loud sample.
        energy = [(i, self.samples[i] ** 2) for i in near]
        middle = sum(i * e for i, e in energy) / sum(e for _, e in energy)
        return self.start + Fraction(middle) / 48000


def hear(path: Path, number: int = 0) -> Sound:
    """Decodes one audio stream."""
    samples = array.array("h")
    start = None
    with av.open(str(path), metadata_errors="replace") as container:
        stream = container.streams.audio[number]
        layout = stream.codec_context.layout.name
        resampler = av.AudioResampler(format="s16", layout="mono", rate=48000)
        for frame in container.decode(stream):
            if start is None:
                start = frame.pts * frame.time_base
            for converted in resampler.resample(frame):
                samples.frombytes(bytes(converted.planes[0])[: converted.samples * 2])
    assert start is not None
    return Sound(start, layout, samples)


def sample_count(path: Path, ffmpeg: str) -> int:
    """Samples that a player plays: what an encoder's last packet holds beyond the end is left out."""
    pcm = subprocess.run(
        [ffmpeg, "-nostdin", "-v", "error", "-i", str(path), "-map", "0:a:0", "-ac", "1", "-f", "s16le", "-"],
        check=True, capture_output=True, stdin=subprocess.DEVNULL,
    ).stdout  # fmt: skip
    return len(pcm) // 2


def picture_times(path: Path) -> list[Fraction]:
    """The times of the decoded pictures, in order, in seconds."""
    with av.open(str(path), metadata_errors="replace") as container:
        return [frame.pts * frame.time_base for frame in container.decode(video=0)]


def steps(path: Path) -> set[Fraction]:
    """The different distances between one picture and the next."""
    return {later - earlier for earlier, later in itertools.pairwise(picture_times(path))}


def onset_after_picture(path: Path, number: int = 0) -> Fraction:
    """Seconds from the first picture to the burst in the sound."""
    return hear(path, number).onset - picture_times(path)[0]


def streams(path: Path) -> list[str]:
    with av.open(str(path), metadata_errors="replace") as container:
        return [stream.type for stream in container.streams]


def tags(path: Path) -> dict[str, str]:
    with av.open(str(path), metadata_errors="replace") as container:
        return dict(container.metadata)


def rgb(path: Path, ffmpeg: str, frame: int = 0, chain: str = "") -> bytes:
    """One picture as 8-bit RGB, by the file's own tags."""
    graph = f"select=eq(n\\,{frame}),{chain + ',' if chain else ''}scale=flags=accurate_rnd+full_chroma_int,format=gbrp"
    return _raw(path, ffmpeg, graph)


def planes(path: Path, ffmpeg: str, chain: str = "format=yuv420p") -> bytes:
    """All pictures as raw planes."""
    return _raw(path, ffmpeg, chain)


def upright(path: Path, ffmpeg: str) -> bytes:
    """All pictures of the clip "turned", turned so that chroma, stored left of its pixels, keeps its place."""
    flags = "flags=lanczos+accurate_rnd+full_chroma_int"
    spread = f"scale=in_chroma_loc=left:{flags},format=yuv444p"
    graph = f"{spread},transpose=cclock,scale=out_chroma_loc=left:{flags},format=yuv420p"
    return _raw(path, ffmpeg, graph, "-noautorotate")


def _raw(path: Path, ffmpeg: str, graph: str, *options: str) -> bytes:
    return subprocess.run(
        [ffmpeg, "-nostdin", "-v", "error", *options, "-i", str(path), "-map", "0:v:0", "-vf", graph,
         "-fps_mode", "passthrough", "-f", "rawvideo", "-"],
        check=True, capture_output=True, stdin=subprocess.DEVNULL,
    ).stdout  # fmt: skip


def mean_difference(one: bytes, other: bytes) -> float:
    assert len(one) == len(other)
    return sum(abs(a - b) for a, b in zip(one, other, strict=True)) / len(one)


def boxes(path: Path) -> list[str]:
    """The top-level boxes of an MP4 or MOV file, in order."""
    data, found, at = path.read_bytes(), [], 0
    while at + 8 <= len(data):
        size = int.from_bytes(data[at : at + 4], "big")
        found.append(data[at + 4 : at + 8].decode("ascii", "replace"))
        if size == 1:
            size = int.from_bytes(data[at + 8 : at + 16], "big")
        if size == 0:
            break
        at += size
    return found
