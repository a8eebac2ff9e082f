# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The encode layer: source → part → checks → final name; the whole film, or one chunk of it."""

import contextlib
import glob
import os
import shutil
from collections.abc import Iterator

from cueffmpeg_gui.jobs.layer_tasks import encode_task
from cueffmpeg_gui.jobs.plan import threads_of
from cueffmpeg_gui.jobs.runs import is_dead, this_run
from cueffmpeg_gui.jobs.spec import JobSpec
from cueffmpeg_gui.media.checks import check_encode
from cueffmpeg_gui.media.encode import EncodeTask, build_encode
from cueffmpeg_gui.media.inspect import inspect
from cueffmpeg_gui.worker.chunk import make_chunk
from cueffmpeg_gui.worker.failure import explain_ffmpeg
from cueffmpeg_gui.worker.ffmpeg import run_reported
from cueffmpeg_gui.worker.host import find_ffmpeg, require
from cueffmpeg_gui.worker.inputs import check_pictures, check_sound, check_unchanged, naming_changes
from cueffmpeg_gui.worker.output import making_output
from cueffmpeg_gui.worker.report import say


def run_encode(folder: str, spec: JobSpec, frame: int) -> None:
    """Makes the output, or the chunk that holds `frame`, whole or not at all. Raises CueffmpegError children."""
    ffmpeg = find_ffmpeg()
    require(ffmpeg, "encoders", encode_task(spec).codec.encoder)
    chunk = spec.chunk_of(frame)
    check_unchanged("source", spec.source, spec.pictures(chunk))
    check_pictures("source", spec.source, spec.pictures(chunk))
    if spec.is_chunked:
        make_chunk(folder, spec, chunk, ffmpeg)
    else:
        _make_whole(folder, spec, ffmpeg)


def _make_whole(folder: str, spec: JobSpec, ffmpeg: str) -> None:
    encode = encode_task(spec)
    if encode.sound:
        check_sound(encode.sound.file)
    with making_output(folder, spec, ffmpeg) as part, naming_changes(encode.source, encode.frames):
        _run(folder, encode, spec, part.path, ffmpeg)
    say(f"wrote {part.target} ({os.path.getsize(part.target)} bytes, {len(encode.frames)} frames)")


@contextlib.contextmanager
def _passes(work: str) -> Iterator[str]:
    """A folder for the files of two passes; what killed runs left of theirs goes, and what this one could not reach."""
    for left in glob.glob(os.path.join(glob.escape(work), "pass.*")):
        run = os.path.basename(left).removeprefix("pass.")
        if is_dead(run) or run == this_run():
            shutil.rmtree(left, ignore_errors=True)
    made = os.path.join(work, f"pass.{this_run()}")
    os.mkdir(made)
    try:
        yield made
    finally:
        shutil.rmtree(made, ignore_errors=True)


def _run(folder: str, encode: EncodeTask, spec: JobSpec, part: str, ffmpeg: str) -> None:
    work = os.path.join(folder, "work")
    with _passes(work) as statistics:
        for argv in build_encode(encode, part, ffmpeg, threads_of(spec), os.path.join(statistics, "pass")):
            outcome = run_reported(argv, spec, "encode", spec.frames, total=len(encode.frames), cwd=work)
            explain_ffmpeg(outcome, encode.source.path, len(encode.frames))
    check_encode(encode, inspect(part, ffmpeg))
