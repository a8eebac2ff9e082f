# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The command lines of sound and join: chunks become one film by stream copy, and the sound is added once."""

import os
from collections.abc import Sequence
from fractions import Fraction

from cueffmpeg_gui.media.containers import LOCAL_ONLY
from cueffmpeg_gui.media.encode import QUIET, EncodeTask, container_arguments
from cueffmpeg_gui.media.frames import FrameRange
from cueffmpeg_gui.media.sound import Sound, sound_arguments, sound_input
from cueffmpeg_gui.media.timing import timescale


def build_sound(encode: EncodeTask, sound: Sound, output: str, ffmpeg: str) -> list[str]:
    """Encodes the sound once, exactly as long as the picture."""
    streams = sound_arguments(sound, encode.values, 0)
    return [ffmpeg, *QUIET, "-y", *sound_input(sound), *streams, "-map_metadata", "-1", output]


def build_join(encode: EncodeTask, chunk_list: str, sound: str, output: str, ffmpeg: str) -> list[str]:
    """Joins the chunks of `chunk_list` and the encoded `sound` ("" for none) without touching a packet."""
    # Without conversion: the demuxer's own would write stream headers into every key frame.
    inputs = ["-f", "concat", "-safe", "0", "-auto_convert", "0", *LOCAL_ONLY, "-i", chunk_list]
    inputs += [*LOCAL_ONLY, "-i", sound] if sound else []
    maps = ["-map", "0:v:0", *(["-map", "1:a"] if sound else [])]
    clock = ["-video_track_timescale", str(timescale(encode.source.video.rate))]
    copied = ["-c", "copy", *encode.codec.tag_arguments, *clock]
    return [ffmpeg, *QUIET, "-y", *inputs, *maps, *copied, *container_arguments(encode), output]


def chunk_list(files: Sequence[str], chunks: Sequence[FrameRange], rate: Fraction) -> str:
    """The concat demuxer's script. Lengths are said, because an mp4's own clock rounds them to milliseconds."""
    lines = ["ffconcat version 1.0"]
    for file, chunk in zip(files, chunks):
        name = os.path.abspath(file).replace("'", "'\\''")
        lines += [f"file '{name}'", f"duration {float(len(chunk) / rate):.9f}"]
    return "\n".join(lines) + "\n"
