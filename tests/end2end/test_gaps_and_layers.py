# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Sequences with gaps and EXR with layers, from the command line to the scores of a real local farm."""

from pathlib import Path

import numpy as np
from clips import Clips, picture
from still_files import exr, gradient

from .conftest import CommandLine


def test_every_second_frame_is_sent_scored_and_named(cueffmpeg: CommandLine, clips: Clips, tmp_path: Path) -> None:
    clips.sequence(tmp_path / "dpx", picture(32, size="64x64"))
    for number in range(1002, 1033, 2):
        (tmp_path / "dpx" / f"shot.{number}.dpx").unlink()
    command = ("submit", "dpx-h264-vmaf", "--source", str(tmp_path / "dpx"), "--frame-rate", "24")
    refused = cueffmpeg(*command)
    assert refused.code == 3
    assert "gaps=hold or gaps=black or gaps=only." in refused.err
    unclear = cueffmpeg(*command, "--gaps", "hold", "--set", "gaps=black")
    assert unclear.code == 2
    assert "--gaps hold and --set gaps=black contradict each other; give one." in unclear.err
    output = ("--output", str(tmp_path / "film.mp4"), "--name", "steps", "--chunk", "8", "--set", "gop=4")
    sent = cueffmpeg(*command, "--gaps", "only", *output, "--wait", "--json")
    assert sent.code == 0, sent.err
    assert "missing: 1002-1030x2." in sent.err
    job = sent.json["job"]
    for how in ((job,), (job, "--from-logs"), (sent.json["folder"],)):
        scores = cueffmpeg("scores", *how, "--json").json
        assert (scores["complete"], scores["expected"]) == (True, 16)
        assert [row["frame"] for row in scores["frames"]] == list(range(1001, 1032, 2))
    probed = cueffmpeg("probe", str(tmp_path / "dpx"), "--gaps", "only").out
    assert "16 (1001-1031x2) at a rate that is not said" in probed


def test_a_layer_is_named_from_the_command_line(cueffmpeg: CommandLine, tmp_path: Path) -> None:
    pixels = gradient() / 256
    flat = np.full_like(pixels, 0.25)
    layers = {f"{name}.{letter}": one[..., place] for name, one in (("a", pixels), ("b", flat))
              for place, letter in enumerate("RGB")}  # fmt: skip
    for number in (1001, 1002):
        (tmp_path / f"s.{number}.exr").write_bytes(exr(layers))
    command = ("submit", "h264-review", "--source", str(tmp_path), "--frame-rate", "24", "--dry-run")
    refused = cueffmpeg(*command)
    assert refused.code == 3
    assert "s.1001.exr holds several layers (a, b); name one of them, as in --set layer=a." in refused.err
    planned = cueffmpeg(*command, "--set", "layer=b")
    assert planned.code == 0, planned.err
    assert "-layer b " in planned.out
    assert "the layer b is read." in planned.out
    assert "layer" in cueffmpeg("probe", str(tmp_path), "--layer", "a").out
