# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Whose turn it is, and what a frame takes of the computer."""

import pytest

from cueffmpeg_gui.localfarm.run.schedule import PATIENCE, Candidate, Chooser, Resources, resources_needed

COMPUTER = Resources(400, 8000)


@pytest.mark.parametrize(
    ("cores", "memory", "needed"),
    [
        (100, 1000, Resources(100, 1000)),
        (2400, 1000, Resources(400, 1000)),
        (100, 99999, Resources(100, 8000)),
        (-100, 10, Resources(300, 10)),
        (0, 10, Resources(400, 10)),
        (-999, 10, Resources(1, 10)),
    ],
)
def test_nothing_needs_more_than_the_computer_has(cores: int, memory: int, needed: Resources) -> None:
    assert resources_needed(cores, memory, COMPUTER) == needed


def test_the_first_that_fits_runs() -> None:
    small, big = Candidate(1, 1, Resources(100, 10)), Candidate(2, 1, Resources(400, 10))
    assert Chooser().choose(iter([small, big]), Resources(100, 10), 0.0) == small
    assert Chooser().choose(iter([]), Resources(100, 10), 0.0) is None
    assert Chooser().choose(iter([big]), Resources(100, 10), 0.0) is None


def test_a_frame_is_not_overtaken_for_ever() -> None:
    small, big = Candidate(1, 1, Resources(100, 10)), Candidate(2, 1, Resources(400, 10))
    chooser = Chooser()
    assert chooser.choose(iter([big, small]), Resources(300, 10), 0.0) == small
    assert chooser.choose(iter([big, small]), Resources(300, 10), PATIENCE + 1) is None
    assert chooser.choose(iter([big, small]), Resources(400, 10), PATIENCE + 2) == big
