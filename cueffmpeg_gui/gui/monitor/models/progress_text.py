# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""How far running jobs are, in a few words for the window's status line."""

from qtpy.QtCore import QCoreApplication

from cueffmpeg_gui.api.monitor.follower import JobStatus, state_of
from cueffmpeg_gui.gui.monitor.models.job_tree import JobTree
from cueffmpeg_gui.gui.rows.models.row_values import done_fraction


def progress_text(tree: JobTree) -> str:
    """ "2 jobs running, 62 %"; nothing when none runs."""
    running = [job for job in tree.jobs() if state_of(job) == "running"]
    if not running:
        return ""
    total = sum(job.counts.total for job in running)
    done = sum(_fraction(tree, job) * job.counts.total for job in running)
    words = (
        QCoreApplication.translate("progress", "1 job running, {} %")
        if len(running) == 1
        else QCoreApplication.translate("progress", "{} jobs running, {} %").replace("{}", str(len(running)), 1)
    )
    return words.format(int(100 * done / max(1, total)))


def _fraction(tree: JobTree, job: JobStatus) -> float:
    summary, counted = tree.summary(job.id), done_fraction(job.counts)
    return max(summary.fraction, counted) if summary else counted
