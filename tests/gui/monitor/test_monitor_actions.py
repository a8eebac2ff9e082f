# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""What can be done to what, why not, and what is asked before."""

from dataclasses import replace

import pytest
from monitor_fakes import counts, make_frame, make_job, make_layer

from cueffmpeg_gui.gui.monitor.models.actions import ACTIONS, question, steps
from cueffmpeg_gui.gui.monitor.models.job_tree import Chosen

BY_NAME = {action.name: action for action in ACTIONS}
RUNNING = make_job(1)
PAUSED = replace(RUNNING, paused=True)
FAILED = make_job(2, dead=1, succeeded=3)
DONE = make_job(3, succeeded=4, state="FINISHED")
LAYER = make_layer(RUNNING, "encode", 4)


def frame(state: str) -> Chosen:
    return Chosen(RUNNING, LAYER, make_frame(LAYER, 1001, state), folder="/jobs/one")


@pytest.mark.parametrize(
    ("name", "chosen", "applies"),
    [
        ("pause", Chosen(RUNNING), True),
        ("pause", Chosen(PAUSED), False),
        ("pause", Chosen(DONE), False),
        ("resume", Chosen(PAUSED), True),
        ("resume", Chosen(RUNNING), False),
        ("kill", Chosen(RUNNING), True),
        ("kill", Chosen(DONE), False),
        ("kill", frame("RUNNING"), True),
        ("kill", frame("WAITING"), False),
        ("retry", Chosen(FAILED), True),
        ("retry", Chosen(RUNNING), False),
        ("retry", frame("DEAD"), True),
        ("retry", frame("WAITING"), False),
        ("retry", Chosen(RUNNING, LAYER), False),
        ("eat", frame("DEAD"), True),
        ("mark_done", frame("EATEN"), True),
        ("priority", Chosen(DONE), False),
        ("open_output", Chosen(DONE, folder="/jobs/one"), True),
        ("open_output", Chosen(RUNNING, folder="/jobs/one"), False),
        ("copy_command", frame("WAITING"), True),
        ("copy_command", Chosen(RUNNING, folder="/jobs/one"), False),
        ("submit_again", Chosen(DONE, folder="/jobs/one"), True),
        ("submit_again", Chosen(DONE), False),
    ],
)
def test_what_does_not_apply_says_why(name: str, chosen: Chosen, applies: bool) -> None:
    why_not = BY_NAME[name].why_not([chosen])
    assert (why_not == "") is applies
    assert applies or why_not.endswith(".")


def test_nothing_applies_to_nothing() -> None:
    assert all(action.why_not([]) for action in ACTIONS)


def test_selected_frames_of_a_job_are_one_call_and_only_those_that_fit() -> None:
    other = Chosen(RUNNING, LAYER, make_frame(LAYER, 1002, "WAITING"))
    (step,) = steps("retry", [frame("DEAD"), other])
    assert step.frame_names == ("1001-encode",)


def test_before_a_job_is_killed_it_is_said_what_stops() -> None:
    asked = question("kill", [Chosen(replace(RUNNING, counts=counts(running=2)))])
    assert RUNNING.name in asked
    assert "stops all running frames (2)" in asked


def test_many_names_are_cut_short() -> None:
    jobs = [Chosen(make_job(number)) for number in range(1, 6)]
    assert "and 2 more" in question("kill", jobs)


@pytest.mark.parametrize(("name", "asked"), [("pause", False), ("retry", False), ("eat", True), ("mark_done", True)])
def test_only_what_cannot_be_undone_asks(name: str, asked: bool) -> None:
    assert bool(question(name, [frame("DEAD")])) is asked
