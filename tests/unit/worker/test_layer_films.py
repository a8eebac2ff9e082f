# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""A film of one layer of EXR is the film of EXR that hold its pixels alone; so are the scores beside it."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from films import digests, long
from numpy.typing import NDArray
from still_files import Planes, exr, gradient

FIRST, COUNT = 1001, 16


def picture(number: int) -> NDArray[np.float64]:
    """Another picture for each frame."""
    moved: NDArray[np.float64] = np.roll(np.tile(gradient() / 256, (2, 1, 1)), 3 * number, axis=1)
    return moved


def layer(name: str, pixels: NDArray[np.float64]) -> Planes:
    return {f"{name}{letter}": pixels[..., place] for place, letter in enumerate("RGB")}


@pytest.fixture(scope="session")
def renders(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The same pictures alone, and as a layer between others."""
    places = {name: tmp_path_factory.mktemp(name) for name in ("alone", "layered")}
    for number in range(FIRST, FIRST + COUNT):
        pixels, other = picture(number), np.full_like(picture(number), 0.75)
        (places["alone"] / f"shot.{number}.exr").write_bytes(exr(layer("", pixels)))
        layered = {**layer("A.Albedo.", other), **layer("A.Spec.", pixels), **layer("A.Combined.", other)}
        (places["layered"] / f"shot.{number}.exr").write_bytes(exr({**layered, "A.Z": pixels[..., 0]}))
    return {name: f"{place}/shot.####.exr" for name, place in places.items()}


@pytest.mark.parametrize("chunk", [long("none"), "8"])
def test_a_film_of_a_layer_is_that_of_its_pixels(
    film: Any, renders: dict[str, str], tmp_path: Path, chunk: str
) -> None:
    made = film(renders["layered"], "dpx-h264-vmaf", chunk=chunk, values={"layer": "A.Spec"})
    runs = made.run_all()
    wanted = film(renders["alone"], "dpx-h264-vmaf", chunk=chunk, output=str(tmp_path / "wanted.mp4"))
    wanted.run_all()
    assert digests(made.output, made.ffmpeg) == digests(wanted.output, made.ffmpeg)
    scores = [json.loads(job.scores.read_text()) for job in (made, wanted)]
    assert scores[0]["frames"] == scores[1]["frames"]
    note = f"Of {made.spec.source.path} the layer A.Spec is read."
    assert note in scores[0]["provenance"]["notes"]
    assert any(note in line for line in runs["encode", FIRST].lines)


def test_without_a_name_the_beauty_is_taken(film: Any, renders: dict[str, str]) -> None:
    made = film(renders["layered"], "dpx-h264", chunk="none")
    assert made.spec.source.sequence.layer == "A.Combined"
    made.run_all()
    assert len(set(digests(made.output, made.ffmpeg))) == 1


def test_a_preset_with_a_layer_goes_with_other_sources(film: Any, shots: Any) -> None:
    made = film(shots.dpx(), "dpx-h264", values={"layer": "beauty"})
    assert made.spec.source.sequence.layer == ""
    made.run_all()
    said = f"{made.spec.source.path} has no layers, as only EXR has: layer=beauty chooses nothing."
    assert any(said in line for line in made.run_frame("encode", made.spec.frames.first).lines)
