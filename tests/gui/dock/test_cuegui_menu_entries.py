# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The items in CueGUI's job menu: what they say, and why they may not apply."""

import pytest
from farm_values import make_job

from cueffmpeg_gui.api.monitor.cuegui_jobs import CueJob
from cueffmpeg_gui.gui.dock.models.menu_actions import ACTIONS, MOST_SHOWN, entry_for, failed_entry, waiting_entry

OURS = CueJob(make_job(1, succeeded=3, waiting=1), "/jobs/a", compares=True)
FAILED = CueJob(make_job(2, dead=1, waiting=1), "/jobs/b", compares=True)
ENDED = CueJob(make_job(3, dead=1, state="FINISHED"), "/jobs/c", compares=True)
PLAIN = CueJob(make_job(4, succeeded=1), "/jobs/d", compares=False)
THEIRS = CueJob(make_job(6, dead=1, waiting=1, user="another"), "/jobs/e", compares=True)
OTHER = CueJob(make_job(5), None, compares=False)


@pytest.mark.parametrize(
    ("jobs", "expected"),
    [
        ([OURS], ["Show VMAF", "Resubmit failed chunks (no chunk has failed)", "Open output folder"]),
        ([FAILED], ["Show VMAF", "Resubmit failed chunks", "Open output folder"]),
        ([ENDED], ["Show VMAF", "Resubmit failed chunks (the job has ended; submit it again)", "Open output folder"]),
        ([PLAIN], ["Show VMAF (the job compares nothing)", "Resubmit failed chunks (no chunk has failed)"]),
        ([OTHER], ["Show VMAF (not a job of cueffmpeg)", "Resubmit failed chunks (not a job of cueffmpeg)"]),
        ([THEIRS], ["Show VMAF", "Resubmit failed chunks (the job is another's, and Job Interaction is off)"]),
        ([OURS, FAILED, OTHER], ["Show VMAF (2 of 3 jobs)", "Resubmit failed chunks (1 of 3 jobs)"]),
        ([OURS] * (MOST_SHOWN + 1), [f"Show VMAF (at most {MOST_SHOWN} jobs at a time)"]),
    ],
)
def test_menu_items_say_why_they_do_not_apply(jobs: list[CueJob], expected: list[str]) -> None:
    entries = [entry_for(action, jobs, len(jobs), lambda user: user != "another") for action in ACTIONS]
    assert [one.text for one in entries][: len(expected)] == expected
    has_reason = [one.text.endswith(")") and " of 3 jobs" not in one.text for one in entries]
    assert [not one.jobs for one in entries] == has_reason


def test_menu_items_wait_for_the_farm_and_say_when_it_does_not_answer() -> None:
    assert all(not waiting_entry(action).jobs and "looking" in waiting_entry(action).text for action in ACTIONS)
    assert failed_entry(ACTIONS[0], "No farm answers.").tip == "No farm answers."
    assert entry_for(ACTIONS[0], [], 1, lambda user: True).text == "Show VMAF (the job has left the farm)"
