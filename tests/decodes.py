# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Pictures decoded by ffmpeg itself, from the first to the last, to hold others against."""

import hashlib
import subprocess
from pathlib import Path
from typing import Any

import numpy as np


def full_decode(ffmpeg: str, path: Path | str, *, stream: int = 0, chain: str = "null") -> list[str]:
    """The MD5 of each picture's pixels, as ffmpeg decodes the whole file; `chain` is filters that come before."""
    command = [ffmpeg, "-v", "error", "-noautorotate", "-i", str(path), "-map", f"0:{stream}", "-vf", chain]
    command += ["-fps_mode", "passthrough", "-f", "framehash", "-hash", "md5", "-"]
    printed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return [line.split(",")[-1].strip() for line in printed.splitlines() if not line.startswith("#")]


def md5_of(frame: Any) -> str:
    """The MD5 of a decoded frame's pixels without the gaps between its rows."""
    packed = len(frame.planes) == 1 and len(frame.format.components) > 1
    pieces = []
    for plane in frame.planes:
        bits = frame.format.padded_bits_per_pixel if packed else max(8, _padded(frame))
        rows = np.frombuffer(plane, np.uint8)[: plane.height * plane.line_size].reshape(plane.height, plane.line_size)
        pieces.append(rows[:, : plane.width * bits // 8].tobytes())
    return hashlib.md5(b"".join(pieces)).hexdigest()


def _padded(frame: Any) -> int:
    """Bits that one value takes in memory."""
    bits = max(component.bits for component in frame.format.components)
    return 8 if bits <= 8 else 16 if bits <= 16 else 32
