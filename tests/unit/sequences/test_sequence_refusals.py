# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""One true sentence about each sequence that cannot be used."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from clips import picture
from picture_files import KINDS, named, refusal

from cueffmpeg_gui.media.frames import FrameRange
from cueffmpeg_gui.probe import read_sequence
from cueffmpeg_gui.sequences.files import find_sequence


def test_gaps_are_listed_in_ranges_with_a_way_out(shot: Path) -> None:
    for number in (1001, 1003, 1004):
        (shot / f"shot.{number}.dpx").unlink()
    assert refusal(shot / "shot.1001-1008#.dpx") == (
        f"{shot}/shot.1001-1008#.dpx is not whole: frames 1001, 1003-1004, 1007-1008 are missing; "
        "render or copy what is missing, or name a part that is whole (1005-1006)."
    )
    assert "frames 1003-1004 are missing" in refusal(shot / "shot.1002.dpx")
    (shot / "shot.1006.dpx").unlink()
    assert "frame 1006 is missing" in refusal(shot / "shot.1005-1006#.dpx")


def test_nothing_there_is_said_with_what_is(shot: Path) -> None:
    assert refusal(shot / "shit.%04d.dpx") == (
        f"No file matches {shot}/shit.%04d.dpx; the folder {shot} holds shot.1001-1006#.dpx."
    )
    assert "holds shot.1001-1006#.dpx" in refusal(shot / "shot.%06d.dpx")
    assert "holds shot.1001-1006#.dpx" in refusal(shot / "shot.2001-2100#.dpx")
    assert refusal(shot / "gone/shot.%04d.dpx") == f"The folder {shot}/gone cannot be read: No such file or directory."
    (shot / "empty").mkdir()
    assert refusal(shot / "empty").startswith(f"{shot}/empty is a folder without an image sequence")
    assert "no image sequence" in refusal(shot / "empty/a.%d.dpx")
    assert "must end in .dpx" in refusal(shot / "shot.%04d.pfm")
    assert "no path that this system can open" in refusal("a\0b.dpx")


def test_a_folder_with_several_sequences_is_refused_naming_them(shot: Path) -> None:
    for number in range(1, 4):
        shutil.copy(shot / "shot.1001.dpx", shot / f"other.{number:06d}.dpx")
    assert refusal(shot) == f"{shot} holds 2 sequences (other.1-3@@@@@@.dpx, shot.1001-1006#.dpx); name one of them."


def test_other_padding_is_another_sequence(pictures: Path, tmp_path: Path) -> None:
    names = [*(f"x.{number:04d}.png" for number in range(8, 12)), *(f"x.{number}.png" for number in range(1, 5))]
    named(tmp_path, names, pictures / "png/shot.1001.png")
    assert "holds 2 sequences (x.1-4@.png, x.8-11#.png)" in refusal(tmp_path)
    assert refusal(tmp_path / "x.3.png") == (
        f"{tmp_path}/x.3.png may mean x.1-4@.png, x.8-11#.png, which differ in padding; "
        "name one of them, such as x.%01d.png."
    )
    assert find_sequence(f"{tmp_path}/x.%d.png").frames == FrameRange(1, 4)
    assert find_sequence(f"{tmp_path}/x.%04d.png").frames == FrameRange(8, 11)
    assert find_sequence(f"{tmp_path}/x.0009.png").frames == FrameRange(8, 11)


def test_a_name_without_a_number_and_a_range_with_steps_are_refused(shot: Path) -> None:
    shutil.copy(shot / "shot.1001.dpx", shot / "still.dpx")
    assert "has no frame number in its name; name it like shot.1001.dpx" in refusal(shot / "still.dpx")
    assert "1001-1006x2 are not one unbroken range" in refusal(shot / "shot.1001-1006x2#.dpx")
    assert "1001,1003-1006 are not one unbroken range" in refusal(shot / "shot.1001,1003-1006#.dpx")
    assert "ends before it starts" in refusal(shot / "shot.1006-1001#.dpx")


def test_numbers_that_ffmpeg_cannot_count_to_are_refused(pictures: Path, tmp_path: Path) -> None:
    named(tmp_path / "a", ["x.20261124093000.png"], pictures / "png/shot.1001.png")
    assert "above 2147483647" in refusal(tmp_path / "a")
    named(tmp_path / "b", ["x.-0002.png", "x.-0001.png"], pictures / "png/shot.1001.png")
    assert "minus sign before the place of the number" in refusal(f"{tmp_path}/b/x.-%04d.png")


def test_a_file_being_written_is_refused(shot: Path) -> None:
    last, size = shot / "shot.1006.dpx", (shot / "shot.1006.dpx").stat().st_size
    os.truncate(last, size - 100)
    sentence = refusal(shot)
    assert sentence.startswith(f"{last} has {size - 100} bytes where shot.1001.dpx has {size}, ")
    assert "still be being written" in sentence
    os.truncate(last, 0)
    assert refusal(shot).startswith(f"{last} is empty: it may still be being written")


def test_the_odd_file_is_named_not_the_usual_ones(shot: Path) -> None:
    size = (shot / "shot.1001.dpx").stat().st_size
    with open(shot / "shot.1001.dpx", "ab") as file:
        file.write(b"more")
    assert refusal(shot).startswith(f"{shot}/shot.1001.dpx has {size + 4} bytes where shot.1002.dpx has {size}")


@pytest.mark.parametrize("kind", KINDS)
def test_a_cut_off_file_is_refused_in_every_format(kind: str, pictures: Path, tmp_path: Path) -> None:
    ending = KINDS[kind][0]
    copy = Path(shutil.copytree(pictures / kind, tmp_path / kind))
    path = copy / f"shot.1003{ending}"
    whole = path.read_bytes()
    for share in (0, 0.3, 0.6, 0.95):
        path.write_bytes(whole[: int(len(whole) * share)])
        sentence = refusal(copy)
        assert sentence.startswith(str(path)), sentence
        assert re.search("is empty|is cut off|bytes where|can be read", sentence)
    path.write_bytes(b"This is no picture. " * 200)
    assert re.search("is no .* picture that can be read|bytes where", refusal(copy))


@pytest.mark.parametrize("kind", KINDS)
def test_all_files_equally_cut_off_are_refused_too(kind: str, pictures: Path, tmp_path: Path) -> None:
    ending = KINDS[kind][0]
    copy = Path(shutil.copytree(pictures / kind, tmp_path / kind))
    for number in range(1001, 1007):
        os.truncate(copy / f"shot.{number}{ending}", 2100 if kind.startswith("dpx") else 200)
    assert re.search("is cut off|can be read", refusal(copy))


@pytest.mark.parametrize("kind", ["exr", "png", "tif", "jpg"])
def test_another_size_or_depth_is_refused_naming_both(kind: str, pictures: Path, tmp_path: Path, ffmpeg: str) -> None:
    ending, arguments = KINDS[kind]
    copy = Path(shutil.copytree(pictures / kind, tmp_path / kind))
    odd = copy / f"shot.1004{ending}"
    command = [*picture(1, size="48x64"), *arguments, "-update", "1", "-y", str(odd)]
    subprocess.run([ffmpeg, "-nostdin", "-v", "error", *command], check=True)
    assert re.match(rf"{odd} is 48x64 with \d components of \d+ bits where shot.1001{ending} is 64x48 ", refusal(copy))


def test_another_depth_is_taken_for_all(pictures: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copytree(pictures / "png", tmp_path / "png"))
    shutil.copy(pictures / "png_deep/shot.1001.png", copy / "shot.1001.png")
    found = read_sequence(find_sequence(str(copy))).still.video
    assert (found.pix_fmt, found.depth, found.is_mixed, found.has_alpha) == ("gbrp16le", 16, True, True)
    copy = Path(shutil.copytree(pictures / "exr", tmp_path / "exr"))
    shutil.copy(pictures / "exr_half/shot.1005.exr", copy / "shot.1005.exr")
    found = read_sequence(find_sequence(str(copy))).still.video
    assert (found.pix_fmt, found.depth) == ("gbrpf32le", 32)


def test_folders_pipes_and_dead_links_among_the_files_are_refused(shot: Path) -> None:
    path = shot / "shot.1003.dpx"
    path.unlink()
    path.mkdir()
    assert refusal(shot).startswith(f"{path} is no regular file")
    path.rmdir()
    os.mkfifo(path)
    assert refusal(shot).startswith(f"{path} is no regular file")
    path.unlink()
    path.symlink_to("gone")
    assert refusal(shot) == f"{path} cannot be read: No such file or directory."
    path.unlink()
    path.symlink_to("shot.1002.dpx")
    assert len(find_sequence(str(shot)).frames) == 6


def test_a_file_that_may_not_be_read_is_refused(shot: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", lambda path, mode: not path.endswith("1004.dpx"))
    assert refusal(shot) == f"{shot}/shot.1004.dpx cannot be read: you lack the permission; ask its owner for it."
