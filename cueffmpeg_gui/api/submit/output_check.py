# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Where an encode may go."""

import os

from cueffmpeg_gui.errors import InputRefused
from cueffmpeg_gui.media.presets import Preset, output_extensions


def suggest_output(stem: str, source: str, preset: Preset) -> str:
    """Beside the source's file, named after source and preset."""
    return os.path.join(os.path.dirname(source), f"{stem}_{preset.name}{output_extensions(preset.values)[0]}")


def check_output(output: str, preset: Preset, source: str) -> None:
    """Raises InputRefused when the encode could not or should not be written there."""
    folder, name = os.path.split(output)
    endings = output_extensions(preset.values)
    if os.path.splitext(name)[1].lower() not in endings:
        raise InputRefused(f"The output {output} must end in {' or '.join(endings)} for preset {preset.name}.")
    try:
        found = os.stat(output)
    except FileNotFoundError:  # or a link that leads nowhere: see settle_output
        found = None
    except OSError as error:
        raise InputRefused(f"The output {output} cannot be written: {error.strerror}.") from None
    if not os.path.isdir(folder):
        raise InputRefused(f"The output folder {folder} does not exist; make it first.")
    if not os.access(folder, os.W_OK | os.X_OK):
        raise InputRefused(f"The output folder {folder} cannot be written; choose another or ask for the right.")
    if found and os.path.isdir(output):
        raise InputRefused(f"The output {output} is a folder; name a file in it.")
    if found and os.path.samefile(output, source):
        raise InputRefused(f"The output {output} is the source itself; name another file.")
