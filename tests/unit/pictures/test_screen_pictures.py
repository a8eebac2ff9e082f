# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Pictures as they are shown: right colours, turned, of one size for both, and as files."""

import io
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import Any

import av
import numpy as np
import numpy.typing as npt
import pytest
from clips import Clips
from picture_pairs import pair_of

from cueffmpeg_gui.api.review.pictures import PictureSource, fitted_size
from cueffmpeg_gui.errors import InputRefused
from cueffmpeg_gui.jobs.picture_pair import PicturePair
from cueffmpeg_gui.media.geometry import Geometry
from cueffmpeg_gui.pictures.frame_facts import FrameFacts, bytes_text, motion_sentence
from cueffmpeg_gui.pictures.pair_side import ScreenPicture

# Middles of 75 % colour bars, in fractions of the width, and what they are in full-range RGB (SMPTE EG 1). ffmpeg's own
# source is up to 4 code values off; a wrong matrix or range is off by more than 15.
NEAR = 5
BARS = {0.07: (191, 191, 191), 0.21: (191, 191, 0), 0.36: (0, 191, 191), 0.5: (0, 191, 0),
        0.64: (191, 0, 191), 0.79: (191, 0, 0), 0.93: (0, 0, 191)}  # fmt: skip
FLAGS = "flags=bicubic+accurate_rnd+full_chroma_int"
Pixels = npt.NDArray[np.uint8]


def pixels_of(picture_: ScreenPicture) -> Pixels:
    """Rows, columns, (red, green, blue)."""
    rows = np.frombuffer(picture_.pixels, np.uint8)[: picture_.height * picture_.stride]
    found = rows.reshape(picture_.height, picture_.stride)[:, : picture_.width * 4]
    return found.reshape(picture_.height, picture_.width, 4)[..., 2::-1]


def made_by_ffmpeg(ffmpeg: str, path: str, number: int, chain: str, size: tuple[int, int]) -> Pixels:
    """One picture by ffmpeg's own filters, turned as ffmpeg turns it."""
    graph = f"select=eq(n\\,{number}),{chain},format=rgb24"
    command = [ffmpeg, "-v", "error", "-i", path, "-vf", graph, "-frames:v", "1", "-f", "rawvideo", "-"]
    raw = subprocess.run(command, capture_output=True, check=True).stdout
    return np.frombuffer(raw, np.uint8).reshape(size[1], size[0], 3)


def with_itself(path: Path, fixed: tuple[int, int] | None = None, fix: str = "crop") -> PicturePair:
    pair = pair_of(path, path)
    source = pair.geometry.source
    return replace(pair, geometry=Geometry(source, fixed or source, fixed or source, fix))


@pytest.mark.parametrize("name", ["bars_601", "bars_709", "bars_full", "bars_untagged", "dnxhr", "png", "qtrle"])
def test_bars_of_any_matrix_and_range_have_the_colours_of_bars(name: str, clips: Clips) -> None:
    shown = pixels_of(PictureSource(with_itself(clips(name))).reference(3))
    for place, colour in BARS.items():
        assert np.abs(shown[40, int(place * shown.shape[1])].astype(int) - colour).max() <= NEAR


@pytest.mark.parametrize("name", ["bframes", "ten_bit", "prores"])
def test_pixels_are_just_those_that_ffmpeg_converts(name: str, clips: Clips, ffmpeg: str) -> None:
    pair = with_itself(clips(name))
    matrix = "bt709" if name == "prores" else "smpte170m"
    chain = f"scale=in_color_matrix={matrix}:in_range=tv:out_range=pc:{FLAGS}:in_chroma_loc=left"
    wanted = made_by_ffmpeg(ffmpeg, pair.encode.path, 17, chain, pair.geometry.fixed)
    assert np.array_equal(pixels_of(PictureSource(pair).encode(18)), wanted)


def test_a_portrait_clip_is_turned_with_its_colour_on_its_luma(clips: Clips, ffmpeg: str) -> None:
    """The same stream stands unturned in another file: chroma for each pixel, turned, and RGB; or turned as RGB."""
    pair = with_itself(clips("turned"))
    to_rgb = f"scale=in_color_matrix=smpte170m:in_range=tv:out_range=pc:{FLAGS}"
    chain = f"scale=in_range=tv:out_range=tv:in_chroma_loc=left:{FLAGS},format=yuv444p,transpose=cclock,{to_rgb}"
    wanted = made_by_ffmpeg(ffmpeg, str(clips("h264")), 5, chain, (180, 320))
    at_once = np.rot90(made_by_ffmpeg(ffmpeg, str(clips("h264")), 5, f"{to_rgb}:in_chroma_loc=left", (320, 180)))
    shown = pixels_of(PictureSource(pair).reference(6))
    assert shown.shape == (320, 180, 3)
    assert np.abs(shown.astype(int) - wanted).max() <= 1
    assert np.abs(shown.astype(int) - at_once).mean() < 0.5


@pytest.mark.parametrize(("fix", "fixed"), [("crop", (320, 180)), ("pad", (322, 182))])
def test_an_odd_reference_is_cut_or_padded_as_its_encode_was(
    fix: str, fixed: tuple[int, int], clips: Clips, tmp_path: Path
) -> None:
    encode = tmp_path / "even.mp4"
    even = ["-vf", f"{fix}={fixed[0]}:{fixed[1]}:0:0", "-c:v", "libx264", "-qp", "0", "-pix_fmt", "yuv444p"]
    clips.run(["-i", str(clips("odd")), *even, str(encode)])
    pair = pair_of(clips("odd"), encode)
    source = PictureSource(replace(pair, geometry=Geometry((321, 181), fixed, fixed, fix)))
    reference, encode_shown = pixels_of(source.reference(4)), pixels_of(source.encode(4))
    assert reference.shape == encode_shown.shape == (fixed[1], fixed[0], 3)
    assert np.array_equal(reference, encode_shown)


def test_a_smaller_encode_lies_over_its_reference(clips: Clips, tmp_path: Path) -> None:
    encode = tmp_path / "half.mp4"
    clips.run(["-i", str(clips("bars_709")), "-vf", "scale=160:90", "-c:v", "libx264", "-crf", "4", str(encode)])
    source = PictureSource(pair_of(clips("bars_709"), encode))
    reference, enlarged = pixels_of(source.reference(4)), pixels_of(source.encode(4))
    assert enlarged.shape == reference.shape == (180, 320, 3)
    assert np.abs(reference[40, 20::45].astype(int) - enlarged[40, 20::45]).max() <= 4
    explained = source.explain(4, source.near_reference(4), source.near_encode(4))
    assert "The encode is 160x90 and was scaled to the reference's 320x180 to be compared." in explained.notes


def test_values_under_a_point_are_those_stored(clips: Clips) -> None:
    # 75 % yellow in BT.709, limited range: ITU-R BT.709, table 4.
    shown = PictureSource(with_itself(clips("bars_709"))).reference(2)
    words = shown.native.at(0.21, 0.2).split()
    assert words[::2] == ["Y", "Cb", "Cr", "(8-bit)"]
    assert np.abs(np.array(words[1::2], int) - (168, 44, 136)).max() <= 1
    for name in ("png", "qtrle"):
        rgb = PictureSource(with_itself(clips(name))).reference(2)
        red, green, blue = pixels_of(rgb)[36, 67]
        assert rgb.native.at(67.5 / 320, 0.2) == f"R {red} G {green} B {blue} (8-bit)"
    assert PictureSource(with_itself(clips("prores"))).reference(2).native.at(0.9, 0.9).endswith("(10-bit)")


def test_values_of_a_turned_clip_are_those_of_the_pixel_that_is_seen_there(clips: Clips) -> None:
    shown = PictureSource(with_itself(clips("turned"))).reference(6)
    pixels = pixels_of(shown)
    for x, y in ((0.1, 0.3), (0.8, 0.6), (0.5, 0.95)):
        luma = int(shown.native.at(x, y).split()[1])
        red, green, blue = pixels[int(y * 320), int(x * 180)].astype(float)
        assert abs((0.299 * red + 0.587 * green + 0.114 * blue) * 219 / 255 + 16 - luma) < 12


def test_jpeg_files_show_the_pictures_fitted_to_a_width(clips: Clips) -> None:
    pair = with_itself(clips("bars_709"))
    for data in PictureSource(pair).jpegs(3, 160):
        image: Any = next(av.open(io.BytesIO(data)).decode(video=0))
        shown = image.to_ndarray(format="rgb24")
        assert shown.shape == (90, 160, 3)
        for place, colour in BARS.items():
            assert np.abs(shown[20, int(place * 160)].astype(int) - colour).max() <= NEAR + 2


def test_a_file_for_a_report_is_never_enlarged_and_has_square_pixels(clips: Clips) -> None:
    assert fitted_size(with_itself(clips("bars_709")), 1000, 1000) == (320, 180)
    wide = with_itself(clips("anamorphic"))
    assert fitted_size(wide, 1000, 1000) == (341, 180)
    assert fitted_size(wide, 160, 1000)[0] == 160


def test_a_frame_without_score_or_picture_gives_a_sentence(clips: Clips, tmp_path: Path) -> None:
    pair = with_itself(clips("bars_709"))
    with pytest.raises(InputRefused, match="There is no frame 9; the scores are of frames 1-8"):
        PictureSource(pair).jpegs(9, 160)
    moved = replace(pair, encode=replace(pair.encode, path=str(tmp_path / "gone.mp4")))
    with pytest.raises(InputRefused, match=r"gone\.mp4 cannot be shown: No such file"):
        PictureSource(moved).jpegs(3, 160)


def test_timecode_is_the_references_own_or_counted_from_its_start(clips: Clips) -> None:
    assert with_itself(clips("prores")).timecode_of(1) == "01:02:03:04"
    assert with_itself(clips("prores")).timecode_of(24) == "01:02:04:03"
    assert with_itself(clips("h264")).timecode_of(25) == "00:00:01:00"


def test_facts_are_told_in_words() -> None:
    assert FrameFacts("P", 12_430, 3).short == "P, 12.4 kB"
    assert FrameFacts("P", 12_430, 3).sentence == "P-picture of 12.4 kB, 3 after a key picture."
    assert FrameFacts("I", None, 0).sentence == "I-picture, a key picture."
    assert (bytes_text(999), bytes_text(2_500_000)) == ("999 B", "2.5 MB")
    assert motion_sentence(0.0) == "No motion: the reference equals its picture before."
    assert motion_sentence(9.0).startswith("Fast motion: luma changes by 9.0 of 255")
