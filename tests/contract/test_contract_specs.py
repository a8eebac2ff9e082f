# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Every recorded job spec gets the recorded verdict: the same names and numbers, or the same refusal."""

import json
from pathlib import Path
from typing import Any

import grpc
import pytest
from cue_client import CueClient
from opencue_proto import job_pb2
from waiting import wait_for

_RECORDED = Path(__file__).parent.parent / "data" / "cuebot" / "spec-verdicts.json"
VERDICTS: dict[str, dict[str, Any]] = json.loads(_RECORDED.read_text())
MADE_HERE = {"cmd of 4000": 4000, "cmd of 4001": 4001}  # recorded without their long specs


def spec_of(case: str) -> str:
    if case in MADE_HERE:
        text = VERDICTS["plain"]["spec"].replace("v_plain", f"v_cmd{MADE_HERE[case]}")
        return str(text.replace("/bin/true", "/bin/true" + "x" * (MADE_HERE[case] - len("/bin/true"))))
    return str(VERDICTS["plain" if case == "launched twice" else case]["spec"])


@pytest.mark.parametrize("case", [case for case, verdict in VERDICTS.items() if "accepted" in verdict])
def test_accepted(farm: CueClient, case: str) -> None:
    expected = VERDICTS[case]
    job = farm.launch_text(spec_of(case))
    assert (job.name, job.shot) == (expected["accepted"], expected["shot"])
    assert (job.uid if job.HasField("uid") else None) == expected["uid"]
    layers = farm.get_layers(job)
    assert [facts(layer) for layer in layers] == [recorded_facts(layer) for layer in expected["layers"]]
    frames = farm.get_frames(job)
    assert len(frames) == expected["frame_count"]
    assert [frame.name for frame in frames][: len(expected["first_frames"])] == expected["first_frames"]
    farm.kill(job)


def facts(layer: Any) -> dict[str, Any]:
    return {
        "name": layer.name,
        "range": layer.range,
        "chunk_size": layer.chunk_size,
        "min_cores": pytest.approx(layer.min_cores),
        "min_memory": layer.min_memory,
        "services": list(layer.services),
        "tags": set(layer.tags),
    }


def recorded_facts(layer: dict[str, Any]) -> dict[str, Any]:
    return layer | {"tags": set(layer["tags"])}


@pytest.mark.parametrize(
    "case", [case for case, verdict in VERDICTS.items() if "code" in verdict and case != "launched twice"]
)
def test_refused(farm: CueClient, case: str) -> None:
    with pytest.raises(grpc.RpcError) as refusal:
        farm.launch_text(spec_of(case))
    assert refusal.value.code().name == VERDICTS[case]["code"]
    assert refusal.value.details() == VERDICTS[case]["details"]


def test_a_pending_name_is_refused_and_free_again_once_the_job_has_ended(farm: CueClient) -> None:
    wait_for(lambda: not pending(farm), "the job of an earlier test ends")
    job = farm.launch_text(spec_of("plain"))
    with pytest.raises(grpc.RpcError) as refusal:
        farm.launch_text(spec_of("plain"))
    assert refusal.value.details() == VERDICTS["launched twice"]["details"]
    farm.kill(job)
    wait_for(lambda: not pending(farm), "the job ends")
    again = farm.launch_text(spec_of("plain"))
    assert again.id != job.id
    farm.kill(again)


def pending(farm: CueClient) -> bool:
    name = VERDICTS["plain"]["accepted"]
    return bool(farm.jobs.IsJobPending(job_pb2.JobIsJobPendingRequest(name=name)).value)


def test_launch_without_waiting_gives_names(farm: CueClient) -> None:
    text = spec_of("plain").replace("v_plain", farm.unique("nowait").partition("_")[2])
    (name,) = farm.jobs.LaunchSpec(job_pb2.JobLaunchSpecRequest(spec=text)).names
    job = wait_for(lambda: found(farm, name), "the job is launched")
    farm.kill(job)
    with pytest.raises(grpc.RpcError) as refusal:
        farm.jobs.LaunchSpec(job_pb2.JobLaunchSpecRequest(spec="hello"))
    assert refusal.value.details().startswith("Failed to add job to launch queue: Failed to parse job spec XML")


def found(farm: CueClient, name: str) -> Any:
    try:
        return farm.jobs.FindJob(job_pb2.JobFindJobRequest(name=name)).job
    except grpc.RpcError:
        return None


LAYER = "<cmd>/bin/true</cmd><range>1-1</range><chunk>1</chunk>"
PREFIX = (
    "Failed to launch and add job: Failed to parse job spec XML, org.jdom.input.JDOMParseException: Error on line 3: "
)


@pytest.mark.parametrize(
    ("layers", "reason"),
    [
        (
            f'<layer name="one" type="Foo">{LAYER}</layer>',
            'Attribute "type" with value "Foo" must have a value from the list "Render Util Post ".',
        ),
        (
            f'<layer type="Render">{LAYER}</layer>',
            'Attribute "name" is required and must be specified for element type "layer".',
        ),
        (
            f'<layer name="one" type="Render" x="1">{LAYER}</layer>',
            'Attribute "x" must be declared for element type "layer".',
        ),
        (f'<layer name="one" type="Render"><foo/>{LAYER}</layer>', 'Element type "foo" must be declared.'),
        (
            f'text <layer name="one" type="Render">{LAYER}</layer>',
            'The content of element type "layers" must match "(layer)+".',
        ),
        (
            f'<layer name="one" type="Render"><cmd><cmd/></cmd>{LAYER}</layer>',
            'The content of element type "cmd" must match "null".',
        ),
    ],
)
def test_what_does_not_fit_the_grammar_is_named(farm: CueClient, layers: str, reason: str) -> None:
    text = spec_of("no layers").replace("<layers></layers>", f"<layers>{layers}</layers>")
    with pytest.raises(grpc.RpcError) as refusal:
        farm.launch_text(text)
    assert refusal.value.details() == PREFIX + reason
