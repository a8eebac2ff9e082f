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

from cueffmpeg_gui.cli.probe import probe
from cueffmpeg_gui.errors import InputRefused
from cueffmpeg_gui.media.colour import Colour
from cueffmpeg_gui.media.documents import from_plain, to_plain
from cueffmpeg_gui.media.facts import ClipFacts
from cueffmpeg_gui.media.frames import FrameRange
from cueffmpeg_gui.probe import probe_sequence, read_sequence
from cueffmpeg_gui.sequences.files import find_sequence
from cueffmpeg_gui.sequences.formats import read_image_header

# Ending, how it is written; what is found: decoder, format, depth, RGB, alpha, tags.
KINDS: dict[str, tuple[str, list[str], tuple[Any, ...]]] = {
    "dpx": (".dpx", ["-pix_fmt", "gbrp10le"], ("dpx", "gbrp10le", 10, True, False, Colour(matrix="gbr"))),
    "dpx12": (".dpx", ["-pix_fmt", "gbrp12be"], ("dpx", "gbrp12le", 12, True, False, Colour(matrix="gbr"))),
    "dpx_alpha": (".dpx", ["-pix_fmt", "rgba64le"], ("dpx", "rgba64le", 16, True, True, Colour(matrix="gbr"))),
    "exr": (".exr", [], ("exr", "gbrpf32le", 32, True, False, Colour(transfer="linear"))),
    "exr_alpha": (".exr", ["-pix_fmt", "gbrapf32le"], ("exr", "gbrapf32le", 32, True, True, Colour(transfer="linear"))),
    "png": (".png", ["-pix_fmt", "rgb24"], ("png", "rgb24", 8, True, False, Colour("pc", "gbr"))),
    "png_deep": (".png", ["-pix_fmt", "rgba64be"], ("png", "rgba64be", 16, True, True, Colour("pc", "gbr"))),
    "tif": (".tif", ["-pix_fmt", "rgb48le"], ("tiff", "rgb48le", 16, True, False, Colour())),
    "jpg": (".jpeg", ["-pix_fmt", "yuvj420p"], ("mjpeg", "yuvj420p", 8, False, False, Colour("pc", "bt470bg"))),
}
RATE = Fraction(24000, 1001)
BYTE_ORDERS = {b"SDPX": ">", b"XPDS": "<"}
GENERIC_BYTES, HEADER_BYTES = 1664, 2048
INDUSTRY_BYTES = HEADER_BYTES - GENERIC_BYTES


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


@pytest.fixture(params=["dpx", "dpx12"])
def film(request: pytest.FixtureRequest, pictures: Path, tmp_path: Path) -> Path:
    """DPX of either byte order with the headers of film and television, which ffmpeg does not write, all undefined."""
    folder = Path(shutil.copytree(pictures / request.param, tmp_path / "film"))
    for path in folder.iterdir():
        data = path.read_bytes()
        order = BYTE_ORDERS[data[:4]]
        sizes = struct.pack(order + "I", len(data) + INDUSTRY_BYTES)
        head = data[:4] + struct.pack(order + "I", HEADER_BYTES) + data[8:16] + sizes + data[20:GENERIC_BYTES]
        path.write_bytes(head + b"\xff" * INDUSTRY_BYTES + data[GENERIC_BYTES:])
    return folder


def patch(folder: Path, offset: int, layout: str, *values: float) -> None:
    """Writes values into the DPX headers, one into each file in turn."""
    for number, path in enumerate(sorted(folder.iterdir())):
        with open(path, "r+b") as file:
            order = BYTE_ORDERS[file.read(4)]
            file.seek(offset)
            file.write(struct.pack(order + layout, values[number % len(values)]))


def facts(folder: Path, rate: Fraction | None = RATE) -> ClipFacts:
    return probe_sequence(find_sequence(str(folder)), rate)


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


def test_pixels_are_not_taken_for_headers(shot: Path) -> None:
    patch(shot, 1724, "f", 24.0)
    patch(shot, 1940, "f", 25.0)
    patch(shot, 1920, "I", *TIMECODES)
    header = read_sequence(find_sequence(str(shot))).header
    assert (header.rates, header.timecode) == ((), None)


@pytest.mark.parametrize(
    ("cinema", "television", "said"),
    [
        (24.0, 0.0, "24"), (0.0, 25.0, "25"), (24.0, 24.0, "24"), (24.0, 25.0, "24 and 25"), (23.976, 0, "24000/1001"),
        (29.97, float("nan"), "30000/1001"), (float("inf"), -24.0, ""), (1e-9, 1e9, ""),
    ],
)  # fmt: skip
def test_the_rate_of_the_header_is_said_but_not_taken(cinema: float, television: float, said: str, film: Path) -> None:
    patch(film, 1724, "f", cinema)
    patch(film, 1940, "f", television)
    with pytest.raises(InputRefused) as refused:
        facts(film, None)
    assert str(refused.value).endswith(f"(its header says {said})." if said else "24000/1001.")
    assert facts(film, Fraction(30)).video.rate == 30


def codes(*texts: str) -> list[int]:
    return [int(text.replace(":", ""), 16) for text in texts]


TIMECODES = codes("01:02:03:04", "01:02:03:05", "01:02:03:06", "01:02:03:07")


def test_the_timecode_of_the_header_is_that_of_the_first_frame(film: Path) -> None:
    patch(film, 1920, "I", *TIMECODES)
    assert facts(film).timecode == "01:02:03:04"
    assert probe_sequence(find_sequence(f"{film}/shot.1003-1004#.dpx"), RATE).timecode == "01:02:03:06"


@pytest.mark.parametrize(
    "values",
    [[0xFFFFFFFF], [0], codes("01:02:03:04"), [0x0102030A + n for n in range(4)], codes("25:00:00:00", "25:00:00:01"),
     codes("01:00:00:24", "01:00:00:25"), codes("01:60:00:00", "01:60:00:01")],
)  # fmt: skip
def test_a_timecode_that_cannot_be_or_stands_still_is_none(values: list[int], film: Path) -> None:
    patch(film, 1920, "I", *values)
    assert facts(film, Fraction(24)).timecode is None


# Digits with the flags of SMPTE ST 12-1 among them: drop-frame, colour frame, field, user bits.
DROP, FLAGS = 0x40, 0x80 | 0x8000 | 0x800000 | 0xC0000000


def test_flags_among_the_digits_are_no_digits(film: Path) -> None:
    patch(film, 1920, "I", *(code | DROP | FLAGS for code in codes("01:00:59:20", "01:00:59:21") * 2))
    assert facts(film, Fraction(30000, 1001)).timecode == "01:00:59;20"
    patch(film, 1920, "I", *(code | FLAGS for code in codes("01:00:59:20", "01:00:59:21") * 2))
    assert facts(film).timecode == "01:00:59:20"


def test_exr_headers_have_the_same_flags(tmp_path: Path) -> None:
    for number, code in enumerate(codes("01:00:59:20", "01:00:59:21")):
        value = ("timecode", struct.pack("<II", code | DROP | FLAGS, 0))
        (tmp_path / f"a.{number}.exr").write_bytes(exr({"timeCode": value}))
    assert facts(tmp_path, Fraction(30000, 1001)).timecode == "01:00:59;20"


def test_a_timecode_that_is_not_taken_is_said(film: Path) -> None:
    patch(film, 1920, "I", *(code | DROP for code in codes("01:00:00:20", "01:00:00:21") * 2))
    found = facts(film, Fraction(24))
    assert found.timecode is None
    said = "Timecode 01:00:00;20 is drop-frame, which 24 frames a second do not have; use ':'."
    assert found.unused_timecode == said
    shown = CliRunner().invoke(probe, [str(film), "--frame-rate", "24"])
    assert f"none {said}" in shown.output
    patch(film, 1920, "I", *codes("01:00:00:20"))
    assert facts(film).unused_timecode == "Timecode 01:00:00:20 stands in all pictures alike."
    patch(film, 1920, "I", 0)
    assert facts(film).unused_timecode == ""


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


def exr(attributes: dict[str, tuple[str, bytes]], lines: int = 4) -> bytes:
    """An uncompressed EXR of half floats, 4 pixels wide."""
    box = struct.pack("<4i", 0, 0, 3, lines - 1)
    channels = b"".join(name + b"\0" + struct.pack("<iB3xii", 1, 0, 1, 1) for name in (b"B", b"G", b"R")) + b"\0"
    every = {
        "channels": ("chlist", channels),
        "compression": ("compression", b"\0"),
        "dataWindow": ("box2i", box),
        "displayWindow": ("box2i", box),
        "lineOrder": ("lineOrder", b"\0"),
        "pixelAspectRatio": ("float", struct.pack("<f", 1)),
        "screenWindowCenter": ("v2f", bytes(8)),
        "screenWindowWidth": ("float", struct.pack("<f", 1)),
        **attributes,
    }
    head = b"\x76\x2f\x31\x01" + struct.pack("<I", 2)
    for name, (kind, value) in every.items():
        head += name.encode() + b"\0" + kind.encode() + b"\0" + struct.pack("<I", len(value)) + value
    head += b"\0"
    blocks = [struct.pack("<ii", line, 24) + bytes(24) for line in range(lines)]
    start = len(head) + 8 * lines
    table = b"".join(struct.pack("<Q", start + 32 * line) for line in range(lines))
    return head + table + b"".join(blocks)


def test_exr_headers_say_rate_and_timecode(tmp_path: Path) -> None:
    for number in range(3):
        code = ("timecode", struct.pack("<II", 0x80000000 | 0x01020304 + number, 0))
        rate = ("rational", struct.pack("<iI", 24000, 1001))
        (tmp_path / f"a.{number}.exr").write_bytes(exr({"framesPerSecond": rate, "timeCode": code}))
    look = read_sequence(find_sequence(str(tmp_path)))
    assert (look.header.rates, look.header.timecode) == ((RATE,), "01:02:03:04")
    assert (look.still.video.pix_fmt, look.still.video.depth, look.still.video.size) == ("gbrpf16le", 16, "4x4")
    assert look.clip(RATE).timecode == "01:02:03:04"


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
