# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Facts about real sequences, what their headers say, and `cueffmpeg probe` of them."""

import json
import shutil
import struct
import subprocess
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from clips import picture
from clock_headers import RATE, TIMECODES, exr, facts, patch

from cueffmpeg_gui.cli.probe import probe
from cueffmpeg_gui.errors import InputRefused
from cueffmpeg_gui.media.colour import Colour
from cueffmpeg_gui.media.documents import from_plain, to_plain
from cueffmpeg_gui.media.facts import ClipFacts
from cueffmpeg_gui.media.frames import FrameRange
from cueffmpeg_gui.probe import probe_sequence
from cueffmpeg_gui.sequences.files import find_sequence
from cueffmpeg_gui.sequences.formats import read_image_header

# Ending, how it is written; what is found: decoder, format, depth, RGB, alpha, tags.
KINDS: dict[str, tuple[str, list[str], tuple[Any, ...]]] = {
    "dpx": (".dpx", ["-pix_fmt", "gbrp10le"], ("dpx", "gbrp10le", 10, True, False, Colour(matrix="gbr"))),
    "dpx_big": (".dpx", ["-pix_fmt", "gbrp12be"], ("dpx", "gbrp12le", 12, True, False, Colour(matrix="gbr"))),
    "dpx_alpha": (".dpx", ["-pix_fmt", "rgba64le"], ("dpx", "rgba64le", 16, True, True, Colour(matrix="gbr"))),
    "exr": (".exr", [], ("exr", "gbrpf32le", 32, True, False, Colour(transfer="linear"))),
    "exr_alpha": (".exr", ["-pix_fmt", "gbrapf32le"], ("exr", "gbrapf32le", 32, True, True, Colour(transfer="linear"))),
    "png": (".png", ["-pix_fmt", "rgb24"], ("png", "rgb24", 8, True, False, Colour("pc", "gbr"))),
    "png_deep": (".png", ["-pix_fmt", "rgba64be"], ("png", "rgba64be", 16, True, True, Colour("pc", "gbr"))),
    "tif": (".tif", ["-pix_fmt", "rgb48le"], ("tiff", "rgb48le", 16, True, False, Colour())),
    "jpg": (".jpeg", ["-pix_fmt", "yuvj420p"], ("mjpeg", "yuvj420p", 8, False, False, Colour("pc", "bt470bg"))),
}


@pytest.fixture(scope="session")
def pictures(tmp_path_factory: pytest.TempPathFactory, ffmpeg: str) -> Path:
    """A folder of one sequence of each kind, 1001 to 1004."""
    folder = tmp_path_factory.mktemp("pictures")
    for kind, (ending, arguments, _) in KINDS.items():
        (folder / kind).mkdir()
        command = [*picture(4, size="64x48"), *arguments, "-start_number", "1001", f"{folder}/{kind}/shot.%04d{ending}"]
        subprocess.run([ffmpeg, "-nostdin", "-v", "error", *command], check=True)
    return folder


@pytest.fixture
def shot(pictures: Path, tmp_path: Path) -> Path:
    """A DPX sequence of one's own; its byte order is little-endian."""
    return Path(shutil.copytree(pictures / "dpx", tmp_path / "shot"))


@pytest.mark.parametrize("kind", KINDS)
def test_facts_are_those_of_the_files(kind: str, pictures: Path) -> None:
    found = facts(pictures / kind)
    video = found.video
    told = (video.codec, video.pix_fmt, video.depth, video.is_rgb, video.has_alpha, video.tags)
    assert told == KINDS[kind][2]
    assert (video.size, video.sample_aspect, video.frames, video.rate) == ("64x48", 1, 4, RATE)
    assert (video.constant_rate, video.interlaced, video.rotation, video.start, video.index) == (True, False, 0, 0, 0)
    paths = sorted((pictures / kind).iterdir())
    assert found.path == f"{pictures}/{kind}/shot.1001-1004#{KINDS[kind][0]}"
    assert (found.container, found.duration, found.audio) == ("image2", 4 / RATE, ())
    assert found.bytes == sum(path.stat().st_size for path in paths)
    assert found.modified == max(path.stat().st_mtime_ns for path in paths)
    assert found.frames == FrameRange(1001, 1004)
    assert found.sequence == find_sequence(str(pictures / kind))


@pytest.mark.parametrize("kind", KINDS)
def test_headers_agree_with_the_decoder(kind: str, pictures: Path) -> None:
    header = read_image_header(str(next((pictures / kind).iterdir())))
    video = facts(pictures / kind).video
    components = 3 + video.has_alpha
    shape = (header.shape.width, header.shape.height, header.shape.depth, header.shape.channels)
    assert shape == (video.width, video.height, video.depth, components)
    assert header.is_whole
    assert header.is_uncompressed == kind.startswith("dpx")


def test_facts_travel_as_json(pictures: Path) -> None:
    found = facts(pictures / "dpx")
    assert from_plain(ClipFacts, json.loads(json.dumps(to_plain(found)))) == found


def test_a_sequence_of_one_is_one_frame(shot: Path) -> None:
    found = probe_sequence(find_sequence(f"{shot}/shot.1002-1002#.dpx"), Fraction(25))
    assert (found.video.frames, found.duration, found.frames) == (1, Fraction(1, 25), FrameRange(1002, 1002))


def test_pixels_that_are_not_square_are_seen(ffmpeg: str, tmp_path: Path) -> None:
    command = [*picture(1, size="64x48"), "-vf", "setsar=16/15", "-pix_fmt", "gbrp10le", f"{tmp_path}/a.%04d.dpx"]
    subprocess.run([ffmpeg, "-nostdin", "-v", "error", *command], check=True)
    assert facts(tmp_path).video.sample_aspect == Fraction(16, 15)


def test_a_rate_is_never_assumed(film: Path) -> None:
    with pytest.raises(InputRefused) as refused:
        facts(film, None)
    assert str(refused.value) == (
        f"{film}/shot.1001-1004#.dpx has no frame rate of its own; name it with --frame-rate, such as 24000/1001."
    )
    assert facts(film).timecode is None


def test_damage_in_the_first_or_last_picture_is_found(pictures: Path, tmp_path: Path) -> None:
    for number in (1001, 1004):
        folder = Path(shutil.copytree(pictures / "png", tmp_path / str(number)))
        path = folder / f"shot.{number}.png"
        data = bytearray(path.read_bytes())
        data[60:200] = bytes(140)
        path.write_bytes(data)
        with pytest.raises(InputRefused) as refused:
            facts(folder)
        assert str(refused.value).startswith(f"{path} is damaged: ")


def test_a_file_that_goes_away_is_said(shot: Path) -> None:
    sequence = find_sequence(str(shot))
    (shot / "shot.1002.dpx").unlink()
    with pytest.raises(InputRefused, match=r"shot.1002.dpx cannot be read: No such file or directory\."):
        probe_sequence(sequence, RATE)


def test_an_exr_whose_lines_were_never_written_is_cut_off(tmp_path: Path) -> None:
    whole = exr({})
    table = whole.index(struct.pack("<ii", 0, 24)) - 32
    (tmp_path / "a.1.exr").write_bytes(whole)
    (tmp_path / "a.2.exr").write_bytes(whole[:table] + bytes(32) + whole[table + 32 :])
    with pytest.raises(InputRefused, match=r"a\.2\.exr is cut off"):
        find_sequence(str(tmp_path))


@pytest.mark.parametrize("kind", KINDS)
def test_no_header_makes_the_reader_stumble(kind: str, pictures: Path, tmp_path: Path) -> None:
    """Every byte of the header in turn is something else: a header is read, or refused in a sentence."""
    path = next((pictures / kind).iterdir())
    data = path.read_bytes()
    copy = tmp_path / path.name
    for position in range(min(len(data), 900)):
        copy.write_bytes(data[:position] + bytes([data[position] ^ 0xFF]) + data[position + 1 :])
        try:
            read_image_header(str(copy))
        except InputRefused as refused:
            assert str(refused).endswith("render or copy it again.")  # noqa: PT017


def run(*arguments: str) -> str:
    result = CliRunner().invoke(probe, list(arguments), catch_exceptions=False)
    assert result.exit_code == 0
    return result.stdout


def test_probe_shows_a_sequence_without_a_rate(shot: Path) -> None:
    text = run(f"{shot}/shot.####.dpx")
    assert "4 (1001-1004) at a rate that is not said" in text
    assert "dpx 64x48, gbrp10le (10 bits)" in text
    plain = json.loads(run(str(shot), "--json"))
    assert (plain["video"]["rate"], plain["duration"]) == (None, None)
    assert (plain["sequence"]["first"], plain["sequence"]["last"], plain["video"]["frames"]) == (1001, 1004, 4)


def test_probe_shows_a_sequence_at_a_rate(film: Path) -> None:
    patch(film, 1920, "I", *TIMECODES)
    text = run(f"{film}/shot.1002-1004#.dpx", "--frame-rate", "23.976")
    assert "3 (1002-1004) at 24000/1001 a second" in text
    assert "01:02:03:05" in text
    plain = json.loads(run(f"{film}/shot.1003.dpx", "--json", "--frame-rate", "24"))
    assert from_plain(ClipFacts, plain) == facts(film, Fraction(24))


def test_probe_refuses_a_rate_that_is_none(shot: Path) -> None:
    with pytest.raises(InputRefused, match="no frame rate;"):
        run(str(shot), "--frame-rate", "fast")
