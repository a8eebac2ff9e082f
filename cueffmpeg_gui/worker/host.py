# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""What this host has: its ffmpeg, and whether that can do the work."""

import os
import shutil

from cueffmpeg_gui.errors import HostNotFit
from cueffmpeg_gui.media.run import run_quietly


def find_ffmpeg() -> str:
    """The ffmpeg of CUEFFMPEG_FFMPEG, else of PATH; raises HostNotFit."""
    named = os.environ.get("CUEFFMPEG_FFMPEG")
    found = shutil.which(named or "ffmpeg")
    if not found:
        where = f"CUEFFMPEG_FFMPEG names {named}, which" if named else "PATH"
        lack = "is no program here" if named else "holds no ffmpeg on this host"
        raise HostNotFit(f"{where} {lack}; install ffmpeg with libvmaf, or name one in CUEFFMPEG_FFMPEG.")
    return found


def require(ffmpeg: str, kind: str, name: str) -> None:
    """Raises HostNotFit unless ffmpeg lists `name` among its `kind` ("encoders" or "filters")."""
    listed = run_quietly([ffmpeg, "-hide_banner", "-v", "error", f"-{kind}"]).stdout.split()
    if name.encode() not in listed:
        raise HostNotFit(f"{ffmpeg} on this host has no {name}; install an ffmpeg built with it.")


def ffmpeg_version(ffmpeg: str) -> str:
    """ffmpeg's version as it prints it, e.g. "n9.0.2"."""
    words = run_quietly([ffmpeg, "-version"]).stdout.decode("ascii", "replace").split()
    return words[2] if len(words) > 2 else "unknown"
