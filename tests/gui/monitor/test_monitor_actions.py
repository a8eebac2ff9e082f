# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""What can be done to what, why not, and what is asked before."""

from dataclasses import replace

import pytest
from farm_values import counts, make_frame, make_job, make_layer

from cueffmpeg_gui.gui.monitor.models.actions import ACTIONS, calls_for, question
from cueffmpeg_gui.gui.monitor.models.selected_item import SelectedItem

BY_NAME = {action.name: action for action in ACTIONS}
RUNNING = make_job(1)
PAUSED = replace(RUNNING, paused=True)
FAILED = make_job(2, dead=1, succeeded=3)
DONE = make_job(3, succeeded=4, state="FINISHED")
LAYER = make_layer(RUNNING, "encode", 4)


def frame(state: str) -> SelectedItem:
    return SelectedItem(RUNNING, LAYER, make_frame(LAYER, 1001, state), folder="/jobs/one")


@pytest.mark.parametrize(
    ("name", "item", "applies"),
    [
        ("pause", SelectedItem(RUNNING), True),
        ("pause", SelectedItem(PAUSED), False),
        ("pause", SelectedItem(DONE), False),
        ("resume", SelectedItem(PAUSED), True),
        ("resume", SelectedItem(RUNNING), False),
        ("kill", SelectedItem(RUNNING), True),
        ("kill", SelectedItem(DONE), False),
        ("kill", frame("RUNNING"), True),
        ("kill", frame("WAITING"), False),
        ("retry", SelectedItem(FAILED), True),
        ("retry", SelectedItem(RUNNING), False),
        ("retry", frame("DEAD"), True),
        ("retry", frame("WAITING"), False),
        ("retry", SelectedItem(RUNNING, LAYER), False),
        ("eat", frame("DEAD"), True),
        ("mark_done", frame("EATEN"), True),
        ("priority", SelectedItem(DONE), False),
        ("open_output", SelectedItem(DONE, folder="/jobs/one"), True),
        ("open_output", SelectedItem(RUNNING, folder="/jobs/one"), False),
        ("copy_command", frame("WAITING"), True),
        ("copy_command", SelectedItem(RUNNING, folder="/jobs/one"), False),
        ("submit_again", SelectedItem(DONE, folder="/jobs/one"), True),
        ("submit_again", SelectedItem(DONE), False),
    ],
)
def test_what_does_not_apply_says_why(name: str, item: SelectedItem, applies: bool) -> None:
    why_not = BY_NAME[name].why_not([item])
    assert (why_not == "") is applies
    assert applies or why_not.endswith(".")


def test_nothing_applies_to_nothing() -> None:
    assert all(action.why_not([]) for action in ACTIONS)


def test_selected_frames_of_a_job_are_one_call_and_only_those_that_fit() -> None:
    other = SelectedItem(RUNNING, LAYER, make_frame(LAYER, 1002, "WAITING"))
    (call,) = calls_for("retry", [frame("DEAD"), other])
    assert call.frame_names == ("1001-encode",)


def test_before_a_job_is_killed_it_is_said_what_stops() -> None:
    asked = question("kill", [SelectedItem(replace(RUNNING, counts=counts(running=2)))])
    assert RUNNING.name in asked
    assert "stops all running frames (2)" in asked


def test_many_names_are_cut_short() -> None:
    jobs = [SelectedItem(make_job(number)) for number in range(1, 6)]
    assert "and 2 more" in question("kill", jobs)


@pytest.mark.parametrize(("name", "asked"), [("pause", False), ("retry", False), ("eat", True), ("mark_done", True)])
def test_only_what_cannot_be_undone_asks(name: str, asked: bool) -> None:
    assert bool(question(name, [frame("DEAD")])) is asked
