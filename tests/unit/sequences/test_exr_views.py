# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Each view of an EXR can be chosen by its name; colours of several types are refused as what they are."""

import struct
from pathlib import Path

import numpy as np
import pytest
from picture_files import refusal
from still_files import WIDTH, exr, written
from test_exr_layers import FLAT, PICTURE, layer, shown, views

from cueffmpeg_gui.errors import LayerUnclear
from cueffmpeg_gui.sequences.exr import read_exr
from cueffmpeg_gui.sequences.files import find_sequence


@pytest.mark.parametrize("names", [("right", "left"), ("left", "right"), ("Main", "aux")])
def test_the_default_view_can_be_named(names: tuple[str, str], tmp_path: Path) -> None:
    channels = {**layer("", PICTURE), **layer(names[1])}
    text = written(tmp_path, ".exr", exr(channels, multiView=views(*names)))
    for name, picture in zip(names, (PICTURE, FLAT), strict=True):
        found, pixels = shown(text, name)
        assert found == name
        assert np.array_equal(pixels, picture)
    with pytest.raises(LayerUnclear, match=rf"has no layer middle; it has {names[0]}, {names[1]}\.") as refused:
        shown(text, "middle")
    assert refused.value.layers == names
    with (tmp_path / "shot.1001.exr").open("rb") as file:
        assert read_exr(file, (tmp_path / "shot.1001.exr").stat().st_size).layers == names


def test_of_a_layer_of_two_views_the_left_is_taken(tmp_path: Path) -> None:
    channels = {**layer(""), **layer("right"), **layer("diffuse.left", PICTURE), **layer("diffuse.right")}
    text = written(tmp_path, ".exr", exr(channels, multiView=views("left", "right")))
    found, pixels = shown(text, "diffuse")
    assert found == "diffuse.left"
    assert np.array_equal(pixels, PICTURE)
    assert np.array_equal(shown(text, "diffuse.right")[1], FLAT)
    named = written(tmp_path / "named", ".exr", exr({**channels, **layer("diffuse")}))
    assert shown(named, "diffuse")[0] == "diffuse"


def test_colours_of_several_types_are_named(tmp_path: Path) -> None:
    data = exr(layer("l"))
    half, single = (b"l.G\0" + struct.pack("<iB3xii", kind, 0, 1, 1) for kind in (1, 2))
    assert half in data
    said = refusal(written(tmp_path, ".exr", data.replace(half, single)))
    assert said.endswith(
        "shot.1001.exr has channels of different types in one picture (B half, G float, R half), which ffmpeg does "
        "not read; write all of them as one type."
    )
    other = {**layer("l", PICTURE), "l.Z": np.zeros((len(PICTURE), WIDTH))}
    deep = exr(other).replace(b"l.Z\0" + half[4:], b"l.Z\0" + single[4:])
    assert find_sequence(written(tmp_path / "deep", ".exr", deep)).layer == "l"
