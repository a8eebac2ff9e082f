# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The farm's settings and states as others know them."""

from opencue_proto import depend_pb2, job_pb2

from cueffmpeg_gui.localfarm import states
from cueffmpeg_gui.localfarm.settings import FarmSettings, read_arguments


def test_states_have_the_numbers_of_the_protocol() -> None:
    for ours, theirs in (
        (states.FrameState, job_pb2.FrameState),
        (states.JobState, job_pb2.JobState),
        (states.LayerType, job_pb2.LayerType),
        (states.DependType, depend_pb2.DependType),
    ):
        assert {one.name: int(one) for one in ours} == dict(theirs.items())


def test_settings_travel_as_arguments() -> None:
    settings = FarmSettings(3, 4096, "python", True, ("/opt/bin",), (("A", "x=y"), ("B", "")), 0.5)
    call = read_arguments(["--root", "/tmp/farm", "--port", "8", "--detach", *settings.to_arguments()])
    assert (str(call.root), call.port, call.detach, call.settings) == ("/tmp/farm", 8, True, settings)
