# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The encode layer: source → part → checks → final name."""

import os
import tempfile

from cueffmpeg_gui.errors import InputRefused
from cueffmpeg_gui.jobs.spec import JobSpec
from cueffmpeg_gui.jobs.tasks import encode_task
from cueffmpeg_gui.media.checks import check_encode
from cueffmpeg_gui.media.codecs import CODECS
from cueffmpeg_gui.media.encode import Encode, build_encode
from cueffmpeg_gui.media.inspect import inspect
from cueffmpeg_gui.worker.failure import explain_ffmpeg
from cueffmpeg_gui.worker.ffmpeg import run_reported
from cueffmpeg_gui.worker.host import find_ffmpeg, require
from cueffmpeg_gui.worker.inputs import check_unchanged
from cueffmpeg_gui.worker.parts import Part
from cueffmpeg_gui.worker.report import say


def run_encode(folder: str, spec: JobSpec, frame: int) -> None:
    """Makes the output whole or not at all. Raises CueffmpegError children."""
    encode = encode_task(spec)
    ffmpeg = find_ffmpeg()
    require(ffmpeg, "encoders", CODECS[encode.values["codec"]].encoder)
    check_unchanged("source", encode.source)
    if spec.output is None:
        raise InputRefused("The job has no output to encode to.")
    part = Part(spec.output)
    part.prepare()
    try:
        _make(folder, encode, spec, part, ffmpeg)
    finally:
        part.discard()
    say(f"wrote {spec.output} ({os.path.getsize(spec.output)} bytes, {len(encode.frames)} frames)")


def _make(folder: str, encode: Encode, spec: JobSpec, part: Part, ffmpeg: str) -> None:
    # A fixed number, not what the host grants: equal threads give equal bytes everywhere, and rqd pins the cores.
    threads = int(spec.preset.values["threads"])
    with tempfile.TemporaryDirectory(prefix="pass.", dir=os.path.join(folder, "work")) as statistics:
        for argv in build_encode(encode, part.path, ffmpeg, threads, os.path.join(statistics, "pass")):
            outcome = run_reported(argv, spec, "encode", len(encode.frames))
            explain_ffmpeg(outcome, encode.source.path, len(encode.frames))
    check_encode(encode, inspect(part.path, ffmpeg))
    part.commit()
