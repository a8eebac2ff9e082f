# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Pictures whose pixels are known, what OpenColorIO makes of them, and what a job's own ffmpeg makes of them."""

import struct
import subprocess
from pathlib import Path

import numpy as np
import PyOpenColorIO as Ocio
from numpy.typing import NDArray
from still_files import exr, written
from worker_jobs import Job

from cueffmpeg_gui.jobs.plan import preview_commands
from cueffmpeg_gui.media.filters import read_as
from cueffmpeg_gui.media.view_filters import view_filters

Pixels = NDArray[np.float64]
SIZE = 128
STUDIO = "ocio://studio-config-latest"
SRGB, AS_IT_IS, PRINT = "sRGB - Display", "Un-tone-mapped", "ACES 2.0 - SDR 100 nits (Rec.709)"
SEED = 23


def light(chroma: float = 0.5) -> Pixels:
    """Linear light over 14 stops around mid gray: grays above, colours below, with a few pixels that are below 0 or far
    above any display."""
    stops = np.linspace(-7, 7, SIZE)[None, :, None] + np.zeros((SIZE, 1, 3))
    strength = np.linspace(0, chroma, SIZE)[:, None, None]
    made: Pixels = 0.18 * 2.0 ** (stops + np.random.default_rng(SEED).normal(0, 1, (SIZE, SIZE, 3)) * strength)
    made[-1, :32] *= (1, 1, -0.02)
    made[-1, 32:64] = -0.5
    made[-1, 64:96] = 5000
    return made


def codes() -> NDArray[np.int64]:
    """Codes of 10 bits, as a scan has them: neighbouring colours are alike."""
    base = np.linspace(0, 1023, SIZE)[None, :, None] + np.random.default_rng(SEED).normal(0, 20, (SIZE, SIZE, 3))
    return np.clip(base, 0, 1023).astype(np.int64)


def exr_sequence(folder: Path, pixels: Pixels, half: bool = True) -> str:
    """Two EXR files of these pixels."""
    return written(folder, ".exr", exr({name: pixels[..., at] for at, name in enumerate("RGB")}, half))


def dpx_sequence(folder: Path, pixels: NDArray[np.int64], transfer: int = 0) -> str:
    """Two DPX files of these codes (SMPTE ST 268, 10 bits of three colours in 32, the last two bits left free)."""
    height, width, _ = pixels.shape
    head = bytearray(2048)
    struct.pack_into(">4sI8sI", head, 0, b"SDPX", 2048, b"V1.0", 2048 + 4 * width * height)
    struct.pack_into(">HHII", head, 768, 0, 1, width, height)
    head[800], head[801], head[803] = 50, transfer, 10
    struct.pack_into(">HHI", head, 804, 1, 0, 2048)
    words = (pixels[..., 0] << 22) | (pixels[..., 1] << 12) | (pixels[..., 2] << 2)
    return written(folder, ".dpx", bytes(head) + words.astype(">u4").tobytes())


def wanted(pixels: Pixels, space: str, view: str, display: str = SRGB) -> Pixels:
    """What OpenColorIO's own processor shows of them, from 0 to 1."""
    config = Ocio.Config.CreateFromFile(STUDIO)
    processor = config.getProcessor(Ocio.DisplayViewTransform(space, display, view)).getDefaultCPUProcessor()
    values = np.ascontiguousarray(pixels.reshape(-1, 3), dtype=np.float32)
    processor.applyRGB(values)
    return np.clip(values.astype(np.float64), 0, 1).reshape(pixels.shape)


def seen(job: Job) -> Pixels:
    """The first picture as the job's filters leave it for the encoder, before it becomes YUV, from 0 to 1."""
    video = job.spec.source.video
    sequence = job.spec.source.sequence
    first = sequence.file(sequence.first) if sequence else job.spec.source.path
    chain = ",".join([*read_as(video, video.colour), *view_filters(video)])
    command = [job.ffmpeg, "-v", "error", "-i", first, "-vf", chain, "-frames:v", "1", "-f", "rawvideo", "-"]
    made = subprocess.run(command, cwd=f"{job.folder}/work", capture_output=True, check=True)
    planes = np.frombuffer(made.stdout, "<u2").reshape(3, video.height, video.width)
    return planes[[2, 0, 1]].transpose(1, 2, 0) / 65535


def film(job: Job, *, is_encoded: bool) -> Pixels:
    """The first picture as a display shows it, of the film or as the encoder gets it: yuv444p10le, by BT.709's own
    arithmetic."""
    arguments = ["-i", str(job.output)]
    if not is_encoded:
        whole = preview_commands(job.spec, "encode")[0]
        arguments = whole[whole.index("-y") + 1 : whole.index("-vf") + 2]
    command = [job.ffmpeg, "-v", "error", *arguments, "-frames:v", "1", "-f", "rawvideo", "-"]
    made = subprocess.run(command, cwd=f"{job.folder}/work", capture_output=True, check=True)
    video = job.spec.source.video
    y, cb, cr = np.frombuffer(made.stdout, "<u2").reshape(3, video.height, video.width).astype(np.float64) / 4
    luma, blue, red = (y - 16) / 219, (cb - 128) / 224, (cr - 128) / 224
    green = luma - (0.2126 * 1.5748 * red + 0.0722 * 1.8556 * blue) / 0.7152
    return np.clip(np.stack([luma + 1.5748 * red, green, luma + 1.8556 * blue], -1), 0, 1)


def off(made: Pixels, right: Pixels) -> tuple[float, float]:
    """How far 99.9 % of the pixels are from what is right at most, and the worst of them, in 1/255."""
    far = np.abs(made - right).max(axis=-1) * 255
    return float(np.quantile(far, 0.999)), float(far.max())
