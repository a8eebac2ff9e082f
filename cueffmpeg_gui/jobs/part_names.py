# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Names of parts: who writes what, and for which job."""

import glob
import hashlib
import os
import re
from typing import Optional

RUN = re.compile(r"\.cueffmpeg-[0-9a-f]{12}\.(?P<run>[^/]+)\.part(\.[^./]*)?", re.DOTALL)


def part_stem(target: str, owner: str = "") -> str:
    """How the names of all parts begin that are to become `target` in the job of the folder `owner`."""
    folder, name = os.path.split(target)
    text = os.fsencode(name) + (b"\0" + os.fsencode(owner) if owner else b"")
    return os.path.join(folder, f".cueffmpeg-{hashlib.sha256(text).hexdigest()[:12]}")


def part_ending(target: str) -> str:
    """How their names end; ffmpeg goes by the ending."""
    return f".part{os.path.splitext(target)[1]}"


def run_of(part: str) -> Optional[str]:
    """The run that writes a part, "HOST.PROCESS-START"; None for a file with another name."""
    match = RUN.fullmatch(os.path.basename(part))
    return match["run"] if match else None


def parts_of(target: str, owner: str = "") -> list[str]:
    """The parts that are there."""
    return glob.glob(f"{glob.escape(part_stem(target, owner))}.*{glob.escape(part_ending(target))}")
