# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Runs in CueGUI's own Python: starts the real Cuetopia, plays one scenario in it, and prints what was seen as JSON.

A scenario is a generator: it yields conditions, and goes on when they hold.
"""

import json
import os
import subprocess
import sys
import time
import traceback

import cuegui
import cuegui.Main
import cuegui.MainWindow
import opencue.api
from qtpy.QtCore import QTimer
from scene import TICK_MILLISECONDS, Scene, encodes, look

PATIENCE_SECONDS = 40
# After which CueGUI has its answers.
QUIET_MILLISECONDS = 1000


def watch(scene, job):
    """Opens the dock and selects a job: what is shown of it?"""
    scene.open_dock()
    scene.monitor(job)
    yield lambda: scene.job_item(job) and scene.docks()[0].panel
    scene.select(job)
    dock = scene.docks()[0]
    yield lambda: dock.panel.model.job is not None
    yield (
        lambda: (
            not dock.panel.job
            or not dock.panel.job.compares
            or encodes(dock.panel)
            or (dock.panel.chunks.table.failed())
        )
    )
    return look(dock)


def choose_frame(scene, job):
    """A double click on a chunk selects its frame in CueGUI; a click on a frame there moves the cursor here."""
    yield from watch(scene, job)
    dock = scene.docks()[0]
    table, frames = dock.panel.chunks, scene.tree("FrameMonitorTree")
    table.activated.emit(table.sorted.index(1, 0))
    yield lambda: frames.currentItem() is not None
    chosen = frames.currentItem().rpcObject.data.name
    other = next(
        frames.topLevelItem(y) for y in range(frames.topLevelItemCount()) if not frames.topLevelItem(y).isSelected()
    )
    frames.itemClicked.emit(other, 0)
    row = table.sorted.mapToSource(table.currentIndex()).row()
    return {"asked": table.table.chunks[1].frame.name, "chosen": chosen,
            "clicked": other.rpcObject.data.name, "shown": table.table.chunks[row].frame.name}  # fmt: skip


def choose_hidden_frame(scene, job, other):
    """A double click on a chunk of a job that CueGUI does not show just now; and CueGUI lives on when it refreshes."""
    yield from watch(scene, job)
    dock = scene.docks()[0]
    dock.panel.head.keep.click()
    scene.monitor(other)
    yield lambda: scene.job_item(other)
    scene.select(other)
    frames, jobs = scene.tree("FrameMonitorTree"), scene.tree("JobMonitorTree")
    yield lambda: frames.getJob() is not None and frames.getJob().data.name == other
    dock.panel.chunks.activated.emit(dock.panel.chunks.sorted.index(0, 0))
    yield lambda: frames.getJob().data.name == job and frames.currentItem() is not None
    for _ in range(3):
        shown = jobs._items
        jobs._update()
        yield lambda shown=shown: jobs._items is not shown
    return [dock.panel.model.name, frames.currentItem().rpcObject.data.name]


def menu(scene, *jobs):
    """What our items in the job menu say."""
    scene.monitor(*jobs)
    yield lambda: all(scene.job_item(job) for job in jobs)
    seen = []
    scene.open_menu(
        *jobs, act=lambda ours: seen.append({text: [one.isEnabled(), one.toolTip()] for text, one in ours.items()})
    )
    yield lambda: seen
    return seen[0]


def retry(scene, job):
    """Failed chunks are resubmitted through the menu."""
    scene.monitor(job)
    yield lambda: scene.job_item(job)
    scene.open_menu(job, act=lambda ours: ours["Resubmit failed chunks"].trigger())
    yield lambda: "again" in scene.window.statusBar().currentMessage()
    return scene.window.statusBar().currentMessage()


def show_many(scene, *jobs):
    """Several jobs: each in a dock that stays with it, which CueGUI knows of."""
    scene.monitor(*jobs)
    yield lambda: all(scene.job_item(job) for job in jobs)
    scene.open_menu(*jobs, act=lambda ours: ours["Show VMAF"].trigger())
    yield (
        lambda: len(scene.docks()) == len(jobs) and all(dock.panel and dock.panel.model.name for dock in scene.docks())
    )
    return sorted([dock.panel.model.name, dock.is_kept] for dock in scene.docks())


def review(scene, job, program, told):
    """Opening the review starts our program with the job and the farm; it writes its words into the file `told`."""
    yield from watch(scene, job)
    module = sys.modules["cueffmpeg_cuegui.job_actions"]
    command = (program, "-c", f"import sys; open({told!r}, 'w').write(' '.join(sys.argv[1:]))")
    module.read_notes = lambda: module.InstallNotes(command)
    panel = scene.docks()[0].panel
    panel.head.review.click()
    yield lambda: panel.head.trouble.text() or (os.path.exists(told) and os.path.getsize(told))
    return panel.head.trouble.text()


def follow(scene, job, python, restart):
    """The local farm dies and is started again, at another port; CueGUI and the dock find it."""
    yield from watch(scene, job)
    before = opencue.cuebot.Cuebot.Hosts[0]
    process = subprocess.Popen([python, restart], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    now = process.stdout.readline().decode().strip()
    yield lambda: opencue.cuebot.Cuebot.Hosts == [now]
    jobs = [one.data.name for one in opencue.api.getJobs(show=["testing"], include_finished=True)]
    model = scene.docks()[0].panel.model
    model.refresh()
    yield lambda: model.job is not None and not model.trouble
    process.communicate()
    return {"before": before, "now": now, "jobs": jobs, "job": model.job.status.name}


def close(scene, job):
    """Closed docks are gone, for CueGUI as well; a new one works."""
    for _ in range(3):
        yield from watch(scene, job)
        plugins = scene.window._MainWindow__plugins
        running = [name for name, _ in plugins.runningList()]
        scene.docks()[0].close()
        yield lambda: not scene.docks()
    return {"running before": running.count("ffmpeg / VMAF"), "running": [name for name, _ in plugins.runningList()]}


def keep(scene, job):
    """A dock that stays with a job, when CueGUI ends."""
    yield from watch(scene, job)
    scene.docks()[0].panel.head.keep.click()
    return look(scene.docks()[0])


def restored(scene, job):
    """What a new session has of the one before."""
    yield lambda: scene.docks() and scene.docks()[0].panel and encodes(scene.docks()[0].panel)
    return look(scene.docks()[0])


def left(scene):
    """What CueGUI is like without the plugin, when it was there in the session before."""
    yield lambda: scene.window.isVisible() and scene.tree("JobMonitorTree").isVisible()
    entries = [entry.text() for action in scene.window.PluginMenu.actions() if action.menu()
               for entry in action.menu().actions()]  # fmt: skip
    before = remembered()
    scene.window._MainWindow__plugins.saveState()
    return {"docks": len(scene.docks()), "offered": "ffmpeg / VMAF" in entries, "jobs": "Monitor Jobs" in entries,
            "remembered before": before, "remembered": remembered()}  # fmt: skip


def remembered():
    """What is opened at the next start, as CueGUI writes it down."""
    return str(cuegui.app().settings.value("Cuetopia/Plugins_Opened"))


class Play:
    """Plays a scenario, writes down what it gives, and ends CueGUI: as a person does where that matters."""

    def __init__(self, scene, name, words):
        self.name = name
        self.steps = globals()[name](scene, *words)
        self.scene, self.wait = scene, lambda: True
        self.end = time.monotonic() + PATIENCE_SECONDS
        self.timer = QTimer()
        self.timer.timeout.connect(self.step)
        self.timer.start(TICK_MILLISECONDS)

    def step(self):
        try:
            if time.monotonic() > self.end:
                raise TimeoutError(f"waited in vain for {self.wait}")
            if self.wait():
                self.wait = self.steps.send(None)
        except StopIteration as end:
            self.finish(end.value)
        except Exception:
            traceback.print_exc()
            os._exit(1)

    def finish(self, value):
        self.timer.stop()
        with open(os.environ["SEEN"], "w") as file:
            json.dump(value, file)
        if self.name != "keep":
            os._exit(0)  # CueGUI itself may abort when it ends in the middle of asking the farm
        QTimer.singleShot(QUIET_MILLISECONDS, self.leave)

    def leave(self):
        """All that CueGUI does at its end, but for Qt's destructors: there it may abort over threads of its own."""
        cuegui.app().aboutToQuit.connect(lambda: os._exit(0))
        self.scene.window.handleExit(None, None)


def show(window):
    shown(window)
    Play.one = Play(Scene(window), sys.argv[1], sys.argv[2:])


shown = cuegui.MainWindow.MainWindow.show
cuegui.MainWindow.MainWindow.show = show
cuegui.Main.cuetopia(["cuetopia"])
