# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Zoom and pan as numbers, and features in words."""

import math

from hypothesis import given
from hypothesis import strategies as st

from cueffmpeg_gui.gui.pictures.models.explanation import FeatureLevels
from cueffmpeg_gui.gui.pictures.models.viewport import CLOSEST, Viewport
from cueffmpeg_gui.media.features import Features

sides = st.floats(50, 4000)
ports = st.builds(Viewport, st.tuples(sides, sides), st.tuples(sides, sides))
# A picture begins at a whole pixel of the screen.
SNAP = 0.501
shares = st.floats(0.05, 0.95)


def point_of(port: Viewport, x: float, y: float) -> tuple[float, float]:
    left, top, width, height = port.area
    return left + x * width, top + y * height


@given(ports)
def test_at_first_all_of_the_picture_is_seen_in_the_middle(port: Viewport) -> None:
    left, top, width, height = port.area
    assert math.isclose(2 * left + width, port.pane[0], abs_tol=2 * SNAP)
    assert math.isclose(2 * top + height, port.pane[1], abs_tol=2 * SNAP)
    assert width <= port.pane[0] * 1.000001
    assert height <= port.pane[1] * 1.000001


@given(ports, shares, shares, st.floats(0.1, 20))
def test_zooming_in_never_leaves_empty_pane_that_the_picture_could_fill(
    port: Viewport, x: float, y: float, steps: float
) -> None:
    near = port.zoomed(steps, x * port.pane[0], y * port.pane[1])
    left, top, width, height = near.area
    assert near.scale <= max(CLOSEST, port.fit)
    for start, size, pane in ((left, width, port.pane[0]), (top, height, port.pane[1])):
        if size >= pane:
            assert start <= SNAP
            assert start + size >= pane - SNAP
        else:
            assert math.isclose(start, (pane - size) / 2, abs_tol=SNAP)


@given(ports, shares, shares)
def test_the_place_under_the_pointer_is_found_again(port: Viewport, x: float, y: float) -> None:
    near = port.zoomed(3, *point_of(port, x, y))
    found = near.place(*point_of(near, x, y))
    assert found is not None
    assert math.isclose(found[0], x, abs_tol=1e-6)
    assert math.isclose(found[1], y, abs_tol=1e-6)


@given(ports, shares, shares, st.integers(1, 8))
def test_zooming_out_all_the_way_shows_all_again(port: Viewport, x: float, y: float, steps: int) -> None:
    point = point_of(port, x, y)
    assert port.zoomed(steps, *point).zoomed(-steps - 1, *point) == port


def test_beside_the_picture_there_is_no_place() -> None:
    port = Viewport((200, 100), (100, 100))
    assert port.place(10, 50) is None
    assert port.place(100, 50) == (0.5, 0.5)


def ranked(*values: float) -> FeatureLevels:
    return FeatureLevels.of(Features(("vif_scale0", "unknown"), {n: (v, 1.0) for n, v in enumerate(values, 1)}))


def test_a_feature_is_told_beside_the_rest_of_the_clip() -> None:
    levels = ranked(*(0.5 + n / 1000 for n in range(99)), 0.1)
    assert levels.sentences(100) == ["VIF, finest detail: among the lowest (0.1, median 0.549)"]
    assert "as usual" in levels.sentences(50)[0]
    assert "among the highest" in levels.sentences(99)[0]


def test_a_clip_that_is_all_alike_is_as_usual_everywhere() -> None:
    assert "as usual" in ranked(1.0, 1.0, 1.0).sentences(2)[0]


def test_a_frame_without_features_is_not_spoken_of() -> None:
    assert ranked(1.0).sentences(7) == []


def test_each_thing_is_told_once() -> None:
    features = Features(("adm2", "adm3", "motion2", "motion3"), {1: (0.9, 0.8, 3.0, 4.0)})
    assert [line.split(":")[0] for line in FeatureLevels.of(features).sentences(1)] == ["ADM, detail kept", "Motion"]
