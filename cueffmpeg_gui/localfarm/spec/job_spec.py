# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""A job spec as data: what a client asks for, after Cuebot's rules have been applied."""

from __future__ import annotations

from dataclasses import dataclass

from cueffmpeg_gui.localfarm.states import DependType, LayerType


@dataclass(frozen=True)
class SpecLayer:
    """cores in points (100 = one core), memory in KB, timeouts in minutes (0 = none), frames: first ones of chunks."""

    name: str
    type: LayerType
    command: str
    range: str
    chunk: int
    frames: tuple[int, ...]
    cores: int
    memory: int
    threadable: bool
    gpus: int
    tags: tuple[str, ...]
    services: tuple[str, ...]
    limits: tuple[str, ...]
    outputs: tuple[str, ...]
    env: tuple[tuple[str, str], ...]
    timeout: int
    timeout_llu: int
    dispatch_order: int


@dataclass(frozen=True)
class SpecJob:
    """max_cores: core points, 0 for Cuebot's default. Layers of type Post belong to the job that follows this one."""

    name: str
    paused: bool
    auto_eat: bool
    priority: int
    max_retries: int
    max_cores: int
    os: str
    env: tuple[tuple[str, str], ...]
    layers: tuple[SpecLayer, ...]


@dataclass(frozen=True)
class SpecDepend:
    """Names of the one that waits (er) and of the one waited for (on); None where the type has no such part."""

    type: DependType
    any_frame: bool
    er_job: str
    er_layer: str | None
    on_job: str
    on_layer: str | None
    on_frame: str | None


@dataclass(frozen=True)
class Spec:
    """Everything one launch holds. uid None: not said. facility None: the default one."""

    facility: str | None
    show: str
    shot: str
    user: str
    uid: int | None
    jobs: tuple[SpecJob, ...]
    depends: tuple[SpecDepend, ...]
