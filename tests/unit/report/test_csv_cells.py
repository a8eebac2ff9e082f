# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""No cell of a CSV is a formula, and numbers stay numbers."""

import csv
import io
from pathlib import Path

import pytest

from cueffmpeg_gui.media.csv_cells import text_cell
from cueffmpeg_gui.media.foreign.read import read_foreign
from cueffmpeg_gui.media.scores import Scores
from cueffmpeg_gui.report.items import ReportItem
from cueffmpeg_gui.report.tables import csv_of

FORMULAS = ["=1+1", "+1", "-1+2", "@SUM(A1)", "\t=1", "\r=1", '=HYPERLINK("http://x")', " =1", "-x.mov"]


@pytest.mark.parametrize("text", FORMULAS)
def test_no_name_of_an_encode_or_a_metric_is_a_formula(text: str) -> None:
    metric = text.replace("\t", "").replace("\r", "")
    scores = Scores("a", 1, 2, (metric,), "m", {1: (-1.5,), 2: (2.0,)})
    head, *rows = csv.reader(io.StringIO(csv_of([ReportItem(text, "", scores), ReportItem("b", "", scores)])))
    assert rows[0][0] == "'" + text.replace("\t", " ").replace("\r", " ")
    assert head == ["encode", "frame", f"'{metric}"]
    assert rows[0][1:] == ["1", "-1.500000"]


def test_other_names_stay_as_they_are() -> None:
    for text in ("shot.mov", "VMAF v0.6.1 (0-100)", "", "a=b", "1 - 2"):
        assert text_cell(text) == text


def test_a_metric_whose_name_would_steer_a_terminal_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text('{"frames": [{"frameNum": 0, "metrics": {"\\u001b]0;x\\u0007": 1}}]}')
    with pytest.raises(Exception, match="cannot be shown"):
        read_foreign(str(path))
