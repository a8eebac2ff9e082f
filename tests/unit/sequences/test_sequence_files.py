# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Sequences found by any notation, whatever their names."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from picture_files import KINDS, named

from cueffmpeg_gui.media.frames import FrameRange
from cueffmpeg_gui.media.sequences import Sequence
from cueffmpeg_gui.sequences.files import find_sequence, is_sequence
from cueffmpeg_gui.sequences.notation import pad_widths

NOTATIONS = [
    "shot.%04d.dpx", "shot.%4d.dpx", "shot.%d.dpx", "shot.####.dpx", "shot.#.dpx", "shot.@@@@.dpx", "shot.@.dpx",
    "shot.$F4.dpx", "shot.$F.dpx", "shot.1001-1006#.dpx", "shot.1001-1006####.dpx", "shot.1001-1006@@@@.dpx",
    "shot.1001-1006%04d.dpx", "shot.[1001-1006].dpx", "shot.%04d.dpx 1001-1006", "shot.#.dpx 1001-1006",
    "shot.1001-1003,1004-1006#.dpx", "shot.1001.dpx", "shot.1004.dpx", "shot.1006.dpx", ".", "../shot", "../shot/",
]  # fmt: skip


@pytest.mark.parametrize("notation", NOTATIONS)
def test_all_notations_mean_the_same_sequence(notation: str, shot: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = Sequence(str(shot), "shot.", 4, ".dpx", 1001, 1006, (shot / "shot.1001.dpx").stat().st_size)
    assert is_sequence(str(shot / notation))
    assert find_sequence(str(shot / notation)) == expected
    monkeypatch.chdir(shot)
    assert is_sequence(notation)
    assert find_sequence(notation) == expected


@pytest.mark.parametrize("kind", KINDS)
def test_every_format_is_whole_and_alike(kind: str, pictures: Path) -> None:
    found = find_sequence(str(pictures / kind))
    assert found.frames == FrameRange(1001, 1006)
    size = os.path.getsize(found.file(1001))
    assert found.file_bytes == (size if kind.startswith("dpx") else 0)


def test_a_range_counts_and_without_one_all_numbers_do(shot: Path) -> None:
    assert find_sequence(f"{shot}/shot.1002-1004#.dpx").frames == FrameRange(1002, 1004)
    assert find_sequence(f"{shot}/shot.%04d.dpx 1005-1006").frames == FrameRange(1005, 1006)
    assert find_sequence(f"{shot}/shot.1003-1003#.dpx").frames == FrameRange(1003, 1003)


def test_a_gap_outside_the_range_does_not_matter(shot: Path) -> None:
    (shot / "shot.1002.dpx").unlink()
    assert find_sequence(f"{shot}/shot.1003-1006#.dpx").frames == FrameRange(1003, 1006)


def test_a_single_file_is_a_sequence_of_one(shot: Path) -> None:
    for number in range(1002, 1007):
        (shot / f"shot.{number}.dpx").unlink()
    assert find_sequence(f"{shot}/shot.1001.dpx").frames == FrameRange(1001, 1001)
    assert find_sequence(str(shot)).frames == FrameRange(1001, 1001)


@pytest.mark.parametrize(
    ("pad", "widths"),
    [("%04d", (4,)), ("%d", (1,)), ("####", (4, 16)), ("#", (4, 1)), ("@@@", (3,)), ("$F4", (4,)), ("$F", (1,))],
)
def test_paddings(pad: str, widths: tuple[int, ...]) -> None:
    assert pad_widths(pad) == widths


@pytest.mark.parametrize(
    ("first", "last", "width", "notation"),
    [
        (1, 12, 1, "x.#.png"), (1, 12, 1, "x.%d.png"), (1, 12, 1, "x.1-12#.png"), (1, 12, 1, "x.7.png"),
        (1, 12, 4, "x.#.png"), (1, 12, 4, "x.1-12#.png"), (1, 12, 4, "x.[0001-0012].png"), (1, 12, 4, "x.0007.png"),
        (995, 1005, 1, "x.995-1005#.png"), (9995, 10004, 4, "x.%04d.png"), (86400, 86410, 7, "x.#######.png"),
        (1, 12, 8, "x.##.png"), (1, 12, 2, "x.##.png"), (0, 3, 4, "x.0002.png"), (0, 3, 1, "x.2.png"),
    ],
)  # fmt: skip
def test_padding_is_that_of_the_files(first: int, last: int, width: int, notation: str, one_png: Path) -> None:
    names = [f"x.{number:0{width}d}.png" for number in range(first, last + 1)]
    named(one_png.parent, names, one_png)
    found = find_sequence(str(one_png.parent / notation))
    assert [os.path.basename(found.file(number)) for number in range(first, last + 1)] == names
    assert found.frames == FrameRange(first, last)
    assert find_sequence(str(found)) == found


HOSTILE = [
    "shot_", "shot-", "shot", "-shot.", "a b.", "it's \"it\".", "100%.", "50%%.", "x%04d.", "a#b.", "#IFRAME#.",
    "@home.", "$F4 $HOME.", "shot_v01-02.", "v2.1001.", "plate[5-1].", "a9-2#b.", "é漢字.", "*?[a-z]{b}.",
    "back\\slash.", "a:b.", "file:.", "~.", "", "take 3-4 ",
]  # fmt: skip


def read_by_ffmpeg(sequence: Sequence, ffmpeg: str) -> int:
    """How many pictures image2 reads."""
    start = ["-start_number", str(sequence.first), "-start_number_range", "1"]
    command = [ffmpeg, "-nostdin", "-v", "error", "-xerror", "-f", "image2", *start, "-i", sequence.pattern]
    done = subprocess.run([*command, "-f", "framecrc", "-"], check=True, capture_output=True)
    return sum(not line.startswith(b"#") for line in done.stdout.splitlines())


@pytest.mark.parametrize("prefix", HOSTILE)
def test_hostile_names_are_found_and_ffmpeg_reads_them(
    prefix: str, pictures: Path, tmp_path: Path, ffmpeg: str
) -> None:
    numbers = range(1001, 1004)
    named(tmp_path, [f"{prefix}{number}.png" for number in numbers], pictures / "png/shot.1001.png")
    expected = Sequence(str(tmp_path), prefix, 4, ".png", 1001, 1003)
    forms = [
        str(tmp_path),
        f"{tmp_path}/{prefix}1002.png",
        f"{tmp_path}/{prefix}%04d.png",
        f"{tmp_path}/{prefix}####.png",
    ]
    for form in [*forms, f"{tmp_path}/{prefix}1001-1003#.png", str(expected), expected.pattern]:
        assert find_sequence(form) == expected, form
    assert read_by_ffmpeg(expected, ffmpeg) == 3


@pytest.mark.parametrize(
    "folder",
    ["a b", "100%", "%04d", "%%", "#IFRAME#", "####", "new\nline", "é漢", "\udcff\udcfe", "-i", "x.dpx", "'\"$(a)`b`"],
)
def test_hostile_folders_are_found_and_ffmpeg_reads_them(
    folder: str, pictures: Path, tmp_path: Path, ffmpeg: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / folder
    named(place, [f"shot.{number}.png" for number in range(1001, 1004)], pictures / "png/shot.1001.png")
    expected = Sequence(str(place), "shot.", 4, ".png", 1001, 1003)
    for name in ("", "shot.1002.png", "shot.%04d.png", "shot.####.png", "shot.1001-1003#.png"):
        assert find_sequence(os.path.join(place, name)) == expected
    assert find_sequence(expected.pattern) == expected
    monkeypatch.chdir(tmp_path)
    assert find_sequence(folder) == expected
    assert find_sequence(f"{folder}/shot.%04d.png") == expected
    assert read_by_ffmpeg(expected, ffmpeg) == 3


def test_a_newline_and_bytes_that_are_no_text_may_stand_in_names(pictures: Path, tmp_path: Path, ffmpeg: str) -> None:
    for prefix in ("a\nb.", "\udce9t\udce9_"):
        place = tmp_path / repr(prefix)
        named(place, [f"{prefix}{number}.png" for number in range(1001, 1004)], pictures / "png/shot.1001.png")
        found = find_sequence(f"{place}/{prefix}1001.png")
        assert (found.prefix, found.frames) == (prefix, FrameRange(1001, 1003))
        assert find_sequence(str(found)) == found
        assert read_by_ffmpeg(found, ffmpeg) == 3


def test_the_number_may_stand_anywhere_in_a_name(pictures: Path, tmp_path: Path) -> None:
    names = [f"shot.{number}.v2_left.png" for number in range(1001, 1005)] + ["shot.1001.v1_left.png"]
    named(tmp_path, names, pictures / "png/shot.1001.png")
    for form in ("", "shot.1003.v2_left.png", "shot.%04d.v2_left.png", "shot.#.v2_left.png"):
        found = find_sequence(f"{tmp_path}/{form}")
        assert (found.prefix, found.suffix, found.frames) == ("shot.", ".v2_left.png", FrameRange(1001, 1004))


@pytest.mark.parametrize(
    "name", ["a#b.mov", "100%04d.mp4", "clip_1001.mkv", "x.1001-1100#.mov", "@@@@.mxf", "####.webm"]
)
def test_a_clip_with_an_odd_name_is_a_clip(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(b"x")
    assert not is_sequence(str(tmp_path / name))


def test_what_means_a_sequence_is_told_without_finding_it() -> None:
    assert all(map(is_sequence, ("gone.%04d.dpx", "gone.1001.EXR", "gone.####.Jpeg", "gone.#.tiff 1-10", "/", ".")))
    assert not any(map(is_sequence, ("gone.%04d.mov", "gone", "gone.dpx.mov", "", "gone.1001-1100#", "nul\0.mov")))


def test_a_file_whose_name_is_a_pattern_stands_back_behind_the_files_it_matches(shot: Path) -> None:
    shutil.copy(shot / "shot.1001.dpx", shot / "shot.%04d.dpx")
    assert find_sequence(f"{shot}/shot.%04d.dpx").frames == FrameRange(1001, 1006)


def test_files_of_other_kinds_do_not_disturb(shot: Path) -> None:
    for name in (
        "shot.1007.dpx.tmp",
        "shot.1003.dpx~",
        "._shot.1001.dpx",
        ".shot.1007.dpx",
        "note_1.txt",
        "other.0001",
    ):
        (shot / name).write_bytes(b"x")
    (shot / "slate_1.jpg").write_bytes(b"x")
    assert find_sequence(str(shot)).frames == FrameRange(1001, 1006)
    assert find_sequence(f"{shot}/shot.%04d.dpx").frames == FrameRange(1001, 1006)
