# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The encode layer: source → part → checks → final name; the whole film, or one chunk of it."""

import os
import tempfile

from cueffmpeg_gui.errors import InputRefused
from cueffmpeg_gui.jobs.layer_tasks import encode_task
from cueffmpeg_gui.jobs.plan import threads_of
from cueffmpeg_gui.jobs.spec import JobSpec
from cueffmpeg_gui.media.checks import check_encode
from cueffmpeg_gui.media.encode import EncodeTask, build_encode
from cueffmpeg_gui.media.inspect import inspect
from cueffmpeg_gui.worker.chunk import make_chunk
from cueffmpeg_gui.worker.failure import explain_ffmpeg
from cueffmpeg_gui.worker.ffmpeg import run_reported
from cueffmpeg_gui.worker.host import find_ffmpeg, require
from cueffmpeg_gui.worker.inputs import check_sound, check_unchanged, naming_changes
from cueffmpeg_gui.worker.part_files import making
from cueffmpeg_gui.worker.report import say


def run_encode(folder: str, spec: JobSpec, frame: int) -> None:
    """Makes the output, or the chunk that holds `frame`, whole or not at all. Raises CueffmpegError children."""
    ffmpeg = find_ffmpeg()
    require(ffmpeg, "encoders", encode_task(spec).codec.encoder)
    chunk = spec.chunk_of(frame)
    check_unchanged("source", spec.source, chunk)
    if spec.is_chunked:
        make_chunk(folder, spec, chunk, ffmpeg)
    else:
        _make_whole(folder, spec, ffmpeg)


def output_of(spec: JobSpec) -> str:
    """Where the film goes; raises InputRefused when the job names nothing."""
    if spec.output is None:
        raise InputRefused("The job has no output to encode to.")
    return spec.output


def _make_whole(folder: str, spec: JobSpec, ffmpeg: str) -> None:
    encode = encode_task(spec)
    if encode.sound:
        check_sound(encode.sound.file)
    with making(output_of(spec)) as part, naming_changes(encode.source, encode.frames):
        _run(folder, encode, spec, part.path, ffmpeg)
    say(f"wrote {part.target} ({os.path.getsize(part.target)} bytes, {len(encode.frames)} frames)")


def _run(folder: str, encode: EncodeTask, spec: JobSpec, part: str, ffmpeg: str) -> None:
    with tempfile.TemporaryDirectory(prefix="pass.", dir=os.path.join(folder, "work")) as statistics:
        for argv in build_encode(encode, part, ffmpeg, threads_of(spec), os.path.join(statistics, "pass")):
            outcome = run_reported(argv, spec, "encode", spec.frames)
            explain_ffmpeg(outcome, encode.source.path, len(encode.frames))
    check_encode(encode, inspect(part, ffmpeg))
