# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Steps told from differences: where a slip begins and ends, and silence where nothing can be told."""

from collections.abc import Sequence

import pytest

from cueffmpeg_gui.media.frames import FrameRange
from cueffmpeg_gui.media.pair_measure import STEPS, Row
from cueffmpeg_gui.media.pair_single import Slip
from cueffmpeg_gui.media.pair_steps import judge_steps

CODING = 300


def rows_of(shown: Sequence[int], places: Sequence[float], coding: int = CODING) -> list[Row]:
    """The rows of an encode that shows these pictures (by index) of a reference whose picture n is at places[n]."""

    def apart(one: int, other: int, noise: int) -> int | None:
        known = 0 <= one < len(places) and 0 <= other < len(places)
        return round(1000 * abs(places[one] - places[other])) + noise if known else None

    return [
        (
            *(apart(picture, index + step, coding) for step in STEPS),
            apart(picture, shown[index - 1], 0) if index else None,
            apart(index, index - 1, 0) if index else None,
        )
        for index, picture in enumerate(shown)
    ]


MOVING = [float(n) * 2 for n in range(30)]
OWN = list(range(30))


def test_what_is_in_step_has_no_slip_and_tells_every_frame() -> None:
    steps = judge_steps(rows_of(OWN, MOVING), 1001)
    assert (steps.slips, steps.untold) == ((), ())


def test_a_slip_has_its_frames_and_its_step() -> None:
    late = [0, *range(29)]
    assert judge_steps(rows_of(late, MOVING), 1).slips == (Slip(2, 30, -1),)
    early = [*range(2, 30), 29, 29]
    assert judge_steps(rows_of(early, MOVING), 1001).slips == (Slip(1001, 1029, 2),)


def test_a_picture_that_is_left_out_puts_all_after_it_out_of_step() -> None:
    shown = [*range(12), *range(13, 30), 29]
    assert judge_steps(rows_of(shown, MOVING), 1).slips == (Slip(13, 29, 1),)


def test_out_and_in_again_is_one_slip() -> None:
    shown = [*range(8), *range(7, 19), *range(20, 30)]
    assert judge_steps(rows_of(shown, MOVING), 1).slips == (Slip(9, 20, -1),)


def test_one_picture_shown_twice_is_told_by_itself() -> None:
    shown = [*range(10), 9, *range(11, 30)]
    assert judge_steps(rows_of(shown, MOVING), 1).slips == (Slip(11, 11, -1),)


@pytest.mark.parametrize("order", [(1, 0), (0, 2, 1, 3), (2, 1, 0), (1, 2, 0)])
def test_pictures_that_changed_places_are_told(order: tuple[int, ...]) -> None:
    size = len(order)
    shown = [index - index % size + order[index % size] for index in range(30 - 30 % size)]
    wanted = tuple(Slip(n, n, picture + 1 - n) for n, picture in enumerate(shown, 1) if picture + 1 != n)
    assert judge_steps(rows_of(shown, MOVING), 1).slips == wanted


def test_two_pictures_that_changed_places_once_are_told() -> None:
    shown = [*range(10), 11, 10, *range(12, 30)]
    assert judge_steps(rows_of(shown, MOVING), 1).slips == (Slip(11, 11, 1), Slip(12, 12, -1))


def test_what_stands_still_cannot_be_told() -> None:
    still = [0.0] * 30
    steps = judge_steps(rows_of([0, *range(29)], still), 1)
    assert (steps.slips, steps.untold) == ((), (FrameRange(1, 30),))
    pause = [*MOVING[:10], *[MOVING[9]] * 10, *MOVING[9:19]]
    steps = judge_steps(rows_of(OWN, pause), 1)
    assert (steps.slips, steps.untold) == ((), (FrameRange(12, 19),))


def test_a_pause_within_a_slip_belongs_to_it() -> None:
    pause = [*MOVING[:10], *[MOVING[9]] * 10, *MOVING[9:19]]
    assert judge_steps(rows_of([0, *range(29)], pause), 1).slips == (Slip(2, 30, -1),)


def test_coarse_coding_hides_a_slip_and_makes_none() -> None:
    slow = [float(n) / 5 for n in range(30)]
    assert judge_steps(rows_of(OWN, slow, coding=4000), 1).slips == ()
    # An encoder that skips holds a picture for a while: it lags, but never for long.
    lagging = [n - n % 3 for n in OWN]
    assert judge_steps(rows_of(lagging, slow, coding=1000), 1).slips == ()


def test_animation_on_twos_is_in_step_with_itself() -> None:
    twos = [float(n // 2) * 3 for n in range(30)]
    assert judge_steps(rows_of(OWN, twos), 1).slips == ()
    assert judge_steps(rows_of([0, *range(29)], twos), 1).slips == (Slip(3, 29, -1),)


def test_nothing_at_all_is_no_slip() -> None:
    nothing: Row = (None,) * (len(STEPS) + 2)
    assert judge_steps([nothing] * 3, 1).untold == (FrameRange(1, 3),)
    assert judge_steps([], 1).slips == ()
