# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The spec that is sent: what is in it, what never gets into it, and what making it leaves alone."""

import os
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import grpc
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from opencue_proto import job_pb2

from cueffmpeg_gui.errors import FarmRefused, FarmUnreachable, InputRefused
from cueffmpeg_gui.farm.connection import connect
from cueffmpeg_gui.farm.launch import build_spec_xml, launch
from cueffmpeg_gui.farm.spec_text import is_xml_text
from cueffmpeg_gui.jobs.names import conform_job_name, conform_shot
from cueffmpeg_gui.jobs.plan import WAIT_AND_WORK, LayerPlan, Plan
from cueffmpeg_gui.jobs.spec import JobSpec
from cueffmpeg_gui.localfarm.spec.parser import parse_spec
from cueffmpeg_gui.media.frames import FrameRange

FOLDER = "/jobs/testing/sh010/testing-sh010-alice_demo"


def built(spec: JobSpec, plan: Plan, **given: Any) -> ElementTree.Element:
    xml = build_spec_xml(spec, plan, FOLDER, **given)
    assert xml.startswith('<?xml version="1.0"?><!DOCTYPE spec ')
    assert "cjsl-1.15.dtd" in xml
    return ElementTree.fromstring(xml)


def texts(root: ElementTree.Element, path: str) -> list[str | None]:
    return [element.text for element in root.findall(path)]


def test_names_are_what_cuebot_will_make_of_them(spec: JobSpec, plan: Plan) -> None:
    root = built(spec, plan)
    name = root.find("job").attrib["name"]  # type: ignore[union-attr]
    assert name == spec.placement.name == conform_job_name("testing", "sh010", "alice", "demo")
    heads = {tag: root.findtext(tag) for tag in ("facility", "show", "shot", "user")}
    assert heads == {"facility": "local", "show": "testing", "shot": "sh010", "user": "alice"}
    assert [layer.attrib["name"] for layer in root.iter("layer")] == ["encode", "join", "compare"]


@pytest.mark.parametrize(
    ("show", "user"),
    [("testing", "alice"), ("TestShow", "alice"), ("testing", "Alice"), ("UP", "bob.B"), ("up", "al_")],
)
def test_a_farm_gives_the_job_the_name_that_was_asked_for(spec: JobSpec, plan: Plan, show: str, user: str) -> None:
    name, shot = conform_job_name(show, "SH-010", user, "Demo_a"), conform_shot("SH-010")
    place = replace(spec.placement, show=show, shot=shot, user=user, name=name)
    taken = parse_spec(build_spec_xml(replace(spec, placement=place), plan, FOLDER, uid=1000))
    assert [job.name for job in taken.jobs] == [name]
    assert {depend.er_job for depend in taken.depends} == {depend.on_job for depend in taken.depends} == {name}


def test_layers_carry_their_plan(spec: JobSpec, plan: Plan) -> None:
    root = built(spec, plan)
    assert texts(root, ".//range") == ["1001-1100", "1001-1001", "1001-1100"]
    assert texts(root, ".//chunk") == ["24", "1", "30"]
    assert texts(root, ".//cores") == ["2.0", "1.0", "1.0"]
    assert texts(root, ".//threadable") == ["True"] * 3
    assert texts(root, ".//memory") == ["700m", "512m", "512m"]
    assert texts(root, ".//service") == ["cueffmpeg"] * 3
    assert texts(root, ".//cmd")[0] == f'/bin/sh -c "{WAIT_AND_WORK}" {FOLDER} encode #IFRAME#'


def test_job_carries_its_placement(spec: JobSpec, plan: Plan) -> None:
    paused = replace(spec, placement=replace(spec.placement, paused=True, facility="cloud"))
    root = built(paused, plan)
    found = {tag: root.findtext(f"job/{tag}") for tag in ("paused", "priority", "maxretries", "autoeat")}
    assert found == {"paused": "True", "priority": "42", "maxretries": "1", "autoeat": "False"}
    assert root.findtext("facility") == "cloud"
    assert root.find("email") is None


def test_depends_are_layer_on_layer(spec: JobSpec, plan: Plan) -> None:
    depends = built(spec, plan).findall("depends/depend")
    assert [(d.attrib["type"], d.findtext("deplayer"), d.findtext("onlayer")) for d in depends] == [
        ("LAYER_ON_LAYER", "join", "encode"),
        ("LAYER_ON_LAYER", "compare", "join"),
    ]
    assert {d.findtext(tag) for d in depends for tag in ("depjob", "onjob")} == {spec.placement.name}


@pytest.mark.parametrize(("uid", "found"), [(None, []), (1500, ["1500"]), (0, ["0"])])
def test_uid_is_what_was_asked_for(spec: JobSpec, plan: Plan, uid: int | None, found: list[str]) -> None:
    assert texts(built(spec, plan, uid=uid), "uid") == found


def test_environment_goes_to_every_layer(spec: JobSpec, plan: Plan) -> None:
    keys = built(spec, plan, env={"CUEFFMPEG_FFMPEG": '/opt/f f/"<ffmpeg>"'}).findall(".//layer/env/key")
    assert [(key.attrib["name"], key.text) for key in keys] == [("CUEFFMPEG_FFMPEG", '/opt/f f/"<ffmpeg>"')] * 3
    with pytest.raises(InputRefused, match="CUEFFMPEG_FFMPEG"):
        build_spec_xml(spec, plan, FOLDER, env={"CUEFFMPEG_FFMPEG": "\x1b"})


def test_output_is_named_by_the_layer_that_writes_it(spec: JobSpec, plan: Plan) -> None:
    root = built(spec, plan)
    assert texts(root, ".//layer[@name='join']/outputs/output") == ["/shots/out.mp4"]
    assert len(root.findall(".//output")) == 1


@given(output=st.text(st.characters(codec=None), max_size=60))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_no_output_path_breaks_the_spec(spec: JobSpec, plan: Plan, output: str) -> None:
    found = texts(built(replace(spec, output=output), plan), ".//output")
    assert found == ([output] if output and is_xml_text(output) else [])


@pytest.mark.parametrize(
    "output", ["/a/</spec>&amp;\"'<!--]]>.mp4", "/a/#IFRAME# é 日.mp4", "/a/\udcff.mp4", "/a/\n.mp4"]
)
def test_hostile_output_paths_break_nothing(spec: JobSpec, plan: Plan, output: str) -> None:
    assert texts(built(replace(spec, output=output), plan), ".//output") in ([output], [])


def test_too_long_a_folder_is_refused(spec: JobSpec, plan: Plan) -> None:
    with pytest.raises(InputRefused, match="too long"):
        build_spec_xml(spec, plan, "/" + "a" * 4000)


def test_long_ranges_cost_nothing(spec: JobSpec) -> None:
    plan = Plan((LayerPlan("encode", FrameRange(1, 5_000_000), 100, 1, 512),), (), ())
    assert texts(built(spec, plan), ".//range") == ["1-5000000"]


MEDDLING = {
    "OL_OS": "Windows",
    "OL_TAG_OVERRIDE": "meddle",
    "RENDER_TO": "mars",
    "FACILITY": "mars",
    "SHOW": "other",
    "SHOT": "other",
    "USER": "mallory",
    "OUTLINE_OUTLINE_MAXRETRIES": "7",
}


def test_environment_does_not_meddle_and_is_left_alone(
    spec: JobSpec, plan: Plan, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    undisturbed = build_spec_xml(spec, plan, FOLDER)
    for name, value in MEDDLING.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    before = dict(os.environ)
    assert build_spec_xml(spec, plan, FOLDER) == undisturbed
    assert dict(os.environ) == before
    assert list(tmp_path.iterdir()) == []
    assert os.getcwd() == str(tmp_path)


def test_launch_gives_what_the_farm_made(scripted: Any) -> None:
    job = job_pb2.Job(id="7", name="testing-sh010-alice_demo")
    scripted.answers["LaunchSpecAndWait"] = lambda request: job_pb2.JobLaunchSpecAndWaitResponse(
        jobs=job_pb2.JobSeq(jobs=[job])
    )
    connection = connect(scripted.address)
    launched = launch(connection, "<spec/>")
    assert (launched.id, launched.name) == (job.id, job.name)
    connection.close()


@pytest.mark.parametrize(
    ("code", "error", "words"),
    [
        (grpc.StatusCode.INTERNAL, FarmRefused, "already pending"),
        (grpc.StatusCode.UNAVAILABLE, FarmUnreachable, "may have been taken all the same"),
    ],
)
def test_a_launch_is_sent_once_only(scripted: Any, code: grpc.StatusCode, error: type[Exception], words: str) -> None:
    scripted.answers["LaunchSpecAndWait"] = (code, "Failed to launch and add job: The job x is already pending")
    connection = connect(scripted.address)
    with pytest.raises(error, match=words):
        launch(connection, "<spec/>")
    assert len(scripted.requests("LaunchSpecAndWait")) == 1
    connection.close()


def test_an_answer_that_names_another_job_is_a_damaged_one(scripted: Any) -> None:
    job = job_pb2.Job(id="7", name="resting-sh010-alice_demo")
    scripted.answers["LaunchSpecAndWait"] = lambda request: job_pb2.JobLaunchSpecAndWaitResponse(
        jobs=job_pb2.JobSeq(jobs=[job])
    )
    connection = connect(scripted.address)
    with pytest.raises(FarmUnreachable, match="names 'resting-sh010-alice_demo' and not testing-sh010-al") as raised:
        launch(connection, "<spec/>", "testing-sh010-alice_demo")
    assert type(raised.value) is FarmUnreachable  # it has taken something
    connection.close()


def test_tags_and_limits_stand_in_every_layer_where_the_dtd_wants_them(spec: JobSpec, plan: Plan) -> None:
    place = replace(spec.placement, tags=("gpu", "big-host"), limits=("encoder",))
    root = built(replace(spec, placement=place), plan)
    assert texts(root, ".//layer/tags") == ["gpu | big-host"] * len(plan.layers)
    assert texts(root, ".//layer/limits/limit") == ["encoder"] * len(plan.layers)
    for layer in root.iter("layer"):
        names = [child.tag for child in layer]
        assert names.index("tags") < names.index("limits") < names.index("env")
