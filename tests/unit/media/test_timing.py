# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Laws of rates, ticks and timecodes."""

import contextlib
from collections.abc import Iterator
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cueffmpeg_gui.errors import InputRefused
from cueffmpeg_gui.media.timing import (
    DROP_FRAME_RATES,
    STANDARD_RATES,
    advance_timecode,
    check_timecode,
    format_seconds,
    frames_of_timecode,
    is_constant,
    parse_rate,
    snap_rate,
    ticks_per_frame,
    timecode_of_frames,
    timescale,
)

rates = st.sampled_from(STANDARD_RATES)
drop_rates = st.sampled_from(DROP_FRAME_RATES)
any_rate = st.fractions(min_value=Fraction(1, 10), max_value=1000, max_denominator=100000)


def count_labels(fps: int, drop: bool) -> Iterator[str]:
    """A clock that counts labels one by one and leaves out those that SMPTE ST 12-1 drops."""
    for hour in range(24):
        for minute in range(60):
            for second in range(60):
                dropped = fps // 15 if drop and second == 0 and minute % 10 else 0
                for frame in range(dropped, fps):
                    yield f"{hour:02d}:{minute:02d}:{second:02d}{';' if drop else ':'}{frame:02d}"


@pytest.mark.parametrize("rate", DROP_FRAME_RATES)
def test_drop_frame_agrees_with_a_clock_that_counts(rate: Fraction) -> None:
    fps = round(rate)
    for number, label in zip(range(fps * 60 * 21), count_labels(fps, drop=True), strict=False):
        assert timecode_of_frames(number, rate, drop=True) == label
        assert frames_of_timecode(label, rate) == number


@pytest.mark.parametrize("rate", [Fraction(24), Fraction(24000, 1001), Fraction(25), Fraction(12)])
def test_non_drop_agrees_with_a_clock_that_counts(rate: Fraction) -> None:
    for number, label in zip(range(12 * 60 * 3), count_labels(round(rate), drop=False), strict=False):
        assert timecode_of_frames(number, rate) == label
        assert frames_of_timecode(label, rate) == number


@given(rate=drop_rates, share=st.floats(0, 0.999999))
def test_a_drop_frame_day_goes_round(rate: Fraction, share: float) -> None:
    a_day = round(rate) * 86400 - round(rate) // 15 * (1440 - 144)
    count = int(a_day * share)
    label = timecode_of_frames(count, rate, drop=True)
    assert frames_of_timecode(label, rate) == count
    assert timecode_of_frames(count + a_day, rate, drop=True) == label


@given(rate=rates, count=st.integers(0, 10**8))
def test_timecode_goes_round(rate: Fraction, count: int) -> None:
    a_day = round(rate) * 86400
    assert frames_of_timecode(timecode_of_frames(count, rate), rate) == count % a_day


@given(rate=drop_rates, share=st.floats(0, 0.9), one=st.integers(0, 5000), two=st.integers(0, 5000))
def test_advancing_twice_is_advancing_by_the_sum(rate: Fraction, share: float, one: int, two: int) -> None:
    start = timecode_of_frames(int(2_500_000 * share), rate, drop=True)
    at_once = advance_timecode(start, one + two, rate)
    assert advance_timecode(advance_timecode(start, one, rate), two, rate) == at_once


def test_midnight_wraps() -> None:
    assert advance_timecode("23:59:59:23", 1, Fraction(24)) == "00:00:00:00"
    assert advance_timecode("23:59:59;29", 1, Fraction(30000, 1001)) == "00:00:00;00"
    assert advance_timecode(None, 5, Fraction(24)) is None


@pytest.mark.parametrize(
    ("text", "rate"),
    [("01:00:00;00", "24"), ("01:00:00;00", "24000/1001"), ("01:00:00;00", "30"), ("01:00:00:24", "24"),
     ("01:60:00:00", "24"), ("1:00:00:00", "24"), ("", "24"), ("01:00:00:00\n", "24"), ("\u0660\u0661:00:00:00", "24"),
     ("01:00:00:30", "30000/1001"), ("00:01:00;00", "30000/1001"), ("00:01:00;03", "60000/1001"),
     ("24:00:00:00", "24")],
)  # fmt: skip
def test_no_such_timecode(text: str, rate: str) -> None:
    with pytest.raises(InputRefused):
        check_timecode(text, Fraction(rate))


@pytest.mark.parametrize("text", ["01:00:00;02", "01:00:00.02", "01:00:00,02"])
def test_drop_frame_is_written_as_ffmpeg_writes_it(text: str) -> None:
    assert check_timecode(text, Fraction(30000, 1001)) == "01:00:00;02"


@given(rate=any_rate)
def test_a_frame_is_a_whole_number_of_ticks_at_any_rate(rate: Fraction) -> None:
    assert ticks_per_frame(rate) * rate == timescale(rate)
    assert timescale(rate) >= 1000


@given(rate=any_rate)
def test_snapping_is_settled_after_once(rate: Fraction) -> None:
    snapped = snap_rate(rate)
    assert snap_rate(snapped) == snapped
    assert abs(snapped - rate) <= rate / 1000


@pytest.mark.parametrize("rate", STANDARD_RATES)
def test_usual_ways_to_write_a_rate_are_understood(rate: Fraction) -> None:
    for text in (str(rate), f"{float(rate):.2f}", f"{float(rate):.3f}", f" {float(rate):.6f} "):
        assert parse_rate(text) == rate


@given(text=st.one_of(st.text(max_size=8), st.sampled_from(["0", "-24", "1/0", "nan", "inf", "1001", "24 fps", "1e9"])))
def test_a_rate_is_a_positive_fraction_or_refused(text: str) -> None:
    with contextlib.suppress(InputRefused):
        assert 0 < parse_rate(text) <= 1000


@given(rate=rates, clock=st.sampled_from([1000, 90000, 12800, 24000]), first=st.integers(0, 10**6))
def test_times_rounded_to_a_containers_clock_are_constant(rate: Fraction, clock: int, first: int) -> None:
    times = [first + round(n * clock / rate) for n in range(200)]
    assert is_constant(times, Fraction(1, clock), rate)


@given(rate=rates, place=st.integers(0, 98))
def test_one_frame_left_out_is_not_constant(rate: Fraction, place: int) -> None:
    times = [round(n * 90000 / rate) for n in range(101) if n != place + 1]
    assert not is_constant(times, Fraction(1, 90000), rate)


@pytest.mark.parametrize(
    ("seconds", "text"), [(0, "0:00"), (59.6, "1:00"), (65, "1:05"), (3600, "1:00:00"), (-3, "0:00")]
)
def test_an_eta_reads_like_a_clock(seconds: float, text: str) -> None:
    assert format_seconds(seconds) == text
