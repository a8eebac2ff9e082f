# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""What a curve of a whole film costs, beside a bare pyqtgraph plot with the same options, in one run.

Both draw the same numbers at the same size: peak downsampling, only what is in view, no antialiasing, pen of one pixel.
Drawn first, moved, the crosshair moved, grown by some scores. Medians in milliseconds, and how many times the bare
plot's they are; the goal is 2 at most. Turning score rows into what is drawn happens off the window's thread and is
printed apart.
"""

from __future__ import annotations

import argparse
import os
import statistics
import time
from collections.abc import Callable

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import numpy as np
import pyqtgraph as pg
from qtpy.QtTest import QTest
from qtpy.QtWidgets import QApplication, QWidget

from cueffmpeg_gui.gui.common.tasks import Tasks
from cueffmpeg_gui.gui.curve.models.curve_model import CurveModel
from cueffmpeg_gui.gui.curve.models.encode import Encode, encode_of
from cueffmpeg_gui.gui.curve.plot import CurvePlot
from cueffmpeg_gui.gui.widgets.theme import apply_theme
from cueffmpeg_gui.media.scores import Scores

SIZE = (1280, 420)
FIRST = 1001
WINDOW = 2000
GROWTH = 60


def film(frames: int, missing: int = 0) -> Scores:
    """Scores of a film; the last `missing` frames have none yet."""
    chance = np.random.default_rng(7)
    values = np.clip(94 + 3 * np.sin(np.arange(frames) / 900) - chance.exponential(1.2, frames), 0, 100)
    rows = {FIRST + place: (value,) for place, value in enumerate(values[: frames - missing].tolist())}
    return Scores("compare", FIRST, FIRST + frames - 1, ("vmaf",), "vmaf_v0.6.1", rows)


class Bare:
    """pyqtgraph as it comes, with the options of ours."""

    def __init__(self) -> None:
        self.widget = pg.PlotWidget()
        self.box = self.widget.getViewBox()
        self.curve = pg.PlotDataItem(pen=pg.mkPen("#56b4e9", width=1), connect="finite", antialias=False)
        self.curve.setDownsampling(auto=True, method="peak")
        self.curve.setClipToView(True)
        self.box.disableAutoRange()
        self.box.setMouseEnabled(y=False)
        self.widget.addItem(self.curve, ignoreBounds=True)
        self.mouse = pg.InfiniteLine(angle=90)
        self.widget.addItem(self.mouse, ignoreBounds=True)
        self.widget.resize(*SIZE)

    def draw(self, encode: Encode) -> None:
        self.curve.setData(np.arange(encode.first, encode.last + 1, dtype=float), encode.columns["vmaf"])
        self.box.setRange(xRange=(encode.first, encode.last), yRange=(0, 100), padding=0)

    def point_at(self, frame: float) -> None:
        self.mouse.setPos(frame)


class Ours:
    """The plot of the window, with all it lays over the curve, beside it and around it."""

    def __init__(self, tasks: Tasks) -> None:
        self.model = CurveModel(tasks)
        self.widget = CurvePlot(self.model, has_histogram=True)
        self.box = self.widget.box
        self.widget.resize(*SIZE)

    def prepare(self, encode: Encode) -> float:
        """Seconds of a task until everything about the encode is computed."""
        start, before = time.perf_counter(), self.model.drawn
        self.model.show([encode])
        while self.model.drawn is before:
            QApplication.processEvents()
        return time.perf_counter() - start

    def draw(self, encode: Encode) -> None:
        self.widget.draw()

    def point_at(self, frame: float) -> None:
        self.widget._mouse.show()
        self.widget._mouse.setPos(frame)


def painted(widget: QWidget, change: Callable[[], object]) -> float:
    """Milliseconds until a change is on the (offscreen) screen."""
    start = time.perf_counter()
    change()
    widget.viewport().repaint()
    QApplication.processEvents()
    return (time.perf_counter() - start) * 1000


def compare(name: str, bare: Callable[[int], float], ours: Callable[[int], float], rounds: int) -> None:
    """Measures both in turns, so that what else the machine does meets both."""
    pairs = [(bare(number), ours(number)) for number in range(rounds)]
    of_bare, of_ours = (statistics.median(column) for column in zip(*pairs))
    print(f"{name:32} bare {of_bare:7.1f} ms   ours {of_ours:7.1f} ms   {of_ours / of_bare:4.2f} times")


def measure(frames: int, rounds: int) -> None:
    """All of it for a film of so many frames."""
    tasks = Tasks()
    print(f"{frames:,} frames, {SIZE[0]}x{SIZE[1]} pixels")
    scores = film(frames)
    start = time.perf_counter()
    encode = encode_of("film", "film", scores)
    print(f"score rows to arrays {(time.perf_counter() - start) * 1000:.0f} ms, in a task")
    bare, ours = Bare(), Ours(tasks)
    for one in (bare, ours):
        one.widget.show()
    print(f"arrays to shapes {ours.prepare(encode) * 1000:.0f} ms, in a task")
    compare("first draw", _first(bare, encode, tasks), _first(ours, encode, tasks), max(3, rounds // 4))
    for one in (bare, ours):
        one.draw(encode)
    for name, span in (("moved, 2000 frames in view", WINDOW), ("moved, all in view", frames * 0.98)):
        compare(name, _panning(bare, span), _panning(ours, span), rounds)
    for one in (bare, ours):
        one.box.setXRange(FIRST, FIRST + frames, padding=0)
    compare("crosshair, all in view", _pointing(bare, frames), _pointing(ours, frames), rounds)
    compare("grown by some scores", _growing(bare, frames), _growing(ours, frames), rounds)
    tasks.close()


def _first(one: Bare | Ours, encode: Encode, tasks: Tasks) -> Callable[[int], float]:
    def first(_: int) -> float:
        fresh = Bare() if isinstance(one, Bare) else Ours(tasks)
        if isinstance(fresh, Ours):
            fresh.prepare(encode)
        fresh.widget.show()
        QTest.qWait(50)
        spent = painted(fresh.widget, lambda: fresh.draw(encode))
        fresh.widget.hide()
        return spent

    return first


def _panning(one: Bare | Ours, span: float) -> Callable[[int], float]:
    def pan(number: int) -> float:
        left = FIRST + (number * 37) % 2000
        return painted(one.widget, lambda: one.box.setXRange(left, left + span, padding=0))

    return pan


def _pointing(one: Bare | Ours, frames: int) -> Callable[[int], float]:
    return lambda number: painted(one.widget, lambda: one.point_at(FIRST + (number * 7919) % frames))


def _growing(one: Bare | Ours, frames: int) -> Callable[[int], float]:
    def grow(number: int) -> float:
        encode = encode_of("film", "film", film(frames, missing=frames // 2 - number * GROWTH))
        if isinstance(one, Ours):
            one.prepare(encode)
        return painted(one.widget, lambda: one.draw(encode))

    return grow


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--frames", type=int, default=200_000)
    parser.add_argument("--rounds", type=int, default=20)
    arguments = parser.parse_args()
    application = QApplication([])
    apply_theme(application)
    measure(arguments.frames, arguments.rounds)


if __name__ == "__main__":
    main()
