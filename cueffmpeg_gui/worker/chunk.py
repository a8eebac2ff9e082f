# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The encode of one chunk: made, checked, and described by what it was made of, so that it can be kept or refused."""

import hashlib
import json
import os
import shutil
from dataclasses import dataclass, replace
from typing import Optional

from cueffmpeg_gui.errors import CueffmpegError
from cueffmpeg_gui.jobs.layer_tasks import chunk_task
from cueffmpeg_gui.jobs.paths import JobPaths
from cueffmpeg_gui.jobs.plan import threads_of
from cueffmpeg_gui.jobs.spec import JobSpec
from cueffmpeg_gui.media.checks import check_chunk
from cueffmpeg_gui.media.documents import from_plain, json_bytes, read_json, to_plain
from cueffmpeg_gui.media.encode import EncodeTask, build_chunk, settings_of
from cueffmpeg_gui.media.frames import FrameRange
from cueffmpeg_gui.media.inspect import inspect
from cueffmpeg_gui.media.packets import read_packet_digests
from cueffmpeg_gui.media.seek import has_cuts, slowly
from cueffmpeg_gui.worker.failure import explain_ffmpeg, missed_frames
from cueffmpeg_gui.worker.ffmpeg import run_reported
from cueffmpeg_gui.worker.host import ffmpeg_version
from cueffmpeg_gui.worker.inputs import identity_of, naming_changes
from cueffmpeg_gui.worker.part_files import making, write_made
from cueffmpeg_gui.worker.report import say

SCHEMA = "cueffmpeg.chunk/1"


@dataclass(frozen=True)
class ChunkFacts:
    """What a chunk was made of (digests of settings and inputs, ffmpeg's version) and the digest of its packets."""

    settings: str
    ffmpeg: str
    inputs: str
    frames: FrameRange
    packets: str = ""


def make_chunk(folder: str, spec: JobSpec, chunk: FrameRange, ffmpeg: str) -> None:
    """Encodes the chunk, or keeps the one that is there when nothing it was made of has changed."""
    encode = chunk_task(spec, chunk)
    wanted = _wanted(spec, encode, ffmpeg)
    places, work = JobPaths(spec, folder), os.path.join(folder, "work")
    if _is_kept(places, chunk, wanted, ffmpeg) or _is_taken_over(spec, places, chunk, wanted, ffmpeg):
        return
    count = len(encode.frames)
    with making(places.chunk(chunk)) as part, naming_changes(encode.source, encode.frames):
        argv = build_chunk(encode, part.path, ffmpeg, threads_of(spec))
        outcome = run_reported(argv, spec, "encode", chunk, total=count, cwd=work)
        if missed_frames(outcome, count) and has_cuts(encode.source):
            say("note: the seek did not give the frames; decoding from the start instead")
            slow = replace(encode, source=slowly(encode.source))
            argv = build_chunk(slow, part.path, ffmpeg, threads_of(spec))
            outcome = run_reported(argv, spec, "encode", chunk, total=count, cwd=work)
        explain_ffmpeg(outcome, encode.source.path, count)
        check_chunk(encode, inspect(part.path, ffmpeg))
    packets = read_packet_digests(places.chunk(chunk), ffmpeg).digest
    _write(places, chunk, wanted, packets)
    say(f"wrote {places.chunk(chunk)} ({os.path.getsize(places.chunk(chunk))} bytes, {count} frames)")


def read_chunk_facts(places: JobPaths, chunk: FrameRange) -> ChunkFacts:
    """What stands beside a chunk; raises InputRefused when nothing readable does."""
    path = places.chunk_facts(chunk)
    return from_plain(ChunkFacts, read_json(path, SCHEMA), path)


def _wanted(spec: JobSpec, encode: EncodeTask, ffmpeg: str) -> ChunkFacts:
    settings = settings_of(encode, threads_of(spec))
    inputs = identity_of(encode.source, encode.frames)
    return ChunkFacts(_digest(settings), ffmpeg_version(ffmpeg), inputs, encode.frames)


def _is_kept(places: JobPaths, chunk: FrameRange, wanted: ChunkFacts, ffmpeg: str) -> bool:
    if _fitting_packets(places, chunk, wanted, ffmpeg) is None:
        return False
    say(f"kept {places.chunk(chunk)}: source, settings and ffmpeg are unchanged")
    return True


def _is_taken_over(spec: JobSpec, places: JobPaths, chunk: FrameRange, wanted: ChunkFacts, ffmpeg: str) -> bool:
    if spec.reuse is None:
        return False
    earlier = JobPaths(spec, spec.reuse)
    packets = _fitting_packets(earlier, chunk, wanted, ffmpeg)
    if packets is None:
        return False
    with making(places.chunk(chunk)) as part:
        shutil.copyfile(earlier.chunk(chunk), part.path)
    _write(places, chunk, wanted, packets)
    say(f"kept {earlier.chunk(chunk)} of the earlier job: source, settings and ffmpeg are unchanged")
    return True


def _fitting_packets(places: JobPaths, chunk: FrameRange, wanted: ChunkFacts, ffmpeg: str) -> Optional[str]:
    """The digest of a chunk that is there, whole, and made of what is wanted; else None."""
    try:
        found = read_chunk_facts(places, chunk)
        made_of = (found.settings, found.ffmpeg, found.inputs, found.frames)
        if made_of != (wanted.settings, wanted.ffmpeg, wanted.inputs, wanted.frames):
            return None
        return found.packets if read_packet_digests(places.chunk(chunk), ffmpeg).digest == found.packets else None
    except (CueffmpegError, OSError):
        return None


def _write(places: JobPaths, chunk: FrameRange, wanted: ChunkFacts, packets: str) -> None:
    facts = ChunkFacts(wanted.settings, wanted.ffmpeg, wanted.inputs, wanted.frames, packets)
    write_made(places.chunk_facts(chunk), json_bytes(SCHEMA, to_plain(facts)))


def _digest(value: object) -> str:
    return hashlib.sha256(json.dumps(value).encode()).hexdigest()
