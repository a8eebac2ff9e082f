# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The cells of a row, column by column."""

from __future__ import annotations

from cueffmpeg_gui.gui.rows.models.columns import Column
from cueffmpeg_gui.gui.rows.models.row_values import Cell, FrameValues, JobValues, LayerValues, cell

SPECS = tuple(column.spec for column in Column)
# Sorted after every text and every number.
LAST_TEXT, LAST_NUMBER = "~", 1e15


def job_cells(values: JobValues) -> tuple[Cell, ...]:
    """A job's row."""
    return tuple([spec.job(values) for spec in SPECS])


def layer_cells(values: LayerValues) -> tuple[Cell, ...]:
    """A layer's row."""
    return tuple([spec.layer(values) for spec in SPECS])


def frame_cells(values: FrameValues) -> tuple[Cell, ...]:
    """A frame's row."""
    return tuple([spec.frame(values) for spec in SPECS])


def last_cells(text: str) -> tuple[Cell, ...]:
    """The row below all others, with a text in its first column."""
    return cell(text, LAST_TEXT), *(cell("", LAST_NUMBER) for _ in SPECS[1:])
