# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Encodes for curves, and a mouse that clicks at frames."""

from fractions import Fraction
from typing import Any

import numpy as np
from qtpy.QtCore import QPoint, Qt

from cueffmpeg_gui.gui.curve.curve_view import CurveView
from cueffmpeg_gui.gui.curve.models.encode import Encode, encode_of
from cueffmpeg_gui.media.scores import Scores

FIRST = 1001
LEFT = Qt.MouseButton.LeftButton


def encode(
    frames: int = 240,
    *,
    key: str = "v012",
    missing: tuple[int, ...] = (),
    dips: tuple[int, ...] = (1100,),
    number: int = 0,
    model: str = "vmaf_v0.6.1",
    **facts: Any,
) -> Encode:
    """A curve around 95 with a frame of 60 at each dip, and a second metric beside it."""
    thresholds = facts.pop("thresholds", ())
    facts.setdefault("timecode", "00:00:41:17")
    frames_of = [frame for frame in range(FIRST, FIRST + frames) if frame not in missing]
    rows = {frame: (60.0 if frame in dips else 95.0 + frame % 3, 40.0 + frame % 5) for frame in frames_of}
    pair = facts.pop("pair", None)
    scores = Scores("compare", FIRST, FIRST + frames - 1, ("vmaf", "psnr_y"), model, rows, thresholds, pair=pair)
    return encode_of(key, key, scores, rate=Fraction(24), number=number, **facts)


def wait_drawn(qtbot: Any, view: CurveView) -> None:
    """Until all that is there is drawn."""
    qtbot.waitUntil(lambda: view.model.is_settled and not view._is_due and not view._drawing.isActive(), timeout=10_000)


def shown(qtbot: Any, view: CurveView, *encodes: Encode) -> CurveView:
    """The view on the screen, with these encodes drawn."""
    view.resize(1000, 420)
    with qtbot.waitExposed(view):
        view.show()
    view.show_encodes(encodes)
    wait_drawn(qtbot, view)
    return view


def click(qtbot: Any, view: CurveView, frame: float, score: float = 50.0) -> None:
    """A click at the pixel of a frame."""
    at = view.plot.pixel_of(frame, score)
    qtbot.mouseClick(view.plot.viewport(), LEFT, pos=QPoint(round(at.x()), round(at.y())))


def colour_near(view: CurveView, frame: float, score: float, reach: int = 1) -> set[str]:
    """The colours around a point of the plot, as they are on the screen."""
    image = view.plot.viewport().grab().toImage()
    at = view.plot.pixel_of(frame, score)
    around = range(-reach, reach + 1)
    return {image.pixelColor(round(at.x()) + x, round(at.y()) + y).name() for x in around for y in around}


def line_extremes(view: CurveView) -> list[tuple[float, float]]:
    """Lowest and highest number of each main line as it is drawn."""
    return [(float(np.nanmin(line.yData)), float(np.nanmax(line.yData))) for line in view.plot.lines.lines]
