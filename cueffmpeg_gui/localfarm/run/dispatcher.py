# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Starts frames as soon as resources are free, and records their ends."""

from __future__ import annotations

import logging
import sqlite3
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable

from cueffmpeg_gui.localfarm.run.frame_order import read_order
from cueffmpeg_gui.localfarm.run.frame_run import Run, RunSettings
from cueffmpeg_gui.localfarm.run.schedule import Candidate, Chooser, Resources, candidates
from cueffmpeg_gui.localfarm.store import frames as frame_store
from cueffmpeg_gui.localfarm.store.database import Store
from cueffmpeg_gui.localfarm.store.frame_outcome import RunEnd

_log = logging.getLogger(__name__)

RETRY_SECONDS = 1.0  # after the database could not be written
OUTPUT_SECONDS = 5.0  # how often it is put on record that running frames write


class Dispatcher:
    """Owns this computer's resources. wake() after anything that may let a frame run."""

    def __init__(self, store: Store, settings: RunSettings) -> None:
        self._store = store
        self._settings = settings
        self.computer = Resources(settings.farm.cores * 100, settings.farm.memory_kb)
        self._chooser = Chooser()
        self._runs: dict[int, Run] = {}
        self._threads: set[threading.Thread] = set()
        self._lock = threading.Lock()
        self._wake = threading.Event()
        self._stopping = False
        self._thread = threading.Thread(target=self._dispatch, name="dispatcher", daemon=True)

    def start(self) -> None:
        self._thread.start()
        self.wake()

    def wake(self) -> None:
        self._wake.set()

    def runs(self) -> list[Run]:
        with self._lock:
            return list(self._runs.values())

    def free(self) -> Resources:
        taken = sum((run.resources for run in self.runs()), Resources(0, 0))
        return self.computer - taken

    def kill(self, frames: Iterable[int], message: str) -> None:
        """End the runs of these frames; what becomes of the frames has been put on record before."""
        with self._lock:
            runs = [self._runs[frame] for frame in frames if frame in self._runs]
        for run in runs:
            run.kill(message)

    def stop(self) -> None:
        """Start nothing more, end what runs and wait for it; those frames wait again."""
        self._stopping = True
        self.wake()
        self._thread.join()
        for run in self.runs():
            run.kill("The local farm is being stopped.")
        with self._lock:
            threads = list(self._threads)
        for thread in threads:
            thread.join()

    def abandon(self) -> None:
        """Kill what runs, wait for nothing and record nothing."""
        for run in self.runs():
            run.abandon()

    def _dispatch(self) -> None:
        while not self._stopping:
            self._wake.wait(OUTPUT_SECONDS)
            self._wake.clear()
            try:
                if self._store.trouble.is_there:
                    self._store.try_to_write()
                if not self._store.trouble.is_there:
                    self._fill()
                    self._record_output()
            except sqlite3.Error:
                _log.exception("The database of the farm cannot be used; trying again.")
            if self._store.trouble.is_there:
                time.sleep(RETRY_SECONDS)
                self.wake()

    def _fill(self) -> None:
        while not self._stopping and (free := self.free()).cores > 0:
            run = self._reserve_next(free)
            if run is None:
                return
            thread = threading.Thread(target=self._execute, args=(run,), name=run.order.frame_name)
            with self._lock:
                self._threads.add(thread)
            thread.start()

    def _reserve_next(self, free: Resources) -> Run | None:
        """Put the next frame on record as RUNNING. Its run is known before anyone can see that, so it can be killed."""
        run = None
        try:
            with self._store.transaction() as db:
                chosen = self._choose(db, free)
                if chosen is None:
                    return None
                needs = chosen.needs
                frame_store.reserve(
                    self._store, chosen.frame, host=self._settings.host, cores=needs.cores, memory=needs.memory
                )
                run = Run(read_order(self._store, chosen.frame), chosen.job, needs, self._settings)
                with self._lock:
                    self._runs[chosen.frame] = run
        except sqlite3.Error:
            if run is not None:
                self._forget(run)
            raise
        return run

    def _choose(self, db: sqlite3.Connection, free: Resources) -> Candidate | None:
        busy: Counter[int] = Counter()
        for run in self.runs():
            busy[run.job] += run.resources.cores
        waiting = (one for one in candidates(db, self.computer, busy) if one.frame not in self._runs)
        return self._chooser.choose(waiting, free, time.monotonic())

    def _execute(self, run: Run) -> None:
        frame = run.order.pk
        end = run.execute(
            lambda pid, mark: self._insist(lambda: frame_store.record_process(self._store, frame, pid, mark))
        )
        if run.trouble:
            self._store.trouble.note(run.trouble)
        self._insist(lambda: self._record_end(frame, run, end))
        self._forget(run)
        with self._lock:
            self._threads.discard(threading.current_thread())
        self.wake()

    def _forget(self, run: Run) -> None:
        with self._lock:
            self._runs.pop(run.order.pk, None)

    def _record_end(self, frame: int, run: Run, end: RunEnd) -> None:
        with self._store.transaction():
            frame_store.record_output(self._store, frame, run.output_time())
            if self._stopping and end.exit_status:
                row = self._store.row("SELECT * FROM frame WHERE pk = ?", (frame,))
                assert row is not None  # rows are never removed
                frame_store.release(self._store, row, orphaned=False)
            else:
                frame_store.end(self._store, frame, end)

    def _record_output(self) -> None:
        for run in self.runs():
            if run.output_time() > run.last_output:
                run.last_output = run.output_time()
                frame_store.record_output(self._store, run.order.pk, run.last_output)

    def _insist(self, action: Callable[[], None]) -> None:
        """Put something on record, however long the disk stays full: it has happened. A farm that is being stopped
        gives up; its next start finds the frame RUNNING and clears it."""
        while True:
            try:
                action()
                return
            except sqlite3.Error:
                _log.exception("The database of the farm cannot be written; trying again.")
                if self._stopping:
                    return
                time.sleep(RETRY_SECONDS)
