# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Pictures are shown in the colours they are compared in, and what is only taken or guessed is called so."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import av.logging
import numpy as np
import pytest
from clips import LOSSLESS, Clips, bars, picture, tagged
from picture_pairs import pair_of

from cueffmpeg_gui.api.review.pictures import PictureSource, Reasons

SIZE = "160x120"
SILENT = "setparams=range=unknown:colorspace=unknown:color_primaries=unknown:color_trc=unknown"
TAG_709 = tagged("bt709")[1]


def made(clips: Clips, path: Path, *chain: str) -> Path:
    writing = ["-c:v", "ffv1"] if path.suffix == ".avi" else [*LOSSLESS, "-pix_fmt", "yuv420p"]
    clips.run([*picture(8, size=SIZE), "-vf", ",".join(["format=yuv420p", *chain]), *writing, str(path)])
    return path


def shown(source: PictureSource, side: str) -> Any:
    found = getattr(source, side)(4)
    return np.frombuffer(bytes(found.pixels), np.uint8)


def explained(source: PictureSource) -> Reasons:
    return source.explain(4, source.near_reference(4), source.near_encode(4))


@pytest.mark.parametrize("silent", ["encode", "reference"])
def test_equal_pixels_look_equal_whichever_side_says_nothing(silent: str, clips: Clips, tmp_path: Path) -> None:
    paths = {"encode": tmp_path / "e.mov", "reference": tmp_path / "r.mov"}
    paths[silent] = paths[silent].with_suffix(".avi")
    for side, path in paths.items():
        made(clips, path, SILENT if side == silent else TAG_709)
    source = PictureSource(pair_of(paths["reference"], paths["encode"]))
    assert np.array_equal(shown(source, "reference"), shown(source, "encode"))
    assert explained(source).troubles == ()


def test_what_was_taken_is_known_of_the_pair(clips: Clips, tmp_path: Path) -> None:
    silent, said = made(clips, tmp_path / "s.avi", SILENT), made(clips, tmp_path / "t.mov", TAG_709)
    taken = "does not say its colour matrix and range: bt709, limited range is taken, as the"
    assert pair_of(said, silent).colour_notes == (f"The encode {taken} reference says.",)
    assert pair_of(silent, said).colour_notes == (f"The reference {taken} encode says.",)
    assert pair_of(said, said).colour_notes == ()
    guess = f"smpte170m, limited range is guessed, by the reference's size {SIZE}."
    assert pair_of(silent, silent).colour_notes == (f"Neither side says its colour matrix and range: {guess}",)


def test_the_tags_of_our_own_encode_do_not_make_a_fact_of_a_guess(clips: Clips, tmp_path: Path) -> None:
    pair = pair_of(made(clips, tmp_path / "r.avi", SILENT), made(clips, tmp_path / "e.mov", tagged("smpte170m")[1]))
    assert replace(pair, is_made_here=True).colour_notes == (
        "The source does not say its colour matrix; by its size smpte170m is taken and tagged.",
    )


def test_what_was_taken_may_be_the_fault(clips: Clips, tmp_path: Path) -> None:
    encode = tmp_path / "e.avi"
    clips.run([*bars("bt601"), "-vf", f"format=yuv420p,{SILENT}", "-c:v", "ffv1", str(encode)])
    reasons = explained(PictureSource(pair_of(clips("bars_709"), encode)))
    (trouble,) = reasons.troubles
    assert "made with the matrix of BT.601 and is read with that of BT.709" in trouble
    assert trouble.endswith("not both clips say it, and what was taken instead may be wrong.")
    assert any(note.startswith("The encode does not say its colour matrix and range") for note in reasons.notes)


def test_no_filter_of_a_picture_is_one_that_ffmpeg_put_there(clips: Clips, tmp_path: Path) -> None:
    pair = pair_of(made(clips, tmp_path / "r.avi", SILENT), made(clips, tmp_path / "e.mov", tagged("bt709", "pc")[1]))
    source = PictureSource(pair)
    av.logging.set_level(av.logging.VERBOSE)
    try:
        with av.logging.Capture(local=False) as heard:
            explained(source), shown(source, "reference"), shown(source, "encode")
            source.thumbnails(4, (32, 24)), source.jpegs(4, 80)
        assert not [text for _, name, text in heard if "auto-insert" in text or "auto_scale" in name]
        assert heard, "there was something to hear"
    finally:
        av.logging.set_level(None)
