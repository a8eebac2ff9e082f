# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""A choice becomes a view: what render hosts are told, and the tables they are given."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from cueffmpeg_gui.media.view import CUBE, CURVE, MATRIX, View, ViewStep
from cueffmpeg_gui.ocio.choice import ViewChoice
from cueffmpeg_gui.ocio.decompose import best_steps
from cueffmpeg_gui.ocio.displays import tags_of
from cueffmpeg_gui.ocio.pipeline import build_pipeline
from cueffmpeg_gui.ocio.tables import CurveStep, MatrixStep, Step, half_floats

KEPT = 4


@dataclass(frozen=True)
class Baked:
    """A view, and the files of its tables by their digest."""

    view: View
    tables: Mapping[str, bytes]


@lru_cache(KEPT)
def bake(choice: ViewChoice, has_halves: bool, state: str = "") -> Baked:
    """The view of a choice for sources of half floats or of anything else; raises InputRefused in one sentence.

    `state` tells choices apart whose files were changed.
    """
    pipeline = build_pipeline(choice)
    fit = best_steps(pipeline.config, pipeline.processor, pipeline.is_linear)
    tables: dict[str, bytes] = {}
    steps = tuple(_step(step, tables) for step in fit.steps)
    halves = _kept(half_floats().text(), tables) if has_halves else ""
    shown = f"{pipeline.display}, {pipeline.view}"
    primaries, transfer = tags_of(pipeline.display)
    return Baked(View(pipeline.space, shown, steps, halves, primaries, transfer, f"{fit.usual:.2f}"), tables)


def _step(step: Step, tables: dict[str, bytes]) -> ViewStep:
    if isinstance(step, MatrixStep):
        return ViewStep(MATRIX, matrix=tuple(float(factor) for factor in step.matrix.ravel()))
    return ViewStep(CURVE if isinstance(step, CurveStep) else CUBE, digest=_kept(step.text(), tables))


def _kept(text: bytes, tables: dict[str, bytes]) -> str:
    digest = hashlib.sha256(text).hexdigest()
    tables[digest] = text
    return digest
