# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""``python3 worker.pyz doctor``: whether this host can do the work, found by doing a little of it."""

import os
import re
import tempfile

from cueffmpeg_gui.errors import HostNotFit
from cueffmpeg_gui.media.codecs import AUDIO_CODECS, CODECS
from cueffmpeg_gui.media.metrics import libvmaf_options
from cueffmpeg_gui.media.run import run_quietly
from cueffmpeg_gui.worker.host import ffmpeg_version, find_ffmpeg, require
from cueffmpeg_gui.worker.report import say

MODEL = "vmaf_v0.6.1"
# Poor enough an encode that its score says something; one thread, since the number of threads changes the bytes.
CLIP = ["-f", "lavfi", "-i", "testsrc2=size=640x360:rate=24,trim=end_frame=24,format=yuv420p"]
ENCODE = ["-c:v", "libx264", "-preset", "medium", "-crf", "35", "-threads", "1"]
SCORE = re.compile(r"VMAF score: ([0-9.]+)")


def run_doctor() -> None:
    """Says what this host has. Raises HostNotFit when it cannot encode and score at all."""
    ffmpeg = find_ffmpeg()
    say(f"ffmpeg: {ffmpeg_version(ffmpeg)} ({ffmpeg})")
    for encoder in _encoders():
        say(f"{encoder}: {'there' if _has(ffmpeg, encoder) else 'missing, so frames that need it fail on this host'}")
    require(ffmpeg, "encoders", "libx264")
    require(ffmpeg, "filters", "libvmaf")
    say(f"score: {own_score(ffmpeg):f} by {MODEL} for a generated clip")


def own_score(ffmpeg: str) -> float:
    """What libvmaf gives an encode of a generated clip: one number on every host. Raises HostNotFit."""
    with tempfile.TemporaryDirectory() as folder:
        encode = os.path.join(folder, "encode.mkv")
        _run(ffmpeg, [*CLIP, *ENCODE, encode])
        graph = f"[0:v][1:v]libvmaf={':'.join(libvmaf_options([MODEL], []))}"
        printed = _run(ffmpeg, ["-i", encode, *CLIP, "-lavfi", graph, "-f", "null", "-"])
    found = SCORE.search(printed)
    if not found:
        raise HostNotFit(f"libvmaf of {ffmpeg} gives no score; install another build of ffmpeg.")
    return float(found[1])


def _encoders() -> list[str]:
    return sorted({codec.encoder for table in (CODECS, AUDIO_CODECS) for codec in table.values()} - {""})


def _has(ffmpeg: str, encoder: str) -> bool:
    try:
        require(ffmpeg, "encoders", encoder)
    except HostNotFit:
        return False
    return True


def _run(ffmpeg: str, arguments: list[str]) -> str:
    ended = run_quietly([ffmpeg, "-nostdin", "-hide_banner", "-nostats", *arguments])
    if ended.returncode:
        last = (ended.stderr.strip().splitlines() or ["no reason given"])[-1]
        raise HostNotFit(f"{ffmpeg} on this host cannot encode and score a generated clip: {last}.")
    return ended.stderr
