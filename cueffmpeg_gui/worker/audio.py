# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The audio layer: the sound once, exactly as long as the picture."""

import os
from fractions import Fraction

from cueffmpeg_gui.errors import OutputRejected
from cueffmpeg_gui.jobs.layer_tasks import encode_task, sound_task
from cueffmpeg_gui.jobs.paths import JobPaths
from cueffmpeg_gui.jobs.spec import JobSpec
from cueffmpeg_gui.media.checks import AUDIO_TOLERANCE
from cueffmpeg_gui.media.inspect import read_audio_ends
from cueffmpeg_gui.media.join import build_sound
from cueffmpeg_gui.media.sound import Sound
from cueffmpeg_gui.worker.failure import explain_sound
from cueffmpeg_gui.worker.ffmpeg import run_reported
from cueffmpeg_gui.worker.host import find_ffmpeg
from cueffmpeg_gui.worker.inputs import check_sound
from cueffmpeg_gui.worker.part_files import making
from cueffmpeg_gui.worker.report import say


def run_audio(folder: str, spec: JobSpec, frame: int) -> None:
    """Encodes the sound whole or not at all. Raises CueffmpegError children."""
    sound = sound_task(spec)
    if sound is None:
        return
    check_sound(sound.file)
    if sound.note:
        say(f"note: {sound.note}")
    ffmpeg = find_ffmpeg()
    with making(JobPaths(spec, folder).sound) as part:
        argv = build_sound(encode_task(spec), sound, part.path, ffmpeg)
        explain_sound(run_reported(argv, spec, "audio", spec.frames), sound.path)
        _check(sound, read_audio_ends(part.path, ffmpeg))
    say(f"wrote {part.target} ({os.path.getsize(part.target)} bytes, {float(sound.length):.3f} s)")


def _check(sound: Sound, ends: tuple[Fraction, ...]) -> None:
    if len(ends) != len(sound.streams):
        raise OutputRejected(f"The sound has {len(ends)} streams where {sound.path} has {len(sound.streams)}.")
    for end in ends:
        if abs(end - sound.length) > AUDIO_TOLERANCE:
            raise OutputRejected(f"The sound lasts {float(end):.3f} s, not {float(sound.length):.3f} s.")
