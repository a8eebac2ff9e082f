# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Runs in CueGUI's own Python: the real Cuetopia with a job open, with or without the dock; prints what it costs.

`cuegui_probe.py JOB with|without` prints JSON: refresh of jobs and of frames in ms (median), memory in MB, and the
longest time the window stood still meanwhile in ms.
"""

import json
import os
import statistics
import sys
import time

sys.path.pop(0)  # this folder has a cuegui.py of its own

import cuegui
import cuegui.Main
import cuegui.MainWindow
import opencue.api
from qtpy.QtCore import QTimer
from qtpy.QtWidgets import QApplication

SETTLE_SECONDS = 8
ROUNDS = 30
LISTS = ("JobMonitorTree", "FrameMonitorTree")


def lists(window):
    return {
        type(w).__name__: w for w in QApplication.allWidgets() if type(w).__name__ in LISTS and w.window() is window
    }


def play(window, job, has_dock):
    jobs = opencue.api.getJobs(show=["testing"], include_finished=True)
    for one in jobs:
        lists(window)["JobMonitorTree"].addJob(one)
    if has_dock:
        menus = [action.menu() for action in window.PluginMenu.actions() if action.menu()]
        next(e for menu in menus for e in menu.actions() if e.text() == "ffmpeg / VMAF").trigger()
    yield 1.0
    cuegui.app().view_object.emit(next(one for one in jobs if one.data.name == job))
    yield SETTLE_SECONDS
    watch.longest = 0.0
    seen = {}
    for name, tree in lists(window).items():
        seen[name] = []
        done = []
        process = tree._processUpdate
        tree._processUpdate = lambda work, objects, process=process, done=done: (process(work, objects), done.append(1))
        for _ in range(ROUNDS):
            done.clear()
            begun = time.perf_counter()
            tree._update()
            while not done:
                yield 0.0
            seen[name].append(1000 * (time.perf_counter() - begun))
    print(json.dumps({**{name: statistics.median(times) for name, times in seen.items()},
                      "memory": memory(), "still": 1000 * watch.longest}))  # fmt: skip
    sys.stdout.flush()
    os._exit(0)


def memory():
    with open("/proc/self/smaps_rollup") as file:
        facts = dict(line.split(":") for line in file if ":" in line and "kB" in line)
    return int(facts["Pss"].split()[0]) / 1024


class Watch:
    """The longest time between two turns of the window."""

    def __init__(self):
        self.longest, self.last = 0.0, time.perf_counter()

    def tick(self):
        now = time.perf_counter()
        self.longest, self.last = max(self.longest, now - self.last), now


watch = Watch()


def go_on(steps):
    QTimer.singleShot(int(1000 * next(steps)), lambda: go_on(steps))


def show(window):
    shown(window)
    window.resize(1400, 900)
    window.ticks = QTimer()
    window.ticks.timeout.connect(watch.tick)
    window.ticks.start(1)
    steps = play(window, sys.argv[1], sys.argv[2] == "with")
    QTimer.singleShot(1000, lambda: go_on(steps))


shown = cuegui.MainWindow.MainWindow.show
cuegui.MainWindow.MainWindow.show = show
cuegui.Main.cuetopia(["cuetopia"])
