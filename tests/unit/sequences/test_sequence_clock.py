# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Frame rates and timecodes that stand in the headers of pictures."""

import struct
from fractions import Fraction
from pathlib import Path

import pytest
from click.testing import CliRunner
from clock_headers import RATE, TIMECODES, codes, exr, facts, patch

from cueffmpeg_gui.cli.probe import probe
from cueffmpeg_gui.errors import InputRefused
from cueffmpeg_gui.probe import probe_sequence, read_sequence
from cueffmpeg_gui.sequences.files import find_sequence


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


def test_exr_headers_say_rate_and_timecode(tmp_path: Path) -> None:
    for number in range(3):
        code = ("timecode", struct.pack("<II", 0x80000000 | 0x01020304 + number, 0))
        rate = ("rational", struct.pack("<iI", 24000, 1001))
        (tmp_path / f"a.{number}.exr").write_bytes(exr({"framesPerSecond": rate, "timeCode": code}))
    look = read_sequence(find_sequence(str(tmp_path)))
    assert (look.header.rates, look.header.timecode) == ((RATE,), "01:02:03:04")
    assert (look.still.video.pix_fmt, look.still.video.depth, look.still.video.size) == ("gbrpf16le", 16, "4x4")
    assert look.clip(RATE).timecode == "01:02:03:04"
