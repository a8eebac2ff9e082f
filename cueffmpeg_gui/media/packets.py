# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The pictures of an encoded file as digests, packet by packet: equal digests and headers decode to equal frames."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from cueffmpeg_gui.errors import OutputRejected
from cueffmpeg_gui.media.containers import local_input
from cueffmpeg_gui.media.run import run_quietly


@dataclass(frozen=True)
class PacketDigests:
    """Digest of the codec's header (SPS and PPS for H.264), and a digest for each packet in decode order."""

    header: str
    digests: tuple[str, ...]

    @property
    def digest(self) -> str:
        """One digest of all."""
        return hashlib.sha256("\n".join((self.header, *self.digests)).encode()).hexdigest()

    def part(self, start: int, count: int) -> "PacketDigests":
        """Some of the pictures, as a file of their own would be."""
        return PacketDigests(self.header, self.digests[start : start + count])


def read_packet_digests(path: str, ffmpeg: str) -> PacketDigests:
    """Reads them with ffmpeg's framehash muxer (stream copy: nothing is decoded); raises OutputRejected."""
    arguments = [
        "-nostdin",
        "-v",
        "error",
        *local_input(path),
        "-map",
        "0:v:0",
        "-c",
        "copy",
        "-f",
        "framehash",
        "-hash",
        "md5",
    ]
    output = run_quietly([ffmpeg, *arguments, "-"])
    if output.returncode != 0:
        raise OutputRejected(f"{path} cannot be read back: {' '.join(output.stderr.split())}.")
    return parse_packet_digests(output.stdout.decode("ascii", "replace").splitlines())


def parse_packet_digests(lines: Iterable[str]) -> PacketDigests:
    """Lines are "#extradata stream, size, digest" and "stream, dts, pts, duration, size, digest"."""
    header, digests = "", []
    for line in lines:
        if line.startswith("#extradata"):
            header = line.rpartition(",")[2].strip()
        elif line and not line.startswith("#"):
            digests.append(line.rpartition(",")[2].strip())
    return PacketDigests(header, tuple(digests))
