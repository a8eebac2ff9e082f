# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The parts of a transform by what they mix: a matrix, curves of each colour by itself, or anything else."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

import numpy as np
import PyOpenColorIO as Ocio

from cueffmpeg_gui.ocio.tables import Pixels

SAME = 1e-5
# Inputs among which a part that mixes colours gives itself away.
PROBE = np.random.default_rng(5).uniform(-0.5, 4.0, (512, 3))


@dataclass(frozen=True)
class Mix:
    """A matrix, and what is added then."""

    matrix: Pixels
    offset: Pixels


@dataclass(frozen=True)
class Part:
    """Some of a transform's operations; a `mix` is them all, `is_curve` says that no colour heeds another."""

    config: Ocio.Config
    operations: tuple[Ocio.Transform, ...]
    is_curve: bool = False
    mix: Mix | None = None

    @property
    def is_exact(self) -> bool:
        """Whether ffmpeg can do it without a cube."""
        return self.is_curve or self.mix is not None

    def apply(self, pixels: Pixels) -> Pixels:
        """OpenColorIO's own values, in floats and not clipped."""
        values = np.ascontiguousarray(pixels.reshape(-1, 3), dtype=np.float32)
        self._processor.applyRGB(values)
        made: Pixels = np.nan_to_num(values.astype(np.float64)).reshape(pixels.shape)
        return made

    @cached_property
    def _processor(self) -> Ocio.CPUProcessor:
        group = Ocio.GroupTransform(list(self.operations))
        return self.config.getProcessor(group).getOptimizedCPUProcessor(Ocio.OPTIMIZATION_LOSSLESS)


def parts_of(config: Ocio.Config, processor: Ocio.Processor) -> list[Part]:
    """The operations of a processor, neighbours that are curves together."""
    parts: list[Part] = []
    for operation in chain.from_iterable(map(_simpler, processor.createGroupTransform())):
        part = _part(config, operation)
        if part.is_curve and parts and parts[-1].is_curve:
            part = Part(config, (*parts.pop().operations, operation), is_curve=True)
        parts.append(part)
    return parts


def joined(parts: list[Part]) -> Part:
    """Several parts as one that may mix anything."""
    return Part(parts[0].config, tuple(_operations(parts)))


def _operations(parts: list[Part]) -> Iterator[Ocio.Transform]:
    for part in parts:
        yield from part.operations


def _simpler(operation: Ocio.Transform) -> list[Ocio.Transform]:
    """A CDL as curves, and the matrix of its saturation (ASC CDL 1.2)."""
    is_cdl = isinstance(operation, Ocio.CDLTransform) and operation.getStyle() == Ocio.CDL_NO_CLAMP
    if not is_cdl or operation.getDirection() != Ocio.TRANSFORM_DIR_FORWARD:
        return [operation]
    matrix = Ocio.MatrixTransform.Sat(operation.getSat(), operation.getSatLumaCoefs())
    operation.setSat(1)
    return [operation, matrix]


def _part(config: Ocio.Config, operation: Ocio.Transform) -> Part:
    part = Part(config, (operation,))
    if isinstance(operation, Ocio.MatrixTransform):
        offset = part.apply(np.zeros((1, 3)))[0]
        return Part(config, (operation,), mix=Mix((part.apply(np.eye(3)) - offset).T, offset))
    made = part.apply(PROBE)
    alone = np.stack([part.apply(np.repeat(PROBE[:, [i]], 3, 1))[:, i] for i in range(3)], -1)
    return Part(config, (operation,), is_curve=bool(np.allclose(made, alone, atol=SAME, rtol=SAME)))
