# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The items in CueGUI's job menu: a table of what each is for, and why it may not apply."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from qtpy.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from cueffmpeg_gui.api.monitor.cuegui_jobs import CueJob

CONTEXT = "cue_actions"
# Each job gets a dock of its own.
MOST_SHOWN = 8


@dataclass(frozen=True)
class MenuAction:
    """`why_not` gives the reason why it does not apply to a job, else ""; `changes`: whether it alters the job."""

    name: str
    text: str
    tip: str
    why_not: Callable[[CueJob], str]
    changes: bool = False


@dataclass(frozen=True)
class MenuEntry:
    """An action in the menu: its text and tip, and the jobs it is for (none: it is disabled)."""

    text: str
    tip: str
    jobs: tuple[CueJob, ...]


def no_op(text: str) -> str:
    """Marks a text for translation."""
    return str(QT_TRANSLATE_NOOP(CONTEXT, text))


def tr(text: str) -> str:
    """The text in the user's language."""
    return QCoreApplication.translate(CONTEXT, text)


def waiting_entry(action: MenuAction) -> MenuEntry:
    """Until the farm has said what the jobs are."""
    return MenuEntry(tr("{} (looking …)").format(tr(action.text)), tr("The farm is asked what these jobs are."), ())


def failed_entry(action: MenuAction, sentence: str) -> MenuEntry:
    """When the farm could not be asked."""
    return MenuEntry(tr("{} (the farm does not say)").format(tr(action.text)), sentence, ())


def entry_for(
    action: MenuAction, jobs: Sequence[CueJob], selected: int, may_change: Callable[[str], bool]
) -> MenuEntry:
    """The action for those of the selected jobs it applies to; when it does for none, the first one's reason.

    `may_change` says whether jobs of a user may be changed here.
    """
    reasons = [_why_not(action, job, may_change) for job in jobs]
    fitting = tuple(job for job, reason in zip(jobs, reasons) if not reason)
    if action.name == "show" and len(fitting) > MOST_SHOWN:
        return _refused(action, tr("at most {} jobs at a time").format(MOST_SHOWN))
    if not fitting:
        return _refused(action, reasons[0] if reasons else tr("the job has left the farm"))
    some = tr("{} ({} of {} jobs)").format(tr(action.text), len(fitting), selected)
    return MenuEntry(some if len(fitting) < selected else tr(action.text), tr(action.tip), fitting)


def _refused(action: MenuAction, reason: str) -> MenuEntry:
    return MenuEntry(f"{tr(action.text)} ({reason})", reason[:1].upper() + reason[1:] + ".", ())


def _why_not(action: MenuAction, job: CueJob, may_change: Callable[[str], bool]) -> str:
    if not job.is_ours:
        return tr("not a job of cueffmpeg")
    reason = action.why_not(job)
    if not reason and action.changes and not may_change(job.status.user):
        return tr("the job is {}'s, and Job Interaction is off").format(job.status.user)
    return reason


def _why_not_show(job: CueJob) -> str:
    return "" if job.compares else tr("the job compares nothing")


def _why_not_retry(job: CueJob) -> str:
    if not job.status.counts.dead:
        return tr("no chunk has failed")
    return tr("the job has ended; submit it again") if job.status.is_finished else ""


ACTIONS = (
    MenuAction("show", no_op("Show VMAF"), no_op("Curve, scores and chunks in the dock"), _why_not_show),
    MenuAction("retry", no_op("Resubmit failed chunks"), no_op("Run dead chunks again"), _why_not_retry, changes=True),
    MenuAction("folder", no_op("Open output folder"), no_op("Open the folder of the output"), lambda job: ""),
)
