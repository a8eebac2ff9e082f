#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""prove.py LOCK: encodes and scores a clip with this image's ffmpeg; fails unless the score is the one of the lock."""

import sys

sys.path.insert(0, "/usr/local/bin/cueffmpeg")

from cueffmpeg_gui.worker.doctor import MODEL, own_score
from cueffmpeg_gui.worker.host import find_ffmpeg

# Processors differ in the last bits of a floating point sum, never in a digit that anybody reads.
TOLERANCE = 0.0005


def locked_score(lock: str) -> float:
    """The number of the line ``score MODEL NUMBER``."""
    with open(lock) as file:
        entries = [line.split() for line in file]
    return next(float(entry[2]) for entry in entries if entry[:2] == ["score", MODEL])


if __name__ == "__main__":
    wanted, found = locked_score(sys.argv[1]), own_score(find_ffmpeg())
    if abs(found - wanted) > TOLERANCE:
        sys.exit(f"This ffmpeg scores {found:f} where the lock says {wanted:f}: it is not the one that was locked.")
    sys.stdout.write(f"This ffmpeg scores {found:f}, as the lock says.\n")
