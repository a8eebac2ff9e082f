# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Headers, footers and lines of a frame's log, as the two rqds write them: what reads theirs reads ours."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass

from cueffmpeg_gui.localfarm.run.frame_order import RunOrder
from cueffmpeg_gui.localfarm.store.frame_outcome import RunEnd

_RUST_RULE, _PYTHON_RULE = "=" * 100, "=" * 59


@dataclass(frozen=True)
class RunFacts:
    """What a log says about a run beside its output. env: the frame's; script: path of what is run."""

    order: RunOrder
    env: Mapping[str, str]
    host: str
    gid: int
    script: str
    folder: str


@dataclass(frozen=True)
class RunReport:
    """How a run ended. started, ended: seconds since 1970; kill_message: by whom and why it was killed, or ""."""

    end: RunEnd
    started: float
    ended: float
    user_seconds: float = 0.0
    system_seconds: float = 0.0
    kill_message: str = ""


class RustLog:
    """The Rust rqd: every line stamped with the time; of a block only its first, empty line."""

    def stamp(self) -> bytes:
        return time.strftime("[%H:%M:%S] ").encode()

    def header(self, facts: RunFacts) -> str:
        order = facts.order
        pairs = {
            "command": order.command,
            "uid": order.uid or 0,
            "gid": facts.gid,
            "log_path": order.log_file,
            "render_host": facts.host,
            "job_id": order.job_id,
            "frame_id": order.frame_id,
        }
        lines = ["", "", _RUST_RULE, "RenderQ JobSpec     ", *(f"{key:<20}{value}" for key, value in pairs.items())]
        lines += ["Hyperthreading disabled", "", "-" * 100, "Environment Variables:"]
        lines += [*(f"{key}={value}" for key, value in facts.env.items()), _RUST_RULE, "", ""]
        return self._line("\n".join(lines)) + self._line(f"Running {facts.script}:")

    def footer(self, _facts: RunFacts, report: RunReport) -> str:
        end = report.end
        lines = ["", "", _RUST_RULE, "Render Frame Completed"]
        lines += [f"exitStatus          {end.exit_status}", f"exitSignal          {end.exit_signal}"]
        if end.exit_signal:
            lines += [f"killMessage          {report.kill_message or 'No reason defined'}", ""]
        pairs = {
            "startTime": _rust_time(report.started),
            "endTime": _rust_time(report.ended),
            "maxrss": end.max_rss * 1024,
            "maxUsedGpuMemory": 0,
            "runTime": int(end.seconds),
        }
        lines += [f"{key:<20}{value}" for key, value in pairs.items()] + ["", "Processes:", ""]
        lines += ["", "Host Memory Distribution: unavailable (no sample captured)"] if end.exit_status else []
        return self._line("\n".join([*lines, _RUST_RULE]))

    def _line(self, text: str) -> str:
        return f"{self.stamp().decode()}{text}\n"


class PythonLog:
    """The Python rqd as it is shipped: no stamps, environment sorted and one `env` line each."""

    def stamp(self) -> bytes:
        return b""

    def header(self, facts: RunFacts) -> str:
        order = facts.order
        pairs = {
            "proxy": f"rqd.rqnetwork.RunningFrame/{order.frame_id} -t:tcp -h {facts.host} -p 10021",
            "command": order.command,
            "uid": order.uid or 0,
            "gid": facts.gid,
            "logDestination": order.log_file,
            "cwd": facts.folder,
            "renderHost": facts.host,
            "jobId": order.job_id,
            "frameId": order.frame_id,
        }
        lines = [_PYTHON_RULE, f"RenderQ JobSpec      {time.ctime()} ", ""]
        lines += [f"{key:<21}{value}" for key, value in pairs.items()]
        lines += [f"{'env':<21}{key}={facts.env[key]}" for key in sorted(facts.env)]
        return "\n".join([*lines, _PYTHON_RULE, ""])

    def footer(self, facts: RunFacts, report: RunReport) -> str:
        end = report.end
        pairs: dict[str, object] = {"exitStatus": end.exit_status, "exitSignal": end.exit_signal}
        pairs |= {"killMessage": report.kill_message + "\n"} if report.kill_message else {}
        pairs |= {
            "startTime": time.ctime(report.started),
            "endTime": time.ctime(report.ended),
            "maxrss": end.max_rss,
            "maxUsedGpuMemory": 0,
            "utime": f"{report.user_seconds:.2f}",
            "stime": f"{report.system_seconds:.2f}",
            "renderhost": facts.host,
            "maxrss (KB)": end.max_rss,
        }
        lines = ["", _PYTHON_RULE, "RenderQ Job Complete", "", *(f"{key:<20}{value}" for key, value in pairs.items())]
        return "\n".join([*lines, _PYTHON_RULE, ""])


LogFormat = RustLog | PythonLog
FORMATS: dict[str, type[RustLog] | type[PythonLog]] = {"rust": RustLog, "python": PythonLog}


def _rust_time(when: float) -> str:
    return time.strftime("%Y-%m-%d %H:%M:%S", time.localtime(when))
