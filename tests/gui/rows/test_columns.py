# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The table of columns, and what the Monitor's tree and the dock's table of chunks make of it."""

from farm_values import make_frame, make_job, make_layer

from cueffmpeg_gui.gui.dock.models.chunk_rows import COLUMNS, DONE, NOTE, STATE
from cueffmpeg_gui.gui.rows.models.cells import frame_cells, job_cells, last_cells, layer_cells
from cueffmpeg_gui.gui.rows.models.columns import RIGHT, Column
from cueffmpeg_gui.gui.rows.models.row_values import FrameValues, JobValues, LayerValues

JOB = make_job(1)
LAYER = make_layer(JOB, "encode", 48)


def test_the_columns_of_the_tree() -> None:
    assert [(column.spec.title, column.spec.width) for column in Column] == [
        ("Job / layer / frames", 300),
        ("State", 104),
        ("Progress", 150),
        ("Time", 80),
        ("Score", 96),
        ("User / host", 88),
        ("Started", 116),
        ("Last line", None),
    ]
    assert [column for column in Column if column.spec.side == RIGHT] == [Column.TIME, Column.SCORE]


def test_the_columns_of_the_table_of_chunks() -> None:
    titles = ["Chunk", "Layer", "State", "Done", "Time", "Host", "Note"]
    assert [column.title for column in COLUMNS] == titles
    assert [column.characters for column in COLUMNS] == [12, 10, 16, 18, 8, 12, 40]
    assert [titles[place] for place in (STATE, DONE, NOTE)] == ["State", "Done", "Note"]


def test_every_row_has_a_cell_for_every_column() -> None:
    rows = (
        job_cells(JobValues(JOB, None, None)),
        layer_cells(LayerValues(LAYER, 0)),
        frame_cells(FrameValues(make_frame(LAYER, 1001), 1048, "", "")),
        last_cells("12 more …"),
    )
    assert {len(row) for row in rows} == {len(Column)}
    assert [row[Column.NAME][0] for row in rows] == [JOB.name, "encode", "1001-1048", "12 more …"]
    assert [row[Column.STATE][0] for row in rows] == ["running", "waiting", "waiting", ""]
