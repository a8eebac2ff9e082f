# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Layers, parts and views of EXR: the obvious beauty, or the one that is named, with its own pixels."""

import struct
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from picture_files import refusal
from still_files import Planes, exr, exr_parts, gradient, written

from cueffmpeg_gui.errors import InputRefused, LayerUnclear
from cueffmpeg_gui.pictures.open_reader import open_reader
from cueffmpeg_gui.probe import probe_sequence
from cueffmpeg_gui.sequences.files import find_sequence

PICTURE: NDArray[np.float64] = gradient() / 256
FLAT: NDArray[np.float64] = np.full_like(PICTURE, 0.25)
DEPTH = np.full(PICTURE.shape[:2], 17.0)


def layer(name: str, picture: NDArray[np.float64] = FLAT, letters: str = "RGB") -> Planes:
    """The channels of a layer."""
    return {f"{name}.{letter}".lstrip("."): picture[..., place] for place, letter in enumerate(letters)}


def views(*names: str) -> tuple[str, bytes]:
    """The names of the views of a file, the default one first."""
    return "stringvector", b"".join(struct.pack("<i", len(name)) + name.encode() for name in names)


def shown(text: str, asked: str = "") -> tuple[str, NDArray[np.float64]]:
    """The layer that was taken, and its picture as it is decoded."""
    sequence = find_sequence(text, layer=asked)
    frame = open_reader(probe_sequence(sequence, Fraction(24))).picture(1).frame
    assert frame.format.name.startswith("gbr")
    planes = [np.frombuffer(plane, "<f4" if "f32" in frame.format.name else "<f2").reshape(frame.height, -1)
              for plane in frame.planes]  # fmt: skip
    green, blue, red = (plane[:, : frame.width].astype(np.float64) for plane in planes[:3])
    return sequence.layer, np.stack([red, green, blue], -1)


TAKEN: dict[str, tuple[Planes, str]] = {
    "blender": ({"ViewLayer.Depth.Z": DEPTH, **layer("ViewLayer.Combined", PICTURE), **layer("ViewLayer.DiffCol")},
                "ViewLayer.Combined"),
    "beauty": ({"depth.Z": DEPTH, **layer("beauty", PICTURE), **layer("albedo"), **layer("beauty2")}, "beauty"),
    "unnamed": ({**layer("", PICTURE), **layer("beauty"), "Z": DEPTH}, ""),
    "depth first": ({"A.Z": DEPTH, **layer("B", PICTURE)}, "B"),
    "only one": ({"id": DEPTH, **layer("diffuse", PICTURE), **layer("N", FLAT, "XYZ")}, "diffuse"),
    "small letters": (layer("rgba", PICTURE, "rgb"), "rgba"),
    "houdini": ({**layer("C", PICTURE), **layer("direct"), **layer("indirect")}, "C"),
    "space": ({**layer("my main.rgb", PICTURE), **layer("other")}, "my main.rgb"),
}  # fmt: skip


@pytest.mark.parametrize("kind", TAKEN)
def test_the_obvious_layer_is_taken(kind: str, tmp_path: Path) -> None:
    channels, name = TAKEN[kind]
    found, pixels = shown(written(tmp_path, ".exr", exr(channels)))
    assert found == name
    assert np.array_equal(pixels, PICTURE)


def test_any_layer_can_be_named(tmp_path: Path) -> None:
    text = written(tmp_path, ".exr", exr({**layer(""), **layer("spec", PICTURE), **layer("specular")}))
    assert shown(text)[0] == ""
    found, pixels = shown(text, "spec")
    assert found == "spec"
    assert np.array_equal(pixels, PICTURE)
    with pytest.raises(LayerUnclear, match=r"shot\.1001\.exr has no layer sepc; it has one without a name, spec, spec"):
        shown(text, "sepc")


def test_layers_of_which_none_is_obvious_are_named(tmp_path: Path) -> None:
    text = written(tmp_path, ".exr", exr({**layer("diffuse"), **layer("specular"), "Z": DEPTH}))
    with pytest.raises(LayerUnclear) as refused:
        find_sequence(text)
    assert str(refused.value) == (
        f"{tmp_path}/shot.1001.exr holds several layers (diffuse, specular); name one of them, as in "
        "--set layer=diffuse."
    )
    assert refused.value.layers == ("diffuse", "specular")
    assert shown(text, "specular")[0] == "specular"
    with pytest.raises(InputRefused, match="several layers"):
        find_sequence(written(tmp_path / "two", ".exr", exr({**layer("A.beauty"), **layer("B.beauty")})))


def test_a_frame_that_lacks_the_layer_is_named(tmp_path: Path) -> None:
    text = written(tmp_path, ".exr", exr({**layer("beauty"), **layer("other")}))
    (tmp_path / "shot.1002.exr").write_bytes(exr({**layer("diffuse"), **layer("other")}))
    assert "shot.1002.exr has no layer beauty; it has diffuse, other." in refusal(text)
    (tmp_path / "shot.1002.exr").write_bytes(exr({**layer(""), **layer("beauty")}))
    assert shown(text)[0] == "beauty"
    (tmp_path / "shot.1001.exr").write_bytes(exr({**layer(""), **layer("beauty")}))
    (tmp_path / "shot.1002.exr").write_bytes(exr({**layer("beauty"), **layer("other")}))
    assert "shot.1002.exr has another layer for its picture (beauty) than shot.1001.exr (one wit" in refusal(text)


def test_letters_that_ffmpeg_does_not_find_are_named(tmp_path: Path) -> None:
    words = {f"beauty.{word}": FLAT[..., 0] for word in ("red", "green", "blue")}
    text = written(tmp_path, ".exr", exr({**words, **layer("other")}))
    with pytest.raises(
        LayerUnclear, match=r"has no channels R, G, B or Y in its layer beauty \(but blue, green, red\)"
    ):
        find_sequence(text, layer="beauty")


@pytest.mark.parametrize("letter", "XYZUVW")
def test_a_channel_that_would_be_taken_for_a_colour_is_named(letter: str, tmp_path: Path) -> None:
    capitals = {**layer("l", PICTURE), f"l.{letter}": DEPTH}
    assert np.array_equal(shown(written(tmp_path / "capitals", ".exr", exr(capitals)))[1], PICTURE)
    small = {**layer("l", PICTURE, "rgb"), f"l.{letter}": DEPTH}
    said = refusal(written(tmp_path / "small", ".exr", exr(small)))
    assert f"has the channel {letter} before " in said
    assert said.endswith("in its layer l, which ffmpeg does not read; write its colours as R, G and B in capitals.")


@pytest.mark.parametrize("name", ["-y", "a:b,c'd;[x]", "l"])
def test_names_of_layers_may_hold_anything(name: str, tmp_path: Path) -> None:
    text = written(tmp_path, ".exr", exr({**layer(name, PICTURE), **layer("l2"), "lY": DEPTH, "l.x.R": DEPTH}))
    found, pixels = shown(text, name)
    assert found == name
    assert np.array_equal(pixels, PICTURE)


PARTS: dict[str, tuple[dict[str, Planes], tuple[str, ...], str]] = {
    "beauty first": ({"rgba": layer("", PICTURE), "depth": {"Z": DEPTH}}, (), "rgba"),
    "named channels": ({"p1": layer("beauty", PICTURE), "p2": layer("albedo")}, (), "beauty"),
    "left first": ({"left": layer("", PICTURE), "right": layer("")}, ("left", "right"), "left"),
    "one of all": ({"direct": layer("", PICTURE), "id": {"id": DEPTH}}, (), "direct"),
}


@pytest.mark.parametrize("kind", PARTS)
def test_of_several_parts_the_first_is_read(kind: str, tmp_path: Path) -> None:
    parts, sides, name = PARTS[kind]
    found, pixels = shown(written(tmp_path, ".exr", exr_parts(parts, sides)))
    assert found == name
    assert np.array_equal(pixels, PICTURE)


OUT_OF_REACH: dict[str, tuple[dict[str, Planes], tuple[str, ...], str]] = {
    "depth first": ({"depth": {"Z": DEPTH}, "beauty": layer("")}, (), "layer beauty in part 2 of 2"),
    "another picture first": (
        {"albedo": layer(""), "spec": layer(""), "rgba": layer("")},
        (),
        "layer rgba in part 3 of",
    ),
    "right first": ({"r": layer(""), "l": layer("")}, ("right", "left"), "layer l in part 2 of 2"),
}


@pytest.mark.parametrize("kind", OUT_OF_REACH)
def test_a_layer_in_another_part_is_refused_naming_what_there_is(kind: str, tmp_path: Path) -> None:
    parts, sides, said = OUT_OF_REACH[kind]
    sentence = refusal(written(tmp_path, ".exr", exr_parts(parts, sides)))
    first = next(iter(parts))
    assert said in sentence
    assert f"and ffmpeg reads the first part alone ({first}); write each part into files of its own, or" in sentence
    if first == "albedo":
        assert shown(f"{tmp_path}/shot.####.exr", "albedo")[0] == "albedo"


VIEWS: dict[str, tuple[Planes, dict[str, Any], str]] = {
    "left is the default": ({**layer("", PICTURE), **layer("right")}, {"multiView": views("left", "right")}, ""),
    "right is the default": ({**layer(""), **layer("left", PICTURE)}, {"multiView": views("right", "left")}, "left"),
    "both named": ({**layer("right"), **layer("left", PICTURE)}, {}, "left"),
}


@pytest.mark.parametrize("kind", VIEWS)
def test_of_two_views_the_left_is_taken(kind: str, tmp_path: Path) -> None:
    channels, attributes, name = VIEWS[kind]
    found, pixels = shown(written(tmp_path, ".exr", exr(channels, **attributes)))
    assert found == name
    assert np.array_equal(pixels, PICTURE)
