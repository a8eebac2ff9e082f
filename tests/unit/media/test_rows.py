# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Rows that grew in steps are the table they would be if each step had been written into it."""

from hypothesis import given
from hypothesis import strategies as st

from cueffmpeg_gui.media.rows import LayeredRows, with_layer

steps = st.lists(st.dictionaries(st.integers(0, 30), st.tuples(st.floats(0, 100)), min_size=1), max_size=12)


@given(steps=steps)
def test_of_one_frame_the_latest_row_counts(steps: list[dict[int, tuple[float, ...]]]) -> None:
    table: dict[int, tuple[float, ...]] = {}
    layers: list[dict[int, tuple[float, ...]]] = []
    for step in steps:
        table.update(step)
        layers = with_layer(layers, step)
    rows = LayeredRows(layers)
    assert rows == table
    assert (len(rows), sorted(rows), bool(rows)) == (len(table), sorted(table), bool(table))
    assert dict(rows.items()) == {frame: rows[frame] for frame in rows.keys()}  # noqa: SIM118
    assert LayeredRows([rows, {5: (1.0,)}])[5] == (1.0,)


@given(steps=steps)
def test_no_step_changes_what_was_taken_before(steps: list[dict[int, tuple[float, ...]]]) -> None:
    layers: list[dict[int, tuple[float, ...]]] = []
    taken = []
    for step in steps:
        layers = with_layer(layers, step)
        taken.append((LayeredRows(layers), dict(LayeredRows(layers))))
    assert all(rows == copy for rows, copy in taken)


def test_a_few_new_rows_move_few_old_ones() -> None:
    known: dict[int, tuple[float, ...]] = dict.fromkeys(range(10_000), (1.0,))
    layers = [known]
    for frame in range(10_000, 10_600):
        layers = with_layer(layers, {frame: (2.0,)})
        assert layers[0] is known
        assert len(layers) < 15
