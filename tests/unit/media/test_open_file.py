# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""What is read is limited by kind and size first: no pipe is waited for, no device and no file of holes is read."""

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from peak_memory import run_and_measure

from cueffmpeg_gui.errors import MOST_QUOTED, InputRefused, quoted
from cueffmpeg_gui.jobs.folder import read_job
from cueffmpeg_gui.media.documents import read_json
from cueffmpeg_gui.media.features import read_features
from cueffmpeg_gui.media.foreign.read import read_foreign
from cueffmpeg_gui.media.open_file import read_limited
from cueffmpeg_gui.media.presets import read_preset
from cueffmpeg_gui.media.scores import SCHEMA, read_scores
from cueffmpeg_gui.settings import load_settings

HUGE = 20 << 30


def pipe(path: Path) -> None:
    os.mkfifo(path)


def device(path: Path) -> None:
    path.symlink_to("/dev/zero")


def holes(path: Path) -> None:
    path.touch()
    os.truncate(path, HUGE)


READERS: dict[str, Callable[[str], object]] = {
    "scores": read_scores,
    "features": read_features,
    "foreign scores": read_foreign,
    "preset": lambda path: read_preset(path, "user"),
    "job": lambda path: read_job(os.path.dirname(path)),
    "settings": lambda path: load_settings({"CUEFFMPEG_HOME": os.path.dirname(os.path.dirname(path))}),
}
NAMES = {"job": "job.json", "settings": "settings.toml"}


@pytest.mark.parametrize("make", [pipe, device, holes])
@pytest.mark.parametrize("kind", READERS)
def test_every_document_is_looked_at_before_it_is_read(kind: str, make: Callable[[Path], None], tmp_path: Path) -> None:
    folder = tmp_path / "config"
    folder.mkdir()
    path = folder / NAMES.get(kind, "a.json")
    make(path)
    with pytest.raises(InputRefused, match=r"is no regular file|is too large") as refused:
        READERS[kind](str(path))
    assert str(path) in str(refused.value)


def test_what_is_read_takes_no_more_memory_than_its_limit(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_bytes(b'{"a": [' + b"{}," * (8 << 20) + b"{}]}")
    code = (
        "import sys\n"
        "from cueffmpeg_gui.errors import InputRefused\n"
        "from cueffmpeg_gui.media.scores import read_scores\n"
        "try:\n    read_scores(sys.argv[1])\nexcept InputRefused as refused:\n    print(refused)\n"
    )
    (sentence,), memory, _ = run_and_measure(code, str(path))
    assert "more than 12,000,000 values" in sentence
    assert memory < 500 << 20


@pytest.mark.parametrize(
    ("first", "last"), [(1, 999999999999), (5, 1), (-(10**15), 1), (10**400, 10**400), (0, 6 * 10**6)]
)
def test_frames_that_cannot_be_are_refused(first: int, last: int, tmp_path: Path) -> None:
    path = tmp_path / "scores.json"
    head = {"schema": SCHEMA, "layer": "compare", "first": first, "last": last, "vmaf_model": "vmaf_v0.6.1"}
    path.write_text(json.dumps({**head, "metrics": {"vmaf": {}}, "frames": []}))
    with pytest.raises(InputRefused, match="cannot be"):
        read_scores(str(path))


def test_a_frame_outside_of_the_table_makes_it_none(tmp_path: Path) -> None:
    path = tmp_path / "scores.json"
    head = {"schema": SCHEMA, "layer": "compare", "first": 1, "last": 2, "vmaf_model": "vmaf_v0.6.1"}
    path.write_text(json.dumps({**head, "metrics": {"vmaf": {}}, "frames": [{"frame": 999999999999, "vmaf": 1}]}))
    with pytest.raises(InputRefused, match="no whole scores document"):
        read_scores(str(path))


@pytest.mark.parametrize(
    "text",
    ['{"frames": [{"frameNum": 999999999999, "metrics": {"vmaf": 1}}, {"frameNum": 0, "metrics": {"vmaf": 1}}]}',
     '{"frames": [{"frameNum": 1e400, "metrics": {"vmaf": 1}}]}', "Frame,vmaf,\n999999999999,1,\n0,1,\n",
     '<VMAF><frame frameNum="999999999999" vmaf="1"/><frame frameNum="0" vmaf="1"/></VMAF>',
     "Frame,vmaf,\n\x00,1,\n", 'Frame,vmaf,\n"' + "x" * 200000 + '",1,\n'],
)  # fmt: skip
def test_foreign_scores_of_impossible_frames_are_refused(text: str, tmp_path: Path) -> None:
    path = tmp_path / "log"
    path.write_text(text)
    with pytest.raises(InputRefused, match=r"\.$"):
        read_foreign(str(path))


@pytest.mark.parametrize("text", ['{"schema": %s}', '{%s: 1, "schema": "cueffmpeg.preset/1"}'])
def test_no_sentence_quotes_more_than_its_beginning(text: str, tmp_path: Path) -> None:
    path = tmp_path / "p.json"
    path.write_text(text % json.dumps("x" * 100000))
    with pytest.raises(InputRefused) as refused:
        read_preset(str(path), "user")
    assert len(str(refused.value)) < len(str(path)) + 3 * MOST_QUOTED


def test_what_cannot_be_written_out_is_called_by_its_kind() -> None:
    deep: list[object] = []
    for _ in range(100000):
        deep = [deep]
    assert quoted(deep) == "a list"
    assert quoted(10**5000) == "a int"


def test_a_fraction_is_read_only_where_it_is_written_as_one(tmp_path: Path) -> None:
    path = tmp_path / "job.json"
    path.write_text('{"schema": "cueffmpeg.job/1", "x": 1}')
    with pytest.raises(InputRefused, match="unknown keys"):
        read_job(str(tmp_path))
    assert read_json(str(path), "cueffmpeg.job/1") == {"x": 1}


def test_a_name_with_a_zero_in_it_is_no_path() -> None:
    with pytest.raises(InputRefused, match="no path"):
        read_limited("/a\0b", 10)
