# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Sequences found by any notation, and one true sentence about each that cannot be used."""

import os
import re
import shutil
import subprocess
import time
from pathlib import Path

import pytest
from clips import picture
from hypothesis import given
from hypothesis import strategies as st

from cueffmpeg_gui.errors import InputRefused
from cueffmpeg_gui.media.frames import FrameRange, gaps_between, runs_of
from cueffmpeg_gui.media.sequences import Sequence
from cueffmpeg_gui.sequences.checks import check_numbers, name_missing, sample
from cueffmpeg_gui.sequences.families import families
from cueffmpeg_gui.sequences.files import find_sequence, is_sequence
from cueffmpeg_gui.sequences.notation import pad_widths, read_frames

KINDS = {
    "dpx": (".dpx", ["-pix_fmt", "gbrp10le"]),
    "dpx_big": (".dpx", ["-pix_fmt", "gbrp10be"]),
    "exr": (".exr", []),
    "exr_half": (".exr", ["-format", "half", "-compression", "zip16"]),
    "exr_zips": (".exr", ["-compression", "zip1"]),
    "exr_rle": (".exr", ["-compression", "rle"]),
    "png": (".png", ["-pix_fmt", "rgb24"]),
    "png_deep": (".png", ["-pix_fmt", "rgba64be"]),
    "tif": (".tif", ["-pix_fmt", "rgb24"]),
    "tif_raw": (".tiff", ["-pix_fmt", "rgb48le", "-compression_algo", "raw"]),
    "jpg": (".jpg", ["-pix_fmt", "yuvj420p"]),
}
FIRST, COUNT = 1001, 6


@pytest.fixture(scope="session")
def pictures(tmp_path_factory: pytest.TempPathFactory, ffmpeg: str) -> Path:
    """A folder of one sequence of each kind, 1001 to 1006."""
    folder = tmp_path_factory.mktemp("pictures")
    for kind, (ending, arguments) in KINDS.items():
        (folder / kind).mkdir()
        target = f"{folder}/{kind}/shot.%04d{ending}"
        command = [*picture(COUNT, size="64x48"), *arguments, "-start_number", str(FIRST), target]
        subprocess.run([ffmpeg, "-nostdin", "-v", "error", *command], check=True)
    return folder


@pytest.fixture
def shot(pictures: Path, tmp_path: Path) -> Path:
    """A DPX sequence of one's own, shot.1001.dpx to shot.1006.dpx."""
    return Path(shutil.copytree(pictures / "dpx", tmp_path / "shot"))


@pytest.fixture
def one_png(pictures: Path, tmp_path: Path) -> Path:
    """A picture in a folder of its own, without a number."""
    return Path(shutil.copy(pictures / "png/shot.1001.png", tmp_path / "still.png"))


def named(folder: Path, names: list[str], picture: Path) -> None:
    """One picture under many names."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in names:
        shutil.copy(picture, folder / name)


def refusal(text: str | Path) -> str:
    with pytest.raises(InputRefused) as refused:
        find_sequence(os.fspath(text))
    sentence = str(refused.value)
    assert sentence.endswith(".")
    assert "\n" not in sentence
    return sentence


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
    assert "must end in .dpx" in refusal(shot / "shot.%04d.tga")
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
    assert "below zero" in refusal(tmp_path / "b")


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


def test_another_depth_is_refused(pictures: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copytree(pictures / "png", tmp_path / "png"))
    shutil.copy(pictures / "png_deep/shot.1001.png", copy / "shot.1001.png")
    assert "is 64x48 with 4 components of 16 bits where shot.1002.png is 64x48 with 3 components of 8" in refusal(copy)
    copy = Path(shutil.copytree(pictures / "exr", tmp_path / "exr"))
    shutil.copy(pictures / "exr_half/shot.1005.exr", copy / "shot.1005.exr")
    assert "of 16 bits where" in refusal(copy)


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


def test_a_thousand_files_are_one_item_at_once(shot: Path, tmp_path: Path) -> None:
    many = tmp_path / "many"
    many.mkdir()
    for number in range(1, 1001):
        os.link(shot / "shot.1001.dpx", many / f"x_{number:04d}.dpx")
    started = time.monotonic()
    found = find_sequence(str(many))
    assert time.monotonic() - started < 1
    assert found.frames == FrameRange(1, 1000)


def test_families_of_a_hundred_thousand_names_take_no_longer_than_reading_them() -> None:
    started = time.monotonic()
    (family,) = families("/x", (f"shot_v2.{number:06d}.left.dpx" for number in range(100_000)))
    assert time.monotonic() - started < 10
    assert family.name == "shot_v2.0-99999@@@@@@.left.dpx"


numbers = st.sets(st.integers(0, 300), min_size=1, max_size=60)


@given(numbers, st.integers(0, 20), st.integers(0, 20))
def test_the_sentence_lists_exactly_the_missing_numbers(present: set[int], before: int, after: int) -> None:
    first, last = max(0, min(present) - before), max(present) + after
    missing = set(range(first, last + 1)) - present
    sequence = Sequence("/x", "s.", 4, ".dpx", first, last)
    if not missing:
        check_numbers(sequence, present)
        return
    with pytest.raises(InputRefused) as refused:
        check_numbers(sequence, present)
    listed = re.search(r"frames? ([\d, -]+)( and \d+ more ranges)? (is|are) missing", str(refused.value))
    assert listed
    said = {n for part in listed[1].split(", ") for n in numbers_of(part)}
    assert said == missing if not listed[2] else said < missing
    assert (listed[3] == "is") == (len(missing) == 1)


def numbers_of(part: str) -> range:
    first, _, last = part.partition("-")
    return range(int(first), int(last or first) + 1)


@given(numbers)
def test_ranges_and_gaps_make_the_whole(present: set[int]) -> None:
    runs = runs_of(present)
    assert {n for run in runs for n in range(run.first, run.last + 1)} == present
    gaps = gaps_between(runs, FrameRange(min(present), max(present)))
    assert sorted([*runs, *gaps], key=lambda r: r.first) == sorted(
        (r for pair in zip(runs, [*gaps, None], strict=True) for r in pair if r), key=lambda r: r.first
    )
    assert sum(map(len, [*runs, *gaps])) == max(present) - min(present) + 1


def test_a_sentence_does_not_list_thousands_of_gaps() -> None:
    gaps = gaps_between(runs_of(range(0, 10_000, 2)), FrameRange(0, 9998))
    assert name_missing(gaps).endswith("99 and 4949 more ranges are missing")


@given(st.integers(0, 10_000), st.integers(1, 3000), st.integers(2, 300))
def test_a_sample_holds_first_and_last_and_is_even(first: int, count: int, most: int) -> None:
    frames = FrameRange(first, first + count - 1)
    taken = sample(frames, most)
    assert len(taken) == len(set(taken)) == min(count, most)
    assert (taken[0], taken[-1]) == (frames.first, frames.last)
    steps = [b - a for a, b in zip(taken, taken[1:], strict=False)]
    assert not steps or max(steps) - min(steps) <= 1


@given(st.integers(0, 5000), st.integers(0, 500))
def test_ranges_are_read_back(first: int, length: int) -> None:
    frames = FrameRange(first, first + length)
    assert read_frames(str(frames)) == frames
