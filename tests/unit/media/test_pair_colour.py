# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""A side that says nothing of its colours takes what its partner says; both silent: one guess for both."""

from dataclasses import replace
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from cueffmpeg_gui.media.colour import MATRICES, PRIMARIES, RANGES, TRANSFERS, UNKNOWN, Colour
from cueffmpeg_gui.media.facts import VideoFacts
from cueffmpeg_gui.media.pair_colour import GUESS, PARTNER, RGB_PARTNER, Taken, resolve_pair

SILENT = Colour()
BT709 = Colour("tv", "bt709", "bt709", "bt709")
PQ = Colour("tv", "bt2020nc", "bt2020", "smpte2084")


def video(tags: Colour, size: tuple[int, int] = (1280, 720), *, is_rgb: bool = False) -> VideoFacts:
    rate, one = Fraction(24), Fraction(1)
    return VideoFacts(
        0, "h264", *size, 0, one, rate, 10, True, False, "yuv420p", 8, is_rgb, False, tags, Fraction(0)
    )  # fmt: skip


def one_of(table: dict[int, str]) -> st.SearchStrategy[str]:
    return st.sampled_from([*table.values(), UNKNOWN])


colours = st.builds(Colour, one_of(RANGES), one_of(MATRICES), one_of(PRIMARIES), one_of(TRANSFERS))
sizes = st.tuples(st.integers(64, 4096), st.integers(64, 2304))
clips = st.builds(lambda tags, size, rgb: video(tags, size, is_rgb=rgb), colours, sizes, st.booleans())


@given(clips, clips)
def test_both_are_known_whole_and_what_is_said_is_kept(encode: VideoFacts, reference: VideoFacts) -> None:
    found = resolve_pair(encode, reference)
    assert found.encode.is_complete
    assert found.reference.is_complete
    assert found.compared.is_complete
    assert found.compared.matrix != "gbr"
    for side, kept in ((encode, found.encode), (reference, found.reference)):
        if not side.is_rgb and side.tags.matrix != "gbr":
            assert all(said in (UNKNOWN, kept) for said, kept in zip(vars(side.tags).values(), vars(kept).values()))


@given(colours, sizes, sizes)
def test_two_that_say_the_same_or_nothing_are_taken_for_the_same(
    tags: Colour, size: tuple[int, int], other: tuple[int, int]
) -> None:
    for encode, reference in ((tags, SILENT), (SILENT, tags), (tags, tags), (SILENT, SILENT)):
        found = resolve_pair(video(encode, size), video(reference, other))
        if tags.matrix != "gbr":
            assert found.encode == found.reference == found.compared


def test_each_field_is_taken_by_itself() -> None:
    half = Colour(matrix="smpte170m", range="pc")
    found = resolve_pair(video(half), video(replace(PQ, matrix=UNKNOWN)))
    assert found.encode == Colour("pc", "smpte170m", "bt2020", "smpte2084")
    assert found.reference == Colour("tv", "smpte170m", "bt2020", "smpte2084")
    assert found.taken == (
        Taken("encode", ("primaries", "transfer"), PARTNER),
        Taken("reference", ("matrix",), PARTNER),
    )


def test_two_silent_sides_are_guessed_once_by_the_references_size() -> None:
    found = resolve_pair(video(SILENT, (640, 360)), video(SILENT, (1920, 1080)))
    assert found.encode == found.reference == BT709
    assert [(one.side, one.source) for one in found.taken] == [("encode", GUESS), ("reference", GUESS)]


def test_an_encode_of_rgb_is_bt709_in_limited_range() -> None:
    found = resolve_pair(video(SILENT, (640, 360)), video(SILENT, (640, 360), is_rgb=True))
    assert (found.encode, found.reference.matrix) == (BT709, "gbr")
    assert Taken("encode", ("range", "matrix"), RGB_PARTNER) in found.taken


def test_rgb_beside_a_film_is_brought_to_the_films_colours() -> None:
    found = resolve_pair(video(SILENT, is_rgb=True), video(Colour("pc", "smpte170m")))
    assert (found.compared.matrix, found.compared.range) == ("smpte170m", "pc")


def test_nothing_is_taken_where_all_is_said() -> None:
    assert resolve_pair(video(BT709), video(PQ)).taken == ()
