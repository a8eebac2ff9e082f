# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""How the Monitor page bears a big, slow or mute farm: seconds until it can be used, and how long it ever stands still.

"still" is the longest time between two ticks of the window's thread; "own" the part of it that the thread itself
computed, whatever else this machine did. Printed, not judged; the goal is 50 ms.
"""

from __future__ import annotations

import argparse
import gc
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
import tracemalloc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from qtpy.QtCore import QObject, QTimer
from qtpy.QtWidgets import QApplication

from cueffmpeg_gui.gui.common.session import Session
from cueffmpeg_gui.gui.common.tasks import Tasks
from cueffmpeg_gui.gui.monitor.models import job_poller
from cueffmpeg_gui.gui.monitor.monitor_page import MonitorPage
from cueffmpeg_gui.gui.widgets.theme import apply_theme
from cueffmpeg_gui.settings import load_settings

HOUR_OF_POLLS = 1800
SMALL_LIST = 500


class Watch(QObject):
    """Measures between ticks."""

    def __init__(self) -> None:
        super().__init__()
        self._timer = QTimer(self, interval=1)
        self._timer.timeout.connect(self._tick)
        self._timer.start()
        self.reset()

    def reset(self) -> None:
        self.still = self.own = 0.0
        self._last = (time.perf_counter(), time.thread_time())

    def _tick(self) -> None:
        now = (time.perf_counter(), time.thread_time())
        self.still = max(self.still, now[0] - self._last[0])
        self.own = max(self.own, now[1] - self._last[1])
        self._last = now

    def __str__(self) -> str:
        return f"still {self.still * 1000:4.0f} ms, own {self.own * 1000:4.0f} ms"


class Bench:
    """A page on a big farm."""

    def __init__(self, jobs: int, frames: int) -> None:
        self.mood = Path(tempfile.mkdtemp()) / "mood"
        self.mood.write_text("0")
        command = [sys.executable, str(Path(__file__).parent / "big_farm.py"), str(jobs), str(frames), str(self.mood)]
        self.farm = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        port = self.farm.stdout.readline().strip() if self.farm.stdout else ""
        self.tasks = Tasks()
        self.session = Session(self.tasks, load_settings(farm=f"127.0.0.1:{port}", user="alice"))
        self.page = MonitorPage(self.session, self.tasks)
        self.page.resize(1366, 700)
        gc.collect()
        gc.freeze()

    def until(self, wanted: Callable[[], bool], seconds: float = 120) -> float:
        """Runs the window until something is so; the seconds it took."""
        start = time.perf_counter()
        while not wanted() and time.perf_counter() - start < seconds:
            QApplication.processEvents()
            time.sleep(0.0005)
        return time.perf_counter() - start

    def run(self, seconds: float) -> None:
        """Runs the window for a time."""
        self.until(lambda: False, seconds)

    def close(self) -> None:
        self.page.hide()
        self.page.poller.stop()
        self.session._timer.stop()
        self.tasks.close()
        self.farm.kill()


@contextmanager
def bench(jobs: int, frames: int) -> Iterator[Bench]:
    made = Bench(jobs, frames)
    try:
        yield made
    finally:
        made.close()


FIRST_PAINT = """
import os, time
from cueffmpeg_gui.gui import app, main_window

class Painted(main_window.MainWindow):
    def paintEvent(self, event):
        super().paintEvent(event)
        print(time.time(), flush=True)
        os._exit(0)

app.MainWindow = Painted
app.run_window("local", dict(os.environ))
"""


def first_paint(rounds: int = 5) -> None:
    """From the start of a process to the first paint of the frame, and of that python itself; beside each other."""
    environment = {**os.environ, "QT_API": "pyside6", "CUEFFMPEG_HOME": tempfile.mkdtemp(prefix="cueffmpeg-")}
    painted, bare = [], []
    for _ in range(rounds):
        start = time.time()
        ran = subprocess.run([sys.executable, "-c", FIRST_PAINT], env=environment, capture_output=True, check=True)
        painted.append(float(ran.stdout) - start)
        start = time.time()
        subprocess.run([sys.executable, "-c", "import qtpy.QtWidgets"], env=environment, check=True)
        bare.append(time.time() - start)
    median, of_qt = statistics.median(painted), statistics.median(bare)
    print(f"first paint: {median:.2f} s, of which importing Qt takes {of_qt:.2f} s")


def big_list(jobs: int, frames: int) -> None:
    """A list of many jobs, then one of many frames, then a farm that is slow, then one that is mute."""
    with bench(jobs, frames) as it:
        watch, page = Watch(), it.page
        it.run(5)
        print(f"nothing to do, for 5 s: {watch}")
        watch.reset()
        page.show()
        it.session.start()
        first = it.until(lambda: page.tree_model.count > 0)
        whole = first + it.until(lambda: page.tree_model.count == jobs and page.tree_model.slices.is_settled)
        print(f"{jobs} jobs: first rows after {first:.2f} s, all after {whole:.2f} s; {watch}")
        watch.reset()
        it.run(15)
        print(f"polled for 15 s, 50 jobs change each time: {watch}")
        watch.reset()
        page.select_job(f"j{jobs}")
        seconds = it.until(lambda: page.tree_model.is_loaded(f"j{jobs}") and page.tree_model.slices.is_settled)
        page.tree.expand(page.tree.filter.index(0, 0, page.tree.index_of_job(f"j{jobs}")))
        print(f"{frames} frames arrive in {seconds:.2f} s: {watch}")
        watch.reset()
        it.run(10)
        print(f"1000 of them change with each poll, for 10 s: {watch}")
        for mood, name in (("2", "answers take 2 s"), ("mute", "no answer at all")):
            it.mood.write_text(mood)
            watch.reset()
            it.run(12)
            print(f"{name}, for 12 s: {watch}; {page.toolbar.age.text()!r}")


def memory() -> None:
    """An hour of polling, as fast as it goes."""
    job_poller.LOCAL_SECONDS = job_poller.REMOTE_SECONDS = job_poller.OPEN_SECONDS = job_poller.REST = 0.0
    job_poller.TICK_MILLISECONDS = 1
    with bench(SMALL_LIST, SMALL_LIST) as it:
        polls = [0]
        it.page.poller.answered.connect(lambda: polls.__setitem__(0, polls[0] + 1))
        it.page.show()
        it.session.start()
        it.page.select_job(f"j{SMALL_LIST}")
        it.until(lambda: polls[0] > HOUR_OF_POLLS // 20)
        tracemalloc.start()
        before, rss = tracemalloc.get_traced_memory()[0], _rss()
        seconds = it.until(lambda: polls[0] > HOUR_OF_POLLS, 300)
        grown = tracemalloc.get_traced_memory()[0] - before
        print(
            f"{polls[0]} polls of {SMALL_LIST} jobs and {SMALL_LIST} frames in {seconds:.0f} s: "
            f"Python grew by {grown / 1024:.0f} KB, the process by {(_rss() - rss) / 1024:.1f} MB"
        )
        tracemalloc.stop()


def _rss() -> int:
    """Resident KB now, where /proc tells it; else the highest so far."""
    try:
        return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize() // 1024
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--jobs", type=int, default=5000)
    parser.add_argument("--frames", type=int, default=10_000)
    parser.add_argument("--no-memory", action="store_true", help="leave out the hour of polling")
    parser.add_argument("--switch", type=float, help="Python's switch interval in milliseconds")
    arguments = parser.parse_args()
    if arguments.switch:
        sys.setswitchinterval(arguments.switch / 1000)
    application = QApplication([])
    apply_theme(application)
    first_paint()
    big_list(arguments.jobs, arguments.frames)
    if not arguments.no_memory:
        memory()


if __name__ == "__main__":
    main()
