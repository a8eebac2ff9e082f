# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The join layer: chunks become one film by stream copy, and are proven to be in it packet by packet."""

import contextlib
import os
from collections.abc import Iterator, Sequence

from cueffmpeg_gui.errors import OutputRejected
from cueffmpeg_gui.jobs.layer_tasks import encode_task, sound_task
from cueffmpeg_gui.jobs.paths import JobPaths
from cueffmpeg_gui.jobs.spec import JobSpec
from cueffmpeg_gui.media.checks import check_encode
from cueffmpeg_gui.media.frames import FrameRange
from cueffmpeg_gui.media.inspect import inspect, read_audio_ends
from cueffmpeg_gui.media.join import build_join, chunk_list
from cueffmpeg_gui.media.packets import PacketDigests, read_packet_digests
from cueffmpeg_gui.worker.chunk import ChunkFacts, read_chunk_facts
from cueffmpeg_gui.worker.failure import explain_ffmpeg
from cueffmpeg_gui.worker.ffmpeg import run_reported
from cueffmpeg_gui.worker.host import find_ffmpeg
from cueffmpeg_gui.worker.output import making_output
from cueffmpeg_gui.worker.part_files import write_made
from cueffmpeg_gui.worker.report import say


def run_join(folder: str, spec: JobSpec, frame: int) -> None:
    """Makes the output whole or not at all. Raises CueffmpegError children."""
    ffmpeg = find_ffmpeg()
    places = JobPaths(spec, folder)
    files = [places.chunk(chunk) for chunk in spec.chunks]
    facts = [read_chunk_facts(places, chunk) for chunk in spec.chunks]
    _check_alike(files, facts)
    packets = [read_packet_digests(file, ffmpeg) for file in files]
    pictures = [spec.pictures(chunk) for chunk in spec.chunks]
    _check_untouched(files, pictures, facts, packets)
    encode = encode_task(spec)
    sound = places.sound if sound_task(spec) else ""
    if sound:
        read_audio_ends(sound, ffmpeg)
    script = chunk_list(files, pictures, encode.source.video.rate)
    with making_output(folder, spec, ffmpeg) as part, _written(places.chunk_list, script):
        argv = build_join(encode, places.chunk_list, sound, part.path, ffmpeg)
        outcome = run_reported(argv, spec, "join", spec.frames, total=len(encode.frames))
        explain_ffmpeg(outcome, "the joined chunks", len(encode.frames))
        _check_same_packets(files, packets, read_packet_digests(part.path, ffmpeg))
        check_encode(encode, inspect(part.path, ffmpeg))
    size = os.path.getsize(part.target)
    say(f"wrote {part.target} ({size} bytes, {len(encode.frames)} frames, each proven to be the chunks')")


@contextlib.contextmanager
def _written(path: str, script: str) -> Iterator[None]:
    """ffmpeg's script is there while it is needed."""
    write_made(path, os.fsencode(script))
    try:
        yield
    finally:
        with contextlib.suppress(OSError):
            os.unlink(path)


def _check_alike(files: Sequence[str], facts: Sequence[ChunkFacts]) -> None:
    for file, found in zip(files, facts):
        if (found.settings, found.ffmpeg) != (facts[0].settings, facts[0].ffmpeg):
            raise OutputRejected(
                f"{file} was made by ffmpeg {found.ffmpeg} or with other settings than {files[0]} "
                f"({facts[0].ffmpeg}); give all hosts one ffmpeg and retry the encode of that chunk."
            )


def _check_untouched(
    files: Sequence[str], chunks: Sequence[FrameRange], facts: Sequence[ChunkFacts], packets: Sequence[PacketDigests]
) -> None:
    for file, chunk, fact, found in zip(files, chunks, facts, packets):
        if (fact.frames, fact.packets) != (chunk, found.digest):
            raise OutputRejected(
                f"{file} is not what was encoded there: it was damaged or replaced; retry the encode of that chunk."
            )


def _check_same_packets(files: Sequence[str], chunks: Sequence[PacketDigests], film: PacketDigests) -> None:
    for file, chunk in zip(files, chunks):
        if chunk.header != chunks[0].header:
            raise OutputRejected(f"{file} has other stream headers than {files[0]}; retry the encode of that chunk.")
    wanted = [digest for chunk in chunks for digest in chunk.digests]
    if film.header != chunks[0].header or list(film.digests) != wanted:
        raise OutputRejected("The joined film does not hold the frames of its chunks one for one; retry the join.")
