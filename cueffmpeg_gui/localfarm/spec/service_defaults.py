# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The services a fresh OpenCue knows, and what they give a layer that does not say it itself (its seed data)."""

from __future__ import annotations

from dataclasses import dataclass

DEFAULT_SERVICE = "default"


@dataclass(frozen=True)
class Service:
    """cores in points, memory in KB."""

    threadable: bool
    cores: int
    memory: int
    tags: tuple[str, ...]


_GENERAL = ("general", "desktop")

SERVICES: dict[str, Service] = {
    DEFAULT_SERVICE: Service(False, 100, 3355443, _GENERAL),
    "prman": Service(False, 100, 3355443, _GENERAL),
    "arnold": Service(True, 100, 3355443, _GENERAL),
    "shell": Service(False, 100, 3355443, ("general", "util")),
    "maya": Service(False, 100, 2097152, _GENERAL),
    "houdini": Service(False, 100, 3355443, _GENERAL),
    "katana": Service(True, 100, 2097152, (*_GENERAL, "util")),
    "nuke": Service(False, 100, 2097152, _GENERAL),
    "preprocess": Service(False, 10, 393216, ("util",)),
    "postprocess": Service(False, 10, 524288, ("util",)),
}


def resolve_services(asked: list[str]) -> tuple[tuple[str, ...], Service]:
    """Names a layer shows and the service whose values apply: the first known one, else `default` added at the end."""
    names = tuple(dict.fromkeys(name for name in asked if name))
    for name in names:
        if name in SERVICES:
            return names, SERVICES[name]
    return (*names, DEFAULT_SERVICE), SERVICES[DEFAULT_SERVICE]
