# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Checked tree → job spec, in the order Cuebot reads it, so that of two faults the same one is named."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from cueffmpeg_gui.errors import quoted
from cueffmpeg_gui.localfarm.refusals import AbsurdSpec, AbsurdValue, SpecRefused
from cueffmpeg_gui.localfarm.spec.frame_ranges import chunk_frames
from cueffmpeg_gui.localfarm.spec.job_spec import Spec, SpecDepend, SpecJob, SpecLayer
from cueffmpeg_gui.localfarm.spec.names import conform_frame_name, conform_job_name, conform_name, read_tags
from cueffmpeg_gui.localfarm.spec.service_defaults import resolve_services
from cueffmpeg_gui.localfarm.spec.values import read_bool, read_cores, read_integer, read_memory, read_retries
from cueffmpeg_gui.localfarm.spec.xml_reader import Node, read_spec
from cueffmpeg_gui.localfarm.states import DependType, LayerType

T = TypeVar("T")
MAX_FRAMES, MAX_LAYERS = 100000, 2000


def parse_spec(text: str, *, root_allowed: bool = False) -> Spec:
    """The jobs a launch asks for. Raises SpecRefused in Cuebot's words.

    root_allowed: take jobs of uid 0 and user root, which every Cuebot refuses.
    """
    return _SpecParser(read_spec(text), root_allowed).parse()


class _SpecParser:
    def __init__(self, root: Node, root_allowed: bool) -> None:
        self._root = root
        self._root_allowed = root_allowed
        self._frames = 0

    def parse(self) -> Spec:
        root = self._root
        facility = root.value("facility")
        self._show = root.value("show") or ""
        self._shot = conform_name("Shot", root.value("shot") or "")
        self._user = root.value("user") or ""
        uid = _read(root, "uid", read_integer, None)
        if (self._user == "root" or uid == 0) and not self._root_allowed:
            raise SpecRefused("Cannot launch jobs as root.")
        jobs = tuple(self._job(node) for node in root.all("job"))
        first_depends = root.child("depends")
        depends = tuple(self._depend(node) for node in (first_depends.children if first_depends else ()))
        return Spec(facility and facility.lower(), self._show, self._shot, self._user, uid, jobs, depends)

    def _job_name(self, name: str) -> str:
        return conform_job_name(name, show=self._show, shot=self._shot, user=self._user)

    def _job(self, node: Node) -> SpecJob:
        name = self._job_name(node.attributes["name"])
        max_retries = _read(node, "maxretries", read_retries, 1)
        max_cores = _read(node, "maxcores", read_integer, 0) * 100
        priority = _read(node, "priority", read_integer, 1)
        layers = self._layers(name, node)
        return SpecJob(
            name=name,
            paused=read_bool(node.value("paused")),
            auto_eat=read_bool(node.value("autoeat")),
            priority=priority,
            max_retries=max_retries,
            max_cores=max_cores,
            os=node.value("os") or "",
            env=_environment(node),
            layers=layers,
        )

    def _layers(self, job: str, node: Node) -> tuple[SpecLayer, ...]:
        holder = node.child("layers")
        layers: dict[str, SpecLayer] = {}
        for order, layer_node in enumerate(holder.children if holder else (), start=1):
            name = conform_name("Layer", layer_node.attributes["name"])
            if name in layers:
                raise SpecRefused(f"error, the layer {name} was already defined in job {job}")
            layers[name] = _layer(name, order, layer_node)
            self._count(len(layers), len(layers[name].frames))
        if not layers:
            raise SpecRefused(f"The job {job} has no layers")
        return tuple(layers.values())

    def _count(self, layers: int, frames: int) -> None:
        self._frames += frames
        if layers > MAX_LAYERS:
            raise SpecRefused(
                f"error, your job has {layers} layers,  the maximum number of allowed layers is {MAX_LAYERS}"
            )
        if self._frames > MAX_FRAMES:
            raise SpecRefused(
                f"error, your job has {self._frames} frames, the maximum number of allowed frames is {MAX_FRAMES}"
            )

    def _depend(self, node: Node) -> SpecDepend:
        kind = DependType[node.attributes["type"]]
        er_layer, on_layer, on_frame = (node.value(part) for part in ("deplayer", "onlayer", "onframe"))
        return SpecDepend(
            type=kind,
            any_frame=kind is DependType.LAYER_ON_LAYER and read_bool(node.attributes.get("anyframe")),
            er_job=self._job_name(node.value("depjob") or ""),
            on_job=self._job_name(node.value("onjob") or ""),
            er_layer=None if er_layer is None else conform_name("Layer", er_layer),
            on_layer=None if on_layer is None else conform_name("Layer", on_layer),
            on_frame=None if on_frame is None else conform_frame_name(on_frame),
        )


def _layer(name: str, order: int, node: Node) -> SpecLayer:
    services, service = resolve_services(_texts(node, "services"))
    chunk = _read(node, "chunk", read_integer, None)
    if chunk is None:
        chunk = read_integer("")  # in Java's words
    cores = _read(node, "cores", read_cores, service.cores)
    gpus = _read(node, "gpus", read_integer, 0)
    tags = read_tags(node.value("tags") or "") if node.value("tags") else service.tags
    memory = _read(node, "memory", read_memory, service.memory)
    timeout, timeout_llu = (_read(node, part, _seconds, 0) for part in ("timeout", "timeout_llu"))
    frame_range = node.value("range") or ""
    return SpecLayer(
        name=name,
        type=LayerType[node.attributes["type"].upper()],
        command=node.value("cmd") or "",
        range=frame_range,
        chunk=chunk,
        frames=_frames(frame_range, chunk),
        cores=cores,
        memory=memory,
        threadable=_threadable(node.value("threadable"), cores, service.threadable),
        gpus=gpus,
        tags=tags,
        services=services,
        limits=tuple(dict.fromkeys(filter(None, _texts(node, "limits")))),
        outputs=tuple(dict.fromkeys(filter(None, _texts(node, "outputs")))),
        env=_environment(node),
        timeout=timeout,
        timeout_llu=timeout_llu,
        dispatch_order=order,
    )


def _read(node: Node, name: str, read: Callable[[str], int], missing: T) -> int | T:
    """The value of a child; the one place where one that makes no sense becomes a refusal."""
    text = node.value(name)
    if text is None:
        return missing
    try:
        return read(text)
    except AbsurdValue as error:
        raise _absurd(name, text, error) from None


def _absurd(name: str, text: str, error: AbsurdValue) -> AbsurdSpec:
    return AbsurdSpec(f"The {name} {quoted(text)} {error}.")


def _seconds(text: str) -> int:
    return read_integer(text or "0")


def _threadable(text: str | None, cores: int, default: bool) -> bool:
    if 0 < cores < 100:  # less than one core
        return False
    return default if text is None else read_bool(text)


def _frames(frame_range: str, chunk: int) -> tuple[int, ...]:
    try:
        return chunk_frames(frame_range, chunk)
    except AbsurdValue as error:
        raise _absurd("range", frame_range, error) from None
    except ValueError:
        raise SpecRefused(f"error, the range {frame_range} is invalid") from None


def _texts(node: Node, holder: str) -> list[str]:
    found = node.child(holder)
    return [child.trimmed() for child in found.children] if found else []


def _environment(node: Node) -> tuple[tuple[str, str], ...]:
    holder = node.child("env")
    return tuple((key.attributes["name"], key.trimmed()) for key in (holder.children if holder else ()))
