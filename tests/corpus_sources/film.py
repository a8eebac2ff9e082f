# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""What a film shows, when, and where bursts are in its sound: read by ffmpeg told nothing, and by PyAV."""

import subprocess
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from truth import Plane

LOUD = 6000


def planes(film: Path, ffmpeg: str, pix_fmt: str = "yuv422p10le") -> list[tuple[Plane, Plane, Plane]]:
    """Y, Cb and Cr of each picture in codes of 8 bits."""
    with av.open(str(film)) as container:
        context = container.streams.video[0].codec_context
        width, height = context.width, context.height
        assert context.pix_fmt == pix_fmt
    argv = [ffmpeg, "-nostdin", "-v", "error", "-noautorotate", "-i", str(film), "-map", "0:v:0"]
    argv += ["-fps_mode", "passthrough", "-f", "rawvideo", "-"]
    data = subprocess.run(argv, check=True, stdin=subprocess.DEVNULL, capture_output=True).stdout
    deep = pix_fmt.endswith("10le")
    high = height // 2 if "420" in pix_fmt else height
    lengths = [width * height, width // 2 * high, width // 2 * high]
    words = np.frombuffer(data, "<u2" if deep else "u1").reshape(-1, sum(lengths)) / (4 if deep else 1)
    return [
        (a.reshape(height, width), b.reshape(high, -1), c.reshape(high, -1))
        for a, b, c in (np.split(one, np.cumsum(lengths)[:2]) for one in words)
    ]


def digests(film: Path, ffmpeg: str) -> list[str]:
    """A digest of each decoded picture."""
    argv = [ffmpeg, "-nostdin", "-v", "error", "-i", str(film), "-map", "0:v:0", "-fps_mode", "passthrough"]
    done = subprocess.run([*argv, "-f", "framemd5", "-"], check=True, capture_output=True, text=True)
    return [line.rpartition(",")[2].strip() for line in done.stdout.splitlines() if not line.startswith("#")]


def times(film: Path) -> list[Fraction]:
    """When each picture is shown, in seconds."""
    with av.open(str(film)) as container:
        return [frame.pts * frame.time_base for frame in container.decode(video=0)]


def tags(film: Path, ffmpeg: str) -> list[str]:
    """Range, matrix, primaries and transfer as ffmpeg names them."""
    argv = [ffmpeg, "-nostdin", "-hide_banner", "-i", str(film), "-vf", "showinfo", "-frames:v", "1", "-f", "null", "-"]
    told = subprocess.run(argv, check=True, stdin=subprocess.DEVNULL, capture_output=True).stderr.decode()
    line = next(line for line in told.splitlines() if "color_range:" in line)
    return [word.partition(":")[2] for word in line.split() if word.startswith("color")]


def bursts(film: Path) -> list[float]:
    """When bursts begin after the first picture, by the time stamps of the sound, in seconds."""
    found: list[float] = []
    with av.open(str(film)) as container:
        resampler = av.AudioResampler(format="s16", layout="mono", rate=48000)
        for frame in container.decode(audio=0):
            start = float(frame.pts * frame.time_base)
            for made in resampler.resample(frame):
                samples = np.abs(made.to_ndarray()[0].astype(int))
                for at in np.flatnonzero(samples > LOUD) / 48000 + start:
                    if not found or at - found[-1] > 0.03:
                        found.append(float(at))
    first = float(times(film)[0])
    return [at - first for at in found]


def timecode(film: Path) -> str | None:
    with av.open(str(film)) as container:
        return next((s.metadata["timecode"] for s in container.streams if "timecode" in s.metadata), None)
