# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Features go round, merge, and are found under any model's names."""

import math
from pathlib import Path

import pytest

from cueffmpeg_gui.errors import InputRefused
from cueffmpeg_gui.media.features import (
    Features,
    feature_keys,
    features_bytes,
    features_of,
    merge_features,
    read_features,
)
from cueffmpeg_gui.media.frames import FrameRange


def test_of_several_models_the_leading_one_is_taken() -> None:
    keys = [
        "integer_adm2_egl_1", "integer_aim_egl_1", "VMAF_integer_feature_motion_sad_score", "integer_vif_scale0_egl_1",
        "integer_adm2", "integer_vif_scale0", "integer_motion2", "integer_motion3", "vmaf", "psnr_y",
    ]  # fmt: skip
    assert feature_keys(keys) == {
        "adm2": "integer_adm2_egl_1", "vif_scale0": "integer_vif_scale0_egl_1", "motion2": "integer_motion2",
        "motion": "VMAF_integer_feature_motion_sad_score",
    }  # fmt: skip
    assert feature_keys(["adm2", "motion2", "vif_scale3"]) == {k: k for k in ("adm2", "motion2", "vif_scale3")}
    assert feature_keys(["integer_motion", "integer_motion2"]) == {
        "motion": "integer_motion",
        "motion2": "integer_motion2",
    }


def test_features_go_round(tmp_path: Path) -> None:
    rows = {number: {"integer_adm2": 0.5 + number, "integer_motion2": math.nan} for number in range(3)}
    found = features_of(rows, 1001)
    path = tmp_path / "features.json"
    path.write_bytes(features_bytes(found, FrameRange(1002, 1003)))
    back = read_features(str(path))
    assert back.names == ("adm2", "motion2")
    assert {frame: row[0] for frame, row in back.rows.items()} == {1002: 1.5, 1003: 2.5}
    assert all(math.isnan(row[1]) for row in back.rows.values())


def test_a_log_without_features_gives_an_empty_document(tmp_path: Path) -> None:
    path = tmp_path / "features.json"
    path.write_bytes(features_bytes(features_of({0: {"vmaf": 1.0}}), FrameRange(0, 0)))
    assert read_features(str(path)) == Features()


def test_parts_of_different_names_merge_with_gaps() -> None:
    merged = merge_features([Features(("adm2",), {1: (0.1,)}), Features(("motion2", "adm2"), {2: (3.0, 0.2)})])
    assert (merged.names, merged.rows[2]) == (("adm2", "motion2"), (0.2, 3.0))
    assert merged.rows[1][0] == 0.1
    assert math.isnan(merged.rows[1][1])


@pytest.mark.parametrize(
    "text",
    ["", "{", '{"schema": "cueffmpeg.features/1"}', '{"schema": "cueffmpeg.features/2"}',
     '{"schema": "cueffmpeg.features/1", "first": 1, "last": 3, "features": {"adm2": [1.0]}}',
     '{"schema": "cueffmpeg.features/1", "first": 1, "last": 1, "features": {"adm2": ["x"]}}',
     '{"schema": "cueffmpeg.features/1", "first": 1, "last": 1, "features": []}'],
)  # fmt: skip
def test_a_broken_document_is_refused_in_a_sentence(text: str, tmp_path: Path) -> None:
    path = tmp_path / "features.json"
    path.write_text(text)
    with pytest.raises(InputRefused, match=r"features\.json"):
        read_features(str(path))
