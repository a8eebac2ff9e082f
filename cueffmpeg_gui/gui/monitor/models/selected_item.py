# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""What is selected in the tree: a job, a layer or a frame, with what is known of it."""

from dataclasses import dataclass

from cueffmpeg_gui.api.monitor.follower import FrameStatus, JobStatus, LayerStatus
from cueffmpeg_gui.gui.rows.models.tree_row import RowKind


@dataclass(frozen=True)
class SelectedItem:
    """A job, or a layer or frame of it; with the sentence it failed with, and its job folder."""

    job: JobStatus
    layer: LayerStatus | None = None
    frame: FrameStatus | None = None
    error: str = ""
    folder: str | None = None

    @property
    def key(self) -> tuple[RowKind, str]:
        """Which row it is."""
        if self.frame:
            return RowKind.FRAME, self.frame.id
        return (RowKind.LAYER, self.layer.id) if self.layer else (RowKind.JOB, self.job.id)
