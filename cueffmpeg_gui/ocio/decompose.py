# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""A transform as steps of ffmpeg. Matrices and curves are taken as they are, and only what mixes colours otherwise
becomes a cube: between its nodes a cube is wrong wherever a view clips.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import product

import numpy as np
import PyOpenColorIO as Ocio

from cueffmpeg_gui.media.view import LARGEST_FACTOR
from cueffmpeg_gui.ocio.parts import Mix, Part, joined, parts_of
from cueffmpeg_gui.ocio.samples import samples_of
from cueffmpeg_gui.ocio.tables import CURVE_SIZE, CubeStep, CurveStep, MatrixStep, Pixels, Step

CUBE_SIZE, MOST_EXACT = 65, 6
# How far a curve over linear light reaches; and before a cube, up to where, and where its steps become stops.
HIGHS, CUBE_HIGH, TOE = (1.0, 16.0, 64.0, 256.0), 64.0, 0.02


@dataclass(frozen=True)
class Fit:
    """Steps, and how far they are from the transform on samples, in 1/255: 99.9 % of them at most, and the worst."""

    steps: tuple[Step, ...]
    usual: float
    worst: float


@dataclass(frozen=True)
class Chain:
    """Steps so far; what comes out is yet to be multiplied by `gain` and moved by `offset`, and `is_light` says that it
    has no end at 1."""

    steps: tuple[Step, ...]
    is_light: bool
    gain: float = 1.0
    offset: Pixels = field(default_factory=lambda: np.zeros(3))

    @property
    def is_done(self) -> bool:
        """Whether nothing is left to do to what comes out."""
        return self.gain == 1 and not self.offset.any()

    def inputs(self, high: float) -> tuple[float, Pixels]:
        """How far a curve that comes next reaches, and what its entries stand for."""
        reach = max(1.0, high / self.gain) if self.is_light else 1.0
        return reach, np.linspace(0, reach * self.gain, CURVE_SIZE)[:, None] + self.offset


def best_steps(config: Ocio.Config, processor: Ocio.Processor, is_light: bool) -> Fit:
    """The steps nearest to a processor on pictures of its input: light without an end, or codes from 0 to 1."""
    parts, samples = parts_of(config, processor), samples_of(is_light)
    wanted = np.clip(joined(parts).apply(samples) if parts else samples, 0, 1)
    fits = [_fit(steps, samples, wanted) for steps in _candidates(parts, is_light)]
    return min(fits, key=lambda fit: (fit.usual, fit.worst))


def _fit(steps: Sequence[Step], samples: Pixels, wanted: Pixels) -> Fit:
    made = samples
    for step in steps:
        made = step.apply(made)
    off = np.abs(np.clip(made, 0, 1) - wanted).max(axis=1) * 255
    return Fit(tuple(steps), float(np.quantile(off, 0.999)), float(off.max()))


def _candidates(parts: list[Part], is_light: bool) -> Iterator[tuple[Step, ...]]:
    """Exact steps alone, where there are only such; else a cube, of all or of what lies between exact steps."""
    exact = next((i for i, part in enumerate(parts) if not part.is_exact), len(parts))
    if exact == len(parts) <= MOST_EXACT:
        chains = [_exactly(parts, Chain((), is_light), high) for high in HIGHS]
        yield from (chain.steps for chain in chains if chain.is_done)
        return
    last = max(i for i, part in enumerate(parts) if not part.is_exact)
    for taken, left in product({0, min(exact, MOST_EXACT)}, {last + 1, len(parts)}):
        chain = _exactly(parts[:taken], Chain((), is_light), max(HIGHS))
        cube = Chain((*chain.steps, *_cube(joined(parts[taken:left]), chain)), True)
        made = _exactly(parts[left:], cube, min(HIGHS))
        if made.is_done:
            yield made.steps


def _exactly(parts: Sequence[Part], chain: Chain, high: float) -> Chain:
    for part in parts:
        chain = _curved(chain, part, high) if part.mix is None else _mixed(chain, part.mix)
    return chain


def _mixed(chain: Chain, mix: Mix) -> Chain:
    """The matrix, made smaller where ffmpeg takes no such factors; what follows makes it good, and adds the offset."""
    matrix = mix.matrix * chain.gain
    gain = max(1.0, float(np.abs(matrix).max()) / LARGEST_FACTOR)
    return Chain((*chain.steps, MatrixStep(matrix / gain)), True, gain, mix.matrix @ chain.offset + mix.offset)


def _curved(chain: Chain, part: Part, high: float) -> Chain:
    reach, inputs = chain.inputs(high)
    return Chain((*chain.steps, CurveStep(part.apply(inputs), reach)), True)


def _cube(part: Part, chain: Chain) -> tuple[Step, ...]:
    """A cube over codes; over light in stops, with a curve before it that makes such."""
    nodes = np.linspace(0, 1, CUBE_SIZE)
    if not chain.is_light:
        return (_cube_at(part, nodes),)
    bend = np.log1p(CUBE_HIGH / TOE)
    reach, inputs = chain.inputs(CUBE_HIGH)
    shaped = np.log1p(np.maximum(inputs, 0) / TOE) / bend
    return CurveStep(shaped, reach), _cube_at(part, TOE * np.expm1(nodes * bend))


def _cube_at(part: Part, nodes: Pixels) -> CubeStep:
    values = part.apply(np.stack(np.meshgrid(nodes, nodes, nodes, indexing="ij"), -1))
    return CubeStep(values)
