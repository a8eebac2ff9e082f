# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""What is shown of a job folder: output, commands, and the facts of the job."""

from __future__ import annotations

import os
import shlex
from dataclasses import dataclass

from cueffmpeg_gui.jobs.folder import JobDocument, read_job
from cueffmpeg_gui.jobs.plan import CHUNKS, PREVIEWS, frame_command, preview_commands
from cueffmpeg_gui.media.unchanged import no_longer_there


@dataclass(frozen=True)
class JobDetails:
    """A job as its folder describes it. `facts` are (label, value) for reading; `notes` are sentences."""

    folder: str
    output: str | None
    facts: tuple[tuple[str, str], ...]
    notes: tuple[str, ...]
    document: JobDocument

    @property
    def output_folder(self) -> str:
        """Where the output lies, or will; the job folder for a job without one."""
        return os.path.dirname(self.output) if self.output else self.folder

    def frame_command(self, layer: str, number: int) -> str:
        """The command of a cue frame, as its host runs it."""
        return self.layer_command(layer).replace("#IFRAME#", str(number))

    def layer_command(self, layer: str) -> str:
        """The command of a layer, with the farm's word for the frame's number."""
        return frame_command(self.folder, layer)

    def ffmpeg_commands(self, layer: str, number: int | None = None) -> tuple[str, ...]:
        """The ffmpeg commands of a layer, of one cue frame where each has its own."""
        spec = self.document.spec
        listed = preview_commands(spec, layer) if layer in PREVIEWS else []
        if number is not None and layer in CHUNKS and spec.is_chunked and len(listed) == len(spec.chunks):
            listed = [one for one, chunk in zip(listed, spec.chunks) if number in chunk]
        return tuple(shlex.join(words) for words in listed)


def read_job_details(folder: str) -> JobDetails:
    """Reads the job.json of a folder; raises InputRefused."""
    document = read_job(folder)
    return JobDetails(folder, document.spec.output, _facts(document), document.plan.notes, document)


def existing(path: str) -> str:
    """The path, when something is there; raises InputRefused."""
    if not os.path.exists(path):
        raise no_longer_there(path)
    return path


def _facts(document: JobDocument) -> tuple[tuple[str, str], ...]:
    spec = document.spec
    place = spec.placement
    chunks = f"{len(spec.chunks)} of {spec.chunking.length} frames" if spec.is_chunked and spec.chunking else ""
    facts = (
        ("Preset", spec.preset.label),
        ("Source", spec.source.path),
        ("Reference", spec.reference.path if spec.reference else ""),
        ("Sound", spec.sound.path if spec.sound else ""),
        ("Output", spec.output or ""),
        ("Frames", str(spec.frames)),
        ("Chunks", chunks),
        ("Show and shot", f"{place.show} · {place.shot}"),
        ("Sent", f"{document.created} by cueffmpeg {document.cueffmpeg}"),
    )
    return tuple((label, value) for label, value in facts if value)
