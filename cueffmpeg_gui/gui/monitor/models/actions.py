# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""What users do to jobs and frames: a table of when it applies, why not, and what is asked before."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from qtpy.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from cueffmpeg_gui.api.monitor.follower import ACTION_STATES, JobStatus, state_of
from cueffmpeg_gui.gui.monitor.models.selected_item import SelectedItem

Selection = Sequence[SelectedItem]
CONTEXT = "job_actions"


def no_op(text: str) -> str:
    """Marks a text for translation."""
    return str(QT_TRANSLATE_NOOP(CONTEXT, text))


def tr(text: str) -> str:
    """The text in the user's language."""
    return QCoreApplication.translate(CONTEXT, text)


@dataclass(frozen=True)
class Action:
    """`why_not` gives a sentence when it does not apply to a selection, else nothing; `key` starts it in the tree."""

    name: str
    text: str
    key: str
    tip: str
    why_not: Callable[[Selection], str]


@dataclass(frozen=True)
class ActionCall:
    """One call to the farm: an action on a job, or on frames of it."""

    job: JobStatus
    frame_names: tuple[str, ...]


def calls_for(action: str, selection: Selection) -> list[ActionCall]:
    """The calls for an action on a selection: one a job, selected frames together."""
    jobs = {item.job.id: item.job for item in selection}
    return [ActionCall(job, _frame_names(action, job, selection)) for job in jobs.values()]


def _frame_names(action: str, job: JobStatus, selection: Selection) -> tuple[str, ...]:
    if action not in ACTION_STATES:
        return ()
    frames = [item.frame for item in selection if item.frame and item.job.id == job.id]
    return tuple(frame.name for frame in frames if frame.takes(action))


def question(action: str, selection: Selection) -> str:
    """What is asked before an action; nothing for one that can be undone."""
    frames = [one.frame for one in selection if one.frame]
    what = _named([f"{one.frame.layer} {one.frame.number}" for one in selection if one.frame])
    jobs = _named(list(dict.fromkeys(one.job.name for one in selection)))
    running = sum(one.job.counts.running for one in selection if not one.frame)
    if action == "kill" and frames:
        return tr("Kill selected frames? This stops {}; they start again by themselves.").format(what)
    if action == "kill":
        text = tr("Kill {jobs}? This stops all running frames ({running}) and removes the job from the cue for good.")
        return text.format(jobs=jobs, running=running)
    if action == "eat":
        text = tr("Eat selected frames? This gives up {}.") if frames else tr("Eat all DEAD frames in {}?")
        return text.format(what if frames else jobs)
    if action == "mark_done":
        text = tr("Mark done selected frames? What waits for {} goes on.")
        return text.format(what) if frames else tr("Mark done all DEAD and EATEN frames in {}?").format(jobs)
    if action == "retry" and any(frame.state in ("SUCCEEDED", "RUNNING") for frame in frames):
        return tr("Retry selected frames? This does {} again.").format(what)
    return ""


DONE = {
    "pause": no_op("Paused {}."),
    "resume": no_op("Resumed {}."),
    "kill": no_op("Killed {}."),
    "retry": no_op("Does {} again."),
    "eat": no_op("Gave up {}."),
    "mark_done": no_op("Marked done: {}."),
    "priority": no_op("New priority for {}."),
}


def done_text(action: str, selection: Selection) -> str:
    """The sentence that says it is done."""
    frames = [f"{one.frame.layer} {one.frame.number}" for one in selection if one.frame]
    names = frames if frames and action in ACTION_STATES else [one.job.name for one in selection]
    return tr(DONE[action]).format(_named(list(dict.fromkeys(names))))


def _named(names: Sequence[str], most: int = 3) -> str:
    more = len(names) - most
    return ", ".join(names[:most]) + (tr(" and {} more").format(more) if more > 0 else "")


def _jobs_only(selection: Selection) -> bool:
    return bool(selection) and not any(one.layer for one in selection)


def _why_not_pause(selection: Selection) -> str:
    if not selection:
        return tr("Select a job.")
    if all(one.job.is_finished for one in selection):
        return tr("The job has ended.")
    return tr("The job is paused already.") if all(one.job.paused for one in selection) else ""


def _why_not_resume(selection: Selection) -> str:
    if not selection:
        return tr("Select a job.")
    is_any = any(one.job.paused and not one.job.is_finished for one in selection)
    return "" if is_any else tr("The job is not paused.")


def _why_not_priority(selection: Selection) -> str:
    if not selection:
        return tr("Select a job.")
    return tr("The job has ended.") if all(one.job.is_finished for one in selection) else ""


def _why_not_kill(selection: Selection) -> str:
    if _jobs_only(selection):
        return tr("The job has ended.") if all(one.job.is_finished for one in selection) else ""
    return _not_for_frames("kill", selection)


def _why_not_frames(action: str) -> Callable[[Selection], str]:
    return lambda selection: _not_for_frames(action, selection)


def _not_for_frames(action: str, selection: Selection) -> str:
    if not selection:
        return tr("Select jobs or frames.")
    if any(one.layer and not one.frame for one in selection):
        return tr("Select a job or frames; a layer is not done as a whole.")
    if all(one.job.is_finished for one in selection):
        return tr("The job has ended; submit it again instead.")
    frames = [one.frame for one in selection if one.frame]
    if not frames:
        lost = any(one.job.counts.lost for one in selection)
        return "" if lost else tr("No frame of it has failed.")
    if any(frame.takes(action) for frame in frames):
        return ""
    return tr("Only for frames that are {}.").format(tr(" or ").join(ACTION_STATES[action]).lower())


def _why_not_one(selection: Selection) -> str:
    if len({one.job.id for one in selection}) != 1:
        return tr("Select one job.")
    return ""


def _why_not_folder(selection: Selection) -> str:
    return _why_not_one(selection) or ("" if selection[0].folder else tr("Its job folder is not known yet."))


def _why_not_output(selection: Selection) -> str:
    return _why_not_folder(selection) or (
        "" if state_of(selection[0].job) == "succeeded" else tr("The output is there when the job has succeeded.")
    )


def _why_not_command(selection: Selection) -> str:
    if len(selection) != 1 or not selection[0].frame:
        return tr("Select one frame.")
    return _why_not_folder(selection)


ACTIONS = (
    Action("pause", no_op("Pause"), "Space", no_op("No more frames start; running ones go on"), _why_not_pause),
    Action("resume", no_op("Resume"), "Space", no_op("Frames start again"), _why_not_resume),
    Action("retry", no_op("Retry"), "R", no_op("Run failed frames again"), _why_not_frames("retry")),
    Action("kill", no_op("Kill"), "Del", no_op("End a job for good, or stop frames"), _why_not_kill),
    Action("eat", no_op("Eat"), "E", no_op("Give frames up, so that the job can end"), _why_not_frames("eat")),
    Action("mark_done", no_op("Mark done"), "M", no_op("What waits for them goes on"), _why_not_frames("mark_done")),
    Action("priority", no_op("Priority …"), "P", no_op("A higher number goes first"), _why_not_priority),
    Action("open_output", no_op("Open output"), "O", no_op("Open the file that was made"), _why_not_output),
    Action("show_folder", no_op("Show in folder"), "F", no_op("Open the output's folder"), _why_not_folder),
    Action("copy_path", no_op("Copy path"), "Ctrl+Shift+P", no_op("Copy the output's path"), _why_not_folder),
    Action("copy_command", no_op("Copy command"), "Ctrl+Shift+C", no_op("Copy the command"), _why_not_command),
    Action(
        "submit_again", no_op("Submit again"), "Ctrl+R", no_op("Send it once more, changed or not"), _why_not_folder
    ),
)
