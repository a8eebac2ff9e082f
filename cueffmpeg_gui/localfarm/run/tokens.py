# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The tokens Cuebot replaces in a layer's command before a frame runs (its DispatchSupportService)."""

from __future__ import annotations

from cueffmpeg_gui.localfarm.spec.frame_ranges import chunk_at, compact


def substitute(
    command: str, *, frame_range: str, chunk: int, number: int, frame_name: str, layer_name: str, job_name: str
) -> str:
    """The command of one cue frame. Tokens are replaced one after the other, as Cuebot does, #FRAME# last."""
    frames = chunk_at(frame_range, chunk, number)
    values = {
        "#ZFRAME#": f"{number:04d}",
        "#IFRAME#": str(number),
        "#FRAME_START#": str(number),
        "#FRAME_END#": str(frames[-1]),
        "#FRAME_CHUNK#": str(chunk),
        "#LAYER#": layer_name,
        "#JOB#": job_name,
        "#FRAMESPEC#": compact(frames),
        "#FRAME#": frame_name,
    }
    for token, value in values.items():
        command = command.replace(token, value)
    return command
