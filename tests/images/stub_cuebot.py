# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""stub_cuebot.py FRAMES -- COMMAND...: a Cuebot of a few lines, to see a container run frames as an rqd.

Runs COMMAND (which starts the container), waits for its rqd to report itself, launches each frame of FRAMES (JSON:
name, command, log_dir) when the one before has ended, asks HEALTH (also in FRAMES) how the rqd is, sends TERM, and
prints what it saw as JSON. Meant for a network namespace of its own: it listens where a Cuebot does.
"""

import json
import queue
import signal
import subprocess
import sys
from concurrent import futures
from typing import Any

import grpc
from opencue_proto import report_pb2, report_pb2_grpc, rqd_pb2, rqd_pb2_grpc

PATIENCE_SECONDS = 120


class Reports(report_pb2_grpc.RqdReportInterfaceServicer):
    """Keeps what an rqd reports."""

    def __init__(self) -> None:
        self.hosts: queue.Queue[Any] = queue.Queue()
        self.ended: queue.Queue[Any] = queue.Queue()

    def ReportRqdStartup(self, request: Any, context: Any) -> Any:  # noqa: N802
        self.hosts.put(request.boot_report)
        return report_pb2.RqdReportRqdStartupResponse()

    def ReportStatus(self, request: Any, context: Any) -> Any:  # noqa: N802
        return report_pb2.RqdReportStatusResponse()

    def ReportRunningFrameCompletion(self, request: Any, context: Any) -> Any:  # noqa: N802
        self.ended.put(request.frame_complete_report)
        return report_pb2.RqdReportRunningFrameCompletionResponse()


def next_of(reports: "queue.Queue[Any]", container: "subprocess.Popen[bytes]") -> Any:
    """The next report, as long as the container lives and patience lasts."""
    for _ in range(PATIENCE_SECONDS):
        try:
            return reports.get(timeout=1)
        except queue.Empty:
            assert container.poll() is None, "the container has ended"
    raise AssertionError("the rqd reports nothing")


def launch(rqd: Any, number: int, frame: dict[str, str]) -> None:
    """Sends one frame of one core, as a Cuebot does."""
    identity = f"00000000-0000-0000-0000-{number:012d}"
    run_frame = rqd_pb2.RunFrame(
        resource_id=identity,
        job_id=identity,
        frame_id=identity,
        layer_id=identity,
        job_name="testing-sh010-alice_image",
        frame_name=frame["name"],
        command=frame["command"],
        user_name="alice",
        log_dir=frame["log_dir"],
        show="testing",
        shot="sh010",
        uid=1500,
        gid=20,
        num_cores=100,
        ignore_nimby=True,
        environment={"CUE_THREADS": "1"},
    )
    rqd.LaunchFrame(rqd_pb2.RqdStaticLaunchFrameRequest(run_frame=run_frame), timeout=30, wait_for_ready=True)


def main(frames: list[dict[str, str]], health: list[str], command: list[str]) -> dict[str, Any]:
    """Everything in turn; what was seen."""
    reports = Reports()
    server = grpc.server(futures.ThreadPoolExecutor(4), options=[("grpc.so_reuseport", 0)])
    report_pb2_grpc.add_RqdReportInterfaceServicer_to_server(reports, server)
    server.add_insecure_port("127.0.0.1:8443")
    server.start()
    seen: dict[str, Any] = {"frames": {}}
    with subprocess.Popen(command, stdout=sys.stderr) as container:
        try:
            boot = next_of(reports.hosts, container)
            seen["host"], seen["cores"] = boot.host.name, boot.core_info.total_cores
            rqd = rqd_pb2_grpc.RqdInterfaceStub(grpc.insecure_channel("127.0.0.1:8444"))
            for number, frame in enumerate(frames, 1):
                launch(rqd, number, frame)
                ended = next_of(reports.ended, container)
                seen["frames"][frame["name"]] = [ended.exit_status, ended.exit_signal]
            seen["health"] = subprocess.run(health, timeout=60, check=False, stdout=sys.stderr).returncode
        finally:
            container.send_signal(signal.SIGTERM)
            try:
                container.wait(30)
            except subprocess.TimeoutExpired:
                container.kill()
    seen["ended"] = container.returncode
    server.stop(0)
    return seen


if __name__ == "__main__":
    asked = json.loads(sys.argv[1])
    sys.stdout.write(json.dumps(main(asked["frames"], asked["health"], sys.argv[3:])))
