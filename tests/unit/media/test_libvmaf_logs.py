# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Logs of real libvmaf runs, whole, cut and empty."""

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
from clips import Clips

from cueffmpeg_gui.errors import FrameFailed, InputRefused
from cueffmpeg_gui.media.foreign.read import read_foreign
from cueffmpeg_gui.media.libvmaf import read_compare_log
from cueffmpeg_gui.media.pooling import pool

FORMATS = ("json", "xml", "csv")
KEYS = ("vmaf", "psnr_y", "psnr_cb", "psnr_cr")


@pytest.fixture(scope="session")
def logs(clips: Clips, ffmpeg: str, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """One comparison, logged by libvmaf in each of its formats."""
    folder = tmp_path_factory.mktemp("logs")
    found = {}
    for kind in FORMATS:
        graph = f"[0:v][1:v]libvmaf=feature=name=psnr:log_fmt={kind}:log_path=log.{kind}:n_threads=2"
        inputs = ["-i", str(clips("bframes")), "-i", str(clips("h264"))]
        argv = [ffmpeg, "-nostdin", "-v", "error", *inputs, "-lavfi", graph, "-f", "null", "-"]
        subprocess.run(argv, check=True, cwd=folder, stdin=subprocess.DEVNULL)
        found[kind] = folder / f"log.{kind}"
    return found


@pytest.mark.parametrize("kind", FORMATS)
def test_every_format_gives_the_same_digits(kind: str, logs: dict[str, Path]) -> None:
    frames = json.loads(logs["json"].read_text())["frames"]
    found = read_foreign(str(logs[kind]))
    assert (found.first, found.last, found.is_complete) == (0, 47, True)
    for key in KEYS:
        assert found.values(key) == [frame["metrics"][key] for frame in frames]


def test_our_pooled_values_are_libvmafs_to_the_last_digit(logs: dict[str, Path]) -> None:
    pooled = json.loads(logs["json"].read_text())["pooled_metrics"]
    scores = read_foreign(str(logs["json"]))
    for metric in scores.metrics:
        ours = pool(scores.values(metric))
        for name in ("mean", "harmonic_mean", "min", "max"):
            assert ours[name] == pytest.approx(pooled[metric][name], abs=1.01e-6), metric


@pytest.mark.parametrize("kind", FORMATS)
@pytest.mark.parametrize("share", [0.02, 0.3, 0.62, 0.9])
def test_a_cut_log_is_refused(kind: str, share: float, logs: dict[str, Path], tmp_path: Path) -> None:
    data = logs[kind].read_bytes()
    cut = tmp_path / f"cut.{kind}"
    cut.write_bytes(data[: int(len(data) * share)])
    with pytest.raises(InputRefused, match=str(cut)):
        read_foreign(str(cut))


def test_a_csv_cut_anywhere_never_gives_a_wrong_number(logs: dict[str, Path], tmp_path: Path) -> None:
    data = logs["csv"].read_bytes()
    whole = read_foreign(str(logs["csv"]))
    cut = tmp_path / "cut.csv"
    for length in range(len(data) // 2, len(data) // 2 + 400):
        cut.write_bytes(data[:length])
        try:
            found = read_foreign(str(cut))
        except InputRefused:
            continue
        assert all(whole.rows[frame] == row for frame, row in found.rows.items())


@pytest.mark.parametrize(
    "content", ["", "hello", "[]", "{}", '{"frames": []}', '{"frames": 7}', '{"frames": [7]}', "Frame,vmaf,\n", "<a/>",
                "<VMAF", '{"frames": [{"frameNum": "x", "metrics": {}}]}', '{"frames": [{"metrics": {"vmaf": 1}}]}',
                "Frame,vmaf,\nx,1,\n", "F", "\n"]
)  # fmt: skip
def test_what_holds_no_scores_is_refused_with_its_name(content: str, tmp_path: Path) -> None:
    path = tmp_path / "log"
    path.write_text(content)
    with pytest.raises(InputRefused, match=r"\.$") as refusal:
        read_foreign(str(path))
    assert str(path) in str(refusal.value)


def test_a_log_that_is_not_there_or_a_folder_is_refused(tmp_path: Path) -> None:
    for path in (tmp_path / "gone", tmp_path):
        with pytest.raises(InputRefused, match="cannot be read"):
            read_foreign(str(path))


def test_space_before_the_first_sign_is_no_obstacle(logs: dict[str, Path], tmp_path: Path) -> None:
    path = tmp_path / "log.json"
    path.write_bytes(b"\xef\xbb\xbf\n  " + logs["json"].read_bytes())
    assert read_foreign(str(path)).is_complete


def write_log(folder: Path, rows: Any) -> str:
    path = folder / "vmaf.json"
    path.write_text(json.dumps({"frames": rows}))
    return str(path)


def row(number: int, **metrics: float) -> dict[str, Any]:
    return {"frameNum": number, "metrics": metrics}


def test_our_own_log_is_numbered_from_the_first_frame(tmp_path: Path) -> None:
    log = write_log(tmp_path, [row(0, vmaf=90.0, x=1.0), row(1, vmaf=80.0, x=2.0)])
    assert read_compare_log(log, ("vmaf",), 1001, 2).rows == {1001: (90.0,), 1002: (80.0,)}


@pytest.mark.parametrize(
    ("rows", "reason"),
    [([], "scored 0 pictures where 2"), ([row(0, vmaf=1.0)], "scored 1 pictures"),
     ([row(0, vmaf=1.0), row(2, vmaf=1.0)], "left out pictures"),
     ([row(0, vmaf=1.0), row(1, vmaf=float("nan"))], "frame 2"),
     ([row(0, vmaf=1.0), row(1, vmaf=float("inf"))], "frame 2"), ([row(0, x=1.0), row(1, x=1.0)], "gave no vmaf"),
     ([row(0, vmaf=1.0), row(1)], "frame 2"), ([row(0, vmaf=1.0), row(1, vmaf=1.0), row(2, vmaf=1.0)], "3 pictures")],
)  # fmt: skip
def test_our_own_log_must_have_one_number_for_each_picture(rows: Any, reason: str, tmp_path: Path) -> None:
    with pytest.raises(FrameFailed, match=reason):
        read_compare_log(write_log(tmp_path, rows), ("vmaf",), 1, 2)


@pytest.mark.parametrize("content", [None, "", '{"frames": [{"frameNum": 0, "metr'])
def test_a_log_that_is_missing_empty_or_cut_is_no_score(content: str | None, tmp_path: Path) -> None:
    path = tmp_path / "vmaf.json"
    if content is not None:
        path.write_text(content)
    with pytest.raises(FrameFailed, match="no readable log"):
        read_compare_log(str(path), ("vmaf",), 1, 2)
