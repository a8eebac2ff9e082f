# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""One run of a cue frame, from its log's header to its footer, on a thread of its own."""

from __future__ import annotations

import logging
import os
import resource
import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from cueffmpeg_gui.localfarm.run.frame_environment import frame_environment
from cueffmpeg_gui.localfarm.run.frame_log import LogWriter
from cueffmpeg_gui.localfarm.run.frame_order import RunOrder
from cueffmpeg_gui.localfarm.run.process_runner import GATE, FrameProcess, ProcessEnd
from cueffmpeg_gui.localfarm.run.rqd_log import FORMATS, RunFacts, RunReport
from cueffmpeg_gui.localfarm.run.schedule import Resources
from cueffmpeg_gui.localfarm.settings import FarmSettings
from cueffmpeg_gui.localfarm.states import FAILED_LAUNCH, SKIP_RETRY
from cueffmpeg_gui.localfarm.store.frame_outcome import RunEnd, split_status
from cueffmpeg_gui.localfarm.store.trouble import FULL

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class RunSettings:
    """What every run on this computer shares. host: its name as clients see it; umask: of what frames write."""

    farm: FarmSettings
    root: Path
    host: str
    umask: int = 0o022

    @property
    def runs(self) -> Path:
        """Folder of the working folders of runs."""
        return self.root / "runs"


class Run:
    """A frame that holds resources of this computer until execute() has returned."""

    def __init__(self, order: RunOrder, job: int, resources: Resources, settings: RunSettings) -> None:
        self.order = order
        self.job = job
        self.resources = resources
        self.last_output = time.time()
        self.trouble = ""  # why the farm itself could not begin the run: it waits until that is over
        self._settings = settings
        self._process: FrameProcess | None = None
        self._kill_message: str | None = None
        self._started = time.time()

    def kill(self, message: str) -> None:
        """End the run; message: who wants that and why, for the log. At any time, from any thread."""
        if self._kill_message is None:
            self._kill_message = message
        if self._process is not None:
            self._process.terminate()

    def abandon(self) -> None:
        """KILL at once."""
        if self._process is not None:
            self._process.kill()

    def execute(self, on_process: Callable[[int, str], None]) -> RunEnd:
        """Run to the end. on_process(pid, mark) puts the process on record; only then does the frame begin."""
        folder = self._settings.runs / f"{self.order.frame_name}.{self.order.frame_id[:7]}"
        try:
            log = LogWriter(self.order.log_file, FORMATS[self._settings.farm.log_format]())
        except OSError as error:
            return self._not_launched(error)
        try:
            return self._logged(log, folder, on_process)
        except OSError as error:
            return self._not_launched(error)
        finally:
            log.close()
            shutil.rmtree(folder, ignore_errors=True)

    def _not_launched(self, error: OSError) -> RunEnd:
        _log.warning("The frame %s of %s did not start: %s", self.order.frame_name, self.order.job_name, error)
        if error.errno in FULL:
            self.trouble = error.strerror or str(error)
            return RunEnd(SKIP_RETRY, 0, time.time() - self._started)
        return RunEnd(FAILED_LAUNCH, 0, time.time() - self._started)

    def _logged(self, log: LogWriter, folder: Path, on_process: Callable[[int, str], None]) -> RunEnd:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        script = folder / f"{folder.name}.sh"
        script.write_text(f"{GATE}{self.order.command}\n", encoding="utf-8", errors="surrogateescape")
        env = frame_environment(self.order, self._settings.farm, self._settings.root, self._settings.host)
        facts = RunFacts(self.order, env, self._settings.host, os.getgid(), str(script), str(folder))
        log.write_header(facts)
        self._process = FrameProcess(script, env, self._settings.umask, self._settings.farm.kill_grace)
        on_process(self._process.pid, self._process.mark)
        if self._kill_message is not None:
            self._process.terminate()
        else:
            self._process.open_gate()
        report = self._report(self._process.wait(log, _Timeouts(self)))
        log.write_footer(facts, report)
        if log.lost:
            _log.warning("%d bytes of %s could not be written.", log.lost, self.order.log_file)
        return report.end

    def _report(self, end: ProcessEnd) -> RunReport:
        ended = time.time()
        self.last_output = end.last_output
        status, exit_signal = split_status(end.returncode, self._settings.farm.log_format)
        if self._kill_message is not None and self._settings.farm.log_format == "python" and status:
            status, exit_signal = 1, 9
        run_end = RunEnd(status, exit_signal, ended - self._started, _own_rss(end.max_rss_kb), ended - end.last_output)
        message = self._kill_message or ""
        return RunReport(run_end, self._started, ended, end.user_seconds, end.system_seconds, message)

    def output_time(self) -> float:
        """When the frame last wrote something."""
        return self._process.last_output if self._process is not None else self.last_output


def _own_rss(max_rss_kb: int) -> int:
    """A new process counts the memory of the farm it came from; less than that is not the frame's."""
    return max_rss_kb if max_rss_kb > resource.getrusage(resource.RUSAGE_SELF).ru_maxrss else 0


class _Timeouts:
    """The timeouts of the layer: of the run as a whole, and without any output."""

    def __init__(self, run: Run) -> None:
        self._run = run
        self._started = time.time()

    def seconds_left(self, last_output: float) -> float | None:
        order = self._run.order
        limits = [(order.timeout, self._started), (order.timeout_llu, last_output)]
        left = [since + limit - time.time() for limit, since in limits if limit > 0]
        return max(0.0, min(left)) if left else None

    def passed(self, _process: FrameProcess) -> None:
        self._run.kill("The frame took longer than the timeout of its layer allows.")
