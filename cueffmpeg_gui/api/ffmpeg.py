# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The ffmpeg of this computer: the one the user named, else the one that comes with the program."""

import shutil

import imageio_ffmpeg

from cueffmpeg_gui.errors import HostNotFit
from cueffmpeg_gui.settings import Settings


def local_ffmpeg(settings: Settings) -> str:
    """Its path; raises HostNotFit."""
    if settings["ffmpeg"]:
        found = shutil.which(settings["ffmpeg"])
        if not found:
            raise HostNotFit(f"CUEFFMPEG_FFMPEG names {settings['ffmpeg']}, which is no program here; correct it.")
        return found
    try:
        return str(imageio_ffmpeg.get_ffmpeg_exe())
    except RuntimeError:
        raise HostNotFit("The embedded ffmpeg is missing; install imageio-ffmpeg or set CUEFFMPEG_FFMPEG.") from None
