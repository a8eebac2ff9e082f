# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Scores as tables."""

import json
import math
from pathlib import Path

from cueffmpeg_gui.media.scores import Scores, read_scores
from cueffmpeg_gui.report.items import ReportItem
from cueffmpeg_gui.report.tables import csv_of, json_of

ROWS = {1001: (95.5, 41.25), 1002: (94.0, math.nan)}
ONE = ReportItem("v012", "/shows/a", Scores("compare", 1001, 1002, ("vmaf", "psnr_y"), "vmaf_v0.6.1", ROWS))
TWO = ReportItem(
    "v013", "/shows/b", Scores("compare", 1001, 1001, ("vmaf", "cambi"), "vmaf_v0.6.1", {1001: (1.0, 2.0)})
)


def test_a_number_that_is_none_is_an_empty_cell() -> None:
    assert csv_of([ONE]).splitlines() == [
        "frame,vmaf,psnr_y",
        "1001,95.500000,41.250000",
        "1002,94.000000,",
    ]


def test_several_encodes_stand_in_one_table_by_name() -> None:
    assert csv_of([ONE, TWO]).splitlines() == [
        "encode,frame,vmaf,psnr_y,cambi",
        "v012,1001,95.500000,41.250000,",
        "v012,1002,94.000000,,",
        "v013,1001,1.000000,,2.000000",
    ]


def test_one_encode_s_json_reads_back(tmp_path: Path) -> None:
    path = tmp_path / "scores.json"
    path.write_text(json_of([ONE]))

    back = read_scores(str(path))
    assert (back.metrics, back.vmaf_model, back.first, back.last) == (("vmaf", "psnr_y"), "vmaf_v0.6.1", 1001, 1002)
    assert back.rows[1001] == (95.5, 41.25)


def test_several_encodes_json_holds_each_with_its_name() -> None:
    document = json.loads(json_of([ONE, TWO]))

    assert document["schema"] == "cueffmpeg.report/1"
    assert [(one["label"], one["rows"]) for one in document["encodes"]] == [("v012", 2), ("v013", 1)]
