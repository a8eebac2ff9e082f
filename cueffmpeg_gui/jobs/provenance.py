# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""What a job's scores come from, as it stands beside them."""

from cueffmpeg_gui.jobs.layer_tasks import compare_task, scored_encode_frames
from cueffmpeg_gui.jobs.notes import notes_of
from cueffmpeg_gui.jobs.spec import JobSpec
from cueffmpeg_gui.media.compare import CompareTask
from cueffmpeg_gui.media.kinds import COMPARE, SOURCE
from cueffmpeg_gui.media.provenance import Build, Provenance, scored_clip


def provenance_of(spec: JobSpec, compare: CompareTask, build: Build) -> Provenance:
    """The clips with the frames of the whole job, the preset, how they are compared, what was done to the pair."""
    whole = compare_task(spec)
    width, height = compare.geometry.fixed
    return Provenance(
        builds=(build,),
        preset=spec.preset.label,
        encode=scored_clip(whole.encode, scored_encode_frames(spec)),
        reference=scored_clip(whole.reference, spec.frames),
        compared=f"{width}x{height} {compare.pix_fmt}",
        notes=tuple(note.text for note in notes_of(spec) if note.topic in (SOURCE, COMPARE)),
    )
